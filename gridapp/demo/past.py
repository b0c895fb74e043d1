"""Invented pasts: families that have moved out of a grid, and residents who have left theirs."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from gridapp.demo.families import OLD, Person
from gridapp.demo.households import Home, Homes
from gridapp.demo.names import TODAY
from gridapp.demo.words import pick
from gridapp.households.model import DIED, MOVED, RESIDENTIAL

_FAMILIES = 2
_RESIDENTS = 3
_DAYS_BACK = 300


@dataclass(frozen=True)
class Gone:
    """Who has left, when and how: a family, or one person of a family that is still there."""

    home: Home
    on: date
    how: str
    person: Person | None = None


def draw(rng: Random, homes: Homes, living: list[Home]) -> list[Gone]:
    """A few families who lived behind the doors of a grid before, and a few people of its families of today."""
    families = [home for home in living if home.kind == RESIDENTIAL]
    doors = rng.sample(families, min(_FAMILIES, len(families)))
    found = [Gone(homes.behind(rng, home.door, home.estate), _day(rng), MOVED) for home in doors]
    for home in rng.sample(families, min(_RESIDENTS, len(families))):
        person = homes.relative(rng, home)
        found.append(Gone(home, _day(rng), DIED if person.age >= OLD else MOVED, person))
    return found


def _day(rng: Random) -> date:
    return TODAY - timedelta(days=pick(rng, range(1, _DAYS_BACK)))
