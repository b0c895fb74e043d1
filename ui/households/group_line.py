"""Draws the line of a group of households: its name, how many they are, and how many of each colour."""

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


def paint(painter: QPainter, line: QRectF, group: Group, collapsed: bool, font: QFont) -> None:
    """Paint it from the left of a line on."""
    colours = theme.current()
    _paint_arrow(painter, QPointF(line.left() + ARROW / 2, line.center().y()), collapsed)
    bold = QFont(font)
    bold.setBold(True)
    x = _paint_text(painter, line, line.left() + ARROW, group.label, bold, colours.ink)
    x = _paint_text(painter, line, x + _GAP, f"{group.count:,} 户", font, colours.secondary)
    for category, count in zip((*CATEGORIES, UNCLASSED), group.counts, strict=True):
        if count:
            place = QRectF(x + _GAP, line.center().y() - _MARK / 2, _MARK, _MARK)
            marks.paint(painter, place, category)
            x = _paint_text(painter, line, place.right() + 4, f"{count:,}", font, colours.secondary)


def _paint_text(painter: QPainter, line: QRectF, x: float, text: str, font: QFont, colour: str) -> float:
    """Paint a text and return the x behind it."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    width = QFontMetricsF(font).horizontalAdvance(text)
    painter.drawText(QRectF(x, line.top(), width + 2, line.height()), Qt.AlignmentFlag.AlignVCenter, text)
    return x + width


def _paint_arrow(painter: QPainter, middle: QPointF, collapsed: bool) -> None:
    """To the right where something is hidden, else downwards."""
    x, y = middle.x(), middle.y()
    points = [(-2, -4), (2, 0), (-2, 4)] if collapsed else [(-4, -2), (0, 2), (4, -2)]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(theme.current().secondary))
    painter.drawPolyline(QPolygonF([QPointF(x + right, y + down) for right, down in points]))
