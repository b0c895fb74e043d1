"""Undo and redo take back and repeat whole batches, and refuse where that would lose somebody's work."""

import pytest
from peewee import fn

from gridapp.areas import tree
from gridapp.areas.model import Area
from gridapp.errors import Cancelled, UserError
from gridapp.households.model import Household, Resident
from gridapp.ids import new_uid
from gridapp.progress import CancelToken
from gridapp.register import Register
from gridapp.store.changes import Recording
from gridapp.store.check import check
from gridapp.store.setting import Setting
from gridapp.store.undo import redo, redoable, undo, undoable
from tests.factories import PATH, make_grid, make_household, make_resident


def set_value(register: Register, value: str, actor: str = "甲", key: str = "k") -> None:
    with register.recording(f"设为{value}", actor) as recording:
        uid = register.value(Setting.select(Setting.uid).where(Setting.key == key))
        if uid is None:
            recording.insert(Setting, key=key, value=value)
        else:
            recording.update(Setting, uid, {"value": value})


def value(register: Register, key: str = "k") -> str | None:
    return register.value(Setting.select(Setting.value).where(Setting.key == key))


def count(register: Register, model: type) -> int:
    return register.value(model.select(fn.COUNT(model.uid)))


def test_undo_walks_back_and_redo_forward_one_batch_at_a_time(engine_register: Register) -> None:
    for text in "123":
        set_value(engine_register, text)
    assert undoable(engine_register, "甲") == "设为3"
    seen = [(undo(engine_register, "甲"), value(engine_register)) for _ in range(3)]
    assert seen == [("设为3", "2"), ("设为2", "1"), ("设为1", None)]
    assert undoable(engine_register, "甲") is None
    seen = [(redo(engine_register, "甲"), value(engine_register)) for _ in range(3)]
    assert seen == [("设为1", "1"), ("设为2", "2"), ("设为3", "3")]
    assert redoable(engine_register, "甲") is None
    assert check(engine_register) == []


def test_doing_something_new_clears_what_could_be_redone(register: Register) -> None:
    set_value(register, "1")
    set_value(register, "2")
    undo(register, "甲")
    set_value(register, "新")
    assert redoable(register, "甲") is None
    with pytest.raises(UserError, match="重做"):
        redo(register, "甲")
    assert [undo(register, "甲"), undo(register, "甲")] == ["设为新", "设为1"]


def test_with_nothing_to_undo_it_says_so(register: Register) -> None:
    with pytest.raises(UserError, match="没有可以撤销"):
        undo(register, "甲")


def test_each_actor_has_a_stack_of_their_own(engine_register: Register) -> None:
    set_value(engine_register, "1", "甲", "a")
    set_value(engine_register, "1", "乙", "b")
    assert undo(engine_register, "甲") == "设为1"
    assert (value(engine_register, "a"), value(engine_register, "b")) == (None, "1")
    assert undoable(engine_register, "甲") is None
    assert undoable(engine_register, "乙") == "设为1"
    assert redoable(engine_register, "乙") is None


def test_undo_is_refused_when_somebody_changed_the_same_field_since(engine_register: Register) -> None:
    set_value(engine_register, "1", "甲")
    set_value(engine_register, "2", "甲")
    set_value(engine_register, "3", "乙")
    with pytest.raises(UserError, match="又被改动过"):
        undo(engine_register, "甲")
    assert value(engine_register) == "3"
    undo(engine_register, "乙")
    assert undo(engine_register, "甲") == "设为2"
    assert value(engine_register) == "1"


def test_undoing_an_insertion_is_refused_when_somebody_changed_the_row_since(engine_register: Register) -> None:
    set_value(engine_register, "1", "甲")
    set_value(engine_register, "2", "乙")
    with pytest.raises(UserError, match="又被改动过"):
        undo(engine_register, "甲")
    undo(engine_register, "乙")
    assert undo(engine_register, "甲") == "设为1"
    assert value(engine_register) is None


def test_a_change_that_another_actor_redid_since_still_protects_the_row(engine_register: Register) -> None:
    set_value(engine_register, "1", "甲")
    set_value(engine_register, "2", "乙")
    undo(engine_register, "乙")
    undo(engine_register, "甲")
    redo(engine_register, "甲")
    redo(engine_register, "乙")
    with pytest.raises(UserError, match="又被改动过"):
        undo(engine_register, "甲")
    assert value(engine_register) == "2"


def test_undoing_an_insertion_is_refused_when_something_was_hung_on_it_since(engine_register: Register) -> None:
    grid = make_grid(engine_register)
    with engine_register.recording("登记户", "甲") as recording:
        household = recording.insert(Household, area=grid, head="马大爷")
    make_resident(engine_register, household)
    with pytest.raises(UserError, match="又被改动过"):
        undo(engine_register, "甲")
    assert count(engine_register, Household) == 1
    assert check(engine_register) == []


def test_a_whole_path_of_areas_comes_and_goes(engine_register: Register) -> None:
    with engine_register.recording("新建网格", "甲") as recording:
        tree.add(recording, "120104003001003", PATH)
    undo(engine_register, "甲")
    assert count(engine_register, Area) == 0
    redo(engine_register, "甲")
    assert count(engine_register, Area) == 4
    undo(engine_register, "甲")
    assert count(engine_register, Area) == 0
    assert check(engine_register) == []


def bulk(recording: Recording, grid: bytes, households: int) -> None:
    uids = [new_uid() for _ in range(households)]
    recording.insert_many(Household, ("uid", "area", "head"), [(uid, grid, "马大爷") for uid in uids])
    recording.insert_many(Resident, ("uid", "household", "name"), [(new_uid(), uid, "李四") for uid in uids])


def test_a_bulk_insert_is_undone_and_redone_as_one(engine_register: Register) -> None:
    grid = make_grid(engine_register)
    with engine_register.recording("导入", "甲") as recording:
        bulk(recording, grid, 6_000)
    undo(engine_register, "甲")
    assert (count(engine_register, Household), count(engine_register, Resident)) == (0, 0)
    redo(engine_register, "甲")
    assert (count(engine_register, Household), count(engine_register, Resident)) == (6_000, 6_000)
    assert engine_register.value(Household.select(Household.head_initials)) == "mdy"
    assert check(engine_register) == []


def test_derived_columns_follow_undo(engine_register: Register) -> None:
    household = make_household(engine_register, make_grid(engine_register), head="马大爷", categories=1)
    with engine_register.recording("修改", "甲") as recording:
        recording.update(Household, household, {"head": "李四", "categories": 64})
    undo(engine_register, "甲")
    row = engine_register.first(Household.select())
    assert (row.head, row.head_initials, row.precedence) == ("马大爷", "mdy", 0)
    assert check(engine_register) == []


def test_a_batch_that_changes_the_same_things_twice_is_taken_back_whole(engine_register: Register) -> None:
    grid = make_grid(engine_register)
    with engine_register.recording("忙", "甲") as recording:
        household = recording.insert(Household, area=grid, head="一")
        recording.update(Household, household, {"head": "二"})
        resident = recording.insert(Resident, household=household, name="李四")
        recording.update(Household, household, {"head": "三"})
        recording.delete(Resident, resident)
    for _ in range(2):
        undo(engine_register, "甲")
        assert count(engine_register, Household) == 0
        redo(engine_register, "甲")
        assert engine_register.first(Household.select()).head == "三"
        assert count(engine_register, Resident) == 0
    assert check(engine_register) == []


def test_taking_back_tells_how_far_it_is_and_can_be_given_up(engine_register: Register) -> None:
    grid = make_grid(engine_register)
    rows = [(new_uid(), grid, f"户{number}", str(number)) for number in range(1_200)]
    with engine_register.recording("导入", "甲") as recording:
        recording.insert_many(Household, ("uid", "area", "head", "room"), rows)
    cancel, told = CancelToken(), []

    def midway(done: int, total: int, _message: str) -> None:
        told.append((done, total))
        if done:
            cancel.cancel()

    with pytest.raises(Cancelled):
        undo(engine_register, "甲", midway, cancel)
    assert told == [(0, 1_200), (500, 1_200)]
    assert count(engine_register, Household) == 1_200
    assert undo(engine_register, "甲") == "导入"
    assert count(engine_register, Household) == 0
