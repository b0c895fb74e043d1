"""What an emergency asks for now: calls that are left, needs, tasks that are late, and who is on duty next."""

import datetime

from gridapp.emergency import duties, progress, reports, running
from gridapp.emergency.progress import Figures
from gridapp.emergency.running import Running
from gridapp.households.words import moment_text
from gridapp.issues.deadlines import Urgency
from gridapp.places import current_actor
from gridapp.store.register import Register
from gridapp.tasks.listing import TaskFilter, TaskRow, View, late_text, of_area
from gridapp.today.lines import Kind, Line, Section, Thing

CALLS, DUTY, NEEDS, REPORTS = "calls", "duty", "needs", "reports"
"""Where a line leads to, beside tasks."""

_AHEAD = datetime.timedelta(hours=24)


def emergency(register: Register, code: str, now: datetime.datetime, limit: int) -> Section:
    """What the emergencies that hold for an area ask for there; ``count`` is how many things that is."""
    found: list[Line] = []
    late = 0
    for one in running.over(register, code).over:
        figures = progress.figures_of(register, one.uid, code, now)
        late += figures.tasks_late
        found += [*_counted(one, code, figures), *_report(register, one, code, now), *_duty(register, one, code, now)]
        wanted = TaskFilter(code, View.OVERDUE, emergency=one.uid, moment=now)
        found += [_task(row, now) for row in of_area(register, wanted, now.date(), limit) if figures.tasks_late]
    shown = tuple(found[:limit])
    summary = f"逾期任务 {late:,}" if late else ""
    return Section(Kind.EMERGENCY, max(len(found), late), shown, summary)


def _counted(one: Running, code: str, figures: Figures) -> list[Line]:
    lines = []
    left = figures.first - figures.first_called
    if left:
        title = f"还有 {left:,} 户重点户没联系"
        lines.append(_line(one, code, title, f"已打 {figures.first_called:,}/{figures.first:,}", CALLS, Urgency.TODAY))
    unmet = figures.needs - figures.needs_met
    if unmet:
        lines.append(_line(one, code, f"{unmet:,} 件求助还没解决", "", NEEDS, Urgency.OVERDUE))
    return lines


def _report(register: Register, one: Running, code: str, now: datetime.datetime) -> list[Line]:
    """How many have still to report today."""
    if now.date() not in reports.days(one, now):
        return []
    by = reports.due_at(one, now.date())
    left = sum(due.report is None for due in reports.standing(register, one.uid, now.date(), now, code))
    if not left:
        return []
    is_late = now > by
    when = late_text(now - by) if is_late else f"{by:%H:%M}前"
    near = Urgency.OVERDUE if is_late else Urgency.TODAY
    return [_line(one, code, f"今天的日报还有 {left:,} 处没报", "", REPORTS, near, when)]


def _duty(register: Register, one: Running, code: str, now: datetime.datetime) -> list[Line]:
    """My own next duty where I am one of them; else the next change."""
    ahead = [row for row in duties.listing(register, one.uid, code, now, now + _AHEAD) if row.starts_at > now]
    mine = [row for row in ahead if row.name == current_actor()]
    first = next(iter(mine or ahead), None)
    if first is None:
        return []
    same = [row for row in ahead if row.starts_at == first.starts_at]
    named = "、".join(f"{row.area_name}{row.name}" for row in same[:3])
    more = f"等 {len(same)} 人" if len(same) > 3 else ""
    title = f"我的下一班在{first.area_name}" if mine else "下一班值守"
    detail = "" if mine else f"{named}{more}"
    return [_line(one, code, title, detail, DUTY, Urgency.NONE, f"{moment_text(first.starts_at, now)} 起")]


def _task(row: TaskRow, now: datetime.datetime) -> Line:
    detail = "  ".join(filter(None, (row.who, row.area_name)))
    when = row.state_text(now)
    return Line(row.title, detail, when, Thing.TASK, row.uid, row.area_code, Urgency.OVERDUE)


def _line(one: Running, code: str, title: str, detail: str, part: str, near: Urgency, when: str = "") -> Line:
    told = "  ".join(filter(None, (detail, one.name)))
    return Line(title, told, when, Thing.EMERGENCY, one.uid, code, near, part=part)
