"""A building on the site plan: a card with its name, its colours and how many are registered in it."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsObject,
    QGraphicsSceneMouseEvent,
    QStyleOptionGraphicsItem,
    QWidget,
)

from gridapp.site_plan.site import Card
from ui import theme
from ui.colour_map import painting
from ui.colour_map.colouring import Colouring, Entry, shares

WIDTH, HEIGHT = 140.0, 66.0
_INSET = 8.0
_BAR = QRectF(-WIDTH / 2 + _INSET, -8.0, WIDTH - 2 * _INSET, 18.0)
_LEAST_PART = 15.0
"""So wide is the smallest part of the bar, that there is room for its mark: the fewest are the most in need."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RADIUS = 4.0


class BuildingCard(QGraphicsObject):
    """Stands with its middle on its place, at one size at all scales; ``dropped`` after a drag, ``opened`` on click."""

    dropped = Signal()
    opened = Signal()

    def __init__(self, card: Card, name: str, colouring: Colouring, lit: frozenset[str]) -> None:
        """Make the card of a building.

        Args:
            name: what stands on it.
            lit: keys of the legend; the colours of others fade, unless there are none.
        """
        super().__init__()
        self.card = card
        self.is_current = False
        self._name = name
        self._lit = lit
        self._shares = shares(card.building.cells, colouring)
        self._grabbed = QPointF()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsMovable)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemSendsGeometryChanges)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip("\n".join(self.lines()))

    def lines(self) -> list[str]:
        """What it says in words: the building, how many, and how many of each colour."""
        building = self.card.building
        colours = " · ".join(f"{entry.name} {number}" for entry, number in self._shares)
        return [part for part in (building.label, painting.counts(building), colours) if part]

    def boundingRect(self) -> QRectF:
        return QRectF(-WIDTH / 2 - 3, -HEIGHT / 2 - 3, WIDTH + 6, HEIGHT + 6)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        worn = theme.current()
        body = QRectF(-WIDTH / 2, -HEIGHT / 2, WIDTH, HEIGHT)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(worn.accent), 3) if self.is_current else QPen(QColor(worn.secondary), 1))
        painter.setBrush(QColor(worn.paper))
        painter.drawRoundedRect(body.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        self._write(painter, QRectF(_BAR.left(), body.top() + 3, _BAR.width(), 20), self._name, worn.ink, True)
        homes = self.tr("{0}户 {1}人").format(self.card.building.households, self.card.building.people)
        self._write(painter, QRectF(_BAR.left(), _BAR.bottom() + 1, _BAR.width(), 20), homes, worn.secondary, False)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._paint_bar(painter)

    def itemChange(self, change: QGraphicsItem.GraphicsItemChange, value: object) -> object:
        # Its middle stays on the picture.
        scene = self.scene()
        if change == QGraphicsItem.GraphicsItemChange.ItemPositionChange and scene and isinstance(value, QPointF):
            area = scene.sceneRect()
            return QPointF(
                min(max(value.x(), area.left()), area.right()), min(max(value.y(), area.top()), area.bottom())
            )
        return super().itemChange(change, value)

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        self._grabbed = self.pos()
        super().mousePressEvent(event)
        event.accept()

    def mouseReleaseEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            (self.dropped if self.pos() != self._grabbed else self.opened).emit()

    def _write(self, painter: QPainter, place: QRectF, text: str, ink: str, bold: bool) -> None:
        painter.setFont(painting.sized(theme.BASE_PX if bold else 12, bold=bold))
        painter.setPen(QColor(ink))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(place.width()))
        painter.drawText(place, _LEFT, shown)

    def _paint_bar(self, painter: QPainter) -> None:
        total = sum(number for _entry, number in self._shares)
        if not total:
            painting.hatch(painter, _BAR)
            return
        left = _BAR.left()
        spare = _BAR.width() - _LEAST_PART * len(self._shares)
        for entry, number in self._shares:
            width = _LEAST_PART + spare * number / total
            text = entry.shade.mark or str(number)
            self._paint_part(painter, QRectF(left, _BAR.top(), width, _BAR.height()), entry, text)
            left += width
        painter.setOpacity(1.0)

    def _paint_part(self, painter: QPainter, rect: QRectF, entry: Entry, text: str) -> None:
        painter.setOpacity(1.0 if not self._lit or entry.key in self._lit else painting.FADED)
        painter.fillRect(rect, QColor(entry.shade.colour))
        painting.frame(painter, rect, entry.shade)
        painter.setFont(painting.sized(11, bold=True))
        painter.setPen(QColor(entry.shade.ink))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
