"""The rows of a long list in memory, read a page at a time where they are looked at."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from gridapp.errors import UserError

_RETRY_MS = 5_000

RowT = TypeVar("RowT")


class Pages(QObject, Generic[RowT]):
    """A page is forgotten when others push it out or something was written.

    ``unread`` says why a page could not be read; its rows are missing until it is asked for again, some time later.
    """

    unread = Signal(str)

    def __init__(self, size: int = 100, kept: int = 60, parent: QObject | None = None) -> None:
        """Make it empty.

        Args:
            size: rows of a page; ``kept`` how many pages stay in memory.
        """
        super().__init__(parent)
        self._size, self._kept = size, kept
        self._read: Callable[[int, int], Sequence[RowT]] | None = None
        self._count = 0
        self._pages: OrderedDict[int, Sequence[RowT]] = OrderedDict()

    def show(self, count: int, read: Callable[[int, int], Sequence[RowT]] | None) -> None:
        """Hold other rows: so many of them, read by offset and limit."""
        self._count, self._read = count, read
        self._pages.clear()

    def __len__(self) -> int:
        return self._count

    def row(self, position: int) -> RowT | None:
        """The row at a position, or None behind the end, or where it cannot be read."""
        if self._read is None or not 0 <= position < self._count:
            return None
        number, within = divmod(position, self._size)
        page = self._pages.get(number)
        if page is None:
            page = self._pages[number] = self._fetch(number)
            if len(self._pages) > self._kept:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page[within] if within < len(page) else None

    def position_where(self, is_wanted: Callable[[Any], bool]) -> int | None:
        """Where a row stands among those that are in memory."""
        for number, page in self._pages.items():
            for within, row in enumerate(page):
                if is_wanted(row):
                    return number * self._size + within
        return None

    def _fetch(self, number: int) -> Sequence[RowT]:
        read = self._read
        assert read is not None
        try:
            return read(number * self._size, self._size)
        except UserError as error:  # which must not reach Qt: it asks while painting, and would ask at once again
            self.unread.emit(str(error))
            QTimer.singleShot(_RETRY_MS, self, lambda: self._forget(read, number))
            return []

    def _forget(self, read: Callable[[int, int], Sequence[RowT]], number: int) -> None:
        if self._read is read and not self._pages.get(number):
            self._pages.pop(number, None)
