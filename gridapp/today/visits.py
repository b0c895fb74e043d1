"""Visits of an area that are due: what was promised there by today, then who has waited longest."""

import datetime

from gridapp.households import address
from gridapp.issues.deadlines import Urgency
from gridapp.store.register import Register
from gridapp.today.lines import Kind, Line, Section, Thing
from gridapp.visits.plan import Plan, PlanFilter, PlanOrder, PlanRow, Who


def visits(register: Register, code: str, today: datetime.date, limit: int) -> Section:
    """Households to be visited, those visited most often first; ``count`` is how many are due by their frequency."""
    due = Plan(register, PlanFilter(code, today, order=PlanOrder.URGENT), today)
    promised = Plan(register, PlanFilter(code, today, Who.FOLLOW_UP, order=PlanOrder.URGENT), today)
    follow_ups = sum(promised.counts)
    rows = promised.first(limit) if follow_ups else []
    seen = {row.home.uid for row in rows}
    waiting = due.first(limit) if len(rows) < limit else []
    lines = [*map(_promised, rows), *(_due(row) for row in waiting if row.home.uid not in seen)]
    summary = f"到期跟进 {follow_ups:,}" if follow_ups else ""
    return Section(Kind.VISIT, sum(due.counts), tuple(lines[:limit]), summary, due.paused)


def _promised(row: PlanRow) -> Line:
    day, text = row.follow_ups[0]
    late = (row.today - day).days
    when = f"跟进超期{late}天" if late > 0 else "今日跟进"
    return _line(row, text, when, Urgency.OVERDUE if late > 0 else Urgency.TODAY)


def _due(row: PlanRow) -> Line:
    late = row.days_late
    near = Urgency.NONE if late is None else Urgency.OVERDUE if late > 0 else Urgency.TODAY
    return _line(row, "", row.state.replace(" ", ""), near)


def _line(row: PlanRow, told: str, when: str, near: Urgency) -> Line:
    home = row.home
    where = address.short_label(home.building, home.entrance, home.room)
    detail = "  ".join(filter(None, (where, told)))
    return Line(
        *(home.head or where, detail, when, Thing.HOUSEHOLD, home.uid, home.area_code, near, home.precedence),
        household=home.uid,
    )
