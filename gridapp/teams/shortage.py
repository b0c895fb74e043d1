"""The grids of an area whose teams lack somebody: what, why, since when, a line for each role that is missing."""

import datetime
from dataclasses import dataclass

from peewee import fn

from gridapp.areas import tree
from gridapp.areas.model import Area
from gridapp.ids import Uid
from gridapp.store.register import Register
from gridapp.teams.gaps import OFFICIALS, WORKERS, incomplete_counts, teams
from gridapp.teams.model import Role, Service
from gridapp.teams.presence import Away


@dataclass(frozen=True, slots=True)
class Shortage:
    """One role of 1 + 2 that nobody fills in a grid.

    Attributes:
        away: by name, who has it and is away; empty where nobody has it.
        since: from when on it is not filled, as far as that is known.
        others: how many of the N there are.
    """

    area: Uid
    area_code: str
    area_name: str
    role: Role
    away: tuple[tuple[str, Away], ...]
    since: datetime.date | None
    strength: str
    others: int

    @property
    def why(self) -> str:
        """``王芳 本单位抽调，至 2026-03-01``, or that nobody has the role."""
        return "；".join(f"{name} {away.text}" for name, away in self.away) or "无人任职"

    @property
    def absence(self) -> Uid | None:
        """The absence for which somebody is wanted to stand in; None where nobody has the role."""
        return self.away[0][1].uid if self.away else None


class Shortages:
    """What the grids of an area lack on a day, read once, in the order of their codes."""

    def __init__(self, register: Register, code: str, day: datetime.date) -> None:
        """Make it; nothing is read yet."""
        self._register, self.code, self.day = register, code, day
        self.grids, self.incomplete = 0, 0
        self._rows: list[Shortage] | None = None

    def prepare(self) -> None:
        """Read it now."""
        assert self.rows is not None

    @property
    def rows(self) -> list[Shortage]:
        """All of them."""
        if self._rows is None:
            self._rows = self._read()
        return self._rows

    def _read(self) -> list[Shortage]:
        all_teams = teams(self._register, self.code, self.day)
        lacking = [one for one in all_teams if not one.is_complete]
        self.grids, self.incomplete = len(all_teams), len(lacking)
        ended = self._ended() if lacking else {}
        found = []
        for team in lacking:
            for one in team.missing:
                left = ended.get((team.uid, one.role.key))
                since = min((away.since for _name, away in one.away), default=left)
                where = (team.uid, team.code, team.name, one.role, one.away, since)
                found.append(Shortage(*where, team.strength, team.others))
        return found

    def _ended(self) -> dict[tuple[Uid, str], datetime.date]:
        """From which day on nobody has had a role in a grid any more, where somebody has had it."""
        roles = [role.key for role in (*WORKERS, *OFFICIALS)]
        query = (
            Service.select(Service.area, Service.role, fn.MAX(Service.until))
            .join(Area, on=(Area.uid == Service.area))
            .where(tree.within(self.code) & Service.role.in_(roles) & (Service.until <= self.day))
            .group_by(Service.area, Service.role)
        )
        return {(bytes(area), role): _as_day(day) for area, role, day in self._register.all(query.tuples())}


def incomplete_where_teams_are(register: Register, day: datetime.date | None = None) -> dict[str, int]:
    """How many grids lack somebody at or below each area (see ``gaps.incomplete_counts``).

    None does as long as nobody serves anywhere: a register that is kept without teams lacks nothing.
    """
    if register.first(Service.select(Service.uid).limit(1).tuples()) is None:
        return {}
    return incomplete_counts(register, day)


def _as_day(value: datetime.date | str) -> datetime.date:
    # A day that an aggregate answers is text where the database knows no days.
    return datetime.date.fromisoformat(value) if isinstance(value, str) else value
