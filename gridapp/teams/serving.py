"""Who serves where: services begun and ended, moves, changes of role, the leader of a community, reserves.

Each is a recording of its own and returns in words what was done. What was stays on record: a service ends, and another
begins. ``on`` is the first day of the new state, so a service that ends on a day holds on that day no longer.
"""

import datetime
from typing import Any

from gridapp.areas.model import LEVEL_NAMES, Area, Level
from gridapp.days import EARLIEST
from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.store.changes import Recording
from gridapp.store.register import Register
from gridapp.teams import following
from gridapp.teams.editing import name_of
from gridapp.teams.model import RESERVE, ROLE_BY_KEY, Role, Service

_LATEST_YEARS = 10
_LEADER = ROLE_BY_KEY["grid_leader"]
_GONE = "这条任职已被删除或撤销，请重新查看。"


def begin(
    register: Register,
    member: Uid,
    area: Uid,
    role: str,
    since: datetime.date | None = None,
    until: datetime.date | None = None,
) -> tuple[Uid, str]:
    """Let a member serve in an area, and return the uid of the service and what was done, in words.

    Args:
        since: the first day; today unless told.
        until: the day from which it holds no longer.

    Raises:
        UserError: the days cannot be, or the member has the same role there at the same time.
    """
    first = since or datetime.date.today()
    place, what = _area(register, area), _role(role)
    if what is _LEADER and place.level < Level.COMMUNITY:
        raise UserError("网格长在社区或网格任职，请选一个社区或网格。")
    name = name_of(register, member)
    label = f"登记{name}为{place.name}{what.name}"
    with register.recording(label) as recording:
        return add(recording, name, member, place, what, first, until), label


def end(register: Register, service: Uid, on: datetime.date | None = None) -> str:
    """Let a service end on a day, today unless told, with whoever stands in for it, and say so in words.

    One that would end on its first day is deleted: it never was.

    Raises:
        UserError: it has ended already, begins later, or has been deleted.
    """
    day = on or datetime.date.today()
    row = _stored(register, service)
    name, place, what = _told(register, row)
    label = f"结束{name}在{place.name}的{what.name}{'' if what is RESERVE else '任职'}"
    with register.recording(label) as recording:
        finish(recording, _stored(register, service), day, name)
    return label


def move(
    register: Register, service: Uid, area: Uid, on: datetime.date | None = None, role: str = ""
) -> tuple[Uid, str]:
    """Let a member serve in another area from a day on, today unless told, and no longer in this one.

    Args:
        role: the key of the role there; the same unless told.

    Returns:
        The uid of the new service and what was done, in words.

    Raises:
        UserError: it is the same place and role, the days cannot be, or the service has ended.
    """
    day = on or datetime.date.today()
    row = _stored(register, service)
    name, place, what = _told(register, row)
    target, wanted = _area(register, area), _role(role or row["role"])
    if target.uid == place.uid and wanted is what:
        raise UserError(f"{name}已在{place.name}任{what.name}，没有变动。")
    if row["absence"] is not None:
        raise UserError(f"{name}在{place.name}是替补，不能调动；请结束替补后另行登记。")
    if target.uid == place.uid:
        label = f"{name}在{place.name}由{what.name}改任{wanted.name}"
    else:
        label = f"{name}由{place.name}{what.name}调任{target.name}{wanted.name}"
    with register.recording(label) as recording:
        row = _stored(register, service)
        last = row["until"]
        finish(recording, row, day, name)
        return add(recording, name, bytes(row["member"]), target, wanted, day, last), label


def change_role(register: Register, service: Uid, role: str, on: datetime.date | None = None) -> tuple[Uid, str]:
    """Let a member have another role in the same area from a day on (see ``move``)."""
    return move(register, service, _stored(register, service)["area"], on, role)


def change_days(register: Register, service: Uid, since: datetime.date | None, until: datetime.date | None) -> str:
    """Correct from when until when a service holds or held, and say so in words.

    Raises:
        UserError: the days cannot be, or would overlap another service of the same role there.
    """
    row = _stored(register, service)
    name, place, what = _told(register, row)
    label = f"修改{name}任{place.name}{what.name}的起止日期"
    with register.recording(label) as recording:
        row = _stored(register, service)
        if row["absence"] is not None:
            raise UserError(f"{name}在{place.name}是替补，起止日期随离岗记录，请修改离岗记录。")
        _refuse_days(since, until)
        _refuse_double(recording, name, bytes(row["member"]), place, what, since, until, besides=service)
        recording.update(Service, service, {"since": since, "until": until})
        following.settle(recording, bytes(row["member"]))
    return label


def set_leader(register: Register, community: Uid, member: Uid, on: datetime.date | None = None) -> tuple[Uid, str]:
    """Make a member the grid leader of a community from a day on, today unless told, in place of whoever it was.

    Raises:
        UserError: it is no community, or the member leads it already.
    """
    day = on or datetime.date.today()
    place, name = _area(register, community), name_of(register, member)
    if place.level != Level.COMMUNITY:
        raise UserError(f"“{place.name}”是{LEVEL_NAMES[Level(place.level)]}，网格长按社区确定，请选一个社区。")
    label = f"{name}任{place.name}网格长"
    with register.recording(label) as recording:
        leading = (Service.area == community) & (Service.role == _LEADER.key) & Service.absence.is_null()
        ahead = Service.until.is_null() | (Service.until > day)
        rows = register.all(Service.select().where(leading & ahead).order_by(Service.uid).dicts())
        if any(bytes(row["member"]) == bytes(member) and _span(row).cut(_day(day)) == _day(day) for row in rows):
            raise UserError(f"{name}已是{place.name}的网格长。")
        for row in rows:
            if row["since"] is not None and row["since"] >= day:  # was to become it later
                following.remove(recording, row["uid"])
            else:
                finish(recording, row, day, name)
        return add(recording, name, member, place, _LEADER, day, None), label


def add_reserve(register: Register, member: Uid, area: Uid, since: datetime.date | None = None) -> tuple[Uid, str]:
    """Put a member in reserve of an area (see ``begin``)."""
    return begin(register, member, area, RESERVE.key, since)


# What recordings of other kinds are made of


def add(
    recording: Recording,
    name: str,
    member: Uid,
    area: Area,
    role: Role,
    since: datetime.date | None,
    until: datetime.date | None,
    absence: Uid | None = None,
) -> Uid:
    """Begin a service within a recording and return its uid.

    Raises:
        UserError: the days cannot be, or the member has the same role there at the same time.
    """
    _refuse_days(since, until)
    _refuse_double(recording, name, member, area, role, since, until)
    values = {"area": area.uid, "role": role.key, "since": since, "until": until, "absence": absence}
    return recording.insert(Service, member=member, **values)


def hand_over(recording: Recording, area: Uid, other: Uid) -> None:
    """Join what members do in two areas that become one, where it is the same at the same time.

    What is left in the first area is handed over as it is by whoever merges them.
    """
    for row in recording.register.all(Service.select().where(Service.area == area).order_by(Service.uid).dicts()):
        alike = (Service.member == row["member"]) & (Service.area == other) & (Service.role == row["role"])
        found = recording.register.all(Service.select().where(alike).order_by(Service.uid).dicts())
        same = [one for one in found if not _span(one).cut(_span(row)).is_empty]
        if not same:
            continue
        if row["absence"] is not None:  # who serves there anyway, or stands in there, does so once
            recording.delete(Service, row["uid"])
            continue
        for one in same:
            row |= _joined(row, one)
            recording.delete(Service, one["uid"])
        recording.update(Service, row["uid"], {"since": row["since"], "until": row["until"]})


def _joined(row: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """The days of two services; of one that only stands in, none are added."""
    if other["absence"] is not None:
        return {}
    since = None if None in (row["since"], other["since"]) else min(row["since"], other["since"])
    until = None if None in (row["until"], other["until"]) else max(row["until"], other["until"])
    return {"since": since, "until": until}


def finish(recording: Recording, row: dict[str, Any], day: datetime.date, name: str) -> None:
    """End a service within a recording.

    Raises:
        UserError: it has ended already, or begins later.
    """
    if row["until"] is not None and row["until"] <= day:
        raise UserError(f"{name}的这段任职已于 {row['until']} 结束。")
    if row["since"] is not None and day < row["since"]:
        raise UserError(f"{name}自 {row['since']} 起任职，结束日期不能更早。")
    _refuse_days(None, day)
    if row["since"] == day:
        following.remove(recording, row["uid"])
        return
    recording.update(Service, row["uid"], {"until": day})
    following.settle(recording, bytes(row["member"]))


def _refuse_days(since: datetime.date | None, until: datetime.date | None) -> None:
    if since is not None and until is not None and until <= since:
        raise UserError(f"结束日期 {until} 应晚于开始日期 {since}。")
    latest = datetime.date.today() + datetime.timedelta(days=366 * _LATEST_YEARS)
    for day in (since, until):
        if day is not None and not EARLIEST <= day <= latest:
            raise UserError(f"日期 {day} 不对，请核对年份。")


def _refuse_double(
    recording: Recording,
    name: str,
    member: Uid,
    area: Area,
    role: Role,
    since: datetime.date | None,
    until: datetime.date | None,
    besides: Uid | None = None,
) -> None:
    there = (Service.member == member) & (Service.area == area.uid) & (Service.role == role.key)
    for row in recording.register.all(Service.select().where(there).order_by(Service.uid).dicts()):
        if bytes(row["uid"]) != besides and not _span(row).cut(following.Span(since, until)).is_empty:
            when = f"自 {row['since']} 起" if row["since"] else "现在"
            raise UserError(f"{name}{when}已是{area.name}的{role.name}，同一段时间不能重复登记。")


def _span(row: dict[str, Any]) -> following.Span:
    return following.Span(row["since"], row["until"])


def _day(day: datetime.date) -> following.Span:
    return following.days_of(day, day)


def _stored(register: Register, service: Uid) -> dict[str, Any]:
    row = register.first(Service.select().where(Service.uid == service).dicts())
    if row is None:
        raise UserError(_GONE)
    return row


def _told(register: Register, row: dict[str, Any]) -> tuple[str, Area, Role]:
    """How one says whose service it is, where and as what."""
    return name_of(register, row["member"]), _area(register, row["area"]), ROLE_BY_KEY[row["role"]]


def _area(register: Register, uid: Uid) -> Area:
    area = register.first(Area.select().where(Area.uid == uid))
    if area is None:
        raise UserError("这个区域已被删除，请另选一个。")
    return area


def _role(key: str) -> Role:
    role = ROLE_BY_KEY.get(key)
    if role is None:
        raise UserError("请选择在服务队里的职务。")
    return role
