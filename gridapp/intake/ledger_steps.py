"""The steps that an issue of a ledger has taken, as far as its days tell, and the state to which they led."""

import datetime
import json
from collections.abc import Mapping
from typing import Any

from gridapp.intake.ledger_entries import LedgerEntry, Progress
from gridapp.issues.states import State, satisfaction_name
from gridapp.issues.workflow import Step

_NEXT = datetime.timedelta(microseconds=1)
_RESOLVED = "已解决"
_REJECTED = "不予受理"


class Course:
    """An issue on its way.

    Attributes:
        steps: as (at, step, by, old state, new state, note, details). A ledger says not who took them.
        told_on: the day on which who raised it heard of it; ``satisfaction`` what they said then.
    """

    def __init__(self, registered_on: datetime.date) -> None:
        self.state = State.REGISTERED
        self.steps: list[tuple] = []
        self.resolved_on: datetime.date | None = None
        self.told_on: datetime.date | None = None
        self.result = ""
        self.satisfaction = ""
        self._at = datetime.datetime.combine(registered_on, datetime.time())

    def take(
        self,
        step: Step,
        state: State,
        day: datetime.date | None = None,
        note: str = "",
        details: Mapping[str, Any] | None = None,
    ) -> None:
        """Take a step on a day, or on that of the step before."""
        if day is not None:
            self._at = max(self._at, datetime.datetime.combine(day, datetime.time()))
        text = json.dumps(details, ensure_ascii=False, sort_keys=True) if details else ""
        old = int(self.state) if self.steps else None
        self.steps.append((self._at, step.value, "", old, int(state), note, text))
        self._at += _NEXT  # steps of one day keep their order
        self.state = state


def course_of(entry: LedgerEntry, file: str) -> Course:
    """The way of an issue up to where its row says that it stands.

    Args:
        file: the workbook, as the history names it.
    """
    course = Course(entry.registered_on)
    course.take(Step.REGISTER, State.REGISTERED, note=f"由 {file} 导入")
    if entry.progress is Progress.REJECTED:
        course.result = entry.handling or _REJECTED
        course.take(Step.REJECT, State.REJECTED, entry.resolved_on, course.result)
        _tell(course, entry)
    elif entry.progress is Progress.RESOLVED:
        _assign(course, entry)
        course.resolved_on, course.result = entry.resolved_on, entry.handling or _RESOLVED
        course.take(Step.RESOLVE, State.RESOLVED, entry.resolved_on, course.result)
        _tell(course, entry)
    else:
        _handle(course, entry)
    return course


def _handle(course: Course, entry: LedgerEntry) -> None:
    untold = entry.progress is Progress.UNTOLD
    if entry.progress is Progress.IN_PROGRESS or (untold and entry.handler):
        if entry.handler:
            _assign(course, entry)
        else:
            course.take(Step.ACCEPT, State.ACCEPTED)
            course.take(Step.START, State.IN_PROGRESS)
    elif entry.progress is Progress.ACCEPTED:
        course.take(Step.ACCEPT, State.ACCEPTED)
    if entry.handling:
        _note(course, entry.handling)


def _assign(course: Course, entry: LedgerEntry) -> None:
    if entry.handler:
        course.take(Step.ASSIGN, State.IN_PROGRESS, details={"handler": ["", entry.handler]})


def _tell(course: Course, entry: LedgerEntry) -> None:
    if entry.reported_on is None:
        if entry.satisfaction:
            entry.warnings.append("有满意度却没有反馈日期，按待反馈登记，满意度记在办理记录里")
            _note(course, f"账单上的满意度：{satisfaction_name(entry.satisfaction)}")
        return
    course.told_on, course.satisfaction = entry.reported_on, entry.satisfaction
    details = {"name": entry.reporter, "satisfaction": entry.satisfaction}
    course.take(Step.REPORT_BACK, State.REPORTED_BACK, entry.reported_on, details=details)


def _note(course: Course, text: str) -> None:
    course.take(Step.NOTE, course.state, note=text)
