"""The site plan as one sees it: the picture with the buildings on it, zoomed, shoved and worked by mouse and keys."""

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QPainter,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGraphicsScene, QGraphicsView, QWidget

from gridapp.households.colour_map import Building
from gridapp.site_plan.site import Site
from ui.colour_map.colouring import COLOURINGS, Colouring
from ui.site_plan.card import BuildingCard

SMALLEST, LARGEST = 0.1, 4.0
_STEP = 1.25
_SHOVE = 8.0
_PAUSE_MS = 600
"""So long after the last key a building that was moved by keys is taken to have arrived."""
_ARROWS = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}
_CONTROL = Qt.KeyboardModifier.ControlModifier


class SitePlanView(QGraphicsView):
    """Shows a site. ``placed`` carries a building and where its middle was put, in shares of width and height.

    ``carried_in`` tells where something from the list of waiting buildings was dropped; ``opened`` and ``taken_down``
    carry a building.
    """

    opened = Signal(object)
    placed = Signal(object, float, float)
    taken_down = Signal(object)
    carried_in = Signal(float, float)
    zoomed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setScene(QGraphicsScene(self))
        self.cards: list[BuildingCard] = []
        self._site = Site(None, ())
        self._colouring: Colouring = COLOURINGS[0]
        self._lit: frozenset[str] = frozenset()
        self._current: BuildingCard | None = None
        self._picture = self.scene().addPixmap(QPixmap())
        self._picture.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self._fits = True
        self._arrival = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._arrival.timeout.connect(self._tell_current)
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setAcceptDrops(True)
        self.setAccessibleName(self.tr("平面图"))

    # What is shown

    def show_picture(self, picture: QPixmap) -> None:
        """Show another picture, all of it."""
        self._picture.setPixmap(picture)
        self.scene().setSceneRect(QRectF(picture.rect()))
        self._show_cards()
        self.fit()

    def show_site(self, site: Site) -> None:
        """Show other buildings, or these in other places."""
        self._site = site
        self._show_cards()

    def show_colouring(self, colouring: Colouring, lit: frozenset[str]) -> None:
        """Colour the cards in another way, or let other colours fade."""
        self._colouring, self._lit = colouring, lit
        self._show_cards()

    @property
    def scale_(self) -> float:
        """Pixels of the window a pixel of the picture."""
        return self.transform().m11()

    def zoom_in(self) -> None:
        self._zoom(self.scale_ * _STEP)

    def zoom_out(self) -> None:
        self._zoom(self.scale_ / _STEP)

    def fit(self) -> None:
        """Show the whole picture, now and whenever the window gets another size."""
        self._fits = True
        if self._picture.pixmap().isNull():
            return
        self.fitInView(self._picture, Qt.AspectRatioMode.KeepAspectRatio)
        self.zoomed.emit(self.scale_)

    def middle(self) -> tuple[float, float]:
        """What part of the picture is in the middle of the window, in shares of width and height."""
        return self._shares(self.mapToScene(self.viewport().rect().center()))

    def card(self, name: str) -> BuildingCard | None:
        """The card of the building with a name."""
        return next((one for one in self.cards if one.card.building.name == name), None)

    def current(self) -> Building | None:
        """The building that the keys are at."""
        return self._current.card.building if self._current is not None else None

    # How it is done

    def _show_cards(self) -> None:
        self._arrive()
        kept = self.current()
        for card in self.cards:
            self.scene().removeItem(card)
        self.cards, self._current = [], None
        if self._picture.pixmap().isNull():
            return
        several = len({card.building.estate for card in self._site.cards}) > 1
        area = self.scene().sceneRect()
        for told in self._site.placed:
            assert told.place is not None
            building = told.building
            name = building.label if several or not building.name else building.name
            card = BuildingCard(told, name, self._colouring, self._lit)
            self.scene().addItem(card)
            card.setPos(told.place[0] * area.width(), told.place[1] * area.height())
            card.opened.connect(lambda one=building: self.opened.emit(one))
            card.dropped.connect(lambda one=card: self._tell_place(one))
            self.cards.append(card)
            if kept is not None and (kept.estate, kept.name) == (building.estate, building.name):
                self._go_to(card)

    def _shares(self, point: QPointF) -> tuple[float, float]:
        area = self.scene().sceneRect()
        return point.x() / max(area.width(), 1.0), point.y() / max(area.height(), 1.0)

    def _tell_place(self, card: BuildingCard) -> None:
        self._go_to(card)
        self.placed.emit(card.card.building, *self._shares(card.pos()))

    def _zoom(self, scale: float) -> None:
        self._fits = False
        factor = min(max(scale, SMALLEST), LARGEST) / self.scale_
        self.scale(factor, factor)
        self.zoomed.emit(self.scale_)

    def _go_to(self, card: BuildingCard) -> None:
        self._current = card
        for one in self.cards:
            one.is_current = one is card and self.hasFocus()
            one.setZValue(float(one is card))
            one.update()
        self.setAccessibleName(self.tr("平面图 {0}").format(card.lines()[0]))
        self.setAccessibleDescription("，".join(card.lines()[1:]))

    def _beside(self, way: QPointF) -> BuildingCard | None:
        """The nearest card in a direction from the current one."""
        if self._current is None:
            return self.cards[0] if self.cards else None
        best, least = self._current, float("inf")
        for card in self.cards:
            far = card.pos() - self._current.pos()
            ahead = far.x() * way.x() + far.y() * way.y()
            aside = abs(far.x() * way.y()) + abs(far.y() * way.x())
            if ahead > 0.5 and ahead + 2 * aside < least:
                best, least = card, ahead + 2 * aside
        return best

    def _arrive(self) -> None:
        """Tell at once where a building was moved by keys, before something else is done."""
        if self._arrival.isActive():
            self._arrival.stop()
            self._tell_current()

    def _tell_current(self) -> None:
        if self._current is not None:
            self._tell_place(self._current)

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        zooms = {"+": self.zoom_in, "=": self.zoom_in, "-": self.zoom_out, "0": self.fit, "1": lambda: self._zoom(1.0)}
        key, current = Qt.Key(event.key()), self._current
        if event.text() in zooms:
            zooms[event.text()]()
        elif key in _ARROWS and event.modifiers() & _CONTROL and current is not None:
            current.setPos(current.pos() + _ARROWS[key] * (_SHOVE / self.scale_))
            self._arrival.start()
        elif key in _ARROWS:
            beside = self._beside(_ARROWS[key])
            if beside is not None:
                self._arrive()
                self._go_to(beside)
                self.ensureVisible(beside)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current is not None:
            self._arrive()
            self.opened.emit(current.card.building)
        elif key == Qt.Key.Key_Delete and current is not None:
            self._arrival.stop()
            self.taken_down.emit(current.card.building)
        else:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & _CONTROL:
            self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
            self._zoom(self.scale_ * _STEP ** (event.angleDelta().y() / 120))
            self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorViewCenter)
            event.accept()
        else:
            super().wheelEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.source() is not None and not self._picture.pixmap().isNull():
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.carried_in.emit(*self._shares(self.mapToScene(event.position().toPoint())))
        event.acceptProposedAction()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fits:
            self.fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        card = self._current or (self.cards[0] if self.cards else None)
        if card is not None:
            self._go_to(card)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._current is not None:
            self._go_to(self._current)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._show_cards()  # some shades are those of the theme

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._arrive()
