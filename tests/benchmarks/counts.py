"""Counts by colour for every node of the tree, against one grouped statement."""

import sqlite3
import time
from pathlib import Path

TITLE = "counts by colour, every node"
LIMIT = 1.5
SCALE = "district"
ROUNDS = 5
CASES = ("",)
_GROUPED = "SELECT area, precedence, COUNT(*) FROM household GROUP BY area, precedence"


def floor(register: Path, folder: Path, case: str) -> float:
    database = sqlite3.connect(register)
    database.execute("PRAGMA mmap_size = 268435456")
    begun = time.perf_counter()
    database.execute(_GROUPED).fetchall()
    return time.perf_counter() - begun


def ours(register: Path, folder: Path, case: str) -> float:
    from gridapp.register import open_register
    from gridapp.reports.counts import category_counts

    held = open_register(str(register), create=False)
    begun = time.perf_counter()
    category_counts(held)
    return time.perf_counter() - begun
