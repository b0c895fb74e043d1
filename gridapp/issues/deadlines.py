"""Until when an issue has to be resolved, in working days of the People's Republic of China.

A grid has 2 working days for an issue, a community 5, a street 10 and a district 20, counted from the day after it was
registered, unless its category says otherwise; an emergency has 24 hours. Statutory holidays do not count, and the
make-up days that go with them do (国务院办公厅的节假日安排). Beyond the years for which these are known, Monday to
Friday count.
"""

import datetime
from collections.abc import Mapping
from enum import IntEnum
from functools import lru_cache

import chinese_calendar

from gridapp.areas.model import Level
from gridapp.issues.categories import Category

WORKING_DAYS: Mapping[Level, int] = {Level.GRID: 2, Level.COMMUNITY: 5, Level.STREET: 10, Level.DISTRICT: 20}
"""How many working days each level has for an issue."""

EMERGENCY_HOURS = 24

_ONE_DAY = datetime.timedelta(days=1)
_FRIDAY = 4
_END_OF_DAY = datetime.time(23, 59, 59)
_SOON_DAYS = 1


class Urgency(IntEnum):
    """How near a deadline is."""

    NONE = 0
    LATER = 1
    SOON = 2
    TODAY = 3
    OVERDUE = 4


def due_on(level: Level, registered_on: datetime.date) -> datetime.date:
    """The last day on which an issue is in time whose category says nothing of it."""
    return stepped(registered_on, WORKING_DAYS[level])


def due_at(
    level: Level, registered_at: datetime.datetime, urgent: bool = False, category: Category | None = None
) -> datetime.datetime:
    """The last moment at which an issue is in time: the end of a day, or by the clock where hours count."""
    hours = category.hours if category is not None else None
    if urgent or hours is not None:
        return registered_at + datetime.timedelta(hours=min(hours or EMERGENCY_HOURS, EMERGENCY_HOURS))
    days = category.working_days if category is not None else None
    return end_of(stepped(registered_at.date(), days or WORKING_DAYS[level]))


def end_of(day: datetime.date) -> datetime.datetime:
    """The last moment of a day."""
    return datetime.datetime.combine(day, _END_OF_DAY)


def postponed(due: datetime.datetime, stood_from: datetime.date, stood_until: datetime.date) -> datetime.datetime:
    """A deadline after a time in which it did not run.

    Args:
        stood_from, stood_until: the day on which it stopped, and the one on which it runs again.
    """
    if due.time() != _END_OF_DAY:  # by the clock
        return due + (stood_until - stood_from)
    return end_of(stepped(due.date(), working_days_between(stood_from, stood_until)))


def working_days_between(first: datetime.date, last: datetime.date) -> int:
    """How many working days there are after the first day, up to and with the last."""
    return sum(is_working_day(first + _ONE_DAY * n) for n in range(1, (last - first).days + 1))


def urgency(pending_at: datetime.datetime | None, now: datetime.datetime) -> Urgency:
    """How near a deadline is that runs; ``NONE`` for none."""
    if pending_at is None:
        return Urgency.NONE
    if pending_at < now:
        return Urgency.OVERDUE
    if pending_at.date() == now.date():
        return Urgency.TODAY
    return Urgency.SOON if pending_at.date() <= soon_until(now.date()) else Urgency.LATER


def soon_until(today: datetime.date) -> datetime.date:
    """The last day whose deadlines are soon: the next working day."""
    return stepped(today, _SOON_DAYS)


def in_words(pending_at: datetime.datetime | None, now: datetime.datetime) -> str:
    """A deadline that runs as a list tells it: ``逾期3天``, ``今日到期``, ``剩5小时``; nothing for none."""
    if pending_at is None:
        return ""
    days = (pending_at.date() - now.date()).days
    if pending_at.time() != _END_OF_DAY and abs(pending_at - now) < 2 * _ONE_DAY:
        hours = int(abs(pending_at - now).total_seconds() // 3600)
        return f"逾期{hours}小时" if pending_at < now else f"剩{hours}小时"
    if pending_at < now:
        return f"逾期{-days}天" if days else "逾期"
    return f"剩{days}天" if days else "今日到期"


@lru_cache(4_096)  # asked for every row that is painted
def is_working_day(day: datetime.date) -> bool:
    """Whether people work on a day: by the published holidays, or from Monday to Friday where none are known."""
    if not has_holidays(day.year):
        return day.weekday() <= _FRIDAY
    return chinese_calendar.is_workday(day)


def has_holidays(year: int) -> bool:
    """Whether the holidays and make-up days of a year are known."""
    return _FIRST_YEAR <= year <= _LAST_YEAR


def stepped(day: datetime.date, working_days: int) -> datetime.date:
    """The working day that is so many of them after a day."""
    while working_days:
        day += _ONE_DAY
        working_days -= is_working_day(day)
    return day


_FIRST_YEAR, _LAST_YEAR = (pick(chinese_calendar.holidays).year for pick in (min, max))


def rule_text(level: Level, urgent: bool = False, category: Category | None = None) -> str:
    """How long an issue may take, in words: ``5个工作日``, ``24小时``."""
    hours = category.hours if category is not None else None
    if urgent or hours is not None:
        return f"{min(hours or EMERGENCY_HOURS, EMERGENCY_HOURS)}小时"
    days = category.working_days if category is not None else None
    return f"{days or WORKING_DAYS[level]}个工作日"
