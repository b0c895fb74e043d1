"""How many households were visited in a period, and how many are visited as often as agreed: by area and colour."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

import peewee
from peewee import JOIN, SQL, Case, Value, fn

from gridapp.areas import tree
from gridapp.areas.model import CODE_LENGTHS, Area, Level
from gridapp.households.categories import NO_PRECEDENCE
from gridapp.households.model import Household
from gridapp.store.register import Register
from gridapp.visits import due, frequency
from gridapp.visits.model import Visit

KINDS = NO_PRECEDENCE + 1


@dataclass(frozen=True)
class Share:
    """Households, how many of them were visited in the period, and how many are due for a visit."""

    households: int = 0
    visited: int = 0
    due: int = 0

    def __add__(self, other: "Share") -> "Share":
        return Share(self.households + other.households, self.visited + other.visited, self.due + other.due)

    @property
    def visited_share(self) -> float | None:
        """From 0 to 1; None where there is no household."""
        return self.visited / self.households if self.households else None

    @property
    def on_time(self) -> int:
        """How many were visited as lately as their own frequency asks."""
        return self.households - self.due

    @property
    def on_time_share(self) -> float | None:
        """From 0 to 1; None where there is no household."""
        return self.on_time / self.households if self.households else None


@dataclass(frozen=True)
class Coverage:
    """The shares of an area: of each of its children by code, and of each colour by position in precedence."""

    by_area: Mapping[str, Share] = field(default_factory=dict)
    by_colour: tuple[Share, ...] = (Share(),) * KINDS

    @property
    def whole(self) -> Share:
        """The shares of the area itself."""
        return sum(self.by_colour, Share())


def coverage(
    register: Register, code: str, since: datetime.date, until: datetime.date, today: datetime.date | None = None
) -> Coverage:
    """The shares of an area, by the areas right below it (a grid's by itself) and by first colour.

    Args:
        since, until: first and last day of the period, both counted.
        today: the day on which it is asked who is due; today unless told.
    """
    today = today or datetime.date.today()
    below = next((length for length in CODE_LENGTHS.values() if length > len(code)), len(code))
    by_area: dict[str, Share] = {}
    by_colour = [Share()] * KINDS
    for grid, precedence, *numbers in register.each(grouped(register, code, since, until, today)):
        share = Share(*numbers)
        child = grid[:below]
        by_area[child] = by_area.get(child, Share()) + share
        position = min(precedence, NO_PRECEDENCE)
        by_colour[position] = by_colour[position] + share
    return Coverage(by_area, tuple(by_colour))


def grouped(
    register: Register, code: str, since: datetime.date, until: datetime.date, today: datetime.date
) -> peewee.Select:
    """Households by grid and colour, in one statement: how many, visited in the period, and due."""
    in_period = Visit.visited_on.between(since, until)
    visited = fn.EXISTS(Visit.select(Value(1)).where((Visit.household == Household.uid) & in_period))
    late = due.is_due(frequency.load(register), today)
    return (
        Area.select(Area.code, Household.precedence, fn.COUNT(SQL("*")), _number_of(visited), _number_of(late))
        .join(Household, JOIN.CROSS)
        .where((Household.area == Area.uid) & tree.within(code) & (Area.level == int(Level.GRID)))
        .where(Household.is_here())
        .group_by(Area.code, Household.precedence)
    )


def _number_of(condition: peewee.Node) -> peewee.Node:
    return fn.SUM(Case(None, ((condition, 1),), 0))
