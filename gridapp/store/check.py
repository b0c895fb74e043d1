"""Whether a register is whole: file, references, change log, derived columns, kept contents, search index."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from operator import itemgetter

from peewee import JOIN, Case, Query, SqliteDatabase, fn

from gridapp.ids import Uid
from gridapp.store import blobs, content_folder, contents, dialects, search
from gridapp.store.changes import decode_value
from gridapp.store.log import DELETED, INSERTED, UPDATED, Change
from gridapp.store.record import Record
from gridapp.store.register import Register

_CHUNK = 500
_DAMAGED = "damaged"
_SHOWN = 20
"""How many rows of one kind of fault are named one by one."""


@dataclass(frozen=True)
class Fault:
    """One thing that is not as it should be."""

    kind: str
    table: str
    detail: str


def check(register: Register) -> list[Fault]:
    """Every fault found; an empty list means that the register is whole."""
    found = list(_structure(register))
    if any(fault.kind == _DAMAGED for fault in found):
        return found  # what stands in broken pages cannot be read
    kept = (*_contents(register), *_attached(register))
    return [*found, *_log(register), *_derived(register), *kept, *_index(register)]


def _structure(register: Register) -> Iterator[Fault]:
    if not isinstance(register.db, SqliteDatabase):
        return  # PostgreSQL keeps checksums and references itself
    try:
        told = [text for (text,) in register.db.execute_sql("PRAGMA integrity_check(20)").fetchall()]
    except dialects.errors() as error:
        if not dialects.is_damaged(error):
            raise
        told = [str(error)]  # too broken to be looked through
    if told != ["ok"]:
        yield from (Fault(_DAMAGED, "", text) for text in told)
        return
    for table, _row, parent, _key in register.db.execute_sql("PRAGMA foreign_key_check").fetchmany(_SHOWN):
        yield Fault("dangling", table, f"指向{parent}的引用落空")


def _log(register: Register) -> Iterator[Fault]:
    for model in register.tables.values():
        yield from _existence(register, model)
    yield from _last_values(register)


def _existence(register: Register, model: type[Record]) -> Iterator[Fault]:
    """Each row has as many insertions in the log as deletions, plus one; each record that is gone, as many."""
    table = model.table()
    balance = fn.SUM(Case(None, [(Change.kind == INSERTED, 1), (Change.kind == DELETED, -1)], 0))
    logged = (
        Change.select(Change.record.alias("record"), balance.alias("balance"))
        .where((Change.record_table == table) & (Change.kind != UPDATED))
        .group_by(Change.record)
    )
    unlogged = (
        model.select(model.uid)
        .join(logged, JOIN.LEFT_OUTER, on=(logged.c.record == model.uid))
        .where(logged.c.balance.is_null() | (logged.c.balance != 1))
        .limit(_SHOWN)
    )
    for (uid,) in register.all(unlogged.tuples()):
        yield Fault("unlogged", table, f"{uid.hex()} 在登记簿中，改动记录里却没有它的登记")
    vanished = (
        logged.select_from(logged.c.record)
        .join(model, JOIN.LEFT_OUTER, on=(logged.c.record == model.uid))
        .where(model.uid.is_null() & (logged.c.balance != 0))
        .limit(_SHOWN)
    )
    for (uid,) in register.all(vanished.tuples()):
        yield Fault("vanished", table, f"{uid.hex()} 在改动记录里，登记簿中却没有了")


def _last_values(register: Register) -> Iterator[Fault]:
    """The last logged value of a field is the one that is stored."""
    for model in register.tables.values():
        newest = (
            Change.select(Change.record, Change.field, fn.MAX(Change.seq).alias("seq"))
            .where((Change.kind == UPDATED) & (Change.record_table == model.table()))
            .group_by(Change.record, Change.field)
        )
        updates = (
            Change.select(Change.seq, Change.record, Change.field, Change.new)
            .join(newest, on=(Change.seq == newest.c.seq))
            .order_by(Change.seq)
        )
        changes = register.each(updates)
        while chunk := list(islice(changes, _CHUNK)):
            rows = register.all(model.select().where(model.uid.in_({change[1] for change in chunk})).dicts())
            stored = {row["uid"]: row for row in rows}
            for seq, record, field, new in chunk:
                if record not in stored or field not in stored[record]:
                    continue  # it is gone, or its table has no such column any more
                if stored[record][field] == decode_value(model, field, new):
                    continue
                if not _reinserted(register, record, seq):
                    yield Fault("differs", model.table(), f"{record.hex()} 的 {field} 与改动记录不符")


def _reinserted(register: Register, record: Uid, seq: int) -> bool:
    # A deletion that was undone brings the whole row back as it was when it was deleted.
    later = Change.select().where((Change.record == record) & (Change.seq > seq) & (Change.kind == INSERTED))
    return register.first(later) is not None


def _derived(register: Register) -> Iterator[Fault]:
    for model in register.tables.values():
        if not model.DERIVED:
            continue
        sources = sorted({source for rule in model.DERIVED.values() for source in rule.source})
        columns = [model.fields()[name] for name in ("uid", *sources, *model.DERIVED)]
        for row in register.each(model.select(*columns)):
            values = dict(zip(sources, row[1 : 1 + len(sources)], strict=True))
            if tuple(model.derive(values).values()) != tuple(row[1 + len(sources) :]):
                yield Fault("stale", model.table(), f"{row[0].hex()} 的排序或检索字段与原始字段不符")


def _contents(register: Register) -> Iterator[Fault]:
    for model in register.tables.values():
        for name in model.BLOBS:
            for uid, digest in register.all(model.select(model.uid, model.fields()[name]).tuples()):
                content = blobs.read(register, digest)
                if content is None or blobs.digest_of(content) != digest:
                    yield Fault("missing", model.table(), f"{uid.hex()} 的 {name} 内容缺失或已损坏")


def _attached(register: Register) -> Iterator[Fault]:
    """Contents beside the register: each that a record names is there, and is what it was."""
    for model in register.tables.values():
        for name in model.CONTENTS:
            column = model.fields()[name]
            named = model.select(column, model.uid).where(column.is_null(False)).order_by(column)
            if register.path is not None and register.first(named.tuples()) is not None:
                folder = content_folder.beside(register.path)
                if not folder.is_dir():
                    yield Fault("missing", model.table(), f"照片和文件的文件夹 {folder} 不在登记簿旁边")
                    break
            yield from islice(_unreadable(register, model, name, named), _SHOWN)


def _unreadable(register: Register, model: type[Record], name: str, named: Query) -> Iterator[Fault]:
    for digest, records in groupby(register.each(named), key=itemgetter(0)):
        content, (_digest, uid) = contents.read(register, digest), next(records)
        if content is None:
            yield Fault("missing", model.table(), f"{uid.hex()} 的 {name} 内容缺失")
        elif blobs.digest_of(content) != digest:
            yield Fault(_DAMAGED, model.table(), f"{uid.hex()} 的 {name} 内容已损坏")


def _index(register: Register) -> Iterator[Fault]:
    told = dialects.index_fault(register.db)
    if told is not None:
        yield Fault("unindexed", "", f"搜索索引与所索引的文字不符：{told}")
    for table, uid in islice(search.differing(register), _SHOWN):
        yield Fault("unindexed", table, f"{uid.hex()} 在搜索索引中的文字与登记不符")
