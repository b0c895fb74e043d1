"""Statements that are given up once they take too long, or once nobody waits for their answer."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator

from peewee import Database, SqliteDatabase

_STEPS = 10_000
"""After how many steps of SQLite's machine it is asked whether to go on: about a millisecond."""


class GivenUp(Exception):
    """The answer was not there in time, or is not wanted any more; nothing has changed."""


@contextlib.contextmanager
def within(database: Database, milliseconds: int) -> Iterator[None]:
    """Give up whatever this thread asks for that is not answered by then.

    Raises:
        GivenUp: it took longer.
    """
    if isinstance(database, SqliteDatabase):
        end = time.monotonic() + milliseconds / 1_000
        with _until(database, lambda: time.monotonic() > end):
            yield
        return
    database.execute_sql(f"SET statement_timeout = {milliseconds}")
    try:
        yield
    except Exception as error:  # the driver's, peewee's, or what the user would be told of it
        if "statement timeout" not in str(error):
            raise
        raise GivenUp from None
    finally:
        database.execute_sql("RESET statement_timeout")


@contextlib.contextmanager
def unless(database: Database, unwanted: Callable[[], bool]) -> Iterator[None]:
    """Give up what this thread asks for as soon as it is unwanted. A server finishes its statement first.

    Raises:
        GivenUp: it was.
    """
    if isinstance(database, SqliteDatabase):
        with _until(database, unwanted):
            yield
        return
    yield
    if unwanted():
        raise GivenUp


@contextlib.contextmanager
def _until(database: SqliteDatabase, unwanted: Callable[[], bool]) -> Iterator[None]:
    connection = database.connection()
    connection.set_progress_handler(unwanted, _STEPS)
    try:
        yield
    except Exception as error:  # peewee's as a statement is executed, the driver's as its rows are fetched
        if str(error) != "interrupted":
            raise
        raise GivenUp from None
    finally:
        connection.set_progress_handler(None, 0)
