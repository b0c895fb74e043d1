"""Copies of a register beside it: the 10 latest, and one a day for 30 days; its contents go with them."""

import contextlib
import datetime
import glob
import shutil
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from gridapp.errors import UserError
from gridapp.progress import Progress, silent
from gridapp.store import backed_contents, content_folder

LATEST = 10
DAYS = 30
_STAMP = "%Y%m%dT%H%M%S%f"
_PAGES_A_STEP = 4096
PRIVATE = content_folder.PRIVATE
"""Permissions of a new register and of its copies: nobody but their owner has to read identity numbers."""


def folder(register: Path) -> Path:
    """Where the backups of a register lie."""
    return register.with_name(register.name + ".backups")


def existing(register: Path) -> list[Path]:
    """The backups of a register, newest first."""
    found = folder(register).glob(f"{glob.escape(register.stem)}-*.db")
    return sorted((path for path in found if _taken(path) is not None), key=lambda path: path.name, reverse=True)


def last_taken(register: Path) -> datetime.datetime | None:
    """When the newest backup of a register was made, or None."""
    newest = existing(register)
    return _taken(newest[0]) if newest else None


def back_up(register: Path, target: Path, progress: Progress = silent) -> Path:
    """Copy a register, open or not, with SQLite's online backup; the copy appears only once it is whole.

    Its contents come to lie in a folder beside it.

    Raises:
        UserError: the source is no register or the target cannot be written.
    """
    return _back_up(register, target, False, progress)


def discard(copy: Path) -> None:
    """Remove a copy that ``back_up`` has made, with its contents."""
    copy.unlink(missing_ok=True)
    backed_contents.discard_own(copy)


def _back_up(register: Path, target: Path, shared: bool, progress: Progress) -> Path:
    if not register.exists():
        raise UserError(f"没有找到登记簿 {register}。")
    if target.exists() and target.samefile(register):
        raise UserError(f"备份不能写在登记簿自己的位置 {register}。请换一个文件名。")
    if target.exists() and not target.is_file():
        raise UserError(f"备份没有做成：{target} 不是文件。请换一个文件名。")
    partial = target.with_name(target.name + ".partial")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _copy(register, partial, progress)
        # Read after the copy: what its records refer to had been kept before they were committed.
        with backed_contents.taken_along(register, target, shared, progress):
            partial.replace(target)
    except (OSError, sqlite3.Error) as error:
        with contextlib.suppress(OSError):
            _remove(partial)
        raise UserError(f"备份没有做成：{error}。原登记簿没有改动。") from error
    except BaseException:
        with contextlib.suppress(OSError):
            _remove(partial)
        raise
    return target


def rotate(register: Path, now: datetime.datetime | None = None, progress: Progress = silent) -> Path:
    """Make a backup in the register's own folder and drop those that the rule no longer keeps."""
    now = now or datetime.datetime.now()
    made = _back_up(register, folder(register) / f"{register.stem}-{now.strftime(_STAMP)}.db", True, progress)
    dropped = superseded(existing(register), now)
    for path in dropped:
        with contextlib.suppress(OSError):  # held by another program: it goes the next time
            path.unlink(missing_ok=True)
            backed_contents.forget(path)
    if dropped:
        with contextlib.suppress(OSError):
            backed_contents.clear(register, existing(register))
    return made


def superseded(backups: Iterable[Path], now: datetime.datetime) -> list[Path]:
    """Those of the backups, newest first, that are neither among the latest nor the last of a recent day."""
    drop: list[Path] = []
    days: set[datetime.date] = set()
    for position, path in enumerate(backups):
        taken = _taken(path)
        if taken is None:
            continue
        last_of_day = taken.date() not in days
        days.add(taken.date())
        if position >= LATEST and not (last_of_day and (now.date() - taken.date()).days < DAYS):
            drop.append(path)
    return drop


def latest_good(register: Path) -> Path | None:
    """The newest backup that SQLite finds whole."""
    return next((path for path in existing(register) if is_whole(path)), None)


def is_whole(path: Path) -> bool:
    """Whether a file is a database without structural damage."""
    try:
        with contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            return (
                database.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
                and database.execute("SELECT 1 FROM sqlite_master WHERE name = 'schema_migration'").fetchone()
                is not None
            )
    except sqlite3.Error:
        return False


def ensure_whole(source: Path) -> None:
    """Raise a ``UserError`` where a backup is not there or not whole."""
    if not source.exists():
        raise UserError(f"没有找到备份 {source}。")
    if not is_whole(source):
        raise UserError(f"{source} 不是完好的登记簿备份，没有恢复。")


def restore(register: Path, source: Path, progress: Progress = silent) -> Path | None:
    """Put a backup in a register's place, and add its contents to those that are there.

    Returns:
        Where what stood there before was moved to, or None if there was nothing.

    Raises:
        UserError: the backup is not whole, the register is in use, or a file cannot be written; the register is
            then as it was.
    """
    ensure_whole(source)
    _fold_journal(register)
    fresh = register.with_name(register.name + ".restoring")
    aside = register.with_name(f"{register.name}.replaced-{datetime.datetime.now().strftime(_STAMP)}")
    brought: list[Path] = []
    try:
        register.parent.mkdir(parents=True, exist_ok=True)
        _copy(source, fresh, progress)
        # Contents never hurt, so they come first: whatever happens, no record is without its own.
        brought = backed_contents.bring_back(source, register, progress)
        if not register.exists():
            fresh.replace(register)
            return None
        shutil.copymode(register, fresh)
        _exchange(register, fresh, aside)
    except BaseException as error:
        _remove(fresh)
        content_folder.drop(brought)
        if isinstance(error, OSError | sqlite3.Error):
            raise UserError(f"恢复没有做成：{error}。请先关闭正在使用这个登记簿的程序。") from error
        raise
    return aside


def _exchange(register: Path, fresh: Path, aside: Path) -> None:
    """Put a fresh copy in a register's place and the register aside, or leave all as it was."""
    linked = backed_contents.link_aside(register, aside)
    try:
        _move(register, aside)
        fresh.replace(register)
    except BaseException:
        if aside.exists() and not register.exists():
            _move(aside, register)
        content_folder.drop(linked)
        raise


def _copy(register: Path, partial: Path, progress: Progress) -> None:
    """Copy the database alone, under a name that is not yet the copy's."""
    _remove(partial)
    partial.touch(mode=PRIVATE)
    with (
        contextlib.closing(sqlite3.connect(register)) as source,
        contextlib.closing(sqlite3.connect(partial)) as copy,
    ):
        # One snapshot throughout: a colleague's save meanwhile would otherwise make the copying start afresh.
        source.execute("BEGIN")
        source.execute("SELECT 1 FROM sqlite_master").fetchone()
        source.backup(
            copy,
            pages=_PAGES_A_STEP,
            progress=lambda _status, left, total: progress(total - left, total, "备份登记簿"),
        )
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a -wal beside it


def _fold_journal(register: Path) -> None:
    """Bring what a crash left in the journal into the file, and make sure that nobody has it open."""
    if not register.exists():
        return
    try:
        with contextlib.closing(sqlite3.connect(register, timeout=1)) as database:
            database.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise UserError("登记簿正在使用中，没有恢复。请先关闭正在使用它的程序。") from error
    except sqlite3.DatabaseError:
        pass  # a broken file is what a backup is restored for; it is moved aside with its journal


def _remove(partial: Path) -> None:
    """Remove a copy that was broken off, with its journal, which SQLite would play back into the next one."""
    for tail in ("-journal", ""):
        partial.with_name(partial.name + tail).unlink(missing_ok=True)


def _move(source: Path, target: Path) -> None:
    """Move a database with its journal, which comes first so that it is never alone beside another file."""
    for tail in ("-wal", "-shm", ""):
        with contextlib.suppress(FileNotFoundError):
            source.with_name(source.name + tail).replace(target.with_name(target.name + tail))


def _taken(path: Path) -> datetime.datetime | None:
    try:
        return datetime.datetime.strptime(path.stem.rpartition("-")[2], _STAMP)
    except ValueError:
        return None
