"""Which calls count for an emergency, which of them is the last to a household, and who is called first."""

from collections.abc import Sequence
from typing import Any

import peewee
from peewee import JOIN, SQL, fn

from gridapp.areas import tree
from gridapp.areas.model import Area
from gridapp.emergency.model import EmergencyCall
from gridapp.emergency.running import Running
from gridapp.households.categories import CATEGORIES, NO_PRECEDENCE
from gridapp.households.model import Household
from gridapp.ids import Uid

FIRST = ("lonely_elderly", "living_alone", "special_group")
"""Whose households are called before the others, whatever a plan says."""

_POSITIONS = {category.key: position for position, category in enumerate(CATEGORIES)}


def ranks(call_first: Sequence[str]) -> list[int]:
    """All positions in precedence in the order in which they are called."""
    wanted = [_POSITIONS[key] for key in (*call_first, *FIRST) if key in _POSITIONS]
    return list(dict.fromkeys([*wanted, *range(NO_PRECEDENCE + 1)]))


def first_positions(call_first: Sequence[str]) -> frozenset[int]:
    """Positions in precedence of those that are called before all others."""
    return frozenset(_POSITIONS[key] for key in (call_first or FIRST) if key in _POSITIONS)


def counted(emergencies: Sequence[Uid], one: Running) -> peewee.Expression:
    """The condition that a call counts for an emergency."""
    during = EmergencyCall.called_at >= one.started_at
    if one.ended_at is not None:
        during &= EmergencyCall.called_at <= one.ended_at
    return EmergencyCall.emergency.in_(list(emergencies)) & during


def joined(one: Running, code: str, *columns: Any) -> Any:
    """Calls with their households and areas, of an area within an emergency.

    Of its whole area the calls are read first, which are few beside the households; of a part, the households are.
    """
    query: Any
    if code == one.area_code:
        query = EmergencyCall.select(*columns).join(Household, JOIN.CROSS).join(Area, JOIN.CROSS)
    else:
        query = Area.select(*columns).join(Household, JOIN.CROSS).join(EmergencyCall, JOIN.CROSS)
    together = (Household.uid == EmergencyCall.household) & (Area.uid == Household.area)
    return query.where(together & tree.within(code))


def is_latest(emergencies: Sequence[Uid], one: Running) -> peewee.Expression:
    """The condition that no later call to the same household counts for an emergency."""
    later = EmergencyCall.alias()
    behind = (later.called_at == EmergencyCall.called_at) & (later.uid > EmergencyCall.uid)
    same = (later.household == EmergencyCall.household) & later.emergency.in_(list(emergencies))
    if one.ended_at is not None:
        same &= later.called_at <= one.ended_at
    return ~fn.EXISTS(later.select(SQL("1")).where(same & ((later.called_at > EmergencyCall.called_at) | behind)))
