"""Laying out the colour map of a grid: which cell every household has, and which rooms should be there besides."""

import datetime
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from gridapp.buildings.model import Shape
from gridapp.buildings.shapes import shapes_of_grid
from gridapp.households import address
from gridapp.households.colour_map import OTHER, SHOPS, Building, Cell, CellKind, ColourMap, Entrance, Strip
from gridapp.households.listing import Row, rows_of_grid
from gridapp.households.model import ENTERPRISE, RESIDENTIAL
from gridapp.ids import Uid
from gridapp.store.register import Register

_SHOP_WORDS = ("底商", "商铺", "门市", "门面")
_FLOOR = re.compile(r"(-|[Bb]|负|地下)?(\d{1,3})(?:[层楼Ff])?")
_ROOM = re.compile(r"(\D{0,2})(\d{1,2})(\d{2})(\D{0,2})")
_MISSING_STOREYS = 2
"""So many storeys in a row without anybody are still taken to be there; more are a slip of the pen above them."""
_SHOP_SPAN = 2
_SHORT_LABEL = 5
_LEAST_COLUMNS = 4
_COLUMNS_WITHOUT_STOREYS = 12

Level = int | str
"""A storey by its number, basements below 0, or ``SHOPS`` or ``OTHER``."""
_Slot = tuple[str, str, str]


def colour_map(register: Register, grid: Uid, today: datetime.date | None = None) -> ColourMap:
    """The colour map of one grid, in four queries however many households it has.

    Args:
        today: the day up to which days are counted; today unless told.
    """
    homes, shapes = rows_of_grid(register, grid), shapes_of_grid(register, grid)
    return lay_out(homes, today or datetime.date.today(), shapes)


def lay_out(
    homes: Iterable[Row], today: datetime.date, shapes: Mapping[tuple[str, str], Shape] | None = None
) -> ColourMap:
    """Put every household into exactly one cell, whatever order they come in.

    Args:
        shapes: what records tell of buildings, by estate and bare number or name. All rooms that they tell of are
            there, also in a building without households.
    """
    shapes = shapes or {}
    found: dict[tuple[str, str], list[Row]] = {
        place: [] for place, shape in shapes.items() if shape.storeys and shape.rooms_a_storey
    }
    for home in sorted(homes, key=_walking_order):
        found.setdefault((home.estate, address.bare_building(home.building)), []).append(home)
    places = sorted(found, key=lambda place: (address.sort_key(place[0], place[1], "", "", ""), place))
    return ColourMap(tuple(_Site(*place, today, shapes.get(place, Shape())).build(found[place]) for place in places))


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

    def __init__(self, estate: str, building: str, today: datetime.date, shape: Shape) -> None:
        self._estate = estate
        self._name = address.building_label(building)
        self._today = today
        self._shape = shape
        self._cells: list[Cell] = []
        self._row_of: dict[Level, int] = {}

    def build(self, homes: Sequence[Row]) -> Building:
        dwellings = _dwellings(homes)
        by_entrance: dict[str, list[_Dwelling]] = {}
        for one in dwellings:
            if isinstance(one.level, int):
                by_entrance.setdefault(one.entrance, []).append(one)
        shops = [one for one in dwellings if one.level == SHOPS]
        others = [one for one in dwellings if one.level == OTHER]
        levels = {one.level for group in by_entrance.values() for one in group if isinstance(one.level, int)}
        names = sorted({*by_entrance, *self._missing_entrances(by_entrance)}, key=_natural)
        expected = self._storeys(levels, bool(shops))
        rooms = self._shape.rooms_a_storey or 0
        likely = rooms or max((len({one.slot for one in group}) for group in by_entrance.values()), default=0)
        stairs = []
        for name in names:
            # Of all of them: a shop may have a number like a flat's.
            taken = {one.room for one in dwellings if one.entrance == name}
            doors = by_entrance.get(name, [])
            stairs.append(_Stair(doors, expected, taken, rooms if doors else likely))
        levels |= set(expected) if self._shape.storeys and names else set()
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

    def _missing_entrances(self, known: Collection[str]) -> list[str]:
        """Those that the record tells of and nobody is registered in, numbered as entrances are."""
        # Of a building without entrances the one that it has bears no name.
        wanted = self._shape.entrances or (0 if known else int(bool(self._shape.rooms_a_storey)))
        if wanted == 1:
            return [] if known else [""]
        missing = wanted - sum(bool(name) for name in known)
        numbered = (address.entrance_label(str(number)) for number in range(1, wanted + 1))
        return [name for name in numbered if name not in known][: max(0, missing)]

    def _storeys(self, levels: set[int], shops: bool) -> list[int]:
        """The storeys on which rooms are expected: those of the record, or what the households suggest."""
        if not self._shape.storeys:
            return _with_gaps(levels)
        first = 2 if shops and 1 not in levels else 1  # the ground floor is the shops'
        return sorted({*range(first, self._shape.storeys + 1), *(level for level in levels if level > 0)})

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
        return Cell(CellKind.UNKNOWN, place, room, room, (), 0, None, 0, row, column, recorded=any(self._shape))


class _Stair:
    """The doors of one entrance, storey by storey, with those that its record or its pattern suggests."""

    def __init__(self, dwellings: Sequence[_Dwelling], levels: Iterable[int], taken: Set[str], rooms: int = 0) -> None:
        """Place the doors.

        Args:
            levels: where rooms are expected that are on other storeys.
            taken: the rooms of this entrance in which somebody is registered, whatever their storey.
            rooms: how many each storey has by the record; 0 if it does not say.
        """
        on: dict[int, list[_Dwelling]] = {}
        for one in dwellings:
            assert isinstance(one.level, int)
            on.setdefault(one.level, []).append(one)
        known = {one.slot for one in dwellings if one.slot is not None}
        self._certain = _slots_by_record([one.slot for one in dwellings if one.slot is not None], rooms)
        slots = sorted(known | self._certain, key=_natural_slot)
        column_of = {slot: column for column, slot in enumerate(slots)}
        self.placed: dict[tuple[int, int], _Dwelling] = {}
        for level, doors in on.items():
            spare = len(slots)
            for one in doors:
                place = (level, column_of[one.slot]) if one.slot is not None else None
                if place is None or place in self.placed:  # 0501 beside 501
                    place, spare = (level, spare), spare + 1
                self.placed[place] = one
        self.suggested = self._suggest(column_of, len(on), levels, taken)
        self.columns = max((column for _level, column in (*self.placed, *self.suggested)), default=0) + 1

    @property
    def suggested_levels(self) -> set[int]:
        return {level for level, _column in self.suggested}

    def _suggest(
        self, column_of: dict[_Slot, int], storeys: int, levels: Iterable[int], taken: Set[str]
    ) -> dict[tuple[int, int], str]:
        """Rooms by the record; without one, those on at least half of the storeys are taken to be on all of them."""
        often = Counter(one.slot for one in self.placed.values())
        found = {}
        for slot, column in column_of.items():
            usual = often[slot] >= 2 and 2 * often[slot] >= storeys and not self._certain
            if not usual and slot not in self._certain:
                continue
            for level in levels:
                room = f"{slot[0]}{level}{slot[1]}{slot[2]}"
                if level > 0 and (level, column) not in self.placed and room not in taken:
                    found[level, column] = room
        return found


def _slots_by_record(seen: Sequence[_Slot], rooms: int) -> set[_Slot]:
    """So many doors a storey: those that are seen most often, filled up with the numbers that follow them."""
    if not rooms:
        return set()
    often = Counter(seen)
    usual = sorted(often, key=lambda slot: (-often[slot], _natural_slot(slot)))[:rooms]
    before, after = (usual[0][0], usual[0][2]) if usual else ("", "")
    least = min((int(number) for _before, number, _after in usual), default=1)
    # The second entrance may number on from the first: 104, 105, 106 beside 101, 102, 103.
    first = (least - 1) // rooms * rooms + 1 if least > rooms else 1
    regular = ((before, f"{number:02}", after) for number in range(first, min(first + rooms, 100)))
    return {*usual, *[slot for slot in regular if slot not in usual][: rooms - len(usual)]}


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
