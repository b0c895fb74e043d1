"""All that differs between SQLite and PostgreSQL, in one place."""

import contextlib
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import peewee
from peewee import Database, SqliteDatabase
from peewee import __exception_wrapper__ as engine_errors  # type: ignore[attr-defined]

from gridapp.errors import UserError
from gridapp.store import server

BUSY_TIMEOUT_MS = 10_000
_PASSWORD = re.compile(r"(?<=://)(?P<user>[^/@:]*):[^/]*(?=@)")
_WRITERS_QUEUE = 0x67726964  # "grid": the advisory lock that writers on PostgreSQL wait for


def errors() -> tuple[type[Exception], ...]:
    """What an engine raises: peewee's own as a statement is executed, the driver's as its rows are fetched."""
    return (peewee.DatabaseError, sqlite3.DatabaseError, OSError, *server.driver_error("DatabaseError"))


def is_postgres(url: str) -> bool:
    return urlsplit(url).scheme in ("postgresql", "postgres")


def sqlite_path(url: str) -> Path:
    """The file that a URL or a bare path names."""
    return Path(url.removeprefix("sqlite:///")).expanduser().absolute()


def server_database(url: str) -> str:
    """The database that the URL of a server names; of what else stands in it, a password is nobody's business."""
    return unquote(urlsplit(url).path.strip("/"))


def connect(url: str) -> Database:
    """An unopened database for a file path, ``sqlite:///…`` or ``postgresql://…`` URL."""
    if is_postgres(url):
        return server.database(url)
    return SqliteDatabase(
        str(sqlite_path(url)),
        pragmas={
            "journal_mode": "wal",
            "foreign_keys": 1,
            "busy_timeout": BUSY_TIMEOUT_MS,
            "synchronous": "full",  # an answered save survives a power cut
            "cache_size": -24_576,
            "mmap_size": 134_217_728,
            "temp_store": "memory",
        },
    )


@contextlib.contextmanager
def writing(database: Database) -> Iterator[None]:
    """A transaction that will write: all of it is kept, or nothing.

    The lock is taken at once, so that two workstations queue up instead of failing halfway, what a writer has read
    still holds when it writes, and the order of the change log is the order in which batches were committed.
    """
    if isinstance(database, SqliteDatabase):
        with database.atomic("IMMEDIATE"):
            yield
        return
    with database.atomic():
        database.execute_sql(f"SET LOCAL lock_timeout = {BUSY_TIMEOUT_MS}")
        database.execute_sql("SELECT pg_advisory_xact_lock(%s)", (_WRITERS_QUEUE,))
        yield


def stream(database: Database, query: peewee.Query) -> Iterator[tuple]:
    """The rows of a bound query of tuples, one after the other, none kept in memory."""
    if isinstance(database, SqliteDatabase):
        yield from query.iterator()
        return
    # Unless told otherwise, PostgreSQL hands over the whole answer before its first row.
    rows = server.stream(query)
    try:
        yield from rows
    finally:
        rows.close()  # else the server keeps what nobody has read


def bare_rows(database: Database, query: peewee.Query) -> Iterable[tuple]:
    """The rows of a bound query as the driver makes them, where peewee's own handling of each would be felt."""
    return database.execute_sql(*query.sql())


def insert_rows(database: Database, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows as fast as the engine allows: ``executemany`` on SQLite, ``COPY`` on PostgreSQL."""
    names = ", ".join(f'"{column}"' for column in columns)
    cursor = database.connection().cursor()
    with engine_errors:  # the driver's errors become peewee's, as with every other statement
        if isinstance(database, SqliteDatabase):
            marks = ", ".join("?" * len(columns))
            cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)
            return
        with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)


def month_and_day(database: Database, day: peewee.Field) -> peewee.Function:
    """``1125`` for 25 November of whatever year."""
    if isinstance(database, SqliteDatabase):
        return peewee.fn.strftime("%m%d", day)
    return peewee.fn.to_char(day, "MMDD")


def update_rows(database: Database, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write columns of rows that are there; each of ``rows`` is the new values and, last, the uid."""
    mark = "?" if isinstance(database, SqliteDatabase) else "%s"
    values = ", ".join(f'"{column}" = {mark}' for column in columns)
    with engine_errors:
        cursor = database.connection().cursor()
        cursor.executemany(f'UPDATE "{table}" SET {values} WHERE "uid" = {mark}', rows)


def documents_with(
    database: Database, words: Sequence[Sequence[Sequence[tuple[str, bool]]]], limit: int
) -> list[tuple[Any]]:
    """The records whose documents in the search index have, of each word, all terms of one alternative.

    Args:
        words: of each word its alternatives, of each of these its terms, and whether others may begin with them.
            Terms hold no quotation marks.
    """
    sqlite = isinstance(database, SqliteDatabase)
    term, begun, both = ('"{}"', '"{}"*', " AND ") if sqlite else ("'{}'", "'{}':*", " & ")
    either = " OR " if sqlite else " | "
    asked = both.join(
        "("
        + either.join(
            "(" + both.join((begun if begins else term).format(text) for text, begins in terms) + ")" for terms in one
        )
        + ")"
        for one in words
    )
    if sqlite:
        sql = (
            "SELECT record FROM search_document WHERE id IN "
            "(SELECT rowid FROM search_gram WHERE search_gram MATCH ? LIMIT ?)"
        )
    else:
        sql = (
            "SELECT record FROM search_document "
            "WHERE array_to_tsvector(string_to_array(grams, ' ')) @@ %s::tsquery LIMIT %s"
        )
    return database.execute_sql(sql, (asked, limit)).fetchall()


def insert_documents(database: Database, rows: Iterable[Sequence[Any]]) -> None:
    """Put documents into the search index, of each the table, the uid and the words of its record."""
    columns = ("record_table", "record", "grams")
    if not isinstance(database, SqliteDatabase):
        insert_rows(database, "search_document", columns, rows)
        return
    ((last,),) = database.execute_sql("SELECT COALESCE(MAX(id), 0) FROM search_document").fetchall()
    insert_rows(database, "search_document", columns, rows)
    # In one statement: from a trigger, the index would be written out after every row.
    database.execute_sql(
        "INSERT INTO search_gram (rowid, grams) SELECT id, grams FROM search_document WHERE id > ?", (last,)
    )


def delete_documents(database: Database, records: Sequence[bytes]) -> None:
    """Take the documents of some hundred records out of the search index."""
    sqlite = isinstance(database, SqliteDatabase)
    chosen = f"WHERE record IN ({', '.join(['?' if sqlite else '%s'] * len(records))})"
    if sqlite:
        # The index forgets words only if it is told which they were.
        database.execute_sql(
            "INSERT INTO search_gram (search_gram, rowid, grams) "
            f"SELECT 'delete', id, grams FROM search_document {chosen}",
            tuple(records),
        )
    database.execute_sql(f"DELETE FROM search_document {chosen}", tuple(records))


def empty_index(database: Database) -> None:
    """Take every document out of the search index."""
    if not isinstance(database, SqliteDatabase):
        database.execute_sql("TRUNCATE search_document")
        return
    database.execute_sql("DELETE FROM search_document")
    database.execute_sql("INSERT INTO search_gram (search_gram) VALUES ('rebuild')")


def index_fault(database: Database) -> str | None:
    """What the engine says is wrong with its index over the documents, or None."""
    if not isinstance(database, SqliteDatabase):
        return None  # PostgreSQL keeps its indexes true itself
    try:
        with database.atomic():
            database.execute_sql("INSERT INTO search_gram (search_gram, rank) VALUES ('integrity-check', 1)")
    except peewee.DatabaseError as error:
        if not is_damaged(error):
            raise
        return str(error)
    return None


def explain(database: Database, query: peewee.Query) -> str:
    """The engine's plan for a query, as text."""
    sql, parameters = query.bind(database).sql()
    prefix = "EXPLAIN QUERY PLAN " if isinstance(database, SqliteDatabase) else "EXPLAIN "
    return "\n".join(str(row[-1]) for row in database.execute_sql(prefix + sql, parameters))


def json_text(database: Database, column: str, name: str) -> peewee.SQL:
    """A member of the JSON object in a column, as text; written as indexes on it are, since an engine compares that."""
    sqlite = isinstance(database, SqliteDatabase)
    return peewee.SQL(f"json_extract({column}, '$.{name}')" if sqlite else f"({column}::json ->> '{name}')")


def refusal(error: Exception, url: str) -> UserError | None:
    """What to tell the user of an error the engine raised, or None where it is a bug."""
    text = str(error).lower()
    if "cannot rollback" in text and isinstance(error.__context__, Exception):
        # SQLite has rolled back by itself, and peewee's own attempt hides why.
        return refusal(error.__context__, url)
    url = _PASSWORD.sub(r"\g<user>", url)
    if isinstance(error, FileExistsError | NotADirectoryError):
        return UserError(f"无法写入登记簿 {url}：路径中有一段是文件，不是文件夹。请换一个位置。")
    if isinstance(error, OSError):
        return UserError(f"无法写入登记簿 {url}：{error.strerror or error}。请换一个有写入权限的位置。")
    if "readonly" in text or "unable to open" in text:
        return UserError(f"无法写入登记簿 {url}：没有写入权限，或所在文件夹不存在。请换一个位置。")
    if "locked" in text or "lock timeout" in text:
        return UserError(f"登记簿 {url} 正被另一个程序占用，请稍后再试。")
    if "disk is full" in text or "no space" in text:
        return UserError("磁盘已满，刚才的改动没有保存。请腾出空间后再试。")
    if "disk i/o error" in text:
        return UserError(f"读写登记簿 {url} 时磁盘出错：可能已满、已断开或有损坏。请检查磁盘后再试。")
    if is_postgres(url) and isinstance(error, (peewee.OperationalError, *server.driver_error("OperationalError"))):
        first = str(error).strip().splitlines()[0] if str(error).strip() else "没有应答"
        return UserError(f"连不上共享登记簿：{first}。请检查地址、用户名和网络。")
    return None


def is_damaged(error: Exception) -> bool:
    """Whether an engine's error says that the file itself is broken."""
    text = str(error).lower()
    return isinstance(error, peewee.DatabaseError | sqlite3.DatabaseError) and (
        "malformed" in text or "not a database" in text
    )
