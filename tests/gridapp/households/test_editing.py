"""Editing a household: what is wrong with a draft, what is saved, and what somebody else did meanwhile."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from peewee import fn

from gridapp.errors import Cancelled, UserError
from gridapp.households import editing
from gridapp.households.categories import to_mask
from gridapp.households.editing import HouseholdDraft, ResidentDraft
from gridapp.households.model import HEAD, Household, Resident
from gridapp.ids import new_uid
from gridapp.issues.model import Issue
from gridapp.progress import CancelToken
from gridapp.register import Register
from gridapp.store import undo
from gridapp.store.changes import Conflict
from gridapp.store.log import Batch
from tests import factories as make

AREA = bytes(16)
TODAY = datetime.date(2020, 8, 20)
RIGHT_NUMBER = "120104193707146540"
WRONG_CHECK_DIGIT = "12010419370714654X"
texts = st.text(max_size=8)


def blocking(draft: HouseholdDraft) -> set[tuple[str, int | None]]:
    return {(one.field, one.resident) for one in editing.problems(draft, TODAY) if one.blocking}


def remarks(draft: HouseholdDraft) -> dict[str, str]:
    return {one.field: one.text for one in editing.problems(draft, TODAY) if not one.blocking}


def test_what_is_taken_out_and_put_back_unchanged_leaves_no_batch(register: Register) -> None:
    home = make.make_household(register, make.make_grid(register), floor="1")
    make.make_resident(register, home, relation=HEAD)
    batches = Batch.select(fn.COUNT(Batch.id))
    before = register.value(batches)
    editing.save(register, editing.load(register, home), editing.load(register, home))
    assert register.value(batches) == before


def test_a_new_household_is_saved_with_its_people_as_one_batch(engine_register: Register) -> None:
    grid = make.make_grid(engine_register)
    draft = HouseholdDraft(
        area=grid, building="3", entrance="2", room="501", head="马甲", categories=to_mask(["tenant"])
    )
    draft.residents = [ResidentDraft(name="马甲", relation=HEAD), ResidentDraft(), ResidentDraft(name="马乙")]
    home = editing.save(engine_register, draft, None)
    stored = editing.load(engine_register, home)
    assert [one.name for one in stored.residents] == ["马甲", "马乙"]
    assert (stored.floor, stored.room, stored.categories) == ("5", "501", to_mask(["tenant"]))
    assert undo.undoable(engine_register) == "登记 3号楼2门501 马甲"
    undo.undo(engine_register)
    assert engine_register.all(Household.select()) == engine_register.all(Resident.select()) == []


def test_only_what_was_touched_is_written_so_a_colleagues_other_field_survives(engine_register: Register) -> None:
    home = make.make_household(engine_register, make.make_grid(engine_register), phone="13800000001", note="")
    mine, base = editing.load(engine_register, home), editing.load(engine_register, home)
    with engine_register.recording("同事") as recording:
        recording.update(Household, home, {"note": "养狗"})
    mine.phone = "13800000002"
    editing.save(engine_register, mine, base)
    stored = editing.load(engine_register, home)
    assert (stored.phone, stored.note) == ("13800000002", "养狗")


def test_the_same_field_changed_by_a_colleague_is_a_conflict_and_nothing_is_written(engine_register: Register) -> None:
    home = make.make_household(engine_register, make.make_grid(engine_register), phone="1", note="")
    mine, base = editing.load(engine_register, home), editing.load(engine_register, home)
    with engine_register.recording("同事") as recording:
        recording.update(Household, home, {"phone": "2"})
    mine.phone, mine.note = "3", "我的"
    with pytest.raises(Conflict) as told:
        editing.save(engine_register, mine, base)
    assert told.value.fields == ("phone",)
    stored = editing.load(engine_register, home)
    assert (stored.phone, stored.note) == ("2", "")


def test_a_conflict_in_a_resident_keeps_the_household_from_being_written(register: Register) -> None:
    home = make.make_household(register, make.make_grid(register), note="")
    person = make.make_resident(register, home, phone="1")
    mine, base = editing.load(register, home), editing.load(register, home)
    with register.recording("同事") as recording:
        recording.update(Resident, person, {"phone": "2"})
    mine.note, mine.residents[0].phone = "我的", "3"
    with pytest.raises(Conflict):
        editing.save(register, mine, base)
    assert editing.load(register, home).note == ""


def test_residents_keep_the_order_they_stand_in(register: Register) -> None:
    home = make.make_household(register, make.make_grid(register))
    for position, name in enumerate("甲乙丙"):
        make.make_resident(register, home, name=name, position=position)
    draft, base = editing.load(register, home), editing.load(register, home)
    draft.residents = [draft.residents[2], draft.residents[0]]
    editing.save(register, draft, base)
    assert [one.name for one in editing.load(register, home).residents] == ["丙", "甲"]


def test_the_longest_texts_that_are_allowed_are_saved(engine_register: Register) -> None:
    longest = "惠" * 120
    names = ("estate", "building", "entrance", "floor", "room", "head", "phone", "emergency_contact")
    draft = HouseholdDraft(make.make_grid(engine_register), **dict.fromkeys(names, longest))
    assert editing.load(engine_register, editing.save(engine_register, draft, None)).head == longest


def test_what_has_been_deleted_cannot_be_taken_out_or_put_back(register: Register) -> None:
    home = make.make_household(register, make.make_grid(register))
    draft, base = editing.load(register, home), editing.load(register, home)
    editing.delete(register, [home])
    with pytest.raises(UserError, match="已被删除"):
        editing.load(register, home)
    draft.note = "改"
    with pytest.raises(UserError, match="已被删除"):
        editing.save(register, draft, base)


def test_a_household_with_visits_is_not_deleted_nor_any_other_with_it(engine_register: Register) -> None:
    grid = make.make_grid(engine_register)
    homes = [make.make_household(engine_register, grid) for _ in range(2)]
    make.make_visit(engine_register, homes[1])
    with pytest.raises(UserError, match="走访记录"):
        editing.delete(engine_register, homes)
    assert len(engine_register.all(Household.select())) == 2


def test_more_households_are_deleted_than_a_statement_of_the_engine_takes(register: Register) -> None:
    grid = make.make_grid(register)
    homes = [(new_uid(), grid, f"马{number}") for number in range(33_000)]
    with register.recording("导入", actor="同事") as recording:
        recording.insert_many(Household, ("uid", "area", "head"), homes)
        recording.insert_many(Resident, ("uid", "household", "name"), [(new_uid(), homes[-1][0], "马一")])
    uids = [uid for uid, _area, _head in homes]
    stopped = CancelToken()
    with pytest.raises(Cancelled):
        editing.delete(register, uids, progress=lambda done, _total, _text: done and stopped.cancel(), cancel=stopped)
    assert register.value(Household.select(fn.COUNT(Household.uid))) == len(uids)
    editing.delete(register, uids)
    assert register.first(Household.select()) is None
    undo.undo(register)
    assert register.value(Household.select(fn.COUNT(Household.uid))) == len(uids)
    assert len(editing.load(register, uids[-1]).residents) == 1


def test_deleting_what_somebody_else_has_deleted_deletes_nothing(engine_register: Register) -> None:
    grid = make.make_grid(engine_register)
    homes = [make.make_household(engine_register, grid) for _ in range(2)]
    editing.delete(engine_register, homes[:1])
    with pytest.raises(UserError, match="已被别人删除"):
        editing.delete(engine_register, homes)
    assert [one.uid for one in engine_register.all(Household.select())] == homes[1:]


def test_deleting_keeps_the_issues_and_undo_gives_them_their_household_back(engine_register: Register) -> None:
    grid = make.make_grid(engine_register)
    home = make.make_household(engine_register, grid)
    make.make_resident(engine_register, home)
    make.make_issue(engine_register, grid, household=home)
    editing.delete(engine_register, [home])
    assert engine_register.all(Resident.select()) == []
    assert engine_register.value(Issue.select(Issue.household)) is None
    undo.undo(engine_register)
    assert engine_register.value(Issue.select(Issue.household)) == home
    assert len(editing.load(engine_register, home).residents) == 1


def test_neither_room_nor_building_and_no_head_are_blocking() -> None:
    assert blocking(HouseholdDraft(AREA)) == {("room", None), ("head", None)}
    assert blocking(HouseholdDraft(AREA, building="3", head="马")) == set()
    assert blocking(HouseholdDraft(AREA, room="平房2", head="马", people=10_000)) == {("people", None)}


def test_a_draft_with_something_missing_is_refused_and_nothing_is_written(register: Register) -> None:
    with pytest.raises(UserError, match="请填写户主姓名"):
        editing.save(register, HouseholdDraft(make.make_grid(register), room="501", head="  "), None)
    assert register.all(Household.select()) == []


def test_texts_that_are_too_long_are_told_with_their_length() -> None:
    draft = HouseholdDraft(AREA, room="1", head="长" * 121, note="记" * 5_000)
    assert blocking(draft) == {("head", None)}
    draft.note += "记"
    assert blocking(draft) == {("head", None), ("note", None)}
    assert "现有121个" in next(one.text for one in editing.problems(draft) if one.field == "head")


def test_a_wrong_id_number_is_pointed_out_and_kept(register: Register) -> None:
    draft = HouseholdDraft(make.make_grid(register), room="1", head="马")
    draft.residents = [ResidentDraft(name="马", id_number=WRONG_CHECK_DIGIT, sex="男")]
    assert "校验位" in remarks(draft)["id_number"]
    stored = editing.load(register, editing.save(register, draft, None)).residents[0]
    assert (stored.id_number, stored.sex, stored.birth_date) == (WRONG_CHECK_DIGIT, "男", None)


def test_a_right_id_number_tells_sex_and_birth_date(register: Register) -> None:
    draft = HouseholdDraft(make.make_grid(register), room="1", head="马")
    draft.residents = [ResidentDraft(name="马", id_number=f" {RIGHT_NUMBER} ", sex="男")]
    stored = editing.load(register, editing.save(register, draft, None)).residents[0]
    assert (stored.id_number, stored.sex) == (RIGHT_NUMBER, "女")
    assert stored.birth_date == datetime.date(1937, 7, 14)


def test_the_same_id_number_twice_and_a_birth_date_to_come_are_pointed_out() -> None:
    draft = HouseholdDraft(AREA, room="1", head="马")
    draft.residents = [ResidentDraft(name=name, id_number=RIGHT_NUMBER) for name in "甲乙"]
    assert remarks(draft) == {"id_number": "同一户中有相同的身份证号"}
    draft.residents = [ResidentDraft(name="甲", birth_date=TODAY), ResidentDraft(), ResidentDraft(phone="1")]
    assert blocking(draft) == {("name", 2)}
    draft.residents[0].birth_date = TODAY + datetime.timedelta(days=1)
    assert blocking(draft) == {("name", 2), ("birth_date", 0)}


@given(st.builds(HouseholdDraft, area=st.just(AREA), head=texts, room=texts, phone=texts, note=texts))
def test_tidying_twice_is_tidying_once_and_pasted_line_breaks_go(draft: HouseholdDraft) -> None:
    tidy = editing.tidied(draft)
    assert editing.tidied(tidy) == tidy
    head, note = draft.head.replace("\0", ""), draft.note.replace("\0", "")
    assert tidy.head == " ".join(head.split())
    assert tidy.note == note.strip()


def test_blanks_are_no_name_and_a_resident_of_whom_nothing_is_said_is_none() -> None:
    draft = HouseholdDraft(AREA, room=" ", head="\t", residents=[ResidentDraft(relation=HEAD, note="  ")])
    assert blocking(draft) == {("room", None), ("head", None)}
    assert editing.tidied(draft).residents == []


def test_a_copy_shares_nothing_with_what_was_copied() -> None:
    draft = HouseholdDraft(AREA, residents=[ResidentDraft(name="甲")])
    copy = draft.copy()
    copy.residents[0].name = "乙"
    copy.residents.append(ResidentDraft())
    assert [one.name for one in draft.residents] == ["甲"]
