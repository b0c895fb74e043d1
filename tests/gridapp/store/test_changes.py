"""Every write leaves its lines in the log, all of a batch or nothing, on both engines."""

import datetime

import pytest
from peewee import fn

from gridapp.errors import Cancelled, UserError
from gridapp.households.model import Household, Resident
from gridapp.ids import new_uid
from gridapp.progress import CancelToken
from gridapp.register import Register, Written
from gridapp.store.changes import Conflict
from gridapp.store.check import check
from gridapp.store.log import Batch, Change
from gridapp.store.record import Record
from gridapp.store.setting import Setting
from tests.factories import make_grid, make_household, make_resident


def log_of(register: Register, record: bytes) -> list[tuple]:
    columns = (Change.kind, Change.record_table, Change.field, Change.old, Change.new)
    return register.all(Change.select(*columns).where(Change.record == record).order_by(Change.seq).tuples())


def stored(register: Register, model: type[Record], uid: bytes) -> dict | None:
    return register.first(model.select().where(model.uid == uid).dicts())


def batches(register: Register) -> int:
    return register.value(Batch.select(fn.COUNT(Batch.id)))


def test_an_insertion_is_one_line_without_values(engine_register: Register) -> None:
    household = make_household(engine_register, make_grid(engine_register))
    assert log_of(engine_register, household) == [("i", "household", None, None, None)]


def test_an_update_logs_each_changed_field_with_both_values(engine_register: Register) -> None:
    household = make_household(engine_register, make_grid(engine_register), head="马大爷", people=1)
    with engine_register.recording("修改", "张三") as recording:
        assert recording.update(
            Household, household, {"head": "马大娘", "people": 2, "room": "501", "estate": "盛欣园"}
        )
    lines = {line[2]: line[3:] for line in log_of(engine_register, household)[1:]}
    assert lines["head"] == ('"马大爷"', '"马大娘"')
    assert lines["people"] == ("1", "2")
    assert set(lines) == {"head", "people", "room"}
    batch = engine_register.first(Batch.select().order_by(Batch.id.desc()))
    assert (batch.label, batch.actor) == ("修改", "张三")


def test_a_character_that_no_server_keeps_is_left_out(engine_register: Register) -> None:
    household = make_household(engine_register, make_grid(engine_register), head="马\0大爷")
    with engine_register.recording("改") as recording:
        assert not recording.update(Household, household, {"head": "马大爷\0"})
    assert stored(engine_register, Household, household)["head"] == "马大爷"


def test_a_deletion_keeps_the_whole_row(engine_register: Register) -> None:
    household = make_household(engine_register, make_grid(engine_register))
    born = datetime.date(1950, 2, 28)
    resident = make_resident(engine_register, household, name="马大爷", birth_date=born, party_member=True)
    with engine_register.recording("删除") as recording:
        recording.delete(Resident, resident)
    kind, _table, field, old, _new = log_of(engine_register, resident)[-1]
    assert (kind, field) == ("d", None)
    values = Resident.load(old)
    assert (values["name"], values["birth_date"], values["party_member"]) == ("马大爷", born, True)
    assert values["household"] == household
    assert stored(engine_register, Resident, resident) is None


def test_a_bulk_insert_logs_every_row_and_fills_defaults_and_derived_columns(engine_register: Register) -> None:
    grid = make_grid(engine_register)
    rows = [(new_uid(), grid, f"{n}", "马大爷") for n in range(101, 120)]
    with engine_register.recording("导入") as recording:
        assert recording.insert_many(Household, ("uid", "area", "room", "head"), iter(rows)) == 19
    row = stored(engine_register, Household, rows[0][0])
    assert (row["kind"], row["head_initials"], row["room"], row["precedence"]) == ("residential", "mdy", "101", 7)
    assert all(len(log_of(engine_register, row[0])) == 1 for row in rows)
    assert check(engine_register) == []


def test_an_empty_bulk_insert_leaves_no_batch(engine_register: Register) -> None:
    with engine_register.recording("导入") as recording:
        assert recording.insert_many(Setting, ("uid", "key", "value"), []) == 0
    assert batches(engine_register) == 0


def test_a_cancelled_bulk_insert_leaves_nothing(register: Register) -> None:
    token = CancelToken()

    def rows():
        for n in range(12_000):
            if n == 6_000:
                token.cancel()
            yield (new_uid(), f"k{n}", "1")

    with pytest.raises(Cancelled), register.recording("导入") as recording:
        recording.insert_many(Setting, ("uid", "key", "value"), rows(), token)
    assert register.value(Setting.select(fn.COUNT(Setting.uid))) == 0
    assert batches(register) == 0


def test_an_update_to_what_is_stored_already_writes_nothing(engine_register: Register) -> None:
    household = make_household(engine_register, make_grid(engine_register), head="马大爷")
    before = batches(engine_register)
    told: list[Written] = []
    engine_register.subscribe(told.append)
    with engine_register.recording("修改") as recording:
        assert not recording.update(Household, household, {"head": "马大爷"})
    assert batches(engine_register) == before
    assert told == []


def test_a_nested_recording_joins_the_outer_one(engine_register: Register) -> None:
    with engine_register.recording("外层") as outer:
        first = outer.insert(Setting, key="a", value="1")
        with engine_register.recording("里层") as inner:
            second = inner.insert(Setting, key="b", value="1")
        assert inner is outer
    assert engine_register.all(Batch.select(Batch.label).tuples()) == [("外层",)]
    assert log_of(engine_register, first) == log_of(engine_register, second)


def test_an_exception_rolls_back_every_write_and_its_log(engine_register: Register) -> None:
    household = make_household(engine_register, make_grid(engine_register), head="马大爷")
    before = batches(engine_register)
    with pytest.raises(RuntimeError), engine_register.recording("坏") as recording:
        recording.insert(Setting, key="a", value="1")
        with engine_register.recording("里层") as inner:
            inner.update(Household, household, {"head": "别人"})
        raise RuntimeError
    assert stored(engine_register, Household, household)["head"] == "马大爷"
    assert engine_register.value(Setting.select(fn.COUNT(Setting.uid))) == 0
    assert batches(engine_register) == before
    assert check(engine_register) == []


def test_a_conflict_names_the_fields_that_somebody_else_changed(engine_register: Register) -> None:
    household = make_household(engine_register, make_grid(engine_register), head="马大爷", phone="1")
    expected = {"head": "马大爷", "phone": "1"}
    with engine_register.recording("别人") as recording:
        recording.update(Household, household, {"phone": "2"})
    with pytest.raises(Conflict) as caught, engine_register.recording("我") as recording:
        recording.update(Household, household, {"head": "马大娘", "phone": "3"}, expected)
    assert caught.value.fields == ("phone",)
    assert stored(engine_register, Household, household)["head"] == "马大爷"


def test_another_field_changed_by_somebody_else_is_no_conflict(register: Register) -> None:
    household = make_household(register, make_grid(register), head="马大爷", phone="1")
    with register.recording("别人") as recording:
        recording.update(Household, household, {"phone": "2"})
    with register.recording("我") as recording:
        recording.update(Household, household, {"head": "马大娘"}, {"head": "马大爷", "phone": "1"})
    row = stored(register, Household, household)
    assert (row["head"], row["phone"]) == ("马大娘", "2")


def test_what_was_deleted_meanwhile_is_told_in_words(register: Register) -> None:
    with register.recording("修改") as recording:
        with pytest.raises(UserError, match="已被删除"):
            recording.update(Household, new_uid(), {"head": "马大娘"})
        with pytest.raises(UserError, match="已被删除"):
            recording.delete(Household, new_uid())


def test_derived_columns_follow_their_sources(engine_register: Register) -> None:
    household = make_household(engine_register, make_grid(engine_register), head="马大爷", room="1201", categories=0)
    with engine_register.recording("修改") as recording:
        recording.update(Household, household, {"head": "李四", "room": "302", "categories": 0b1000010})
    row = stored(engine_register, Household, household)
    assert (row["head_pinyin"], row["head_initials"], row["precedence"]) == ("li si", "ls", 1)
    assert row["address_key"].endswith("00302")


def test_listeners_hear_of_each_committed_batch_and_its_tables(register: Register) -> None:
    told: list[Written] = []
    stop = register.subscribe(told.append)
    make_household(register, make_grid(register))
    stop()
    make_household(register, make_grid(register))
    assert [sorted(written.tables) for written in told] == [["area"], ["household"]]


def test_the_same_query_asked_twice_sees_what_was_written_between(engine_register: Register) -> None:
    query = Setting.select(Setting.key).tuples()
    assert engine_register.all(query) == []
    with engine_register.recording("设置") as recording:
        recording.insert(Setting, key="a", value="1")
    assert engine_register.all(query) == [("a",)]
    assert list(engine_register.each(query)) == [("a",)]


def test_a_large_query_is_handed_out_while_others_run_on_the_same_connection(engine_register: Register) -> None:
    with engine_register.recording("设置") as recording:
        recording.insert_many(Setting, ("uid", "key", "value"), [(new_uid(), f"k{n:05}", "1") for n in range(9_000)])
    seen = 0
    for _uid, key, _value in engine_register.each(Setting.select().order_by(Setting.key)):
        if seen % 1_000 == 0:
            assert engine_register.value(Setting.select(Setting.value).where(Setting.key == key)) == "1"
        seen += 1
    assert seen == 9_000
