"""One line of the issue ledger."""

from peewee import SQL, CharField, DateField, ForeignKeyField, Index, SmallIntegerField, TextField

from gridapp.areas.model import Area
from gridapp.households.model import Household
from gridapp.store.record import Record


class Issue(Record):
    """What somebody raised, and how far it has come.

    ``level`` is the level of area that handles it (see ``areas.model.Level``); ``area`` is the grid it was raised in.
    An issue is resolved once ``resolved_on`` is set, and reported back once ``reported_back_on`` is.
    """

    number = CharField(unique=True)
    area = ForeignKeyField(Area, column_name="area", lazy_load=False)
    household = ForeignKeyField(Household, column_name="household", null=True, lazy_load=False)
    reporter = CharField(default="")
    phone = CharField(default="")
    category = CharField(default="")
    level = SmallIntegerField()
    description = TextField()
    handler = CharField(default="")
    registered_on = DateField()
    resolved_on = DateField(null=True)
    reported_back_on = DateField(null=True)
    satisfaction = CharField(default="")

    class Meta:
        table_name = "issue"


# Of those that are open alone, which stay few however long the ledger grows.
Issue.add_index(
    Index("issue_open", Issue, [Issue.area, Issue.level, Issue.registered_on], where=SQL("resolved_on IS NULL"))
)
