"""A listing of households as a table model that reads what is looked at."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from gridapp.errors import UserError
from gridapp.households import address, words
from gridapp.households.listing import Listing, Row, SortBy
from gridapp.ids import Uid

Index = QModelIndex | QPersistentModelIndex
PAGE = 100
_PAGES_KEPT = 60
_RETRY_MS = 5_000
ROW = Qt.ItemDataRole.UserRole
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

_COLUMNS = ("category", "place", "address", "head", "people", "phone", "visited", "issues", "note")
_SORTS = {
    "category": SortBy.CATEGORY,
    "place": SortBy.ADDRESS,
    "address": SortBy.ADDRESS,
    "head": SortBy.HEAD,
    "people": SortBy.PEOPLE,
    "phone": SortBy.PHONE,
    "visited": SortBy.VISITED,
}


class HouseholdTableModel(QAbstractTableModel):
    """Rows come a page at a time; a page is forgotten when others push it out or something was written.

    ``unread`` says why a page could not be read; its rows stay blank until it is asked for again, some time later.
    """

    COLUMNS = _COLUMNS
    unread = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._listing: Listing | None = None
        self._count = 0
        self._pages: OrderedDict[int, list[Row]] = OrderedDict()
        self._headings = {
            "category": self.tr("分类"),
            "place": self.tr("网格"),
            "address": self.tr("住址"),
            "head": self.tr("户主"),
            "people": self.tr("人数"),
            "phone": self.tr("电话"),
            "visited": self.tr("上次走访"),
            "issues": self.tr("未结"),
            "note": self.tr("备注"),
        }

    def show(self, listing: Listing | None) -> None:
        """Show another listing."""
        self.beginResetModel()
        self._listing = listing
        self._pages.clear()
        self._count = listing.count if listing else 0
        self.endResetModel()

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

    @staticmethod
    def sort_of(column: int) -> SortBy | None:
        """What a click on a column's heading sorts by, or None."""
        return _SORTS.get(_COLUMNS[column])

    # Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in _ANSWERED:
            return None
        row = self.row(index.row())
        if row is None:
            return None
        column = _COLUMNS[index.column()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column in ("people", "issues") else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return _text(row, column)  # whole, where the column is too narrow for it
        return _text(row, column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        column = _COLUMNS[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._headings[column]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tr("没有解决的民意") if column == "issues" else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return (
                _RIGHT if column in ("people", "issues") else Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            )
        return None


_ANSWERED = {
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.TextAlignmentRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    ROW,
}


def _text(row: Row, column: str) -> str:
    if column == "category":
        return words.categories_text(row.mask)
    if column == "place":
        return row.area_name
    if column == "address":
        return address.full_label(row.estate, row.building, row.entrance, row.room)
    if column == "people":
        return "" if row.people is None else str(row.people)
    if column == "visited":
        return words.day_text(row.last_visit)
    if column == "issues":
        return str(row.open_issues) if row.open_issues else ""
    return {"head": row.head, "phone": row.phone, "note": row.note}[column]
