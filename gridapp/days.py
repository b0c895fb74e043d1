"""Days as people type and say them (``9-3``, ``下周五``, ``+7``, ``昨天``, ``月底``), and the first there can be."""

import datetime
import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable
from enum import Enum, auto

from gridapp.errors import UserError

EARLIEST = datetime.date(1949, 10, 1)
"""No ledger reaches back beyond this; an earlier day was mistyped."""

_NAMED = {
    "大前天": -3,
    "前天": -2,
    "昨天": -1,
    "昨日": -1,
    "今天": 0,
    "今日": 0,
    "明天": 1,
    "明日": 1,
    "后天": 2,
    "大后天": 3,
}
_NEAR = {-1: "昨天", 0: "今天", 1: "明天", 2: "后天"}
_WEEKDAYS = "一二三四五六日"
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九十")} | {"两": 2}
_NUMBER = r"(\d{1,4}|[二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])"
_LAST_YEAR = 2199
_MOST_WORKING_DAYS = 1_000
_PAST_MONTHS = 6
"""The nearest day of a name that lies further back than this is rather next year's."""


class Sense(Enum):
    """Which day is meant where the year, the month or the week is left out."""

    BEHIND = auto()
    """The last of that name: something was done then."""
    AHEAD = auto()
    """The next of that name: something will be done then."""
    NEAREST = auto()
    """The nearest, one to come rather than one gone: something may be late."""


_Reading = Callable[[re.Match[str], datetime.date, Sense], datetime.date]


def typed_day(text: str, today: datetime.date, sense: Sense = Sense.NEAREST) -> datetime.date | None:
    """The day that a text means; None for an empty one.

    Understood are names (明天), weekdays (周五, 下周五), spans (+5, -2, 3天后, 两周后, +1月, 5个工作日), days of a
    month or year (30日, 8-30, 8.30, 0830, 8月30日, 2026-8-30, 20260830) and ends (月底, 下月底, 年底).

    Raises:
        UserError: it means none.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    if not plain:
        return None
    if plain in _NAMED:
        return today + datetime.timedelta(days=_NAMED[plain])
    for pattern, reading in _READINGS:
        found = pattern.fullmatch(plain)
        if found is not None:
            try:
                return reading(found, today, sense)
            except (ValueError, OverflowError):
                break  # there is no such day
    raise UserError(
        f"日期“{text.strip()}”看不懂，请写成“明天”“周五”“{today.month}-{today.day}”或“{today.isoformat()}”这样。"
    )


def said_day(day: datetime.date | None, today: datetime.date) -> str:
    """``今天``, ``明天``, ``周五`` within the week, ``8月30日`` within the year, ``2020-08-30`` else."""
    if day is None:
        return ""
    ahead = (day - today).days
    if ahead in _NEAR:
        return _NEAR[ahead]
    if ahead > 0 and week_of(day) == week_of(today):
        return f"周{_WEEKDAYS[day.weekday()]}"
    if day.year == today.year:
        return f"{day.month}月{day.day}日"
    return day.isoformat()


def week_of(day: datetime.date) -> tuple[datetime.date, datetime.date]:
    """Monday and Sunday of a day's week."""
    monday = day - datetime.timedelta(days=day.weekday())
    return monday, monday + datetime.timedelta(days=6)


# What the patterns below mean


def _weekday(found: re.Match[str], today: datetime.date, sense: Sense) -> datetime.date:
    which, name = found[1], found[2]
    place = {"天": 6, "末": 5}.get(name, int(name) - 1 if name.isdigit() else _WEEKDAYS.find(name))
    day = week_of(today)[0] + datetime.timedelta(days=place + 7 * (which.count("下") - which.count("上")))
    if which:
        return day
    if sense is Sense.BEHIND:
        return day if day <= today else day - datetime.timedelta(days=7)
    return day if day >= today else day + datetime.timedelta(days=7)


def _days(found: re.Match[str], today: datetime.date, _sense: Sense) -> datetime.date:
    back = found.re.groups > 1 and found[1] == "-"
    number = _number(found[found.re.groups])
    return today + datetime.timedelta(days=-number if back else number)


def _days_ago(found: re.Match[str], today: datetime.date, _sense: Sense) -> datetime.date:
    return today - datetime.timedelta(days=_number(found[1]))


def _weeks(found: re.Match[str], today: datetime.date, _sense: Sense) -> datetime.date:
    return today + datetime.timedelta(weeks=_number(found[1]))


def _months(found: re.Match[str], today: datetime.date, _sense: Sense) -> datetime.date:
    """The same day of a later month, or its last where it has no such day."""
    return _months_on(today, _number(found[1]))


def _working_days(found: re.Match[str], today: datetime.date, _sense: Sense) -> datetime.date:
    from gridapp.issues.deadlines import stepped  # which reads the calendar of holidays

    number = _number(found[1])
    if number > _MOST_WORKING_DAYS:
        raise ValueError("too far")
    return stepped(today, number)


def _of_month(found: re.Match[str], today: datetime.date, sense: Sense) -> datetime.date:
    number = int(found[2])
    months = found[1].count("下") - found[1].count("上")
    if not found[1]:
        months = -(number > today.day) if sense is Sense.BEHIND else int(number < today.day)
    return datetime.date(*_month_after(today, months), number)


def _of_year(found: re.Match[str], today: datetime.date, sense: Sense) -> datetime.date:
    """The 29th of February may be years away."""
    month, number = int(found[1]), int(found[2])
    earliest = _months_on(today, -_PAST_MONTHS) if sense is Sense.NEAREST else today
    first = today.year - 1 if sense is Sense.NEAREST else today.year
    for years in range(10):
        try:
            day = datetime.date(today.year - years if sense is Sense.BEHIND else first + years, month, number)
        except ValueError:
            continue
        if day <= today if sense is Sense.BEHIND else day >= earliest:
            return day
    raise ValueError(f"there is no {month}-{number}")


def _whole(found: re.Match[str], _today: datetime.date, _sense: Sense) -> datetime.date:
    return datetime.date(*(int(part) for part in found.groups()))


def _end_of_month(found: re.Match[str], today: datetime.date, _sense: Sense) -> datetime.date:
    year, month = _month_after(today, found[1].count("下") - found[1].count("上"))
    return datetime.date(year, month, monthrange(year, month)[1])


def _end_of_year(found: re.Match[str], today: datetime.date, _sense: Sense) -> datetime.date:
    return datetime.date(today.year + (found[1] == "明"), 12, 31)


def _months_on(day: datetime.date, months: int) -> datetime.date:
    year, month = _month_after(day, months)
    return datetime.date(year, month, min(day.day, monthrange(year, month)[1]))


def _month_after(day: datetime.date, months: int) -> tuple[int, int]:
    count = day.year * 12 + day.month - 1 + months
    if count // 12 > _LAST_YEAR:
        raise ValueError("too far")
    return count // 12, count % 12 + 1


def _number(text: str) -> int:
    """``15``, ``十五``, ``二十``, ``两``."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS[text]
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


_READINGS: tuple[tuple[re.Pattern[str], _Reading], ...] = tuple(
    (re.compile(pattern), reading)
    for pattern, reading in (
        (r"(这|本|下{0,3}|上{0,3})个?(?:周|星期|礼拜)([一二三四五六日天末1-7])", _weekday),
        (rf"\+?{_NUMBER}个?工作日[以之]?后?", _working_days),
        (rf"([+-]){_NUMBER}[天日]?", _days),
        (rf"{_NUMBER}天[以之]?后?", _days),
        (rf"{_NUMBER}天[以之]?前", _days_ago),
        (rf"\+?{_NUMBER}个?(?:周|星期|礼拜)[以之]?后?", _weeks),
        (rf"\+{_NUMBER}个?月[以之]?后?", _months),
        (rf"{_NUMBER}个月[以之]?后?", _months),
        (r"(下{0,2}|上{0,2})个?月?(\d{1,2})[日号]", _of_month),
        (r"(\d{1,2})[-./月](\d{1,2})[日号]?", _of_year),
        (r"(\d{2})(\d{2})", _of_year),
        (r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?", _whole),
        (r"(\d{4})(\d{2})(\d{2})", _whole),
        (r"((?:这个|本|下{0,2}|上{0,2}))个?月[底末]", _end_of_month),
        (r"(明?)年底", _end_of_year),
    )
)
