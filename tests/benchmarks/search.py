"""Searching a district, against a scan of the same columns with ``LIKE``."""

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

TITLE = "search: {case}"
LIMIT = 1 / 20
SCALE = "district"
ROUNDS = 2
CASES = ("马玉兰", "mdy", "5678", "3-2-501", "盛欣园 马")
_CALLS = 3
_OF_HOUSEHOLD = (
    *("head", "head_initials", "REPLACE(head_pinyin, ' ', '')", "phone", "note"),
    "estate || building || '号楼' || entrance || '门' || room",
    "building || '-' || entrance || '-' || room",
)
_OF_RESIDENT = ("name", "phone", "id_number")


def prepare(register: Path, folder: Path) -> None:
    """A copy of the register with an index, since the one on record may be older than that."""
    from gridapp.register import open_register
    from gridapp.store import search

    copy = sqlite3.connect(folder / "indexed.db")
    with sqlite3.connect(register) as original:
        original.backup(copy)
    copy.close()
    held = open_register(str(folder / "indexed.db"))
    if not search.is_made(held):
        search.make(held)
    held.close(backup=False)


def floor(register: Path, folder: Path, case: str) -> float:
    database = sqlite3.connect(folder / "indexed.db")
    database.execute("PRAGMA mmap_size = 268435456")
    return quickest(lambda: [_scan(database, table, columns, case) for table, columns in _TABLES.items()])


_TABLES = {"household": _OF_HOUSEHOLD, "resident": _OF_RESIDENT}


def _scan(database: sqlite3.Connection, table: str, columns: tuple[str, ...], text: str) -> list[tuple]:
    each = f"({' OR '.join(f'{column} LIKE ?' for column in columns)})"
    words = text.split()
    asked = [f"%{word}%" for word in words for _column in columns]
    return database.execute(f"SELECT uid FROM {table} WHERE {' AND '.join([each] * len(words))}", asked).fetchall()


def ours(register: Path, folder: Path, case: str) -> float:
    from gridapp.finding import find
    from gridapp.register import open_register

    held = open_register(str(folder / "indexed.db"), create=False)
    return quickest(lambda: find(held, case))


def quickest(work: Callable[[], object]) -> float:
    """Seconds of the best of a few calls, as somebody types on."""
    times = []
    for _ in range(_CALLS):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return min(times)
