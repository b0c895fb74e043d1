"""How the invented issues went through their steps: who took them when, and how far they have come."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from gridapp.areas.model import LEVEL_NAMES, Level
from gridapp.demo.names import TODAY
from gridapp.demo.words import pick
from gridapp.ids import Uid
from gridapp.issues import categories, replies
from gridapp.issues.categories import Category
from gridapp.issues.deadlines import due_at, end_of, stepped
from gridapp.issues.states import Channel, Satisfaction, Source, State
from gridapp.issues.workflow import Step

if TYPE_CHECKING:
    from gridapp.demo.issues import Raised

_OPENS, _WORKS_MINUTES = time(8, 30), 9 * 60
_SOURCES = [Source.VISIT] * 11 + [Source.PHONE] * 4 + [Source.COUNTER] * 2 + [Source.WECHAT] * 2 + [Source.HOTLINE]
_CHANNELS = [Channel.PHONE] * 5 + [Channel.VISIT] * 3 + [Channel.WECHAT] * 2
_SATISFACTIONS = [Satisfaction.SATISFIED] * 4 + [Satisfaction.MOSTLY] * 2 + [Satisfaction.NOT]
_FRESH_DAYS = 3
_URGENT, _ESCALATED, _EXTENDED, _FOLLOWED, _ARCHIVED = 0.4, 0.35, 0.06, 0.6, 0.75
# Of those that are not resolved and reported back: resolved and waiting, turned down, set aside, unreachable, the same.
_WAITING, _REJECTED, _SUSPENDED, _EXCUSED = 0.06, 0.02, 0.05, 0.01


@dataclass(slots=True)
class Person:
    """Somebody who raised an issue."""

    household: Uid | None
    name: str
    phone: str
    source: Source
    on: date
    told_on: date | None = None
    channel: str = ""
    satisfaction: str = ""
    excuse: str = ""


@dataclass(slots=True)
class Course:
    """The steps of one issue, the first one first, as (at, step, by, old state, new state, note, details)."""

    at: datetime
    state: State | None = None
    steps: list[tuple] = field(default_factory=list)

    def take(self, step: Step, state: State, by: str, at: datetime, note: str = "", **details: Any) -> None:
        """Go on to a state, never before what happened last."""
        self.at = max(self.at, at)
        told = json.dumps(details, ensure_ascii=False, sort_keys=True) if details else ""
        old = int(self.state) if self.state is not None else None
        self.steps.append((self.at, step.value, by, old, int(state), note, told))
        self.state = state

    def go_back(self, steps: int) -> None:
        """Forget what was done after so many steps."""
        self.steps = self.steps[:steps]
        self.at, self.state = self.steps[-1][0], State(self.steps[-1][4])


class Courses:
    """Draws the course of one issue after the other."""

    def __init__(self) -> None:
        self._replies = replies.built_in()

    def draw(self, rng: Random, issue: "Raised", by: str, joined: Person | None) -> None:
        """Let an issue take its steps. ``issue`` tells whether it is resolved and reported back, and on which days."""
        issue.category = _category(issue.category, issue.description)
        sort = categories.built_in().get(issue.category)
        issue.urgent = self._is_urgent(rng, issue, sort)
        begun = _moment(rng, issue.registered_on)
        issue.due_at = due_at(Level(issue.level), begun, issue.urgent, sort)
        course = issue.course = Course(begun)
        course.take(Step.REGISTER, State.REGISTERED, by, begun)
        last = min(issue.resolved_on or TODAY, TODAY)
        if joined is not None and joined.on <= last:
            course.take(Step.JOIN, State.REGISTERED, by, _moment(rng, joined.on), name=joined.name)
            issue.reporters.append(joined)
        if not issue.told_on and (TODAY - issue.registered_on).days < _FRESH_DAYS:
            return
        self._accept(rng, issue, course, by)
        if issue.told_on is not None:
            self._finish(rng, issue, course, by)
        elif (TODAY - issue.registered_on).days >= 2 * _FRESH_DAYS:
            self._leave(rng, issue, course, by)

    def _is_urgent(self, rng: Random, issue: "Raised", sort: Category | None) -> bool:
        """Only what cannot wait is an emergency, and none of them is left to lie for weeks."""
        presses = sort is not None and (sort.hours is not None or sort.working_days == 1)
        fresh = issue.told_on is not None or (TODAY - issue.registered_on).days < _FRESH_DAYS
        return presses and fresh and rng.random() < _URGENT

    def _note(self, rng: Random, step: str) -> str:
        return pick(rng, self._replies[step])

    def _accept(self, rng: Random, issue: "Raised", course: Course, by: str) -> None:
        last = issue.resolved_on or TODAY
        for level in range(Level.GRID, issue.level, -1):
            if rng.random() < _ESCALATED:
                note = self._note(rng, "escalate")
                course.take(Step.ESCALATE, State.REGISTERED, by, course.at + timedelta(minutes=20), note,
                            level=[level, level - 1])  # fmt: skip
        office = LEVEL_NAMES[Level(issue.level)] + "受理岗" if issue.level < Level.GRID else by
        day = min(issue.registered_on + timedelta(days=rng.randint(0, 1)), last)
        course.take(Step.ACCEPT, State.ACCEPTED, office, _moment(rng, day))
        if issue.told_on is None and rng.random() < 0.15:
            issue.handler = ""
            return
        day = min(day + timedelta(days=rng.randint(0, 2)), last)
        course.take(Step.ASSIGN, State.IN_PROGRESS, office, _moment(rng, day), self._note(rng, "assign"),
                    handler=["", issue.handler])  # fmt: skip

    def _finish(self, rng: Random, issue: "Raised", course: Course, by: str) -> None:
        assert issue.told_on is not None and issue.resolved_on is not None
        self._resolve(rng, issue, course, issue.resolved_on)
        self._tell(rng, issue, course, by, issue.told_on)
        day = issue.told_on + timedelta(days=rng.randint(2, 7))
        if day <= TODAY and rng.random() < _FOLLOWED:
            course.take(Step.FOLLOW_UP, State.FOLLOWED_UP, by, _moment(rng, day), self._note(rng, "follow_up"))
            day += timedelta(days=rng.randint(1, 3))
        if day <= TODAY and rng.random() < _ARCHIVED:
            course.take(Step.CLOSE, State.CLOSED, by, _moment(rng, day))

    def _resolve(self, rng: Random, issue: "Raised", course: Course, day: date) -> None:
        issue.handler = issue.handler or course.steps[0][2]
        issue.result = self._note(rng, "resolve")
        course.take(Step.RESOLVE, State.RESOLVED, issue.handler, _moment(rng, day), issue.result)
        issue.resolved_on = day

    def _tell(self, rng: Random, issue: "Raised", course: Course, by: str, day: date) -> None:
        for number, person in enumerate(issue.reporters, 1):
            person.told_on, person.channel = day, pick(rng, _CHANNELS).value
            person.satisfaction = pick(rng, _SATISFACTIONS).value
            state = State.REPORTED_BACK if number == len(issue.reporters) else State.RESOLVED
            course.take(Step.REPORT_BACK, state, by, _moment(rng, day), self._note(rng, "report_back"),
                        name=person.name, channel=person.channel, satisfaction=person.satisfaction)  # fmt: skip

    def _leave(self, rng: Random, issue: "Raised", course: Course, by: str) -> None:
        """Let an issue that is not over stand somewhere."""
        drawn = rng.random()
        if (drawn := drawn - _WAITING) < 0:
            self._resolve(rng, issue, course, TODAY - timedelta(days=rng.randint(0, 5)))
        elif (drawn := drawn - _REJECTED) < 0:
            issue.result = self._note(rng, "reject")
            course.go_back(len(issue.reporters))
            course.take(Step.REJECT, State.REJECTED, by, course.at, issue.result)
        elif (drawn := drawn - _SUSPENDED) < 0:
            issue.suspended_on = TODAY - timedelta(days=rng.randint(0, 4))
            issue.review_on = issue.suspended_on + timedelta(days=rng.choice((3, 30, 90, 180)))
            course.take(Step.SUSPEND, State.SUSPENDED, by, _moment(rng, issue.suspended_on),
                        self._note(rng, "suspend"), review_on=issue.review_on.isoformat())  # fmt: skip
        elif (drawn := drawn - _EXCUSED) < 0:
            self._resolve(rng, issue, course, TODAY - timedelta(days=rng.randint(2, 5)))
            excuse = self._note(rng, "excuse")
            for number, person in enumerate(issue.reporters, 1):
                person.excuse = excuse
                state = State.REPORTED_BACK if number == len(issue.reporters) else State.RESOLVED
                course.take(Step.EXCUSE, state, by, course.at, excuse, name=person.name)
        elif rng.random() < _EXTENDED:
            due = end_of(stepped(TODAY, rng.randint(3, 15)))
            if due > issue.due_at:
                told = [issue.due_at.isoformat(), due.isoformat()]
                course.take(
                    Step.EXTEND, course.state or State.ACCEPTED, by, course.at, self._note(rng, "extend"), due=told
                )
                issue.due_at = due


def second(rng: Random, source: Callable[[], tuple[Uid | None, str, str]], registered_on: date) -> Person:
    """Somebody else who says the same some days later."""
    household, name, phone = source()
    return Person(household, name, phone, pick(rng, _SOURCES), registered_on + timedelta(days=rng.randint(0, 4)))


def first(rng: Random, household: Uid | None, name: str, phone: str, on: date) -> Person:
    """Who raised it."""
    return Person(household, name, phone, pick(rng, _SOURCES), on)


def rows(people: Sequence[Person], issue: Uid, new_uid: Callable[[], Uid]) -> list[tuple]:
    """Those who raised an issue, as rows of their table."""
    return [
        (new_uid(), issue, one.household, one.name, one.phone, one.source.value, one.on, one.told_on, one.channel,
         one.satisfaction, one.excuse)
        for one in people
    ]  # fmt: skip


def _category(name: str, description: str) -> str:
    sorts = categories.built_in()
    top = sorts.key_of(name)
    closer = sorts.suggested(description)
    return closer.key if closer is not None and sorts.top_of(closer.key) == sorts.top_of(top) else top


def _moment(rng: Random, day: date) -> datetime:
    return datetime.combine(day, _OPENS) + timedelta(minutes=rng.randrange(_WORKS_MINUTES))
