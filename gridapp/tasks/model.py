"""One task of an area's task list."""

from peewee import CharField, DateField, ForeignKeyField

from gridapp.areas.model import Area
from gridapp.store.record import Record


class Task(Record):
    """Something to be done by a day; done once ``done_on`` is set."""

    area = ForeignKeyField(Area, column_name="area", lazy_load=False)
    title = CharField()
    assignee = CharField(default="")
    due_on = DateField(null=True)
    done_on = DateField(null=True)

    class Meta:
        table_name = "task"
