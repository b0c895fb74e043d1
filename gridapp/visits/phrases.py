"""Short replies that are said of many visits, each behind a digit."""

import json
import re
from functools import cache
from importlib import resources

_BETWEEN = "；"
_DIGITS = re.compile(r"\s*([1-9]{1,3})(?:\s+(.*)|\s*)", re.DOTALL)


@cache
def phrases() -> tuple[str, ...]:
    """The replies; the first is 1."""
    return tuple(json.loads(resources.files("resources").joinpath("visits/phrases.json").read_text("utf-8")))


def expand(text: str) -> str:
    """A text in which digits at the beginning stand for replies: ``13 头晕`` → both of them, and then ``头晕``.

    Digits that run on into something else (``3号楼``), and those that stand for none, stay what they are.
    """
    match = _DIGITS.fullmatch(text)
    known = phrases()
    if match is None or any(int(digit) > len(known) for digit in match[1]):
        return text.strip()
    said = [known[int(digit) - 1] for digit in dict.fromkeys(match[1])]
    rest = (match[2] or "").strip()
    return _BETWEEN.join([*said, rest] if rest else said)


def added(text: str, phrase: str) -> str:
    """A text with a reply behind it, unless it is there already."""
    told = text.strip()
    if not told:
        return phrase
    return told if phrase in told.split(_BETWEEN) else f"{told}{_BETWEEN}{phrase}"


def legend() -> str:
    """``1 一切正常　2 …``, as it stands on the sheet and beside the line in which one types them."""
    return "　".join(f"{number} {phrase}" for number, phrase in enumerate(phrases(), 1))
