"""Building records: typed, checked against nonsense, saved as one step, and told in their history."""

import dataclasses

import pytest

from gridapp.buildings import editing, history
from gridapp.buildings.editing import BuildingDraft, load, problems, save, typed
from gridapp.buildings.seen import Seen, seen
from gridapp.errors import UserError
from gridapp.register import Register
from gridapp.store.changes import Conflict
from gridapp.store.check import check
from gridapp.store.undo import undo
from tests import factories as make

BLANK = BuildingDraft(b"area", "盛欣园", "3")


def told(draft: BuildingDraft, **typed_in: str) -> dict[str, str]:
    """What is wrong with what was typed, by field."""
    made, wrong = typed(draft, typed_in)
    return {problem.field: problem.text for problem in wrong + problems(made)}


def test_numbers_are_read_with_their_units_and_in_full_width() -> None:
    made, wrong = typed(BLANK, {"storeys": " 6层", "entrances": "３", "built_in": "1998年", "rooms_a_storey": ""})
    assert wrong == []
    assert (made.storeys, made.entrances, made.built_in, made.rooms_a_storey) == (6, 3, 1998, None)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("storeys", "六"),
        ("storeys", "0"),
        ("storeys", "100"),
        ("entrances", "-2"),
        ("rooms_a_storey", "61"),
        ("built_in", "98"),
        ("built_in", "2999"),
        ("property_phone", "找老王"),
        ("property_phone", "110"),
        ("property_company", "长" * 121),
    ],
)
def test_nonsense_is_refused_at_its_field(field: str, text: str) -> None:
    assert list(told(BLANK, **{field: text})) == [field]


def test_more_rooms_than_any_building_has_are_refused() -> None:
    assert "rooms_a_storey" in told(BLANK, storeys="99", entrances="10", rooms_a_storey="10")


def test_less_than_the_households_tell_is_pointed_out_and_can_be_saved() -> None:
    found = problems(dataclasses.replace(BLANK, storeys=5), Seen(storeys=6))
    assert [(one.field, one.blocking) for one in found] == [("storeys", False)]


def test_a_record_is_one_step_with_its_history_and_comes_back_with_undo(engine_register: Register) -> None:
    grid = make.make_grid(engine_register)
    blank = load(engine_register, grid, "盛欣园", "3号楼")
    save(engine_register, dataclasses.replace(blank, storeys=6, lift=False), blank)
    stored = load(engine_register, grid, "盛欣园", "3")
    assert (stored.storeys, stored.lift, stored.gas) == (6, False, None)
    save(engine_register, dataclasses.replace(stored, lift=True, property_company="津安物业"), stored)
    (newest, first) = history.entries(engine_register, stored.uid or b"")
    assert newest.label == "修改盛欣园3号楼楼栋档案"
    assert set(newest.lines) == {"电梯：没有 → 有", "物业公司：空 → 津安物业"}
    assert first.lines == ("登记楼栋档案",)
    undo(engine_register)
    assert load(engine_register, grid, "盛欣园", "3") == stored
    assert history.entries(engine_register, stored.uid or b"")[1].undone
    undo(engine_register)
    assert load(engine_register, grid, "盛欣园", "3") == blank
    assert check(engine_register) == []


def test_a_colleagues_change_to_another_field_survives_and_to_the_same_is_a_conflict(register: Register) -> None:
    grid = make.make_grid(register)
    blank = load(register, grid, "盛欣园", "3")
    save(register, dataclasses.replace(blank, storeys=6), blank)
    base = load(register, grid, "盛欣园", "3")
    save(register, dataclasses.replace(base, built_in=1998), base)
    save(register, dataclasses.replace(base, gas=True), base)
    assert load(register, grid, "盛欣园", "3").built_in == 1998
    with pytest.raises(Conflict):
        save(register, dataclasses.replace(base, built_in=2001), base)
    with pytest.raises(UserError, match="刚被别人登记"):
        save(register, dataclasses.replace(blank, storeys=7), blank)


def test_a_record_that_says_nothing_is_refused_and_a_deleted_one_leaves_the_households(register: Register) -> None:
    grid = make.make_grid(register)
    make.make_household(register, grid)
    blank = load(register, grid, "盛欣园", "3")
    with pytest.raises(UserError, match="没有填写"):
        save(register, blank, blank)
    save(register, dataclasses.replace(blank, note="外墙在修"), blank)
    editing.delete(register, load(register, grid, "盛欣园", "3"))
    assert load(register, grid, "盛欣园", "3") == blank
    assert seen(register, grid, "盛欣园", "3").households == 1


def test_households_tell_storeys_entrances_and_rooms(register: Register) -> None:
    grid = make.make_grid(register)
    for entrance, room in (("1", "101"), ("1", "102"), ("1", "601"), ("1门", "602"), ("2", "301"), ("2", "302")):
        make.make_household(register, grid, entrance=entrance, room=room)
    make.make_household(register, grid, entrance="", room="底商1")
    make.make_household(register, grid, building="4", room="901")
    assert seen(register, grid, "盛欣园", "3号楼") == Seen(6, 2, 2, rooms=7, households=7)
