"""An open register: one database with its change log, handed to every function that reads or writes."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import peewee
from peewee import Database

from gridapp.errors import UserError
from gridapp.places import current_actor
from gridapp.progress import CancelToken
from gridapp.store import backups, dialects, migrate, patience, search
from gridapp.store.changes import Recording
from gridapp.store.clock import HybridClock
from gridapp.store.log import Change
from gridapp.store.record import Record
from gridapp.store.search import Searchable


class DamagedRegister(UserError):
    """The file is broken; ``backup`` is the latest good copy of it, if there is one."""

    def __init__(self, path: Path, backup: Path | None) -> None:
        advice = f"最近一份完好的备份是 {backup}，可以从它恢复。" if backup else "没有找到完好的备份。"
        super().__init__(f"登记簿 {path} 已损坏或不是登记簿文件。{advice}")
        self.path = path
        self.backup = backup


class NotBackedUp(UserError):
    """All that was written is safe; only the backup of it, made at closing, was not to be had."""

    def __init__(self, path: Path, error: Exception) -> None:
        where = backups.folder(path)
        super().__init__(f"改动都已保存，只是没有做成备份：{error}。请检查 {where} 所在的磁盘和写入权限。")


@dataclass(frozen=True)
class Written:
    """What listeners are told after a batch was committed."""

    batch: int
    label: str
    tables: frozenset[str]


class Register:
    """One open database. Threads share it; each has a connection of its own, closed by ``release``."""

    def __init__(
        self, database: Database, url: str, tables: Sequence[type[Record]], searchables: Sequence[Searchable] = ()
    ) -> None:
        self.db = database
        self.url = url
        self.searchables = {one.model.table(): one for one in searchables}
        self.tables = {model.table(): model for model in tables}
        self.path = None if dialects.is_postgres(url) else dialects.sqlite_path(url)
        self.clock = HybridClock(self._latest_stamp())
        self._state = threading.local()
        self._listeners: list[Callable[[Written], None]] = []
        self._written = False
        self._writer: int | None = None

    @property
    def name(self) -> str:
        """What the register is called on screen."""
        return self.path.stem if self.path else f"共享登记簿 {dialects.server_database(self.url)}".rstrip()

    # Reading

    def all(self, query: peewee.Query) -> list[Any]:
        """Every row of a query."""
        with self._telling():
            return list(self._bound(query))

    def each(self, query: peewee.Query) -> Iterator[tuple]:
        """The rows of a large query as tuples, one after the other, none kept in memory."""
        with self._telling():
            yield from dialects.stream(self.db, self._bound(query.tuples()))

    def first(self, query: peewee.Query) -> Any:
        """The first row of a query, or None."""
        with self._telling():
            return next(iter(self._bound(query.limit(1))), None)

    def value(self, query: peewee.Query) -> Any:
        """The first column of the first row, or None."""
        with self._telling():
            row = next(iter(self._bound(query.tuples())), None)
        return row[0] if row else None

    def column(self, query: peewee.Query) -> Iterator[Any]:
        """The first column of a query, as the engine hands it over: for what is read by the hundred thousand."""
        with self._telling():
            yield from (row[0] for row in dialects.bare_rows(self.db, self._bound(query)))

    def within(self, milliseconds: int) -> contextlib.AbstractContextManager[None]:
        """Read in this block only what is answered in so many milliseconds (see ``patience.within``).

        Raises:
            GivenUp: it took longer.
        """
        return patience.within(self.db, milliseconds)

    def unless(self, cancel: CancelToken) -> contextlib.AbstractContextManager[None]:
        """Read in this block until somebody cancels (see ``patience.unless``).

        Raises:
            GivenUp: somebody has.
        """
        return patience.unless(self.db, cancel.is_set)

    def documents_with(self, words: Sequence[Sequence[Sequence[tuple[str, bool]]]], limit: int) -> list[Any]:
        """Records whose documents in the search index have some words (see ``dialects.documents_with``)."""
        with self._telling():
            return [bytes(uid) for (uid,) in dialects.documents_with(self.db, words, limit)]

    def _bound(self, query: peewee.Query) -> peewee.Query:
        # A copy, since a query remembers its answer and would give it again to whoever asks next.
        return query.clone().bind(self.db)

    # Writing

    def run(self, query: peewee.Query) -> Any:
        """Execute a statement and return what the engine answers. Only ``gridapp.store`` writes with it."""
        return query.execute(self.db)

    @contextlib.contextmanager
    def recording(self, label: str, actor: str | None = None, undoes: int | None = None) -> Iterator[Recording]:
        """One batch of changes in one transaction: all of it is kept, or nothing.

        Inside another recording of the same thread this joins the outer one.

        Args:
            label: what the user did, as the undo menu shows it.
            actor: who did it; the system's user unless told.
        """
        outer: Recording | None = getattr(self._state, "recording", None)
        if outer is not None:
            yield outer
            return
        recording = Recording(self, actor or current_actor(), label, undoes)
        self._state.recording = recording
        try:
            with self._telling(), dialects.writing(self.db):
                self._writer = threading.get_ident()
                self.clock.observe(self._latest_stamp())  # another workstation's clock may be ahead of ours
                yield recording
                recording.finish()
        finally:
            self._state.recording = None
            if self._writer == threading.get_ident():
                self._writer = None
        if recording.batch is not None:
            self._written = True
            written = Written(recording.batch, label, frozenset(recording.tables))
            for listener in list(self._listeners):
                listener(written)

    @contextlib.contextmanager
    def maintaining(self) -> Iterator[None]:
        """A transaction that writes nothing of what users have entered, so the log has nothing to note."""
        try:
            with self._telling(), dialects.writing(self.db):
                self._writer = threading.get_ident()
                yield
        finally:
            if self._writer == threading.get_ident():
                self._writer = None

    @property
    def is_written_elsewhere(self) -> bool:
        """Whether another thread is writing, so that a recording begun in this one would have to wait."""
        return self._writer not in (None, threading.get_ident())

    @contextlib.contextmanager
    def _telling(self) -> Iterator[None]:
        """Turn what the user can do something about into words; every other error is a bug and stays one."""
        try:
            yield
        except dialects.errors() as error:
            told = _told(error, self.url, self.path)
            if told is None:
                raise
            raise told from error

    def _latest_stamp(self) -> int:
        # Writers queue up, so the last change also bears the latest timestamp, and no index on it is needed.
        return self.value(Change.select(Change.hlc).order_by(Change.seq.desc()).limit(1)) or 0

    def subscribe(self, listener: Callable[[Written], None]) -> Callable[[], None]:
        """Call ``listener`` after each committed batch, in the thread that wrote it; returns how to stop that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    # Closing

    def release(self) -> None:
        """Close this thread's connection; a worker thread does so when its work is done."""
        if not self.db.is_closed():
            self.db.close()

    def close(self, backup: bool = True) -> None:
        """Close the register, after a backup of it if anything was written since it was opened.

        Raises:
            NotBackedUp: the register is closed and whole, and there is no backup of what was written.
        """
        try:
            if backup and self._written and self.path is not None:
                backups.rotate(self.path)
        except UserError as error:
            assert self.path is not None
            raise NotBackedUp(self.path, error.__cause__ or error) from error  # type: ignore[arg-type]
        finally:
            self.release()

    def __enter__(self) -> Register:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close(backup=exc[0] is None)


def open_database(
    url: str, tables: Sequence[type[Record]], create: bool = True, searchables: Sequence[Searchable] = ()
) -> Register:
    """Open a register and bring its tables up to date.

    Args:
        url: a file path, ``sqlite:///…`` or ``postgresql://…``.
        tables: the models that the register holds.
        create: whether a file that is not there is made.
        searchables: how records of these tables are found; the index of a large register that has none is left to
            be made (``gridapp.store.search.make``).

    Raises:
        DamagedRegister: the file is broken or no database.
        UserError: it cannot be opened or written, is not there, or comes from a newer version of the program.
    """
    path = None if dialects.is_postgres(url) else dialects.sqlite_path(url)
    if path is not None and not path.exists():
        if not create:
            raise UserError(f"没有找到登记簿 {path}。请检查路径，或先用“area add”或“demo”新建一个。")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=backups.PRIVATE)
        except OSError as error:
            raise _told(error, url, path) or error from error
    elif path is not None and _is_emptied(path):
        raise DamagedRegister(path, backups.latest_good(path))
    database = dialects.connect(url)
    try:
        database.connect()
        migrate.upgrade(database)
        register = Register(database, url, tables, searchables)
        search.make_if_small(register)
        return register
    except dialects.errors() as error:
        with contextlib.suppress(peewee.DatabaseError):
            database.close()
        told = _told(error, url, path)
        if told is None:
            raise
        raise told from error
    except UserError:
        database.close()
        raise


def _is_emptied(path: Path) -> bool:
    # To SQLite a file of no bytes is a new database; with backups beside it, its content was lost.
    return path.is_file() and path.stat().st_size == 0 and bool(backups.existing(path))


def _told(error: Exception, url: str, path: Path | None) -> UserError | None:
    """What to tell the user of an error the engine raised, or None where it is a bug."""
    if path is not None and dialects.is_damaged(error):
        return DamagedRegister(path, backups.latest_good(path))
    return dialects.refusal(error, str(path) if path is not None else url)
