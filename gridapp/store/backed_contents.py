"""The contents that go with the backups of a register.

The backups beside a register share one folder of contents, to which each closing adds only what is new, and each has a
list of those that were there when it was made; where a file system has no links, that is one copy instead of forty. A
backup that is written elsewhere has a folder of its own, and so can be carried away.
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from gridapp.progress import Progress, silent
from gridapp.store import content_folder

_SHARED = "contents"
_LIST = ".contents"


def held(database: Path) -> tuple[Path, list[bytes]]:
    """Where the contents of a register or backup lie, and their digests."""
    listed, shared = _list_of(database), database.parent / _SHARED
    if listed.is_file():
        try:
            return shared, [bytes.fromhex(line) for line in listed.read_text("ascii").split()]
        except ValueError:
            return shared, list(content_folder.digests(shared))  # a damaged list: more than it had never hurts
    own = content_folder.beside(database)
    return own, list(content_folder.digests(own))


@contextlib.contextmanager
def taken_along(source: Path, target: Path, shared: bool, progress: Progress = silent) -> Iterator[None]:
    """Have the contents of a register in place for its copy, which the block puts there.

    If the block fails, they are gone again.

    Args:
        shared: whether the copy is one of the register's own backups, which have their contents together.

    Raises:
        OSError: they could not be written.
    """
    folder, wanted = held(source)
    if shared:
        yield from _shared(folder, wanted, target, progress)
    else:
        yield from _own(folder, wanted, content_folder.beside(target), progress)


def bring_back(source: Path, register: Path, progress: Progress = silent) -> list[Path]:
    """Add the contents of a backup to those of a register, and return the files that are new there.

    What is there stays: it never hurts, and a backup that was copied without its contents finds them.

    Raises:
        OSError: they could not be written; those of the register are as they were.
    """
    folder, wanted = held(source)
    return content_folder.fill(content_folder.beside(register), [folder], wanted, progress)


def link_aside(register: Path, aside: Path) -> list[Path]:
    """Let a register that is put aside have its contents too, where that takes no room; those of the register stay."""
    folder, wanted = held(register)
    return content_folder.link(content_folder.beside(aside), folder, wanted)


def forget(backup: Path) -> None:
    """Remove the list of a backup that has gone."""
    _list_of(backup).unlink(missing_ok=True)


def discard_own(copy: Path) -> None:
    """Remove the folder that a copy has of its own."""
    own = content_folder.beside(copy)
    content_folder.drop([content_folder.place(own, digest) for digest in content_folder.digests(own)])


def clear(register: Path, backups: list[Path]) -> None:
    """Remove from the shared folder what neither the register nor any of its backups has any more."""
    if not backups:
        return
    shared = backups[0].parent / _SHARED
    gone = set(content_folder.digests(shared)) - set(content_folder.digests(content_folder.beside(register)))
    for backup in backups if gone else ():
        gone -= set(held(backup)[1])
    content_folder.drop([content_folder.place(shared, digest) for digest in gone])


def _shared(folder: Path, wanted: list[bytes], target: Path, progress: Progress) -> Iterator[None]:
    if not wanted:
        yield
        return
    added = content_folder.fill(target.parent / _SHARED, [folder], wanted, progress)
    listed = _list_of(target)
    try:
        partial = listed.with_name(listed.name + ".partial")
        partial.write_text("".join(f"{digest.hex()}\n" for digest in wanted), "ascii")
        partial.chmod(content_folder.PRIVATE)
        partial.replace(listed)
        yield
    except BaseException:
        listed.unlink(missing_ok=True)
        content_folder.drop(added)
        raise


def _own(folder: Path, wanted: list[bytes], own: Path, progress: Progress) -> Iterator[None]:
    """Into a folder that is not there yet, all at once; into that of an earlier copy first what is new."""
    fresh = not own.exists()
    into = own.with_name(own.name + ".partial") if fresh else own
    added = content_folder.fill(into, [folder], wanted, progress)
    try:
        if fresh and into.exists():
            into.replace(own)
            added = [own / path.relative_to(into) for path in added]
        yield
    except BaseException:
        content_folder.drop(added)
        raise
    superfluous = set(content_folder.digests(own)) - set(wanted)
    content_folder.drop([content_folder.place(own, digest) for digest in superfluous])


def _list_of(backup: Path) -> Path:
    return backup.with_name(backup.name + _LIST)
