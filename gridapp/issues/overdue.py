"""How many issues are late, for every area at once."""

import datetime
from collections import Counter
from functools import reduce
from operator import or_

from peewee import SQL, Expression, Select, fn

from gridapp.areas.model import CODE_LENGTHS, Area
from gridapp.issues.deadlines import WORKING_DAYS, latest_overdue
from gridapp.issues.model import Issue
from gridapp.store.register import Register


def overdue_counts(register: Register, today: datetime.date) -> dict[str, int]:
    """How many late issues there are in each area and below it, by its code; areas without any are left out."""
    counts: Counter[str] = Counter()
    for code, number in register.all(grouped(today).tuples()):
        for length in CODE_LENGTHS.values():
            if length <= len(code):
                counts[code[:length]] += number
    return dict(counts)


def grouped(today: datetime.date) -> Select:
    """The query for late issues by the code of the area they were raised in; the index of open issues answers it."""
    return (
        Issue.select(Area.code, fn.COUNT(SQL("*")))
        .join(Area, on=(Area.uid == Issue.area))
        .where(is_late(today))
        .group_by(Area.code)
    )


def is_late(today: datetime.date) -> Expression:
    """The condition that an issue is open and late, as a comparison of days for each level."""
    by_level = [
        (Issue.level == int(level)) & (Issue.registered_on <= latest_overdue(level, today)) for level in WORKING_DAYS
    ]
    return Issue.resolved_on.is_null() & reduce(or_, by_level)
