"""Days as one says them: what somebody typed as a day, and a day in words."""

import calendar
import datetime
import re
import unicodedata

from gridapp.errors import UserError

_NAMED = {"前天": -2, "昨天": -1, "今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2, "大后天": 3}
_WEEKDAYS = "一二三四五六日"
_WEEKDAY = re.compile(r"(这|本|下)?(?:个)?(?:周|星期|礼拜)([一二三四五六日天末])")
_IN = re.compile(r"(\d{1,3})(天|周|个月)(?:后|以后|之后)")
_FULL = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_SHORT = re.compile(r"(\d{1,2})[-/.月](\d{1,2})[日号]?")
_OF_MONTH = re.compile(r"(\d{1,2})[日号]")
_PAST_MONTHS = 6
"""A day without a year that lies further back than this is meant to be next year's."""


def read(typed: str, today: datetime.date) -> datetime.date | None:
    """The day that somebody typed: ``明天``, ``周五``, ``下周一``, ``3天后``, ``月底``, ``8-30``, ``2020-08-30``.

    A weekday is the next one, today's included; a day without a year is the one that is nearest.

    Returns:
        None for an empty text.

    Raises:
        UserError: it is no day.
    """
    text = unicodedata.normalize("NFKC", "".join(typed.split()))
    if not text:
        return None
    try:
        found = _read(text, today)
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise UserError(f"“{typed.strip()}”不是日期，请写成“明天”“周五”“8-30”或“2020-08-30”这样。")
    return found


def _read(text: str, today: datetime.date) -> datetime.date | None:
    if text in _NAMED:
        return today + datetime.timedelta(days=_NAMED[text])
    if text in ("月底", "本月底", "这个月底"):
        return _month_end(today)
    if text in ("下月底", "下个月底"):
        return _month_end(_month_end(today) + datetime.timedelta(days=1))
    if match := _WEEKDAY.fullmatch(text):
        return _weekday(match[1] or "", match[2], today)
    if match := _IN.fullmatch(text):
        number = int(match[1])
        if match[2] == "个月":
            return _months_on(today, number)
        return today + datetime.timedelta(days=number * (7 if match[2] == "周" else 1))
    if match := _FULL.fullmatch(text):
        return datetime.date(int(match[1]), int(match[2]), int(match[3]))
    if match := _SHORT.fullmatch(text):
        return _nearest(int(match[1]), int(match[2]), today)
    if match := _OF_MONTH.fullmatch(text):
        day = today.replace(day=int(match[1]))
        return day if day >= today else _months_on(day, 1)
    if re.fullmatch(r"\d{8}", text):
        return datetime.datetime.strptime(text, "%Y%m%d").date()
    return None


def say(day: datetime.date | None, today: datetime.date) -> str:
    """``今天``, ``明天``, ``周五`` within the week, ``8月30日`` within the year, ``2020-08-30`` else."""
    if day is None:
        return ""
    ahead = (day - today).days
    near = {-1: "昨天", 0: "今天", 1: "明天", 2: "后天"}
    if ahead in near:
        return near[ahead]
    if ahead > 0 and day.isocalendar()[:2] == today.isocalendar()[:2]:
        return f"周{_WEEKDAYS[day.weekday()]}"
    if day.year == today.year:
        return f"{day.month}月{day.day}日"
    return day.isoformat()


def week_of(day: datetime.date) -> tuple[datetime.date, datetime.date]:
    """Monday and Sunday of a day's week."""
    monday = day - datetime.timedelta(days=day.weekday())
    return monday, monday + datetime.timedelta(days=6)


def _weekday(which: str, name: str, today: datetime.date) -> datetime.date:
    wanted = {"天": 6, "末": 5}.get(name, _WEEKDAYS.find(name))
    monday, _sunday = week_of(today)
    if which == "下":
        return monday + datetime.timedelta(days=7 + wanted)
    if which:
        return monday + datetime.timedelta(days=wanted)
    return today + datetime.timedelta(days=(wanted - today.weekday()) % 7)


def _nearest(month: int, day: int, today: datetime.date) -> datetime.date:
    years = range(today.year, today.year + 9)
    found = next(datetime.date(year, month, day) for year in years if _exists(year, month, day))
    if found >= _months_on(today, -_PAST_MONTHS):
        return found
    return next(datetime.date(year, month, day) for year in years if year > found.year and _exists(year, month, day))


def _exists(year: int, month: int, day: int) -> bool:
    if not (1 <= month <= 12 and 1 <= day <= 31) or (month, day) > (12, 31):
        raise ValueError("no day of any year")
    if day > calendar.monthrange(2000, month)[1]:
        raise ValueError("no day of any year")
    return day <= calendar.monthrange(year, month)[1]


def _month_end(day: datetime.date) -> datetime.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _months_on(day: datetime.date, months: int) -> datetime.date:
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
