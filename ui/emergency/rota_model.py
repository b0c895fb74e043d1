"""The rota of an emergency as a table: a row each grid, a column each shift."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont, QIcon

from gridapp.days import said_day
from gridapp.emergency.duties import DutyRow
from gridapp.emergency.rota import Span
from gridapp.ids import Uid
from ui import theme

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
DUTY = "application/x-gridapp-duty"
"""The kind of what is dragged when it is somebody's shift."""


@dataclass(frozen=True)
class Place:
    """A grid that is to be manned."""

    uid: Uid
    code: str
    name: str


@dataclass(frozen=True)
class Rota:
    """What is on the table: places, shifts, and who is where when; ``short`` is how many shifts ahead lack somebody."""

    places: tuple[Place, ...] = ()
    spans: tuple[Span, ...] = ()
    seats: int = 1
    cells: dict[tuple[str, Span], tuple[DutyRow, ...]] = field(default_factory=dict)
    short: int = 0


def arranged(places: Sequence[Place], duties: Sequence[DutyRow], seats: int, now: datetime.datetime) -> Rota:
    """Put duties in their cells; the shifts are those that anybody has."""
    cells: dict[tuple[str, Span], list[DutyRow]] = {}
    for duty in duties:
        cells.setdefault((duty.area_code, duty.span), []).append(duty)
    spans = tuple(sorted({duty.span for duty in duties}))
    ahead = [span for span in spans if span.ends_at > now]
    full = sum(len(cells.get((place.code, span), ())) >= seats for place in places for span in ahead)
    found = {key: tuple(there) for key, there in cells.items()}
    return Rota(tuple(places), spans, seats, found, len(places) * len(ahead) - full)


class RotaModel(QAbstractTableModel):
    """``dropped`` carries a duty that was dragged, and the cell onto which."""

    dropped = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rota = Rota()
        self.marked: Uid | None = None
        self.now = datetime.datetime.now()

    def show(self, rota: Rota, now: datetime.datetime) -> None:
        """Show another rota."""
        self.beginResetModel()
        self.rota, self.now = rota, now
        self.endResetModel()

    def mark(self, duty: Uid | None) -> None:
        """Mark the duty that is to be swapped with another."""
        self.marked = duty
        if self.rota.places and self.rota.spans:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    def place(self, index: Index) -> Place:
        return self.rota.places[index.row()]

    def shift(self, index: Index) -> Span:
        return self.rota.spans[index.column()]

    def duties(self, index: Index) -> tuple[DutyRow, ...]:
        """Who is on duty in a cell."""
        return self.rota.cells.get((self.place(index).code, self.shift(index)), ())

    def missing(self, index: Index) -> int:
        """How many are missing in a cell that is not over."""
        is_over = self.shift(index).ends_at <= self.now
        return 0 if is_over else max(0, self.rota.seats - len(self.duties(index)))

    def current_column(self) -> int | None:
        """The column of the shift that is on now."""
        spans = enumerate(self.rota.spans)
        return next((at for at, span in spans if span.starts_at <= self.now < span.ends_at), None)

    # Qt asks

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rota.places)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rota.spans)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._told(index)
        if role == Qt.ItemDataRole.DecorationRole:
            return self._sign(index)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colour(index)
        if role == Qt.ItemDataRole.BackgroundRole and index.column() == self.current_column():
            return QColor(theme.current().hover)
        if role == Qt.ItemDataRole.FontRole and self.missing(index):
            font = QFont()
            font.setBold(True)
            return font
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                return self.rota.places[section].name
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return shift_text(self.rota.spans[section], self.now)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and self.duties(index):
            flags |= Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled
        return flags

    def mimeTypes(self) -> list[str]:
        return [DUTY]

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        found = [duty for index in indexes for duty in self.duties(index)]
        if found:
            data.setData(DUTY, bytes(found[0].uid))
        return data

    def canDropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        return data.hasFormat(DUTY) and parent.isValid() and bool(self.duties(parent))

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        if self.canDropMimeData(data, action, row, column, parent):
            self.dropped.emit(data.data(DUTY).data(), parent)
        return False  # else the view takes away what it believes to have been moved

    # How a cell looks

    def _text(self, index: Index) -> str:
        names = [duty.name for duty in self.duties(index)]
        missing = self.missing(index)
        if missing:
            names.append(self.tr("缺 {0} 人").format(missing) if names or missing > 1 else self.tr("没有人"))
        return "、".join(names)

    def _told(self, index: Index) -> str:
        told = [f"{self.place(index).name} {shift_text(self.shift(index), self.now)}"]
        told += [f"{duty.name} {duty.phone}".strip() for duty in self.duties(index)]
        if self.missing(index):
            told.append(self.tr("缺 {0} 人，回车选人").format(self.missing(index)))
        if self._is_marked(index):
            told.append(self.tr("等着对调"))
        return "\n".join(told)

    def _sign(self, index: Index) -> QIcon | None:
        if self._is_marked(index):
            return theme.icon("arrows-left-right", "accent")
        return theme.icon("warning-circle", "danger") if self.missing(index) else None

    def _colour(self, index: Index) -> QColor | None:
        worn = theme.current()
        if self.missing(index):
            return QColor(worn.danger)
        if self._is_marked(index):
            return QColor(worn.accent)
        return QColor(worn.secondary) if self.shift(index).ends_at <= self.now else None

    def _is_marked(self, index: Index) -> bool:
        return self.marked is not None and any(duty.uid == self.marked for duty in self.duties(index))


def shift_text(span: Span, now: datetime.datetime) -> str:
    """``今天 08:00–16:00``."""
    return f"{said_day(span.starts_at.date(), now.date())} {span.clock_text}"
