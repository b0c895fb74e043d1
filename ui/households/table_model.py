"""A listing of households as a table model that reads what is looked at."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from gridapp.errors import UserError
from gridapp.households.categories import CATEGORIES, UNCLASSED
from gridapp.households.columns import COLUMNS
from gridapp.households.grouping import Group, Grouping, Key
from gridapp.households.listing import Listing, Row
from gridapp.ids import Uid

Index = QModelIndex | QPersistentModelIndex
PAGE = 100
_PAGES_KEPT = 60
_RETRY_MS = 5_000
ROW = Qt.ItemDataRole.UserRole
GROUP = Qt.ItemDataRole.UserRole + 1
"""Of the row of a group, the group and whether it is collapsed."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_FLAGS = (
    Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsDragEnabled
    | Qt.ItemFlag.ItemNeverHasChildren
)
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
        self._grouping: Grouping | None = None
        self._collapsed: set[Key] = set()
        self._pages: OrderedDict[int, list[Row]] = OrderedDict()
        self._found: tuple[Uid, int | None] | None = None  # what was sought last; deep down, finding it takes a while

    def show(self, listing: Listing | None) -> None:
        """Show another listing; where it only is the same read anew, what is selected stays so."""
        if listing is not None and self._is_same(listing):
            self._listing = listing
            self.reread()
            return
        self.beginResetModel()
        self._listing = listing
        self._pages.clear()
        self._found = None
        self._grouping = Grouping(listing.groups, self._collapsed) if listing and listing.group_by else None
        self._count = self._grouping.rows if self._grouping else listing.count if listing else 0
        self.endResetModel()

    def _is_same(self, listing: Listing) -> bool:
        shown = self._listing
        if shown is None or listing.count != shown.count or listing.groups != shown.groups:
            return False
        now = (listing.filter, listing.sort, listing.descending, listing.group_by)
        return (shown.filter, shown.sort, shown.descending, shown.group_by) == now

    def reread(self) -> None:
        """Read the rows again where they stand, since something was written."""
        self._pages.clear()
        self._found = None
        if self._count:
            self.dataChanged.emit(self.index(0, 0), self.index(self._count - 1, len(COLUMNS) - 1))

    @property
    def listing(self) -> Listing | None:
        return self._listing

    @property
    def households(self) -> int:
        """How many households the listing holds, whether their groups are collapsed or not."""
        return self._grouping.households if self._grouping else self._count

    def row(self, row: int) -> Row | None:
        """The household in a row, or None in that of a group and behind the end."""
        if self._grouping is None:
            return self.row_at(row)
        position = self._grouping.position_in(row)
        return None if position is None else self.row_at(position)

    def row_at(self, position: int) -> Row | None:
        """The household at a position of the listing, or None behind the end."""
        if self._listing is None or not 0 <= position < self.households:
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

    def row_of(self, uid: Uid) -> int | None:
        """The row of a household, that of its group if it is collapsed, or None if it is not shown."""
        position = self.position_of(uid)
        return position if position is None or self._grouping is None else self._grouping.row_of(position)

    def position_of(self, uid: Uid) -> int | None:
        """Where a household stands in the listing, or None if it does not."""
        for number, page in self._pages.items():
            for within, row in enumerate(page):
                if row.uid == uid:
                    return number * PAGE + within
        if self._found is None or self._found[0] != uid:
            self._found = (uid, self._listing.position_of(uid) if self._listing else None)
        return self._found[1]

    # Groups

    def positions_in(self, rows: Sequence[range]) -> list[range]:
        """The positions of the households in some rows."""
        if self._grouping is None:
            return list(rows)
        return [part for one in rows for part in self._grouping.positions_in(one)]

    def uids_seen(self, parts: Sequence[range]) -> list[Uid] | None:
        """The households at some positions as they are shown, or None if some of these rows are not in memory.

        Somebody else may have moved others to these positions since; what is done is meant for those that are seen.
        """
        found: list[Uid] = []
        for position in (position for part in parts for position in part):
            number, within = divmod(position, PAGE)
            page = self._pages.get(number, [])
            if within >= len(page):
                return None
            found.append(page[within].uid)
        return found

    @property
    def is_gathered(self) -> bool:
        """Whether there are rows of groups among those of households."""
        return self._grouping is not None

    def is_group(self, row: int) -> bool:
        """Whether a row is that of a group."""
        return self._grouping is not None and self._grouping.group_in(row) is not None

    def is_collapsed(self, row: int) -> bool:
        """Whether the group in a row is collapsed."""
        number = self._grouping.group_in(row) if self._grouping else None
        return self._grouping is not None and number is not None and self._grouping.is_collapsed(number)

    def collapsed_keys(self) -> list[Key]:
        """The groups that are collapsed, those of other areas too."""
        return sorted(self._collapsed)

    def remember_collapsed(self, keys: Iterable[Key]) -> None:
        """Let these be collapsed in what is shown next."""
        self._collapsed = set(keys)

    def collapse(self, row: int, collapsed: bool) -> None:
        """Hide or show the households of the group in a row."""
        grouping = self._grouping
        number = grouping.group_in(row) if grouping else None
        if grouping is None or number is None or grouping.is_collapsed(number) == collapsed:
            return
        first, last = row + 1, row + grouping.groups[number].count
        if collapsed:
            self.beginRemoveRows(QModelIndex(), first, last)
        else:
            self.beginInsertRows(QModelIndex(), first, last)
        self._note(number, collapsed)
        if collapsed:
            self.endRemoveRows()
        else:
            self.endInsertRows()

    def collapse_all(self, collapsed: bool) -> None:
        """Hide or show the households of all groups."""
        if self._grouping is not None:
            self.beginResetModel()
            keys = {group.key for group in self._grouping.groups}
            self._collapsed = self._collapsed | keys if collapsed else self._collapsed - keys
            self._grouping = Grouping(self._grouping.groups, self._collapsed)
            self._count = self._grouping.rows
            self.endResetModel()

    def reveal(self, uid: Uid) -> None:
        """Show the households of the group that holds one."""
        position = self.position_of(uid) if self._grouping else None
        number = self._grouping.group_with(position) if self._grouping and position is not None else None
        if self._grouping is not None and number is not None:
            self.collapse(self._grouping.row_of_group(number), False)

    def _note(self, number: int, collapsed: bool) -> None:
        grouping = self._grouping
        assert grouping is not None
        grouping.set_collapsed(number, collapsed)
        (self._collapsed.add if collapsed else self._collapsed.discard)(grouping.groups[number].key)
        self._count = grouping.rows

    def _group_data(self, index: Index, role: int) -> Any:
        grouping = self._grouping
        number = grouping.group_in(index.row()) if grouping else None
        if grouping is None or number is None:
            return None
        group = grouping.groups[number]
        if role == GROUP:
            return group, grouping.is_collapsed(number)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return group_text(group)
        return None

    # Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in _ANSWERED:
            return None
        row = None if role == GROUP else self.row(index.row())
        if row is None:
            return self._group_data(index, role)
        column = COLUMNS[index.column()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.number else None
        return column.text(row)  # as a tooltip too: whole, where the column is too narrow for it

    def flags(self, index: Index) -> Qt.ItemFlag:
        return _FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags

    def _number(self, row: int) -> str:
        position = row if self._grouping is None else self._grouping.position_in(row)
        return "" if position is None else f"{position + 1}"

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return self._number(section) if role == Qt.ItemDataRole.DisplayRole else None
        column = COLUMNS[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.hint or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.number else _LEFT
        return None


def group_text(group: Group) -> str:
    """``3号楼 2门，18 户：孤老户 1，常住户 17``."""
    counted = zip((*CATEGORIES, UNCLASSED), group.counts, strict=True)
    shares = "，".join(f"{category.name} {count:,}" for category, count in counted if count)
    return f"{group.label}，{group.count:,} 户：{shares}"


_ANSWERED = {
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.TextAlignmentRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    ROW,
    GROUP,
}
