"""What can be done to tasks: each a recording of its own, so that one undo takes back what one click did."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from gridapp.areas.model import Area
from gridapp.errors import UserError
from gridapp.ids import Uid, new_uid
from gridapp.store.changes import Recording
from gridapp.store.register import Register
from gridapp.tasks.model import Task
from gridapp.tasks.recurrence import MOST, ONCE, Rule, next_after, rule_of
from gridapp.teams.model import ROLE_BY_KEY

LONGEST_TITLE = 200
_LONGEST_NOTE = 4_000
_LONGEST_NAME = 120
_GONE = "这项任务已被删除。"
_LABEL_LENGTH = 20
_TIMES = {"due_on", "recurrence", "every"}
"""Fields of which one that is changed lets a series be counted anew."""


@dataclass
class TaskDraft:
    """What can be told of a task.

    Attributes:
        assignee: a name, or empty; with a name, ``role`` says nothing.
        role: the key of a role, or empty.
    """

    title: str = ""
    assignee: str = ""
    role: str = ""
    due_on: datetime.date | None = None
    rule: Rule = ONCE
    note: str = ""


def load(register: Register, uid: Uid) -> TaskDraft:
    """What is stored of a task.

    Raises:
        UserError: it has been deleted.
    """
    row = register.first(Task.select().where(Task.uid == uid).dicts())
    if row is None:
        raise UserError(_GONE)
    return _draft(row)


def create(register: Register, area: Uid, draft: TaskDraft) -> tuple[Uid, str]:
    """Put a task on the list of an area, and return its uid and what was done, in words.

    Raises:
        UserError: it has no title, comes again without a day, or the area has been deleted.
    """
    values = _checked(draft)
    label = f"新增任务“{_short(values['title'])}”"
    with register.recording(label) as recording:
        if register.first(Area.select(Area.uid).where(Area.uid == area)) is None:
            raise UserError("这个区域已被删除，请另选一个。")
        uid = new_uid()
        recording.insert(Task, **{**values, **_series(draft, uid), "uid": uid, "area": area})
    return uid, label


def save(register: Register, uid: Uid, draft: TaskDraft, base: TaskDraft) -> str:
    """Write what was changed of a task, and return what was done, in words.

    Args:
        base: the draft as it had been loaded.

    Raises:
        UserError: it cannot be so, or has been deleted.
        Conflict: somebody else has changed the same.
    """
    values = _checked(draft)
    label = f"修改任务“{_short(values['title'])}”"
    with register.recording(label) as recording:
        row = _stored(recording, uid)
        before = _values(base)
        changed = {name: value for name, value in values.items() if value != before[name]}
        if changed.keys() & _TIMES:
            changed.update(_series(draft, row["series"] or uid))
        if "due_on" in changed and row["due_at"] is not None:
            changed["due_at"] = draft.due_on and datetime.datetime.combine(draft.due_on, row["due_at"].time())
        recording.update(Task, uid, changed, before)
    return label


def set_progress(register: Register, uid: Uid, percent: int, today: datetime.date | None = None) -> str:
    """Say how far a task has come, from 0 to 100 percent; what is all done is finished. Says in words what was done.

    Raises:
        UserError: it is none, the task is done or given up, or has been deleted.
    """
    if not 0 <= percent <= 100:
        raise UserError("进度应在0到100之间。")
    if percent == 100:
        return finish(register, [uid], today)
    title = load(register, uid).title
    label = f"“{_short(title)}”进度{percent}%"
    with register.recording(label) as recording:
        row = _stored(recording, uid)
        if not _is_open(row):
            raise UserError(f"“{_short(title)}”已{'取消' if row['cancelled_on'] else '完成'}，请先恢复再改进度。")
        values: dict[str, Any] = {"progress": percent}
        if percent and row["started_on"] is None:
            values["started_on"] = today or datetime.date.today()
        elif not percent:
            values["started_on"] = None
        recording.update(Task, uid, values)
    return label


def finish(
    register: Register,
    uids: Sequence[Uid],
    on: datetime.date | None = None,
    at: datetime.datetime | None = None,
) -> str:
    """Say that tasks are done, and of those that come again, put the next on the list; return it in words.

    Args:
        on: the day; today unless told. The next is due later than it: what was missed does not pile up.
        at: the moment, which is kept of what is due by the clock; now unless told.

    Raises:
        UserError: none of them is to be done any more, or all have been deleted.
    """
    day = on or (at.date() if at is not None else datetime.date.today())

    def done(recording: Recording, row: dict[str, Any]) -> None:
        values = {"done_on": day, "progress": 100, "started_on": row["started_on"] or day}
        if row["due_at"] is not None:
            values["done_at"] = at or _moment_of(day)
        recording.update(Task, row["uid"], values)
        _go_on(recording, row, day)

    return _each(register, uids, "完成", _is_open, done, "已经完成或取消，不必再完成")


def cancel(register: Register, uids: Sequence[Uid], on: datetime.date | None = None) -> str:
    """Give tasks up, and return it in words. What comes again ends with that.

    Raises:
        UserError: none of them is to be done any more, or all have been deleted.
    """
    values = {"cancelled_on": on or datetime.date.today()}
    return _each(
        register,
        uids,
        "取消",
        _is_open,
        lambda recording, row: recording.update(Task, row["uid"], values),
        "已经完成或取消，不必再取消",
    )


def reopen(register: Register, uids: Sequence[Uid]) -> str:
    """Let tasks that were done or given up be to be done again, and return it in words.

    The next occurrence, which finishing one had put on the list, goes again unless somebody has begun with it.

    Raises:
        UserError: none of them is done or given up, all have been deleted, the next has been begun, or an earlier one
            of the same series is to be done.
    """
    reopened: list[Uid] = []

    def again(recording: Recording, row: dict[str, Any]) -> None:
        _take_next_away(recording, row, reopened)
        reopened.append(bytes(row["uid"]))
        progress = 0 if row["progress"] == 100 else row["progress"]
        values: dict[str, Any] = {"done_on": None, "done_at": None, "cancelled_on": None, "progress": progress}
        if not progress:
            values["started_on"] = None
        recording.update(Task, row["uid"], values)

    return _each(register, uids, "恢复", lambda row: not _is_open(row), again, "还没有完成或取消，不必恢复")


def skip(register: Register, uid: Uid, today: datetime.date | None = None) -> str:
    """Let a task that comes again be due the next time, without being done this time; return it in words.

    Raises:
        UserError: it comes once, is done or given up, or has been deleted.
    """
    day = today or datetime.date.today()
    label = f"跳过一次“{_short(load(register, uid).title)}”"
    with register.recording(label) as recording:
        row = _stored(recording, uid)
        rule = rule_of(row["recurrence"], row["every"])
        if rule == ONCE or row["due_on"] is None or not _is_open(row):
            raise UserError("只有还没有完成的重复任务可以跳过一次。")
        recording.update(Task, uid, {"due_on": _next_due(row, rule, day), "progress": 0, "started_on": None})
    return label


def _each(
    register: Register,
    uids: Sequence[Uid],
    verb: str,
    may: Callable[[dict[str, Any]], bool],
    act: Callable[[Recording, dict[str, Any]], object],
    otherwise: str,
) -> str:
    """Do something to those of some tasks to which it can be done."""
    there = register.all(Task.select().where(Task.uid.in_(list(uids))).order_by(Task.uid).dicts())
    if not there:
        raise UserError(_GONE if uids else "请先选中任务。")
    first = _short(there[0]["title"])
    label = f"{verb}任务“{first}”" if len(uids) == 1 else f"{verb}{sum(map(may, there))}项任务"
    with register.recording(label) as recording:
        rows = [row for row in (recording.read(Task, uid) for uid in uids) if row is not None and may(row)]
        if not rows:
            raise UserError(f"“{first}”{otherwise}。" if len(uids) == 1 else f"所选任务{otherwise}。")
        for row in rows:
            act(recording, row)
    return label


def _go_on(recording: Recording, row: dict[str, Any], done_on: datetime.date) -> None:
    """Put the next occurrence of what comes again on the list, unless it stands there already."""
    rule = rule_of(row["recurrence"], row["every"])
    if rule == ONCE or row["due_on"] is None or _open_of(recording, row["series"]) is not None:
        return
    kept = ("area", "title", "assignee", "role", "recurrence", "every", "repeats_from", "series", "note")
    values = {name: row[name] for name in kept}
    recording.insert(Task, **values, due_on=_next_due(row, rule, done_on))


def _next_due(row: dict[str, Any], rule: Rule, day: datetime.date) -> datetime.date:
    first = row["repeats_from"] or row["due_on"]
    try:
        return next_after(rule, first, max(day, row["due_on"]))
    except OverflowError:
        raise UserError("下一次的日期超出了日历，请先去掉重复。") from None


def _take_next_away(recording: Recording, row: dict[str, Any], reopened: Sequence[Uid]) -> None:
    after = _open_of(recording, row["series"]) if row["recurrence"] else None
    if after is None:
        return
    if bytes(after["uid"]) in reopened or after["due_on"] < row["due_on"]:
        raise UserError(f"“{_short(row['title'])}”的另一次（{after['due_on']}）还没有完成，重复任务一次只能恢复一项。")
    if after["progress"] or after["started_on"] is not None or after["note"] != row["note"]:
        raise UserError(f"“{_short(row['title'])}”的下一次（{after['due_on']}）已经开始，不能恢复这一次。")
    recording.delete(Task, after["uid"])


def _open_of(recording: Recording, series: Uid | None) -> dict[str, Any] | None:
    if series is None:
        return None
    to_be_done = (Task.series == series) & Task.done_on.is_null() & Task.cancelled_on.is_null()
    return recording.register.first(Task.select().where(to_be_done).dicts())


def _stored(recording: Recording, uid: Uid) -> dict[str, Any]:
    row = recording.read(Task, uid)
    if row is None:
        raise UserError(_GONE)
    return row


def _moment_of(day: datetime.date) -> datetime.datetime:
    """Now, on that day: of an earlier day nobody has told the hour."""
    now = datetime.datetime.now().replace(second=0, microsecond=0)
    return datetime.datetime.combine(day, now.time())


def _is_open(row: dict[str, Any]) -> bool:
    return row["done_on"] is None and row["cancelled_on"] is None


def _draft(row: dict[str, Any]) -> TaskDraft:
    told = {name: row[name] for name in ("title", "assignee", "role", "due_on", "note")}
    return TaskDraft(**told, rule=rule_of(row["recurrence"], row["every"]))


def _values(draft: TaskDraft) -> dict[str, Any]:
    return {
        "title": " ".join(draft.title.split()),
        "assignee": " ".join(draft.assignee.split()),
        "role": "" if draft.assignee.strip() else draft.role,
        "due_on": draft.due_on,
        "recurrence": draft.rule.frequency.value if draft.rule.frequency else "",
        "every": draft.rule.every,
        "note": draft.note.strip(),
    }


def _series(draft: TaskDraft, uid: Uid) -> dict[str, Any]:
    """What says of a task that it comes again, and from when on that is counted."""
    if draft.rule == ONCE:
        return {"series": None, "repeats_from": None}
    return {"series": uid, "repeats_from": draft.due_on}


def _checked(draft: TaskDraft) -> dict[str, Any]:
    values = _values(draft)
    if not values["title"]:
        raise UserError("请填写任务内容。")
    if len(values["title"]) > LONGEST_TITLE:
        raise UserError(f"任务内容最多{LONGEST_TITLE}个字，更多的请写在备注里。")
    if len(values["note"]) > _LONGEST_NOTE:
        raise UserError(f"备注最多{_LONGEST_NOTE}个字。")
    if len(values["assignee"]) > _LONGEST_NAME:
        raise UserError(f"负责人最多{_LONGEST_NAME}个字。")
    if values["role"] and values["role"] not in ROLE_BY_KEY:
        raise UserError("没有这种职务，请另选一种。")
    if draft.rule != ONCE and draft.due_on is None:
        raise UserError("重复的任务要有期限，请填写第一次的日期。")
    if not 1 <= draft.rule.every <= MOST:
        raise UserError(f"间隔应在1到{MOST}之间。")
    return values


def _short(text: str) -> str:
    return text if len(text) <= _LABEL_LENGTH else f"{text[:_LABEL_LENGTH]}…"
