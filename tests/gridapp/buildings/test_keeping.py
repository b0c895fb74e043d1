"""Records stay with their buildings: renamed, moved, split off, merged, and undone."""

import dataclasses
from typing import Any

import pytest

from gridapp.areas import changing, splitting
from gridapp.areas.merging import merge
from gridapp.buildings.editing import BuildingDraft, load, save
from gridapp.buildings.listing import buildings
from gridapp.errors import UserError
from gridapp.households import batch, pasting
from gridapp.households.pasting import Line
from gridapp.ids import Uid
from gridapp.register import Register
from gridapp.store.check import check
from gridapp.store.undo import undo
from tests import factories as make

FOURTH = f"{make.GRID[:12]}004"


def record(register: Register, grid: Uid, building: str, **facts: Any) -> None:
    blank = load(register, grid, "盛欣园", building)
    save(register, dataclasses.replace(blank, **facts), blank)


def found(register: Register, grid: Uid, building: str) -> BuildingDraft:
    return load(register, grid, "盛欣园", building)


@pytest.fixture
def grid(engine_register: Register) -> Uid:
    """Building 3 with two households and a record."""
    area = make.make_grid(engine_register)
    record(engine_register, area, "3", storeys=6, property_company="津安物业")
    return area


@pytest.fixture
def homes(engine_register: Register, grid: Uid) -> list[Uid]:
    return [make.make_household(engine_register, grid, building=name) for name in ("3", "3号楼")]


def test_a_renamed_building_keeps_its_record_and_undo_brings_both_back(
    engine_register: Register, grid: Uid, homes: list[Uid]
) -> None:
    batch.run(engine_register, homes, batch.set_field("building", "5号楼"))
    assert found(engine_register, grid, "5").storeys == 6
    assert found(engine_register, grid, "3").uid is None
    undo(engine_register)
    assert found(engine_register, grid, "3").storeys == 6
    assert check(engine_register) == []


def test_a_building_that_some_stay_in_keeps_its_record(engine_register: Register, grid: Uid, homes: list[Uid]) -> None:
    batch.run(engine_register, homes[:1], batch.set_field("building", "5"))
    assert found(engine_register, grid, "3").storeys == 6
    assert found(engine_register, grid, "5").uid is None


def test_another_spelling_or_no_name_at_all_moves_nothing(
    engine_register: Register, grid: Uid, homes: list[Uid]
) -> None:
    batch.run(engine_register, homes, batch.set_field("building", "3号楼"))
    batch.run(engine_register, homes, batch.set_field("building", ""))
    assert found(engine_register, grid, "3").storeys == 6


def test_two_buildings_that_become_one_share_what_their_records_say(
    engine_register: Register, grid: Uid, homes: list[Uid]
) -> None:
    record(engine_register, grid, "5", storeys=7, gas=False)
    make.make_household(engine_register, grid, building="5")
    batch.run(engine_register, homes, batch.set_field("building", "5"))
    joined = found(engine_register, grid, "5")
    assert (joined.storeys, joined.gas, joined.property_company) == (7, False, "津安物业")
    undo(engine_register)
    assert found(engine_register, grid, "3").storeys == 6
    assert found(engine_register, grid, "5").property_company == ""
    assert check(engine_register) == []


def test_an_estate_renamed_and_a_building_moved_to_another_grid_take_their_records_along(
    engine_register: Register, grid: Uid, homes: list[Uid]
) -> None:
    fourth = make.make_grid(engine_register, FOURTH)
    batch.run(engine_register, homes, batch.set_field("estate", "盛欣里"))
    batch.run(engine_register, homes, batch.move_to(engine_register, fourth))
    assert load(engine_register, fourth, "盛欣里", "3").storeys == 6
    undo(engine_register)
    undo(engine_register)
    assert found(engine_register, grid, "3").storeys == 6


def test_a_split_takes_the_record_along(engine_register: Register, grid: Uid, homes: list[Uid]) -> None:
    make.make_household(engine_register, grid, building="4")
    splitting.split(engine_register, grid, homes, "新网格")
    lines = {line.area_name: line.record for line in buildings(engine_register, make.GRID[:12]) if line.record.uid}
    assert [(name, one.building, one.storeys) for name, one in lines.items()] == [("新网格", "3", 6)]
    undo(engine_register)
    assert found(engine_register, grid, "3").storeys == 6


def test_a_merge_joins_two_records_of_one_building_and_undo_parts_them(engine_register: Register, grid: Uid) -> None:
    fourth = make.make_grid(engine_register, FOURTH)
    record(engine_register, fourth, "3", storeys=7, lift=True)
    record(engine_register, fourth, "8", storeys=18)
    merge(engine_register, grid, [fourth])
    joined = found(engine_register, grid, "3")
    assert (joined.storeys, joined.lift) == (6, True)
    assert found(engine_register, grid, "8").storeys == 18
    undo(engine_register)
    assert (found(engine_register, fourth, "3").storeys, found(engine_register, grid, "3").lift) == (7, None)
    assert check(engine_register) == []


def test_an_area_with_a_record_is_not_deleted_by_mistake(engine_register: Register, grid: Uid) -> None:
    with pytest.raises(UserError, match="1 份楼栋档案"):
        changing.delete(engine_register, grid)


def test_a_listing_holds_buildings_with_and_without_record_or_households(
    engine_register: Register, grid: Uid, homes: list[Uid]
) -> None:
    make.make_household(engine_register, grid, building="12", people=3)
    record(engine_register, grid, "4", note="还没有人登记")
    lines = buildings(engine_register, make.GRID[:6])
    assert [(one.record.building, one.households, one.people, one.record.uid is not None) for one in lines] == [
        ("3", 2, 0, True),
        ("4", 0, 0, True),
        ("12", 1, 3, False),
    ]


def pasted(register: Register, homes: list[Uid], *buildings: str) -> None:
    lines = [
        Line(uid, number, {"building": building})
        for number, (uid, building) in enumerate(zip(homes, buildings, strict=True), 1)
    ]
    pasting.write(register, pasting.foresee(register, lines, "粘贴"))


def test_a_building_that_is_renamed_in_the_cells_of_all_its_households_keeps_its_record(
    engine_register: Register, grid: Uid, homes: list[Uid]
) -> None:
    pasted(engine_register, homes, "5", "5号楼")
    assert found(engine_register, grid, "5").storeys == 6
    assert found(engine_register, grid, "3").uid is None
    undo(engine_register)
    assert found(engine_register, grid, "3").storeys == 6
    assert check(engine_register) == []


def test_where_cells_lead_households_apart_the_record_stays(
    engine_register: Register, grid: Uid, homes: list[Uid]
) -> None:
    pasted(engine_register, homes, "5", "6")
    assert found(engine_register, grid, "3").storeys == 6
    pasted(engine_register, homes, "3", "6")
    pasted(engine_register, homes, "6", "3")  # exchanged: each has households as before
    assert found(engine_register, grid, "3").storeys == 6
    assert check(engine_register) == []
