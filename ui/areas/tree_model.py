"""The tree of areas as an item model, with the households of each by colour."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from gridapp.areas.model import LEVEL_NAMES, Level
from gridapp.areas.tree import Node
from gridapp.emergency.running import Running
from gridapp.households import pinyin
from gridapp.ids import Uid

Index = QModelIndex | QPersistentModelIndex

NODE = Qt.ItemDataRole.UserRole
COUNTS = Qt.ItemDataRole.UserRole + 1
OVERDUE = Qt.ItemDataRole.UserRole + 2
LACKING = Qt.ItemDataRole.UserRole + 3
EMERGENCY = Qt.ItemDataRole.UserRole + 4
HOUSEHOLDS = "application/x-gridapp-households"
"""The kind of what is dragged when it is the selected rows of the household table."""


class AreaTreeModel(QAbstractItemModel):
    """One column: the areas. ``NODE`` answers the node, ``COUNTS`` its households by first category, or None.

    A filter leaves the areas whose name, pinyin or code contains a text, with all above and below them. It is a part of
    the model, since a filter between model and view lays the tree out anew for each area that comes or goes.
    ``OVERDUE`` answers how many issues are late in it, or None while there are none in any area.
    ``LACKING`` answers how many grids at or below it lack somebody of their team.
    ``EMERGENCY`` answers True where an emergency goes on, False where one does below, or None.
    ``numbers_changed`` says that all of them may be others, at once, since a view seeks every row that is named to it.
    ``dropped`` tells onto which grid the selected households were dropped.
    """

    dropped = Signal(object)
    numbers_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._roots: list[Node] = []
        self._filter = ""
        self._found: list[Node] = []
        self._shown: dict[Uid, list[Node]] | None = None  # children of each node that the filter leaves; None: all
        self._top: list[Node] = []
        self._rows: dict[Uid, int] = {}
        self._counts: Mapping[Uid, Sequence[int]] = {}
        self._overdue: Mapping[str, int] = {}
        self._overdue_note = ""
        self._lacking: Mapping[str, int] = {}
        self._emergencies: Sequence[Running] = ()

    def set_roots(self, roots: list[Node]) -> None:
        """Show another tree."""
        self.beginResetModel()
        self._roots = roots
        self._sift()
        self.endResetModel()

    def set_filter(self, text: str) -> None:
        """Leave the areas that a text finds; an empty text leaves all."""
        self.beginResetModel()
        self._filter = text.lower()
        self._sift()
        self.endResetModel()

    def prepare(self) -> None:
        """Learn how the names sound, so that the first letter that is typed finds its areas as fast as the next."""
        for node in self._nodes():
            _sound(node.name)

    @property
    def found(self) -> Sequence[Node]:
        """The areas that the filter finds, from the top."""
        return self._found

    def set_counts(self, counts: Mapping[Uid, Sequence[int]]) -> None:
        """Show other numbers beside the same tree."""
        self._counts = counts
        self.numbers_changed.emit()

    def set_overdue(self, overdue: Mapping[str, int], note: str = "") -> None:
        """Show other numbers of late issues, by the codes of areas.

        Args:
            note: what is to be known of how they were counted.
        """
        if (overdue, note) != (self._overdue, self._overdue_note):
            self._overdue, self._overdue_note = overdue, note
            self.numbers_changed.emit()

    def set_lacking(self, lacking: Mapping[str, int]) -> None:
        """Show other numbers of grids that lack somebody of their team, by the codes of areas."""
        if lacking != self._lacking:
            self._lacking = lacking
            self.numbers_changed.emit()

    def set_emergencies(self, active: Sequence[Running]) -> None:
        """Mark the areas in which these emergencies go on."""
        self._emergencies = active
        self.numbers_changed.emit()

    def index_of(self, node: Node) -> QModelIndex:
        """The index of a node; none where the filter hides it."""
        row = self._rows.get(node.uid)
        return self.createIndex(row, 0, node) if row is not None else QModelIndex()

    def find(self, code: str) -> Node | None:
        """The node with a code, or None."""
        return next((node for root in self._roots for node in root.walk() if node.code == code), None)

    @property
    def roots(self) -> list[Node]:
        return self._roots

    # Qt asks

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        siblings = self._below(parent)
        if column != 0 or not 0 <= row < len(siblings):
            return QModelIndex()
        return self.createIndex(row, 0, siblings[row])

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        node = index.internalPointer() if index.isValid() else None
        return self.index_of(node.parent) if node is not None and node.parent is not None else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self._below(parent))

    def hasChildren(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008
        return bool(self._below(parent))

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
        if role == LACKING:
            return self._lacking.get(node.code, 0)
        if role == EMERGENCY:
            return self._emergency(node)
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
        lacking = self._lacking.get(node.code, 0)
        if lacking:
            of_grid = node.level is Level.GRID
            told.append(self.tr("服务队缺员") if of_grid else self.tr("{0} 个网格的服务队缺员").format(f"{lacking:,}"))
        told += [self.tr("{0}应急响应中").format(one.name) for one in self._emergencies if _concerns(one, node)]
        return "，".join(told)

    def _emergency(self, node: Node) -> bool | None:
        if not self._emergencies:
            return None
        found = [one.holds_for(node.code) for one in self._emergencies if _concerns(one, node)]
        return any(found) if found else None

    def _families(self) -> Iterator[list[Node]]:
        """The nodes that are shown, those side by side together."""
        if self._top:
            yield self._top
        nodes = self._shown.values() if self._shown is not None else (node.children for node in self._nodes())
        yield from (children for children in nodes if children)

    def _nodes(self) -> Iterator[Node]:
        return (node for root in self._roots for node in root.walk())

    def _below(self, parent: Index) -> list[Node]:
        """What is shown below an index."""
        if not parent.isValid():
            return self._top
        node: Node = parent.internalPointer()
        return node.children if self._shown is None else self._shown[node.uid]

    def _sift(self) -> None:
        """Find out what the filter leaves, and where each of that stands."""
        self._found = []
        self._shown = {} if self._filter else None
        self._top = [root for root in self._roots if self._leaves(root)] if self._filter else self._roots
        self._rows = {node.uid: row for siblings in self._families() for row, node in enumerate(siblings)}

    def _sounds_like(self, node: Node) -> bool:
        return self._filter.isascii() and self._filter in _sound(node.name)

    def _leaves(self, node: Node, is_below: bool = False) -> bool:
        """Whether the filter leaves a node: if it finds it, or something above or below it."""
        assert self._shown is not None
        is_found = self._filter in node.name.lower() or self._filter in node.code or self._sounds_like(node)
        if is_found:
            self._found.append(node)
        children = [child for child in node.children if self._leaves(child, is_below or is_found)]
        self._shown[node.uid] = children
        return is_below or is_found or bool(children)

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


def _concerns(one: Running, node: Node) -> bool:
    """Whether an emergency goes on in an area, or in one below it."""
    return one.holds_for(node.code) or one.area_code.startswith(node.code)


@lru_cache(8_192)
def _sound(name: str) -> str:
    """The initials of a name and its pinyin; many grids of a district are called alike."""
    return f"{pinyin.initials(name)} {pinyin.full(name).replace(' ', '')}"
