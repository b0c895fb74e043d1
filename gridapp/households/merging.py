"""Bringing together what two people changed in the same household."""

import dataclasses
from typing import Any, TypeVar

from gridapp.households.editing import HouseholdDraft, ResidentDraft

_Draft = TypeVar("_Draft", HouseholdDraft, ResidentDraft)


def merged(mine: HouseholdDraft, base: HouseholdDraft, theirs: HouseholdDraft) -> HouseholdDraft:
    """What is stored now, with what was changed here put on top.

    Args:
        mine: the draft as it was edited here.
        base: the draft as it had been loaded.
        theirs: the draft as it is stored now. Residents are told apart by their uid.
    """
    return dataclasses.replace(_on_top(mine, base, theirs), residents=_residents(mine, base, theirs))


def contested(mine: HouseholdDraft, base: HouseholdDraft, theirs: HouseholdDraft) -> dict[str, Any]:
    """The household's own fields that both sides changed, and not alike, with what is stored in them now."""
    stored = {name: getattr(theirs, name) for name in _changed(mine, base) & _changed(theirs, base)}
    return {name: value for name, value in stored.items() if getattr(mine, name) != value}


def _residents(mine: HouseholdDraft, base: HouseholdDraft, theirs: HouseholdDraft) -> list[ResidentDraft]:
    before = {one.uid: one for one in base.residents}
    there = {one.uid: one for one in theirs.residents}
    found: list[ResidentDraft] = []
    for one in mine.residents:
        old = before.get(one.uid) if one.uid is not None else None
        if old is None:
            found.append(one)
        elif one.uid in there:
            found.append(_on_top(one, old, there[one.uid]))
        elif one != old:
            found.append(dataclasses.replace(one, uid=None))  # deleted there and edited here: it comes back
    return found + [one for one in theirs.residents if one.uid not in before]


def _on_top(mine: _Draft, base: _Draft, theirs: _Draft) -> _Draft:
    return dataclasses.replace(theirs, **{name: getattr(mine, name) for name in _changed(mine, base)})


def _changed(draft: _Draft, base: _Draft) -> set[str]:
    names = {field.name for field in dataclasses.fields(draft)} - {"uid", "residents"}
    return {name for name in names if getattr(draft, name) != getattr(base, name)}
