"""What the teams lack on a day: which of 1 + 2 is missing in a grid, and why; how many grids lack something."""

import datetime
from collections import Counter
from dataclasses import dataclass

import peewee
from peewee import JOIN, Case, fn

from gridapp.areas import tree
from gridapp.areas.model import CODE_LENGTHS, Area, Level
from gridapp.ids import Uid
from gridapp.store.register import Register
from gridapp.teams import presence
from gridapp.teams.model import TEAM_ROLES, Member, Role, Service
from gridapp.teams.presence import Away

WORKERS = tuple(role for role in TEAM_ROLES if role.part == 1)
OFFICIALS = tuple(role for role in TEAM_ROLES if role.part == 2)
WANTED = {1: 1, 2: 2}
"""How many people each place of 1 + 2 wants."""

_PARTS: dict[str, int] = {role.key: role.part for role in TEAM_ROLES if role.part is not None}


@dataclass(frozen=True)
class Missing:
    """A role of 1 + 2 in which nobody is there; ``away`` tells by name who has it and is away."""

    role: Role
    away: tuple[tuple[str, Away], ...] = ()

    @property
    def text(self) -> str:
        """``缺网格员（王芳 本单位抽调，至 2026-03-01）``, or ``缺网格员``."""
        why = "；".join(f"{name} {away.text}" for name, away in self.away)
        return f"缺{self.role.name}（{why}）" if why else f"缺{self.role.name}"


@dataclass(frozen=True)
class GridTeam:
    """How a grid's team stands: who is there of 1 + 2 + N, and which of 1 + 2 is missing."""

    uid: Uid
    code: str
    name: str
    workers: int
    officials: int
    others: int
    missing: tuple[Missing, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether nobody of 1 + 2 is missing."""
        return not self.missing

    @property
    def strength(self) -> str:
        """``1 + 2 + 6``, with those who are there."""
        return f"{self.workers} + {self.officials} + {self.others}"

    @property
    def text(self) -> str:
        """What is missing, in words; empty if nothing is."""
        return "，".join(one.text for one in self.missing)


def incomplete_counts(register: Register, day: datetime.date | None = None) -> dict[str, int]:
    """How many grids lack somebody of 1 + 2, at or below each area, by its code; areas without any are left out."""
    counts: Counter[str] = Counter()
    for (code,) in register.each(incomplete_grids(day or datetime.date.today())):
        for length in CODE_LENGTHS.values():
            counts[code[:length]] += 1
    return dict(counts)


def incomplete_grids(day: datetime.date) -> peewee.Select:
    """The query for the codes of the grids that lack somebody of 1 + 2, over the services of one index."""
    roles = [role.key for role in (*WORKERS, *OFFICIALS)]
    there = (Service.area == Area.uid) & Service.role.in_(roles) & Service.holds(day) & ~presence.is_away(day)
    return (
        Area.select(Area.code)
        .join(Service, JOIN.LEFT_OUTER, on=there)
        .where(Area.level == int(Level.GRID))
        .group_by(Area.uid, Area.code)
        .having((_people(WORKERS) < WANTED[1]) | (_people(OFFICIALS) < WANTED[2]))
    )


def teams(register: Register, code: str, day: datetime.date | None = None) -> list[GridTeam]:
    """How the team of each grid of an area stands, in the order of their codes."""
    on = day or datetime.date.today()
    grid = tree.within(code) & (Area.level == int(Level.GRID))
    names = register.all(Area.select(Area.uid, Area.code, Area.name).where(grid).order_by(Area.code).tuples())
    away = presence.absent(register, code, on)
    serving: dict[Uid, dict[str, list[tuple[Uid, str]]]] = {}
    query = (
        Service.select(Service.area, Service.role, Service.member, Member.name)
        .join(Area, on=(Area.uid == Service.area))
        .switch(Service)
        .join(Member, on=(Member.uid == Service.member))
        .where(grid & Service.serves(on))
        .order_by(Service.uid)
    )
    for area, role, member, name in register.each(query):
        serving.setdefault(bytes(area), {}).setdefault(role, []).append((bytes(member), name))
    return [_team(uid, place, name, serving.get(bytes(uid), {}), away) for uid, place, name in names]


def _team(
    uid: Uid, code: str, name: str, serving: dict[str, list[tuple[Uid, str]]], away: dict[Uid, tuple[Away, ...]]
) -> GridTeam:
    there: dict[int, set[Uid]] = {0: set(), 1: set(), 2: set()}
    filled: set[str] = set()
    for key, people in serving.items():
        present = {member for member, _name in people if member not in away}
        if present and key in _PARTS:
            there[_PARTS[key]] |= present
            filled.add(key)
    missing = []
    for part, roles in ((1, WORKERS), (2, OFFICIALS)):
        free = [role for role in roles if role.key not in filled] or list(roles)
        for role in free[: max(0, WANTED[part] - len(there[part]))]:
            gone = tuple((who, away[member][0]) for member, who in serving.get(role.key, ()) if member in away)
            missing.append(Missing(role, gone))
    return GridTeam(bytes(uid), code, name, len(there[1]), len(there[2]), len(there[0]), tuple(missing))


def role_counts(register: Register, code: str, day: datetime.date | None = None) -> dict[str, int]:
    """How many people are there in each role in an area and below, by the key of the role."""
    on = day or datetime.date.today()
    query = (
        Service.select(Service.role, fn.COUNT(Service.uid))
        .join(Area, on=(Area.uid == Service.area))
        .where(tree.within(code) & Service.serves(on) & ~presence.is_away(on))
        .group_by(Service.role)
    )
    found = dict(register.all(query.tuples()))
    return {role.key: found.get(role.key, 0) for role in TEAM_ROLES}


def _people(roles: tuple[Role, ...]) -> peewee.Function:
    """How many different people a group has in some roles."""
    return fn.COUNT(Case(None, [(Service.role.in_([role.key for role in roles]), Service.member)]).distinct())
