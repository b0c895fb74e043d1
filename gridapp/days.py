"""Days as people type them in a hurry (``9-3``, ``9月3日``, ``0903``, ``+7``, ``昨天``), and the first there can be."""

import datetime
import re
import unicodedata

from gridapp.errors import UserError

EARLIEST = datetime.date(1949, 10, 1)
"""No ledger reaches back beyond this; an earlier day was mistyped."""

_WORDS = {"今天": 0, "昨天": -1, "前天": -2, "明天": 1, "后天": 2}
_RELATIVE = re.compile(r"([+-])(\d{1,3})天?")
_WHOLE = re.compile(r"(\d{4})(?:[-./年](\d{1,2})[-./月](\d{1,2})日?|(\d{2})(\d{2}))")
_SHORT = re.compile(r"(?:(\d{1,2})[-./月](\d{1,2})[日号]?|(\d{2})(\d{2}))")


def typed_day(text: str, today: datetime.date, ahead: bool = False) -> datetime.date | None:
    """The day that a text means; None for an empty one.

    Args:
        ahead: whether a day without a year is the next one of that name, else the last one.

    Raises:
        UserError: it means none.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    if not plain:
        return None
    try:
        found = _read(plain, today, ahead)
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise UserError(f"日期“{text.strip()}”看不懂，请写成 {today.isoformat()} 或 {today.month}-{today.day}。")
    return found


def _read(plain: str, today: datetime.date, ahead: bool) -> datetime.date | None:
    if plain in _WORDS:
        return today + datetime.timedelta(days=_WORDS[plain])
    if match := _RELATIVE.fullmatch(plain):
        return today + datetime.timedelta(days=int(match[1] + match[2]))
    if match := _WHOLE.fullmatch(plain):
        month, day = (match[2], match[3]) if match[2] else (match[4], match[5])
        return datetime.date(int(match[1]), int(month), int(day))
    if match := _SHORT.fullmatch(plain):
        month, day = (match[1], match[2]) if match[1] else (match[3], match[4])
        return _nearest(int(month), int(day), today, ahead)
    return None


def _nearest(month: int, day: int, today: datetime.date, ahead: bool) -> datetime.date:
    """The next day of that name, or the last one; the 29th of February may be years away."""
    for years in range(9):
        try:
            found = datetime.date(today.year + (years if ahead else -years), month, day)
        except ValueError:
            continue
        if (found >= today) if ahead else (found <= today):
            return found
    raise ValueError(f"there is no {month}-{day}")
