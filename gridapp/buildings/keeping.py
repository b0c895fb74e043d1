"""Keeping records with their buildings when these are renamed, moved or merged."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from gridapp.buildings.model import Building
from gridapp.households import address
from gridapp.households.model import Household
from gridapp.ids import Uid
from gridapp.site_plan.plan import plan_of
from gridapp.store.changes import Recording
from gridapp.store.register import Register

_PLACE = ("area", "estate", "building")


class Place(NamedTuple):
    """Where a building stands and how it is called; ``building`` is written bare."""

    area: Uid
    estate: str
    building: str


def places(register: Register, households: Sequence[Uid]) -> set[Place]:
    """The buildings of some hundred households."""
    columns = (Household.area, Household.estate, Household.building)
    found = register.all(Household.select(*columns).where(Household.uid.in_(households)).distinct().tuples())
    return {Place(area, estate, address.bare_building(building)) for area, estate, building in found}


def follow(recording: Recording, left: Iterable[Place], changed: Mapping[str, Any]) -> None:
    """Let the records of buildings that no household is left in go where the households went.

    Args:
        left: buildings that households have just left.
        changed: what they bear now in the place of estate, building or area.
    """
    bare = {**changed, **({"building": address.bare_building(changed["building"])} if "building" in changed else {})}
    for place in sorted(set(left)):
        wanted = place._replace(**bare)
        named = bool(wanted.building) or not place.building  # taking a name away is no other building
        row = _record(recording.register, place) if named and wanted != place else None
        if row is not None and not _is_lived_in(recording.register, place):
            _put(recording, _without_place(recording.register, row, wanted), wanted)


def hand_over(recording: Recording, area: Uid, other: Uid) -> None:
    """Let the records of an area be those of another, which may have records of the same buildings.

    Which places on site plans are left is seen to by ``site_plan.planning.hand_over``.
    """
    for row in recording.register.all(Building.select().where(Building.area == area).order_by(Building.uid).dicts()):
        _put(recording, row, Place(other, row["estate"], row["building"]))


def _put(recording: Recording, row: dict[str, Any], place: Place) -> None:
    """Let a record be that of a place; what stands there already says the same or is filled up from it."""
    there = _record(recording.register, place)
    if there is None:
        recording.update(Building, row["uid"], {**place._asdict(), "x": row["x"], "y": row["y"]})
        return
    facts = [name for name in Building.logged_fields() if name not in _PLACE]
    recording.update(Building, there["uid"], {name: row[name] for name in facts if there[name] in (None, "")})
    recording.delete(Building, row["uid"])


def _without_place(register: Register, row: dict[str, Any], place: Place) -> dict[str, Any]:
    """The record as it is in another grid, where the place that it had may be one on another picture."""
    if place.area == row["area"] or plan_of(register, place.area) == plan_of(register, row["area"]):
        return row
    return {**row, "x": None, "y": None}


def _record(register: Register, place: Place) -> dict[str, Any] | None:
    same = [Building.fields()[name] == value for name, value in place._asdict().items()]
    return register.first(Building.select().where(*same).dicts())


def _is_lived_in(register: Register, place: Place) -> bool:
    spellings = [place.building, address.building_label(place.building)]
    there = (Household.area == place.area) & (Household.estate == place.estate) & Household.building.in_(spellings)
    return register.first(Household.select(Household.uid).where(there & Household.is_here())) is not None
