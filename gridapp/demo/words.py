"""The words from which the demo register is put together, and how one of them is drawn."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any, TypeVar

T = TypeVar("T")

Draws = Sequence[T]
"""A sequence in which each thing stands as often as its weight says, so that a draw is one look-up."""


@cache
def load(name: str) -> dict[str, Any]:
    """The words of ``resources/demo/<name>.json``."""
    return json.loads((files("resources.demo") / f"{name}.json").read_text(encoding="utf-8"))


def pick(rng: Random, things: Draws[T]) -> T:
    """One of the things, each as likely; half the time of ``Random.choice``."""
    return things[int(rng.random() * len(things))]


def weighted(weights: Mapping[T, int]) -> list[T]:
    """Things with a whole-number weight each, as ``Draws``."""
    return [thing for thing, weight in weights.items() for _ in range(weight)]
