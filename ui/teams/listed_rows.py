"""Rows that are in memory as a paged table wants them."""

from collections.abc import Callable, Sequence
from typing import Any

from gridapp.ids import Uid


class ListedRows:
    """A list whose rows are known by a key of their own."""

    def __init__(self, rows: Sequence[Any], key: Callable[[Any], Uid]) -> None:
        self._rows = rows
        self._keys = [key(row) for row in rows]

    @property
    def count(self) -> int:
        return len(self._rows)

    def page(self, offset: int, limit: int) -> Sequence[Any]:
        return self._rows[offset : offset + limit]

    def uids_at(self, offset: int, limit: int) -> list[Uid]:
        return self._keys[offset : offset + limit]

    def position_of(self, uid: Uid) -> int | None:
        return self._keys.index(uid) if uid in self._keys else None
