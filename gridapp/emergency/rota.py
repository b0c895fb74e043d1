"""Who is on duty when and where: a pure function of who there is, when each is away, and what is to be manned."""

import datetime
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

Place = TypeVar("Place", bound=Hashable)

_CHANGE = 8
"""The hour by which shifts are counted: whatever their length, one begins then."""

_LEAST = datetime.timedelta(hours=1)
"""A first shift that would be shorter becomes part of the next."""


@dataclass(frozen=True, order=True)
class Span:
    """From a moment to a moment, the latter not in it."""

    starts_at: datetime.datetime
    ends_at: datetime.datetime

    @property
    def clock_text(self) -> str:
        """``08:00–16:00``; ``24:00`` where it ends at midnight, ``次日08:00`` where it ends later."""
        begins, ends = self.starts_at, self.ends_at
        at_midnight = ends.time() == datetime.time() and ends.date() == begins.date() + datetime.timedelta(days=1)
        next_day = "次日" if ends.date() > begins.date() and not at_midnight else ""
        return f"{begins:%H:%M}–{next_day}{'24:00' if at_midnight else f'{ends:%H:%M}'}"

    def overlaps(self, other: "Span") -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at

    def touches(self, other: "Span") -> bool:
        """Whether one follows the other without a pause."""
        return self.ends_at == other.starts_at or other.ends_at == self.starts_at


@dataclass(frozen=True)
class Person:
    """Somebody who can be on duty.

    Attributes:
        key: who it is.
        away: when not.
        busy: duties that the person has already, wherever they are.
        served: how many shifts of this rota the person has had already.
    """

    key: bytes
    away: tuple[Span, ...] = ()
    busy: tuple[Span, ...] = ()
    served: int = 0


@dataclass(frozen=True)
class Assignment:
    """A person on duty at a place for a shift."""

    shift: Span
    place: Hashable
    person: bytes


@dataclass(frozen=True)
class Unfilled:
    """A shift at a place for which so many are missing."""

    shift: Span
    place: Hashable
    missing: int


@dataclass(frozen=True)
class Rota:
    """Who is on duty, in the order of time, and what nobody could be found for."""

    assignments: tuple[Assignment, ...] = ()
    unfilled: tuple[Unfilled, ...] = ()


def shifts(begin: datetime.datetime, until: datetime.datetime, hours: int) -> list[Span]:
    """The shifts that begin between two moments: the first at once, the others at the hours at which one changes."""
    found: list[Span] = []
    start = begin
    while start < until:
        end = _next_change(start, hours)
        if not found and end - start < _LEAST:
            end += datetime.timedelta(hours=hours)
        found.append(Span(start, end))
        start = end
    return found


def draw(people: Sequence[Person], spans: Sequence[Span], places: Sequence[Place], seats: int = 1) -> Rota:
    """Man places for shifts.

    Nobody is there while away or at two places at once. Nobody has two shifts in a row as long as somebody else can
    take the second; those who have had fewest come first, so that two people who can be there at the same times never
    differ by more than one shift. Of several alike, the one who stands first is taken: it is the same each time.
    """
    served = {one.key: one.served for one in people}
    order = {one.key: position for position, one in enumerate(people)}
    mine: dict[bytes, list[Span]] = {one.key: list(one.busy) for one in people}
    assignments: list[Assignment] = []
    unfilled: list[Unfilled] = []
    for shift in sorted(spans):
        free = [one for one in people if _can(one, shift, mine[one.key])]
        tired = {one.key for one in free if any(shift.touches(other) for other in mine[one.key])}
        for place in places:
            free.sort(key=lambda one: (one.key in tired, served[one.key], order[one.key]))
            taken, free = free[:seats], free[seats:]
            for one in taken:
                served[one.key] += 1
                mine[one.key].append(shift)
                assignments.append(Assignment(shift, place, one.key))
            if len(taken) < seats:
                unfilled.append(Unfilled(shift, place, seats - len(taken)))
    return Rota(tuple(assignments), tuple(unfilled))


def _can(one: Person, shift: Span, duties: Sequence[Span]) -> bool:
    return not any(shift.overlaps(other) for other in (*one.away, *duties))


def _next_change(moment: datetime.datetime, hours: int) -> datetime.datetime:
    change = datetime.datetime.combine(moment.date(), datetime.time(_CHANGE)) - datetime.timedelta(days=1)
    passed = (moment - change) // datetime.timedelta(hours=hours)
    return change + datetime.timedelta(hours=hours) * (passed + 1)
