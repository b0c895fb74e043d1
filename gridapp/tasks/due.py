"""The tasks of an area that wait to be done: those that are late, then those of today and of this week."""

import datetime
from dataclasses import dataclass

from gridapp.days import week_of
from gridapp.store.register import Register
from gridapp.tasks.listing import Listing, TaskFilter, TaskRow, View, of_area, open_until


@dataclass(frozen=True)
class TasksDue:
    """The first of them, and how many there are.

    Attributes:
        tasks: due by the end of the week, the earliest first; each with its uid and the code of its area.
        overdue: how many are late, ``today`` how many are due today, ``week`` between Monday and Sunday.
        count: how many there are by the end of the week.
    """

    tasks: tuple[TaskRow, ...]
    overdue: int
    today: int
    week: int
    count: int


def tasks_due(register: Register, code: str, today: datetime.date, limit: int) -> TasksDue:
    """What is to be done in an area, below it, and by order of those above it."""
    wanted = TaskFilter(code)
    counts = Listing(register, wanted, today).counts
    _monday, sunday = week_of(today)
    first = of_area(register, wanted, today, limit)  # by day due, what has none last
    tasks = tuple(row for row in first if row.due_on is not None and row.due_on <= sunday)
    count = open_until(register, wanted, sunday)
    return TasksDue(tasks, counts[View.OVERDUE], counts[View.TODAY], counts[View.WEEK], count)
