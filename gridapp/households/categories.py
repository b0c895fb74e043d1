"""The seven colours by which a household is found, in order of precedence from most to least in need of attention."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Category:
    """A class of households: its key never changes, the rest is how it looks.

    Attributes:
        colour, text_colour: ``#RRGGBB``, chosen so that all pairs stay apart in every kind of colour vision.
        mark: the one character that stands for it where there is no colour.
    """

    key: str
    name: str
    mark: str
    colour: str
    text_colour: str


INK = "#1F2328"
WHITE = "#FFFFFF"

CATEGORIES = (
    Category("lonely_elderly", "孤老户", "孤", "#CA0D0C", WHITE),
    Category("living_alone", "独居", "独", "#12397D", WHITE),
    Category("special_group", "特殊群体", "特", "#CB72E6", INK),
    Category("party_member", "党员", "党", "#FFE70E", INK),
    Category("enterprise", "企业", "企", "#4F3122", WHITE),
    Category("tenant", "租户", "租", "#FA9F43", INK),
    Category("permanent_resident", "常住户", "常", "#49A568", INK),
)
UNCLASSED = Category("", "未分类", "？", "#FFFFFF", INK)
"""Stands in for a household to which nobody has given a category yet."""

BY_KEY = {category.key: category for category in CATEGORIES}
_BITS = {category.key: 1 << position for position, category in enumerate(CATEGORIES)}
NO_PRECEDENCE = len(CATEGORIES)


def to_mask(keys: Iterable[str]) -> int:
    """Categories as the database keeps them: bit n is the n-th in precedence.

    Raises:
        KeyError: there is no such category.
    """
    mask = 0
    for key in keys:
        mask |= _BITS[key]
    return mask


def from_mask(mask: int) -> tuple[Category, ...]:
    """The categories of a mask, in precedence."""
    return tuple(category for position, category in enumerate(CATEGORIES) if mask >> position & 1)


def first_position(mask: int | None) -> int:
    """The position in precedence of the first category of a mask; ``NO_PRECEDENCE`` if it is empty."""
    return (mask & -mask).bit_length() - 1 if mask else NO_PRECEDENCE


def at(position: int) -> Category:
    """The category at a position in precedence, ``UNCLASSED`` behind the last."""
    return CATEGORIES[position] if position < NO_PRECEDENCE else UNCLASSED
