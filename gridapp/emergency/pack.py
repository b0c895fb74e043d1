"""What a team takes along in an emergency, as plain data: plan, contacts, rota, and the list of whom to call."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from gridapp.areas import tree
from gridapp.areas.model import CODE_LENGTHS, Area, Level
from gridapp.emergency import calls, counting, duties, running
from gridapp.emergency.calls import CallFilter, CallRow
from gridapp.emergency.duties import DutyRow
from gridapp.emergency.people import People
from gridapp.emergency.plans import Plan
from gridapp.emergency.running import Running
from gridapp.errors import UserError
from gridapp.households.categories import Category, at
from gridapp.ids import Uid
from gridapp.progress import CancelToken, Progress, silent
from gridapp.site_plan.sheet import MapSheet, sheet
from gridapp.store.register import Register
from gridapp.tasks.model import Task
from gridapp.teams.model import ROLE_BY_KEY, TEAM_ROLES

_DAYS = 2
"""For how many days ahead the rota is printed."""


@dataclass(frozen=True)
class StepLine:
    """A task of the emergency; ``who`` is a name or a role."""

    place: str
    title: str
    who: str
    due_at: datetime.datetime | None
    note: str
    is_done: bool


@dataclass(frozen=True)
class Contact:
    """Somebody of the teams who is there."""

    place: str
    role: str
    name: str
    phone: str
    is_substitute: bool


@dataclass(frozen=True)
class CallSection:
    """The households of a grid under one colour, in walking order; ``is_first``: they are called before the others."""

    place: str
    category: Category
    is_first: bool
    rows: tuple[CallRow, ...]


@dataclass(frozen=True)
class Pack:
    """What the team of a grid, or those of a community, take along.

    Attributes:
        area_path: names from the district down to the area.
        steps: tasks that are to be done still, or were done, by the clock.
        sections: whom to call, grid by grid, those in need first.
        maps: the colour maps of the grids that have buildings; who is called first stands out.
    """

    emergency: Running
    plan: Plan
    code: str
    area_path: tuple[str, ...]
    made_at: datetime.datetime
    steps: tuple[StepLine, ...]
    contacts: tuple[Contact, ...]
    duties: tuple[DutyRow, ...]
    sections: tuple[CallSection, ...]
    maps: tuple[MapSheet, ...] = ()

    @property
    def place(self) -> str:
        """``紫光苑社区第三网格``."""
        return "".join(self.area_path[-2:] if len(self.code) == CODE_LENGTHS[Level.GRID] else self.area_path[-1:])

    @property
    def title(self) -> str:
        return f"{self.place}{self.emergency.kind_name}应急包"

    @property
    def households(self) -> int:
        return sum(len(section.rows) for section in self.sections)

    @property
    def first(self) -> int:
        """How many households are called before the others."""
        return sum(len(section.rows) for section in self.sections if section.is_first)


def emergency_of(register: Register, code: str, kind: str = "") -> Running:
    """The emergency that holds for an area, of several the newest.

    Raises:
        UserError: none goes on there, or none of that kind.
    """
    area = tree.find(register, code)
    found = [one for one in running.over(register, code).over if not kind or one.kind == kind]
    if not found:
        raise UserError(f"{area.name}现在没有进行中的{'这类' if kind else ''}应急响应。")
    return found[0]


def assemble(
    register: Register,
    emergency: Uid,
    code: str,
    *,
    only_first: bool = False,
    now: datetime.datetime | None = None,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> Pack:
    """The pack of a grid or a community.

    Args:
        only_first: without the households that are called after those in need.
        progress: counts grids.

    Raises:
        UserError: the area is neither, or the emergency does not hold for it.
        Cancelled: the token was set.
    """
    now = (now or datetime.datetime.now()).replace(second=0, microsecond=0)
    one = running.read(register, emergency)
    area = tree.find(register, code)
    if Level(area.level) not in (Level.GRID, Level.COMMUNITY):
        raise UserError(f"应急包按网格或社区印制，“{area.name}”不是。请选一个网格或社区。")
    if not one.holds_for(code):
        raise UserError(f"{area.name}不在{one.area_name}，不属于这次应急响应。")
    plan = running.plan_of(register, emergency)
    grids = register.all(Area.select().where(tree.within(code) & (Area.level == int(Level.GRID))).order_by(Area.code))
    sections: list[CallSection] = []
    maps: list[MapSheet] = []
    first = counting.first_positions(plan.call_first)
    for done, grid in enumerate(grids):
        if cancel is not None:
            cancel.check()
        progress(done, len(grids), f"汇集 {grid.name}")
        sections += _sections(register, emergency, grid, plan, only_first)
        maps.append(sheet(register, grid.uid, grid.name, now.date(), first))
    return Pack(
        emergency=one,
        plan=plan,
        code=code,
        area_path=tuple(above.name for above in tree.path_of(register, code)),
        made_at=now,
        steps=_steps(register, emergency, code),
        contacts=_contacts(register, code, grids, now),
        duties=tuple(duties.listing(register, emergency, code, now, now + datetime.timedelta(days=_DAYS))),
        sections=tuple(sections),
        maps=tuple(one for one in maps if one.cards),
    )


def _sections(register: Register, emergency: Uid, grid: Area, plan: Plan, only_first: bool) -> list[CallSection]:
    listing = calls.Listing(register, CallFilter(emergency, grid.code, only_first=only_first))
    first = counting.first_positions(plan.call_first)
    return [
        CallSection(grid.name, at(position), position in first, tuple(rows))
        for position, rows in groupby(listing.each(), key=lambda row: row.precedence)
    ]


def _steps(register: Register, emergency: Uid, code: str) -> tuple[StepLine, ...]:
    around = [code[:length] for length in CODE_LENGTHS.values() if length < len(code)]
    here = tree.within(code) | Area.code.in_(around)
    query = (
        Task.select(Area.name, Task.title, Task.assignee, Task.role, Task.due_at, Task.note, Task.done_on)
        .join(Area, on=(Area.uid == Task.area))
        .where((Task.emergency == emergency) & Task.cancelled_on.is_null() & here)
        .order_by(Task.due_at, Area.code, Task.uid)
    )
    return tuple(
        StepLine(
            *(place, title, assignee or (ROLE_BY_KEY[role].name if role else ""), due, note.replace("\n", "；")),
            done is not None,
        )
        for place, title, assignee, role, due, note, done in register.all(query.tuples())
    )


def _contacts(register: Register, code: str, grids: Sequence[Area], now: datetime.datetime) -> tuple[Contact, ...]:
    """Who is there: leaders around the area first, then grid by grid; of a community without the N of its grids."""
    people = People(register, code, now.date(), now.date())
    above = [code[:length] for length in sorted(CODE_LENGTHS.values()) if length < CODE_LENGTHS[Level.GRID]]
    names = {one.code: one.name for one in (*tree.path_of(register, code), *grids)}
    is_grid = len(code) == CODE_LENGTHS[Level.GRID]
    roles = [role.key for role in TEAM_ROLES if is_grid or role.part != 0]
    return tuple(
        Contact(names[place], ROLE_BY_KEY[one.role].name, one.name, one.phone, one.is_substitute)
        for place in dict.fromkeys((*above, *(grid.code for grid in grids)))
        if place in names
        for one in people.of(place, roles)
        if one.is_there(now)
    )
