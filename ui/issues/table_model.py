"""A part of the issue ledger as a table model that reads what is looked at."""

from __future__ import annotations

import datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon

from gridapp.ids import Uid
from gridapp.issues.deadlines import Urgency
from gridapp.issues.ledger_columns import COLUMNS
from gridapp.issues.ledger_listing import LedgerListing, LedgerRow
from gridapp.issues.states import State
from ui import theme
from ui.widgets.pages import Pages

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole

STATE_ICONS = {
    State.REGISTERED: "tray",
    State.ACCEPTED: "check",
    State.IN_PROGRESS: "wrench",
    State.SUSPENDED: "pause-circle",
    State.RESOLVED: "phone-outgoing",
    State.REJECTED: "prohibit",
    State.REPORTED_BACK: "chat-circle-text",
    State.FOLLOWED_UP: "checks",
    State.CLOSED: "archive",
}
URGENCY_LOOKS = {
    Urgency.OVERDUE: ("warning", "danger"),
    Urgency.TODAY: ("alarm", "warning"),
    Urgency.SOON: ("clock", "secondary"),
    Urgency.LATER: ("clock", "secondary"),
}
"""Of a deadline its icon, and the colour that comes second to the words."""

EMERGENCY_ICON = ("lightning", "danger")

_PAGE, _KEPT = 50, 120
"""Rows of a page, since each has those who raised it and costs more than a household; and how many pages are kept."""


class LedgerTableModel(QAbstractTableModel):
    """What is seen of a listing; words of deadlines are those of ``now``."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pages: Pages[LedgerRow] = Pages(_PAGE, _KEPT, self)
        self._listing: LedgerListing | None = None
        self._icons: dict[tuple[str, str], QIcon] = {}

    @property
    def listing(self) -> LedgerListing | None:
        return self._listing

    def show(self, listing: LedgerListing | None) -> None:
        """Show another listing; where it only is the same read anew, what is selected stays so."""
        shown, self._listing = self._listing, listing
        if listing is not None and shown is not None and listing.is_like(shown):
            self.pages.show(listing.count, listing.page)
            if listing.count:
                self.dataChanged.emit(self.index(0, 0), self.index(listing.count - 1, len(COLUMNS) - 1))
            return
        self.beginResetModel()
        self.pages.show(listing.count if listing else 0, listing.page if listing else None)
        self.endResetModel()

    @property
    def now(self) -> datetime.datetime:
        """As of when deadlines are told."""
        return self._listing.now if self._listing is not None else datetime.datetime.now()

    def row(self, position: int) -> LedgerRow | None:
        """The issue in a row, or None behind the end."""
        return self.pages.row(position)

    def row_of(self, uid: Uid) -> int | None:
        """The row of an issue, or None if it is not shown."""
        return self._listing.position_of(uid) if self._listing is not None else None

    # Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.pages)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in _ANSWERED:
            return None
        row = self.pages.row(index.row())
        if row is None:
            return None
        if role == ROW:
            return row
        column = COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DecorationRole:
            return self._icon(row, column.key)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colour(row, column.key)
        if role == Qt.ItemDataRole.FontRole:
            return _bold() if column.key == "deadline" and row.urgency(self.now) is Urgency.OVERDUE else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row, column.key) or column.text(row, self.now)
        return column.text(row, self.now)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return f"{section + 1}" if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section].name
        if role == Qt.ItemDataRole.ToolTipRole:
            return COLUMNS[section].hint or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def _icon(self, row: LedgerRow, key: str) -> QIcon | None:
        if key == "state":
            return self._drawn(STATE_ICONS[row.state], "secondary")
        if key != "deadline":
            return None
        if row.urgent and row.state.is_pending:
            return self._drawn(*EMERGENCY_ICON)
        look = URGENCY_LOOKS.get(row.urgency(self.now))
        return self._drawn(*look) if look is not None else None

    def _drawn(self, name: str, colour: str) -> QIcon:
        if (name, colour) not in self._icons:
            self._icons[name, colour] = theme.icon(name, colour)
        return self._icons[name, colour]

    def _colour(self, row: LedgerRow, key: str) -> QColor | None:
        if key != "deadline":
            return None
        look = URGENCY_LOOKS.get(row.urgency(self.now))
        return QColor(getattr(theme.current(), look[1])) if look is not None else None

    def _tip(self, row: LedgerRow, key: str) -> str:
        """What a cell has no room for."""
        if key == "reporter":
            return "\n".join(" ".join(filter(None, (one.name or "匿名", one.phone))) for one in row.reporters)
        if key == "description":
            return row.description
        if key == "deadline":
            told = [self.tr("紧急")] if row.urgent else []
            told += [self.tr("期限 {0}").format(f"{row.due_at:%Y-%m-%d %H:%M}")] if row.due_at is not None else []
            return "\n".join(told)
        return ""


def _bold() -> QFont:
    font = QGuiApplication.font()
    font.setBold(True)
    return font


_ANSWERED = {
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.DecorationRole,
    Qt.ItemDataRole.ForegroundRole,
    Qt.ItemDataRole.FontRole,
    Qt.ItemDataRole.ToolTipRole,
    ROW,
}
