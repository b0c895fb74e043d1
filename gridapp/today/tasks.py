"""Tasks that are late, or due by the end of the week."""

import datetime

from gridapp.issues.deadlines import Urgency
from gridapp.store.register import Register
from gridapp.tasks.due import tasks_due
from gridapp.tasks.listing import State, TaskRow
from gridapp.today.lines import Kind, Line, Section, Thing


def tasks(register: Register, code: str, now: datetime.datetime, limit: int) -> Section:
    """What is to be done in an area, below it and by order of those above; ``count`` is what is late or of the week."""
    found = tasks_due(register, code, now.date(), limit)
    later = found.count - found.overdue - found.today
    named = (("逾期", found.overdue), ("今日", found.today), ("本周", later))
    summary = " · ".join(f"{name} {number}" for name, number in named if number)
    lines = tuple(_line(row, now) for row in found.tasks)
    return Section(Kind.TASK, found.count, lines, summary)


def _line(row: TaskRow, now: datetime.datetime) -> Line:
    state = row.state(now)
    if state is State.OVERDUE:
        near, when = Urgency.OVERDUE, row.state_text(now)
    else:
        near = Urgency.TODAY if row.due_on == now.date() else Urgency.NONE
        when = row.due_text(now)
    detail = "  ".join(filter(None, (row.who, row.area_name)))
    return Line(row.title, detail, when, Thing.TASK, row.uid, row.area_code, near)
