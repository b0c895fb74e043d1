"""Draws the cells of the household table: the current row and cell, and the marks of a household's categories."""

from PySide6.QtCore import QModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gridapp.households.categories import UNCLASSED
from ui import theme
from ui.households.table_model import ROW, Index
from ui.widgets import marks

_BAND = 4
_LEFT = 12
_FRAME = 2


class CellDelegate(QStyledItemDelegate):
    """The row of the current cell is tinted, so that the eye stays in it, and the cell has a frame."""

    def __init__(self, table: QAbstractItemView) -> None:
        super().__init__(table)
        self._table = table

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex) -> None:  # type: ignore[override]
        super().initStyleOption(option, index)
        option.state &= ~QStyle.StateFlag.State_HasFocus  # the frame says it, in the frozen columns too

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        current = self._table.currentIndex()
        if index.row() == current.row():
            painter.fillRect(option.rect, QColor(theme.current().hover))
        self.paint_content(painter, option, index)
        if index.row() == current.row() and index.column() == current.column():
            self._paint_frame(painter, QRectF(option.rect))

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """What the cell holds."""
        super().paint(painter, option, index)

    def _paint_frame(self, painter: QPainter, place: QRectF) -> None:
        colours = theme.current()
        painter.save()
        colour = colours.accent if self._table.hasFocus() else colours.disabled
        painter.setPen(
            QPen(QColor(colour), _FRAME, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap, Qt.PenJoinStyle.MiterJoin)
        )
        painter.drawRect(place.adjusted(_FRAME / 2, _FRAME / 2, -_FRAME / 2, -_FRAME / 2))
        painter.restore()


class CategoryDelegate(CellDelegate):
    """A row is never filled with its colour: the band at its left edge says it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(_LEFT + 3 * (marks.SIZE + marks.GAP) + theme.GAP, theme.ROW_HEIGHT)

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)  # type: ignore[arg-type]
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
