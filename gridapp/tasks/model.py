"""What an area has to do: tasks, one a line of its list, and the plan that it works by."""

from peewee import SQL, CharField, DateField, DateTimeField, ForeignKeyField, Index, SmallIntegerField, TextField

from gridapp.areas.model import Area
from gridapp.emergency.model import Emergency
from gridapp.store.record import Record, UidField


class Task(Record):
    """Something to be done by a day; done once ``done_on`` is set, given up once ``cancelled_on`` is.

    ``role`` is the key of a role that does it, where no ``assignee`` is named. What comes again has a ``recurrence``
    (see ``recurrence.Rule``); its occurrences share a ``series``, counted from ``repeats_from``.

    What is to be done in an ``emergency`` is due by the clock: ``due_at``, on the day ``due_on``; ``done_at`` says when
    it was done.
    """

    area = ForeignKeyField(Area, column_name="area", lazy_load=False)
    title = CharField()
    assignee = CharField(default="")
    role = CharField(max_length=32, default="")
    due_on = DateField(null=True)
    started_on = DateField(null=True)
    done_on = DateField(null=True)
    cancelled_on = DateField(null=True)
    progress = SmallIntegerField(default=0)
    recurrence = CharField(max_length=16, default="")
    every = SmallIntegerField(default=1)
    repeats_from = DateField(null=True)
    series = UidField(null=True)
    note = TextField(default="")
    due_at = DateTimeField(null=True)
    done_at = DateTimeField(null=True)
    emergency = ForeignKeyField(Emergency, column_name="emergency", null=True, lazy_load=False, index=False)

    class Meta:
        table_name = "task"


_OPEN = "done_on IS NULL AND cancelled_on IS NULL"
Task.add_index(Index("task_open", Task, [Task.area, Task.due_on], where=SQL(_OPEN)))
Task.add_index(
    Index("task_open_series", Task, [Task.series], unique=True, where=SQL(f"series IS NOT NULL AND {_OPEN}")),
)
Task.add_index(Index("task_emergency", Task, [Task.emergency, Task.area], where=SQL("emergency IS NOT NULL")))


class WorkPlan(Record):
    """The plan that an area works by, and all below it that have none of their own.

    ``body`` is Markdown as ``plan_text`` reads it, with fields like ``{网格}`` that are filled in where it is read.
    """

    area = ForeignKeyField(Area, column_name="area", lazy_load=False, unique=True)
    title = CharField()
    body = TextField(default="")
    since = DateField(null=True)
    note = TextField(default="")

    class Meta:
        table_name = "work_plan"
