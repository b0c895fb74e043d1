"""Who changed what of a household, its residents and its pairings, and when, in words."""

import datetime
from dataclasses import dataclass

from gridapp.households.history_scope import Scope
from gridapp.households.history_words import Words
from gridapp.ids import Uid
from gridapp.store.clock import wall_time
from gridapp.store.log import Batch
from gridapp.store.register import Register
from gridapp.store.undo import taken_back


@dataclass(frozen=True)
class Entry:
    """What one batch did to the household.

    Attributes:
        lines: each change in words: ``电话：空 → 13800000000``.
        undone: whether it has been taken back since, and not been done again.
    """

    batch: int
    moment: datetime.datetime
    actor: str
    label: str
    lines: tuple[str, ...]
    undone: bool


def count(register: Register, household: Uid) -> int:
    """How many entries there are."""
    return len(Scope(register, household).batches)


def entries(register: Register, household: Uid, limit: int) -> list[Entry]:
    """At most ``limit`` entries, the newest first."""
    scope = Scope(register, household)
    batches = scope.batches[:limit]
    if not batches:
        return []
    told = {batch.id: batch for batch in register.all(Batch.select().where(Batch.id.in_(batches)))}
    undone = taken_back(register, batches)
    changes = scope.changes(batches)
    names = {**scope.absorbed, **scope.people}
    say = Words(register, household, names, [change for part in changes.values() for change in part])
    return [
        Entry(
            batch,
            datetime.datetime.fromtimestamp(wall_time(told[batch].hlc)),
            told[batch].actor,
            told[batch].label,
            tuple(say.lines(changes[batch])),
            batch in undone,
        )
        for batch in batches
    ]
