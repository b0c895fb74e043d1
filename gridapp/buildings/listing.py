"""The buildings of an area: those that households stand in, and those that have a record."""

from dataclasses import dataclass, fields, replace

from peewee import fn

from gridapp.areas import tree
from gridapp.areas.model import Area
from gridapp.buildings.editing import BuildingDraft
from gridapp.buildings.model import Building
from gridapp.households import address
from gridapp.households.model import Household
from gridapp.store.register import Register


@dataclass(frozen=True)
class Line:
    """A building with its record, blank if it has none, and how many are registered in it."""

    area_code: str
    area_name: str
    record: BuildingDraft
    households: int = 0
    people: int = 0


def buildings(register: Register, code: str) -> list[Line]:
    """The buildings of an area and below it, grid by grid in walking order."""
    found: dict[tuple[str, str, str], Line] = {}
    for (area, code_of_grid, name, estate, written), households, people in _lived_in(register, code):
        building = address.bare_building(written)
        key = (code_of_grid, estate, building)
        line = found.get(key) or Line(code_of_grid, name, BuildingDraft(area, estate, building))
        found[key] = replace(line, households=line.households + households, people=line.people + people)
    names = [field.name for field in fields(BuildingDraft)]
    columns = [Building.fields()[name] for name in names]
    records = Building.select(Area.code, Area.name, *columns).join(Area, on=(Area.uid == Building.area))
    for area_code, area_name, *values in register.each(records.where(tree.within(code))):
        record = BuildingDraft(**dict(zip(names, values, strict=True)))
        key = (area_code, record.estate, record.building)
        found[key] = replace(found.get(key) or Line(area_code, area_name, record), record=record)
    return sorted(found.values(), key=_walking_order)


def _lived_in(register: Register, code: str) -> list[tuple]:
    """The spellings of buildings, each with how many households and people are registered there."""
    place = (Area.uid, Area.code, Area.name, Household.estate, Household.building)
    query = (
        Household.select(*place, fn.COUNT(Household.uid), fn.COALESCE(fn.SUM(Household.people), 0))
        .join(Area, on=(Area.uid == Household.area))
        .where(tree.within(code) & Household.is_here())
        .group_by(*place)
    )
    return [(row[:5], int(row[5]), int(row[6])) for row in register.each(query)]


def _walking_order(line: Line) -> tuple[str, str, str, str]:
    record = line.record
    key = address.sort_key(record.estate, record.building, "", "", "")
    return line.area_code, key, record.estate, record.building
