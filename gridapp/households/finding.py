"""One search over households and the people in them."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import peewee
from peewee import Case, fn

from gridapp.areas.model import Area
from gridapp.households import address, pinyin, search_terms
from gridapp.households.categories import at, first_position
from gridapp.households.filters import matching
from gridapp.households.model import Household, Resident
from gridapp.households.search_terms import door, is_id_fragment, plain, sound, spoken, typed_number
from gridapp.households.words import left_text
from gridapp.ids import Uid, uid_text
from gridapp.store import search as index
from gridapp.store.grams import folded
from gridapp.store.register import Register

_LOOKED_AT = 400
"""How many records the index may offer of which the best are shown; of more than these nobody can tell the best."""

EXACT, BEGINS, CONTAINS = range(3)
"""How well a record answers a question, from the best."""


@dataclass(frozen=True)
class Hit:
    """Something that was found: a household, or a resident of it.

    Attributes:
        left: ``已迁出 2026-11-20`` of who has left; else empty.
    """

    kind: str
    household: Uid
    area_code: str
    address: str
    name: str
    phone: str
    category: str
    left: str = ""

    def as_dict(self) -> dict[str, str]:
        return {**asdict(self), "household": uid_text(self.household)}


_PLACE = (Area.code, Household.estate, Household.building, Household.entrance, Household.room)
_LEFT = (Household.left_on, Household.left_how)
_IN_ORDER = (Area.code, Household.address_key)


def search(register: Register, text: str, limit: int = 50) -> list[Hit]:
    """Households by head, initials, phone, address, note or credit code; residents by name, phone or ID number.

    Of several words a record has to have all. What a word says in full comes first, then what begins with it. A
    household is named once, by its head where the head is what was found.
    """
    return [hit for hits in by_kind(register, text, limit) for hit in hits][:limit]


def by_kind(register: Register, text: str, limit: int) -> tuple[list[Hit], list[Hit]]:
    """The same as households and as residents, at most ``limit`` of each."""
    words = text.split()
    if not words:
        return [], []
    if index.is_made(register):
        households, residents = _indexed(register, words, limit)
    else:
        households, residents = _scanned(register, words, limit)
    found = _ranked(households, words, _of_household, limit)
    seen = {(hit.household, hit.name) for hit in found}
    others = _ranked(residents, words, _of_resident, limit + len(found))
    return found, [hit for hit in others if (hit.household, hit.name) not in seen][:limit]


def _indexed(register: Register, words: Sequence[str], limit: int) -> tuple[list[tuple], list[tuple]]:
    most = max(limit, _LOOKED_AT)
    homes = index.find(register, Household, [search_terms.of_household(word) for word in words], most)
    people = index.find(register, Resident, [search_terms.of_resident(word) for word in words], most)
    return (
        register.all(_households().where(Household.uid.in_(homes)).tuples()) if homes else [],
        register.all(_residents().where(Resident.uid.in_(people)).tuples()) if people else [],
    )


def _scanned(register: Register, words: Sequence[str], limit: int) -> tuple[list[tuple], list[tuple]]:
    """The same without an index, as long as that is still being made."""
    households, residents = _households(), _residents()
    for word in words:
        households = households.where(matching(word))
        condition = Resident.name.contains(word) | Resident.phone.contains(word)
        if is_id_fragment(word):
            condition |= Resident.id_number.contains(word.upper())
        residents = residents.where(condition)
    return register.all(households.limit(limit).tuples()), register.all(residents.limit(limit).tuples())


def _households() -> peewee.Select:
    facts = (Household.head, Household.phone, Household.categories, *_LEFT, Household.note, Household.credit_code)
    return (
        Household.select(Household.uid, *_PLACE, *facts)
        .join(Area, on=(Area.uid == Household.area))
        .order_by(*_IN_ORDER)
    )


def _residents() -> peewee.Select:
    phone = fn.COALESCE(fn.NULLIF(Resident.phone, ""), Household.phone)
    # Who had left by then has not left with the others.
    left_on = fn.COALESCE(Resident.left_on, Household.left_on)
    left_how = Case(None, [(Resident.left_on.is_null(), Household.left_how)], Resident.left_how)
    columns = (Household.uid, *_PLACE, Resident.name, phone, Household.categories, left_on, left_how)
    return (
        Resident.select(*columns, Resident.id_number, Resident.phone)
        .join(Household, on=(Household.uid == Resident.household))
        .join(Area, on=(Area.uid == Household.area))
        .order_by(*_IN_ORDER, Resident.position)
    )


def _ranked(
    rows: Sequence[tuple], words: Sequence[str], facts: Callable[..., tuple[str, list[str], list[str]]], limit: int
) -> list[Hit]:
    """Hits for the rows that answer all words, who is here before who has left, and the best first of either."""
    ranked: list[tuple[bool, int, int, Hit]] = []
    for row in rows:
        kind, whole, beginnings = facts(*row)
        rank = answers(words, whole, beginnings)
        if rank is not None:
            hit = _hit(kind, *row[:11])
            ranked.append((bool(hit.left), rank, len(ranked), hit))
    return [hit for *_order, hit in sorted(ranked, key=lambda one: one[:3])[:limit]]


def answers(words: Sequence[str], whole: Sequence[str], beginnings: Sequence[str]) -> int | None:
    """How well a record answers: as well as it answers the word that it answers worst; None if one is not in it.

    Args:
        whole: its texts, in which a word may stand anywhere.
        beginnings: its texts that have to begin with a word.
    """
    ranks = [_rank({folded(word), spoken(word), typed_number(word)} - {""}, whole, beginnings) for word in words]
    known = [rank for rank in ranks if rank is not None]
    return max(known) if len(known) == len(ranks) else None


def _rank(needles: set[str], whole: Sequence[str], beginnings: Sequence[str]) -> int | None:
    if any(text in needles for text in (*whole, *beginnings)):
        return EXACT
    if any(text.startswith(needle) for text in (*whole, *beginnings) for needle in needles):
        return BEGINS
    return CONTAINS if any(needle in text for text in whole for needle in needles) else None


def _of_household(
    _uid: Uid,
    _code: str,
    estate: str,
    building: str,
    entrance: str,
    room: str,
    head: str,
    phone: str,
    _mask: int,
    _left_on: datetime.date | None,
    _left_how: str,
    note: str,
    credit_code: str,
) -> tuple[str, list[str], list[str]]:
    at_door = door(building, entrance, room).replace("·", "-")
    label = folded(address.full_label(estate, building, entrance, room))
    texts = [folded(head), label, at_door, plain(phone), folded(note), folded(credit_code)]
    return "household", texts, sounds(head)


def _of_resident(*row: Any) -> tuple[str, list[str], list[str]]:
    name, id_number, phone = row[6], row[11], row[12]
    return "resident", [folded(name), plain(phone), folded(id_number)], sounds(name)


def sounds(name: str) -> list[str]:
    """The initials of a name, and its whole pinyin."""
    return [sound(pinyin.initials(name)), sound(pinyin.full(name))]


def _hit(
    kind: str,
    household: Uid,
    code: str,
    estate: str,
    building: str,
    entrance: str,
    room: str,
    name: str,
    phone: str,
    mask: int,
    left_on: datetime.date | str | None,
    left_how: str,
) -> Hit:
    label = address.full_label(estate, building, entrance, room)
    # What an engine computes comes as its text.
    day = datetime.date.fromisoformat(left_on) if isinstance(left_on, str) else left_on
    return Hit(kind, household, code, label, name, phone, at(first_position(mask)).key, left_text(left_how, day))
