"""Which steps several issues can take together, and which of them leads to a column of the board."""

from collections.abc import Collection

from gridapp.areas.model import Level
from gridapp.issues.states import State
from gridapp.issues.workflow import Step, Transition, allowed

_OF_ONE = frozenset({Step.JOIN, Step.EDIT})
"""What is written of an issue itself, in forms of its own."""


def shared(kinds: Collection[tuple[State, Level]]) -> list[Transition]:
    """What may be done with all issues of some states and levels, in the order in which it is offered."""
    offered = [allowed(state, level) for state, level in kinds]
    if not offered:
        return []
    first, *others = offered
    return [row for row in first if row.step not in _OF_ONE and all(row in other for other in others)]


def leading(state: State, level: Level, targets: Collection[State]) -> Step | None:
    """The step by which an issue comes into one of some states: of several, the one that asks for least."""
    if state in targets:
        return None
    found = [row for row in allowed(state, level) if row.target in targets]
    return min(found, key=lambda row: len(row.needs)).step if found else None
