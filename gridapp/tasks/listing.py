"""The tasks of an area, of those below it and of those above it, filtered, a page at a time."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

import peewee
from peewee import Case, fn

from gridapp.areas import tree
from gridapp.areas.model import CODE_LENGTHS, Area
from gridapp.days import said_day, week_of
from gridapp.households.order import Order
from gridapp.ids import Uid
from gridapp.store.register import Register
from gridapp.tasks.model import Task
from gridapp.tasks.recurrence import Rule, rule_of
from gridapp.teams.model import ROLE_BY_KEY


class State(StrEnum):
    """How far a task has come."""

    NOT_STARTED = "not_started"
    UNDER_WAY = "under_way"
    OVERDUE = "overdue"
    DONE = "done"
    CANCELLED = "cancelled"


STATE_NAMES = {
    State.NOT_STARTED: "未开始",
    State.UNDER_WAY: "进行中",
    State.OVERDUE: "逾期",
    State.DONE: "已完成",
    State.CANCELLED: "已取消",
}


class View(StrEnum):
    """Which tasks are looked at; all but the last three are to be done still."""

    OPEN = "open"
    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    UNDER_WAY = "under_way"
    DONE = "done"
    CANCELLED = "cancelled"
    ALL = "all"


VIEW_NAMES = {
    View.OPEN: "未完成",
    View.OVERDUE: "逾期",
    View.TODAY: "今天",
    View.WEEK: "本周",
    View.UNDER_WAY: "进行中",
    View.DONE: "已完成",
    View.CANCELLED: "已取消",
    View.ALL: "全部",
}


@dataclass(frozen=True)
class TaskFilter:
    """Which tasks of an area are wanted.

    Attributes:
        area_code: its own, those of the areas below it, and with ``from_above`` also those of the areas around it.
        assignee: the name of whom it is for; ``role`` the key of a role, for tasks that name nobody.
        emergency: of this one alone; ``moment`` is when what is due by the clock is late, as all of it is.
        text: words that title, assignee, role or note have to contain, all of them.
    """

    area_code: str
    view: View = View.OPEN
    assignee: str = ""
    role: str = ""
    text: str = ""
    from_above: bool = True
    emergency: Uid | None = None
    moment: datetime.datetime | None = None


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task as a list shows it."""

    uid: Uid
    area: Uid
    area_code: str
    area_name: str
    title: str
    assignee: str
    role: str
    due_on: datetime.date | None
    started_on: datetime.date | None
    done_on: datetime.date | None
    cancelled_on: datetime.date | None
    progress: int
    recurrence: str
    every: int
    note: str
    due_at: datetime.datetime | None = None
    done_at: datetime.datetime | None = None
    emergency: Uid | None = None

    @property
    def is_open(self) -> bool:
        return self.done_on is None and self.cancelled_on is None

    @property
    def who(self) -> str:
        """Whom it is for: a name, or else a role."""
        return self.assignee or (ROLE_BY_KEY[self.role].name if self.role in ROLE_BY_KEY else "")

    @property
    def rule(self) -> Rule:
        return rule_of(self.recurrence, self.every)

    def state(self, today: datetime.date) -> State:
        """How far it has come by a day, or by a moment, which what is due by the clock needs to be late on its day."""
        if self.cancelled_on is not None:
            return State.CANCELLED
        if self.done_on is not None:
            return State.DONE
        if self._is_late(today):
            return State.OVERDUE
        return State.UNDER_WAY if self.progress or self.started_on is not None else State.NOT_STARTED

    def state_text(self, today: datetime.date) -> str:
        """The state in words; of what is late, by how many days, or by the clock ``逾期25分``."""
        state = self.state(today)
        if state is not State.OVERDUE or self.due_on is None:
            return STATE_NAMES[state]
        if self.due_at is not None and isinstance(today, datetime.datetime):
            return late_text(today - self.due_at)
        return f"逾期{(_day(today) - self.due_on).days}天"

    def due_text(self, today: datetime.date) -> str:
        """The day it is due, as one says it; by the clock ``02:30前``, ``明天 02:30前``."""
        day = _day(today)
        if self.due_at is None:
            return said_day(self.due_on, day)
        clock = f"{self.due_at:%H:%M}前"
        return clock if self.due_at.date() == day else f"{said_day(self.due_at.date(), day)} {clock}"

    def _is_late(self, today: datetime.date) -> bool:
        if self.due_at is not None and isinstance(today, datetime.datetime):
            return self.due_at < today
        return self.due_on is not None and self.due_on < _day(today)

    def state_label(self, today: datetime.date) -> str:
        """The state with the progress of what is to be done still: ``进行中 40%``."""
        told = self.state_text(today)
        return f"{told} {self.progress}%" if self.progress and self.is_open else told


_COLUMNS = (
    *(Task.uid, Task.area, Area.code, Area.name, Task.title, Task.assignee, Task.role, Task.due_on, Task.started_on),
    *(Task.done_on, Task.cancelled_on, Task.progress, Task.recurrence, Task.every, Task.note),
    *(Task.due_at, Task.done_at, Task.emergency),
)
_NEVER = datetime.date(9999, 12, 31)
IS_OPEN = Task.done_on.is_null() & Task.cancelled_on.is_null()


def late_text(late: datetime.timedelta) -> str:
    """``逾期25分``, ``逾期3小时``, ``逾期2天``."""
    minutes = int(late.total_seconds() // 60)
    if minutes < 60:
        return f"逾期{max(minutes, 1)}分"
    return f"逾期{minutes // 60}小时" if minutes < 24 * 60 else f"逾期{minutes // (24 * 60)}天"


def _day(today: datetime.date) -> datetime.date:
    return today.date() if isinstance(today, datetime.datetime) else today


class Listing:
    """The order is read once; a row is read where it is looked at."""

    def __init__(self, register: Register, chosen: TaskFilter, today: datetime.date) -> None:
        """Make it; nothing is read yet."""
        self._register = register
        self.filter = chosen
        self.today = today

    def prepare(self) -> None:
        """Read what may take long now, so that everything asked later is answered at once."""
        assert self.count >= 0
        assert self.counts is not None

    @property
    def count(self) -> int:
        """How many tasks it holds."""
        return len(self._order)

    @cached_property
    def counts(self) -> dict[View, int]:
        """How many tasks to be done there are by day due, whichever of them is shown."""
        wanted = replace(self.filter, view=View.OPEN)
        late = fn.SUM(Case(None, [(_looked_at(View.OVERDUE, self.today, wanted.moment), 1)], 0))
        now = fn.SUM(Case(None, [(_looked_at(View.TODAY, self.today), 1)], 0))
        soon = fn.SUM(Case(None, [(_looked_at(View.WEEK, self.today), 1)], 0))
        query = _chosen(wanted, self.today, fn.COUNT(Task.uid), late, now, soon)
        row = self._register.first(query.tuples()) or (0, 0, 0, 0)
        views = (View.OPEN, View.OVERDUE, View.TODAY, View.WEEK)
        return {view: int(number or 0) for view, number in zip(views, row, strict=True)}

    def page(self, offset: int, limit: int) -> list[TaskRow]:
        """At most ``limit`` rows from position ``offset`` on; those deleted meanwhile are left out."""
        return rows(self._register, self._order.part(offset, limit))

    def uids_at(self, offset: int, limit: int) -> list[Uid]:
        """The tasks of at most ``limit`` rows from position ``offset`` on."""
        return self._order.part(offset, limit)

    def position_of(self, uid: Uid) -> int | None:
        """Where a task stands in the list, or None if it is not in it."""
        return self._order.position_of(uid)

    @cached_property
    def _order(self) -> Order:
        query = _chosen(self.filter, self.today, Task.uid).order_by(*_keys(self.filter.view))
        return Order(self._register.column(query))


def rows(register: Register, uids: Sequence[Uid]) -> list[TaskRow]:
    """The tasks with these uids, in this order; those that are gone are left out."""
    if not uids:
        return []
    query = Task.select(*_COLUMNS).join(Area, on=(Area.uid == Task.area)).where(Task.uid.in_(list(uids)))
    found = {bytes(row[0]): TaskRow(*row) for row in register.all(query.tuples())}
    return [found[uid] for uid in map(bytes, uids) if uid in found]


def of_area(register: Register, chosen: TaskFilter, today: datetime.date, limit: int | None = None) -> list[TaskRow]:
    """The tasks of a filter themselves, where they are few."""
    query = _chosen(chosen, today, *_COLUMNS).order_by(*_keys(chosen.view))
    return [TaskRow(*row) for row in register.all((query.limit(limit) if limit else query).tuples())]


def open_until(register: Register, chosen: TaskFilter, day: datetime.date) -> int:
    """How many tasks of a filter are to be done by a day, late ones among them."""
    return int(register.value(_chosen(chosen, day, fn.COUNT(Task.uid)).where(IS_OPEN & (Task.due_on <= day))))


def each_of_area(register: Register, code: str) -> Iterator[TaskRow]:
    """All tasks of an area and below it, done or not, by area and day due, none kept in memory."""
    query = Task.select(*_COLUMNS).join(Area, on=(Area.uid == Task.area)).where(tree.within(code))
    for row in register.each(query.order_by(Area.code, Task.due_on, Task.uid)):
        yield TaskRow(*row)


def in_scope(code: str, from_above: bool) -> peewee.Expression:
    """The condition that an area is this one or below it, or around it."""
    if not from_above:
        return tree.within(code)
    above = [code[:length] for length in CODE_LENGTHS.values() if length < len(code)]
    return (tree.within(code) | Area.code.in_(above)) if above else tree.within(code)


def _chosen(chosen: TaskFilter, today: datetime.date, *columns: Any) -> peewee.Select:
    query = Task.select(*columns).join(Area, on=(Area.uid == Task.area))
    query = query.where(in_scope(chosen.area_code, chosen.from_above))
    looked_at = _looked_at(chosen.view, today, chosen.moment)
    if looked_at is not None:
        query = query.where(looked_at)
    if chosen.emergency is not None:
        query = query.where(Task.emergency == chosen.emergency)
    if chosen.assignee:
        query = query.where(Task.assignee == chosen.assignee)
    if chosen.role:
        query = query.where((Task.role == chosen.role) & (Task.assignee == ""))
    for word in chosen.text.split():
        roles = [key for key, role in ROLE_BY_KEY.items() if word in role.name]
        said = Task.title.contains(word) | Task.assignee.contains(word) | Task.note.contains(word)
        query = query.where((said | ((Task.assignee == "") & Task.role.in_(roles))) if roles else said)
    return query


def _looked_at(view: View, today: datetime.date, moment: datetime.datetime | None = None) -> Any:
    monday, sunday = week_of(today)
    return {
        View.OPEN: IS_OPEN,
        View.OVERDUE: IS_OPEN & ((Task.due_on < today) if moment is None else (Task.due_at < moment)),
        View.TODAY: IS_OPEN & (Task.due_on == today),
        View.WEEK: IS_OPEN & Task.due_on.between(monday, sunday),
        View.UNDER_WAY: IS_OPEN & ((Task.progress > 0) | Task.started_on.is_null(False)),
        View.DONE: Task.done_on.is_null(False) & Task.cancelled_on.is_null(),
        View.CANCELLED: Task.cancelled_on.is_null(False),
        View.ALL: None,
    }[view]


def _keys(view: View) -> list[Any]:
    # What an emergency asks for comes before all else that is to be done, by the clock.
    urgent = Case(None, [(Task.emergency.is_null(False) & IS_OPEN, 0)], 1)
    due = [
        fn.COALESCE(Task.due_on, _NEVER),
        Case(None, [(Task.due_at.is_null(), 1)], 0),
        Task.due_at,
        Area.code,
        Task.uid,
    ]
    if view is View.DONE:
        return [Task.done_on.desc(), *due]
    if view is View.CANCELLED:
        return [Task.cancelled_on.desc(), *due]
    if view is View.ALL:
        return [Case(None, [(IS_OPEN, 0)], 1), urgent, *due]
    return [urgent, *due]
