"""The table of a part of the teams: sorted by its headings, with room for what matters where the window is narrow."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from ui.widgets.paged_table import Column, PagedTable


class TeamTable(PagedTable):
    """One row is chosen at a time. ``current_changed`` when another is, ``sorted_by`` carries column and direction."""

    current_changed = Signal()
    sorted_by = Signal(int, bool)

    def __init__(
        self, name: str, columns: Sequence[Column], yields: Mapping[int, int], parent: QWidget | None = None
    ) -> None:
        """Make the table.

        Args:
            yields: columns that give way, and from how many pixels across on each is shown, as long as the others have
                the width they began with.
        """
        super().__init__(name, columns, parent)
        self._yields = yields
        self._left_out: set[int] = set()
        self._widened: dict[int, int] = {}
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.selectionModel().currentRowChanged.connect(lambda _new, _old: self.current_changed.emit())

    def allow_sorting(self, columns: Sequence[int]) -> None:
        """Let a click on some headings sort by them."""
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicatorClearable(False)
        self._sorted = (columns[0], False)
        header.setSortIndicator(columns[0], Qt.SortOrder.AscendingOrder)

        def sort(column: int) -> None:
            if column in columns:
                at, is_down = self._sorted
                self._sorted = (column, column == at and not is_down)
                self.sorted_by.emit(*self._sorted)
            down = Qt.SortOrder.DescendingOrder if self._sorted[1] else Qt.SortOrder.AscendingOrder
            header.setSortIndicator(self._sorted[0], down)

        header.sectionClicked.connect(sort)

    def current_row(self) -> object | None:
        """The row that is current."""
        return self.paged.row(self.currentIndex().row())

    def leave_out(self, columns: Sequence[int]) -> None:
        """Show no columns that would say the same in each row; others have their room."""
        for column in self._left_out ^ set(columns):
            self.setColumnHidden(column, column in columns)
        self._left_out = set(columns)
        self._share(self.viewport().width())

    def set_width(self, column: int, width: int) -> None:
        """Give a column another width; those that give way make room for it."""
        self.horizontalHeader().resizeSection(column, width)
        self._widened[column] = width - self.paged.columns[column].width
        self._share(self.viewport().width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share(event.size().width())

    def _share(self, width: int) -> None:
        room = width - sum(more for column, more in self._widened.items() if column not in self._left_out)
        room += sum(self.paged.columns[column].width for column in self._left_out)
        for column, least in self._yields.items():
            self.setColumnHidden(column, room < least)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            event.ignore()  # nothing here goes by one key
            return
        super().keyPressEvent(event)
