"""When members are called away: absences registered, changed, ended early, deleted; stand-ins follow at once."""

import dataclasses
import datetime
from dataclasses import dataclass
from typing import Any

from gridapp.days import EARLIEST
from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.store.changes import Recording
from gridapp.store.register import Register
from gridapp.teams import following
from gridapp.teams.editing import name_of
from gridapp.teams.following import ONE_DAY, Span, days_of
from gridapp.teams.model import Absence, Service
from gridapp.teams.presence import Away, absences_of, until_text

REASONS = ("本单位抽调", "请假", "培训学习", "出差", "生病住院", "其他")
"""What usually calls members away; anything else can be written."""

_LONGEST = 120
_LONGEST_NOTE = 4_000
_LATEST_DAYS = 366 * 5
_GONE = "这条离岗记录已被删除或撤销，请重新查看。"


@dataclass
class AbsenceDraft:
    """An absence as a form holds it; ``until`` is its last day, None while nobody knows."""

    since: datetime.date
    until: datetime.date | None = None
    reason: str = ""
    note: str = ""


def load(register: Register, uid: Uid) -> AbsenceDraft:
    """An absence ready to be changed.

    Raises:
        UserError: it has been deleted.
    """
    row = _stored(register, uid)
    return AbsenceDraft(row["since"], row["until"], row["reason"], row["note"])


def of_member(register: Register, member: Uid) -> list[Away]:
    """All absences of a member, the latest first."""
    found = absences_of(register, [member], datetime.date.min, datetime.date.max).get(bytes(member), ())
    return sorted(found, key=lambda one: one.since, reverse=True)


def add(register: Register, member: Uid, draft: AbsenceDraft) -> tuple[Uid, str]:
    """Register that a member is away, and return the uid and what was done, in words.

    Raises:
        UserError: the days cannot be, or overlap another absence of the member.
    """
    values = _checked(draft)
    name = name_of(register, member)
    label = f"登记{name}离岗（{_days_text(values)}）"
    with register.recording(label) as recording:
        _refuse_overlap(recording, name, member, values)
        return recording.insert(Absence, member=member, **values), label


def change(register: Register, uid: Uid, draft: AbsenceDraft, base: AbsenceDraft) -> str:
    """Write what was changed of an absence, move the ends of its stand-ins along, and say in words what was done.

    Who stood in to its last day does so to the new one, as far as no other work or absence is in the way.

    Args:
        base: the draft as it had been loaded.

    Raises:
        UserError: the days cannot be, or overlap another absence of the member; it has been deleted.
        Conflict: somebody else has changed the same.
    """
    values = _checked(draft)
    before = dataclasses.asdict(base)
    name = name_of(register, _stored(register, uid)["member"])
    label = f"修改{name}的离岗记录（{_days_text(values)}）"
    with register.recording(label) as recording:
        old = _stored(register, uid)
        member = bytes(old["member"])
        changed = {key: value for key, value in values.items() if value != before[key]}
        recording.update(Absence, uid, changed, before)
        now = _checked(load(register, uid))  # somebody else may have changed the other day meanwhile
        _refuse_overlap(recording, name, member, now, besides=uid)
        _follow(recording, uid, old, now)
        following.settle(recording, member)
    return label


def come_back(register: Register, uid: Uid, on: datetime.date | None = None) -> str:
    """Let an absence end early, with those who stand in, and say in words what was done.

    Args:
        on: the first day on which the member is back; today unless told.

    Raises:
        UserError: that day is not within the absence, or it has been deleted.
    """
    day = on or datetime.date.today()
    row = _stored(register, uid)
    name = name_of(register, row["member"])
    label = f"{name}提前返岗（{day.isoformat()}）"
    with register.recording(label) as recording:
        row = _stored(register, uid)
        if day <= row["since"]:
            raise UserError(f"{name}自 {row['since']} 离岗，返岗日期应在此之后；没有离岗的，请删除这条记录。")
        if row["until"] is not None and day > row["until"]:
            raise UserError(f"{name}的离岗到 {row['until']} 为止，{day} 已经返岗。")
        recording.update(Absence, uid, {"until": day - ONE_DAY})
        following.settle(recording, bytes(row["member"]))
    return label


def delete(register: Register, uid: Uid, today: datetime.date | None = None) -> str:
    """Delete an absence that was registered by mistake, with stand-ins that have not begun, and say it in words.

    Raises:
        UserError: somebody has stood in already, which would be lost; or it has been deleted.
    """
    day = today or datetime.date.today()
    row = _stored(register, uid)
    name = name_of(register, row["member"])
    label = f"删除{name}的离岗记录（{_days_text(row)}）"
    with register.recording(label) as recording:
        _stored(register, uid)
        standing = _stand_ins(recording, uid)
        if any(one["since"] < day for one in standing):
            raise UserError(f"{name}离岗期间已有人替补，这条记录不能删除；已返岗的，请登记返岗。")
        for one in standing:
            following.remove(recording, one["uid"])
        recording.delete(Absence, uid)
    return label


def _follow(recording: Recording, uid: Uid, old: dict[str, Any], now: dict[str, Any]) -> None:
    """Let stand-ins that reached to an end of the absence reach to where that end is now, if it is further out."""
    was, span = days_of(old["since"], old["until"]), days_of(now["since"], now["until"])
    for row in _stand_ins(recording, uid):
        since, until = row["since"], row["until"]
        engaged = following.engaged(recording.register, [row["member"]], row["area"], besides=row["uid"])
        busy = engaged.get(bytes(row["member"]), [])
        if since == was.since and now["since"] < since:
            free = Span(now["since"], since).without(busy)
            since = free[-1].since if free and free[-1].until == since else since
        if until is not None and until == was.until and (span.until is None or span.until > until):
            free = Span(until, span.until).without(busy)
            until = free[0].until if free and free[0].since == until else until
        recording.update(Service, row["uid"], {"since": since, "until": until})


def _stand_ins(recording: Recording, absence: Uid) -> list[dict[str, Any]]:
    return recording.register.all(Service.select().where(Service.absence == absence).order_by(Service.uid).dicts())


def _checked(draft: AbsenceDraft) -> dict[str, Any]:
    since, until = draft.since, draft.until
    if until is not None and until < since:
        raise UserError(f"离岗的最后一天 {until} 不能早于第一天 {since}。")
    latest = datetime.date.today() + datetime.timedelta(days=_LATEST_DAYS)
    for day in (since, until):
        if day is not None and not EARLIEST <= day <= latest:
            raise UserError(f"日期 {day} 不对，请核对年份。")
    reason, note = " ".join(draft.reason.split()), draft.note.strip()
    for told, text, longest in (("离岗原因", reason, _LONGEST), ("备注", note, _LONGEST_NOTE)):
        if len(text) > longest:
            raise UserError(f"{told}最多{longest:,}个字，现有{len(text):,}个。")
    return {"since": since, "until": until, "reason": reason, "note": note}


def _refuse_overlap(
    recording: Recording, name: str, member: Uid, values: dict[str, Any], besides: Uid | None = None
) -> None:
    there = (Absence.member == member) & Absence.overlaps(values["since"], values["until"])
    for one in recording.register.all(Absence.select().where(there).order_by(Absence.since).dicts()):
        if bytes(one["uid"]) != besides:
            raise UserError(f"{name}已登记离岗（{_days_text(one)}），两次离岗的日期不能重叠，请修改那一条。")


def _days_text(values: dict[str, Any]) -> str:
    since, until = values["since"], values["until"]
    days = since.isoformat() if since == until else f"{since} {until_text(until)}"
    return "，".join(filter(None, (values["reason"], days)))


def _stored(register: Register, uid: Uid) -> dict[str, Any]:
    row = register.first(Absence.select().where(Absence.uid == uid).dicts())
    if row is None:
        raise UserError(_GONE)
    return row
