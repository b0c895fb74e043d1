"""Who serves an area, and whether the team is complete."""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from gridapp.areas.model import Area
from gridapp.ids import Uid
from gridapp.store.register import Register
from gridapp.teams import presence
from gridapp.teams.model import ROLE_BY_KEY, ROLES, Absence, Member, Role, Service
from gridapp.teams.presence import Away

_ORDER = {role.key: position for position, role in enumerate(ROLES)}


@dataclass(frozen=True)
class Serving:
    """One member of a team in one role.

    Attributes:
        away: why the member is not there, and until when; None for who is.
        stands_in_for: the name of the member whose work this one does meanwhile; empty for who serves for good.
        last_day: the last day of the service, if it is known.
    """

    role: Role
    name: str
    unit: str
    duty: str
    phone: str
    member: Uid = b""
    service: Uid = b""
    away: Away | None = None
    stands_in_for: str = ""
    last_day: datetime.date | None = None

    @property
    def is_present(self) -> bool:
        """Whether the member is there."""
        return self.away is None

    @property
    def state_text(self) -> str:
        """``本单位抽调，至 2026-03-09``, ``替补王芳，至 2026-03-09``; empty for who is there for good."""
        if self.away is not None:
            return self.away.text
        return f"替补{self.stands_in_for}，{presence.until_text(self.last_day)}" if self.stands_in_for else ""


def roster(register: Register, code: str, day: datetime.date | None = None) -> list[Serving]:
    """Those who serve in exactly this area on a day, today unless told, in the order of roles; none in reserve."""
    on = day or datetime.date.today()
    missing = Member.alias()
    query = (
        Service.select(
            *(Service.role, Member.name, Member.unit, Member.duty, Member.phone, Member.uid, Service.uid),
            *(missing.name, Service.until),
        )
        .join(Area, on=(Area.uid == Service.area))
        .switch(Service)
        .join(Member, on=(Member.uid == Service.member))
        .switch(Service)
        .left_outer_join(Absence, on=(Absence.uid == Service.absence))
        .left_outer_join(missing, on=(missing.uid == Absence.member))
        .where((Area.code == code) & Service.serves(on))
        .order_by(Service.uid)
    )
    rows = register.all(query.tuples())
    away = presence.absences_of(register, [row[5] for row in rows], on)
    found = [_serving(row, away.get(bytes(row[5]), (None,))[0]) for row in rows]
    return sorted(found, key=lambda one: _ORDER[one.role.key])


def _serving(row: tuple, away: Away | None) -> Serving:
    role, name, unit, duty, phone, member, service, missing, until = row
    last = until - datetime.timedelta(days=1) if until is not None else None
    return Serving(ROLE_BY_KEY[role], name, unit, duty, phone, member, service, away, missing or "", last)


def state_texts(team: Sequence[Serving]) -> list[str]:
    """How each of a team is there, in words: who is away, who stands in for whom; empty for who simply serves."""
    standing: dict[tuple[str, str], list[str]] = {}
    for one in team:
        if one.stands_in_for and one.is_present:
            standing.setdefault((one.stands_in_for, one.role.key), []).append(one.name)
    return [_state_text(one, standing.get((one.name, one.role.key), [])) for one in team]


def worker_text(team: Sequence[Serving]) -> str:
    """Who is the grid worker now: ``赵磊（替王芳）``, ``王芳（离岗）`` where nobody stands in; empty for nobody."""
    workers = [one for one in team if one.role.part == 1]
    there = next((one for one in workers if one.is_present), None)
    if there is not None:
        return f"{there.name}（替{there.stands_in_for}）" if there.stands_in_for else there.name
    return f"{workers[0].name}（离岗）" if workers else ""


def _state_text(one: Serving, standing: list[str]) -> str:
    if one.away is not None:
        names = "、".join(standing)
        return f"{one.state_text}，{f'由{names}代管' if names else '无人顶替'}"
    return one.state_text


def strength(team: Sequence[Serving]) -> str:
    """The team as ``1 + 2 + N`` with what it has there: ``1 + 2 + 6``."""
    parts = _present(team)
    return f"{parts[1]} + {parts[2]} + {parts[0]}"


def is_complete(team: Sequence[Serving]) -> bool:
    """Whether one grid worker and two officials are there."""
    parts = _present(team)
    return parts[1] >= 1 and parts[2] >= 2


def _present(team: Sequence[Serving]) -> Counter[int | None]:
    """How many are there of each place in 1 + 2 + N; who has several roles of one place is one person."""
    return Counter(part for part, _who in {(one.role.part, one.member or one.name) for one in team if one.is_present})
