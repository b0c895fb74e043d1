"""The steps that an issue has taken: writing the next one, and reading them."""

import datetime
import json
from collections.abc import Mapping
from typing import Any

from gridapp.errors import UserError
from gridapp.ids import Uid, new_uid
from gridapp.issues.model import Issue, IssueStep
from gridapp.issues.states import State
from gridapp.issues.workflow import Step
from gridapp.places import current_actor
from gridapp.store.changes import Recording
from gridapp.store.register import Register

ISSUES, STEPS = Issue.table(), IssueStep.table()
"""What attachments belong to: an issue as it was raised, or a step that was taken with it."""
_NEXT = datetime.timedelta(microseconds=1)


def read(recording: Recording, issue: Uid) -> dict[str, Any]:
    """An issue as it is stored.

    Raises:
        UserError: it is not there any more.
    """
    stored = recording.read(Issue, issue)
    if stored is None:
        raise UserError("这条民意已被撤销，请重新查看台账。")
    return stored


def append(
    recording: Recording,
    issue: Uid,
    step: Step,
    old: State | None,
    new: State,
    at: datetime.datetime,
    by: str | None,
    note: str = "",
    details: Mapping[str, Any] | None = None,
) -> Uid:
    """Write a step, which comes after the last one whatever the clocks of two workstations say."""
    uid, last = new_uid(), last_step(recording.register, issue)
    if last is not None and (at, uid) <= (last.at, bytes(last.uid)):
        at = last.at if uid > bytes(last.uid) else last.at + _NEXT
    return recording.insert(
        IssueStep,
        uid=uid,
        issue=issue,
        at=at,
        step=step.value,
        by=by if by is not None else current_actor(),
        old_state=int(old) if old is not None else None,
        new_state=int(new),
        note=note,
        details=json.dumps(details, ensure_ascii=False, sort_keys=True) if details else "",
    )


def last_step(register: Register, issue: Uid) -> IssueStep | None:
    """The latest step of an issue."""
    query = IssueStep.select().where(IssueStep.issue == issue).order_by(IssueStep.at.desc(), IssueStep.uid.desc())
    step: IssueStep | None = register.first(query)
    return step


def steps(register: Register, issue: Uid) -> list[IssueStep]:
    """Every step of an issue, the first one first."""
    query = IssueStep.select().where(IssueStep.issue == issue).order_by(IssueStep.at, IssueStep.uid)
    return register.all(query)
