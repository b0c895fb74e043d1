"""The ledger as a board: a column for each state in which something is still awaited, read a page at a time."""

import datetime
from dataclasses import dataclass, replace
from functools import cached_property

import peewee

from gridapp.households.order import Order
from gridapp.ids import Uid
from gridapp.issues import categories
from gridapp.issues.categories import Categories
from gridapp.issues.ledger import LedgerFilter, View, conditions
from gridapp.issues.ledger_listing import LedgerRow, LedgerSort, keys, rows, within
from gridapp.issues.model import Issue
from gridapp.issues.states import State
from gridapp.store.register import Register


@dataclass(frozen=True)
class BoardColumn:
    """One column, and the states of the issues in it."""

    name: str
    states: tuple[State, ...]


BOARD = (
    BoardColumn("待受理", (State.REGISTERED,)),
    BoardColumn("已受理", (State.ACCEPTED,)),
    BoardColumn("办理中", (State.IN_PROGRESS,)),
    BoardColumn("已挂起", (State.SUSPENDED,)),
    BoardColumn("待反馈", (State.RESOLVED, State.REJECTED)),
    BoardColumn("已反馈/已回访", (State.REPORTED_BACK, State.FOLLOWED_UP)),
)

VIEWS = (View.ALL, View.MINE, View.TODAY, View.OVERDUE, View.SOON)
"""The views that say something on the board: the others are its columns."""


class Board:
    """The orders of all columns, read by one statement, and their rows where they are looked at."""

    def __init__(self, register: Register, chosen: LedgerFilter, now: datetime.datetime | None = None) -> None:
        """Make it; nothing is read yet. A view that is a column itself, or all open ones, leaves all."""
        self._register = register
        view = chosen.view if chosen.view in VIEWS else View.ALL
        self.filter = replace(chosen, view=view, states=frozenset())
        self.now = now or datetime.datetime.now()

    def prepare(self) -> None:
        """Read what may take long now, so that everything asked later is answered at once."""
        assert self._orders is not None

    def count(self, column: int) -> int:
        """How many issues a column holds."""
        return len(self._orders[column])

    def page(self, column: int, offset: int, limit: int) -> list[LedgerRow]:
        """At most ``limit`` issues of a column from a position on, the nearest deadline first."""
        return rows(self._register, self._orders[column].part(offset, limit), self.sorts)

    def position_in(self, column: int, uid: Uid) -> int | None:
        """Where in a column an issue stands, or None if it is not there."""
        return self._orders[column].position_of(uid)

    def query(self) -> peewee.Select:
        """The statement behind all columns: states and uids in the order of deadlines."""
        told = sorted(int(state) for column in BOARD for state in column.states)
        query = within(self._register, Issue.select(Issue.state, Issue.uid), self.filter.area_code)
        query = query.where(Issue.state.in_(told))
        for condition in conditions(self.filter, self.sorts, self.now):
            query = query.where(condition)
        return query.order_by(*keys(LedgerSort.DEADLINE, False))

    @cached_property
    def sorts(self) -> Categories:
        """The categories of the register."""
        return categories.of(self._register)

    @cached_property
    def _orders(self) -> list[Order]:
        column_of = {int(state): position for position, column in enumerate(BOARD) for state in column.states}
        found: list[list[Uid]] = [[] for _ in BOARD]
        for state, uid in self._register.each(self.query()):
            found[column_of[state]].append(uid)
        return [Order(uids) for uids in found]
