"""The issues that one household raised."""

import datetime
from dataclasses import dataclass

from peewee import fn

from gridapp.ids import Uid
from gridapp.issues.model import Issue
from gridapp.store.register import Register


@dataclass(frozen=True)
class IssueRow:
    """One issue as a list shows it."""

    number: str
    category: str
    description: str
    handler: str
    registered_on: datetime.date
    resolved_on: datetime.date | None
    reported_back_on: datetime.date | None
    satisfaction: str

    @property
    def is_open(self) -> bool:
        return self.resolved_on is None

    @property
    def state(self) -> str:
        """How far it has come, in words."""
        if self.resolved_on is None:
            return "未结"
        return "已办结" if self.reported_back_on is None else "已办结并反馈"


_COLUMNS = (
    Issue.number,
    Issue.category,
    Issue.description,
    Issue.handler,
    Issue.registered_on,
    Issue.resolved_on,
    Issue.reported_back_on,
    Issue.satisfaction,
)


def of_household(register: Register, household: Uid, limit: int) -> list[IssueRow]:
    """At most ``limit`` issues: the open ones first, of each kind the newest first."""
    query = (
        Issue.select(*_COLUMNS)
        .where(Issue.household == household)
        .order_by(Issue.resolved_on.is_null().desc(), Issue.registered_on.desc(), Issue.number.desc())
        .limit(limit)
    )
    return [IssueRow(*row) for row in register.all(query.tuples())]


def count(register: Register, household: Uid) -> int:
    """How many there are."""
    return register.value(Issue.select(fn.COUNT(Issue.uid)).where(Issue.household == household))
