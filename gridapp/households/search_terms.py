"""The words by which households and residents are found, and what a typed word may stand for among them."""

import re
from collections.abc import Iterator
from functools import lru_cache

from gridapp.households import address, pinyin
from gridapp.households.model import Household, Resident
from gridapp.store.grams import LONGEST, Term, asked, asked_tail, beginning, folded, tail, words
from gridapp.store.search import Alternatives, Searchable

_DOOR = "·"
"""Stands between the parts of a door's number; not in ASCII, so that both engines keep it as part of a word."""

_DASHED = re.compile(r"[0-9a-z]+(?:-[0-9a-z]*)+")
_SPOKEN = re.compile(r"(?P<before>.*?)(?P<building>\d+)(?:号楼|号|楼|栋|幢)(?P<entrance>\d+)门(?P<room>[0-9a-z]*)")
_NUMBER = re.compile(r"[0-9][0-9()+-]*x?")
_CODE = re.compile(r"(?=.*[0-9])[0-9a-z]{4,}")
"""A credit code or the end of one, as it is typed."""

_NOT_OF_A_NUMBER = re.compile(r"[^0-9xX]")
_ON_EVERY_DOOR = {"号", "楼", "门", "号楼"}
_SHORTEST_TAIL = 3
_SHORTEST_ID = 4


@lru_cache(65_536)
def name_words(name: str) -> tuple[str, ...]:
    """A name by its characters and by its sound: ``马大爷`` also as ``m``, ``mdy`` and ``madaye``.

    Kept, since most heads are residents as well and many people share a name.
    """
    initials = sound(pinyin.initials(name))
    if not initials:
        return ()
    return (*words(name), initials[:1], initials[:LONGEST], sound(pinyin.full(name))[:LONGEST])


def sound(syllables: str) -> str:
    """Pinyin as it is typed, without blanks."""
    return folded(syllables).replace(" ", "")


def number_words(number: str) -> Iterator[str]:
    """A phone number from its beginning and from its end."""
    digits = plain(number)
    if digits:
        yield digits[:LONGEST]
        yield tail(digits)


def plain(number: str) -> str:
    """A number without what people write between its digits."""
    return number.lower() if number.isalnum() else _NOT_OF_A_NUMBER.sub("", folded(number)).lower()


def typed_number(word: str) -> str:
    """The digits of a typed word that is a number or a part of one; empty where it is none."""
    return plain(word) if _NUMBER.fullmatch(folded(word)) else ""


def door(building: str, entrance: str, room: str) -> str:
    """``3·2·501``, as far as it is known."""
    return folded(_DOOR.join(part for part in (building, entrance, room) if part))


def _household(
    estate: str, building: str, entrance: str, room: str, head: str, phone: str, note: str, credit_code: str
) -> Iterator[str]:
    if room.isdigit() and room.isascii() and (entrance or building).isdigit():  # nothing of it is told by neighbours
        yield from _outside_words(estate, building, entrance)
        yield room[:LONGEST]
    else:
        yield from words(address.full_label(estate, building, entrance, room))
    at_door = door("", entrance, room)
    if at_door:
        yield at_door
        if building:
            yield f"{folded(building)}{_DOOR}{at_door}"
    elif building:
        yield folded(building)
    yield from name_words(head)
    if phone:
        yield from number_words(phone)
    if note:
        yield from words(note)
    if credit_code:
        yield tail(credit_code)  # it begins with what all of a place have in common


@lru_cache(4_096)
def _outside_words(estate: str, building: str, entrance: str) -> tuple[str, ...]:
    return tuple(words(address.full_label(estate, building, entrance, "")))


def _resident(name: str, phone: str, id_number: str) -> Iterator[str]:
    yield from name_words(name)
    if phone:
        yield from number_words(phone)
    if id_number:
        yield id_number[6:14]  # the day of birth
        yield tail(id_number)


HOUSEHOLD = Searchable(
    Household,
    "h",
    ("estate", "building", "entrance", "room", "head", "phone", "note", "credit_code"),
    _household,
)
RESIDENT = Searchable(Resident, "r", ("name", "phone", "id_number"), _resident)


def spoken(word: str) -> str:
    """A typed word as addresses are written here."""
    return folded(word).replace("单元", "门").removesuffix("室").removesuffix("号")


def of_household(word: str) -> Alternatives:
    """What a typed word may be of a household."""
    found = of_text(word)
    needle = spoken(word)
    if needle != folded(word):
        found.append(_selective(asked(needle)))
    if is_code_fragment(word):
        found.append([asked_tail(folded(word))])
    dashed = _DASHED.fullmatch(needle)
    if dashed is not None:
        return [[Term(needle.replace("-", _DOOR), True)], *found[1:]]
    said = _SPOKEN.fullmatch(needle)
    if said is not None:
        at = _DOOR.join((said["building"], said["entrance"], said["room"]))
        found.append([*asked(said["before"]), Term(at, True)])
        del found[0]
    return found


def of_resident(word: str) -> Alternatives:
    """What a typed word may be of a resident."""
    found = of_text(word)
    number = typed_number(word)
    if len(number) > LONGEST:
        found.append([Term(number[6:14], len(number) < 14)])
    return found


def of_text(word: str) -> list[list[Term]]:
    """A word as text, and as the end of a number where it is one."""
    found = [_selective(asked(word))]
    number = typed_number(word)
    if len(number) >= _SHORTEST_TAIL:
        found.append([beginning(number)])
        found.append([asked_tail(number)])
    return found


def _selective(terms: list[Term]) -> list[Term]:
    """Without what every address has, which only takes time to look up."""
    return [term for term in terms if term.word not in _ON_EVERY_DOOR] or terms


def is_id_fragment(word: str) -> bool:
    """Whether enough of an identity number is told to look for one."""
    return len(typed_number(word)) >= _SHORTEST_ID


def is_code_fragment(word: str) -> bool:
    """Whether a typed word may be a credit code or the end of one."""
    return bool(_CODE.fullmatch(folded(word)))
