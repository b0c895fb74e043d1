"""A listing of households as a table model that reads what is looked at."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from gridapp.errors import UserError
from gridapp.households.columns import COLUMNS
from gridapp.households.listing import Listing, Row
from gridapp.ids import Uid

Index = QModelIndex | QPersistentModelIndex
PAGE = 100
_PAGES_KEPT = 60
_RETRY_MS = 5_000
ROW = Qt.ItemDataRole.UserRole
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class HouseholdTableModel(QAbstractTableModel):
    """Rows come a page at a time; a page is forgotten when others push it out or something was written.

    ``unread`` says why a page could not be read; its rows stay blank until it is asked for again, some time later.
    """

    unread = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._listing: Listing | None = None
        self._count = 0
        self._pages: OrderedDict[int, list[Row]] = OrderedDict()

    def show(self, listing: Listing | None) -> None:
        """Show another listing; where it only is the same read anew, what is selected stays so."""
        if listing is not None and self._is_same(listing):
            self._listing = listing
            self.reread()
            return
        self.beginResetModel()
        self._listing = listing
        self._pages.clear()
        self._count = listing.count if listing else 0
        self.endResetModel()

    def _is_same(self, listing: Listing) -> bool:
        shown = self._listing
        if shown is None or listing.count != self._count:
            return False
        return (shown.filter, shown.sort, shown.descending) == (listing.filter, listing.sort, listing.descending)

    def reread(self) -> None:
        """Read the rows again where they stand, since something was written."""
        self._pages.clear()
        if self._count:
            self.dataChanged.emit(self.index(0, 0), self.index(self._count - 1, len(COLUMNS) - 1))

    @property
    def listing(self) -> Listing | None:
        return self._listing

    def row(self, position: int) -> Row | None:
        """The household at a position, or None behind the end."""
        if self._listing is None or not 0 <= position < self._count:
            return None
        number, within = divmod(position, PAGE)
        page = self._pages.get(number)
        if page is None:
            page = self._pages[number] = self._read(self._listing, number)
            if len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page[within] if within < len(page) else None

    def _read(self, listing: Listing, number: int) -> list[Row]:
        try:
            return listing.page(number * PAGE, PAGE)
        except UserError as error:  # which must not reach Qt: it asks while painting, and would ask at once again
            self.unread.emit(str(error))
            QTimer.singleShot(_RETRY_MS, self, lambda: self._forget_unread(listing, number))
            return []

    def _forget_unread(self, listing: Listing, number: int) -> None:
        if self._listing is listing and not self._pages.get(number):
            self._pages.pop(number, None)

    def position_of(self, uid: Uid) -> int | None:
        """Where a household stands, or None if it is not shown."""
        for number, page in self._pages.items():
            for within, row in enumerate(page):
                if row.uid == uid:
                    return number * PAGE + within
        return self._listing.position_of(uid) if self._listing else None

    # Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in _ANSWERED:
            return None
        row = self.row(index.row())
        if row is None:
            return None
        column = COLUMNS[index.column()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.number else None
        return column.text(row)  # as a tooltip too: whole, where the column is too narrow for it

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return f"{section + 1}" if role == Qt.ItemDataRole.DisplayRole else None
        column = COLUMNS[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.hint or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.number else _LEFT
        return None


_ANSWERED = {
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.TextAlignmentRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    ROW,
}
