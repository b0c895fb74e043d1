"""Filters under a name, as text that outlives the version of the program that wrote it."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from gridapp.errors import UserError
from gridapp.households.categories import BY_KEY, NO_PRECEDENCE, at
from gridapp.households.filters import Ages, Filter, Place
from gridapp.households.model import KIND_NAMES

LONGEST_NAME = 30
_VERSION = 1
_FLAGS = ("carrying_all", "open_issues", "party_member", "no_phone", "no_residents", "past")
_POSITIONS = {at(position).key: position for position in range(NO_PRECEDENCE + 1)}


def to_json(chosen: Filter) -> str:
    """A filter as text, without its area: it is meant for whichever is shown. Colours stand in it by their keys."""
    told: dict[str, Any] = {
        "first": None if chosen.first is None else [at(position).key for position in sorted(chosen.first)],
        "carrying": sorted(chosen.carrying),
        "text": chosen.text.strip(),
        "places": [list(place) for place in chosen.places],
        "unvisited_days": chosen.unvisited_days,
        "ages": [list(ages) for ages in chosen.ages],
        "special": sorted(chosen.special),
        "kind": chosen.kind,
        **{flag: getattr(chosen, flag) for flag in _FLAGS},
    }
    return json.dumps({"version": _VERSION, **{key: value for key, value in told.items() if value}}, ensure_ascii=False)


def from_json(text: str, area_code: str = "") -> Filter:
    """A filter from such a text, for an area. What this version does not know, or what makes no sense, is left out."""
    try:
        told = json.loads(text)
    except ValueError:
        told = None
    if not isinstance(told, dict):
        return Filter(area_code)
    first = frozenset(_POSITIONS[key] for key in _strings(told.get("first")) if key in _POSITIONS)
    days, kind, typed = told.get("unvisited_days"), told.get("kind"), told.get("text")
    return Filter(
        area_code,
        first=first or None,
        carrying=frozenset(key for key in _strings(told.get("carrying")) if key in BY_KEY),
        text=typed if isinstance(typed, str) else "",
        places=tuple(Place(*place) for place in _lists(told.get("places")) if _is_place(place)),
        unvisited_days=days if _is_number(days) and days != 0 else None,
        ages=tuple(Ages(*ages) for ages in _lists(told.get("ages")) if _is_band(ages)),
        special=frozenset(_strings(told.get("special"))),
        kind=kind if isinstance(kind, str) and kind in KIND_NAMES else "",
        **{flag: told.get(flag) is True for flag in _FLAGS},
    )


def same(one: Filter, other: Filter) -> bool:
    """Whether two filters ask for the same, wherever they look."""
    return replace(_tidied(one), area_code="") == replace(_tidied(other), area_code="")


def with_name(saved: Mapping[str, str], name: str, text: str) -> dict[str, str]:
    """The saved filters with one more under a name, or another under it, in the order of names.

    Raises:
        UserError: the name is empty or too long.
    """
    return dict(sorted({**saved, checked_name(name): text}.items()))


def renamed(saved: Mapping[str, str], old: str, new: str) -> dict[str, str]:
    """The saved filters with one under another name.

    Raises:
        UserError: the name is empty, too long, or another's.
    """
    tidy = checked_name(new)
    if tidy != old and tidy in saved:
        raise UserError(f"已有名为“{tidy}”的筛选，请换一个名称。")
    return with_name({name: text for name, text in saved.items() if name != old}, tidy, saved[old])


def checked_name(name: str) -> str:
    """A name as it is kept.

    Raises:
        UserError: it is empty or too long.
    """
    tidy = " ".join(name.split())
    if not tidy:
        raise UserError("请填写名称。")
    if len(tidy) > LONGEST_NAME:
        raise UserError(f"名称最多{LONGEST_NAME}个字，现有{len(tidy)}个。")
    return tidy


def _tidied(chosen: Filter) -> Filter:
    return replace(
        chosen,
        text=chosen.text.strip(),
        places=tuple(sorted(chosen.places, key=str)),
        ages=tuple(sorted(chosen.ages, key=str)),
        carrying_all=chosen.carrying_all and len(chosen.carrying) > 1,
    )


def _strings(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _lists(value: Any) -> list[list[Any]]:
    return [one for one in value if isinstance(one, list)] if isinstance(value, list) else []


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 9_999


def _is_place(place: list[Any]) -> bool:
    told = [part for part in place if part is not None]
    return len(place) == len(Place._fields) and bool(told) and all(isinstance(part, str) for part in told)


def _is_band(ages: list[Any]) -> bool:
    if len(ages) != len(Ages._fields) or not _is_number(ages[0]):
        return False
    return ages[1] is None or (_is_number(ages[1]) and ages[0] <= ages[1])
