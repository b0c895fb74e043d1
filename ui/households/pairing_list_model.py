"""A listing of pairings as a table."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QColor

from gridapp.households import words
from gridapp.teams.pairing_contacts import DUE_DAYS, Listing, PairingRow, contact_text
from ui import theme
from ui.widgets.paged_model import ROW, Index, PagedModel

MEMBER, CONTACT = 0, 4


@dataclass(frozen=True)
class Column:
    """A column: its heading, what it shows of a pairing, and its width; 0 takes what is left."""

    heading: str
    text: Callable[[PairingRow, datetime.date], str]
    width: int


def _tr(text: str) -> str:
    return QCoreApplication.translate("PairingListModel", text)


def columns() -> list[Column]:
    """The columns from the left."""
    return [
        Column(_tr("队员"), lambda row, _today: _member(row), 112),
        Column(_tr("户主"), lambda row, _today: row.head, 108),
        Column(_tr("住址"), lambda row, _today: row.address, 176),
        Column(_tr("网格"), lambda row, _today: row.area_name, 88),
        Column(_tr("联系"), _contact, 104),
        Column(_tr("结对"), lambda row, today: words.day_text(row.since, today), 96),
        Column(_tr("承诺、备注"), lambda row, _today: _told(row), 0),
    ]


class PairingListModel(PagedModel[PairingRow]):
    """How long there was no contact stands there in words, and in amber where it is due."""

    def __init__(self, parent: QObject | None = None) -> None:
        self._columns = columns()
        super().__init__([column.heading for column in self._columns], parent)
        self._today = datetime.date.today()

    def show(self, listing: Listing | None) -> None:
        """Show another listing."""
        if listing is not None:
            self._today = listing.today
        self.show_rows(listing)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in _ANSWERED:
            return None
        row = self.row(index.row())
        if row is None or role == ROW:
            return row
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colour(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == CONTACT:
            return _tr("上次联系 {0}").format(row.last_on) if row.last_on else _tr("还没有登记过联系")
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == MEMBER and row.cover is not None:
            return f"{row.member}  {row.cover.text}"
        return self._columns[index.column()].text(row, self._today)

    def _colour(self, row: PairingRow, column: int) -> QColor | None:
        worn = theme.current()
        if row.until is not None:
            return QColor(worn.secondary)
        is_alone = row.cover is not None and row.cover.stand_in is None
        if (column == CONTACT and row.days(self._today) >= DUE_DAYS) or (column == MEMBER and is_alone):
            return QColor(worn.warning)
        return None


def _contact(row: PairingRow, today: datetime.date) -> str:
    if row.until is not None:
        return _tr("{0}解除").format(words.day_text(row.until, today))
    return contact_text(row.since, row.last_on, today)


def _member(row: PairingRow) -> str:
    """The name, and who does the work while that one is away."""
    return f"{row.member}（{row.cover.short}）" if row.cover is not None else row.member


def _told(row: PairingRow) -> str:
    return "；".join(part for part in (*row.promises.splitlines(), row.note) if part)


_ANSWERED = {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ForegroundRole, Qt.ItemDataRole.ToolTipRole, ROW}
