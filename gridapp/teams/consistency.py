"""Whether services, absences and stand-ins agree: what ``check`` looks at beside the tables themselves."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from gridapp.areas.model import Area
from gridapp.ids import Uid
from gridapp.store.check import Fault
from gridapp.store.register import Register
from gridapp.teams.following import Span, days_of
from gridapp.teams.model import ROLE_BY_KEY, Absence, Member, Service

_TEAM = "team"


@dataclass(frozen=True)
class _Served:
    """One service: who, where, as what, when, and during whose absence."""

    member: Uid
    name: str
    area: Uid
    place: str
    role: str
    span: Span
    absence: Uid | None

    @property
    def what(self) -> tuple[Uid, Uid, str]:
        """Who does what where."""
        return self.member, self.area, self.role

    @property
    def told(self) -> str:
        """``王芳 在第三网格任网格员``."""
        role = ROLE_BY_KEY.get(self.role)
        return f"{self.name} 在{self.place}任{role.name if role else self.role}"


def faults(register: Register) -> Iterator[Fault]:
    """Everything in which services, absences and stand-ins disagree."""
    served = _services(register)
    yield from _doubled(served)
    yield from _absences(register)
    yield from _stand_ins(register, served)


def _doubled(served: list[_Served]) -> Iterator[Fault]:
    for _what, group in groupby(served, key=attrgetter("what")):
        spans: list[Span] = []
        for one in group:
            if one.role not in ROLE_BY_KEY:
                yield _fault(Service, f"{one.told}，没有这种职务")
            if one.span.is_empty:
                yield _fault(Service, f"{one.told}，结束不晚于开始")
            if any(not one.span.cut(other).is_empty for other in spans):
                yield _fault(Service, f"{one.told}，同一段时间登记了两次")
            spans.append(one.span)


def _absences(register: Register) -> Iterator[Fault]:
    query = (
        Absence.select(Absence.member, Member.name, Absence.since, Absence.until)
        .join(Member, on=(Member.uid == Absence.member))
        .order_by(Absence.member, Absence.since, Absence.uid)
    )
    for _member, group in groupby(register.each(query), key=lambda row: bytes(row[0])):
        before: Span | None = None
        for _uid, name, since, until in group:
            span = days_of(since, until)
            if span.is_empty:
                yield _fault(Absence, f"{name} 自 {since} 离岗，最后一天却更早")
            if before is not None and not before.cut(span).is_empty:
                yield _fault(Absence, f"{name} 自 {since} 的离岗与上一次重叠")
            before = span


def _stand_ins(register: Register, served: list[_Served]) -> Iterator[Fault]:
    columns = (Absence.uid, Absence.member, Absence.since, Absence.until)
    away = {bytes(uid): (bytes(who), days_of(*days)) for uid, who, *days in register.each(Absence.select(*columns))}
    spans: dict[tuple[Uid, Uid, str], list[Span]] = {}
    for one in served:
        spans.setdefault(one.what, []).append(one.span)
    for one in served:
        if one.absence is None:
            continue
        absent, span = away.get(one.absence, (b"", Span(None, None)))
        if absent == one.member:
            yield _fault(Service, f"{one.told}，替补的是自己")
        elif one.span.cut(span) != one.span:
            yield _fault(Service, f"{one.told}，替补的日期超出了离岗的日期")
        elif not any(one.span.cut(other) == one.span for other in spans.get((absent, one.area, one.role), ())):
            yield _fault(Service, f"{one.told}，所替补的人那时不任此职")


def _services(register: Register) -> list[_Served]:
    query = (
        Service.select(
            *(Service.member, Member.name, Service.area, Area.name),
            *(Service.role, Service.since, Service.until, Service.absence),
        )
        .join(Member, on=(Member.uid == Service.member))
        .switch(Service)
        .join(Area, on=(Area.uid == Service.area))
        .order_by(Service.member, Service.area, Service.role, Service.since, Service.uid)
    )
    return [
        _Served(bytes(member), name, bytes(area), place, role, Span(since, until), absence and bytes(absence))
        for member, name, area, place, role, since, until, absence in register.each(query)
    ]


def _fault(model: type[Service] | type[Absence], detail: str) -> Fault:
    return Fault(_TEAM, model.table(), detail)
