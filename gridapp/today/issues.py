"""Issues to be seen to today: those that are due or late or stand for review, and report-backs to be made."""

import datetime
from typing import Any

from peewee import JOIN, Expression, Select, fn

from gridapp.areas import tree
from gridapp.areas.model import Area
from gridapp.households import address
from gridapp.households.model import Household
from gridapp.issues import categories, deadlines
from gridapp.issues.deadlines import Urgency, end_of, soon_until
from gridapp.issues.model import Issue, Reporter
from gridapp.issues.states import State
from gridapp.store.register import Register
from gridapp.today.lines import Kind, Line, Section, Thing


def due(register: Register, code: str, now: datetime.datetime, limit: int) -> Section:
    """Issues that are late or due by the next working day, emergencies first, and those that stand for review."""
    until = end_of(soon_until(now.date()))
    # A state below that of resolution on its own, so that the index of open issues answers.
    pending = Issue.is_open() & (Issue.pending_at <= until)
    review = (Issue.state == int(State.SUSPENDED)) & (Issue.review_on <= now.date())
    rows = register.all(_issues(code, pending).order_by(Issue.urgent.desc(), Issue.pending_at, Issue.uid).limit(limit))
    rows += register.all(_issues(code, Issue.is_open() & review).order_by(Issue.review_on, Issue.uid).limit(limit))
    today = end_of(now.date())
    counts = [_count(register, code, Issue.is_open() & condition) for condition in (
        Issue.pending_at < now,
        (Issue.pending_at >= now) & (Issue.pending_at <= today),
        (Issue.pending_at > today) & (Issue.pending_at <= until),
        review,
    )]  # fmt: skip
    names = ("逾期", "今日", "即将", "复查")
    summary = " · ".join(f"{name} {number:,}" for name, number in zip(names, counts, strict=True) if number)
    sorts = categories.of(register)
    lines = tuple(_issue(row, sorts, now) for row in rows[:limit])
    return Section(Kind.DUE, sum(counts), lines, summary)


def report_backs(register: Register, code: str, now: datetime.datetime, limit: int) -> Section:
    """Those who have still to hear how what they raised has ended, who waits longest first; behind them those
    whose issue was turned down."""
    waiting = Issue.state.in_([int(state) for state in State if state.awaits_report_back]) & ~Reporter.is_settled()
    query = (
        Reporter.select(
            *(Reporter.name, Reporter.phone, Issue.uid, Issue.number, Issue.description, Issue.resolved_on, Area.code),
            *(Household.precedence, Household.uid),
        )
        .join(Issue, on=(Issue.uid == Reporter.issue))
        .join(Area, on=(Area.uid == Issue.area))
        .join(Household, JOIN.LEFT_OUTER, on=(Household.uid == Reporter.household))
        .where(waiting & tree.within(code))
    )
    first = query.order_by(Issue.resolved_on.is_null(), Issue.resolved_on, Issue.number, Reporter.uid).limit(limit)
    lines = tuple(_report_back(row, now.date()) for row in register.all(first.tuples()))
    count = register.value(query.select(fn.COUNT(Reporter.uid)))
    return Section(Kind.REPORT_BACK, count, lines)


def _issues(code: str, condition: Expression) -> Select:
    columns = (
        *(Issue.uid, Issue.number, Issue.category, Issue.description, Issue.pending_at, Issue.review_on, Issue.urgent),
        *(Issue.place, Household.building, Household.entrance, Household.room, Household.precedence, Area.code),
        *(Area.name, Issue.household),
    )
    return (
        Issue.select(*columns)
        .join(Area, on=(Area.uid == Issue.area))
        .join(Household, JOIN.LEFT_OUTER, on=(Household.uid == Issue.household))
        .where(condition & tree.within(code))
        .tuples()
    )


def _count(register: Register, code: str, condition: Expression) -> int:
    query = Issue.select(fn.COUNT(Issue.uid)).join(Area, on=(Area.uid == Issue.area))
    found: int = register.value(query.where(condition & tree.within(code)))
    return found


def _issue(row: tuple[Any, ...], sorts: categories.Categories, now: datetime.datetime) -> Line:
    uid, number, category, description, pending_at, review_on, urgent, place, *door, precedence, code, area, home = row
    where = address.short_label(*door) if door[0] or door[2] else place or area
    detail = "  ".join(filter(None, (where, sorts.name_of(category), number)))
    text = " ".join(description.split())
    if pending_at is None:
        words = "今日复查" if review_on == now.date() else f"复查已过{(now.date() - review_on).days}天"
        near = Urgency.TODAY if review_on == now.date() else Urgency.OVERDUE
    else:
        words, near = deadlines.in_words(pending_at, now), deadlines.urgency(pending_at, now)
    title = f"【紧急】{text}" if urgent else text
    return Line(title, detail, words, Thing.ISSUE, bytes(uid), code, near, precedence, home)


def _report_back(row: tuple[Any, ...], today: datetime.date) -> Line:
    name, phone, uid, number, description, resolved_on, code, precedence, home = row
    days = (today - resolved_on).days if resolved_on is not None else None
    when = "不予受理" if days is None else f"办结{days}天" if days else "今日办结"
    title = f"{name or '匿名'}  {phone}".strip()
    detail = f"{number} {' '.join(description.split())}"
    return Line(title, detail, when, Thing.ISSUE, bytes(uid), code, Urgency.NONE, precedence, home)
