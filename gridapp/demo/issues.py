"""The invented issue ledger of the summer of 2020."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from gridapp.areas.model import Level
from gridapp.demo.households import Home
from gridapp.demo.names import TODAY
from gridapp.demo.teams import Helper
from gridapp.demo.visits import DAYS, FIRST_DAY
from gridapp.demo.words import load, pick
from gridapp.demo.workflow import Course, Courses, Person, first, second
from gridapp.households.id_numbers import age_on
from gridapp.ids import Uid
from gridapp.issues.states import least

_ADULT = 18
_FROM_HOUSEHOLD = 0.92
_LONGEST_WORK = 20
_LONGEST_REPLY = 5
_SEVERAL = 0.06


@dataclass(slots=True)
class Raised:
    """An issue before it is written."""

    number: str
    area: Uid
    household: Uid | None
    category: str
    level: int
    description: str
    handler: str
    registered_on: date
    due_at: datetime
    course: Course
    reporters: list[Person]
    resolved_on: date | None = None
    told_on: date | None = None
    result: str = ""
    urgent: bool = False
    suspended_on: date | None = None
    review_on: date | None = None

    @property
    def state(self) -> int:
        return int(self.course.state or 0)

    @property
    def reported_back_on(self) -> date | None:
        return max((one.told_on for one in self.reporters if one.told_on), default=None)

    @property
    def satisfaction(self) -> str:
        return least([one.satisfaction for one in self.reporters])


def numbered(rng: Random, count: int) -> Iterator[tuple[str, date]]:
    """Numbers with their days of registration: numbers rise with the days, but come in any order."""
    days = sorted(int(rng.random() * DAYS) for _ in range(count))
    lines = [(f"{TODAY.year}-{n:05}", FIRST_DAY + timedelta(days=day)) for n, day in enumerate(days, 1)]
    rng.shuffle(lines)
    return iter(lines)


class Ledger:
    """Draws the issues of one grid after the other."""

    def __init__(self, seed: int, lines: Iterator[tuple[str, date]]) -> None:
        self._seed = seed
        self._lines = lines
        words = load("issues")
        self._categories = [one for one in words["categories"] for _ in range(one["weight"])]
        self._levels = [level for level, n in zip(Level, words["level_weights"], strict=True) for _ in range(n)]
        self._courses = Courses()

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
        for issue in raised:
            # With chance of its own, so that everything else is as it is without it.
            own = Random(f"{self._seed}/{issue.number}")
            joined = second(own, partial(self._reporter, own, homes, team), issue.registered_on)
            self._courses.draw(own, issue, team[0].name, joined if own.random() < _SEVERAL else None)
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
            category=category["name"],
            level=int(level),
            description=pick(rng, category["descriptions"]),
            handler=handlers.get(level) or category["department"],
            registered_on=day,
            due_at=datetime.max,
            course=Course(datetime.min),
            reporters=[first(Random(f"{self._seed}/{number}/source"), household, reporter, phone, day)],
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
        issue.told_on = min(issue.resolved_on + timedelta(days=rng.randint(0, _LONGEST_REPLY)), TODAY)
