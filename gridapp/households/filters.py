"""Which households a listing holds: a filter, and the conditions it means."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import NamedTuple

import peewee
from peewee import Value, fn

from gridapp.households import address
from gridapp.households.categories import NO_PRECEDENCE, first_position, to_mask
from gridapp.households.model import PAST, Household, Resident
from gridapp.households.search_terms import is_code_fragment
from gridapp.issues.model import Issue
from gridapp.visits.model import Visit

_CODE_OF_DISTRICT = 6


class Ages(NamedTuple):
    """An age band in full years, both ends included; ``last`` is None where it has no end."""

    first: int
    last: int | None = None


class Place(NamedTuple):
    """An estate, a building or an entrance, as households name it; what is None may be any."""

    estate: str | None = None
    building: str | None = None
    entrance: str | None = None


@dataclass(frozen=True)
class Filter:
    """Which households a listing holds. What is not told leaves all; what is told has to hold together.

    Attributes:
        area_code: those in this area and below it.
        first: positions in precedence; those whose first category is one of them. None: all.
        carrying: keys of categories; those that carry one of them, first or not.
        carrying_all: those that carry all of ``carrying``.
        text: those whose head, phone, address or note contains it.
        past: those that have left, and no others; else those that have not.
        places: those at one of these.
        unvisited_days: those that were not visited for at least so many days, or never.
        open_issues: those with an issue that is not resolved.
        ages: those with a resident in one of these bands.
        special: those with a resident of whom one of these special conditions is told.
        party_member: those with a resident who is a party member.
        kind: those of this kind; empty: of any.
        no_phone: those without a phone number.
        no_residents: those of which no resident is on record.
    """

    area_code: str
    first: frozenset[int] | None = None
    carrying: frozenset[str] = frozenset()
    carrying_all: bool = False
    text: str = ""
    past: bool = False
    places: tuple[Place, ...] = ()
    unvisited_days: int | None = None
    open_issues: bool = False
    ages: tuple[Ages, ...] = ()
    special: frozenset[str] = frozenset()
    party_member: bool = False
    kind: str = ""
    no_phone: bool = False
    no_residents: bool = False


def conditions(chosen: Filter, today: datetime.date | None = None) -> list[peewee.Node]:
    """What a household has to fulfil beside lying in the area.

    Args:
        today: the day on which ages and visits are looked at; today unless told.
    """
    today = today or datetime.date.today()
    found: list[peewee.Node] = list(_of_household(chosen))
    found += (_some_resident(chosen, of_whom) for of_whom in _of_residents(chosen, today))
    if chosen.unvisited_days is not None:
        since = today - datetime.timedelta(days=chosen.unvisited_days)
        visited = Visit.select(Value(1)).where((Visit.household == Household.uid) & (Visit.visited_on > since))
        found.append(~fn.EXISTS(visited))
    if chosen.open_issues:
        is_open = (Issue.household == Household.uid) & Issue.is_open()
        found.append(fn.EXISTS(Issue.select(Value(1)).where(is_open)))
    if chosen.no_residents:
        found.append(
            ~fn.EXISTS(
                Resident.select(Value(1)).where((Resident.household == Household.uid) & Resident.left_on.is_null())
            )
        )
    if chosen.text.strip():
        found.append(matching(chosen.text.strip()))
    return found


def _of_household(chosen: Filter) -> Iterable[peewee.Expression]:
    if chosen.past:
        yield Household.precedence == PAST
        if chosen.first is not None:
            yield _first_of_past(chosen.first)
    elif chosen.first is not None:
        yield Household.precedence.in_(sorted(chosen.first))
    else:
        yield Household.is_here()
    if chosen.carrying:
        mask = to_mask(chosen.carrying)
        carried = Household.categories.bin_and(mask)
        yield carried == mask if chosen.carrying_all else carried != 0
    if chosen.places:
        yield reduce(or_, map(_at, chosen.places))
    if chosen.kind:
        yield Household.kind == chosen.kind
    if chosen.no_phone:
        yield Household.phone == ""


def _first_of_past(positions: frozenset[int]) -> peewee.Expression:
    """Of a household that has left, precedence no longer says which category is its first."""
    masks = [mask for mask in range(1 << NO_PRECEDENCE) if first_position(mask) in positions]
    return Household.categories.in_(masks)


def _of_residents(chosen: Filter, today: datetime.date) -> Iterable[peewee.Expression]:
    if chosen.ages:
        yield reduce(or_, (_aged(ages, today) for ages in chosen.ages))
    if chosen.special:
        yield reduce(or_, (Resident.conditions.contains(word) for word in sorted(chosen.special)))
    if chosen.party_member:
        yield Resident.party_member == True  # noqa: E712


def _some_resident(chosen: Filter, of_whom: peewee.Expression) -> peewee.Node:
    """The condition that somebody who lives in the household fulfils another.

    One pass over all residents of a district costs a third of looking into each household; for a street it is the
    other way round.
    """
    of_whom &= Resident.left_on.is_null()
    if len(chosen.area_code) <= _CODE_OF_DISTRICT:
        return Household.uid.in_(Resident.select(Resident.household).where(of_whom))
    return fn.EXISTS(Resident.select(Value(1)).where((Resident.household == Household.uid) & of_whom))


def _aged(ages: Ages, today: datetime.date) -> peewee.Expression:
    born = Resident.birth_date <= years_before(today, ages.first)
    return born if ages.last is None else born & (Resident.birth_date > years_before(today, ages.last + 1))


def years_before(day: datetime.date, years: int) -> datetime.date:
    """The last birthday of those who are at least so many years old on a day."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # a leap day, and that year had none
        return day.replace(year=day.year - years, day=28)


def _at(place: Place) -> peewee.Expression:
    """The condition that a household stands at a place. Numbers count by value: ``3`` and ``03`` are one building."""
    told = [part for part in place if part is not None]
    if not told:
        return Household.uid.is_null(False)
    if tuple(told) == place[: len(told)]:
        first, behind = address.key_range(*told)  # which an index answers
        return (Household.address_key >= first) & (Household.address_key < behind)
    columns = (Household.estate, Household.building, Household.entrance)
    parts = (column == part for column, part in zip(columns, place, strict=True) if part is not None)
    return reduce(lambda one, other: one & other, parts)


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
