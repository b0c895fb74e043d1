"""The tree of areas as an item model, with the households of each by colour."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)

from gridapp.areas.model import LEVEL_NAMES, Level
from gridapp.areas.tree import Node
from gridapp.households import pinyin
from gridapp.ids import Uid

Index = QModelIndex | QPersistentModelIndex

NODE = Qt.ItemDataRole.UserRole
COUNTS = Qt.ItemDataRole.UserRole + 1
SEARCH = Qt.ItemDataRole.UserRole + 2
OVERDUE = Qt.ItemDataRole.UserRole + 3
HOUSEHOLDS = "application/x-gridapp-households"
"""The kind of what is dragged when it is the selected rows of the household table."""


class AreaTreeModel(QAbstractItemModel):
    """One column: the areas. ``NODE`` answers the node, ``COUNTS`` its households by first category, or None.

    ``OVERDUE`` answers how many issues are late in it, or None while there are none in any area.
    ``dropped`` tells onto which grid the selected households were dropped.
    """

    dropped = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._roots: list[Node] = []
        self._rows: dict[Uid, int] = {}
        self._counts: Mapping[Uid, Sequence[int]] = {}
        self._overdue: Mapping[str, int] = {}
        self._overdue_note = ""

    def set_roots(self, roots: list[Node]) -> None:
        """Show another tree."""
        self.beginResetModel()
        self._roots = roots
        self._rows = {}
        for siblings in [roots, *(node.children for root in roots for node in root.walk())]:
            self._rows.update((node.uid, row) for row, node in enumerate(siblings))
        self.endResetModel()

    def set_counts(self, counts: Mapping[Uid, Sequence[int]]) -> None:
        """Show other numbers beside the same tree."""
        self._counts = counts
        self._changed(COUNTS)

    def set_overdue(self, overdue: Mapping[str, int], note: str = "") -> None:
        """Show other numbers of late issues, by the codes of areas.

        Args:
            note: what is to be known of how they were counted.
        """
        if (overdue, note) != (self._overdue, self._overdue_note):
            self._overdue, self._overdue_note = overdue, note
            self._changed(OVERDUE)

    def index_of(self, node: Node) -> QModelIndex:
        return self.createIndex(self._rows[node.uid], 0, node)

    def find(self, code: str) -> Node | None:
        """The node with a code, or None."""
        return next((node for root in self._roots for node in root.walk() if node.code == code), None)

    @property
    def roots(self) -> list[Node]:
        return self._roots

    # Qt asks

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        siblings = parent.internalPointer().children if parent.isValid() else self._roots
        if column != 0 or not 0 <= row < len(siblings):
            return QModelIndex()
        return self.createIndex(row, 0, siblings[row])

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        node = index.internalPointer() if index.isValid() else None
        return self.index_of(node.parent) if node is not None and node.parent is not None else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(parent.internalPointer().children if parent.isValid() else self._roots)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        node: Node = index.internalPointer()
        if role == Qt.ItemDataRole.DisplayRole:
            return node.name
        if role == NODE:
            return node
        if role == COUNTS:
            return self._counts.get(node.uid)
        if role == OVERDUE:
            return self._overdue.get(node.code, 0) if self._overdue else None
        if role == SEARCH:
            return f"{node.name} {node.code} {pinyin.initials(node.name)} {pinyin.full(node.name).replace(' ', '')}"
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return self._told(node)
        return None

    def _told(self, node: Node) -> str:
        """What stands beside a node, in words."""
        told = [f"{LEVEL_NAMES[node.level]} {node.code}"]
        counts = self._counts.get(node.uid)
        if counts is not None:
            told.append(self.tr("{0} 户").format(f"{sum(counts):,}"))
        late = self._overdue.get(node.code, 0)
        if late:
            told.append(self.tr("民意逾期 {0}").format(f"{late:,}") + self._overdue_note)
        return "，".join(told)

    def _changed(self, role: int) -> None:
        """Say that a number may be another at every node: of each family at once, since a signal a node takes long."""
        for siblings in [self._roots, *(node.children for root in self._roots for node in root.walk())]:
            if siblings:
                told = [role, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole]
                self.dataChanged.emit(self.index_of(siblings[0]), self.index_of(siblings[-1]), told)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        takes = index.isValid() and index.internalPointer().level is Level.GRID
        return flags | Qt.ItemFlag.ItemIsDropEnabled if takes else flags

    def mimeTypes(self) -> list[str]:
        return [HOUSEHOLDS]

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def canDropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        onto_grid = parent.isValid() and parent.internalPointer().level is Level.GRID
        return data.hasFormat(HOUSEHOLDS) and onto_grid and row < 0

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        self.dropped.emit(parent.internalPointer())
        return True


class AreaFilter(QSortFilterProxyModel):
    """Areas whose name, pinyin or code contains what is typed, with all above and below them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setFilterRole(SEARCH)
        self.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setRecursiveFilteringEnabled(True)
        self.setAutoAcceptChildRows(True)
