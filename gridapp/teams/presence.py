"""Who of the teams is away, and who stands in meanwhile."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import peewee
from peewee import fn

from gridapp.areas import tree
from gridapp.areas.model import Area
from gridapp.ids import Uid
from gridapp.store.register import Register
from gridapp.teams.model import ROLE_BY_KEY, ROLES, Absence, Member, Role, Service

_ORDER = {role.key: position for position, role in enumerate(ROLES)}


@dataclass(frozen=True)
class Away:
    """A time in which a member is away; ``until`` is its last day, None while nobody knows."""

    uid: Uid
    member: Uid
    since: datetime.date
    until: datetime.date | None
    reason: str
    note: str

    def is_on(self, day: datetime.date) -> bool:
        """Whether it covers a day."""
        return self.since <= day and (self.until is None or day <= self.until)

    @property
    def text(self) -> str:
        """``本单位抽调，至 2026-03-01``, or that nobody knows."""
        return f"{self.reason or '离岗'}，{until_text(self.until)}"


@dataclass(frozen=True)
class StandIn:
    """Somebody who does an absent member's work in an area, in the same role.

    Attributes:
        until: the last day of it, None while nobody knows.
    """

    service: Uid
    absence: Uid
    absent: Uid
    absent_name: str
    role: Role
    area: Uid
    area_code: str
    area_name: str
    member: Uid
    name: str
    phone: str
    since: datetime.date
    until: datetime.date | None

    @property
    def text(self) -> str:
        """``由王芳代管，至 2026-03-01``."""
        return f"由{self.name}代管，{until_text(self.until)}"


def until_text(until: datetime.date | None) -> str:
    """``至 2026-03-01``, or that nobody knows."""
    return f"至 {until.isoformat()}" if until is not None else "何时返岗未定"


def absent(
    register: Register, code: str, since: datetime.date, until: datetime.date | None = None
) -> dict[Uid, tuple[Away, ...]]:
    """Who of those that serve in an area and below is away, and when, by member.

    Args:
        since: the first day that is asked for.
        until: the last one; the same day unless told.
    """
    last = until or since
    # Asked of the few who are away, one by one, rather than of all who serve.
    serving = (
        Service.select(Service.uid)
        .join(Area, on=(Area.uid == Service.area))
        .where((Service.member == Absence.member) & tree.within(code) & Service.overlaps(since, last))
    )
    return _away(register, Absence.overlaps(since, last) & fn.EXISTS(serving))


def absences_of(
    register: Register, members: Sequence[Uid], since: datetime.date, until: datetime.date | None = None
) -> dict[Uid, tuple[Away, ...]]:
    """When some members are away between two days, or on one."""
    if not members:
        return {}
    return _away(register, Absence.overlaps(since, until or since) & Absence.member.in_(list(members)))


def stand_ins(register: Register, code: str, day: datetime.date) -> dict[tuple[Uid, Uid], tuple[StandIn, ...]]:
    """Who stands in on a day in an area and below.

    Returns:
        By absent member and area; one who has several roles there may have several substitutes, in the order of roles.
    """
    return _standing_in(register, tree.within(code) & Service.holds(day) & Absence.covers(day))


def stand_ins_for(register: Register, members: Sequence[Uid], day: datetime.date) -> dict[Uid, tuple[StandIn, ...]]:
    """Who stands in for some members on a day, by member, wherever that is."""
    if not members:
        return {}
    found: dict[Uid, tuple[StandIn, ...]] = {}
    standing = _standing_in(register, Absence.member.in_(list(members)) & Service.holds(day))
    for (member, _area), those in standing.items():
        found[member] = (*found.get(member, ()), *those)
    return found


def stand_ins_of(register: Register, absence: Uid) -> tuple[StandIn, ...]:
    """Who stands in during an absence, on whichever of its days, by the first day."""
    found = _standing_in(register, Service.absence == absence)
    return tuple(sorted((one for those in found.values() for one in those), key=lambda one: one.since))


def is_away(day: datetime.date) -> peewee.Expression:
    """The condition that the member of a service is away on a day."""
    return Service.member.in_(Absence.select(Absence.member).where(Absence.covers(day)))


def _away(register: Register, condition: peewee.Expression) -> dict[Uid, tuple[Away, ...]]:
    columns = (Absence.uid, Absence.member, Absence.since, Absence.until, Absence.reason, Absence.note)
    found: dict[Uid, tuple[Away, ...]] = {}
    for row in register.all(Absence.select(*columns).where(condition).order_by(Absence.since, Absence.uid).tuples()):
        one = Away(*row)
        found[bytes(one.member)] = (*found.get(bytes(one.member), ()), one)
    return found


def _standing_in(register: Register, condition: peewee.Expression) -> dict[tuple[Uid, Uid], tuple[StandIn, ...]]:
    missing = Member.alias()
    query = (
        Service.select(
            *(Service.uid, Absence.uid, missing.uid, missing.name, Service.role, Area.uid, Area.code, Area.name),
            *(Member.uid, Member.name, Member.phone, Service.since, Service.until),
        )
        .join(Absence, on=(Absence.uid == Service.absence))
        .join(missing, on=(missing.uid == Absence.member))
        .switch(Service)
        .join(Area, on=(Area.uid == Service.area))
        .switch(Service)
        .join(Member, on=(Member.uid == Service.member))
        .where(Service.absence.is_null(False) & condition)
        .order_by(Area.code, Service.uid)
    )
    found: dict[tuple[Uid, Uid], tuple[StandIn, ...]] = {}
    for service, absence, missed, missed_name, role, *place, member, name, phone, since, until in sorted(
        register.all(query.tuples()), key=lambda row: _ORDER[row[4]]
    ):
        area, code, area_name = place
        last = until - datetime.timedelta(days=1) if until is not None else None
        what = (ROLE_BY_KEY[role], area, code, area_name)
        one = StandIn(service, absence, missed, missed_name, *what, member, name, phone, since, last)
        key = (bytes(missed), bytes(area))
        found[key] = (*found.get(key, ()), one)
    return found
