"""The check finds what was changed behind the log's back, and nothing else."""

import datetime
from pathlib import Path

import pytest

from gridapp.areas.model import Area
from gridapp.households.model import Household
from gridapp.ids import new_uid
from gridapp.register import DamagedRegister, Register, open_register
from gridapp.store import backups
from gridapp.store.check import check
from gridapp.store.undo import redo, undo
from gridapp.teams.model import Member
from tests.factories import (
    insert,
    make_grid,
    make_household,
    make_issue,
    make_member,
    make_resident,
    make_service,
    make_task,
    make_visit,
)


@pytest.fixture
def lived_in(engine_register: Register) -> Register:
    """One row of every table, one of them changed since."""
    register = engine_register
    grid = make_grid(register)
    household = make_household(register, grid, head="马大爷")
    make_resident(register, household, birth_date=datetime.date(1950, 2, 28))
    make_service(register, make_member(register), grid, since=datetime.date(2020, 1, 1))
    make_visit(register, household)
    make_issue(register, grid, household=household)
    make_task(register, grid, due_on=datetime.date(2020, 9, 1))
    with register.recording("修改") as recording:
        recording.update(Household, household, {"head": "马大娘", "people": 3})
    return register


def faults(register: Register) -> list[tuple[str, str]]:
    return [(fault.kind, fault.table) for fault in check(register)]


def test_a_register_written_through_the_log_is_whole(lived_in: Register) -> None:
    assert check(lived_in) == []


def test_a_value_tampered_with_is_found(lived_in: Register) -> None:
    lived_in.run(Household.update(people=9))
    assert faults(lived_in) == [("differs", "household")]


def test_a_row_deleted_behind_the_log_is_found(lived_in: Register) -> None:
    lived_in.db.execute_sql("DELETE FROM task")
    assert faults(lived_in) == [("vanished", "task")]


def test_a_row_inserted_behind_the_log_is_found(lived_in: Register) -> None:
    lived_in.run(Area.insert(uid=new_uid(), level=1, code="120105", name="河北区"))
    assert faults(lived_in) == [("unlogged", "area")]


def test_a_stale_derived_column_is_found(lived_in: Register) -> None:
    lived_in.run(Household.update(head_pinyin="li si"))
    assert faults(lived_in) == [("stale", "household")]


def test_a_reference_into_nothing_is_found(register: Register) -> None:
    make_household(register, make_grid(register))
    register.db.execute_sql("PRAGMA foreign_keys = OFF")
    register.db.execute_sql("DELETE FROM area WHERE level = 4")
    assert sorted(faults(register)) == [("dangling", "household"), ("vanished", "area")]


def test_a_row_that_was_changed_deleted_and_brought_back_is_whole(lived_in: Register) -> None:
    member = make_member(lived_in, name="王一")
    with lived_in.recording("改", "甲") as recording:
        recording.update(Member, member, {"name": "王二"})
    with lived_in.recording("删", "甲") as recording:
        recording.delete(Member, member)
    undo(lived_in, "甲")
    undo(lived_in, "甲")
    assert check(lived_in) == []
    redo(lived_in, "甲")
    redo(lived_in, "甲")
    assert check(lived_in) == []


def test_tampering_after_a_deletion_was_undone_is_not_taken_for_an_old_value(register: Register) -> None:
    member = insert(register, Member, name="王一")
    with register.recording("删", "甲") as recording:
        recording.delete(Member, member)
    undo(register, "甲")
    with register.recording("改", "甲") as recording:
        recording.update(Member, member, {"name": "王二"})
    assert check(register) == []
    register.run(Member.update(name="王三"))
    assert faults(register) == [("differs", "member"), ("unindexed", "member")]


def test_damage_to_the_file_is_found_and_told_wherever_it_is_met(tmp_path: Path) -> None:
    path = tmp_path / "登记簿.db"
    with open_register(str(path)) as register:
        grid = make_grid(register)
        for _ in range(300):
            make_household(register, grid)
    whole = path.read_bytes()
    page = whole.index("马".encode()) // 4096 * 4096  # heads stand in the table itself, indexes hold their sound
    path.write_bytes(whole[:page] + b"\xff" * 200 + whole[page + 200 :])
    with open_register(str(path)) as register:
        assert {fault.kind for fault in check(register)} == {"damaged"}
        for read in (register.all, lambda query: list(register.each(query.tuples()))):
            with pytest.raises(DamagedRegister) as caught:
                read(Household.select())
            assert caught.value.backup == backups.existing(path)[0]
