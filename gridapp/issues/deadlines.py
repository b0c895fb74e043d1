"""Until when an issue has to be resolved, in working days of the People's Republic of China.

A grid has 2 working days for an issue, a community 5, a street 10 and a district 20, counted from the day after it was
registered. Statutory holidays do not count, and the make-up days that go with them do (国务院办公厅的节假日安排).
Beyond the years for which these are known, Monday to Friday count.
"""

import datetime
from collections.abc import Mapping

import chinese_calendar

from gridapp.areas.model import Level

WORKING_DAYS: Mapping[Level, int] = {Level.GRID: 2, Level.COMMUNITY: 5, Level.STREET: 10, Level.DISTRICT: 20}
"""How many working days each level has for an issue."""

_ONE_DAY = datetime.timedelta(days=1)
_FRIDAY = 4


def due_on(level: Level, registered_on: datetime.date) -> datetime.date:
    """The last day on which an issue is in time."""
    return _stepped(registered_on, WORKING_DAYS[level], _ONE_DAY)


def is_overdue(level: Level, registered_on: datetime.date, today: datetime.date) -> bool:
    """Whether an issue that is still open is late."""
    return due_on(level, registered_on) < today


def latest_overdue(level: Level, today: datetime.date) -> datetime.date:
    """The latest day of registration of which an open issue is late: of that day and all before it, and of none after.

    So many issues are told apart by comparing days, without a calendar for each of them.
    """
    # With so many working days between that day and today, both left out, the last of them was the due day.
    return _stepped(today, WORKING_DAYS[level], -_ONE_DAY) - _ONE_DAY


def is_working_day(day: datetime.date) -> bool:
    """Whether people work on a day: by the published holidays, or from Monday to Friday where none are known."""
    if not has_holidays(day.year):
        return day.weekday() <= _FRIDAY
    return chinese_calendar.is_workday(day)


def has_holidays(year: int) -> bool:
    """Whether the holidays and make-up days of a year are known."""
    return _FIRST_YEAR <= year <= _LAST_YEAR


def _stepped(day: datetime.date, working_days: int, step: datetime.timedelta) -> datetime.date:
    """The working day that is so many of them away."""
    while working_days:
        day += step
        working_days -= is_working_day(day)
    return day


_FIRST_YEAR, _LAST_YEAR = (pick(chinese_calendar.holidays).year for pick in (min, max))
