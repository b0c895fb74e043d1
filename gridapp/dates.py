"""Days to come, as people write them: ``下周五``, ``+5``, ``8-30``, ``月底``."""

import datetime
import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable

_NAMED = {"今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2, "大后天": 3}
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九十")} | {"两": 2, "日": 7, "天": 7}
_NUMBER = r"(\d{1,4}|[一二两三四五六七八九十]{1,3})"
_LAST_YEAR = 2199

_Reading = Callable[[re.Match[str], datetime.date], datetime.date]


def day_of(text: str, today: datetime.date) -> datetime.date | None:
    """The day that somebody wrote; None for what is none. A day without its year is the next one of that name.

    Understood are names (明天), weekdays (周五, 下周五), spans (+5, 3天后, 两周, +1月, 5个工作日), days of a month
    or year (30日, 8-30, 8.30, 8月30日, 2026-8-30, 20260830) and ends (月底, 下月底, 年底).
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    if plain in _NAMED:
        return today + datetime.timedelta(days=_NAMED[plain])
    for pattern, reading in _READINGS:
        found = pattern.fullmatch(plain)
        if found is not None:
            try:
                return reading(found, today)
            except (ValueError, OverflowError):  # no such day
                return None
    return None


def _weekday(found: re.Match[str], today: datetime.date) -> datetime.date:
    """Without a word before it, the next day of that name; else the one of this week, the next, or the one behind."""
    which, name = found[1], found[2]
    place = (int(name) if name.isdigit() else _DIGITS[name]) - 1
    monday = today - datetime.timedelta(days=today.weekday())
    day = monday + datetime.timedelta(days=place + 7 * which.count("下"))
    return day + datetime.timedelta(days=7) if not which and day < today else day


def _days(found: re.Match[str], today: datetime.date) -> datetime.date:
    return today + datetime.timedelta(days=_number(found[1]))


def _weeks(found: re.Match[str], today: datetime.date) -> datetime.date:
    return today + datetime.timedelta(weeks=_number(found[1]))


def _months(found: re.Match[str], today: datetime.date) -> datetime.date:
    """The same day of a later month, or its last where it has no such day."""
    year, month = _month_after(today, _number(found[1]))
    return datetime.date(year, month, min(today.day, monthrange(year, month)[1]))


def _working_days(found: re.Match[str], today: datetime.date) -> datetime.date:
    from gridapp.issues.deadlines import stepped  # which reads the calendar of holidays

    return stepped(today, min(_number(found[1]), 1_000))


def _of_month(found: re.Match[str], today: datetime.date) -> datetime.date:
    later = found[1].count("下")
    year, month = _month_after(today, later)
    day = int(found[2])
    if not found[1] and day < today.day:
        year, month = _month_after(today, 1)
    return datetime.date(year, month, day)


def _of_year(found: re.Match[str], today: datetime.date) -> datetime.date:
    month, day = int(found[1]), int(found[2])
    for year in range(today.year, today.year + 9):  # the 29th of February is years away
        if day <= monthrange(year, month)[1] and datetime.date(year, month, day) >= today:
            return datetime.date(year, month, day)
    raise ValueError("no year has that day")


def _whole(found: re.Match[str], _today: datetime.date) -> datetime.date:
    return datetime.date(*(int(part) for part in found.groups()))


def _end_of_month(found: re.Match[str], today: datetime.date) -> datetime.date:
    year, month = _month_after(today, found[1].count("下"))
    return datetime.date(year, month, monthrange(year, month)[1])


def _end_of_year(found: re.Match[str], today: datetime.date) -> datetime.date:
    return datetime.date(today.year + (found[1] == "明"), 12, 31)


def _month_after(today: datetime.date, months: int) -> tuple[int, int]:
    count = today.year * 12 + today.month - 1 + months
    if count // 12 > _LAST_YEAR:
        raise ValueError("too far")
    return count // 12, count % 12 + 1


def _number(text: str) -> int:
    """``15``, ``十五``, ``二十``, ``两``."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return sum(_DIGITS[character] * 10**place for place, character in enumerate(reversed(text)))
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


_READINGS: tuple[tuple[re.Pattern[str], _Reading], ...] = tuple(
    (re.compile(pattern), reading)
    for pattern, reading in (
        (r"(这|本|下{0,3})个?(?:周|星期|礼拜)([一二三四五六日天1-7])", _weekday),
        (rf"\+?{_NUMBER}个?工作日[以之]?后?", _working_days),
        (rf"(?:\+{_NUMBER}[天日]?)", _days),
        (rf"\+?{_NUMBER}天[以之]?后?", _days),
        (rf"\+?{_NUMBER}个?(?:周|星期|礼拜)[以之]?后?", _weeks),
        (rf"\+{_NUMBER}个?月[以之]?后?", _months),
        (rf"{_NUMBER}个月[以之]?后?", _months),
        (r"(下{0,2})个?月?(\d{1,2})[日号]", _of_month),
        (r"(\d{1,2})[-./月](\d{1,2})[日号]?", _of_year),
        (r"([12]\d{3})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?", _whole),
        (r"([12]\d{3})(\d{2})(\d{2})", _whole),
        (r"(本|下{0,2})个?月[底末]", _end_of_month),
        (r"(明?)年底", _end_of_year),
    )
)
