"""A table model that reads a page of rows when one of them is looked at."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from gridapp.errors import UserError

Index = QModelIndex | QPersistentModelIndex
PAGE = 100
_PAGES_KEPT = 30
ROW = Qt.ItemDataRole.UserRole
"""Under this role, the row itself."""

RowT = TypeVar("RowT", covariant=True)


class Paged(Protocol[RowT]):
    """What is listed."""

    @property
    def count(self) -> int:
        """How many rows there are."""

    def page(self, offset: int, limit: int) -> Sequence[RowT]:
        """At most so many rows from a position on."""


class PagedModel(QAbstractTableModel, Generic[RowT]):
    """What the columns show is left to those that inherit. ``unread`` says why rows could not be read."""

    unread = Signal(str)

    def __init__(self, headings: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headings = headings
        self._shown: Paged[RowT] | None = None
        self._pages: OrderedDict[int, Sequence[RowT]] = OrderedDict()

    def show_rows(self, rows: Paged[RowT] | None) -> None:
        """Show others."""
        self.beginResetModel()
        self._shown = rows
        self._pages.clear()
        self.endResetModel()

    def row(self, position: int) -> RowT | None:
        """The row at a position, or None behind the end."""
        if self._shown is None or not 0 <= position < self._shown.count:
            return None
        number, within = divmod(position, PAGE)
        if number not in self._pages:
            self._pages[number] = self._read(self._shown, number)
            if len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
        page = self._pages[number]
        return page[within] if within < len(page) else None

    def _read(self, rows: Paged[RowT], number: int) -> Sequence[RowT]:
        try:
            return rows.page(number * PAGE, PAGE)
        except UserError as error:  # which must not reach Qt, which asks while painting
            self.unread.emit(str(error))
            return []

    # Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or self._shown is None else self._shown.count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._headings)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        return None
