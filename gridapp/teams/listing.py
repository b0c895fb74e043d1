"""The people of an area and below: who serves, is away, in reserve, or did so; read at once, shown by the page."""

import datetime
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple

import peewee

from gridapp.areas import tree
from gridapp.areas.model import Area
from gridapp.households import pinyin
from gridapp.ids import Uid
from gridapp.store.register import Register
from gridapp.teams import presence
from gridapp.teams.model import RESERVE, ROLE_BY_KEY, ROLES, Absence, Member, Role, Service
from gridapp.teams.presence import Away, StandIn

_ORDER = {role.key: position for position, role in enumerate(ROLES)}


class State(StrEnum):
    """How a service stands on a day."""

    PRESENT = "present"
    AWAY = "away"
    RESERVE = "reserve"
    AHEAD = "ahead"
    ENDED = "ended"


STATE_NAMES = {
    State.PRESENT: "在岗",
    State.AWAY: "离岗",
    State.RESERVE: "后备",
    State.AHEAD: "即将任职",
    State.ENDED: "已结束",
}
NOW = frozenset({State.PRESENT, State.AWAY})


class Order(StrEnum):
    """By what a list is sorted."""

    AREA = "area"
    NAME = "name"
    ROLE = "role"
    UNIT = "unit"
    SINCE = "since"


@dataclass(frozen=True)
class PeopleFilter:
    """Which services of an area and below are wanted.

    Attributes:
        states: those that are wanted; all for an empty set.
        role: the key of a role; every role for an empty one.
        unit: the unit as it is written; every unit for an empty one.
        text: words, each of which is part of the name, its initials, the phone, unit, branch, skills or area.
    """

    area_code: str
    states: frozenset[State] = NOW
    role: str = ""
    unit: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One service as a list shows it.

    Attributes:
        until: the first day on which it holds no longer.
        away: the absence that makes the member be away on the day of the list.
        stands_in_for: whose work this one does meanwhile; empty for who serves for good.
        stand_ins: who stands in for this one here.
    """

    service: Uid
    member: Uid
    name: str
    phone: str
    unit: str
    duty: str
    party_branch: str
    skills: str
    role: Role
    area: Uid
    area_code: str
    area_name: str
    since: datetime.date | None
    until: datetime.date | None
    state: State
    away: Away | None = None
    stands_in_for: str = ""
    stand_ins: tuple[StandIn, ...] = ()

    @property
    def state_text(self) -> str:
        """``在岗``; ``替补王芳，至 2026-03-09``; ``本单位抽调，至 2026-03-09，由赵磊代管``."""
        if self.away is not None:
            names = "、".join(one.name for one in self.stand_ins)
            return f"{self.away.text}，{f'由{names}代管' if names else '无人顶替'}"
        told = presence.until_text(self.last_day) if self.state is State.PRESENT else STATE_NAMES[self.state]
        return f"替补{self.stands_in_for}，{told}" if self.stands_in_for else STATE_NAMES[self.state]

    @property
    def last_day(self) -> datetime.date | None:
        """The last day of the service, if it is known."""
        return self.until - datetime.timedelta(days=1) if self.until is not None else None


class _Key(NamedTuple):
    """What is needed of every service to choose and sort it."""

    uid: Uid
    role: str
    since: datetime.date | None
    code: str
    place: str
    name: str
    unit: str
    phone: str
    branch: str
    skills: str
    state: State

    @property
    def words(self) -> str:
        """Everything a typed word may be part of."""
        return "\n".join((self.name, self.unit, self.phone, self.branch, self.skills, self.place)).lower()


class Listing:
    """The services that a filter leaves on a day."""

    def __init__(
        self,
        register: Register,
        chosen: PeopleFilter,
        day: datetime.date,
        order: Order = Order.AREA,
        descending: bool = False,
    ) -> None:
        """Make it; nothing is read yet."""
        self._register = register
        self.filter = chosen
        self.day = day
        self.order = order
        self.descending = descending

    def prepare(self) -> None:
        """Read what may take long now, so that everything asked later is answered at once."""
        assert self.count >= 0

    @property
    def count(self) -> int:
        """How many services it holds."""
        return len(self._chosen)

    @cached_property
    def counts(self) -> dict[State, int]:
        """How many there are in each state, whichever states are shown."""
        found = Counter(key.state for key in self._all)
        return {state: found[state] for state in State}

    @cached_property
    def units(self) -> list[str]:
        """The units of those in the area, whichever are shown, in the order of their names."""
        query = _joined(Member.unit).where(tree.within(self.filter.area_code) & (Member.unit != "")).distinct()
        return sorted((unit for (unit,) in self._register.all(query.tuples())), key=_sound)

    def uids_at(self, offset: int, limit: int) -> list[Uid]:
        """The uids of at most ``limit`` services from position ``offset`` on."""
        return self._chosen[offset : offset + limit]

    def position_of(self, service: Uid) -> int | None:
        """Where a service stands; None if it is not among them."""
        return self._chosen.index(service) if service in self._chosen else None

    def page(self, offset: int, limit: int) -> list[PersonRow]:
        """At most ``limit`` rows from position ``offset`` on; those deleted meanwhile are left out."""
        return rows(self._register, self._chosen[offset : offset + limit], self.day)

    @cached_property
    def _chosen(self) -> list[Uid]:
        states = self.filter.states
        kept = [key for key in self._all if not states or key.state in states]
        kept.sort(key=_SORTED[self.order], reverse=self.descending)
        return [key.uid for key in kept]

    @cached_property
    def _all(self) -> list[_Key]:
        """Everything but the states of the filter applied, in the order of areas and roles."""
        chosen = self.filter
        query = _joined(
            *(Service.uid, Service.member, Service.until, Service.role, Service.since, Area.code, Area.name),
            *(Member.name, Member.unit, Member.phone, Member.party_branch, Member.skills),
        ).where(tree.within(chosen.area_code))
        if chosen.role:
            query = query.where(Service.role == chosen.role)
        if chosen.unit:
            query = query.where(Member.unit == chosen.unit)
        away = _away(self._register, self.day)
        found = []
        for uid, member, until, *told in self._register.each(query):
            role, since = told[0], told[1]
            state = _state(role, since, until, bytes(member) in away, self.day)
            found.append(_Key._make((bytes(uid), *told, state)))
        words = chosen.text.lower().split()
        found = [key for key in found if all(_has(key, word) for word in words)] if words else found
        return sorted(found, key=_SORTED[Order.AREA])


def rows(register: Register, services: list[Uid], day: datetime.date) -> list[PersonRow]:
    """Some services as a list shows them, in the order given; those deleted are left out."""
    absent = Member.alias()
    query = (
        _joined(
            *(Service.uid, Member.uid, Member.name, Member.phone, Member.unit, Member.duty, Member.party_branch),
            *(Member.skills, Service.role, Area.uid, Area.code, Area.name, Service.since, Service.until, absent.name),
        )
        .switch(Service)
        .join(Absence, peewee.JOIN.LEFT_OUTER, on=(Absence.uid == Service.absence))
        .join(absent, peewee.JOIN.LEFT_OUTER, on=(absent.uid == Absence.member))
        .where(Service.uid.in_(services))
    )
    stored = register.all(query.tuples())
    members = [row[1] for row in stored]
    away = presence.absences_of(register, members, day)
    standing = presence.stand_ins_for(register, list(away), day)
    found = {}
    for *told, role, area, code, place, since, until, stands_in_for in stored:
        uid, member = bytes(told[0]), bytes(told[1])
        state = _state(role, since, until, member in away, day)
        now = away[member][0] if state is State.AWAY else None
        here = [one for one in standing.get(member, ()) if (one.area_code, one.role.key) == (code, role)]
        where = (ROLE_BY_KEY[role], area, code, place, since, until)
        found[uid] = PersonRow(*(*told, *where, state, now, stands_in_for or "", tuple(here if now else ())))
    return [found[uid] for uid in services if uid in found]


def _state(
    role: str, since: datetime.date | None, until: datetime.date | None, is_away: bool, day: datetime.date
) -> State:
    if until is not None and until <= day:
        return State.ENDED
    if since is not None and since > day:
        return State.AHEAD
    if role == RESERVE.key:
        return State.RESERVE
    return State.AWAY if is_away else State.PRESENT


def _away(register: Register, day: datetime.date) -> set[Uid]:
    query = Absence.select(Absence.member).where(Absence.covers(day))
    return {bytes(member) for (member,) in register.all(query.tuples())}


def _has(key: _Key, word: str) -> bool:
    return word in key.words or (word.isascii() and word.isalpha() and word in pinyin.initials(key.name))


def _sound(text: str) -> str:
    return pinyin.full(text)


def _by_area(key: _Key) -> Any:
    return key.code, _ORDER[key.role], key.uid


_SORTED: dict[Order, Callable[[_Key], Any]] = {
    Order.AREA: _by_area,
    Order.NAME: lambda key: (_sound(key.name), key.name, *_by_area(key)),
    Order.ROLE: lambda key: (_ORDER[key.role], *_by_area(key)),
    Order.UNIT: lambda key: (not key.unit, _sound(key.unit), *_by_area(key)),
    Order.SINCE: lambda key: (key.since or datetime.date.min, *_by_area(key)),
}


def _joined(*columns: Any) -> Any:
    return (
        Service.select(*columns)
        .join(Area, on=(Area.uid == Service.area))
        .switch(Service)
        .join(Member, on=(Member.uid == Service.member))
    )
