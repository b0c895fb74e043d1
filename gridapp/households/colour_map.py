"""The colour map of a grid as plain data: buildings with their storeys, entrances and cells, before any drawing."""

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from gridapp.households import address
from gridapp.households.categories import Category, from_mask
from gridapp.households.listing import Row, rows_of_grid
from gridapp.households.model import ENTERPRISE, RESIDENTIAL
from gridapp.ids import Uid
from gridapp.store.register import Register

SHOPS = "底商"
"""The row of ground-floor shops, below the storeys."""
OTHER = "其他"
"""The row of the rooms that tell no storey."""

VISIT_BANDS = ("7天内", "8–30天", "31–90天", "超过90天", "从未走访")
ISSUE_BANDS = ("没有", "1件", "2件", "3件以上")

_SHOP_WORDS = ("底商", "商铺", "门市", "门面")
_FLOOR = re.compile(r"(-|[Bb]|负|地下)?(\d{1,3})(?:[层楼Ff])?")
_ROOM = re.compile(r"(\D{0,2})(\d{1,2})(\d{2})(\D{0,2})")
_LAST_DAYS = (7, 30, 90)
_MISSING_STOREYS = 2
"""So many storeys in a row without anybody are still taken to be there; more are a slip of the pen above them."""
_SHOP_SPAN = 2
_SHORT_LABEL = 5
_LEAST_COLUMNS = 4
_COLUMNS_WITHOUT_STOREYS = 12

Level = int | str
"""A storey by its number, basements below 0, or ``SHOPS`` or ``OTHER``."""
_Slot = tuple[str, str, str]


class CellKind(StrEnum):
    """What is known of a dwelling: who lives there, that nobody does, or only that it should be there."""

    HOME = "home"
    VACANT = "vacant"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Cell:
    """One dwelling, or one shop.

    Attributes:
        address: as one says it in full.
        label: what stands in it: the room, or the name where that says more.
        households: those registered there, in walking order; none in an unknown one.
        mask: the categories of all of them (see ``households.categories``).
        days_since_visit: of the household that was not visited for the longest; None if one of them never was.
        row, column: its place in the building, from the top left, in cells.
        span: how many columns it takes.
    """

    kind: CellKind
    address: str
    room: str
    label: str
    households: tuple[Row, ...]
    mask: int
    days_since_visit: int | None
    open_issues: int
    row: int
    column: int
    span: int = 1

    @property
    def categories(self) -> tuple[Category, ...]:
        """In precedence."""
        return from_mask(self.mask)

    @property
    def is_enterprise(self) -> bool:
        return any(home.kind == ENTERPRISE for home in self.households)

    @property
    def uids(self) -> tuple[Uid, ...]:
        return tuple(home.uid for home in self.households)


@dataclass(frozen=True)
class Strip:
    """A storey, or the rows that stand in its place: its name, its first row and how many rows it takes."""

    name: str
    row: int
    rows: int = 1


@dataclass(frozen=True)
class Entrance:
    """An entrance: its name, its first column and how many columns it takes."""

    name: str
    column: int
    columns: int


@dataclass(frozen=True)
class Building:
    """One building with its cells in reading order."""

    estate: str
    name: str
    storeys: tuple[Strip, ...]
    entrances: tuple[Entrance, ...]
    cells: tuple[Cell, ...]
    rows: int
    columns: int

    @property
    def label(self) -> str:
        return " ".join(part for part in (self.estate, self.name) if part) or "未写明楼栋"

    @cached_property
    def households(self) -> int:
        return sum(len(cell.households) for cell in self.cells)

    @cached_property
    def people(self) -> int:
        """People as far as they were counted."""
        return sum(home.people or 0 for cell in self.cells for home in cell.households)

    @cached_property
    def unknown(self) -> int:
        """Rooms in which nobody is registered."""
        return sum(cell.kind is CellKind.UNKNOWN for cell in self.cells)


@dataclass(frozen=True)
class ColourMap:
    """The buildings of a grid in walking order."""

    buildings: tuple[Building, ...]

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        return tuple(cell for building in self.buildings for cell in building.cells)


def colour_map(register: Register, grid: Uid, today: datetime.date | None = None) -> ColourMap:
    """The colour map of one grid, in three queries however many households it has.

    Args:
        today: the day up to which days are counted; today unless told.
    """
    return lay_out(rows_of_grid(register, grid), today or datetime.date.today())


def visit_band(days: int | None) -> int:
    """The position in ``VISIT_BANDS`` of so many days since the last visit; None: there was none."""
    if days is None:
        return len(_LAST_DAYS) + 1
    return sum(days > last for last in _LAST_DAYS)


def issue_band(number: int) -> int:
    """The position in ``ISSUE_BANDS`` of so many open issues."""
    return min(number, len(ISSUE_BANDS) - 1)


def lay_out(homes: Iterable[Row], today: datetime.date) -> ColourMap:
    """Put every household into exactly one cell, whatever order they come in."""
    found: dict[tuple[str, str], list[Row]] = {}
    for home in sorted(homes, key=_walking_order):
        found.setdefault((home.estate, address.building_label(home.building)), []).append(home)
    return ColourMap(tuple(_Site(estate, name, today).build(rows) for (estate, name), rows in found.items()))


def level_of(home: Row) -> Level:
    """The storey that floor or room tell, else whether it is a shop or something else."""
    if any(word in text for word in _SHOP_WORDS for text in (home.floor, home.room)):
        return SHOPS
    floor = _FLOOR.fullmatch(home.floor.strip())
    if floor is not None and int(floor[2]):
        return -int(floor[2]) if floor[1] else int(floor[2])
    room = _ROOM.fullmatch(home.room)
    if room is not None and int(room[2]):
        return int(room[2])
    return SHOPS if home.kind == ENTERPRISE and not home.entrance else OTHER


@dataclass(frozen=True)
class _Dwelling:
    """Those who share one door, and where it is."""

    entrance: str
    level: Level
    room: str
    homes: tuple[Row, ...]

    @cached_property
    def slot(self) -> _Slot | None:
        """What its room says beside the storey, which is the same all the way up: ``01`` of 501."""
        told = _ROOM.fullmatch(self.room)
        if told is None or not isinstance(self.level, int) or int(told[2]) != self.level:
            return None
        return told[1], told[3], told[4]


class _Site:
    """A building while its cells are being placed."""

    def __init__(self, estate: str, name: str, today: datetime.date) -> None:
        self._estate = estate
        self._name = name
        self._today = today
        self._cells: list[Cell] = []
        self._row_of: dict[Level, int] = {}

    def build(self, homes: Sequence[Row]) -> Building:
        dwellings = _dwellings(homes)
        by_entrance: dict[str, list[_Dwelling]] = {}
        for one in dwellings:
            if isinstance(one.level, int):
                by_entrance.setdefault(one.entrance, []).append(one)
        names = sorted(by_entrance, key=_natural)
        shops = [one for one in dwellings if one.level == SHOPS]
        others = [one for one in dwellings if one.level == OTHER]
        levels = {one.level for group in by_entrance.values() for one in group if isinstance(one.level, int)}
        stairs = [_Stair(by_entrance[name], _with_gaps(levels)) for name in names]
        shown = sorted(levels.union(*(stair.suggested_levels for stair in stairs)), reverse=True)
        columns = sum(stair.columns for stair in stairs)
        width = max(columns, self._width_of_rest(shops, others, bool(stairs)))
        strips = self._number_rows([level for level in shown if level > 0], [])
        self._place_stairs(stairs, names)
        strips = self._flow(SHOPS, shops, width, strips)
        strips = self._number_rows([level for level in shown if level < 0], strips)
        self._place_stairs(stairs, names, below=True)
        strips = self._flow(OTHER, others, width, strips)
        return Building(
            self._estate,
            self._name,
            tuple(strips),
            _entrances(names, stairs),
            tuple(sorted(self._cells, key=lambda cell: (cell.row, cell.column))),
            strips[-1].row + strips[-1].rows,
            width,
        )

    def _number_rows(self, levels: list[int], strips: list[Strip]) -> list[Strip]:
        row = strips[-1].row + strips[-1].rows if strips else 0
        for offset, level in enumerate(levels):
            self._row_of[level] = row + offset
            name = f"{level}层" if level > 0 else f"地下{-level}层"
            strips = [*strips, Strip(name, row + offset)]
        return strips

    def _place_stairs(self, stairs: Sequence["_Stair"], names: Sequence[str], below: bool = False) -> None:
        first = 0
        for name, stair in zip(names, stairs, strict=True):
            for (level, column), dwelling in stair.placed.items():
                if (level < 0) == below:
                    self._cells.append(self._cell(dwelling, self._row_of[level], first + column, 1))
            if not below:
                for (level, column), room in stair.suggested.items():
                    self._cells.append(self._unknown(name, room, self._row_of[level], first + column))
            first += stair.columns

    def _flow(self, level: str, dwellings: Sequence[_Dwelling], width: int, strips: list[Strip]) -> list[Strip]:
        """Place dwellings side by side, in as many rows as they need."""
        if not dwellings:
            return strips
        first = row = strips[-1].row + strips[-1].rows if strips else 0
        column = 0
        for one in dwellings:
            span = min(self._span(one), width)
            if column + span > width:
                row, column = row + 1, 0
            self._cells.append(self._cell(one, row, column, span))
            column += span
        return [*strips, Strip(level, first, row - first + 1)]

    def _width_of_rest(self, shops: Sequence[_Dwelling], others: Sequence[_Dwelling], storeys: bool) -> int:
        wanted = max(sum(self._span(one) for one in group) for group in (shops, others))
        return min(wanted, _LEAST_COLUMNS if storeys else _COLUMNS_WITHOUT_STOREYS)

    def _span(self, one: _Dwelling) -> int:
        return _SHOP_SPAN if one.level == SHOPS or len(_label(one)) > _SHORT_LABEL else 1

    def _cell(self, one: _Dwelling, row: int, column: int, span: int) -> Cell:
        mask = 0
        for home in one.homes:
            mask |= home.mask
        days = [(self._today - home.last_visit).days for home in one.homes if home.last_visit is not None]
        vacant = not mask and all(home.kind == RESIDENTIAL and home.people == 0 for home in one.homes)
        return Cell(
            CellKind.VACANT if vacant else CellKind.HOME,
            address.full_label(self._estate, self._name, one.entrance, one.room),
            one.room,
            _label(one),
            one.homes,
            mask,
            max(0, *days) if len(days) == len(one.homes) else None,
            sum(home.open_issues for home in one.homes),
            row,
            column,
            span,
        )

    def _unknown(self, entrance: str, room: str, row: int, column: int) -> Cell:
        place = address.full_label(self._estate, self._name, entrance, room)
        return Cell(CellKind.UNKNOWN, place, room, room, (), 0, None, 0, row, column)


class _Stair:
    """The doors of one entrance, storey by storey, with those that its pattern suggests."""

    def __init__(self, dwellings: Sequence[_Dwelling], levels: Iterable[int]) -> None:
        on: dict[int, list[_Dwelling]] = {}
        for one in dwellings:
            assert isinstance(one.level, int)
            on.setdefault(one.level, []).append(one)
        slots = sorted({one.slot for one in dwellings if one.slot is not None}, key=_natural_slot)
        column_of = {slot: column for column, slot in enumerate(slots)}
        self.placed: dict[tuple[int, int], _Dwelling] = {}
        for level, doors in on.items():
            spare = len(slots)
            for one in doors:
                place = (level, column_of[one.slot]) if one.slot is not None else None
                if place is None or place in self.placed:  # 0501 beside 501
                    place, spare = (level, spare), spare + 1
                self.placed[place] = one
        self.columns = max(column for _level, column in self.placed) + 1
        self.suggested = self._suggest(column_of, len(on), levels, {one.room for one in dwellings})

    @property
    def suggested_levels(self) -> set[int]:
        return {level for level, _column in self.suggested}

    def _suggest(
        self, column_of: dict[_Slot, int], storeys: int, levels: Iterable[int], rooms: set[str]
    ) -> dict[tuple[int, int], str]:
        """Rooms that stand on at least half of the storeys are taken to be on all of them."""
        often = Counter(one.slot for one in self.placed.values())
        found = {}
        for slot, column in column_of.items():
            if often[slot] < 2 or 2 * often[slot] < storeys:
                continue
            for level in levels:
                room = f"{slot[0]}{level}{slot[1]}{slot[2]}"
                if level > 0 and (level, column) not in self.placed and room not in rooms:
                    found[level, column] = room
        return found


def _dwellings(homes: Sequence[Row]) -> list[_Dwelling]:
    """Those who share an address, in walking order. Where no room is told, nobody is taken to share it."""
    found: dict[tuple[str, Level, str, Uid | None], list[Row]] = {}
    for home in homes:
        entrance, room = address.entrance_label(home.entrance), home.room
        found.setdefault((entrance, level_of(home), room, None if room else home.uid), []).append(home)
    return [_Dwelling(entrance, level, room, tuple(rows)) for (entrance, level, room, _uid), rows in found.items()]


def _with_gaps(levels: Iterable[int]) -> list[int]:
    """The storeys above the ground with those between them in which nobody is registered."""
    found: list[int] = []
    for level in sorted(level for level in levels if level > 0):
        if found and level - found[-1] <= _MISSING_STOREYS + 1:
            found += range(found[-1] + 1, level)
        found.append(level)
    return found


def _entrances(names: Sequence[str], stairs: Sequence[_Stair]) -> tuple[Entrance, ...]:
    found, first = [], 0
    for name, stair in zip(names, stairs, strict=True):
        found.append(Entrance(name, first, stair.columns))
        first += stair.columns
    return tuple(found)


def _label(one: _Dwelling) -> str:
    head = next((home.head for home in one.homes if home.head), "")
    if one.level == SHOPS:
        return head or one.room or SHOPS
    if not one.room:
        return head or one.entrance or "？"
    return one.room if isinstance(one.level, int) else one.entrance + one.room


def _walking_order(home: Row) -> tuple[str, Uid]:
    return address.sort_key(home.estate, home.building, home.entrance, home.floor, home.room), home.uid


def _natural(text: str) -> str:
    return address.sort_key("", "", text, "", "")


def _natural_slot(slot: _Slot) -> tuple[str, str, str, _Slot]:
    return _natural(slot[0]), slot[1], _natural(slot[2]), slot
