"""Assembling a grid's handbook from the register."""

import datetime

from gridapp.areas import tree
from gridapp.areas.model import Area, Level
from gridapp.errors import UserError
from gridapp.handbook.content import Entry, Handbook, TaskLine, WorkPlan
from gridapp.households.model import Household, Resident
from gridapp.ids import Uid
from gridapp.site_plan.sheet import MapSheet, sheet
from gridapp.store.register import Register
from gridapp.tasks import plans
from gridapp.tasks.listing import TaskFilter, of_area
from gridapp.teams.covering import covers
from gridapp.teams.model import ROLES, Member, Pairing
from gridapp.teams.roster import roster

_LEADER = ROLES[0]
_COLUMNS = (
    Household.kind,
    Household.estate,
    Household.building,
    Household.entrance,
    Household.room,
    Household.head,
    Household.people,
    Household.phone,
    Household.emergency_contact,
    Household.note,
    Household.categories,
)


def assemble(register: Register, grid_code: str, issued_on: datetime.date | None = None) -> Handbook:
    """The handbook of one grid, in some twenty queries however many households it has.

    Args:
        issued_on: the day that is printed on it; today unless told.

    Raises:
        UserError: there is no such area, or it is no grid.
    """
    path = tree.path_of(register, grid_code)
    if not path or path[-1].code != grid_code:
        tree.find(register, grid_code)
    grid = path[-1]
    if grid.level != Level.GRID:
        raise UserError(f"“{grid.name}”不是网格，工作手册按网格编制。请选一个网格，或导出它下面所有网格的手册。")
    above = path[-2].code if len(path) > 1 else None
    day = issued_on or datetime.date.today()
    return Handbook(
        code=grid_code,
        area_path=tuple(area.name for area in path),
        issued_on=day,
        team=tuple(roster(register, grid_code, day)),
        leaders=tuple(one for one in roster(register, above, day) if one.role == _LEADER) if above else (),
        entries=_entries(register, grid.uid, grid.code, day),
        plan=_plan(register, grid_code),
        tasks=_tasks(register, grid_code, day),
        colour_map=_colour_map(register, grid.uid, day),
    )


def grids(register: Register, area_code: str) -> list[Area]:
    """The grids of an area in the order of their codes.

    Raises:
        UserError: there is no such area, or no grid in it.
    """
    area = tree.find(register, area_code)
    query = Area.select().where(tree.within(area_code) & (Area.level == int(Level.GRID))).order_by(Area.code)
    found = register.all(query)
    if not found:
        raise UserError(f"“{area.name}”下面还没有网格。请先新增网格。")
    return found


def _entries(register: Register, grid: Uid, code: str, day: datetime.date) -> tuple[Entry, ...]:
    conditions, paired = _conditions(register, grid), _paired(register, grid, code, day)
    query = (
        Household.select(Household.uid, *_COLUMNS)
        .where((Household.area == grid) & Household.is_here())
        .order_by(Household.address_key, Household.uid)
    )
    return tuple(Entry(*(conditions.get(row[0], ""), *row[1:], paired.get(row[0], ""))) for row in register.each(query))


def _colour_map(register: Register, grid: Uid, day: datetime.date) -> MapSheet | None:
    found = sheet(register, grid, today=day)
    return found if found.cards else None


def _plan(register: Register, code: str) -> WorkPlan | None:
    found = plans.plan_of(register, code)
    if found is None:
        return None
    title, blocks = plans.filled(found, plans.fields_of(register, code))
    return WorkPlan(title, "" if found.area_code == code else found.area_name, found.since, tuple(blocks))


def _tasks(register: Register, code: str, day: datetime.date) -> tuple[TaskLine, ...]:
    """What is to be done by a day's lists, the grid's and those above it."""
    return tuple(
        TaskLine(
            *(row.title, row.who, row.due_on, row.rule.text, row.state_label(day)),
            *("" if row.area_code == code else row.area_name, row.note),
        )
        for row in of_area(register, TaskFilter(code), day)
    )


def _conditions(register: Register, grid: Uid) -> dict[Uid, str]:
    """Special conditions of residents by household, each said once."""
    query = (
        Resident.select(Resident.household, Resident.conditions)
        .join(Household, on=(Household.uid == Resident.household))
        .where((Household.area == grid) & (Resident.conditions != "") & Resident.is_here())
        .order_by(Resident.household, Resident.position)
    )
    found: dict[Uid, dict[str, None]] = {}
    for household, conditions in register.each(query):
        found.setdefault(household, {}).update(dict.fromkeys(conditions.split("、")))
    return {household: "、".join(words) for household, words in found.items()}


def _paired(register: Register, grid: Uid, code: str, day: datetime.date) -> dict[Uid, str]:
    """Names of those who are paired with a household now, by household, with who stands in on a day."""
    query = (
        Pairing.select(Pairing.household, Member.uid, Member.name)
        .join(Household, on=(Household.uid == Pairing.household))
        .switch(Pairing)
        .join(Member, on=(Member.uid == Pairing.member))
        .where((Household.area == grid) & Pairing.until.is_null())
        .order_by(Pairing.household, Pairing.since, Pairing.uid)
    )
    rows = register.all(query.tuples())
    covered = {
        member: one.text for (member, _code), one in covers(register, [(row[1], code) for row in rows], day).items()
    }
    found: dict[Uid, list[str]] = {}
    for household, member, name in rows:
        cover = covered.get(bytes(member))
        found.setdefault(household, []).append(f"{name}（{cover}）" if cover else name)
    return {household: "、".join(names) for household, names in found.items()}
