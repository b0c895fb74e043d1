"""A listing of tasks as a table."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QColor

from gridapp.ids import Uid
from gridapp.tasks.listing import Listing, State, TaskRow
from ui import theme
from ui.widgets.paged_model import ROW, Index, PagedModel

DONE, TITLE, DUE, STATE, WHO, RULE, AREA = range(7)


@dataclass(frozen=True)
class Column:
    """A column: its heading, what it shows of a task, and its width; 0 takes what is left."""

    heading: str
    text: Callable[[TaskRow, datetime.date, str], str]
    width: int


def _place(row: TaskRow, _today: datetime.date, code: str) -> str:
    """Where it belongs: what comes from above says so."""
    is_from_above = len(row.area_code) < len(code)
    return _tr("来自 {0}").format(row.area_name) if is_from_above else row.area_name


def _moment(listing: Listing) -> datetime.date:
    """Now, on the listing's own day: what is due by the clock is late within it."""
    now = datetime.datetime.now()
    return now if now.date() == listing.today else listing.today


def _tr(text: str) -> str:
    return QCoreApplication.translate("TaskTableModel", text)


def columns() -> list[Column]:
    """The columns from the left."""
    return [
        Column("", lambda _row, _today, _code: "", 34),
        Column(_tr("任务"), lambda row, _today, _code: row.title, 0),
        Column(_tr("期限"), lambda row, today, _code: row.due_text(today), 92),
        Column(_tr("状态"), lambda row, today, _code: row.state_label(today), 108),
        Column(_tr("负责人"), lambda row, _today, _code: row.who, 112),
        Column(_tr("重复"), lambda row, _today, _code: row.rule.text, 80),
        Column(_tr("所属"), _place, 132),
    ]


class TaskTableModel(PagedModel[TaskRow]):
    """``toggled`` carries a row whose box was clicked."""

    toggled = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        self._columns = columns()
        super().__init__([column.heading for column in self._columns], parent)
        self._listing: Listing | None = None

    @property
    def listing(self) -> Listing | None:
        return self._listing

    def show(self, listing: Listing | None) -> None:
        """Show another listing."""
        self._listing = listing
        self.show_rows(listing)

    def row_of(self, uid: Uid) -> int | None:
        """The row of a task, or None if it is not shown."""
        return self._listing.position_of(uid) if self._listing else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in _ANSWERED or self._listing is None:
            return None
        row = self.row(index.row())
        if row is None or role == ROW:
            return row
        if role == Qt.ItemDataRole.CheckStateRole:
            if index.column() != DONE:
                return None
            return Qt.CheckState.Checked if row.done_on is not None else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colour(row, index.column(), self._listing)
        text = self._columns[index.column()].text(row, _moment(self._listing), self._listing.filter.area_code)
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tip(row, text) if index.column() != DONE else _tr("完成或恢复（空格）")
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == DONE:
            return row.state_text(_moment(self._listing))
        return text

    def setData(self, index: Index, _value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self.row(index.row())
        if role != Qt.ItemDataRole.CheckStateRole or row is None:
            return False
        self.toggled.emit(row)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return found | Qt.ItemFlag.ItemIsUserCheckable if index.column() == DONE else found

    def _colour(self, row: TaskRow, column: int, listing: Listing) -> QColor | None:
        worn = theme.current()
        if not row.is_open:
            return QColor(worn.secondary)
        if column in (STATE, DUE) and row.state(_moment(listing)) is State.OVERDUE:
            return QColor(worn.warning)
        return QColor(worn.secondary) if column in (RULE, AREA) else None


def _tip(row: TaskRow, text: str) -> str:
    told = [text]
    if row.due_on is not None:
        by = f" {row.due_at:%H:%M}" if row.due_at is not None else ""
        told.append(_tr("期限 {0}").format(row.due_on.isoformat() + by))
    if row.done_on is not None:
        told.append(_tr("完成于 {0}").format(row.done_on.isoformat()))
    if row.note:
        told.append(row.note)
    return "\n".join(part for part in told if part)


_ANSWERED = {
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.CheckStateRole,
    Qt.ItemDataRole.ForegroundRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    ROW,
}
