"""Invented tasks of grids, communities and streets."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from gridapp.demo.names import TODAY
from gridapp.demo.words import load

_COUNTS = {"grid": (2, 4), "community": (2, 4), "street": (2, 3)}
_DONE_SHARE = 0.75
_BEHIND, _AHEAD = 60, 30
"""Days before and after ``names.TODAY`` between which a task is due."""


def draw(rng: Random, kind: str, assignees: list[str]) -> Iterator[tuple[str, str, date, date | None]]:
    """A few tasks of a kind of area, as title, assignee, day due, day done."""
    titles = load("tasks")[kind]
    for title in rng.sample(titles, rng.randint(*_COUNTS[kind])):
        due = TODAY + timedelta(days=rng.randint(-_BEHIND, _AHEAD))
        done = min(due - timedelta(days=rng.randint(0, 6)), TODAY)
        finished = due <= TODAY + timedelta(days=3) and rng.random() < _DONE_SHARE
        yield title, rng.choice(assignees), due, done if finished else None
