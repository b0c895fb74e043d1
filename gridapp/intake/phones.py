"""Telephone numbers with what people write beside them."""

import re
from functools import cache
from typing import NamedTuple

from gridapp.intake.cells import halved
from gridapp.intake.words import load

_NUMBER = re.compile(r"(?<![\d])(?:\+?86[- ]?)?(1\d{2}[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]?\d{7,8}|\d{3,4} ?\d{4})(?!\d)")
_REMARK_CUT = re.compile(r"[()\[\]:,、;；/，。]+")
_CALLED = re.compile(r"(?:的|电话|手机|号码|联系)+")


class Phone(NamedTuple):
    """A cell of a phone column.

    Attributes:
        number: the numbers with 、 between, or the text as it stands if it holds none.
        remark: what stands beside them: ``子女``, ``微信同号``.
        whose: the remark, where it says that somebody else answers.
        doubtful: whether no number was made out.
    """

    number: str = ""
    remark: str = ""
    whose: str = ""
    doubtful: bool = False


def phone_of(text: str) -> Phone:
    """Take a phone cell apart: ``13013727390（子女）`` is a number and whose it is."""
    if text.isascii() and text.isdigit() and len(text) == 11:
        return Phone(text)
    plain = halved(text)
    numbers = [_joined(match[1]) for match in _NUMBER.finditer(plain)]
    if not numbers:
        return Phone(text, doubtful=bool(text))
    remark = "、".join(part for part in map(str.strip, _REMARK_CUT.split(_NUMBER.sub(",", plain))) if part)
    return Phone("、".join(dict.fromkeys(numbers)), remark, remark if _is_person(remark) else "")


def _joined(number: str) -> str:
    parts = number.replace(" ", "")
    return parts if parts.startswith("0") else parts.replace("-", "")


def _is_person(remark: str) -> bool:
    return _CALLED.sub("", remark) in _callers()


@cache
def _callers() -> frozenset[str]:
    words = load("relations")
    kin = {word for meaning, listed in words["relations"].items() if meaning != "户主" for word in listed}
    return frozenset(kin | set(words["callers"]))
