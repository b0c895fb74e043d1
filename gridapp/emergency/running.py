"""Which emergencies go on, where they hold, and what is stored of one."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import peewee
from peewee import fn

from gridapp.areas import tree
from gridapp.areas.model import CODE_LENGTHS, Area
from gridapp.emergency import plans
from gridapp.emergency.model import KIND_NAMES, Emergency
from gridapp.emergency.plans import Plan
from gridapp.errors import UserError
from gridapp.households.words import moment_text
from gridapp.ids import Uid
from gridapp.store.register import Register


@dataclass(frozen=True)
class Running:
    """An emergency, one that goes on or one that has ended.

    Attributes:
        report_at: until when each day is reported, ``17:00``.
        ended_at: None while it goes on.
    """

    uid: Uid
    area: Uid
    area_code: str
    area_name: str
    kind: str
    reason: str
    started_at: datetime.datetime
    report_at: str
    shift_hours: int
    ended_at: datetime.datetime | None
    summary: str
    actor: str

    @property
    def kind_name(self) -> str:
        return KIND_NAMES.get(self.kind, self.kind)

    @property
    def name(self) -> str:
        """``紫光苑社区防汛排涝``."""
        return f"{self.area_name}{self.kind_name}"

    @property
    def is_active(self) -> bool:
        return self.ended_at is None

    def told(self, now: datetime.datetime) -> str:
        """``紫光苑社区防汛排涝，02:00 启动``."""
        return f"{self.name}，{moment_text(self.started_at, now)} 启动"

    def is_on(self, moment: datetime.datetime) -> bool:
        """Whether it goes on at a moment."""
        return self.started_at <= moment and (self.ended_at is None or moment < self.ended_at)

    def holds_for(self, code: str) -> bool:
        """Whether an area is its own or lies in it."""
        return code.startswith(self.area_code)


@dataclass(frozen=True)
class Holding:
    """The emergencies of an area: those that hold for it, and those of areas below it; the newest first."""

    over: tuple[Running, ...] = ()
    within: tuple[Running, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.over or self.within)

    @property
    def all(self) -> tuple[Running, ...]:
        return (*self.over, *self.within)


_COLUMNS = (
    *(Emergency.uid, Emergency.area, Area.code, Area.name, Emergency.kind, Emergency.reason, Emergency.started_at),
    *(Emergency.report_at, Emergency.shift_hours, Emergency.ended_at, Emergency.summary, Emergency.actor),
)


def active(register: Register) -> list[Running]:
    """All that go on, wherever, the newest first: one small index, so that it can be asked often."""
    return _read(register, Emergency.ended_at.is_null())


def over(register: Register, code: str) -> Holding:
    """Those that go on and hold for an area, being its own or of an area around it, and those below it."""
    found = active(register)
    holding = tuple(one for one in found if one.holds_for(code))
    below = tuple(one for one in found if one.area_code.startswith(code) and one.area_code != code)
    return Holding(holding, below)


def past(register: Register, code: str, limit: int | None = None) -> list[Running]:
    """Those that have ended of an area, of those below and of those around it, the latest first."""
    above = [code[:length] for length in CODE_LENGTHS.values() if length < len(code)]
    here = tree.within(code) | Area.code.in_(above) if above else tree.within(code)
    return _read(register, Emergency.ended_at.is_null(False) & here, limit)


def read(register: Register, emergency: Uid) -> Running:
    """One emergency.

    Raises:
        UserError: it has been taken back.
    """
    found = _read(register, Emergency.uid == emergency)
    if not found:
        raise UserError("这次应急响应已被撤销。")
    return found[0]


def plan_of(register: Register, emergency: Uid) -> Plan:
    """The plan as it stood when the emergency was called."""
    row = register.first(Emergency.select(Emergency.kind, Emergency.plan).where(Emergency.uid == emergency).tuples())
    if row is None:
        raise UserError("这次应急响应已被撤销。")
    return plans.read(*row)


def counting(register: Register, one: Running) -> list[Uid]:
    """The emergencies whose calls count for this one: of the same kind, around or within its area, at the same time."""
    around = [one.area_code[:length] for length in CODE_LENGTHS.values() if length <= len(one.area_code)]
    same = (Emergency.kind == one.kind) & (tree.within(one.area_code) | Area.code.in_(around))
    same &= Emergency.ended_at.is_null() | (Emergency.ended_at > one.started_at)
    if one.ended_at is not None:
        same &= Emergency.started_at < one.ended_at
    query = Emergency.select(Emergency.uid).join(Area, on=(Area.uid == Emergency.area)).where(same)
    return [bytes(uid) for (uid,) in register.all(query.order_by(Emergency.uid).tuples())]


def paused_areas() -> peewee.Select:
    """The query for the areas in which an emergency goes on; answered once a statement, and mostly empty."""
    around = Area.alias()
    begins = fn.SUBSTR(Area.code, 1, fn.LENGTH(around.code)) == around.code
    return (
        Area.select(Area.uid)
        .join(around, peewee.JOIN.INNER, on=begins)
        .join(Emergency, peewee.JOIN.INNER, on=((Emergency.area == around.uid) & Emergency.ended_at.is_null()))
    )


def paused_text(register: Register, code: str) -> str:
    """Why nobody is asked for routine visits in an area, or in a part of it; empty while nothing goes on."""
    holding = over(register, code)
    if holding.over:
        return f"{holding.over[0].name}应急响应期间，日常走访和联系提醒暂停"
    if holding.within:
        named = "、".join(dict.fromkeys(one.area_name for one in holding.within[:3]))
        more = "等" if len(holding.within) > 3 else ""
        return f"{named}{more}正在应急响应，那里的日常走访和联系提醒暂停"
    return ""


def _read(register: Register, condition: Any, limit: int | None = None) -> list[Running]:
    query = Emergency.select(*_COLUMNS).join(Area, on=(Area.uid == Emergency.area)).where(condition)
    query = query.order_by(Emergency.started_at.desc(), Emergency.uid.desc())
    rows: Sequence[Any] = register.all((query.limit(limit) if limit else query).tuples())
    return [Running(*row) for row in rows]
