"""The periods in which one looks at visits, counted back from a day."""

import datetime
from enum import StrEnum


class Period(StrEnum):
    """A stretch of days that ends today."""

    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    EVER = "ever"


NAMES = {
    Period.TODAY: "今天",
    Period.WEEK: "近7天",
    Period.MONTH: "近30天",
    Period.QUARTER: "近90天",
    Period.YEAR: "今年",
    Period.EVER: "全部",
}
_DAYS = {Period.TODAY: 1, Period.WEEK: 7, Period.MONTH: 30, Period.QUARTER: 90}


def first_day(period: Period, today: datetime.date) -> datetime.date | None:
    """On which day a period begins; None where it has no beginning."""
    if period is Period.EVER:
        return None
    if period is Period.YEAR:
        return today.replace(month=1, day=1)
    return today - datetime.timedelta(days=_DAYS[period] - 1)
