"""Draws the cells of the household table: the current row and cell, and the marks of a household's categories."""

from PySide6.QtCore import QModelIndex, QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gridapp.households.categories import UNCLASSED
from gridapp.households.grouping import Group
from ui import theme
from ui.households import group_line
from ui.households.current_cell import paint_frame
from ui.households.table_model import GROUP, ROW, Index
from ui.widgets import marks

_BAND = 4
_LEFT = 12
_FAR = 10_000


class CellDelegate(QStyledItemDelegate):
    """Draws the cells of a table with groups: the line of a group is painted through them.

    Without groups, Qt's own delegate draws them without asking Python for each, and ``current_cell`` what else is seen.
    """

    def __init__(self, table: QAbstractItemView) -> None:
        super().__init__(table)
        self._table = table

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex) -> None:  # type: ignore[override]
        super().initStyleOption(option, index)
        option.state &= ~QStyle.StateFlag.State_HasFocus  # the frame says it, in the frozen columns too

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        current = self._table.currentIndex()
        found = index.data(GROUP)
        if found is not None:
            self._paint_group(painter, option, found[0], found[1], index.row() == current.row())
            if index.row() == current.row():
                self._paint_frame(painter, QRectF(option.rect).adjusted(-_FAR, 0, _FAR, 0), QRectF(option.rect))
            return
        if index.row() == current.row():
            painter.fillRect(option.rect, QColor(theme.current().hover))
        self.paint_content(painter, option, index)
        if index.row() == current.row() and index.column() == current.column():
            self._paint_frame(painter, QRectF(option.rect))

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """What the cell holds."""
        super().paint(painter, option, index)

    def _paint_group(
        self, painter: QPainter, option: QStyleOptionViewItem, group: Group, collapsed: bool, current: bool
    ) -> None:
        """The part of the whole line that lies in this cell: the line is as long as the table is wide."""
        cell = QRectF(option.rect)
        painter.save()
        painter.setClipRect(cell)
        painter.fillRect(cell, QColor(theme.current().selection if current else theme.current().ground))
        line = QRectF(0, cell.top(), _FAR, cell.height())
        group_line.paint(painter, line, cell, group, collapsed, option.font)
        painter.restore()

    def _paint_frame(self, painter: QPainter, place: QRectF, clip: QRectF | None = None) -> None:
        painter.save()
        if clip is not None:
            painter.setClipRect(clip)
        paint_frame(painter, place, self._table.hasFocus())
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
