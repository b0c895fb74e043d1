"""One line of the issue ledger, those who raised it, and the steps it has taken."""

import datetime

from peewee import (
    SQL,
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    Expression,
    ForeignKeyField,
    Index,
    SmallIntegerField,
    TextField,
)

from gridapp.areas.model import Area
from gridapp.households.model import Household
from gridapp.issues.states import State
from gridapp.store.record import Derived, Record
from gridapp.teams.model import Member


def _pending_at(state: int, due_at: datetime.datetime | None) -> datetime.datetime | None:
    return due_at if State(state).is_pending else None


class Issue(Record):
    """What was raised, and how far it has come. What may be done with it stands in ``issues.workflow``.

    Attributes:
        number: under which people speak of it, such as ``2026-00017``. Ledgers of different offices may have the same.
        area: the grid it was raised in, or an area above where it concerns more than one.
        household: the one it is about, if it is about one.
        place: where it is, in words, where no household says it.
        category: key of a category (see ``issues.categories``), or words that no category has.
        level: the level of area that handles it (see ``areas.model.Level``).
        urgent: an emergency, to be resolved within 24 hours.
        state: see ``issues.states.State``.
        handler: the office or person that handles it, in words; ``assignee`` the member of a team who does.
        due_at: until when it has to be resolved; kept when it is, so that one can tell later whether it was in time.
        pending_at: the same while that deadline runs, nothing once it is resolved, suspended or rejected.
        resolved_on, reported_back_on: the days on which it was resolved, and on which the last of those who raised it
            heard of it.
        result: what was done, or why nothing will be.
        review_on: while it is suspended, the day on which it is looked at again.
        duplicate_of: the issue that it turned out to be.
        extra: the fields that its category asks for, as a JSON object by their keys.
        satisfaction: of the least content of those who raised it.
    """

    number = CharField(index=True)
    area = ForeignKeyField(Area, column_name="area", lazy_load=False)
    household = ForeignKeyField(Household, column_name="household", null=True, lazy_load=False)
    place = CharField(default="")
    category = CharField(default="")
    level = SmallIntegerField()
    urgent = BooleanField(default=False)
    state = SmallIntegerField(default=int(State.REGISTERED))
    description = TextField()
    handler = CharField(default="")
    assignee = ForeignKeyField(Member, column_name="assignee", null=True, lazy_load=False, index=False)
    registered_on = DateField()
    due_at = DateTimeField(null=True)
    resolved_on = DateField(null=True)
    reported_back_on = DateField(null=True)
    result = TextField(default="")
    suspended_on = DateField(null=True)
    review_on = DateField(null=True)
    duplicate_of = ForeignKeyField("self", column_name="duplicate_of", null=True, lazy_load=False, index=False)
    extra = TextField(default="")
    satisfaction = CharField(default="")
    pending_at = DateTimeField(null=True)

    GIVEN_ONCE = "number"
    DERIVED = {"pending_at": Derived(("state", "due_at"), _pending_at)}

    class Meta:
        table_name = "issue"

    @classmethod
    def is_open(cls) -> Expression:
        """The condition that something is still to be done about an issue."""
        return cls.state < int(State.RESOLVED)


# Of those that are open alone, which stay few however long the ledger grows.
Issue.add_index(Index("issue_open", Issue, [Issue.area, Issue.pending_at], where=SQL("state < 50")))
# All that the views are made of, so that they are counted, and put in the order of their deadlines, by it alone.
Issue.add_index(
    Index(
        "issue_ledger",
        Issue,
        [Issue.state, Issue.area, Issue.pending_at, Issue.review_on, Issue.urgent, Issue.registered_on],
    )
)
Issue.add_index(Index("issue_assignee", Issue, [Issue.assignee], where=SQL("assignee IS NOT NULL")))
Issue.add_index(Index("issue_duplicate_of", Issue, [Issue.duplicate_of], where=SQL("duplicate_of IS NOT NULL")))


class Reporter(Record):
    """Somebody who raised an issue (反映人), and who is told how it ended. An issue can have several.

    Attributes:
        household: where they live, if they are on record.
        name: empty for somebody who gave none.
        source: see ``issues.states.Source``.
        reported_back_on, channel, satisfaction: when and how they were told, and how content they are.
        excuse: why they cannot be told; nothing while they can.
    """

    issue = ForeignKeyField(Issue, column_name="issue", lazy_load=False)
    household = ForeignKeyField(Household, column_name="household", null=True, lazy_load=False)
    name = CharField(default="")
    phone = CharField(default="")
    source = CharField(default="", max_length=16)
    reported_on = DateField()
    reported_back_on = DateField(null=True)
    channel = CharField(default="", max_length=16)
    satisfaction = CharField(default="", max_length=16)
    excuse = TextField(default="")

    class Meta:
        table_name = "reporter"

    @classmethod
    def is_settled(cls) -> Expression:
        """The condition that they were told, or that it is on record why they cannot be."""
        return cls.reported_back_on.is_null(False) | (cls.excuse != "")


class IssueStep(Record):
    """One step of an issue: who, when, from which state to which, and what was said.

    Attributes:
        step: see ``issues.workflow.Step``.
        by: the name of who took it.
        old_state: nothing at the first step.
        details: what else there is to know of it, as a JSON object.
    """

    issue = ForeignKeyField(Issue, column_name="issue", lazy_load=False, index=False)
    at = DateTimeField()
    step = CharField(max_length=16)
    by = CharField(default="")
    old_state = SmallIntegerField(null=True)
    new_state = SmallIntegerField()
    note = TextField(default="")
    details = TextField(default="")

    SEQUENCE = "issue"

    class Meta:
        table_name = "issue_step"
        indexes = ((("issue", "at"), False),)
