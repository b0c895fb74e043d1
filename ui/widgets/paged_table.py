"""A table of rows that are read where they are looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QItemSelectionModel, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from gridapp.households.categories import UNCLASSED, Category
from gridapp.ids import Uid
from ui import theme
from ui.widgets import marks
from ui.widgets.paged_model import ROW, Index, Paged, PagedModel
from ui.widgets.row_table import dress

CATEGORIES = Qt.ItemDataRole.UserRole + 1
_BAND, _LEFT = 4, 12
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_AT_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_AT_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Rows(Paged[Any], Protocol):
    """What a table shows: rows by position, each known by a uid."""

    def uids_at(self, offset: int, limit: int) -> list[Uid]: ...

    def position_of(self, uid: Uid) -> int | None: ...


@dataclass(frozen=True)
class Column:
    """A column: its heading, what it says of a row, and its width; 0 takes what is left.

    Attributes:
        marks: it shows the categories of a row instead of a text.
        urgent: whether what it says of a row stands out.
    """

    heading: str
    text: Callable[[Any], str]
    width: int = 80
    right: bool = False
    marks: Callable[[Any], Sequence[Category]] | None = None
    urgent: Callable[[Any], bool] | None = None


class ColumnModel(PagedModel[Any]):
    """Shows of each row what its columns say."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__([column.heading for column in columns], parent)
        self.columns = columns
        self.rows: Rows | None = None

    def show(self, rows: Rows | None) -> None:
        """Show other rows."""
        self.rows = rows
        self.show_rows(rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _AT_RIGHT if column.right else _AT_LEFT
        if role not in (*(ROW, CATEGORIES), *_SAID):
            return None
        row = self.row(index.row())
        if row is None or role == ROW:
            return row
        if role == CATEGORIES:
            return tuple(column.marks(row)) if column.marks is not None else None
        if role == Qt.ItemDataRole.ForegroundRole:
            is_urgent = column.urgent is not None and column.urgent(row)
            return QColor(theme.current().warning) if is_urgent else None
        if role == Qt.ItemDataRole.DisplayRole and column.marks is not None:
            return None
        return column.text(row) or None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return _AT_RIGHT if self.columns[section].right else _AT_LEFT
        return super().headerData(section, orientation, role)


_SAID = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.ForegroundRole,
)


class PagedTable(QTableView):
    """Whole rows are selected. ``opened`` comes with Enter or a double click, ``removed`` with Delete."""

    opened = Signal()
    removed = Signal()

    def __init__(self, name: str, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.paged = ColumnModel(columns, self)
        self.setModel(self.paged)
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        # Else it asks of every row whether it is selected, to paint itself.
        self.horizontalHeader().setSelectionModel(QItemSelectionModel(self.paged, self))
        dress(self, [column.width for column in columns])
        for position, column in enumerate(columns):
            if column.marks is not None:
                self.setItemDelegateForColumn(position, _Marks(self))
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    def show_rows(self, rows: Rows) -> None:
        """Show other rows; the current one stays current where it still is, else the one in its place."""
        position, uid = self.currentIndex().row(), self.current_uid()
        self.paged.show(rows)
        found = rows.position_of(uid) if uid is not None else None
        at = found if found is not None else min(max(position, 0), rows.count - 1)
        if rows.count:
            self.selectRow(at)
            self.scrollTo(self.paged.index(at, 0))

    def current_uid(self) -> Uid | None:
        """The uid of the current row."""
        position, rows = self.currentIndex().row(), self.paged.rows
        return next(iter(rows.uids_at(position, 1)), None) if rows is not None and position >= 0 else None

    def selected_uids(self) -> list[Uid]:
        """The uids of the selected rows, from the top."""
        rows = self.paged.rows
        if rows is None:
            return []
        selection = self.selectionModel().selection()
        parts = sorted((selection.at(at).top(), selection.at(at).bottom()) for at in range(selection.count()))
        found = (uid for top, bottom in parts for uid in rows.uids_at(top, bottom - top + 1))
        return list(dict.fromkeys(found))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Delete and not event.modifiers():
            self.removed.emit()
        else:
            super().keyPressEvent(event)


class _Marks(QStyledItemDelegate):
    """Draws the categories of a row; the band at its left edge has the colour of the first."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        option.text = ""
        option.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        carried: Sequence[Category] | None = index.data(CATEGORIES)
        if carried is None:
            return
        place = QRectF(option.rect)
        if carried and carried[0] is not UNCLASSED:
            painter.fillRect(QRectF(place.left(), place.top(), _BAND, place.height()), QColor(carried[0].colour))
        painter.save()
        painter.setClipRect(place)
        marks.paint_row(painter, QPointF(place.left() + _LEFT, place.center().y()), carried)
        painter.restore()
