"""One visit to one household."""

from peewee import CharField, DateField, ForeignKeyField, TextField

from gridapp.households.model import Household
from gridapp.store.record import Record


class Visit(Record):
    """Who went there, when, and what was said. ``members`` holds names with 、 between."""

    household = ForeignKeyField(Household, column_name="household", lazy_load=False, index=False)
    visited_on = DateField()
    members = CharField(default="")
    summary = TextField(default="")

    class Meta:
        table_name = "visit"
        indexes = ((("household", "visited_on"), False),)
