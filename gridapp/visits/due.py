"""Who is due for a visit: the one place that answers this, so that whatever pauses routine visits does so here."""

import datetime
from collections.abc import Callable
from typing import Any

import peewee
from peewee import Case, Value, fn

from gridapp.emergency import running
from gridapp.households.model import Household
from gridapp.visits.frequency import Frequency
from gridapp.visits.model import TO_FOLLOW_UP, Visit


def is_due(frequency: Frequency, by: datetime.date) -> peewee.Node:
    """The condition that a household's last visit and its frequency come to a day, or that it was never visited.

    None is while an emergency goes on where it stands. Days are compared, not counted: an index of visits answers it
    alone, on every engine.
    """
    later = Visit.select(Value(1)).where(
        (Visit.household == Household.uid) & (Visit.visited_on > _since(frequency, by))
    )
    return ~fn.EXISTS(later) & is_not_paused()


def is_not_paused() -> peewee.Expression:
    """The condition that routine visits and contacts go on where a household stands: no emergency holds there."""
    going_on: peewee.Expression = Household.area.not_in(running.paused_areas())
    return going_on


def due_on(frequency: Frequency, mask: int, last_visit: datetime.date | None) -> datetime.date | None:
    """When a household is to be visited next; None for one that never was, which is due at once."""
    return None if last_visit is None else last_visit + datetime.timedelta(days=frequency.of(mask))


def demand(frequency: Frequency) -> peewee.Node:
    """The days of each household, to sort by: the most demanding first."""
    return _by_days(frequency, lambda days: days)


def has_follow_up(by: datetime.date) -> peewee.Node:
    """The condition that something promised at an earlier visit is to be seen to by a day."""
    promised = (Visit.household == Household.uid) & TO_FOLLOW_UP & (Visit.follow_up_on <= by)
    return fn.EXISTS(Visit.select(Value(1)).where(promised))


def _since(frequency: Frequency, by: datetime.date) -> peewee.Node:
    return _by_days(frequency, lambda days: by - datetime.timedelta(days=days))


def _by_days(frequency: Frequency, value: Callable[[int], Any]) -> peewee.Node:
    none = value(frequency.days[""])
    unclassed = (Household.categories == 0, none)
    steps = [(Household.categories.bin_and(mask) != 0, value(days)) for mask, days in frequency.steps()]
    return Case(None, (*steps, unclassed), none)
