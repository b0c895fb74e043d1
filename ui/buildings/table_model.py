"""The lines of a listing of buildings for a table: filtered by what is typed, sorted by a column."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from gridapp.buildings.history import value_text
from gridapp.buildings.listing import Line
from gridapp.households import address

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(frozen=True)
class Column:
    """A column: its heading, what it shows of a line, and its width; 0 takes what is left.

    Attributes:
        value: a number, or a text; what nobody knows is None and sorts last.
    """

    heading: str
    value: Callable[[Line], Any]
    width: int = 72


def _answer(name: str) -> Callable[[Line], str | None]:
    def value(line: Line) -> str | None:
        known = getattr(line.record, name)
        return None if known is None else value_text(name, known)

    return value


GRID_COLUMN = 0
COLUMNS = (
    Column("网格", lambda line: line.area_name, 96),
    Column("小区", lambda line: line.record.estate, 110),
    Column("楼栋", lambda line: address.building_label(line.record.building) or "未写明", 84),
    Column("户数", lambda line: line.households, 58),
    Column("人数", lambda line: line.people, 58),
    Column("层数", lambda line: line.record.storeys, 58),
    Column("楼门", lambda line: line.record.entrances, 58),
    Column("每门每层", lambda line: line.record.rooms_a_storey, 76),
    Column("电梯", _answer("lift"), 58),
    Column("燃气", _answer("gas"), 58),
    Column("建成", lambda line: line.record.built_in, 62),
    Column("物业公司", lambda line: line.record.property_company, 0),
    Column("物业电话", lambda line: line.record.property_phone, 116),
)
_UNKNOWN = "—"


class BuildingTableModel(QAbstractTableModel):
    """``lines`` is None until they are read; ``shown`` are those that the filter leaves, in order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: Sequence[Line] | None = None
        self.shown: list[Line] = []
        self._text = ""
        self._sort: tuple[int, bool] | None = None

    def show(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self._choose()

    def filter(self, text: str) -> None:
        """Show only the lines in which every typed word stands."""
        self._text = text
        self._choose()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sort = (column, order == Qt.SortOrder.DescendingOrder) if column >= 0 else None
        self._choose()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        value = COLUMNS[index.column()].value(self.shown[index.row()])
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(value)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.shown[index.row()].record.note or _text(value)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return QCoreApplication.translate("BuildingTable", COLUMNS[section].heading)
        return None

    def _choose(self) -> None:
        self.beginResetModel()
        words = self._text.split()
        lines = self.lines or ()
        self.shown = [line for line in lines if all(word in _searched(line) for word in words)] if words else [*lines]
        if self._sort is not None:
            column, descending = self._sort
            known = [line for line in self.shown if COLUMNS[column].value(line) not in (None, "")]
            unknown = [line for line in self.shown if COLUMNS[column].value(line) in (None, "")]
            self.shown = sorted(known, key=lambda line: _order(column, line), reverse=descending) + unknown
        self.endResetModel()


def _order(column: int, line: Line) -> Any:
    value = COLUMNS[column].value(line)
    return address.sort_key("", value, "", "", "") if isinstance(value, str) else value


def _searched(line: Line) -> str:
    record = line.record
    return "\n".join((line.area_name, record.label, record.property_company, record.property_phone, record.note))


def _text(value: Any) -> str:
    if value in (None, ""):
        return _UNKNOWN
    return f"{value:,}" if isinstance(value, int) and value >= 10_000 else str(value)
