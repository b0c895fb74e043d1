"""The search index is what it would be if it were made anew, whatever was done to the register."""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gridapp.errors import Cancelled, UserError
from gridapp.households.model import Household, Resident
from gridapp.ids import Uid, new_uid
from gridapp.progress import CancelToken
from gridapp.register import Register, open_register
from gridapp.store import dialects, grams, search
from gridapp.store.check import check
from gridapp.store.undo import redo, undo
from gridapp.teams.model import Member
from tests import factories as make

texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8) | st.sampled_from(
    ["马玉兰", "𠮷崟", "3号楼", "A-1", 'O\'Neil "x"', "１２０１", "13820001234", " ", "·←·"]
)
steps = st.lists(
    st.tuples(
        st.sampled_from(["add", "bulk", "edit", "many", "delete", "undo", "redo", "fail", "mixed"]), texts, texts
    ),
    min_size=1,
    max_size=12,
)


def documents(register: Register) -> set[tuple]:
    query = search.Document.select(search.Document.record_table, search.Document.record, search.Document.grams)
    return set(register.all(query.tuples()))


class Work:
    """One actor's work on a register; each step is one batch."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.grid = make.make_grid(register)

    def do(self, step: str, one: str, other: str) -> None:
        with contextlib.suppress(UserError, RuntimeError):  # nothing was there to be done, or it was meant to fail
            getattr(self, step)(one, other)

    def add(self, one: str, other: str) -> None:
        with self.register.recording("登记", "甲") as recording:
            home = recording.insert(Household, area=self.grid, head=one, estate=other, room="501", phone=other)
            recording.insert(Resident, household=home, name=one, id_number=other)
            recording.insert(Member, name=other, phone=one)

    def bulk(self, one: str, other: str) -> None:
        rows = [(new_uid(), self.grid, one, "3", other, "501") for _ in range(3)]
        with self.register.recording("导入", "甲") as recording:
            recording.insert_many(Household, ("uid", "area", "head", "building", "entrance", "room"), rows)
            recording.insert_many(Resident, ("uid", "household", "name"), [(new_uid(), row[0], one) for row in rows])

    def edit(self, one: str, other: str) -> None:
        with self.register.recording("修改", "甲") as recording:
            recording.update(Household, self.any_home(), {"head": one, "note": other, "people": len(one)})

    def many(self, one: str, other: str) -> None:
        homes = [uid for (uid,) in self.register.all(Household.select(Household.uid).tuples())]
        with self.register.recording("批量修改", "甲") as recording:
            recording.update_many(Household, "estate", homes, lambda _uid, _estate: one)

    def delete(self, one: str, other: str) -> None:
        home = self.any_home()
        with self.register.recording("删除", "甲") as recording:
            people = Resident.select(Resident.uid).where(Resident.household == home)
            recording.delete_many(Resident, [uid for (uid,) in self.register.all(people.tuples())])
            recording.delete(Household, home)

    def mixed(self, one: str, other: str) -> None:
        """What comes, is changed and goes within one batch, between bulk inserts."""
        with self.register.recording("混合", "甲") as recording:
            gone = recording.insert(Household, area=self.grid, head=one)
            recording.update(Household, gone, {"head": other})
            recording.insert_many(Household, ("uid", "area", "head"), [(new_uid(), self.grid, other)])
            recording.delete(Household, gone)
            recording.insert_many(Household, ("uid", "area", "head"), [(gone, self.grid, one)])

    def fail(self, one: str, other: str) -> None:
        with self.register.recording("坏", "甲") as recording:
            recording.insert(Household, area=self.grid, head=one)
            raise RuntimeError

    def undo(self, one: str, other: str) -> None:
        undo(self.register, "甲")

    def redo(self, one: str, other: str) -> None:
        redo(self.register, "甲")

    def any_home(self) -> Uid:
        home = self.register.value(Household.select(Household.uid).order_by(Household.head).limit(1))
        if home is None:
            raise UserError("没有住户")
        return home


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp())
    yield made
    shutil.rmtree(made)


def is_as_made_anew(register: Register) -> None:
    assert list(search.differing(register)) == []
    assert dialects.index_fault(register.db) is None
    kept = documents(register)
    search.make(register, anew=True)
    assert documents(register) == kept


@settings(max_examples=30)
@given(todo=steps)
def test_after_any_work_the_index_is_what_making_it_anew_gives(folder: Path, todo: list[tuple[str, str, str]]) -> None:
    path = folder / "r.db"
    path.unlink(missing_ok=True)
    with open_register(str(path)) as register:
        work = Work(register)
        for step in todo:
            work.do(*step)
        is_as_made_anew(register)
        register._written = False


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(todo=steps)
def test_so_it_is_on_either_engine(engine_register: Register, todo: list[tuple[str, str, str]]) -> None:
    work = Work(engine_register)
    for step in todo:
        work.do(*step)
    is_as_made_anew(engine_register)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(todo=steps, later=steps)
def test_what_a_large_import_left_out_is_made_later_while_others_go_on_working(
    engine_register: Register, monkeypatch: pytest.MonkeyPatch, todo: list[tuple[str, str, str]], later: Any
) -> None:
    monkeypatch.setattr(search, "_BULK", 1)
    monkeypatch.setattr(search, "_CHUNK", 2)
    work = Work(engine_register)
    for step in todo:
        work.do(*step)
    search.make(engine_register)
    assert search.is_made(engine_register)
    is_as_made_anew(engine_register)
    left = list(later)

    def between(_done: int, _total: int, _message: str) -> None:
        if left:
            work.do(*left.pop())

    work.bulk("马玉兰", "3号楼")
    assert not search.is_made(engine_register)
    search.make(engine_register, between)
    is_as_made_anew(engine_register)


def test_an_import_of_a_few_thousand_is_found_at_once(engine_register: Register) -> None:
    grid = make.make_grid(engine_register)
    rows = [(new_uid(), grid, "马玉兰", str(n)) for n in range(3)]
    with engine_register.recording("导入") as recording:
        recording.insert_many(Household, ("uid", "area", "head", "room"), rows)
    assert search.is_made(engine_register)
    assert len(documents(engine_register)) == 3


@given(text=texts, before=texts, behind=texts)
def test_a_text_has_every_word_that_is_asked_of_what_it_contains(text: str, before: str, behind: str) -> None:
    whole = set(grams.words(f"{before} {text} {behind}"))
    for term in grams.asked(text):
        assert term.word in whole or (term.begins and any(word.startswith(term.word) for word in whole))


def test_a_register_without_an_index_gets_it_when_it_is_opened(engine_url: str) -> None:
    with open_register(engine_url) as register:
        make.make_household(register, make.make_grid(register), head="马玉兰")
        kept = documents(register)
        register.run(search.State.delete())
        dialects.empty_index(register.db)
        assert kept
    with open_register(engine_url) as register:
        assert search.is_made(register)
        assert documents(register) == kept


def test_a_register_indexed_by_other_rules_is_indexed_anew(engine_url: str) -> None:
    with open_register(engine_url) as register:
        make.make_household(register, make.make_grid(register))
        kept = documents(register)
        register.run(search.State.update(rules=search.RULES - 1))
    with open_register(engine_url) as register:
        assert documents(register) == kept


def test_making_it_can_be_given_up_and_leaves_it_as_it_was(engine_register: Register) -> None:
    make.make_household(engine_register, make.make_grid(engine_register))
    kept, cancel = documents(engine_register), CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        search.make(engine_register, cancel=cancel, anew=True)
    assert documents(engine_register) == kept


def test_a_save_that_changes_no_word_leaves_its_document_alone(engine_register: Register) -> None:
    home = make.make_household(engine_register, make.make_grid(engine_register))
    document = search.Document.select(search.Document.id).where(search.Document.record == home)
    before = engine_register.value(document)
    with engine_register.recording("修改") as recording:
        recording.update(Household, home, {"people": 4})
    assert engine_register.value(document) == before


def test_the_check_finds_a_document_that_is_missing_wrong_or_left_over(engine_register: Register) -> None:
    grid = make.make_grid(engine_register)
    one, two = make.make_household(engine_register, grid), make.make_household(engine_register, grid)
    dialects.delete_documents(engine_register.db, [one])
    assert [(fault.kind, fault.table) for fault in check(engine_register)] == [("unindexed", "household")]
    dialects.delete_documents(engine_register.db, [two])
    dialects.insert_documents(engine_register.db, [("household", one, "h马"), ("household", new_uid(), "h马")])
    assert {fault.kind for fault in check(engine_register)} == {"unindexed"}
    search.make(engine_register, anew=True)
    assert check(engine_register) == []
