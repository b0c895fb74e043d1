"""Whatever is done with issues in whatever order, by whomever, the ledger agrees with itself and loses nothing."""

import datetime
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from gridapp.areas.model import Level
from gridapp.errors import UserError
from gridapp.households import families
from gridapp.ids import Uid, new_uid
from gridapp.issues import history
from gridapp.issues.model import Issue, Reporter
from gridapp.issues.registering import NewIssue, NewReporter, change, change_reporter, join, register_issue
from gridapp.issues.states import Channel, Satisfaction, Source, State
from gridapp.issues.stepping import Entry, take, take_many
from gridapp.issues.workflow import Step, allowed
from gridapp.register import open_register
from gridapp.store import undo
from gridapp.store.check import check
from tests import factories as make
from tests.gridapp.issues.ledger import NOW, faults, whole_ledger

GONE = new_uid()
actors = st.sampled_from(["甲", "乙"])
categories = st.sampled_from(["", "lighting.corridor", "gas.leak", "water", "heating.cold", "没有的类别"])
words = st.sampled_from(["", "  ", "按规定办理", "电话三次无人接听"])
days = st.none() | st.integers(-40, 40)
steps = st.sampled_from([*Step, *(Step.RESOLVE, Step.REPORT_BACK, Step.ESCALATE, Step.SUSPEND, Step.RESUME) * 2])
reporters = st.builds(
    NewReporter,
    name=st.sampled_from(["", "马大爷", "李婶", "王师傅"]),
    phone=st.sampled_from(["", "13812345678", "13912345678"]),
    source=st.sampled_from(Source),
)
NEVER_NEARER = (Step.ESCALATE, Step.SEND_BACK, Step.SUSPEND, Step.RESUME, Step.EXTEND, Step.REOPEN)


class Ledger(RuleBasedStateMachine):
    """Two people at one ledger, who do all that can be done and much that cannot."""

    url = ""
    issues = Bundle("issues")

    @initialize(target=issues)
    def start(self) -> Any:
        self.folder = Path(tempfile.mkdtemp())
        self.register = open_register(self.url or str(self.folder / "r.db"))
        self.who = {name: f"{name}{new_uid().hex()}" for name in ("甲", "乙")}
        self.grid = make.make_grid(self.register)
        self.homes = [make.make_household(self.register, self.grid) for _ in range(3)]
        self.member = make.make_member(self.register)
        self.now = NOW
        self.seen: list[Uid] = [GONE]
        made = []
        for name in ("马大爷", "李婶"):
            new = NewIssue("小区未通燃气", area=self.grid, reporters=(NewReporter(name), NewReporter("王师傅")))
            with self.register.recording("登记", self.who["甲"]):
                made.append(register_issue(self.register, new, now=self.now).uid)
        return multiple(*made)

    def teardown(self) -> None:
        if hasattr(self, "register"):
            try:
                assert check(self.register) == []
            finally:
                self.register.close(backup=False)
                shutil.rmtree(self.folder)

    def act(self, actor: str, action: Callable[[], object]) -> bool:
        """Do something as one batch; what is refused is refused in one sentence and leaves everything as it was."""
        before = whole_ledger(self.register)
        self.now += datetime.timedelta(minutes=7)
        try:
            with self.register.recording("办理", self.who[actor]):
                action()
        except UserError as error:
            assert str(error).strip() and "\n" not in str(error)
            assert whole_ledger(self.register) == before
            return False
        return True

    def day(self, offset: int | None) -> datetime.date | None:
        return None if offset is None else self.now.date() + datetime.timedelta(days=offset)

    @rule(
        target=issues,
        actor=actors,
        people=st.lists(reporters, max_size=3),
        category=categories,
        level=st.none() | st.sampled_from(Level),
        urgent=st.booleans(),
        on=days,
        home=st.none() | st.integers(0, 2),
    )
    def register_one(self, actor, people, category, level, urgent, on, home) -> Uid:
        where = {"area": self.grid} if home is None else {"household": self.homes[home]}
        told = {"category": category, "level": level, "urgent": urgent, "registered_on": self.day(on)}
        new = NewIssue("楼道灯不亮", reporters=people, **where, **told)
        made: list[Uid] = []
        self.act(actor, lambda: made.append(register_issue(self.register, new, now=self.now).uid))
        return made[0] if made else GONE

    @rule(actor=actors, issue=issues, person=reporters, home=st.none() | st.integers(0, 2))
    def join_one(self, actor, issue, person, home) -> None:
        who = NewReporter(person.name, person.phone, person.source, None if home is None else self.homes[home])
        self.act(actor, lambda: join(self.register, issue, who, now=self.now))

    @rule(
        actor=actors,
        issue=issues,
        original=issues,
        step=steps,
        note=words,
        days=st.tuples(days, st.none() | st.integers(-3, 60), st.none() | st.integers(-3, 200)),
        handler=words,
        assigned=st.booleans(),
        told=st.tuples(
            st.none() | st.sampled_from(Channel), st.none() | st.sampled_from(Satisfaction), st.integers(0, 3)
        ),
        seen=st.sampled_from(["unknown", "newest", "stale"]),
        person=st.none() | reporters,
    )
    def step(self, actor, issue, original, step, note, days, handler, assigned, told, seen, person) -> None:
        on, review, due = map(self.day, days)
        channel, satisfaction, which = told
        people = [uid for (uid,) in self.register.each(Reporter.select(Reporter.uid).where(Reporter.issue == issue))]
        entry = Entry(
            *(note, on, handler, self.member if assigned else None, review, due, original),
            people[which] if which < len(people) else None,
            *(channel, satisfaction, person),
        )
        last = history.last_step(self.register, issue)
        known = {"unknown": None, "newest": last and bytes(last.uid), "stale": self.seen[0]}[seen]
        before = self.due(issue)
        done = self.act(actor, lambda: take(self.register, issue, step, entry, known, now=self.now))
        if done and step in NEVER_NEARER:
            assert self.due(issue) >= before
        if last is not None:
            self.seen = [bytes(last.uid)]

    @rule(actor=actors, issue=issues, original=issues, way=st.lists(st.integers(0, 99), min_size=1, max_size=6))
    def take_what_is_offered(self, actor, issue, original, way) -> None:
        """Steps that the workflow offers, with all that they need, one after the other."""
        for which in way:
            self.take_one(actor, issue, original, which)

    def take_one(self, actor: str, issue: Uid, original: Uid, which: int) -> None:
        stored = self.register.first(Issue.select().where(Issue.uid == issue))
        if stored is None:
            return
        offered = [row.step for row in allowed(State(stored.state), Level(stored.level)) if row.step is not Step.EDIT]
        step = offered[which % len(offered)]
        told = Reporter.select(Reporter.uid).where((Reporter.issue == issue) & ~Reporter.is_settled())
        entry = Entry(
            "办理", handler="物业", review_on=self.day(1 + which), due_on=self.day(400 + which), original=original,
            reporter=self.register.value(told), channel=Channel.PHONE, new_reporter=NewReporter(f"新{which}"),
        )  # fmt: skip
        done = self.act(actor, lambda: take(self.register, issue, step, entry, now=self.now))
        early = self.now.date() < max(stored.registered_on, stored.resolved_on or stored.registered_on)
        assert done or early or step in (Step.DUPLICATE, Step.JOIN, Step.EXTEND)
        if done and step in NEVER_NEARER:
            assert self.due(issue) >= stored.due_at

    @rule(actor=actors, some=st.lists(issues, max_size=4), step=steps)
    def step_many(self, actor, some, step) -> None:
        told = Entry(note="一起办理", handler="物业", channel=Channel.PHONE)
        if step is not Step.JOIN:
            self.act(actor, lambda: take_many(self.register, some, step, told))

    @rule(actor=actors, issue=issues, text=words, category=categories, urgent=st.booleans(), home=st.integers(0, 3))
    def correct(self, actor, issue, text, category, urgent, home) -> None:
        values = {"description": text, "category": category, "urgent": urgent, "handler": text}
        values |= {"household": self.homes[home]} if home < len(self.homes) else {}
        self.act(actor, lambda: change(self.register, issue, values, now=self.now))

    @rule(actor=actors, issue=issues, person=reporters)
    def correct_reporter(self, actor, issue, person) -> None:
        uid = self.register.value(Reporter.select(Reporter.uid).where(Reporter.issue == issue))
        values = {"name": person.name, "phone": person.phone}
        self.act(actor, lambda: change_reporter(self.register, uid or GONE, values))

    @rule(actor=actors, into=st.integers(0, 2), other=st.integers(0, 2))
    def merge_households(self, actor, into, other) -> None:
        into, other = self.homes[into], self.homes[other]
        self.act(actor, lambda: families.merge(self.register, into, other, self.now.date()))

    @rule(actor=actors)
    def undo(self, actor) -> None:
        self.taken_back(lambda: undo.undo(self.register, self.who[actor]))

    @rule(actor=actors)
    def redo(self, actor) -> None:
        self.taken_back(lambda: undo.redo(self.register, self.who[actor]))

    @rule(days=st.integers(-1, 9))
    def time_goes_by(self, days) -> None:
        self.now += datetime.timedelta(days=days)  # or somebody's clock was ahead

    @rule()
    def the_register_is_whole(self) -> None:
        assert check(self.register) == []

    def taken_back(self, action: Callable[[], object]) -> None:
        before = whole_ledger(self.register)
        try:
            action()
        except UserError:
            assert whole_ledger(self.register) == before

    def due(self, issue: Uid) -> datetime.datetime | None:
        return self.register.value(Issue.select(Issue.due_at).where(Issue.uid == issue))

    @invariant()
    def the_ledger_agrees_with_itself(self) -> None:
        if hasattr(self, "register"):
            assert faults(self.register) == []

    @invariant()
    def no_number_is_given_twice(self) -> None:
        if hasattr(self, "register"):
            numbers = list(self.register.column(Issue.select(Issue.number)))
            assert len(set(numbers)) == len(numbers)


class TestLedger(Ledger.TestCase):
    settings = settings(settings.get_profile("default"), max_examples=12, stateful_step_count=25)


@pytest.mark.soak
class TestLongLedger(Ledger.TestCase):
    settings = settings(settings.get_profile("default"), max_examples=500, stateful_step_count=80)


def test_a_shared_ledger_agrees_with_itself_too(postgres_url: str) -> None:
    shared = type("SharedLedger", (Ledger,), {"url": postgres_url})
    short = settings(settings.get_profile("default"), max_examples=3, stateful_step_count=15)
    run_state_machine_as_test(shared, settings=short)
