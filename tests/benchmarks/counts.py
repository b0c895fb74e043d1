"""Counts by colour for every node of the tree, against one grouped statement."""

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

TITLE = "counts by colour, every node"
LIMIT = 1.5
SCALE = "district"
ROUNDS = 3
CASES = ("",)
_CALLS = 5
_GROUPED = "SELECT area, precedence, COUNT(*) FROM household GROUP BY area, precedence"


def floor(register: Path, folder: Path, case: str) -> float:
    database = sqlite3.connect(register)
    database.execute("PRAGMA mmap_size = 268435456")
    return quickest(lambda: database.execute(_GROUPED).fetchall())


def ours(register: Path, folder: Path, case: str) -> float:
    from gridapp.register import open_register
    from gridapp.reports.counts import category_counts

    held = open_register(str(register), create=False)
    return quickest(lambda: category_counts(held))


def quickest(work: Callable[[], object]) -> float:
    """Seconds of the best of a few calls, as a window makes them again after each save."""
    times = []
    for _ in range(_CALLS):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return min(times)
