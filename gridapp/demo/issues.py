"""The invented issue ledger of the summer of 2020."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from gridapp.areas.model import Level
from gridapp.demo.households import Home
from gridapp.demo.names import TODAY, People
from gridapp.demo.teams import Helper
from gridapp.demo.visits import DAYS, FIRST_DAY
from gridapp.demo.words import load, pick
from gridapp.households.id_numbers import age_on
from gridapp.ids import Uid

_ADULT = 18
_FROM_HOUSEHOLD = 0.92
_LONGEST_WORK = 20
_LONGEST_REPLY = 5


@dataclass(slots=True)
class Raised:
    """An issue before it is written."""

    number: str
    area: Uid
    household: Uid | None
    reporter: str
    phone: str
    category: str
    level: int
    description: str
    handler: str
    registered_on: date
    resolved_on: date | None = None
    reported_back_on: date | None = None
    satisfaction: str = ""


def numbered(rng: Random, count: int) -> Iterator[tuple[str, date]]:
    """Numbers with their days of registration: numbers rise with the days, but come in any order."""
    days = sorted(int(rng.random() * DAYS) for _ in range(count))
    lines = [(f"{TODAY.year}-{n:05}", FIRST_DAY + timedelta(days=day)) for n, day in enumerate(days, 1)]
    rng.shuffle(lines)
    return iter(lines)


class Ledger:
    """Draws the issues of one grid after the other."""

    def __init__(self, people: People, lines: Iterator[tuple[str, date]]) -> None:
        self._people = people
        self._lines = lines
        words = load("issues")
        self._categories = [one for one in words["categories"] for _ in range(one["weight"])]
        self._levels = [level for level, n in zip(Level, words["level_weights"], strict=True) for _ in range(n)]
        self._satisfaction = words["satisfaction"]

    def of_grid(
        self,
        rng: Random,
        grid: Uid,
        handlers: dict[Level, str],
        homes: list[Home],
        team: list[Helper],
        issues: int,
        resolved: int,
    ) -> list[Raised]:
        """The issues of a grid, of which the first so many are resolved and reported back."""
        # Older issues have had the time to be resolved.
        lines = sorted(next(self._lines) for _ in range(issues))
        raised = [self._raise(rng, line, grid, handlers, homes, team) for line in lines]
        for issue in raised[:resolved]:
            self._resolve(rng, issue)
        return raised

    def _raise(
        self,
        rng: Random,
        line: tuple[str, date],
        grid: Uid,
        handlers: dict[Level, str],
        homes: list[Home],
        team: list[Helper],
    ) -> Raised:
        number, day = line
        category = pick(rng, self._categories)
        level = pick(rng, self._levels)
        household, reporter, phone = self._reporter(rng, homes, team)
        return Raised(
            number=number,
            area=grid,
            household=household,
            reporter=reporter,
            phone=phone,
            category=category["name"],
            level=int(level),
            description=pick(rng, category["descriptions"]),
            handler=handlers.get(level) or category["department"],
            registered_on=day,
        )

    def _reporter(self, rng: Random, homes: list[Home], team: list[Helper]) -> tuple[Uid | None, str, str]:
        if rng.random() >= _FROM_HOUSEHOLD:
            helper = pick(rng, team)
            return None, helper.name, helper.phone
        home = pick(rng, homes)
        adults = [person for person in home.residents if age_on(person.birth_date, FIRST_DAY) >= _ADULT]
        if not adults:
            return home.uid, home.head, home.phone
        person = pick(rng, adults)
        return home.uid, person.name, person.phone

    def _resolve(self, rng: Random, issue: Raised) -> None:
        worked = timedelta(days=rng.randint(0, _LONGEST_WORK))
        issue.resolved_on = min(issue.registered_on + worked, TODAY)
        issue.reported_back_on = min(issue.resolved_on + timedelta(days=rng.randint(0, _LONGEST_REPLY)), TODAY)
        issue.satisfaction = pick(rng, self._satisfaction)
