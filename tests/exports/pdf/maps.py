"""Invented colour maps for tests of how they are printed, without a register."""

import datetime
from collections.abc import Iterable, Mapping

from gridapp.buildings.model import Shape
from gridapp.households.categories import first_position
from gridapp.households.laying_out import lay_out
from gridapp.households.listing import Row
from gridapp.ids import new_uid
from gridapp.site_plan.sheet import MapSheet
from gridapp.site_plan.site import Card, Site

TODAY = datetime.date(2026, 8, 30)
PERMANENT = 1 << 6


def home(room: str = "", building: str = "3", entrance: str = "1", mask: int = PERMANENT, **values: object) -> Row:
    told: dict[str, object] = {
        "uid": new_uid(),
        "area_code": "120104003001003",
        "area_name": "第三网格",
        "kind": "residential",
        "estate": "盛欣园",
        "building": building,
        "entrance": entrance,
        "floor": "",
        "room": room,
        "head": "马一",
        "people": 2,
        "phone": "",
        "emergency_contact": "",
        "mask": mask,
        "precedence": first_position(mask),
        "note": "",
        "last_visit": None,
        "open_issues": 0,
    }
    return Row(**{**told, **values})  # type: ignore[arg-type]


def tower(
    storeys: int, entrances: int = 1, rooms: int = 4, building: str = "3", mask: int = PERMANENT, **values: object
) -> list[Row]:
    """All the flats of a building."""
    return [
        home(f"{storey}{room:02}", building, str(entrance), mask, **values)
        for entrance in range(1, entrances + 1)
        for storey in range(1, storeys + 1)
        for room in range(1, rooms + 1)
    ]


def shop(name: str, **values: object) -> Row:
    return home(entrance="", floor="底商", mask=1 << 4, kind="enterprise", head=name, **values)


def sheet_of(
    homes: Iterable[Row],
    shapes: Mapping[tuple[str, str], Shape] | None = None,
    standing_out: frozenset[int] = frozenset(),
    site: Site | None = None,
    picture: bytes | None = None,
) -> MapSheet:
    buildings = lay_out(homes, TODAY, shapes).buildings
    return MapSheet("", site or Site(None, tuple(Card(one, None) for one in buildings)), picture, standing_out)
