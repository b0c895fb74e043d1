"""What a single cell says: text without its blanks, half-width characters, numbers, days."""

import datetime
import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import Any

from gridapp.intake.words import load

_HALF_WIDTH = {0xFF01 + n: 0x21 + n for n in range(94)} | {0x3000: " ", 0x2013: "-", 0x2014: "-", 0x2212: "-"}
_UNSEEN = ("Cc", "Cf", "Cs")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 0?0:00(?::00)?)?|(\d{4})(\d{2})(\d{2})")
_DAY_OF_A_YEAR = re.compile(r"(\d{1,2})月(\d{1,2})[日号]?")
_EXCEL_BEGAN = datetime.date(1899, 12, 30)
_SERIALS = range(3_653, 73_415)
"""Days as Excel counts them, from 1910 to the end of 2100: outside them a number in a day column is no day."""
_PEOPLE = re.compile(r"(\d{1,4})(?:人|口|口人)?")
_BLANK = frozenset(load("rows")["blank"])
_CJK_GAP = re.compile(r"(?<=[^\x00-\u2e7f]) (?=[^\x00-\u2e7f])")


def text_of(value: Any) -> str:
    """A cell as text on one line: numbers in plain digits, days as ``2020-08-19``, nothing as an empty text."""
    if type(value) is not str:
        value = _written(value)
    elif value.isprintable():
        if " " not in value:  # no other blank is printable
            return value
    else:
        # Zero-width characters come along when text is pasted, and no database takes the rest. Characters that
        # Unicode does not know yet stay, since rare names are written with them.
        value = "".join(c if unicodedata.category(c) not in _UNSEEN else " " * c.isspace() for c in value)
    return " ".join(value.split())


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        # The shortest digits that stand for the number, as the file had them; int() would invent more.
        return format(Decimal(repr(value)), "f").removesuffix(".0") if value == value else ""
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    return str(value)


def halved(text: str) -> str:
    """Text with full-width letters, digits and signs as half-width ones."""
    return text if text.isascii() else text.translate(_HALF_WIDTH)


def code_of(text: str) -> str:
    """A number, room or phone as it is compared: half-width and without blanks."""
    return "".join(halved(text).split())


def said(value: Any) -> str:
    """A cell's text; empty also where it says in words that there is nothing: ``无``, ``—``, ``#N/A`` …"""
    if value == "":
        return ""
    text = text_of(value)
    return "" if text in _BLANK else text


def name_of(text: str) -> str:
    """A name without the blanks that pad it to equal width: ``马　伟`` → ``马伟``."""
    return _CJK_GAP.sub("", text) if " " in text else text


def day_of(value: Any) -> datetime.date | None:
    """The day that a cell says, as a date, as text or as Excel's serial number; None if it says none."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    if isinstance(value, float | int) and not isinstance(value, bool) and _SERIALS[0] <= value <= _SERIALS[-1]:
        return _EXCEL_BEGAN + datetime.timedelta(days=int(value))
    match = _DAY.fullmatch(code_of(text_of(value)).replace("-00:00:00", ""))
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups() if part is not None)
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def day_of_year(value: Any) -> tuple[int, int] | None:
    """Month and day of a text that names no year: ``8月21日``; None if it is none."""
    match = _DAY_OF_A_YEAR.fullmatch(code_of(text_of(value)))
    return (int(match[1]), int(match[2])) if match else None


@lru_cache(1_024)
def people_of(text: str) -> int | None:
    """How many people a text counts: ``4``, ``4人``, ``4口人``; None if it counts none."""
    match = _PEOPLE.fullmatch(code_of(text))
    return int(match[1]) if match else None
