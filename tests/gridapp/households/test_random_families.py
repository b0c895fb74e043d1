"""Whatever happens to families in whatever order, nobody is lost, the check is clean and the log tells all of it."""

import datetime
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from gridapp.errors import UserError
from gridapp.households import batch, editing, families, history, past
from gridapp.households.editing import ResidentDraft
from gridapp.households.families import Place
from gridapp.households.filters import Filter
from gridapp.households.listing import Listing
from gridapp.households.model import DIED, HEAD, MOVED, Household, Resident
from gridapp.ids import Uid
from gridapp.register import open_register
from gridapp.reports.figures import figures
from gridapp.store import search
from gridapp.store.changes import decode_value
from gridapp.store.check import check
from gridapp.store.log import DELETED, INSERTED, Change
from gridapp.store.undo import redo, undo
from tests import factories as make

_DAYS = st.dates(datetime.date(2026, 1, 1), datetime.date(2026, 3, 1))
_NAMES = st.sampled_from(["马大爷", "王桂兰", "李四", "孙小美"])
_RELATIONS = st.sampled_from(["配偶", "子女", "父母", "兄弟姐妹", "非亲属", ""])
_AT = st.integers(0, 40)
Rows = dict[tuple[str, Uid], dict[str, Any]]


class Families(RuleBasedStateMachine):
    """Three families and what may happen to them; what makes no sense is refused and changes nothing."""

    @initialize()
    def start(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.register = open_register(str(self.folder / "r.db"))
        with self.register.recording("准备", actor="资料员"):  # what another has done is not undone here
            grid = make.make_grid(self.register)
            for room in ("101", "102", "103"):
                home = make.make_household(self.register, grid, room=room, head=f"户主{room}", people=3, categories=1)
                make.make_resident(self.register, home, name=f"户主{room}", relation=HEAD)
                make.make_resident(self.register, home, name=f"子女{room}", relation="子女", position=1)

    def teardown(self) -> None:
        if hasattr(self, "register"):
            self.register.close(backup=False)
            shutil.rmtree(self.folder)

    def stored(self) -> Rows:
        return {
            (model.table(), row["uid"]): row
            for model in (Household, Resident)
            for row in self.register.all(model.select().dicts())
        }

    def one(self, model: type[Household] | type[Resident], at: int) -> Uid:
        uids = [uid for (uid,) in self.register.all(model.select(model.uid).order_by(model.uid).tuples())]
        found: Uid = uids[at % len(uids)]
        return found

    def attempt(self, act: Callable[[], object]) -> None:
        before = self.stored()
        try:
            act()
        except UserError:
            assert self.stored() == before

    @rule(at=_AT, phone=st.sampled_from(["", "138", "139"]), name=_NAMES)
    def edit(self, at: int, phone: str, name: str) -> None:
        base = editing.load(self.register, self.one(Household, at))
        draft = base.copy()
        draft.phone = phone
        draft.residents.append(ResidentDraft(name=name))
        self.attempt(lambda: editing.save(self.register, draft, base))

    @rule(key=st.sampled_from(["tenant", "lonely_elderly"]))
    def give_a_category_to_all(self, key: str) -> None:
        batch.run(self.register, Listing(self.register, Filter(make.GRID)), batch.add_category(key))

    @rule(at=_AT, on=_DAYS)
    def move_out(self, at: int, on: datetime.date) -> None:
        self.attempt(lambda: families.move_out(self.register, self.one(Household, at), on, MOVED))

    @rule(at=_AT)
    def come_back(self, at: int) -> None:
        self.attempt(lambda: families.come_back(self.register, self.one(Household, at)))

    @rule(at=_AT, on=_DAYS, name=_NAMES)
    def move_in(self, at: int, on: datetime.date, name: str) -> None:
        joining = [ResidentDraft(name=name)]
        self.attempt(lambda: families.move_in(self.register, self.one(Household, at), on, joining))

    @rule(at=_AT, heir=_AT, on=_DAYS)
    def resident_left(self, at: int, heir: int, on: datetime.date) -> None:
        person, next_head = self.one(Resident, at), self.one(Resident, heir)
        self.attempt(lambda: families.resident_left(self.register, person, on, DIED, next_head))

    @rule(at=_AT, on=_DAYS)
    def resident_back(self, at: int, on: datetime.date) -> None:
        self.attempt(lambda: families.resident_back(self.register, self.one(Resident, at), on))

    @rule(at=_AT, to=_AT, heir=_AT, on=_DAYS, relation=_RELATIONS)
    def move_resident(self, at: int, to: int, heir: int, on: datetime.date, relation: str) -> None:
        person, home, next_head = self.one(Resident, at), self.one(Household, to), self.one(Resident, heir)
        self.attempt(lambda: families.move_resident(self.register, person, home, relation, on, next_head))

    @rule(at=_AT, number=st.integers(1, 3), on=_DAYS)
    def split(self, at: int, number: int, on: datetime.date) -> None:
        home = self.one(Household, at)
        there = [one.uid for one in editing.load(self.register, home).residents if one.uid is not None]
        going, staying = there[-number:], there[:-number]
        if going:
            next_head = staying[0] if staying else None
            place = Place(building="9")
            self.attempt(lambda: families.split(self.register, home, going, place, going[0], on, next_head))

    @rule(into=_AT, other=_AT, on=_DAYS, relation=_RELATIONS)
    def merge(self, into: int, other: int, on: datetime.date, relation: str) -> None:
        stays, goes = self.one(Household, into), self.one(Household, other)
        self.attempt(lambda: families.merge(self.register, stays, goes, on, relation))

    @rule()
    def undo_and_redo(self) -> None:
        before = self.stored()
        try:
            undo(self.register)
        except UserError:
            return
        redo(self.register)
        assert self.stored() == before

    @rule()
    def undo(self) -> None:
        self.attempt(lambda: undo(self.register))

    @rule()
    def redo(self) -> None:
        self.attempt(lambda: redo(self.register))

    @invariant()
    def the_check_is_clean_and_the_index_agrees(self) -> None:
        assert check(self.register) == []
        assert list(search.differing(self.register)) == []

    @invariant()
    def the_log_replays(self) -> None:
        stored = self.stored()
        for key, row in self.stored().items():
            model = self.register.tables[key[0]]
            query = Change.select().where(Change.record == row["uid"]).order_by(Change.seq.desc())
            values = {name: row[name] for name in model.logged_fields()}
            for change in self.register.all(query):  # backwards, each step finds what the one before it left
                if change.kind in (INSERTED, DELETED):
                    break
                assert values[change.field] == decode_value(model, change.field, change.new)
                values[change.field] = decode_value(model, change.field, change.old)
        assert self.stored() == stored

    @invariant()
    def who_is_here_is_counted_and_listed_and_the_past_can_be_read(self) -> None:
        rows = self.stored().values()
        homes = {row["uid"]: row for row in rows if "head" in row}
        here = {uid for uid, row in homes.items() if row["left_on"] is None}
        people = [row for row in rows if "head" not in row]
        living = [row for row in people if row["left_on"] is None and row["household"] in here]
        counted = figures(self.register, make.GRID)
        assert (counted.households, counted.residents) == (len(here), len(living))
        assert {uid for (uid,) in self.register.all(Listing(self.register, Filter(make.GRID)).uids().tuples())} == here
        for uid, home in homes.items():
            if uid in here:
                heads = [row for row in living if row["household"] == uid and row["relation"] == HEAD]
                assert len(heads) <= 1
                assert all(row["name"] == home["head"] for row in heads)
            assert history.entries(self.register, uid, 50)
            past.of_household(self.register, uid)


class TestFamilies(Families.TestCase):
    settings = settings(settings.get_profile("default"), max_examples=10, stateful_step_count=15)


@pytest.mark.soak
class TestLongFamilies(Families.TestCase):
    settings = settings(settings.get_profile("default"), max_examples=200, stateful_step_count=50)
