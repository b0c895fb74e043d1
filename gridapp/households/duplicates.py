"""Pointing out that a person or an address which stands in the form is in the register already."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import peewee
from peewee import fn

from gridapp.areas import tree
from gridapp.areas.model import CODE_LENGTHS, Area, Level
from gridapp.households import address, id_numbers, words
from gridapp.households.editing import HouseholdDraft, Problem, tidied
from gridapp.households.model import HAS_CREDIT_CODE, Household, Resident
from gridapp.ids import Uid
from gridapp.store.register import Register

_SHORTEST_NUMBER = 6
"""What is shorter stands where a number is not known, and says nothing of who it is."""


@dataclass(frozen=True)
class Twin:
    """Another household that has something in common with a draft.

    Attributes:
        field: ``room`` for the address, ``id_number`` for a resident's identity number, ``credit_code`` for an
            enterprise's.
        value: the address, number or code that both have.
        text: what there is in common, in words.
        other: how one says the other household, to go there.
    """

    field: str
    value: str
    text: str
    household: Uid
    area_code: str
    other: str


@dataclass(frozen=True)
class Duplicate(Problem):
    """A problem that another household has a part in; it never blocks."""

    twin: Twin | None = None


_PLACE = (Household.uid, Area.code, Area.name, Household.estate, Household.building, Household.entrance, Household.room)


def find(register: Register, draft: HouseholdDraft) -> list[Twin]:
    """Where else in the register a draft's address, its credit code or a resident's identity number is found."""
    code = register.value(Area.select(Area.code).where(Area.uid == draft.area)) or ""
    return [
        *_same_address(register, draft, code),
        *_same_code(register, draft, code),
        *_same_numbers(register, draft, code),
    ]


def problems(draft: HouseholdDraft, twins: Sequence[Twin]) -> list[Duplicate]:
    """What of that which was found is still true of the draft, beside the field or the resident that it concerns."""
    found = []
    for twin in twins:
        if (twin.field == "room" and twin.value == _address(draft)) or (
            twin.field == "credit_code" and twin.value == tidied(draft).credit_code
        ):
            found.append(Duplicate(twin.field, twin.text, blocking=False, twin=twin))
        elif twin.field == "id_number":
            found += [
                Duplicate(twin.field, twin.text, blocking=False, resident=position, twin=twin)
                for position, resident in enumerate(draft.residents)
                if id_numbers.normalized(resident.id_number) == twin.value
            ]
    return found


def asked(draft: HouseholdDraft) -> tuple[str, ...]:
    """What ``find`` goes by: while it stays the same, so does the answer."""
    return _address(draft), tidied(draft).credit_code, *_numbers(draft)


def same_address(draft: HouseholdDraft, area_code: str) -> peewee.Select:
    """The query for other households at a draft's address: in its grid, or under the same estate in its community."""
    tidy = tidied(draft)
    near = tree.within(area_code[: CODE_LENGTHS[Level.COMMUNITY]] if tidy.estate else area_code)
    # With and without the floor, which follows from the room and is not always filled in.
    keys = {
        address.sort_key(tidy.estate, tidy.building, tidy.entrance, floor, tidy.room)
        for floor in (tidy.floor, address.floor_of(tidy.room), "")
    }
    grids = Area.select(Area.uid).where(near & (Area.level == Level.GRID))
    query = (
        Household.select(*_PLACE, Household.head)
        .join(Area, on=(Area.uid == Household.area))
        .where(Household.area.in_(grids) & Household.address_key.in_(sorted(keys)) & Household.is_here())
        .order_by(Household.uid)
    )
    return query.where(Household.uid != tidy.uid) if tidy.uid is not None else query


def same_code(credit_code: str, household: Uid | None) -> peewee.Select:
    """The query for other enterprises that have this credit code."""
    query = (
        Household.select(*_PLACE, Household.head)
        .join(Area, on=(Area.uid == Household.area))
        .where((Household.credit_code == credit_code) & HAS_CREDIT_CODE)
        .order_by(Household.uid)
    )
    return query.where(Household.uid != household) if household is not None else query


def same_numbers(numbers: Sequence[str], household: Uid | None) -> peewee.Select:
    """The query for residents of other households who have one of these identity numbers, those who are here first."""
    left_on = fn.COALESCE(Resident.left_on, Household.left_on)
    left_how = fn.COALESCE(fn.NULLIF(Resident.left_how, ""), Household.left_how)
    query = (
        Resident.select(*_PLACE, Resident.name, Resident.id_number, left_on, left_how)
        .join(Household, on=(Household.uid == Resident.household))
        .join(Area, on=(Area.uid == Household.area))
        .where(Resident.id_number.in_(numbers))
        .order_by(left_on.is_null().desc(), Resident.uid)
    )
    return query.where(Resident.household != household) if household is not None else query


def _same_address(register: Register, draft: HouseholdDraft, code: str) -> list[Twin]:
    if not draft.room.strip() or not code:
        return []
    found: list[tuple[Any, ...]] = register.all(same_address(draft, code).limit(2).tuples())
    if not found:
        return []
    *place, head = found[0]
    more = "等" if len(found) > 1 else ""
    return [_twin("room", _address(draft), f"同一住址已有{_where(place, code)}{head or '一户'}{more}", place, head)]


def _same_code(register: Register, draft: HouseholdDraft, code: str) -> list[Twin]:
    credit_code = tidied(draft).credit_code
    if len(credit_code) < _SHORTEST_NUMBER:
        return []
    found: list[tuple[Any, ...]] = register.all(same_code(credit_code, draft.uid).limit(1).tuples())
    if not found:
        return []
    *place, head = found[0]
    text = f"{head or '另一户'}有相同的统一社会信用代码（{_where(place, code)}{address.full_label(*place[3:])}）"
    return [_twin("credit_code", credit_code, text, place, head)]


def _same_numbers(register: Register, draft: HouseholdDraft, code: str) -> list[Twin]:
    numbers = _numbers(draft)
    if not numbers:
        return []
    found: dict[str, Twin] = {}
    for *place, name, number, left_on, left_how in register.all(same_numbers(numbers, draft.uid).tuples()):
        where = f"{_where(place, code)}{address.full_label(*place[3:])}"
        # A family that comes back is better restored than registered again.
        left = words.left_text(left_how, left_on)
        text = f"{name}曾登记在{where}，{left}" if left else f"{name}有相同的身份证号（{where}）"
        found.setdefault(number, _twin("id_number", number, text, place, name))
    return list(found.values())


def _numbers(draft: HouseholdDraft) -> list[str]:
    numbers = {id_numbers.normalized(resident.id_number) for resident in draft.residents}
    return sorted(number for number in numbers if len(number) >= _SHORTEST_NUMBER)


def _address(draft: HouseholdDraft) -> str:
    parts = (draft.estate, draft.building, draft.entrance, draft.floor, draft.room)
    return "\x1f".join(part.strip() for part in parts)


def _where(place: Sequence[Any], code: str) -> str:
    return "" if place[1] == code else f"{place[2]}的"


def _twin(field: str, value: str, text: str, place: Sequence[Any], name: str) -> Twin:
    uid, code, _area, _estate, *door = place
    return Twin(field, value, text, uid, code, f"{address.short_label(*door)} {name}".strip())
