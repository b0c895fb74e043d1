"""When a task that comes again is due next."""

import calendar
import datetime
from dataclasses import dataclass
from enum import StrEnum

MOST = 99


class Frequency(StrEnum):
    """In what steps something comes again."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"


_WORDS = {
    Frequency.DAILY: ("每天", "每{}天"),
    Frequency.WEEKLY: ("每周", "每{}周"),
    Frequency.MONTHLY: ("每月", "每{}个月"),
    Frequency.QUARTERLY: ("每季度", "每{}个季度"),
    Frequency.YEARLY: ("每年", "每{}年"),
}
_DAYS = {Frequency.DAILY: 1, Frequency.WEEKLY: 7}
_MONTHS = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3, Frequency.YEARLY: 12}


@dataclass(frozen=True)
class Rule:
    """Every so many steps, or never where there is no frequency.

    Attributes:
        every: from 1 to ``MOST``.
    """

    frequency: Frequency | None = None
    every: int = 1

    @property
    def text(self) -> str:
        """``每月``, ``每2周``; empty for what comes once."""
        if self.frequency is None:
            return ""
        once, several = _WORDS[self.frequency]
        return once if self.every == 1 else several.format(self.every)


ONCE = Rule()


def rule_of(key: str, every: int) -> Rule:
    """The rule that is stored under a key; a key that a later version wrote is no rule."""
    return Rule(Frequency(key), every) if key in Frequency.__members__.values() else ONCE


def occurrence(rule: Rule, first: datetime.date, number: int) -> datetime.date:
    """The day of an occurrence, the first of which is number 0.

    Counted from the first each time, what begins on the 31st comes on the last day of shorter months, and on the 31st
    again after them.

    Raises:
        ValueError: what the rule says comes once.
        OverflowError: the calendar ends before.
    """
    if rule.frequency is None:
        raise ValueError("this comes once")
    steps = rule.every * number
    if rule.frequency in _DAYS:
        return first + datetime.timedelta(days=_DAYS[rule.frequency] * steps)
    years, month = divmod(first.month - 1 + _MONTHS[rule.frequency] * steps, 12)
    year = first.year + years
    if year > datetime.MAXYEAR:
        raise OverflowError("the calendar ends before")
    return datetime.date(year, month + 1, min(first.day, calendar.monthrange(year, month + 1)[1]))


def next_after(rule: Rule, first: datetime.date, day: datetime.date) -> datetime.date:
    """The first occurrence later than a day.

    Raises:
        ValueError: what the rule says comes once.
        OverflowError: the calendar ends before.
    """
    number = max(0, _surely_before(rule, first, day))
    while (found := occurrence(rule, first, number)) <= day:
        number += 1
    return found


def _surely_before(rule: Rule, first: datetime.date, day: datetime.date) -> int:
    """The number of an occurrence that is not later than the next one, so that few are left to be tried."""
    if rule.frequency is None:
        raise ValueError("this comes once")
    if rule.frequency in _DAYS:
        return (day - first).days // (_DAYS[rule.frequency] * rule.every)
    months = (day.year - first.year) * 12 + day.month - first.month
    return months // (_MONTHS[rule.frequency] * rule.every) - 1
