"""Who of the teams is there during an emergency: those who serve on its days, and when each of them is away."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gridapp.areas import tree
from gridapp.areas.model import CODE_LENGTHS, Area
from gridapp.emergency.rota import Span
from gridapp.ids import Uid
from gridapp.store.register import Register
from gridapp.teams.model import ROLES, Absence, Member, Service

_ORDER = {role.key: position for position, role in enumerate(ROLES)}
_LATEST = datetime.datetime(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Serving:
    """One service of a member.

    Attributes:
        is_substitute: whether the member stands in for somebody who is away.
        away: when the member is away, or does not serve yet or any more.
    """

    member: Uid
    name: str
    phone: str
    role: str
    area_code: str
    is_substitute: bool
    away: tuple[Span, ...]

    def is_there(self, moment: datetime.datetime) -> bool:
        return not any(span.starts_at <= moment < span.ends_at for span in self.away)


class People:
    """Those who serve in an area, below it and around it, between two days."""

    def __init__(self, register: Register, code: str, since: datetime.date, until: datetime.date) -> None:
        """Read them, in two statements however large the area."""
        away = _absences(register, since, until)
        above = [code[:length] for length in CODE_LENGTHS.values() if length < len(code)]
        here = tree.within(code) | Area.code.in_(above) if above else tree.within(code)
        query = (
            Service.select(
                *(Service.member, Member.name, Member.phone, Service.role, Area.code),
                *(Service.absence, Service.since, Service.until),
            )
            .join(Area, on=(Area.uid == Service.area))
            .switch(Service)
            .join(Member, on=(Member.uid == Service.member))
            .where(here & Service.overlaps(since, until))
            .order_by(Service.uid)
        )
        self._by_area: dict[str, list[Serving]] = {}
        for member, name, phone, role, area, absence, begins, ends in register.each(query):
            spans = (*away.get(bytes(member), ()), *_outside(begins, ends))
            one = Serving(bytes(member), name, phone, role, area, absence is not None, spans)
            self._by_area.setdefault(area, []).append(one)

    def of(self, code: str, roles: Sequence[str]) -> list[Serving]:
        """Those who serve in just this area with one of some roles, in the order of roles; each once."""
        found = sorted(self._by_area.get(code, ()), key=lambda one: _ORDER[one.role])
        return [one for one in found if one.role in roles]

    def everyone(self) -> list[Serving]:
        """All of them, each member once, in the order of areas."""
        found: dict[Uid, Serving] = {}
        for code in sorted(self._by_area):
            for one in sorted(self._by_area[code], key=lambda one: _ORDER[one.role]):
                found.setdefault(one.member, one)
        return list(found.values())

    def who(self, code: str, role: str, moment: datetime.datetime) -> list[Serving]:
        """Those of a role who are there at a moment: in the area, or else in the nearest around it that has any."""
        for length in sorted(CODE_LENGTHS.values(), reverse=True):
            if length <= len(code):
                there = [one for one in self.of(code[:length], [role]) if one.is_there(moment)]
                if there:
                    return there
        return []


def _absences(register: Register, since: datetime.date, until: datetime.date) -> dict[Uid, list[Span]]:
    query = Absence.select(Absence.member, Absence.since, Absence.until).where(Absence.overlaps(since, until))
    found: dict[Uid, list[Span]] = {}
    for member, first, last in register.each(query.order_by(Absence.since)):
        found.setdefault(bytes(member), []).append(Span(_morning(first), _night(last)))
    return found


def _outside(begins: datetime.date | None, ends: datetime.date | None) -> Iterator[Span]:
    if begins is not None:
        yield Span(datetime.datetime.min, _morning(begins))
    if ends is not None:
        yield Span(_morning(ends), _LATEST)


def _morning(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time())


def _night(last: datetime.date | None) -> datetime.datetime:
    return _LATEST if last is None else _morning(last) + datetime.timedelta(days=1)
