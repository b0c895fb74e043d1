"""Invented buildings: six-storey walk-ups, towers, and the shops on their ground floors."""

from dataclasses import dataclass, field
from math import ceil
from random import Random
from typing import NamedTuple

_WALK_UP_FLOORS = 6
_TOWER_FLOORS = (18, 33)
_TOWER_SHARE = 0.3
_SPARE = 1.04
"""Flats for each household: a few stand empty."""


class Door(NamedTuple):
    """One address within an estate, as a household keeps it."""

    building: str
    entrance: str
    floor: str
    room: str


class Standing(NamedTuple):
    """A building as it was put up."""

    building: str
    entrances: int
    floors: int
    a_landing: int


@dataclass
class Estate:
    """An estate under construction: it spans several grids, and its buildings are numbered through."""

    name: str
    towers: bool
    next_building: int = 1
    standing: list[Standing] = field(default_factory=list)


def found(rng: Random, name: str) -> Estate:
    """A new estate of this name; tall if the name or chance wants it."""
    return Estate(name, name.endswith("大厦") or rng.random() < _TOWER_SHARE)


def build(rng: Random, estate: Estate, flats: int, shops: int) -> tuple[list[Door], list[Door]]:
    """Put up the buildings of one grid.

    Returns:
        Exactly so many doors of flats and of shops, each building by building.
    """
    wanted = ceil(flats * _SPARE)
    doors: list[Door] = []
    first = estate.next_building
    while len(doors) < wanted:
        number = str(estate.next_building)
        estate.next_building += 1
        missing = wanted - len(doors)
        # A tower with a handful of families would be a ruin.
        if estate.towers and missing > 2 * _TOWER_FLOORS[0]:
            estate.standing.append(_tower(rng, number, missing))
        else:
            estate.standing.append(_walk_up(rng, number, missing))
        doors += _flats(estate.standing[-1])
    occupied = sorted(rng.sample(range(len(doors)), flats))
    return [doors[position] for position in occupied], _shops(rng, estate, first, shops)


def _walk_up(rng: Random, building: str, missing: int) -> Standing:
    a_landing = rng.randint(2, 3)
    entrances = min(rng.randint(3, 6), ceil(missing / (_WALK_UP_FLOORS * a_landing)))
    return Standing(building, entrances, _WALK_UP_FLOORS, a_landing)


def _tower(rng: Random, building: str, missing: int) -> Standing:
    lowest, highest = _TOWER_FLOORS
    a_landing = rng.randint(3, 6)
    floors = min(rng.randint(lowest, highest), max(lowest, ceil(missing / a_landing)))
    entrances = 2 if missing > 2 * floors * a_landing and rng.random() < 0.5 else 1
    return Standing(building, entrances, floors, a_landing)


def _flats(one: Standing) -> list[Door]:
    return [
        Door(one.building, str(entrance), str(floor), f"{floor}{flat:02}")
        for entrance in range(1, one.entrances + 1)
        for floor in range(1, one.floors + 1)
        for flat in range(1, one.a_landing + 1)
    ]


def _shops(rng: Random, estate: Estate, first: int, count: int) -> list[Door]:
    """Shops along the street side of this grid's buildings, numbered building by building."""
    floor = "1" if estate.towers else "底商"
    buildings = sorted(rng.randrange(first, estate.next_building) for _ in range(count))
    numbers: dict[int, int] = {}
    doors = []
    for building in buildings:
        numbers[building] = numbers.get(building, 0) + 1
        doors.append(Door(str(building), "", floor, f"底商{numbers[building]}"))
    return doors
