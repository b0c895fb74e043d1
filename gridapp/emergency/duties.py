"""The rota of an emergency in the register: drawn up ahead, drawn anew, and changed by hand under the same rules."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gridapp.areas import tree
from gridapp.areas.model import Area, Level
from gridapp.emergency import rota, running
from gridapp.emergency.model import Duty, Emergency
from gridapp.emergency.people import People
from gridapp.emergency.plans import Plan
from gridapp.emergency.rota import Person, Span
from gridapp.emergency.running import Running
from gridapp.errors import UserError
from gridapp.ids import Uid, new_uid
from gridapp.progress import CancelToken, Progress, silent
from gridapp.store.changes import Recording
from gridapp.store.register import Register
from gridapp.teams.model import Absence, Member, Service

DAYS_AHEAD = 2
"""For how many days a rota is drawn up unless told."""

MOST_DAYS = 14
_CHUNK = 500
_COLUMNS = ("uid", "emergency", "area", "member", "starts_at", "ends_at")


@dataclass(frozen=True)
class Drawn:
    """How many shifts were manned, and the grids, by name, with how many shifts that nobody could be found for."""

    duties: int = 0
    unfilled: tuple[tuple[str, int], ...] = ()

    @property
    def told(self) -> str:
        """Which grids lack somebody; empty where none does."""
        if not self.unfilled:
            return ""
        named = "、".join(f"{name}{number}班" for name, number in self.unfilled[:5])
        more = f"等{len(self.unfilled)}个网格" if len(self.unfilled) > 5 else ""
        return f"人手不足，还没有排上人：{named}{more}"


@dataclass(frozen=True, slots=True)
class DutyRow:
    """Somebody on duty, as a rota shows it."""

    uid: Uid
    area: Uid
    area_code: str
    area_name: str
    member: Uid
    name: str
    phone: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime

    @property
    def span(self) -> Span:
        return Span(self.starts_at, self.ends_at)

    @property
    def time_text(self) -> str:
        """``7月20日 08:00–16:00``."""
        return f"{self.starts_at.month}月{self.starts_at.day}日 {self.span.clock_text}"


def draw_up(
    recording: Recording,
    one: Running,
    plan: Plan,
    since: datetime.datetime,
    until: datetime.datetime,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> Drawn:
    """Put duties for the shifts that begin between two moments into the register, grid by grid."""
    register = recording.register
    spans = rota.shifts(since, until, one.shift_hours)
    if not spans:
        return Drawn()
    people = People(register, one.area_code, spans[0].starts_at.date(), spans[-1].ends_at.date())
    busy = _busy(register, spans[0].starts_at, spans[-1].ends_at)
    served = _served(register, one.uid)
    grids = _grids(register, one.area_code)
    rows: list[tuple] = []
    unfilled: list[tuple[str, int]] = []
    for done, (area, code, name) in enumerate(grids):
        if cancel is not None:
            cancel.check()
        progress(done, len(grids), f"排班 {name}")
        there: dict[Uid, Person] = {}
        for who in people.of(code, plan.duty_roles):
            key = who.member
            there.setdefault(key, Person(key, who.away, tuple(busy.get(key, ())), served.get((area, key), 0)))
        found = rota.draw(list(there.values()), spans, [area], plan.seats)
        for turn in found.assignments:
            rows.append((new_uid(), one.uid, area, turn.person, turn.shift.starts_at, turn.shift.ends_at))
            busy.setdefault(turn.person, []).append(turn.shift)
        if found.unfilled:
            unfilled.append((name, sum(gap.missing for gap in found.unfilled)))
    recording.insert_many(Duty, _COLUMNS, rows, cancel)
    return Drawn(len(rows), tuple(unfilled))


def extend(
    register: Register,
    emergency: Uid,
    days: int = 1,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
    now: datetime.datetime | None = None,
) -> tuple[Drawn, str]:
    """Draw the rota up for further days, and return what came of it and what was done, in words.

    Raises:
        UserError: the emergency has ended, or the days are too many.
        Cancelled: the token was set; nothing has changed.
    """
    now = now or datetime.datetime.now()
    if not 1 <= days <= MOST_DAYS:
        raise UserError(f"值班表一次可以排1到{MOST_DAYS}天。")
    one, plan = _going_on(register, emergency)
    label = f"{one.kind_name}值班表续排{days}天"
    with register.recording(label) as recording:
        since = max(_last_end(register, emergency) or now, now)
        until = since + datetime.timedelta(days=days)
        return draw_up(recording, one, plan, since, until, progress, cancel), label


def redraw(
    register: Register,
    emergency: Uid,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
    now: datetime.datetime | None = None,
) -> tuple[Drawn, str]:
    """Draw the shifts that have not begun anew, as people are there now; those that have begun stay as they are.

    Raises:
        UserError: the emergency has ended, or nothing lies ahead.
        Cancelled: the token was set; nothing has changed.
    """
    now = now or datetime.datetime.now()
    one, plan = _going_on(register, emergency)
    label = f"重排{one.kind_name}值班表"
    with register.recording(label) as recording:
        ahead = (Duty.emergency == emergency) & (Duty.starts_at > now)
        first = register.first(Duty.select(Duty.starts_at).where(ahead).order_by(Duty.starts_at).tuples())
        last = _last_end(register, emergency)
        if first is None or last is None:
            raise UserError("值班表后面没有还没开始的班次，请先续排。")
        # A shift that nobody was found for has no duty: what is drawn begins where those on duty now end, and the
        # last end is asked before anything is dropped.
        since = min(first[0], _relieved_at(register, emergency, now) or now.replace(second=0, microsecond=0))
        drop(recording, ahead)
        return draw_up(recording, one, plan, since, last, progress, cancel), label


def drop(recording: Recording, condition: Any) -> int:
    """Delete duties, and say how many."""
    uids = [uid for (uid,) in recording.register.all(Duty.select(Duty.uid).where(condition).tuples())]
    for start in range(0, len(uids), _CHUNK):
        recording.delete_many(Duty, uids[start : start + _CHUNK])
    return len(uids)


def assign(
    register: Register, emergency: Uid, area: Uid, member: Uid, starts_at: datetime.datetime, ends_at: datetime.datetime
) -> tuple[Uid, str]:
    """Put somebody on duty by hand, and return the duty's uid and what was done, in words.

    Raises:
        UserError: the emergency has ended, the member is away, on duty elsewhere, or serves nowhere.
    """
    if ends_at <= starts_at:
        raise UserError("值班结束的时间应晚于开始的时间。")
    name = _name(register, member)
    label = f"安排{name}值班"
    with register.recording(label) as recording:
        _going_on(register, emergency)
        _refuse(register, member, name, Span(starts_at, ends_at), ())
        values = {"emergency": emergency, "area": area, "member": member}
        return recording.insert(Duty, **values, starts_at=starts_at, ends_at=ends_at), label


def replace(register: Register, duty: Uid, member: Uid) -> str:
    """Let somebody else do a duty, and return what was done, in words.

    Raises:
        UserError: that one is away, on duty elsewhere, serves nowhere, the duty is gone, or the emergency has ended.
    """
    row = _stored(register, duty)
    before, name = _name(register, row["member"]), _name(register, member)
    label = f"{before}的值班由{name}替"
    with register.recording(label) as recording:
        _going_on(register, row["emergency"])
        _refuse(register, member, name, _span(row), (duty,))
        recording.update(Duty, duty, {"member": member}, {"member": row["member"]})
    return label


def swap(register: Register, first: Uid, second: Uid) -> str:
    """Let two people do each other's duties, and return what was done, in words.

    Raises:
        UserError: one of them is away or on duty elsewhere at the other's time, a duty is gone, or the emergency has
            ended.
    """
    one, other = _stored(register, first), _stored(register, second)
    if one["member"] == other["member"]:
        raise UserError("这两班是同一个人，不用对调。")
    names = [_name(register, row["member"]) for row in (one, other)]
    label = f"{names[0]}与{names[1]}对调值班"
    with register.recording(label) as recording:
        _going_on(register, one["emergency"])
        for row, target, name in ((one, other, names[0]), (other, one, names[1])):
            _refuse(register, row["member"], name, _span(target), (first, second))
        recording.update(Duty, first, {"member": other["member"]}, {"member": one["member"]})
        recording.update(Duty, second, {"member": one["member"]}, {"member": other["member"]})
    return label


def remove(register: Register, duty: Uid) -> str:
    """Take a duty away, and return what was done, in words.

    Raises:
        UserError: it is gone, or the emergency has ended.
    """
    row = _stored(register, duty)
    label = f"取消{_name(register, row['member'])}的一班值班"
    with register.recording(label) as recording:
        _going_on(register, row["emergency"])
        recording.delete(Duty, duty)
    return label


def listing(
    register: Register,
    emergency: Uid,
    code: str,
    since: datetime.datetime | None = None,
    until: datetime.datetime | None = None,
) -> list[DutyRow]:
    """The duties of an emergency in an area and below, by time and area, of a time if one is told."""
    condition = (Duty.emergency == emergency) & tree.within(code)
    if since is not None:
        condition &= Duty.ends_at > since
    if until is not None:
        condition &= Duty.starts_at < until
    return _rows(register, condition)


def on_duty(register: Register, emergencies: Sequence[Uid], code: str, moment: datetime.datetime) -> list[DutyRow]:
    """Who is on duty at a moment in an area and below, in the order of areas."""
    now = (Duty.starts_at <= moment) & (Duty.ends_at > moment)
    found = _rows(register, Duty.emergency.in_(list(emergencies)) & now & tree.within(code))
    return sorted(found, key=lambda row: row.area_code)


def available(register: Register, emergency: Uid, code: str, span: Span, limit: int = 50) -> list[tuple[Uid, str, str]]:
    """Who may take a shift in a grid, as member, name and phone: its own team first, then that of its community."""
    one = running.read(register, emergency)
    people = People(register, one.area_code, span.starts_at.date(), span.ends_at.date())
    busy = _busy(register, span.starts_at, span.ends_at)
    plan = running.plan_of(register, emergency)
    community = code[:12]
    near = [code, *(grid for _uid, grid, _name in _grids(register, community) if grid != code)]
    found: dict[Uid, tuple[Uid, str, str]] = {}
    for grid in near:
        for who in people.of(grid, plan.duty_roles):
            if not any(span.overlaps(other) for other in (*who.away, *busy.get(who.member, ()))):
                found.setdefault(who.member, (who.member, who.name, who.phone))
    return list(found.values())[:limit]


def _rows(register: Register, condition: Any) -> list[DutyRow]:
    query = (
        Duty.select(
            *(Duty.uid, Area.uid, Area.code, Area.name, Member.uid, Member.name, Member.phone),
            *(Duty.starts_at, Duty.ends_at),
        )
        .join(Area, on=(Area.uid == Duty.area))
        .switch(Duty)
        .join(Member, on=(Member.uid == Duty.member))
        .where(condition)
        .order_by(Duty.starts_at, Area.code, Duty.uid)
    )
    return [DutyRow(*row) for row in register.all(query.tuples())]


def _going_on(register: Register, emergency: Uid) -> tuple[Running, Plan]:
    one = running.read(register, emergency)
    if not one.is_active:
        raise UserError(f"{one.name}应急响应已经结束，不能再改值班表。")
    return one, running.plan_of(register, emergency)


def _refuse(register: Register, member: Uid, name: str, span: Span, but: Sequence[Uid]) -> None:
    """Refuse what the rota itself would not do."""
    first, last = span.starts_at.date(), (span.ends_at - datetime.timedelta(minutes=1)).date()
    if not _serves(register, member, first, last):
        raise UserError(f"{name}那时不在服务队任职，不能值班。")
    away = Absence.select(Absence.since, Absence.until).where(
        (Absence.member == member) & Absence.overlaps(first, last)
    )
    found = register.first(away.tuples())
    if found is not None:
        until = f"至 {found[1].isoformat()}" if found[1] else "，返岗时间未定"
        raise UserError(f"{name}自 {found[0].isoformat()} 起不在岗{until}，不能值这一班。")
    same = (Duty.member == member) & (Duty.starts_at < span.ends_at) & (Duty.ends_at > span.starts_at)
    clash = register.first(
        Duty.select(Area.name, Duty.starts_at, Duty.ends_at)
        .join(Area, on=(Area.uid == Duty.area))
        .where(same & Duty.uid.not_in(list(but) or [b""]))
        .tuples()
    )
    if clash is not None:
        place, begins, ends = clash
        raise UserError(f"{name}在{place}已有 {begins:%m-%d %H:%M} 至 {ends:%m-%d %H:%M} 的班，不能同时值两处。")


def _serves(register: Register, member: Uid, first: datetime.date, last: datetime.date) -> bool:
    """Whether somebody serves on each of some days, be it by one service after the other."""
    query = Service.select(Service.since, Service.until)
    rows = register.all(query.where((Service.member == member) & Service.overlaps(first, last)).tuples())
    days = (first + datetime.timedelta(days=number) for number in range((last - first).days + 1))
    return all(any((not since or since <= day) and (not until or day < until) for since, until in rows) for day in days)


def _stored(register: Register, duty: Uid) -> dict[str, Any]:
    row: dict[str, Any] | None = register.first(Duty.select().where(Duty.uid == duty).dicts())
    if row is None:
        raise UserError("这一班已被取消，请重新查看值班表。")
    return row


def _span(row: dict[str, Any]) -> Span:
    return Span(row["starts_at"], row["ends_at"])


def _name(register: Register, member: Uid) -> str:
    name: str | None = register.value(Member.select(Member.name).where(Member.uid == member))
    if name is None:
        raise UserError("这位队员已被删除，请另选一位。")
    return name


def _grids(register: Register, code: str) -> list[tuple[Uid, str, str]]:
    grids = tree.within(code) & (Area.level == int(Level.GRID))
    query = Area.select(Area.uid, Area.code, Area.name).where(grids).order_by(Area.code)
    return [(bytes(uid), grid, name) for uid, grid, name in register.all(query.tuples())]


def _busy(register: Register, since: datetime.datetime, until: datetime.datetime) -> dict[Uid, list[Span]]:
    """What everybody has to do already in a time or right before and after it, in whatever emergency."""
    query = Duty.select(Duty.member, Duty.starts_at, Duty.ends_at).join(Emergency, on=(Emergency.uid == Duty.emergency))
    found: dict[Uid, list[Span]] = {}
    for member, begins, ends in register.each(query.where((Duty.starts_at <= until) & (Duty.ends_at >= since))):
        found.setdefault(bytes(member), []).append(Span(begins, ends))
    return found


def _served(register: Register, emergency: Uid) -> dict[tuple[Uid, Uid], int]:
    found: dict[tuple[Uid, Uid], int] = {}
    for area, member in register.each(Duty.select(Duty.area, Duty.member).where(Duty.emergency == emergency)):
        key = (bytes(area), bytes(member))
        found[key] = found.get(key, 0) + 1
    return found


def _last_end(register: Register, emergency: Uid) -> datetime.datetime | None:
    return _latest_end(register, Duty.emergency == emergency)


def _relieved_at(register: Register, emergency: Uid, now: datetime.datetime) -> datetime.datetime | None:
    """When the last of those who are on duty now goes home; None while nobody is."""
    return _latest_end(register, (Duty.emergency == emergency) & (Duty.starts_at <= now) & (Duty.ends_at > now))


def _latest_end(register: Register, condition: Any) -> datetime.datetime | None:
    row = register.first(Duty.select(Duty.ends_at).where(condition).order_by(Duty.ends_at.desc()).tuples())
    return row[0] if row else None
