"""A table model that reads a page of rows when one of them is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from ui.widgets.pages import Pages

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
"""Under this role, the row itself."""

ROOT = QModelIndex()

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
        self._pages: Pages[RowT] = Pages(parent=self)
        self._pages.unread.connect(self.unread)

    def show_rows(self, rows: Paged[RowT] | None) -> None:
        """Show others."""
        self.beginResetModel()
        self._pages.show(rows.count if rows is not None else 0, rows.page if rows is not None else None)
        self.endResetModel()

    def row(self, position: int) -> RowT | None:
        """The row at a position; None behind the end, and where it is gone."""
        return self._pages.row(position)

    # Qt asks

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._pages)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._headings)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        return None
