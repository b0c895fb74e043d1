"""What calling an emergency would do, told before it is called: nothing is written."""

import datetime
from dataclasses import dataclass

from peewee import JOIN, SQL, fn

from gridapp.areas import tree
from gridapp.areas.model import Area, Level
from gridapp.emergency import plans, running
from gridapp.emergency.counting import first_positions
from gridapp.emergency.people import People
from gridapp.emergency.plans import Held
from gridapp.emergency.running import Running
from gridapp.households.model import PAST, Household
from gridapp.ids import Uid
from gridapp.store.register import Register
from gridapp.teams.model import ROLE_BY_KEY, Absence, Member, Service


@dataclass(frozen=True)
class Foreseen:
    """What would come of it.

    Attributes:
        tasks: how many; ``people``: how many different people they would go to.
        unmanned: areas with a role that has a task and nobody there to do it.
        away: names of members who are away that day and for whom nobody stands in.
        first: households that are called before the others; ``households``: all.
        same: one of the same kind that goes on for the area already; it cannot be called then.
    """

    held: Held
    grids: int
    tasks: int
    people: int
    unmanned: tuple[tuple[str, str], ...]
    away: tuple[str, ...]
    first: int
    households: int
    same: Running | None = None


def foresee(register: Register, code: str, kind: str, at: datetime.datetime) -> Foreseen:
    """What calling an emergency of a kind at a moment would do in an area and all below it."""
    held = plans.plan_of(register, code, kind)
    people = People(register, code, at.date(), at.date())
    query = Area.select(Area.code, Area.name, Area.level).where(tree.within(code)).order_by(Area.code)
    names: set[Uid] = set()
    unmanned: dict[tuple[str, str], None] = {}
    tasks = grids = 0
    for area, name, level in register.all(query.tuples()):
        grids += level == Level.GRID
        for step in held.plan.steps:
            if step.level != level:
                continue
            tasks += 1
            there = people.who(area, step.role, at)
            names.update(one.member for one in there)
            if not there:
                unmanned.setdefault((name, ROLE_BY_KEY[step.role].name))
    first = first_positions(held.plan.call_first)
    counts = _households(register, code)
    return Foreseen(
        *(held, grids, tasks, len(names), tuple(unmanned), _away(register, code, at.date())),
        sum(number for precedence, number in counts if precedence in first),
        sum(number for _precedence, number in counts),
        next((one for one in running.over(register, code).over if one.kind == kind), None),
    )


def _households(register: Register, code: str) -> list[tuple[int, int]]:
    query = (
        Area.select(Household.precedence, fn.COUNT(SQL("*")))
        .join(Household, JOIN.CROSS)
        .where((Household.area == Area.uid) & tree.within(code) & (Area.level == int(Level.GRID)))
        .where(Household.precedence < PAST)
        .group_by(Household.precedence)
    )
    return list(register.all(query.tuples()))


def _away(register: Register, code: str, day: datetime.date) -> tuple[str, ...]:
    """Who serves in the area and is away without anybody standing in, with the name of the area."""
    stands_in = Service.alias()
    covered = (
        stands_in.select(stands_in.absence)
        .where(stands_in.absence.is_null(False))
        .where(stands_in.since.is_null() | (stands_in.since <= day))
        .where(stands_in.until.is_null() | (stands_in.until > day))
    )
    query = (
        Service.select(Area.name, Member.name)
        .join(Area, on=(Area.uid == Service.area))
        .switch(Service)
        .join(Member, on=(Member.uid == Service.member))
        .join(Absence, on=(Absence.member == Member.uid))
        .where(tree.within(code) & Service.overlaps(day, day) & Absence.covers(day))
        .where(Service.absence.is_null() & Absence.uid.not_in(covered))
        .distinct()
        .order_by(Area.name, Member.name)
    )
    return tuple(f"{area}{name}" for area, name in register.all(query.tuples()))
