"""Invented tasks of grids, communities and streets, and the plans that some of them work by."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from gridapp.demo.names import TODAY
from gridapp.demo.words import load
from gridapp.ids import SeededUids, Uid
from gridapp.tasks import plans

_COUNTS = {"grid": (2, 4), "community": (2, 4), "street": (2, 3)}
_DONE_SHARE = 0.75
_BEHIND, _AHEAD = 60, 30
"""Days before and after ``names.TODAY`` between which a task is due."""

_ROLES = {"grid": ("grid_worker", "entrance_head", "volunteer"), "community": ("grid_leader",), "street": ()}
_ROLE_SHARE = 0.3
_PROGRESS = (0, 0, 0, 20, 40, 60, 80)
_PLAN_SHARE = 0.12
PLANS_SINCE = date(2020, 6, 1)

COLUMNS = (
    *("uid", "area", "title", "assignee", "due_on", "done_on", "role", "started_on", "progress"),
    *("recurrence", "repeats_from", "series"),
)
PLAN_COLUMNS = ("uid", "area", "title", "body", "since")


def draw(rng: Random, kind: str, assignees: list[str]) -> Iterator[tuple[str, str, date, date | None]]:
    """A few tasks of a kind of area, as title, assignee, day due, day done."""
    titles = load("tasks")[kind]
    for title in rng.sample(titles, rng.randint(*_COUNTS[kind])):
        due = TODAY + timedelta(days=rng.randint(-_BEHIND, _AHEAD))
        done = min(due - timedelta(days=rng.randint(0, 6)), TODAY)
        finished = due <= TODAY + timedelta(days=3) and rng.random() < _DONE_SHARE
        yield title, rng.choice(assignees), due, done if finished else None


def told(rng: Random, kind: str, task: tuple[str, str, date, date | None], series: SeededUids) -> tuple:
    """A task with how far it has come, how it comes again, and a role in the place of some names."""
    title, assignee, due, done = task
    roles = _ROLES[kind]
    role = rng.choice(roles) if roles and rng.random() < _ROLE_SHARE else ""
    progress = 100 if done else rng.choice(_PROGRESS)
    started = (done or TODAY) - timedelta(days=rng.randint(1, 9)) if progress else None
    recurrence = "" if done else load("tasks")["recurrence"].get(title, "")
    again = (recurrence, due, series()) if recurrence else ("", None, None)
    return title, "" if role else assignee, due, done, role, started, progress, *again


def plan(rng: Random, area: Uid, share: float = _PLAN_SHARE) -> Iterator[tuple[Uid, str, str, date]]:
    """The plan of an area, as area, title, text and first day; most have none of their own."""
    if rng.random() < share:
        template = rng.choice(plans.templates()) if share < 1 else plans.templates()[0]
        yield area, template.title, template.body, PLANS_SINCE
