"""Draws the category cell of a household: a band in its main colour and a mark for each it carries."""

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gridapp.households.categories import UNCLASSED
from ui import theme
from ui.households.table_model import ROW, Index
from ui.widgets import marks

_BAND = 4
_LEFT = 12


class CategoryDelegate(QStyledItemDelegate):
    """A row is never filled with its colour: the band at its left edge says it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(_LEFT + 3 * (marks.SIZE + marks.GAP) + theme.GAP, theme.ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        option.text = ""
        option.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        row = index.data(ROW)
        if row is None:
            return
        place = QRectF(option.rect)
        first = row.first_category
        if first is not UNCLASSED:
            painter.fillRect(QRectF(place.left(), place.top(), _BAND, place.height()), QColor(first.colour))
        painter.save()
        painter.setClipRect(place)
        marks.paint_row(painter, QPointF(place.left() + _LEFT, place.center().y()), row.categories)
        painter.restore()
