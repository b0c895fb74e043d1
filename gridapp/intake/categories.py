"""Categories and conditions as workbooks name them."""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from gridapp.households.categories import BY_KEY, to_mask
from gridapp.intake.cells import halved
from gridapp.intake.words import load, meanings

_BETWEEN = re.compile(r"[、,/;|+&()\s]+")
_COUNTED = re.compile(r"\d+[人户名口]?")
_CACHED = 4_096


class Classified(NamedTuple):
    """What a cell says of a household.

    Attributes:
        mask: its categories, see ``gridapp.households.categories``.
        conditions: special conditions of the person the row is about.
        party_member: whether the words name a party member.
        unknown: the words that stand for none.
    """

    mask: int = 0
    conditions: tuple[str, ...] = ()
    party_member: bool = False
    unknown: tuple[str, ...] = ()

    def __or__(self, other: "Classified") -> "Classified":
        return Classified(
            self.mask | other.mask,
            tuple(dict.fromkeys(self.conditions + other.conditions)),
            self.party_member or other.party_member,
            self.unknown + other.unknown,
        )


NOTHING = Classified()


@lru_cache(_CACHED)
def classified(text: str) -> Classified:
    """The categories that a text names, several with 、 or a like sign between."""
    mask, conditions, unknown = 0, [], []
    party_member = False
    for word in filter(None, _BETWEEN.split(halved(text))):
        condition = meanings("categories", "conditions").get(word)
        key = "special_group" if condition else _key(word)
        if key is None:
            unknown += [] if word in load("categories")["nothing"] or _COUNTED.fullmatch(word) else [word]
            continue
        mask |= to_mask([key])
        conditions += [condition] if condition else []
        party_member |= word in load("categories")["party_member"]
    return Classified(mask, tuple(dict.fromkeys(conditions)), party_member, tuple(unknown))


@lru_cache(_CACHED)
def by_politics(text: str) -> Classified:
    """What a political affiliation tells: only membership of the Communist Party is a category."""
    return classified(text) if text in load("categories")["politics"] else NOTHING


def by_flag(word: str, text: str) -> Classified:
    """What a yes-or-no column tells; ``word`` is the category that its header names."""
    return classified(word) if text in load("headers")["yes"] else NOTHING


@cache
def _key(word: str) -> str | None:
    by_name = {category.name: key for key, category in BY_KEY.items()}
    return meanings("categories", "categories").get(word) or by_name.get(word)
