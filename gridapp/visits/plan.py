"""The plan of an area: which households are to be visited next, in walking order or the most urgent first."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

import peewee
from peewee import JOIN, SQL, fn

from gridapp.areas import tree
from gridapp.areas.model import Area, Level
from gridapp.emergency import running
from gridapp.households import listing
from gridapp.households.categories import NO_PRECEDENCE
from gridapp.households.filters import Filter, Place, conditions
from gridapp.households.model import Household
from gridapp.households.order import Order
from gridapp.households.words import day_text
from gridapp.ids import Uid
from gridapp.store.register import Register
from gridapp.visits import due, frequency, registering
from gridapp.visits.model import Visit


class Who(StrEnum):
    """Which households a plan holds. ``FOLLOW_UP``: those where something promised is to be seen to by its day."""

    DUE = "due"
    FOLLOW_UP = "follow_up"
    ALL = "all"


class PlanOrder(StrEnum):
    """``WALKING``: from door to door. ``URGENT``: who is visited most often first, of those who waited longest."""

    WALKING = "walking"
    URGENT = "urgent"


@dataclass(frozen=True)
class PlanFilter:
    """Which households of an area a plan holds, and in which order.

    Attributes:
        by: the day on which they are due at the latest.
        first: positions in precedence of their first category; None: all.
        text: what head, phone, note or address contains.
    """

    area_code: str
    by: datetime.date
    who: Who = Who.DUE
    first: frozenset[int] | None = None
    places: tuple[Place, ...] = ()
    text: str = ""
    order: PlanOrder = PlanOrder.WALKING


@dataclass(frozen=True)
class PlanRow:
    """One household of a plan.

    Attributes:
        days: how often it is visited, in days.
        due_on: when it is due; None if it was never visited.
        follow_ups: days and texts of what is still to be followed up.
        today: the day from which ``days_late`` is counted.
    """

    home: listing.Row
    days: int
    due_on: datetime.date | None
    today: datetime.date
    follow_ups: tuple[tuple[datetime.date, str], ...] = field(default=())

    @property
    def days_late(self) -> int | None:
        """By how many days it is late, negative before it is due; None for one that was never visited."""
        return None if self.due_on is None else (self.today - self.due_on).days

    @property
    def state(self) -> str:
        """How late it is, in words."""
        late = self.days_late
        if late is None:
            return "从未走访"
        if late == 0:
            return "今天到期"
        return f"超期 {late} 天" if late > 0 else f"{-late} 天后到期"

    @property
    def look_at(self) -> list[str]:
        """What to look at there, one by one: what was promised, open issues, the note."""
        told = [f"跟进（{day_text(day, self.today)}）{text}" for day, text in self.follow_ups]
        if self.home.open_issues:
            told.append(f"未结民意 {self.home.open_issues} 件")
        return [*told, self.home.note] if self.home.note else told


class Plan:
    """Households of an area that are to be visited, read where they are looked at."""

    def __init__(self, register: Register, chosen: PlanFilter, today: datetime.date | None = None) -> None:
        """Make it; nothing is read yet."""
        self._register = register
        self.filter = chosen
        self.today = today or datetime.date.today()

    def prepare(self) -> None:
        """Read what may take long now, so that everything asked later is answered at once."""
        assert self._order is not None and self.counts

    @property
    def count(self) -> int:
        """How many households it holds."""
        return len(self._order)

    @cached_property
    def frequency(self) -> frequency.Frequency:
        """How often households are visited here."""
        return frequency.load(self._register)

    @cached_property
    def paused(self) -> str:
        """Why nobody is due here, or in a part of it, in words; empty while no emergency goes on."""
        return running.paused_text(self._register, self.filter.area_code)

    @cached_property
    def counts(self) -> list[int]:
        """How many have each colour as their first, and how many none, whichever colours the filter asks for."""
        found = [0] * (NO_PRECEDENCE + 1)
        query = self._source(Household.precedence, fn.COUNT(SQL("*")), every_colour=True)
        for precedence, number in self._register.each(query.group_by(Household.precedence)):
            found[min(precedence, NO_PRECEDENCE)] += number
        return found

    def uids_at(self, offset: int, limit: int) -> list[Uid]:
        """The households of at most ``limit`` rows from position ``offset`` on."""
        return self._order.part(offset, limit)

    def position_of(self, uid: Uid) -> int | None:
        """Where a household stands in the plan, or None."""
        return self._order.position_of(uid)

    def page(self, offset: int, limit: int) -> list[PlanRow]:
        """At most ``limit`` rows from position ``offset`` on; households that are gone are left out."""
        return self.rows(self.uids_at(offset, limit))

    def first(self, limit: int) -> list[PlanRow]:
        """The first rows, where the rest is not needed."""
        if self.filter.order is not PlanOrder.URGENT:
            return self.rows(list(self._register.column(self.uids().limit(limit))))
        found: list[Uid] = []
        for days in sorted(set(self.frequency.days.values())):  # so that most need not be sorted
            if len(found) < limit:
                group = self.uids().where(due.demand(self.frequency) == days)
                found += self._register.column(group.limit(limit - len(found)))
        return self.rows(found)

    def rows(self, uids: Sequence[Uid]) -> list[PlanRow]:
        """The rows of households, whether or not they are in the plan."""
        found = []
        follow_ups = registering.open_follow_ups(self._register, uids) if uids else {}
        for home in listing.rows(self._register, uids):
            days = self.frequency.of(home.mask)
            due_on = due.due_on(self.frequency, home.mask, home.last_visit)
            told = tuple(follow_ups.get(home.uid, ()))
            found.append(PlanRow(home, days, due_on, self.today, told))
        return found

    @cached_property
    def _order(self) -> Order:
        return Order(self._register.column(self.uids()))

    def uids(self) -> peewee.Select:
        """The query that yields the uid of every household in order."""
        walking = (Area.code, Household.address_key, Household.uid)
        if self.filter.order is PlanOrder.WALKING:
            return self._source(Household.uid).order_by(*walking)
        last = Visit.select(fn.COALESCE(fn.MAX(Visit.visited_on), datetime.date.min)).where(
            Visit.household == Household.uid
        )
        return self._source(Household.uid).order_by(due.demand(self.frequency), last, *walking)

    def _source(self, *columns: peewee.Node, every_colour: bool = False) -> peewee.Select:
        told = self.filter
        chosen = Filter(told.area_code, None if every_colour else told.first, text=told.text, places=told.places)
        # Areas by code outside, addresses inside: both indexes are in order, so nothing has to be sorted.
        query = Area.select(*columns).join(Household, JOIN.CROSS).where(Household.area == Area.uid)
        query = query.where(tree.within(told.area_code) & (Area.level == int(Level.GRID)))
        query = query.where(*conditions(chosen, self.today))
        if told.who is Who.DUE:
            query = query.where(due.is_due(self.frequency, told.by))
        elif told.who is Who.FOLLOW_UP:
            query = query.where(due.has_follow_up(told.by))
        return query
