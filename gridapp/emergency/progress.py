"""How far the response to an emergency has come, grid by grid, and for the areas above them."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from operator import add

from peewee import JOIN, SQL, Case, fn

from gridapp.areas import tree
from gridapp.areas.model import CODE_LENGTHS, Area, Level
from gridapp.emergency import counting, duties, running
from gridapp.emergency.model import NEEDS_HELP, EmergencyCall, EmergencyReport
from gridapp.emergency.running import Running
from gridapp.households.model import PAST, Household
from gridapp.ids import Uid
from gridapp.issues.model import Issue
from gridapp.issues.states import State
from gridapp.store.register import Register
from gridapp.tasks.model import Task


@dataclass(frozen=True)
class Figures:
    """What there is to count of an emergency in an area.

    Attributes:
        households: all of them; ``first``: those that are called before the others.
        called: of all, how many were; ``first_called``: of those that come first.
        reached, not_reached, needs_help: how the last call to each ended; who needs help was reached as well, and
            counts in ``reached`` too.
        needs: needs that became issues; ``needs_met``: those of them that are resolved.
        tasks, tasks_done, tasks_late: ``tasks_late`` are to be done still.
    """

    households: int = 0
    first: int = 0
    called: int = 0
    first_called: int = 0
    reached: int = 0
    not_reached: int = 0
    needs_help: int = 0
    needs: int = 0
    needs_met: int = 0
    tasks: int = 0
    tasks_done: int = 0
    tasks_late: int = 0

    @property
    def not_called(self) -> int:
        return self.households - self.called

    @property
    def first_share(self) -> float | None:
        """How much of those that come first was called, from 0 to 1; None where there is none."""
        return self.first_called / self.first if self.first else None


Counted = tuple[str, dict[str, int]]
"""The code of an area, and some of its figures by name."""

_PLACES = {one.name: place for place, one in enumerate(fields(Figures))}


@dataclass(frozen=True)
class Grid:
    """An area with its figures, who is on duty there now, and its last report.

    Attributes:
        on_duty: names with phones; empty where nobody is.
        reported_at: when it last reported; None where it never has.
    """

    area: Uid
    area_code: str
    area_name: str
    level: Level
    figures: Figures
    on_duty: tuple[str, ...] = ()
    reported_at: datetime.datetime | None = None


@dataclass(frozen=True)
class Progress:
    """The areas of an emergency by code, each with what lies below it counted in."""

    emergency: Running
    by_code: dict[str, Grid] = field(default_factory=dict)

    @property
    def grids(self) -> list[Grid]:
        """Its grids in the order of their codes."""
        return [one for one in self.by_code.values() if one.level == Level.GRID]

    def of(self, code: str) -> Figures:
        """The figures of one of its areas."""
        found = self.by_code.get(code)
        return found.figures if found is not None else Figures()

    def below(self, code: str) -> list[Grid]:
        """The areas right below one of its areas."""
        length = min((one for one in CODE_LENGTHS.values() if one > len(code)), default=0)
        return [one for one in self.by_code.values() if len(one.area_code) == length and one.area_code.startswith(code)]


def progress(
    register: Register, emergency: Uid, now: datetime.datetime | None = None, code: str | None = None
) -> Progress:
    """The figures of every area of an emergency, in seven grouped statements however many areas there are.

    Args:
        code: an area within it, for that one and those below alone.
    """
    one = running.read(register, emergency)
    moment = now or datetime.datetime.now()
    scope = code or one.area_code
    same = running.counting(register, one)
    query = Area.select(Area.uid, Area.code, Area.name, Area.level).where(tree.within(scope)).order_by(Area.code)
    areas = register.all(query.tuples())
    figures = _rolled_up(_counted(register, one, same, scope, moment), [area for _uid, area, _name, _level in areas])
    on_duty: dict[str, list[str]] = {}
    for row in duties.on_duty(register, [emergency], scope, moment):
        on_duty.setdefault(row.area_code, []).append(f"{row.name} {row.phone}".strip())
    reported = _reported(register, emergency, scope)
    told = (
        Grid(bytes(uid), area, name, Level(level), figures[area], tuple(on_duty.get(area, ())), reported.get(area))
        for uid, area, name, level in areas
    )
    return Progress(one, {one.area_code: one for one in told})


def figures_of(register: Register, emergency: Uid, code: str, now: datetime.datetime) -> Figures:
    """The figures of one area."""
    return progress(register, emergency, now, code).of(code)


def _rolled_up(counted: Iterable[Counted], areas: Sequence[str]) -> dict[str, Figures]:
    """The figures of areas by code, each with what lies below it: as bare numbers, since adding is most of the work."""
    own: dict[str, list[int]] = {}
    for code, numbers in counted:
        row = own.setdefault(code, [0] * len(_PLACES))
        for name, number in numbers.items():
            row[_PLACES[name]] += number
    sums = {code: [0] * len(_PLACES) for code in areas}
    for code, row in own.items():
        for length in CODE_LENGTHS.values():
            above = sums.get(code[:length]) if length <= len(code) else None
            if above is not None:
                above[:] = map(add, above, row)
    return {code: Figures(*row) for code, row in sums.items()}


def _counted(
    register: Register, one: Running, same: Sequence[Uid], scope: str, now: datetime.datetime
) -> Iterator[Counted]:
    first = counting.first_positions(running.plan_of(register, one.uid).call_first)
    yield from _households(register, scope, first)
    yield from _calls(register, one, same, scope, first)
    yield from _needs(register, one, same, scope)
    yield from _tasks(register, one, scope, now)


def _households(register: Register, scope: str, first: frozenset[int]) -> Iterator[Counted]:
    query = (
        Area.select(Area.code, Household.precedence, fn.COUNT(SQL("*")))
        .join(Household, JOIN.CROSS)
        .where((Household.area == Area.uid) & tree.within(scope) & (Area.level == int(Level.GRID)))
        .where(Household.precedence < PAST)
        .group_by(Area.code, Household.precedence)
    )
    for code, precedence, number in register.each(query):
        yield code, {"households": number, "first": number if precedence in first else 0}


def _calls(
    register: Register, one: Running, same: Sequence[Uid], scope: str, first: frozenset[int]
) -> Iterator[Counted]:
    columns = (Area.code, Household.precedence, EmergencyCall.outcome)
    query = (
        counting.joined(one, scope, *columns, fn.COUNT(SQL("*")))
        .where(counting.counted(same, one) & counting.is_latest(same, one) & (Household.precedence < PAST))
        .group_by(*columns)
    )
    for code, precedence, outcome, number in register.each(query):
        yield code, {"called": number, "first_called": number if precedence in first else 0, outcome: number}
        if outcome == NEEDS_HELP:
            yield code, {"reached": number}


def _needs(register: Register, one: Running, same: Sequence[Uid], scope: str) -> Iterator[Counted]:
    met = (Issue.state >= int(State.RESOLVED)) & (Issue.state != int(State.REJECTED))
    needs = (
        EmergencyCall.select(EmergencyCall.issue)
        .where(counting.counted(same, one) & EmergencyCall.issue.is_null(False))
        .distinct()
    )
    query = (
        Issue.select(Area.code, fn.COUNT(SQL("*")), fn.SUM(Case(None, ((met, 1),), 0)))
        .join(Area, on=(Area.uid == Issue.area))
        .where(Issue.uid.in_(needs) & tree.within(scope))
        .group_by(Area.code)
    )
    for code, raised, resolved in register.each(query):
        yield code, {"needs": raised, "needs_met": int(resolved)}


def _tasks(register: Register, one: Running, scope: str, now: datetime.datetime) -> Iterator[Counted]:
    done = Task.done_on.is_null(False)
    late = Task.done_on.is_null() & Task.cancelled_on.is_null() & (Task.due_at < now)
    query = (
        Task.select(
            *(Area.code, fn.COUNT(SQL("*")), fn.SUM(Case(None, ((done, 1),), 0))),
            fn.SUM(Case(None, ((late, 1),), 0)),
        )
        .join(Area, on=(Area.uid == Task.area))
        .where((Task.emergency == one.uid) & tree.within(scope))
        .group_by(Area.code)
    )
    for code, total, finished, overdue in register.each(query):
        yield code, {"tasks": total, "tasks_done": int(finished), "tasks_late": int(overdue)}


def _reported(register: Register, emergency: Uid, scope: str) -> dict[str, datetime.datetime]:
    query = (
        EmergencyReport.select(Area.code, EmergencyReport.reported_at)
        .join(Area, on=(Area.uid == EmergencyReport.area))
        .where((EmergencyReport.emergency == emergency) & tree.within(scope))
        .order_by(EmergencyReport.reported_at)
    )
    return dict(register.all(query.tuples()))
