"""Whether services, absences and stand-ins agree: what ``check`` looks at beside the tables themselves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from operator import attrgetter

from gridapp.areas.model import Area
from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.store.changes import Recording
from gridapp.store.check import Fault
from gridapp.store.log import DELETED, Change
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
    served = _services(register, None)
    yield from _doubled(served)
    yield from _absences(register, None)
    yield from _stand_ins(register, served, None)


def refuse(recording: Recording) -> None:
    """Refuse what a recording has done to services and absences where it contradicts what others have done since.

    Raises:
        UserError: it does.
    """
    register = recording.register
    members = _touched(recording)
    absent, by = Absence.select(Absence.member), Service.select(Service.member)
    here = Service.select(Service.absence).where(Service.member.in_(members) & Service.absence.is_null(False))
    theirs = by.where(Service.absence.in_(Absence.select(Absence.uid).where(Absence.member.in_(members))))
    around = {bytes(one) for query in (absent.where(Absence.uid.in_(here)), theirs) for (one,) in register.each(query)}
    served = _services(register, [*members, *around])
    own = [one for one in served if one.member in members]
    found = next(chain(_doubled(own), _absences(register, members), _stand_ins(register, served, members)), None)
    if found is not None:
        raise UserError(f"后来的改动以它为准，不能撤销（{found.detail}）。请先撤销或修改后来的改动。")


def _touched(recording: Recording) -> list[Uid]:
    """The members whose services or absences a recording has written or deleted."""
    found: set[Uid] = set()
    for model in (Service, Absence):
        mine = (Change.batch == recording.batch) & (Change.record_table == model.table())
        written = model.select(model.fields()["member"]).where(model.uid.in_(Change.select(Change.record).where(mine)))
        found |= {bytes(member) for (member,) in recording.register.each(written)}
        deleted = Change.select(Change.old).where(mine & (Change.kind == DELETED))
        found |= {model.load(old)["member"] for (old,) in recording.register.each(deleted)}
    return sorted(found)


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


def _absences(register: Register, members: Sequence[Uid] | None) -> Iterator[Fault]:
    query = (
        Absence.select(Absence.member, Member.name, Absence.since, Absence.until)
        .join(Member, on=(Member.uid == Absence.member))
        .order_by(Absence.member, Absence.since, Absence.uid)
    )
    query = query if members is None else query.where(Absence.member.in_(members))
    for _member, group in groupby(register.each(query), key=lambda row: bytes(row[0])):
        before: Span | None = None
        for _uid, name, since, until in group:
            span = days_of(since, until)
            if span.is_empty:
                yield _fault(Absence, f"{name} 自 {since} 离岗，最后一天却更早")
            if before is not None and not before.cut(span).is_empty:
                yield _fault(Absence, f"{name} 自 {since} 的离岗与上一次重叠")
            before = span


def _stand_ins(register: Register, served: list[_Served], members: Sequence[Uid] | None) -> Iterator[Fault]:
    columns = (Absence.uid, Absence.member, Absence.since, Absence.until)
    away = {bytes(uid): (bytes(who), days_of(*days)) for uid, who, *days in register.each(Absence.select(*columns))}
    spans: dict[tuple[Uid, Uid, str], list[Span]] = {}
    for one in served:
        spans.setdefault(one.what, []).append(one.span)
    for one in served:
        if one.absence is None:
            continue
        absent, span = away.get(one.absence, (b"", Span(None, None)))
        if members is not None and one.member not in members and absent not in members:
            continue
        if absent == one.member:
            yield _fault(Service, f"{one.told}，替补的是自己")
        elif one.span.cut(span) != one.span:
            yield _fault(Service, f"{one.told}，替补的日期超出了离岗的日期")
        elif not any(one.span.cut(other) == one.span for other in spans.get((absent, one.area, one.role), ())):
            yield _fault(Service, f"{one.told}，所替补的人那时不任此职")


def _services(register: Register, members: Sequence[Uid] | None) -> list[_Served]:
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
    query = query if members is None else query.where(Service.member.in_(members))
    return [
        _Served(bytes(member), name, bytes(area), place, role, Span(since, until), absence and bytes(absence))
        for member, name, area, place, role, since, until, absence in register.each(query)
    ]


def _fault(model: type[Service] | type[Absence], detail: str) -> Fault:
    return Fault(_TEAM, model.table(), detail)
