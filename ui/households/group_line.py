"""Draws the line of a group of households: its name, how many they are, and how many of each colour."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPolygonF

from gridapp.households.categories import CATEGORIES, UNCLASSED
from gridapp.households.grouping import Group
from ui import theme
from ui.widgets import marks

ARROW = 28
"""How far from the left a click opens or closes a group."""
_MARK = 16
_GAP = 12


def paint(painter: QPainter, line: QRectF, cell: QRectF, group: Group, collapsed: bool, font: QFont) -> None:
    """Paint what of the line, which begins at its left, lies in a cell: a line is seen through many cells."""
    colours = theme.current()
    if cell.left() < line.left() + ARROW:
        _paint_arrow(painter, QPointF(line.left() + ARROW / 2, line.center().y()), collapsed)
    bold = QFont(font)
    bold.setBold(True)
    x = _paint_text(painter, line, cell, line.left() + ARROW, group.label, bold, colours.ink)
    x = _paint_text(painter, line, cell, x + _GAP, f"{group.count:,} 户", font, colours.secondary)
    for category, count in zip((*CATEGORIES, UNCLASSED), group.counts, strict=True):
        if x > cell.right():
            return
        if count:
            place = QRectF(x + _GAP, line.center().y() - _MARK / 2, _MARK, _MARK)
            if place.intersects(cell):
                marks.paint(painter, place, category)
            x = _paint_text(painter, line, cell, place.right() + 4, f"{count:,}", font, colours.secondary)


def _paint_text(painter: QPainter, line: QRectF, cell: QRectF, x: float, text: str, font: QFont, colour: str) -> float:
    """Paint a text if it lies in the cell, and return the x behind it."""
    width = _width(text, font.toString())
    place = QRectF(x, line.top(), width + 2, line.height())
    if place.intersects(cell):
        painter.setFont(font)
        painter.setPen(QColor(colour))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)
    return x + width


@lru_cache(4_096)
def _width(text: str, font: str) -> float:
    """How wide a text is; asked again for every cell of its line."""
    described = QFont()
    described.fromString(font)
    return QFontMetricsF(described).horizontalAdvance(text)


def _paint_arrow(painter: QPainter, middle: QPointF, collapsed: bool) -> None:
    """To the right where something is hidden, else downwards."""
    x, y = middle.x(), middle.y()
    points = [(-2, -4), (2, 0), (-2, 4)] if collapsed else [(-4, -2), (0, 2), (4, -2)]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(theme.current().secondary))
    painter.drawPolyline(QPolygonF([QPointF(x + right, y + down) for right, down in points]))
