"""What is told of a step of an issue, and whether that is all that the step needs."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from gridapp.attachments.preparing import Prepared
from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.issues.registering import NewReporter
from gridapp.issues.states import Channel, Satisfaction
from gridapp.issues.workflow import Need, Transition


class Missing(UserError):
    """Something that a step needs is not told, or cannot be. ``need`` says what has to be mended."""

    def __init__(self, need: Need, text: str) -> None:
        super().__init__(text)
        self.need = need


@dataclass(frozen=True)
class Entry:
    """What is told of a step; which of it a step needs stands in the workflow.

    Attributes:
        on: the day on which it happened; today unless told.
        original: the issue that this one is a duplicate of.
        reporter: who was reported back to; may be left out where only one has not been told yet.
        new_reporter: who has raised the issue too.
        files: what is attached to the step.
    """

    note: str = ""
    on: datetime.date | None = None
    handler: str = ""
    assignee: Uid | None = None
    review_on: datetime.date | None = None
    due_on: datetime.date | None = None
    original: Uid | None = None
    reporter: Uid | None = None
    channel: Channel | None = None
    satisfaction: Satisfaction | None = None
    new_reporter: NewReporter | None = None
    files: Sequence[Prepared] = ()


def refuse_missing(row: Transition, entry: Entry) -> None:
    """Refuse an entry that does not tell what a step needs.

    Raises:
        Missing: something is not told.
    """
    missing = {
        Need.NOTE: not entry.note.strip(),
        Need.HANDLER: not entry.handler.strip() and entry.assignee is None,
        Need.REVIEW_ON: entry.review_on is None,
        Need.DUE_ON: entry.due_on is None,
        Need.ORIGINAL: entry.original is None,
        Need.CHANNEL: entry.channel is None,
    }
    words = {
        Need.NOTE: f"请填写{row.note}。",
        Need.HANDLER: "请填写承办单位或承办人。",
        Need.REVIEW_ON: "请填写复查日期。",
        Need.DUE_ON: "请填写新的期限。",
        Need.ORIGINAL: "请选择并入哪一条民意。",
        Need.CHANNEL: "请选择反馈方式。",
    }
    for need in row.needs:
        if missing.get(need):
            raise Missing(need, words[need])
