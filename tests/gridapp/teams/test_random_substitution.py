"""Whatever happens to a team, in whatever order: no stand-in outlives its absence, and an undo takes all of it back."""

import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.register import open_register
from gridapp.store import undo
from gridapp.teams import absences, consistency, gaps, presence, serving, substitution
from gridapp.teams.absences import AbsenceDraft
from gridapp.teams.model import Absence, Service
from gridapp.teams.roster import is_complete, roster
from tests import factories as make

FIRST = datetime.date(2026, 3, 1)
GRIDS = (make.GRID, "120104003001004", "120104003002001")
DAYS = st.integers(0, 30).map(lambda number: FIRST + datetime.timedelta(days=number))
LASTS = st.none() | DAYS
ROLES = st.sampled_from(("grid_worker", "agency_official", "volunteer", "reserve"))
WHICH = st.integers(0, 20)


class Teams(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.folder = TemporaryDirectory()
        self.register = open_register(str(Path(self.folder.name) / "登记簿.db"))
        self.areas = [make.make_grid(self.register, code) for code in GRIDS]
        self.members = [make.make_member(self.register) for _number in range(5)]
        for member, area, role in zip(
            self.members, (*self.areas, *self.areas), ("grid_worker",) * 3 + ("reserve",) * 2, strict=False
        ):
            make.make_service(self.register, member, area, role)
        self.done = 0

    def teardown(self) -> None:
        if hasattr(self, "register"):
            self.register.close(backup=False)
            self.folder.cleanup()

    def tried(self, action, *args) -> bool:
        """Do something that may be refused; a refusal leaves everything as it was."""
        before = self.state()
        try:
            action(self.register, *args)
        except UserError:
            assert self.state() == before
            return False
        self.done += self.state() != before
        return True

    def state(self) -> list[tuple]:
        services, away = Service.select().order_by(Service.uid), Absence.select().order_by(Absence.uid)
        return [*self.register.all(services.tuples()), *self.register.all(away.tuples())]

    def some(self, model: type, which: int) -> Uid | None:
        found = self.register.all(model.select(model.uid).order_by(model.uid).tuples())
        return found[which % len(found)][0] if found else None

    @rule(which=WHICH, since=DAYS, until=LASTS)
    def away(self, which: int, since: datetime.date, until: datetime.date | None) -> None:
        self.tried(absences.add, self.members[which % 5], AbsenceDraft(since, until))

    @rule(which=WHICH, since=DAYS, until=LASTS)
    def change(self, which: int, since: datetime.date, until: datetime.date | None) -> None:
        if (uid := self.some(Absence, which)) is not None:
            self.tried(absences.change, uid, AbsenceDraft(since, until), absences.load(self.register, uid))

    @rule(which=WHICH, on=DAYS)
    def back(self, which: int, on: datetime.date) -> None:
        if (uid := self.some(Absence, which)) is not None:
            self.tried(absences.come_back, uid, on)

    @rule(which=WHICH, today=DAYS)
    def mistaken(self, which: int, today: datetime.date) -> None:
        if (uid := self.some(Absence, which)) is not None:
            self.tried(absences.delete, uid, today)

    @rule(which=WHICH, one=WHICH, gap=WHICH)
    def accept(self, which: int, one: int, gap: int) -> None:
        uid = self.some(Absence, which)
        found = substitution.gaps_of(self.register, uid) if uid is not None else []
        if not found:
            return
        wanted = found[gap % len(found)]
        named = [each.member for each in substitution.candidates(self.register, wanted, 20)]
        away = presence.absences_of(self.register, named, wanted.since, wanted.until or datetime.date.max)
        assert not away and wanted.member not in named and len(set(named)) == len(named)
        if named:
            accepted = self.tried(substitution.accept, wanted, named[one % len(named)])
            assert accepted is not wanted.is_filled

    @rule(which=WHICH, area=WHICH, role=ROLES, since=DAYS)
    def serve(self, which: int, area: int, role: str, since: datetime.date) -> None:
        self.tried(serving.begin, self.members[which % 5], self.areas[area % 3], role, since)

    @rule(which=WHICH, area=WHICH, on=DAYS, role=ROLES)
    def move(self, which: int, area: int, on: datetime.date, role: str) -> None:
        if (uid := self.some(Service, which)) is not None:
            self.tried(serving.move, uid, self.areas[area % 3], on, role)

    @rule(which=WHICH, since=LASTS, until=LASTS)
    def correct(self, which: int, since: datetime.date | None, until: datetime.date | None) -> None:
        if (uid := self.some(Service, which)) is not None:
            self.tried(serving.change_days, uid, since, until)

    @rule(which=WHICH, on=DAYS)
    def end(self, which: int, on: datetime.date) -> None:
        if (uid := self.some(Service, which)) is not None:
            self.tried(serving.end, uid, on)

    @rule()
    def take_back_and_do_again(self) -> None:
        if self.done:
            now = self.state()
            undo.undo(self.register)
            assert list(consistency.faults(self.register)) == []
            undo.redo(self.register)
            assert self.state() == now

    @rule()
    def take_back(self) -> None:
        if self.done:
            undo.undo(self.register)
            self.done -= 1

    @invariant()
    def holds(self) -> None:
        if not hasattr(self, "register"):
            return
        assert list(consistency.faults(self.register)) == []
        for day in (FIRST, FIRST + datetime.timedelta(days=15)):
            missing = gaps.incomplete_counts(self.register, day)
            for code in GRIDS:
                assert (code in missing) is not is_complete(roster(self.register, code, day))


Teams.TestCase.settings = settings(settings(), max_examples=15, stateful_step_count=25)
TestTeams = Teams.TestCase
