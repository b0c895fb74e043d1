"""What is reported of each day of an emergency, from whom a report is missing, and the figures in it."""

import datetime
import json
from dataclasses import asdict, dataclass
from enum import StrEnum

from gridapp.areas import tree
from gridapp.areas.model import Area, Level
from gridapp.emergency import progress, running
from gridapp.emergency.model import EmergencyReport
from gridapp.emergency.running import Running
from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.places import current_actor
from gridapp.store.register import Register

ZERO = "零报告"
"""How a report without any event is called."""

LONGEST = 4_000
_LEVELS = (Level.GRID, Level.COMMUNITY)
_NAMES = {
    "called": "联系",
    "reached": "联系上",
    "needs": "需求",
    "needs_met": "已解决",
    "tasks_done": "完成任务",
    "tasks_late": "逾期任务",
    "on_duty": "在岗值守",
}
"""The figures of a report as they are read, in this order."""


class State(StrEnum):
    """How an area stands with the report of a day."""

    WAITING = "waiting"
    """It is not due yet."""
    MISSING = "missing"
    IN_TIME = "in_time"
    LATE = "late"


STATE_NAMES = {
    State.WAITING: "待报",
    State.MISSING: "缺报",
    State.IN_TIME: "已报",
    State.LATE: "迟报",
}


@dataclass(frozen=True)
class Report:
    """What an area reported of a day; without ``text`` nothing happened."""

    uid: Uid
    area: Uid
    area_code: str
    area_name: str
    day: datetime.date
    text: str
    figures: dict[str, int]
    reported_at: datetime.datetime
    actor: str

    @property
    def told(self) -> str:
        return self.text or ZERO

    @property
    def figures_text(self) -> str:
        """``联系 30 · 联系上 28 · 需求 2``; what is nought is left out."""
        return " · ".join(f"{name} {self.figures[key]:,}" for key, name in _NAMES.items() if self.figures.get(key))


@dataclass(frozen=True)
class Due:
    """An area that has to report a day, how it stands with that, and what it reported."""

    area: Uid
    area_code: str
    area_name: str
    level: Level
    state: State
    report: Report | None = None


def due_at(one: Running, day: datetime.date) -> datetime.datetime:
    """Until when a day has to be reported: by the hour of the emergency, or at its end where that came first."""
    hour, minute = map(int, one.report_at.split(":"))
    moment = datetime.datetime.combine(day, datetime.time(hour, minute))
    if one.ended_at is not None and one.ended_at.date() == day:
        return min(moment, one.ended_at)
    return moment


def days(one: Running, now: datetime.datetime) -> list[datetime.date]:
    """The days that have to be reported, the first one first: not the first if it began after the hour of reports."""
    last = (one.ended_at or now).date()
    day = one.started_at.date()
    found = []
    while day <= last:
        hour, minute = map(int, one.report_at.split(":"))
        if datetime.datetime.combine(day, datetime.time(hour, minute)) > one.started_at:
            found.append(day)
        day += datetime.timedelta(days=1)
    return found


def report(
    register: Register,
    emergency: Uid,
    code: str,
    text: str = "",
    day: datetime.date | None = None,
    now: datetime.datetime | None = None,
) -> tuple[Uid, str]:
    """Report a day of an area, or correct what was reported, and return the report's uid and what was done, in words.

    Args:
        text: what happened; nothing for a 零报告.
        day: today unless told.

    Raises:
        UserError: the emergency has ended, does not hold for the area, or was not on that day.
    """
    now = (now or datetime.datetime.now()).replace(microsecond=0)
    day = day or now.date()
    one = running.read(register, emergency)
    area = tree.find(register, code)
    told = text.strip()
    _refuse(one, area, told, day, now)
    label = f"{area.name}{'报告' if told else ZERO}（{one.kind_name} {day.month}月{day.day}日）"
    with register.recording(label) as recording:
        if not running.read(register, emergency).is_active:
            raise UserError(f"{one.name}应急响应已经结束，不能再报告。")
        figures = _figures(register, emergency, code, now)
        values = {"text": told, "figures": json.dumps(figures), "reported_at": now, "actor": current_actor()}
        same = (EmergencyReport.emergency == emergency) & (EmergencyReport.day == day)
        there = register.value(
            EmergencyReport.select(EmergencyReport.uid).where(same & (EmergencyReport.area == area.uid))
        )
        if there is not None:
            # A correction does not make a report late that came in time.
            kept = {name: value for name, value in values.items() if name != "reported_at"}
            recording.update(EmergencyReport, there, kept)
            return bytes(there), label
        return recording.insert(EmergencyReport, emergency=emergency, area=area.uid, day=day, **values), label


def standing(
    register: Register, emergency: Uid, day: datetime.date, now: datetime.datetime | None = None, code: str = ""
) -> list[Due]:
    """How every grid and community of an emergency stands with the report of a day, in the order of areas."""
    one = running.read(register, emergency)
    moment = now or datetime.datetime.now()
    by = due_at(one, day)
    done = {report.area_code: report for report in reports_of(register, emergency, day)}
    levels = [int(level) for level in _LEVELS]
    query = Area.select(Area.uid, Area.code, Area.name, Area.level).where(
        tree.within(code or one.area_code) & Area.level.in_(levels)
    )
    found = []
    for uid, area, name, level in register.all(query.order_by(Area.code).tuples()):
        told = done.get(area)
        if told is not None:
            state = State.IN_TIME if told.reported_at <= by else State.LATE
        else:
            state = State.MISSING if moment > by else State.WAITING
        found.append(Due(bytes(uid), area, name, Level(level), state, told))
    return found


def missing(register: Register, emergency: Uid, day: datetime.date, now: datetime.datetime | None = None) -> list[Due]:
    """Whose report of a day is overdue."""
    return [one for one in standing(register, emergency, day, now) if one.state is State.MISSING]


def reports_of(register: Register, emergency: Uid, day: datetime.date | None = None) -> list[Report]:
    """What was reported, of a day or of all, in the order in which it came."""
    condition = EmergencyReport.emergency == emergency
    if day is not None:
        condition &= EmergencyReport.day == day
    query = (
        EmergencyReport.select(
            *(EmergencyReport.uid, Area.uid, Area.code, Area.name, EmergencyReport.day, EmergencyReport.text),
            *(EmergencyReport.figures, EmergencyReport.reported_at, EmergencyReport.actor),
        )
        .join(Area, on=(Area.uid == EmergencyReport.area))
        .where(condition)
        .order_by(EmergencyReport.reported_at, Area.code, EmergencyReport.uid)
    )
    return [
        Report(uid, area, code, name, on, text, json.loads(figures) if figures else {}, at, actor)
        for uid, area, code, name, on, text, figures, at, actor in register.all(query.tuples())
    ]


def _refuse(one: Running, area: Area, text: str, day: datetime.date, now: datetime.datetime) -> None:
    if not one.is_active:
        raise UserError(f"{one.name}应急响应已经结束，不能再报告。")
    if not one.holds_for(area.code):
        raise UserError(f"{area.name}不在{one.area_name}，不属于这次应急响应。")
    if Level(area.level) not in _LEVELS:
        raise UserError("应急日报由网格和社区报告，请选一个网格或社区。")
    if day > now.date():
        raise UserError(f"{day} 还没有到，不能先报告。")
    if day < one.started_at.date():
        raise UserError(f"应急响应 {one.started_at:%m-%d %H:%M} 才启动，{day} 不用报告。")
    if len(text) > LONGEST:
        raise UserError(f"报告最多{LONGEST:,}个字，现有{len(text):,}个。")


def _figures(register: Register, emergency: Uid, code: str, now: datetime.datetime) -> dict[str, int]:
    found = progress.progress(register, emergency, now, code)
    told = asdict(found.of(code))
    told["on_duty"] = sum(len(one.on_duty) for one in found.by_code.values())
    return told
