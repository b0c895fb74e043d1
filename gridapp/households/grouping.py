"""Households of a walk gathered by building or entrance: how many each has, and which row of a table is which."""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

import peewee
from peewee import fn

from gridapp.areas.model import Area
from gridapp.households import address
from gridapp.households.categories import NO_PRECEDENCE, first_position
from gridapp.households.model import Household
from gridapp.store.register import Register

Key = tuple[str, str]


class GroupBy(StrEnum):
    """By what households are gathered."""

    BUILDING = "building"
    ENTRANCE = "entrance"


@dataclass(frozen=True)
class Group:
    """The households of one building, or of one entrance.

    Attributes:
        key: the code of the grid and what stands first in the sort key of their addresses.
        label: ``盛欣园 3号楼 2门``.
        counts: how many have each category as their first, the unclassed last.
        count: how many there are.
    """

    key: Key
    label: str
    counts: tuple[int, ...]
    count: int


def read(
    register: Register, source: Callable[..., peewee.Select], by: GroupBy, several_grids: bool, past: bool = False
) -> list[Group]:
    """The groups of a listing in walking order, by one statement.

    Args:
        source: the query of the listing's households, for the columns it is given.
        several_grids: whether the label names the grid.
        past: whether they are households that have left, of which precedence no longer says the first category.
    """
    parts = [Area.code, Area.name, Household.estate, Household.building]
    if by is GroupBy.ENTRANCE:
        parts.append(Household.entrance)
    colour = Household.categories if past else Household.precedence
    query = source(*parts, colour, fn.COUNT(Household.uid))
    query = query.group_by(*parts, colour).order_by(Area.code, fn.MIN(Household.address_key))
    found: dict[Key, tuple[str, list[int]]] = {}
    for code, grid, estate, building, *rest in register.each(query.tuples()):
        entrance = rest[0] if by is GroupBy.ENTRANCE else ""
        told, count = rest[-2:]
        # 3 and 03 are one building to the sort key, so their households stand among each other.
        key = (code, address.sort_key(estate, building, entrance, "", ""))
        label = _label(grid if several_grids else "", estate, building, entrance)
        before, counts = found.get(key, (label, [0] * (NO_PRECEDENCE + 1)))
        found[key] = (min(before, label, key=len), counts)
        counts[first_position(told) if past else told] += count
    return [Group(key, label, tuple(counts), sum(counts)) for key, (label, counts) in found.items()]


def keys_text(keys: Iterable[Key]) -> str:
    """The keys of groups as they are kept in settings."""
    return json.dumps([list(key) for key in keys])


def keys_from_text(text: str) -> list[Key]:
    """The keys that were kept, as far as they can be made out."""
    try:
        kept = json.loads(text)
    except ValueError:
        return []
    pairs = [one for one in kept if isinstance(one, list) and len(one) == 2] if isinstance(kept, list) else []
    return [(code, key) for code, key in pairs if isinstance(code, str) and isinstance(key, str)]


def _label(grid: str, estate: str, building: str, entrance: str) -> str:
    words = (grid, estate, address.building_label(building), address.entrance_label(entrance))
    return " ".join(word for word in words if word) or "没有楼栋"


class Grouping:
    """Which row of a table is which household of its listing, where each group has a row of its own above it.

    A *row* counts the rows that are seen, a *position* the households of the listing.
    """

    def __init__(self, groups: Sequence[Group], collapsed: Iterable[Key] = ()) -> None:
        self.groups = groups
        wanted = set(collapsed)
        self._collapsed = {group.key for group in groups if group.key in wanted} if wanted else set()
        self._positions = [0, *accumulate(group.count for group in groups)]
        self._count_rows()

    @property
    def rows(self) -> int:
        """How many rows are seen."""
        return self._rows[-1]

    @property
    def households(self) -> int:
        """How many households there are, seen or not."""
        return self._positions[-1]

    def is_collapsed(self, number: int) -> bool:
        """Whether the households of a group are not seen."""
        return self.groups[number].key in self._collapsed

    def set_collapsed(self, number: int, collapsed: bool) -> None:
        """Let the households of a group be seen or not."""
        if collapsed == self.is_collapsed(number):
            return
        (self._collapsed.add if collapsed else self._collapsed.discard)(self.groups[number].key)
        more = -self.groups[number].count if collapsed else self.groups[number].count
        self._rows[number + 1 :] = [row + more for row in self._rows[number + 1 :]]

    def group_in(self, row: int) -> int | None:
        """The number of the group whose own row this is, or None."""
        number = self._group_of(row)
        return number if number is not None and self._rows[number] == row else None

    def position_in(self, row: int) -> int | None:
        """The position of the household in a row; None for a group's own row and beyond the ends."""
        number = self._group_of(row)
        if number is None or self._rows[number] == row:
            return None
        return self._positions[number] + row - self._rows[number] - 1

    def row_of_group(self, number: int) -> int:
        """The row of a group itself."""
        return self._rows[number]

    def group_with(self, position: int) -> int | None:
        """The number of the group that holds a position, or None beyond the ends."""
        if not 0 <= position < self.households:
            return None
        return bisect_right(self._positions, position) - 1

    def row_of(self, position: int) -> int | None:
        """The row of a household, or that of its group where it is not seen."""
        number = self.group_with(position)
        if number is None:
            return None
        if self.is_collapsed(number):
            return self._rows[number]
        return self._rows[number] + 1 + position - self._positions[number]

    def positions_in(self, rows: range) -> list[range]:
        """The positions of the households that are seen in some rows, in as few parts as can be."""
        if not self._collapsed:
            return self._part_between(rows)
        found: list[range] = []
        number = self._group_of(rows.start)
        while number is not None and number < len(self.groups) and self._rows[number] < rows.stop:
            first, past = self._rows[number] + 1, self._rows[number + 1]
            top, bottom = max(first, rows.start), min(past, rows.stop)
            if top < bottom:
                start = self._positions[number] + top - first
                part = range(start, start + bottom - top)
                if found and found[-1].stop == part.start:
                    found[-1] = range(found[-1].start, part.stop)
                else:
                    found.append(part)
            number += 1
        return found

    def _part_between(self, rows: range) -> list[range]:
        """The same where all households are seen, so that those of a whole district take no time."""
        first, past = self._households_above(rows.start), self._households_above(rows.stop)
        return [range(first, past)] if first < past else []

    def _households_above(self, row: int) -> int:
        """How many households stand above a row, all of them being seen."""
        row = min(max(row, 0), self.rows)
        return row - bisect_left(self._rows, row) if row < self.rows else self.households

    def _group_of(self, row: int) -> int | None:
        return bisect_right(self._rows, row) - 1 if 0 <= row < self.rows else None

    def _count_rows(self) -> None:
        hidden = self._collapsed
        self._rows = [0, *accumulate(1 if group.key in hidden else 1 + group.count for group in self.groups)]
