"""The household table as a view: a spreadsheet whose columns can be chosen, moved, sized and frozen."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSettings,
    Qt,
    Signal,
)
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QWidget

from gridapp.households.columns import COLUMNS, POSITIONS
from gridapp.households.grouping import keys_from_text, keys_text
from gridapp.households.listing import Row, SortBy
from ui.households import column_layout, current_cell, group_line
from ui.households.cell_editing import CellEditing
from ui.households.cell_table import CellTable
from ui.households.column_layout import ColumnLayout
from ui.households.delegate import CategoryDelegate, CellDelegate
from ui.households.dragging import drag
from ui.households.frozen_columns import FrozenColumns
from ui.households.heading_menu import HeadingMenu
from ui.households.row_numbers import RowNumbers
from ui.households.table_model import HouseholdTableModel

_COLLAPSED_KEPT = 2_000
_WIDEST_FIT = 480
_TOGGLES: dict[int, bool | None] = {
    Qt.Key.Key_Left: True,
    Qt.Key.Key_Right: False,
    Qt.Key.Key_Space: None,
    Qt.Key.Key_Minus: True,
    Qt.Key.Key_Plus: False,
}
"""Keys on the row of a group, and whether it is collapsed then; None turns it round."""
_Index = QModelIndex | QPersistentModelIndex


class HouseholdTable(CellTable):
    """Emits ``sort_asked`` with what to sort by and whether downwards, ``current_changed`` with a position."""

    sort_asked = Signal(object, bool)
    current_changed = Signal(int)
    columns_asked = Signal()
    layout_changed = Signal()
    _has_frozen = False  # Qt asks for places while the table is being built too

    def __init__(self, model: HouseholdTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self._layout = ColumnLayout()
        self._places_shown = True
        self._column = 0
        self._arranging = False
        self._rows = model
        self.editing: CellEditing | None = None
        self.setObjectName("households")
        self.setAccessibleName(self.tr("住户"))
        self._build()
        self._build_headings()
        self.frozen = FrozenColumns(self)
        self._build_delegates()
        self._connect()
        self.show_layout(self._layout)
        self.show_sort(SortBy.ADDRESS, False)

    # Columns

    def show_layout(self, layout: ColumnLayout) -> None:
        """Put the columns where a layout says."""
        self._layout = layout
        heading = self.horizontalHeader()
        self._arranging = True
        for visual, key in enumerate(layout.order):
            logical = POSITIONS[key]
            heading.moveSection(heading.visualIndex(logical), visual)
            heading.resizeSection(logical, layout.width_of(key))
            self.setColumnHidden(logical, key in layout.hidden or (key == "place" and not self._places_shown))
        self._arranging = False
        self._show_frozen()
        self.layout_changed.emit()

    def layout_of_columns(self) -> ColumnLayout:
        """Where the columns stand now."""
        return self._layout

    def shown_columns(self) -> list[str]:
        """The keys of the columns that are seen, from the left."""
        return [COLUMNS[column].key for column in self.seen_columns()]

    def show_places(self, shown: bool) -> None:
        """Show or hide the column that names the grid, which says nothing within a grid."""
        if shown != self._places_shown:
            self._places_shown = shown
            self.show_layout(self._layout)

    def freeze(self, count: int) -> None:
        """Keep the first of the columns that are seen in sight."""
        self.show_layout(replace(self._layout, frozen=count))

    def fit(self, column: int) -> None:
        """Make a column as wide as what is seen of it."""
        self.setColumnWidth(column, min(max(self.sizeHintForColumn(column), self._heading_width(column)), _WIDEST_FIT))

    def show_sort(self, sort: SortBy, descending: bool) -> None:
        """Show by which column the rows are sorted."""
        self._shown = (sort, descending)
        heading = self.horizontalHeader()
        fitting = [position for position, column in enumerate(COLUMNS) if column.sort is sort]
        seen = [position for position in fitting if not self.isColumnHidden(position)] or fitting
        clicked = heading.sortIndicatorSection()
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        for one in (heading, self.frozen.horizontalHeader()):
            one.setSortIndicator(clicked if clicked in seen else seen[-1], order)

    def save_state(self, settings: QSettings) -> None:
        settings.setValue("households/column_layout", self._layout.to_text())
        settings.setValue("households/collapsed", keys_text(self._rows.collapsed_keys()[:_COLLAPSED_KEPT]))

    def restore_state(self, settings: QSettings) -> None:
        kept = settings.value("households/column_layout")
        if isinstance(kept, str):
            self.show_layout(column_layout.from_text(kept))
        self._rows.remember_collapsed(keys_from_text(str(settings.value("households/collapsed") or "")))

    # Rows and cells

    def household(self, position: int) -> Row | None:
        """The household in a row, or None if there is none."""
        return self._rows.row(position)

    def ground_of(self, index: _Index) -> QWidget:
        """Where an editor of a cell lies."""
        frozen = self._has_frozen and index.column() in self._frozen_columns()
        return self.frozen.viewport() if frozen else self.viewport()

    def column_is(self, column: int) -> None:
        """Let the next row that is gone to be gone to in this column."""
        self._column = column

    def go_to(self, position: int) -> None:
        """Make a row the current one, in the column where one was, in the middle if it was out of sight."""
        index = self.model().index(position, self._seen_column())
        now = self.currentIndex()
        if (position, index.column()) != (now.row(), now.column()) or not self.selectionModel().isSelected(now):
            self.setCurrentIndex(index)  # which leaves only this cell selected
        self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)

    # Qt asks and tells

    def indexAt(self, place: QPoint) -> QModelIndex:
        if self._has_frozen and 0 <= place.x() < self._frozen_width():
            column = self.frozen.columnAt(place.x())
            return self.model().index(self.rowAt(place.y()), column)
        return super().indexAt(place)

    def visualRect(self, index: _Index) -> QRect:
        if index.isValid() and self._has_frozen and index.column() in self._frozen_columns():
            column, row = index.column(), index.row()
            left, top = self.frozen.columnViewportPosition(column), self.rowViewportPosition(row)
            return QRect(left, top, self.frozen.columnWidth(column), self.rowHeight(row))
        return super().visualRect(index)

    def scrollTo(
        self, index: _Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        sideways = self.horizontalScrollBar()
        before = sideways.value()
        super().scrollTo(index, hint)
        if not self._has_frozen:
            return
        if index.column() in self._frozen_columns():
            sideways.setValue(before)
            return
        hidden = self._frozen_width() - self.columnViewportPosition(index.column())
        if hidden > 0:
            sideways.setValue(sideways.value() - hidden)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if self.editing is None or held:
            super().keyPressEvent(event)
        elif self._rows.is_group(self.currentIndex().row()) and event.key() in _TOGGLES:
            self._toggle(self.currentIndex().row(), _TOGGLES[event.key()])
        elif event.key() == Qt.Key.Key_F2:
            self.editing.begin()
        elif event.key() == Qt.Key.Key_Backspace:
            self.editing.begin("")
        elif event.text().isprintable() and event.text().strip():
            self.editing.begin(event.text())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if not self._finish_before(self.indexAt(place)):
            return
        # A range that is selected can be carried away; from anywhere else, the mouse selects one.
        self.setDragEnabled(self.selectionModel().isSelected(self.indexAt(place)) and self.has_range())
        super().mousePressEvent(event)
        if place.x() < group_line.ARROW and event.button() == Qt.MouseButton.LeftButton:
            self._toggle(self.indexAt(place).row())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        index = self.indexAt(place)
        if self._rows.is_group(index.row()):
            self._toggle(index.row())  # on its arrow, what the first click did is done back
        elif self.editing is not None and index.isValid():
            self.editing.begin()

    def _finish_before(self, index: QModelIndex) -> bool:
        """Store the cell that is edited, and say whether the press that did it still means the row it was made on."""
        if self.editing is None or not self.editing.is_open:
            return True
        meant = self.household(index.row())
        if not self.editing.finish():
            return False
        now = self.household(index.row())
        if meant is None or (now is not None and now.uid == meant.uid):
            return True
        self.editing.left.emit(meant.uid, index.column())  # saving has moved the rows
        return False

    def _toggle(self, row: int, collapsed: bool | None = None) -> None:
        """Open or close the group in a row, if it is one."""
        if self._rows.is_group(row):
            self._rows.collapse(row, not self._rows.is_collapsed(row) if collapsed is None else collapsed)
            self.repaint_cells()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if self.editing is not None and self.editing.compose(event):
            event.accept()

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> Any:
        if self.editing is not None and self.editing.editor is not None:
            return self.editing.editor.inputMethodQuery(query)
        if query == Qt.InputMethodQuery.ImCursorRectangle:
            return self.visualRect(self.currentIndex())
        return super().inputMethodQuery(query)

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Drag the rows that the selection touches, of which the cursor carries the number."""
        count = sum(len(part) for part in self.selected())
        if count:
            drag(self, count)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._has_frozen:
            self.frozen.place()
        if self.editing is not None:
            self.editing.place()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if self._has_frozen:
            self.frozen.place()

    # How it is built

    def _build(self) -> None:
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def _build_headings(self) -> None:
        rows = self._numbers = RowNumbers(self)
        self.setVerticalHeader(rows)
        columns = self.horizontalHeader()
        columns.setHighlightSections(False)
        columns.setSectionsMovable(True)
        columns.setStretchLastSection(True)
        columns.setSortIndicatorShown(True)
        columns.setSectionsClickable(True)
        columns.setMinimumSectionSize(48)
        for pressed in (columns.sectionPressed, columns.sectionEntered):
            pressed.disconnect()  # a heading sorts; it does not select its column beside
        # To the contents means to those that are seen; Qt would read a thousand rows.
        columns.setResizeContentsPrecision(0)
        # In painting, a heading asks every row of its column whether it is selected: seconds, for a whole district.
        for heading in (columns, rows):
            heading.setSelectionModel(QItemSelectionModel(self.model(), heading))
        self.heading_menu = HeadingMenu(self)

    def _build_delegates(self) -> None:
        self._plain, self._through_groups = QStyledItemDelegate(self), CellDelegate(self)
        categories = CategoryDelegate(self)
        for view in (self, self.frozen):
            view.setItemDelegateForColumn(POSITIONS["category"], categories)
        self._suit_rows()
        self.model().modelReset.connect(self._suit_rows)

    def _suit_rows(self) -> None:
        """Make the numbers of the rows as wide as the last of them, and draw cells as their rows need it."""
        self._numbers.reach(self._rows.households)
        wanted = self._through_groups if self._rows.is_gathered else self._plain
        if self.itemDelegate() is not wanted:
            for view in (self, self.frozen):
                view.setItemDelegate(wanted)

    def _connect(self) -> None:
        for heading in (self.horizontalHeader(), self.frozen.horizontalHeader()):
            heading.sectionClicked.connect(lambda column, one=heading: self._sort_by(column, one))
            heading.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            heading.customContextMenuRequested.connect(
                lambda place, one=heading: self.heading_menu.open(one.logicalIndexAt(place), one.mapToGlobal(place))
            )
            heading.sectionHandleDoubleClicked.connect(self.fit)
        self.horizontalHeader().sectionMoved.connect(self._note_order)
        self.horizontalHeader().sectionResized.connect(self._note_width)
        self.frozen.horizontalHeader().sectionResized.connect(self._size_frozen)
        chosen = self.selectionModel()
        chosen.currentChanged.connect(self._note_current)
        chosen.currentRowChanged.connect(lambda now, _before: self.current_changed.emit(now.row()))

    # What happens

    def _note_current(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self._column = now.column()
            # So that Chinese can be typed straight into a cell.
            self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, bool(COLUMNS[now.column()].field))
        self.repaint_cells()

    @property
    def is_gathered(self) -> bool:
        """Whether there are rows of groups among those of households."""
        return self._rows.is_gathered

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.is_gathered:
            super().paintEvent(event)
            return
        current_cell.tint(self, self.currentIndex())
        super().paintEvent(event)
        current_cell.frame(self, self.currentIndex(), self.hasFocus())

    def repaint_cells(self) -> None:
        super().repaint_cells()
        if self._has_frozen:
            self.frozen.viewport().update()

    def _seen_column(self) -> int:
        seen = self.seen_columns()
        return self._column if self._column in seen or not seen else seen[0]

    def _show_frozen(self) -> None:
        columns = self._frozen_columns()
        self._has_frozen = bool(columns)
        self.frozen.show_columns(columns)

    def _frozen_columns(self) -> Sequence[int]:
        return self.seen_columns()[: self._layout.frozen]

    def _frozen_width(self) -> int:
        return self.frozen.horizontalHeader().length()

    def _heading_width(self, column: int) -> int:
        return self.horizontalHeader().sectionSizeHint(column)

    def _sort_by(self, column: int, heading: QHeaderView) -> None:
        downwards = heading.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        self.horizontalHeader().setSortIndicator(column, heading.sortIndicatorOrder())
        self.sort_asked.emit(COLUMNS[column].sort, downwards)

    def _note_order(self, _logical: int, _from: int, _to: int) -> None:
        if not self._arranging:
            heading = self.horizontalHeader()
            order = tuple(COLUMNS[heading.logicalIndex(visual)].key for visual in range(heading.count()))
            self._layout = replace(self._layout, order=order)
            self._show_frozen()

    def _note_width(self, column: int, _before: int, width: int) -> None:
        shown = self.shown_columns()
        key = COLUMNS[column].key
        # The last one is as wide as there is room, which says nothing of how wide it shall be.
        if self._arranging or not width or key not in shown or key == shown[-1]:
            return
        self._layout = replace(self._layout, widths={**self._layout.widths, key: width})
        self._show_frozen()

    def _size_frozen(self, column: int, _before: int, width: int) -> None:
        if width and column in self._frozen_columns():
            self.setColumnWidth(column, width)
