"""The issues that concern one household: those about it, and those that somebody of it raised."""

import datetime
from dataclasses import dataclass

from peewee import Expression, fn

from gridapp.ids import Uid
from gridapp.issues import categories
from gridapp.issues.deadlines import in_words
from gridapp.issues.model import Issue, Reporter
from gridapp.issues.states import STATE_NAMES, State, satisfaction_name
from gridapp.store.register import Register


@dataclass(frozen=True)
class IssueRow:
    """One issue as a list shows it.

    Attributes:
        category: in words.
        deadline: how near its deadline is, in words; empty where none runs.
    """

    uid: Uid
    number: str
    category: str
    description: str
    handler: str
    state: State
    registered_on: datetime.date
    resolved_on: datetime.date | None
    reported_back_on: datetime.date | None
    satisfaction: str
    deadline: str

    @property
    def is_open(self) -> bool:
        return self.state.is_open

    @property
    def state_name(self) -> str:
        """How far it has come, in words."""
        return STATE_NAMES[self.state]


_COLUMNS = (
    *(Issue.uid, Issue.number, Issue.category, Issue.description, Issue.handler, Issue.state, Issue.registered_on),
    *(Issue.resolved_on, Issue.reported_back_on, Issue.satisfaction, Issue.pending_at),
)


def of_household(register: Register, household: Uid, limit: int) -> list[IssueRow]:
    """At most ``limit`` issues: the open ones first, of each kind the newest first."""
    query = (
        Issue.select(*_COLUMNS)
        .where(_concerns(household))
        .order_by((Issue.state >= int(State.RESOLVED)), Issue.registered_on.desc(), Issue.number.desc())
        .limit(limit)
    )
    sorts, now = categories.of(register), datetime.datetime.now()
    return [
        IssueRow(
            *(bytes(uid), number, sorts.name_of(category), description, handler, State(state)),
            *(registered, resolved, told, satisfaction_name(content), in_words(pending, now)),
        )
        for uid, number, category, description, handler, state, registered, resolved, told, content, pending in (
            register.all(query.tuples())
        )
    ]


def count(register: Register, household: Uid) -> int:
    """How many there are."""
    return register.value(Issue.select(fn.COUNT(Issue.uid)).where(_concerns(household)))


def _concerns(household: Uid) -> Expression:
    raised = Reporter.select(Reporter.issue).where(Reporter.household == household)
    return (Issue.household == household) | Issue.uid.in_(raised)
