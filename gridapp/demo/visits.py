"""Invented visits of the summer of 2020."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from gridapp.demo.households import ALONE, Home, by_need
from gridapp.demo.names import TODAY
from gridapp.demo.teams import Helper
from gridapp.demo.words import load, pick
from gridapp.ids import Uid

FIRST_DAY = date(2020, 6, 1)
DAYS = (TODAY - FIRST_DAY).days + 1

_VISITORS = 3


_FOLLOW_UP_DAYS = (5, 21)
_FOLLOWED_UP_SHARE = 0.9

Told = tuple[str, str, date | None, date | None]
"""What is needed, what is to be followed up, by which day, and when that was done."""


def draw(rng: Random, homes: list[Home], team: list[Helper], count: int) -> Iterator[tuple[Uid, date, str, str]]:
    """So many visits to different homes, as household, day, members, summary."""
    serving = [helper.name for helper in team if helper.until is None]
    for home in by_need(rng, homes, count):
        day = FIRST_DAY + timedelta(days=int(rng.random() * DAYS))
        yield home.uid, day, "、".join(rng.sample(serving, _VISITORS)), _summary(rng, home)


def needs(rng: Random, home: Home, day: date) -> Told:
    """What a visit brought to light beyond its summary: mostly nothing."""
    words = load("visits")
    if rng.random() >= words["needs_share"]:
        return "", "", None, None
    told = pick(rng, [one for one in words["needs"] if one["elderly"] == (home.first in ALONE)])
    if not told["follow_up"]:
        return told["needs"], "", None, None
    on = day + timedelta(days=rng.randint(*_FOLLOW_UP_DAYS))
    is_done = on < TODAY and rng.random() < _FOLLOWED_UP_SHARE
    return told["needs"], told["follow_up"], on, on if is_done else None


def _summary(rng: Random, home: Home) -> str:
    words = load("visits")
    kind = "elderly" if home.first in ALONE else home.first
    return pick(rng, words[kind] if kind in words and rng.random() < 0.7 else words["any"])
