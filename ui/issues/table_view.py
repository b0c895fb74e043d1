"""The issue ledger as a table: whole rows are selected, columns can be chosen, moved and sized."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QPoint, QSettings, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from gridapp.ids import Uid
from gridapp.issues.ledger_columns import COLUMNS, POSITIONS
from gridapp.issues.ledger_listing import LedgerSort
from ui.households import current_cell
from ui.households.row_numbers import RowNumbers
from ui.issues.table_model import LedgerTableModel

_ENDS = (Qt.Key.Key_Home, Qt.Key.Key_End)


class LedgerTable(QTableView):
    """Emits ``opened`` when the pane of the current issue is wanted, ``selection_told`` when others are selected."""

    sort_asked = Signal(object, bool)
    opened = Signal()
    selection_told = Signal()
    current_told = Signal(int)

    def __init__(self, model: LedgerTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self._rows = model
        self._sort = (LedgerSort.DEADLINE, False)
        self.setObjectName("ledger")
        self.setAccessibleName(self.tr("民意账单"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        numbers = RowNumbers(self)
        self.setVerticalHeader(numbers)
        model.modelReset.connect(lambda: numbers.reach(model.rowCount()))
        self._build_heading()
        self.selectionModel().selectionChanged.connect(lambda *_which: self.selection_told.emit())
        self.selectionModel().currentRowChanged.connect(lambda now, _before: self.current_told.emit(now.row()))
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    # Rows

    def selected(self) -> list[range]:
        """The selected rows, from the top."""
        parts = [range(part.top(), part.bottom() + 1) for part in self.selectionModel().selection().toList()]
        return sorted(parts, key=lambda part: part.start)

    def selected_count(self) -> int:
        """How many rows are selected."""
        return sum(map(len, self.selected()))

    def selected_uids(self, most: int) -> list[Uid]:
        """The issues that are selected, at most so many."""
        listing = self._rows.listing
        found: list[Uid] = []
        for part in self.selected() if listing is not None else ():
            assert listing is not None
            found += listing.uids_at(part.start, min(len(part), most - len(found)))
            if len(found) >= most:
                break
        return found

    def go_to(self, position: int) -> None:
        """Make a row the current and only selected one."""
        selection = self.selectionModel()
        index = self._rows.index(position, max(0, self.currentIndex().column()))
        # Told in full: of itself, the view would heed keys that are held down just now.
        selection.setCurrentIndex(index, selection.SelectionFlag.ClearAndSelect | selection.SelectionFlag.Rows)
        self.scrollTo(index)

    def select_again(self, uids: list[Uid]) -> None:
        """Select the rows of some issues, as far as they are still shown; the first of them is the current one."""
        rows = sorted(row for uid in uids if (row := self._rows.row_of(uid)) is not None)
        if not rows:
            return
        selection = self.selectionModel()
        selection.setCurrentIndex(self._rows.index(rows[0], 0), selection.SelectionFlag.NoUpdate)
        for row in rows:
            selection.select(self._rows.index(row, 0), selection.SelectionFlag.Select | selection.SelectionFlag.Rows)

    # Columns

    def show_sort(self, sort: LedgerSort, descending: bool) -> None:
        """Show by which column the rows are sorted."""
        self._sort = (sort, descending)
        column = next(position for position, column in enumerate(COLUMNS) if column.sort is sort)
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(column, order)

    def shown_columns(self) -> list[str]:
        """The keys of the columns that are seen, from the left."""
        heading = self.horizontalHeader()
        order = [heading.logicalIndex(visual) for visual in range(len(COLUMNS))]
        return [COLUMNS[logical].key for logical in order if not self.isColumnHidden(logical)]

    def save_state(self, settings: QSettings) -> None:
        settings.setValue("ledger/columns", self.horizontalHeader().saveState())

    def restore_state(self, settings: QSettings) -> None:
        kept = settings.value("ledger/columns")
        if isinstance(kept, QByteArray):
            self.horizontalHeader().restoreState(kept)

    def columns_menu(self) -> QMenu:
        """Which columns there are."""
        menu = QMenu(self)
        for column in COLUMNS:
            position = POSITIONS[column.key]
            action = menu.addAction(column.name)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(position))
            action.setEnabled(self.isColumnHidden(position) or len(self.shown_columns()) > 1)
            action.toggled.connect(lambda shown, at=position: self.setColumnHidden(at, not shown))
        menu.addSeparator()
        menu.addAction(self.tr("恢复默认"), self._arrange)
        return menu

    def _build_heading(self) -> None:
        heading = self.horizontalHeader()
        heading.setSectionsMovable(True)
        heading.setSectionsClickable(True)
        heading.setHighlightSections(False)
        heading.setSortIndicatorShown(True)
        heading.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        heading.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        heading.customContextMenuRequested.connect(self._open_columns)
        heading.sectionClicked.connect(self._ask_sort)
        self._arrange()

    def _arrange(self) -> None:
        heading = self.horizontalHeader()
        for position, column in enumerate(COLUMNS):
            heading.moveSection(heading.visualIndex(position), position)
            heading.resizeSection(position, column.width)
            self.setColumnHidden(position, not column.shown)

    def _open_columns(self, place: QPoint) -> None:
        menu = self.columns_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.horizontalHeader().mapToGlobal(place))

    def _ask_sort(self, column: int) -> None:
        sort = COLUMNS[column].sort
        self.show_sort(*self._sort)  # until it is sorted so
        self.sort_asked.emit(sort, not self._sort[1] if self._sort[0] is sort else False)

    # What Qt tells

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self.opened.emit()
        elif event.key() in _ENDS and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            if self._rows.rowCount():  # a row is whole, so that its first cell is no place to go to
                self.go_to(0 if event.key() == Qt.Key.Key_Home else self._rows.rowCount() - 1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        current = self.currentIndex()
        current_cell.tint(self, current)
        super().paintEvent(event)
