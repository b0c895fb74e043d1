"""The visits to one household."""

import datetime
from dataclasses import dataclass

from peewee import fn

from gridapp.ids import Uid
from gridapp.store.register import Register
from gridapp.visits.model import Visit


@dataclass(frozen=True)
class VisitRow:
    """One visit as a list shows it."""

    visited_on: datetime.date
    members: str
    summary: str


def of_household(register: Register, household: Uid, limit: int) -> list[VisitRow]:
    """At most ``limit`` visits, the newest first."""
    query = (
        Visit.select(Visit.visited_on, Visit.members, Visit.summary)
        .where(Visit.household == household)
        .order_by(Visit.visited_on.desc(), Visit.uid.desc())
        .limit(limit)
    )
    return [VisitRow(*row) for row in register.all(query.tuples())]


def count(register: Register, household: Uid) -> int:
    """How many there are."""
    return register.value(Visit.select(fn.COUNT(Visit.uid)).where(Visit.household == household))
