"""Ending an emergency: what is still to be done is closed, who was to be on duty goes home, and routine goes on."""

import datetime
from dataclasses import dataclass

from gridapp.emergency import duties, running
from gridapp.emergency.model import Duty, Emergency
from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.store.changes import Recording
from gridapp.store.register import Register
from gridapp.tasks.model import Task

LONGEST = 4_000
NOTE = "应急响应已结束，自动取消"
"""What stands in the note of a task that nobody has to do any more."""

_CHUNK = 500


@dataclass(frozen=True)
class StoodDown:
    """An emergency that has ended: what was done in words, and how many tasks and duties that closed."""

    label: str
    tasks: int
    duties: int

    @property
    def told(self) -> str:
        """``取消未完成任务 12 项，撤销后续值班 8 班``; empty where nothing was left."""
        tasks = f"取消未完成任务 {self.tasks:,} 项" if self.tasks else ""
        turns = f"撤销后续值班 {self.duties:,} 班" if self.duties else ""
        return "，".join(filter(None, (tasks, turns)))


def stand_down(
    register: Register,
    emergency: Uid,
    summary: str,
    at: datetime.datetime | None = None,
    now: datetime.datetime | None = None,
) -> StoodDown:
    """End an emergency, in one step that an undo takes back.

    Args:
        at: when it ended; now unless told.

    Raises:
        UserError: no summary is told, it has ended already, or the moment cannot be.
    """
    # To the second, else what was done within the last minute would have come after the end.
    now = (now or datetime.datetime.now()).replace(microsecond=0)
    moment = at.replace(second=0, microsecond=0) if at is not None else now
    one = running.read(register, emergency)
    told = summary.strip()
    if not told:
        raise UserError("请写一段处置小结，再结束应急响应。")
    if len(told) > LONGEST:
        raise UserError(f"处置小结最多{LONGEST:,}个字，现有{len(told):,}个。")
    if moment > now:
        raise UserError(f"结束时间 {moment:%Y-%m-%d %H:%M} 还没有到。")
    if moment < one.started_at:
        raise UserError(f"应急响应 {one.started_at:%m-%d %H:%M} 才启动，结束时间不能更早。")
    label = f"结束{one.name}应急响应"
    with register.recording(label) as recording:
        if not running.read(register, emergency).is_active:
            raise UserError(f"{one.name}应急响应已经结束。")
        recording.update(Emergency, emergency, {"ended_at": moment, "summary": told})
        tasks = _close_tasks(recording, emergency, moment.date())
        gone = duties.drop(recording, (Duty.emergency == emergency) & (Duty.starts_at >= moment))
        _shorten_duties(recording, emergency, moment)
    return StoodDown(label, tasks, gone)


def _close_tasks(recording: Recording, emergency: Uid, day: datetime.date) -> int:
    is_open = Task.done_on.is_null() & Task.cancelled_on.is_null()
    query = Task.select(Task.uid).where((Task.emergency == emergency) & is_open).order_by(Task.uid)
    uids = [uid for (uid,) in recording.register.all(query.tuples())]
    for start in range(0, len(uids), _CHUNK):
        part = uids[start : start + _CHUNK]
        recording.update_many(Task, "cancelled_on", part, lambda _uid, _old: day)
        recording.update_many(Task, "note", part, lambda _uid, old: f"{old}\n{NOTE}".strip())
    return len(uids)


def _shorten_duties(recording: Recording, emergency: Uid, moment: datetime.datetime) -> None:
    """Who is on duty as it ends is so until then."""
    going_on = (Duty.emergency == emergency) & (Duty.starts_at < moment) & (Duty.ends_at > moment)
    uids = [uid for (uid,) in recording.register.all(Duty.select(Duty.uid).where(going_on).tuples())]
    for start in range(0, len(uids), _CHUNK):
        recording.update_many(Duty, "ends_at", uids[start : start + _CHUNK], lambda _uid, _old: moment)
