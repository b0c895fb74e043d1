"""The parts of an address below the grid: estate, building, entrance, floor, room."""

import re
from functools import lru_cache

_BETWEEN = "\x1f"
_DIGITS = re.compile(r"\d+")
_NUMBERED = re.compile(r"(\d+)号楼")
_ROOM_WITH_FLOOR = re.compile(r"(\d{1,2})\d{2}")


def sort_key(estate: str, building: str, entrance: str, floor: str, room: str) -> str:
    """A text by which addresses sort in walking order: building 3 before 12, floor 2 before 10.

    Numbers are padded to five digits; parts are joined with a character that sorts before all others.
    """
    parts = (estate, building, entrance, floor.rjust(3, "0") if floor.isdigit() else floor, room)
    return _BETWEEN.join([_padded(part or "") for part in parts])


def key_range(*parts: str) -> tuple[str, str]:
    """Between which keys the addresses lie that begin with these parts: the first included, the second not."""
    begin = _BETWEEN.join([_padded(part) for part in parts])
    return f"{begin}{_BETWEEN}", f"{begin}{chr(ord(_BETWEEN) + 1)}"


@lru_cache(65_536)
def _padded(part: str) -> str:
    # Kept, since an import computes it for every household of a district and doors repeat from house to house.
    return _DIGITS.sub(lambda match: match[0].zfill(5), part)


def floor_of(room: str) -> str:
    """The floor that a room number tells: ``501`` → ``5``, ``1203`` → ``12``; empty where it tells none."""
    match = _ROOM_WITH_FLOOR.fullmatch(room)
    return str(int(match[1])) if match and int(match[1]) else ""


def building_label(building: str) -> str:
    """``3`` → ``3号楼``; a name stays as it is."""
    return f"{building}号楼" if building.isdigit() else building


def bare_building(building: str) -> str:
    """``3号楼`` → ``3``; a name stays as it is."""
    numbered = _NUMBERED.fullmatch(building)
    return numbered[1] if numbered else building


def entrance_label(entrance: str) -> str:
    """``2`` → ``2门``; a name stays as it is."""
    return f"{entrance}门" if entrance.isdigit() else entrance


def short_label(building: str, entrance: str, room: str) -> str:
    """An address as one says it within an estate: ``3号楼2门501``."""
    return f"{building_label(building)}{entrance_label(entrance)}{room}"


def full_label(estate: str, building: str, entrance: str, room: str) -> str:
    """An address with its estate: ``盛欣园3号楼2门501``."""
    return estate + short_label(building, entrance, room)
