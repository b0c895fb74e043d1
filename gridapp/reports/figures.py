"""The figures that an area reports, counted from the register."""

import dataclasses
import datetime
from collections import Counter
from dataclasses import dataclass
from typing import Any

import peewee
from peewee import fn

from gridapp.areas import tree
from gridapp.areas.model import Area, Level
from gridapp.households.categories import CATEGORIES, at
from gridapp.households.model import Household, Resident
from gridapp.issues.model import Issue
from gridapp.issues.overdue import is_late
from gridapp.issues.states import State
from gridapp.store.register import Register
from gridapp.teams.model import ROLES, Service
from gridapp.visits.model import Visit

UNCLASSIFIED = "unclassified"


@dataclass(frozen=True)
class Figures:
    """What there is, and what was done in a period, in one area and everything below it.

    Attributes:
        streets, communities, grids: areas of that level, the area itself among them.
        households: of every kind, shops and companies too; those that have left are not among them.
        residents: people on record who have not left; who is only counted in a household's number of people is not
            among them.
        households_by_category: households by the first category in precedence that they carry, so each is counted
            once. All seven keys, and ``unclassified`` if there are households without a category.
        team_members_by_role: services that have no end, by key of role. All roles.
        visits: visits made in the period, also to households that have left since.
        households_visited: different households visited in the period.
        issues: issues registered in the period.
        issues_resolved, issues_reported_back: those of ``issues`` with a day on which they were resolved, and with one
            on which the last of those who raised them heard of it, whenever that was.
        issues_by_state: ``issues`` by how far they have come now, by the small name of ``State``. All states.
        issues_open: those of ``issues`` of which something is still to be done, suspended ones among them.
        issues_overdue: those whose deadline has passed, of ``issues_open`` that are not suspended.
        issues_awaiting_report_back: those that are resolved or rejected, and somebody has still to hear of it.
    """

    streets: int
    communities: int
    grids: int
    households: int
    residents: int
    households_by_category: dict[str, int]
    team_members_by_role: dict[str, int]
    visits: int
    households_visited: int
    issues: int
    issues_resolved: int
    issues_reported_back: int
    issues_by_state: dict[str, int]
    issues_open: int
    issues_overdue: int
    issues_awaiting_report_back: int

    def as_dict(self) -> dict[str, Any]:
        return dataclasses.asdict(self)


def figures(
    register: Register,
    code: str,
    since: datetime.date | None = None,
    until: datetime.date | None = None,
    now: datetime.datetime | None = None,
) -> Figures:
    """Count the figures of the area with this code.

    Args:
        since, until: first and last day of the period, both counted; open where None.
        now: the moment by which deadlines have passed or not; this one unless told.

    Raises:
        UserError: there is no area with this code.
    """
    tree.find(register, code)
    levels = dict(
        register.all(Area.select(Area.level, fn.COUNT(Area.uid)).where(tree.within(code)).group_by(Area.level).tuples())
    )
    by_category = _by_category(register, code)
    visits, visited = _visits(register, code, since, until)
    now = now or datetime.datetime.now()
    issues, resolved, reported_back, overdue = _issues(register, code, since, until, now)
    by_state = _by_state(register, code, since, until)
    return Figures(
        streets=levels.get(Level.STREET, 0),
        communities=levels.get(Level.COMMUNITY, 0),
        grids=levels.get(Level.GRID, 0),
        households=sum(by_category.values()),
        residents=_residents(register, code),
        households_by_category=by_category,
        team_members_by_role=_by_role(register, code),
        visits=visits,
        households_visited=visited,
        issues=issues,
        issues_resolved=resolved,
        issues_reported_back=reported_back,
        issues_by_state={state.name.lower(): by_state[state] for state in State},
        issues_open=sum(by_state[state] for state in State if state.is_open),
        issues_overdue=overdue,
        issues_awaiting_report_back=sum(by_state[state] for state in State if state.awaits_report_back),
    )


def _by_category(register: Register, code: str) -> dict[str, int]:
    query = (
        Household.select(Household.precedence, fn.COUNT(Household.precedence))
        .where(Household.area.in_(_areas(code)) & Household.is_here())
        .group_by(Household.precedence)
    )
    counts = {category.key: 0 for category in CATEGORIES}
    for position, count in register.all(query.tuples()):
        counts[at(position).key or UNCLASSIFIED] = count
    return counts


def _by_role(register: Register, code: str) -> dict[str, int]:
    query = (
        Service.select(Service.role, fn.COUNT(Service.uid))
        .where(Service.area.in_(_areas(code)) & Service.holds())
        .group_by(Service.role)
    )
    found = dict(register.all(query.tuples()))
    return {role.key: found.get(role.key, 0) for role in ROLES}


def _residents(register: Register, code: str) -> int:
    query = (
        Resident.select(fn.COUNT(Resident.uid))
        .join(Household, on=(Household.uid == Resident.household))
        .where(Household.area.in_(_areas(code)) & Household.is_here() & Resident.is_here())
    )
    return register.value(query)


def _visits(register: Register, code: str, since: datetime.date | None, until: datetime.date | None) -> tuple[int, int]:
    query = (
        Visit.select(fn.COUNT(Visit.uid), fn.COUNT(Visit.household.distinct()))
        .join(Household, on=(Household.uid == Visit.household))
        .where(Household.area.in_(_areas(code)) & _in_period(Visit.visited_on, since, until))
    )
    return register.first(query.tuples())


def _issues(
    register: Register,
    code: str,
    since: datetime.date | None,
    until: datetime.date | None,
    now: datetime.datetime,
) -> tuple[int, int, int, int]:
    late = fn.COUNT(peewee.Case(None, [(is_late(now), 1)]))
    counts = (fn.COUNT(Issue.uid), fn.COUNT(Issue.resolved_on), fn.COUNT(Issue.reported_back_on), late)
    query = Issue.select(*counts).where(Issue.area.in_(_areas(code)) & _in_period(Issue.registered_on, since, until))
    return register.first(query.tuples())


def _by_state(
    register: Register, code: str, since: datetime.date | None, until: datetime.date | None
) -> Counter[State]:
    query = (
        Issue.select(Issue.state, fn.COUNT(Issue.uid))
        .where(Issue.area.in_(_areas(code)) & _in_period(Issue.registered_on, since, until))
        .group_by(Issue.state)
    )
    return Counter({State(state): count for state, count in register.all(query.tuples())})


def _areas(code: str) -> peewee.Select:
    return Area.select(Area.uid).where(tree.within(code))


def _in_period(day: peewee.DateField, since: datetime.date | None, until: datetime.date | None) -> peewee.Expression:
    condition = day.is_null(False)
    if since is not None:
        condition &= day >= since
    if until is not None:
        condition &= day <= until
    return condition
