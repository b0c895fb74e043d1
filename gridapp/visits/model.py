"""Visits to households, and the sheets with which one goes from door to door."""

from peewee import SQL, CharField, DateField, ForeignKeyField, Index, TextField

from gridapp.households.model import Household
from gridapp.store.record import Record, UidField


class Visit(Record):
    """Who went there, when, and what was said. ``members`` holds names with 、 between.

    ``follow_up`` is what has to be seen to afterwards, by the day ``follow_up_on``; it is open while
    ``followed_up_on`` is null.
    """

    household = ForeignKeyField(Household, column_name="household", lazy_load=False, index=False)
    visited_on = DateField(index=True)
    members = CharField(default="")
    summary = TextField(default="")
    needs = TextField(default="")
    follow_up = TextField(default="")
    follow_up_on = DateField(null=True)
    followed_up_on = DateField(null=True)

    class Meta:
        table_name = "visit"
        indexes = ((("household", "visited_on"), False),)


# Written as the index is, since an engine compares that.
TO_FOLLOW_UP = SQL("follow_up_on IS NOT NULL AND followed_up_on IS NULL")
"""The condition that something is still to be followed up."""

Visit.add_index(Index("visit_to_follow_up", Visit, [Visit.household, Visit.follow_up_on], where=TO_FOLLOW_UP))


class VisitSheet(Record):
    """A sheet that was printed: which households stand on its lines, as the digest of their uids one behind the other.

    ``area_code`` and ``place`` are those of its day, as they stand on the paper.
    """

    BLOBS = ("households",)

    number = CharField(index=True)
    area_code = CharField(max_length=15)
    place = CharField(default="")
    made_on = DateField()
    due_by = DateField(null=True)
    households = UidField()

    class Meta:
        table_name = "visit_sheet"
