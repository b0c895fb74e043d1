"""Calling an emergency: in one go the plan becomes tasks of the right people, and a rota is drawn up."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from gridapp.areas import tree
from gridapp.areas.model import Area, Level
from gridapp.days import EARLIEST
from gridapp.emergency import duties, plans, running
from gridapp.emergency.model import KIND_NAMES, Emergency
from gridapp.emergency.people import People
from gridapp.emergency.plans import Plan, Step
from gridapp.emergency.running import Running
from gridapp.errors import UserError
from gridapp.households.words import moment_text
from gridapp.ids import Uid, new_uid
from gridapp.places import current_actor
from gridapp.progress import CancelToken, Progress, silent
from gridapp.store.changes import Recording
from gridapp.store.register import Register
from gridapp.tasks.model import Task
from gridapp.teams.model import ROLE_BY_KEY

LONGEST_REASON = 2_000
_TASK = ("uid", "area", "title", "assignee", "role", "due_on", "due_at", "emergency", "note")
_BACK = datetime.timedelta(days=1)
"""How far back a rota reaches of an emergency that began earlier: nobody is put on duty for days gone by."""


@dataclass(frozen=True)
class Activated:
    """What calling an emergency has made.

    Attributes:
        label: what was done, in words.
        unmanned: areas with the role that a task was left to, since nobody has it there or all of them are away.
        unfilled: what nobody could be put on duty for, in words; empty where everything is manned.
    """

    uid: Uid
    label: str
    tasks: int
    duties: int
    unmanned: tuple[tuple[str, str], ...] = ()
    unfilled: str = ""

    def remarks(self) -> list[str]:
        """Sentences that one should read; none if all went as it should."""
        found = []
        if self.unmanned:
            named = "、".join(f"{area}{role}" for area, role in self.unmanned[:5])
            more = f"等{len(self.unmanned)}处" if len(self.unmanned) > 5 else ""
            found.append(f"没有在岗的人，任务先派给了职务：{named}{more}。")
        if self.unfilled:
            found.append(f"{self.unfilled}。")
        return found


def activate(
    register: Register,
    code: str,
    kind: str,
    reason: str,
    at: datetime.datetime | None = None,
    *,
    report_at: str = "",
    days: int = duties.DAYS_AHEAD,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
    now: datetime.datetime | None = None,
) -> Activated:
    """Call an emergency of an area and all below it.

    Args:
        at: when it began; now unless told.
        report_at: until when each day is reported; what the plan says unless told.
        days: for how many days ahead the rota is drawn up.
        progress: counts areas.

    Raises:
        UserError: there is no such area or kind, no reason is told, the moment has not come yet, or one of the same
            kind goes on there already.
        Cancelled: the token was set; nothing was written.
    """
    now = (now or datetime.datetime.now()).replace(second=0, microsecond=0)
    moment = (at or now).replace(second=0, microsecond=0)
    area = tree.find(register, code)
    plan = plans.plan_of(register, code, kind).plan
    told = " ".join(reason.split())
    _refuse(told, moment, now)
    label = f"启动{area.name}{KIND_NAMES[kind]}应急响应"
    with register.recording(label) as recording:
        _refuse_second(register, code, kind, now)
        values = {
            "area": area.uid,
            "kind": kind,
            "reason": told,
            "started_at": moment,
            "actor": current_actor(),
            "report_at": plans.clock_text(report_at or plan.report_at),
            "shift_hours": plan.shift_hours,
        }
        uid = recording.insert(Emergency, **values, plan=plans.written(plan))
        one = running.read(register, uid)
        dispatch = _Dispatch(recording, one, plan, progress, cancel)
        count = dispatch.run()
        drawn = duties.draw_up(
            recording, one, plan, max(moment, now - _BACK), now + datetime.timedelta(days=days), progress, cancel
        )
    return Activated(uid, label, count, drawn.duties, tuple(dispatch.unmanned), drawn.told)


class _Dispatch:
    """Makes the tasks of a plan, area by area."""

    def __init__(
        self, recording: Recording, one: Running, plan: Plan, progress: Progress, cancel: CancelToken | None
    ) -> None:
        self._recording = recording
        self._one = one
        self._plan = plan
        self._progress = progress
        self._cancel = cancel
        day = one.started_at.date()
        self._people = People(recording.register, one.area_code, day, day)
        self.unmanned: dict[tuple[str, str], None] = {}

    def run(self) -> int:
        """Write them, and say how many."""
        return self._recording.insert_many(Task, _TASK, self._rows(), self._cancel)

    def _rows(self) -> Iterator[tuple]:
        by_level: dict[Level, list[Step]] = {}
        for step in self._plan.steps:
            by_level.setdefault(step.level, []).append(step)
        query = Area.select(Area.uid, Area.code, Area.name, Area.level).where(tree.within(self._one.area_code))
        areas = self._recording.register.all(query.order_by(Area.code).tuples())
        for done, (uid, code, name, level) in enumerate(areas):
            if self._cancel is not None:
                self._cancel.check()
            self._progress(done, len(areas), f"派发任务 {name}")
            for step in by_level.get(Level(level), ()):
                yield self._task(uid, code, name, step)

    def _task(self, uid: Uid, code: str, name: str, step: Step) -> tuple:
        due = self._one.started_at + datetime.timedelta(minutes=step.within)
        assignee = self._assignee(code, step.role)
        if not assignee:
            role = ROLE_BY_KEY[step.role]
            if not self._people.who(code, step.role, self._one.started_at):
                self.unmanned.setdefault((name, role.name))
        whom = f"对象：{step.whom_text}" if step.whom_text else ""
        note = "\n".join(filter(None, (whom, step.note)))
        who = (assignee, "" if assignee else step.role)
        return (new_uid(), uid, step.title, *who, due.date(), due, self._one.uid, note)

    def _assignee(self, code: str, role: str) -> str:
        """Who of a role is there: of grid workers and officials the first, of the others only who is alone.

        What several entrance heads or volunteers do, each does at their own door, so it stays with the role.
        """
        there = self._people.who(code, role, self._one.started_at)
        if not there or (ROLE_BY_KEY[role].part == 0 and len({one.member for one in there}) > 1):
            return ""
        return there[0].name


def _refuse(reason: str, moment: datetime.datetime, now: datetime.datetime) -> None:
    if not reason:
        raise UserError("请写明为什么启动应急响应。")
    if len(reason) > LONGEST_REASON:
        raise UserError(f"启动原因最多{LONGEST_REASON:,}个字，现有{len(reason):,}个。")
    if moment > now:
        raise UserError(f"启动时间 {moment:%Y-%m-%d %H:%M} 还没有到。")
    if moment.date() < EARLIEST:
        raise UserError(f"启动时间 {moment:%Y-%m-%d %H:%M} 太早，请核对。")


def _refuse_second(register: Register, code: str, kind: str, now: datetime.datetime) -> None:
    for one in running.over(register, code).over:
        if one.kind == kind:
            since = moment_text(one.started_at, now)
            raise UserError(f"{one.name}应急响应（{since} 启动）还在进行，已经包括这里，不必再启动。")
