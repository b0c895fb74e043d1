"""Invented pairings: who of a team looks after which of the households that need it most."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from gridapp.demo.households import Home
from gridapp.demo.names import TODAY
from gridapp.demo.teams import Helper
from gridapp.demo.words import pick
from gridapp.ids import Uid

_FIRST_DAY = date(2020, 5, 20)
_DAYS = 60
SHARES = {"lonely_elderly": 0.9, "special_group": 0.5, "living_alone": 0.15}
"""How many of the households under a colour somebody is paired with."""

_ENDED = 0.06
_NOTES = ("", "", "", "每周送菜", "陪同就医", "帮助申请救助", "节日看望")


_PROMISES = (
    "每周打一次电话，每月上门一次",
    "每月上门一次，节日看望",
    "代买米面油\n陪同就医取药",
    "检查水电气和门锁\n冬天查煤气报警器",
    "",
)
_CONTACTS = (0, 1, 1, 2, 3)
_WAYS = ("上门", "上门", "电话", "电话", "微信", "其他")
_TOLD = ("", "", "一切都好", "血压偏高，提醒按时吃药", "家里水龙头漏水，已联系物业", "想多有人说说话")


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


def promise(rng: Random) -> str:
    """What a member has promised."""
    return pick(rng, _PROMISES)


def contacts(rng: Random, since: date, until: date | None) -> Iterator[tuple[date, str, str]]:
    """Contacts in a pairing, as day, way and note; some members have not been in touch for long."""
    last = until or TODAY
    for _number in range(pick(rng, _CONTACTS)):
        day = last - timedelta(days=int(abs(rng.gauss(0, 1)) * (last - since).days / 3))
        yield max(day, since), pick(rng, _WAYS), pick(rng, _TOLD)
