"""Invented pairings: who of a team looks after which of the households that need it most."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from gridapp.demo.households import Home
from gridapp.demo.teams import Helper
from gridapp.demo.words import pick
from gridapp.ids import Uid

_FIRST_DAY = date(2020, 5, 20)
_DAYS = 60
SHARES = {"lonely_elderly": 0.9, "special_group": 0.5, "living_alone": 0.15}
"""How many of the households under a colour somebody is paired with."""

_ENDED = 0.06
_NOTES = ("", "", "", "每周送菜", "陪同就医", "帮助申请救助", "节日看望")


def draw(rng: Random, homes: list[Home], team: list[Helper]) -> Iterator[tuple[Uid, Uid, date, date | None, str]]:
    """Pairings with those who serve, as member, household, since, until, note; some have ended."""
    serving = [helper for helper in team if helper.until is None]
    for home in homes:
        if rng.random() >= SHARES.get(home.first, 0):
            continue
        since = _FIRST_DAY + timedelta(days=rng.randrange(_DAYS))
        helper = pick(rng, serving)
        if rng.random() < _ENDED:
            yield helper.member, home.uid, since, since + timedelta(days=rng.randrange(10, 30)), ""
            helper = pick(rng, serving)
            since += timedelta(days=30)
        yield helper.member, home.uid, since, None, pick(rng, _NOTES)
