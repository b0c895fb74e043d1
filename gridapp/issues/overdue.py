"""How many issues are late, for every area at once."""

import datetime
from collections import Counter

from peewee import SQL, Expression, Select, fn

from gridapp.areas.model import CODE_LENGTHS, Area
from gridapp.issues.model import Issue
from gridapp.store.register import Register


def overdue_counts(register: Register, now: datetime.datetime) -> dict[str, int]:
    """How many late issues there are in each area and below it, by its code; areas without any are left out."""
    counts: Counter[str] = Counter()
    for code, number in register.all(grouped(now).tuples()):
        for length in CODE_LENGTHS.values():
            if length <= len(code):
                counts[code[:length]] += number
    return dict(counts)


def grouped(now: datetime.datetime) -> Select:
    """The query for late issues by the code of the area they were raised in; the index of open issues answers it."""
    return (
        Issue.select(Area.code, fn.COUNT(SQL("*")))
        .join(Area, on=(Area.uid == Issue.area))
        .where(is_late(now))
        .group_by(Area.code)
    )


def is_late(now: datetime.datetime) -> Expression:
    """The condition that an issue is open and its deadline has passed."""
    # The state says nothing that the deadline does not say, but lets the index of open issues answer.
    return Issue.is_open() & (Issue.pending_at < now)
