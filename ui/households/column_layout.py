"""Which columns of the household table stand where and how wide, as it is remembered."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from gridapp.households.columns import COLUMNS

_NARROWEST, _WIDEST = 48, 1_200
_AT_FIRST = {
    "category": 84,
    "first": 84,
    "place": 72,
    "address": 140,
    "estate": 80,
    "head": 92,
    "people": 52,
    "phone": 104,
    "emergency_contact": 140,
    "visited": 92,
    "issues": 56,
    "registered": 92,
    "note": 48,
}
_OTHERWISE = 60
_KEYS = tuple(column.key for column in COLUMNS)


@dataclass(frozen=True)
class ColumnLayout:
    """The columns from the left, by their keys, so that a column of a later version finds its place.

    Attributes:
        order: every column once, the hidden ones too.
        widths: in pixels; those left out keep the width they have at first.
        frozen: how many of those that are seen stay in sight at the left.
    """

    order: tuple[str, ...] = _KEYS
    hidden: frozenset[str] = frozenset(column.key for column in COLUMNS if not column.shown)
    widths: Mapping[str, int] = field(default_factory=dict)
    frozen: int = 0

    def width_of(self, key: str) -> int:
        """How wide a column is, in pixels."""
        return self.widths.get(key, _AT_FIRST.get(key, _OTHERWISE))

    def shown(self) -> list[str]:
        """The columns that are not hidden, from the left."""
        return [key for key in self.order if key not in self.hidden]

    def with_shown(self, key: str, shown: bool) -> ColumnLayout:
        """One column shown or hidden; the last that is shown stays."""
        hidden = self.hidden - {key} if shown else self.hidden | {key}
        return self if len(hidden) == len(self.order) else replace(self, hidden=hidden)

    def to_text(self) -> str:
        """As it is kept in the settings."""
        kept = {
            "order": self.order,
            "hidden": sorted(self.hidden),
            "widths": dict(self.widths),
            "frozen": self.frozen,
        }
        return json.dumps(kept)


def from_text(text: str) -> ColumnLayout:
    """What was kept, as far as it can be made out: unknown columns fall away, new ones stand where they do at first."""
    try:
        kept = json.loads(text)
    except ValueError:
        return ColumnLayout()
    if not isinstance(kept, dict):
        return ColumnLayout()
    known = [key for key in dict.fromkeys(_texts(kept.get("order"))) if key in _KEYS]
    new = [column for column in COLUMNS if column.key not in known]
    hidden = {key for key in _texts(kept.get("hidden")) if key in known} | {one.key for one in new if not one.shown}
    if len(hidden) == len(_KEYS):
        return ColumnLayout()
    widths = kept.get("widths")
    frozen = kept.get("frozen")
    return ColumnLayout(
        _with_new(known),
        frozenset(hidden),
        _widths(widths) if isinstance(widths, dict) else {},
        max(0, frozen) if isinstance(frozen, int) else 0,
    )


def _with_new(known: Sequence[str]) -> tuple[str, ...]:
    """Each column that was not known is put behind the one that it follows at first."""
    order = list(known)
    for position, key in enumerate(_KEYS):
        if key not in order:
            order.insert(order.index(_KEYS[position - 1]) + 1 if position else 0, key)
    return tuple(order)


def _texts(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _widths(kept: dict[str, object]) -> dict[str, int]:
    return {
        key: min(max(width, _NARROWEST), _WIDEST)
        for key, width in kept.items()
        if key in _KEYS and isinstance(width, int)
    }
