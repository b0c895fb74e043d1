"""Which issues of the ledger a listing holds: a filter with its views, and the conditions they mean."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import peewee
from peewee import fn

from gridapp.areas.model import Level
from gridapp.ids import Uid
from gridapp.issues.categories import Categories
from gridapp.issues.deadlines import soon_until
from gridapp.issues.model import Issue, Reporter
from gridapp.issues.states import Satisfaction, Source, State

_ONE_DAY = datetime.timedelta(days=1)


class View(StrEnum):
    """A look at the ledger that somebody takes every day."""

    OPEN = "open"
    MINE = "mine"
    TODAY = "today"
    OVERDUE = "overdue"
    SOON = "soon"
    SUSPENDED = "suspended"
    REVIEW = "review"
    REPORT_BACK = "report_back"
    FOLLOW_UP = "follow_up"
    CLOSED = "closed"
    ALL = "all"


VIEW_NAMES = {
    View.OPEN: "全部未结",
    View.MINE: "我的",
    View.TODAY: "今日到期",
    View.OVERDUE: "逾期",
    View.SOON: "即将到期",
    View.SUSPENDED: "已挂起",
    View.REVIEW: "复查到期",
    View.REPORT_BACK: "待反馈",
    View.FOLLOW_UP: "待回访",
    View.CLOSED: "已结案",
    View.ALL: "全部",
}
"""In the order in which they are offered."""


@dataclass(frozen=True)
class Desk:
    """Whose issues are meant by "mine": a member of a team, or an office by its name."""

    name: str
    member: Uid | None = None


@dataclass(frozen=True)
class LedgerFilter:
    """Which issues a listing holds. What is not told leaves all; what is told has to hold together.

    Attributes:
        area_code: those raised in this area and below it.
        view: which of the everyday looks.
        desk: whose are meant by ``View.MINE``; without one that view is empty.
        states: those in one of these.
        categories: keys; those of one of these, or of one within it.
        level: those handled on this level.
        source: those that somebody raised by this way.
        urgent: emergencies alone.
        assignee: those that this member of a team handles.
        text: those that have it in number, description, handler, or the name or phone of who raised them.
        since, until: those registered from this day on, and up to that one.
        satisfaction: those whose least content reporter is so.
    """

    area_code: str
    view: View = View.ALL
    desk: Desk | None = None
    states: frozenset[State] = frozenset()
    categories: frozenset[str] = frozenset()
    level: Level | None = None
    source: Source | None = None
    urgent: bool = False
    assignee: Uid | None = None
    text: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None
    satisfaction: Satisfaction | None = None


def conditions(chosen: LedgerFilter, sorts: Categories, now: datetime.datetime) -> list[peewee.Node]:
    """What an issue has to fulfil beside lying in the area.

    Args:
        sorts: the categories of the register, which tell what lies within which.
        now: as of when deadlines are near or past.
    """
    return [*_of_view(chosen, now), *beside_view(chosen, sorts)]


def in_view(view: View, now: datetime.datetime, desk: Desk | None = None) -> peewee.Expression | None:
    """The condition that an issue is in a view; None where every issue is."""
    midnight = datetime.datetime.combine(now.date() + _ONE_DAY, datetime.time())
    after_soon = datetime.datetime.combine(soon_until(now.date()) + _ONE_DAY, datetime.time())
    pending = Issue.pending_at
    suspended = Issue.state == int(State.SUSPENDED)
    found: dict[View, peewee.Expression | None] = {
        View.OPEN: Issue.is_open(),
        View.MINE: _mine(desk),
        # The state says nothing that the deadline does not say, but lets the index of open issues answer.
        View.TODAY: Issue.is_open() & (pending >= now) & (pending < midnight),
        View.OVERDUE: Issue.is_open() & (pending < now),
        View.SOON: Issue.is_open() & (pending >= midnight) & (pending < after_soon),
        View.SUSPENDED: suspended,
        View.REVIEW: suspended & (Issue.review_on <= now.date()),
        View.REPORT_BACK: Issue.state.in_([int(state) for state in State if state.awaits_report_back]),
        View.FOLLOW_UP: Issue.state == int(State.REPORTED_BACK),
        View.CLOSED: Issue.state == int(State.CLOSED),
        View.ALL: None,
    }
    return found[view]


def _mine(desk: Desk | None) -> peewee.Expression:
    if desk is None:
        return Issue.is_open() & Issue.uid.is_null()
    handled = Issue.handler.contains(desk.name)
    if desk.member is not None:
        handled |= Issue.assignee == desk.member
    return Issue.is_open() & handled


def _of_view(chosen: LedgerFilter, now: datetime.datetime) -> Iterator[peewee.Node]:
    if chosen.states:
        yield Issue.state.in_(sorted(int(state) for state in chosen.states))
    view = in_view(chosen.view, now, chosen.desk)
    if view is not None:
        yield view


def beside_view(chosen: LedgerFilter, sorts: Categories) -> Iterator[peewee.Node]:
    """What is asked for beside view and states, one condition each."""
    if chosen.categories:
        yield Issue.category.in_(sorted({key for one in chosen.categories for key in sorts.within(one)}))
    if chosen.level is not None:
        yield Issue.level == int(chosen.level)
    if chosen.source is not None:
        yield Issue.uid.in_(Reporter.select(Reporter.issue).where(Reporter.source == chosen.source.value))
    if chosen.urgent:
        yield Issue.urgent == True  # noqa: E712
    if chosen.assignee is not None:
        yield Issue.assignee == chosen.assignee
    if chosen.since is not None:
        yield Issue.registered_on >= chosen.since
    if chosen.until is not None:
        yield Issue.registered_on <= chosen.until
    if chosen.satisfaction is not None:
        yield Issue.satisfaction == chosen.satisfaction.value
    for word in chosen.text.split():
        yield matching(word)


def matching(word: str) -> peewee.Expression:
    """The condition that an issue has a word in its number, text or handler, or in who raised it."""
    raised = Reporter.select(Reporter.issue).where(Reporter.name.contains(word) | Reporter.phone.contains(word))
    return (
        Issue.description.contains(word)
        | Issue.number.contains(word)
        | Issue.handler.contains(word)
        | Issue.uid.in_(raised)
    )


def without_view(chosen: LedgerFilter) -> bool:
    """Whether nothing but area, view and states is asked for, which indexes tell."""
    return not (
        chosen.categories
        or chosen.text.split()
        or chosen.urgent
        or any(
            told is not None
            for told in (
                *(chosen.level, chosen.source, chosen.assignee, chosen.since, chosen.until),
                chosen.satisfaction,
            )
        )
    )


def summed(condition: peewee.Expression) -> peewee.Function:
    """How many of the rows of a group fulfil a condition."""
    return fn.SUM(peewee.Case(None, [(condition, 1)], 0))
