"""Category marks: a rounded square in the category's colour that bears its character."""

from collections.abc import Sequence
from functools import cache

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gridapp.households.categories import UNCLASSED, Category
from ui import icons, theme

SIZE = 20
GAP = 4
ICON_SIZE = QSize(SIZE + GAP, SIZE)
_RADIUS = 4


def paint(painter: QPainter, place: QRectF, category: Category) -> None:
    """Paint one mark into a square place."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    radius = _RADIUS * place.height() / SIZE
    if category is UNCLASSED:
        painter.setPen(QPen(QColor(theme.current().secondary), 1, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.setPen(QColor(theme.current().secondary))
    else:
        paint_solid(painter, place, QColor(category.colour), radius)
        painter.setPen(QColor(category.text_colour))
    font = QFont(theme.FAMILY)
    font.setPixelSize(round(place.height() * 0.6))
    font.setBold(True)
    painter.setFont(font)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, category.mark)
    painter.restore()


def paint_solid(painter: QPainter, place: QRectF, colour: QColor, radius: float) -> None:
    """Fill a rounded place with a category's colour, set off from its ground."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(place, radius, radius)
    painter.setPen(QColor(theme.current().edge))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


def paint_row(painter: QPainter, left: QPointF, categories: Sequence[Category]) -> float:
    """Paint marks side by side, vertically centred on ``left``, and return the x behind the last."""
    x = left.x()
    ratio, shade = painter.device().devicePixelRatio(), theme.current().name
    for category in categories or (UNCLASSED,):
        painter.drawImage(QPointF(x, left.y() - SIZE / 2), _picture(category, ratio, shade))
        x += SIZE + GAP
    return x


@cache
def _picture(category: Category, ratio: float, _shade: str) -> QImage:
    """A mark for a screen and a theme: a table paints a hundred of them each time it is painted."""
    side = round(SIZE * ratio)
    picture = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)  # which outlives the application
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint(painter, QRectF(0, 0, SIZE, SIZE), category)
    painter.end()
    return picture


def icon(category: Category) -> QIcon:
    """A mark for a button that has text beside it, of ``ICON_SIZE``."""
    return icons.drawn(lambda painter, rect, _mode: paint(painter, _square(rect), category))


def _square(rect: QRect) -> QRectF:
    return QRectF(rect.left(), rect.top(), rect.height(), rect.height())


class MarkRow(QWidget):
    """A row of marks as a widget."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._categories: tuple[Category, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_categories(self, categories: Sequence[Category]) -> None:
        self._categories = tuple(categories) or (UNCLASSED,)
        self.setAccessibleName("、".join(category.name for category in self._categories))
        self.setToolTip(self.accessibleName())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        count = max(1, len(self._categories))
        return QSize(count * SIZE + (count - 1) * GAP, SIZE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_row(painter, QPointF(0, self.height() / 2), self._categories)
        painter.end()
