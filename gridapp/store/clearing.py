"""Clearing away contents that belong to nothing: what a crash or a cancelled job has left among them.

What the change log names stays, since an undo may bring it back. On a server there is nothing to clear: a content is
kept in the transaction of its record there, and goes with it.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gridapp.store import content_folder
from gridapp.store.changes import decode_value
from gridapp.store.log import DELETED, INSERTED, Change
from gridapp.store.register import Register

PATIENCE = datetime.timedelta(days=1)
"""How old something has to be: what was just kept may be about to be referred to."""


@dataclass(frozen=True)
class Orphan:
    """A file among the contents that belongs to nothing, with its size in bytes."""

    path: Path
    size: int
    changed: datetime.datetime


def orphans(register: Register) -> list[Orphan]:
    """Every file among the contents that belongs to nothing."""
    if register.path is None:
        return []
    folder = content_folder.beside(register.path)
    there = set(content_folder.digests(folder))
    loose = there - referred_to(register) if there else there
    paths = [*content_folder.broken_off(folder), *(content_folder.place(folder, digest) for digest in sorted(loose))]
    return [orphan for path in paths for orphan in _looked_at(path)]


def clear(register: Register, now: datetime.datetime | None = None) -> list[Orphan]:
    """Remove what belongs to nothing and is older than a day, and return it."""
    limit = (now or datetime.datetime.now()) - PATIENCE
    with register.maintaining():  # nobody commits a reference to one of them meanwhile
        old = [orphan for orphan in orphans(register) if orphan.changed < limit]
        content_folder.drop([orphan.path for orphan in old])
    return [orphan for orphan in old if not orphan.path.exists()]


def referred_to(register: Register) -> set[bytes]:
    """The digests of contents that records hold, or that the change log can bring back."""
    found: set[bytes] = set()
    for table, model in register.tables.items():
        if not model.CONTENTS:
            continue
        columns = [model.fields()[name] for name in model.CONTENTS]
        for row in register.each(model.select(*columns)):
            found.update(digest for digest in row if digest is not None)
        logged = Change.select(Change.kind, Change.field, Change.old, Change.new).where(
            (Change.record_table == table) & (Change.kind != INSERTED)
        )
        for kind, field, old, new in register.each(logged):
            if kind == DELETED:
                values = model.load(old)
                found.update(values[name] for name in model.CONTENTS if values.get(name) is not None)
            elif field in model.CONTENTS:
                both = (decode_value(model, field, text) for text in (old, new))
                found.update(digest for digest in both if digest is not None)
    return found


def _looked_at(path: Path) -> Iterator[Orphan]:
    try:
        told = path.stat()
    except FileNotFoundError:  # its writer has just finished
        return
    yield Orphan(path, told.st_size, datetime.datetime.fromtimestamp(told.st_mtime))
