"""Which households a listing holds: a filter, and the conditions it means."""

from dataclasses import dataclass

import peewee
from peewee import fn

from gridapp.households.categories import CATEGORIES, NO_PRECEDENCE, first_position
from gridapp.households.model import PAST, Household
from gridapp.households.search_terms import is_code_fragment


@dataclass(frozen=True)
class Filter:
    """Which households a listing holds.

    Attributes:
        area_code: those in this area and below it.
        first: positions in precedence; those whose first category is one of them. None: all.
        carrying: those that carry this category, first or not.
        text: those whose head, phone, address or note contains it.
        past: those that have left, and no others; else those that have not.
    """

    area_code: str
    first: frozenset[int] | None = None
    carrying: str | None = None
    text: str = ""
    past: bool = False


def conditions(chosen: Filter) -> list[peewee.Expression]:
    """What a household has to fulfil beside lying in the area."""
    found: list[peewee.Expression] = []
    if chosen.past:
        found.append(Household.precedence == PAST)
        if chosen.first is not None:
            found.append(_first_of_past(chosen.first))
    elif chosen.first is not None:
        found.append(Household.precedence.in_(sorted(chosen.first)))
    else:
        found.append(Household.is_here())
    if chosen.carrying is not None:
        position = [category.key for category in CATEGORIES].index(chosen.carrying)
        found.append(Household.categories.bin_and(1 << position) != 0)
    if chosen.text.strip():
        found.append(matching(chosen.text.strip()))
    return found


def _first_of_past(positions: frozenset[int]) -> peewee.Expression:
    """Of a household that has left, precedence no longer says which category is its first."""
    masks = [mask for mask in range(1 << NO_PRECEDENCE) if first_position(mask) in positions]
    return Household.categories.in_(masks)


def matching(text: str) -> peewee.Expression:
    """The condition that a household's head, phone, note or address contains a text."""
    spoken = (
        Household.estate
        + fn.REPLACE(Household.building, "号楼", "")
        + "号楼"
        + fn.REPLACE(Household.entrance, "门", "")
        + "门"
        + Household.room
    )
    dashed = Household.building + "-" + Household.entrance + "-" + Household.room
    needle = text.replace("单元", "门").removesuffix("室").removesuffix("号")
    condition = (
        Household.head.contains(text)
        | Household.phone.contains(text)
        | Household.note.contains(text)
        | spoken.contains(needle)
        | dashed.contains(needle)
    )
    if text.isascii() and text.isalpha():
        condition |= Household.head_initials.startswith(text.lower())
        condition |= fn.REPLACE(Household.head_pinyin, " ", "").startswith(text.lower())
    if is_code_fragment(text):
        condition |= Household.credit_code.contains(text)
    return condition
