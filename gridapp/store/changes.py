"""The one place that writes: every insert, update and delete, with its lines in the change log."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.progress import CancelToken
from gridapp.store import blobs, dialects
from gridapp.store.log import DELETED, INSERTED, UPDATED, Batch, Change
from gridapp.store.record import Derived, Record
from gridapp.store.search import Upkeep

if TYPE_CHECKING:
    from gridapp.store.register import Register

_CHUNK = 5_000


class Conflict(UserError):
    """Somebody else changed the same field in the meantime."""

    def __init__(self, fields: Sequence[str]) -> None:
        super().__init__("这条记录刚被别人改过，请核对后重新保存。")
        self.fields = tuple(fields)


def _kept(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values without the character that no server keeps, and that nobody has typed."""
    return {name: value.replace("\0", "") if isinstance(value, str) else value for name, value in values.items()}


class Recording:
    """The writes of one batch. Made by ``Register.recording``, never by hand."""

    def __init__(self, register: Register, actor: str, label: str, undoes: int | None = None) -> None:
        self.register = register
        self._actor = actor
        self._label = label
        self._undoes = undoes
        self.batch: int | None = None
        self.tables: set[str] = set()
        self._index = Upkeep(register)

    def finish(self) -> None:
        """Bring the search index up to date, as the last thing in the transaction."""
        self._index.flush()

    def insert(self, model: type[Record], **values: Any) -> Uid:
        """Insert one row and return its uid. Columns left out take the model's defaults."""
        row = {**defaults(model), **_kept(values)}
        row.update(model.derive(row))
        self.register.run(model.insert(row))
        self._log(INSERTED, model, row["uid"])
        self._index.touch(model, [row["uid"]])
        return row["uid"]

    def insert_many(
        self,
        model: type[Record],
        columns: Sequence[str],
        rows: Iterable[Sequence[Any]],
        cancel: CancelToken | None = None,
    ) -> int:
        """Insert rows in bulk and return how many.

        Args:
            columns: field names, ``uid`` first; derived columns are left out.
            rows: one value a column. Columns left out take the model's defaults, or hold nothing.
        """
        if columns[0] != "uid":
            raise ValueError("the first column of a bulk insert is the uid")
        missing = {k: v for k, v in defaults(model).items() if k not in columns and k not in model.DERIVED}
        names = [*columns, *missing, *model.DERIVED]
        given = [*columns, *missing]
        derive = [_from_row(rule, given) for rule in model.DERIVED.values()]
        table = model.table()
        fill = tuple(missing.values())
        fields = [model.fields()[name].column_name for name in names]
        total = 0
        iterator = iter(rows)
        while chunk := list(islice(iterator, _CHUNK)):
            if cancel is not None:
                cancel.check()
            batch, stamp = self._batch(), self._stamp()
            stated = ((*row, *fill) for row in chunk)
            self._index.flush()
            full = [(*row, *[compute(row) for compute in derive]) for row in stated]
            dialects.insert_rows(self.register.db, table, fields, full)
            dialects.insert_rows(
                self.register.db,
                Change._meta.table_name,
                ("batch", "hlc", "kind", "record_table", "record"),
                [(batch, stamp, INSERTED, table, row[0]) for row in chunk],
            )
            self._index.add(model, names, full)
            total += len(chunk)
            self.tables.add(table)
        return total

    def update(
        self, model: type[Record], uid: Uid, values: Mapping[str, Any], expected: Mapping[str, Any] | None = None
    ) -> bool:
        """Write the fields that differ from what is stored, and say whether any did.

        Args:
            expected: what the writer believed to be stored; a difference in a field to be written is a ``Conflict``.
        """
        current = self.read(model, uid)
        if current is None:
            raise UserError("这条记录已被删除，无法修改。")
        changed = {name: value for name, value in _kept(values).items() if current[name] != value}
        if expected is not None:
            touched = [name for name in changed if name in expected and expected[name] != current[name]]
            if touched:
                raise Conflict(touched)
        if not changed:
            return False
        derived = {k: v for k, v in model.derive({**current, **changed}).items() if v != current[k]}
        self.register.run(model.update({**changed, **derived}).where(model.uid == uid))
        for name, value in changed.items():
            self._log(UPDATED, model, uid, name, current[name], value)
        self._index.touch(model, [uid])
        return True

    def update_many(self, model: type[Record], name: str, uids: Sequence[Uid], after: Callable[[Uid, Any], Any]) -> int:
        """Write one field of rows, at most some hundred at a time, and return how many have changed.

        Args:
            uids: each once; rows that are gone are left out.
            after: what the field shall hold, of the row's uid and what is stored.
        """
        follow = {derived: rule for derived, rule in model.DERIVED.items() if name in rule.source}
        sources = sorted({name, *(source for rule in follow.values() for source in rule.source)})
        fields = model.fields()
        stored = {
            row[0]: dict(zip(sources, row[1:], strict=True))
            for row in self.register.all(
                model.select(*(fields[column] for column in ("uid", *sources))).where(model.uid.in_(uids)).tuples()
            )
        }
        rows: list[tuple] = []
        lines: list[tuple] = []
        for uid in (uid for uid in uids if uid in stored):
            values = stored[uid]
            old, new = values[name], after(uid, values[name])
            if new == old:
                continue
            values[name] = new
            computed = [rule.compute(*(values[source] for source in rule.source)) for rule in follow.values()]
            rows.append((new, *computed, uid))
            lines.append((uid, encode_value(model, name, old), encode_value(model, name, new)))
        if not rows:
            return 0
        stamp, batch, table = self._stamp(), self._batch(), model.table()
        dialects.update_rows(self.register.db, table, [fields[c].column_name for c in (name, *follow)], rows)
        dialects.insert_rows(
            self.register.db,
            Change._meta.table_name,
            ("batch", "hlc", "kind", "record_table", "record", "field", "old", "new"),
            [(batch, stamp, UPDATED, table, uid, name, old, new) for uid, old, new in lines],
        )
        self.tables.add(table)
        self._index.touch(model, [row[-1] for row in rows])
        return len(rows)

    def delete(self, model: type[Record], uid: Uid) -> None:
        """Delete one row. What refers to it has to be deleted first."""
        current = self.read(model, uid)
        if current is None:
            raise UserError("这条记录已被删除。")
        self.register.run(model.delete().where(model.uid == uid))
        self._append(DELETED, model, uid, None, model.dump(current), None)
        self._index.touch(model, [uid])

    def delete_many(self, model: type[Record], uids: Sequence[Uid]) -> int:
        """Delete rows, at most some hundred at a time, and return how many were there.

        Args:
            uids: what refers to a row stands before it, so that an undo can put them back from the last to the first.
        """
        found = {row["uid"]: row for row in self.register.all(model.select().where(model.uid.in_(uids)).dicts())}
        rows = [found[uid] for uid in uids if uid in found]
        if not rows:
            return 0
        stamp, batch, table = self._stamp(), self._batch(), model.table()
        dialects.insert_rows(
            self.register.db,
            Change._meta.table_name,
            ("batch", "hlc", "kind", "record_table", "record", "old"),
            [(batch, stamp, DELETED, table, row["uid"], model.dump(row)) for row in rows],
        )
        self.register.run(model.delete().where(model.uid.in_(uids)))
        self._index.touch(model, [row["uid"] for row in rows])
        self.tables.add(table)
        return len(rows)

    def keep(self, content: bytes) -> bytes:
        """Keep a content that a record shall refer to, and return the digest by which it does."""
        digest, query = blobs.keeping(content)
        self.register.run(query)
        return digest

    def read(self, model: type[Record], uid: Uid) -> dict[str, Any] | None:
        """The stored row as field name → value, or None."""
        return self.register.first(model.select().where(model.uid == uid).dicts())

    def _log(
        self, kind: str, model: type[Record], uid: Uid, field: str | None = None, old: Any = None, new: Any = None
    ) -> None:
        if field is None:
            self._append(kind, model, uid, None, None, None)
        else:
            self._append(kind, model, uid, field, encode_value(model, field, old), encode_value(model, field, new))

    def _append(
        self, kind: str, model: type[Record], uid: Uid, field: str | None, old: str | None, new: str | None
    ) -> None:
        self.tables.add(model.table())
        self.register.run(
            Change.insert(
                batch=self._batch(),
                hlc=self._stamp(),
                kind=kind,
                record_table=model.table(),
                record=uid,
                field=field,
                old=old,
                new=new,
            )
        )

    def _batch(self) -> int:
        # Made with the first change, so that a batch without one leaves no trace.
        if self.batch is None:
            self.batch = self.register.run(
                Batch.insert(hlc=self._stamp(), actor=self._actor, label=self._label, undoes=self._undoes)
            )
        return self.batch

    def _stamp(self) -> int:
        return self.register.clock.tick()


def _from_row(rule: Derived, columns: Sequence[str]) -> Callable[[Sequence[Any]], Any]:
    """A derived column's rule, as a function of a row with these columns."""
    compute = rule.compute
    if not set(rule.source) <= set(columns):  # nothing stands in the others
        places = [columns.index(name) if name in columns else None for name in rule.source]
        return lambda row: compute(*[None if place is None else row[place] for place in places])
    at = [columns.index(name) for name in rule.source]
    if len(at) == 1:
        only = at[0]
        return lambda row: compute(row[only])
    sources = itemgetter(*at)
    return lambda row: compute(*sources(row))


def encode_value(model: type[Record], field: str, value: Any) -> str:
    """A value as the log keeps it: JSON text."""
    return json.dumps(model.encode(field, value), ensure_ascii=False)


def decode_value(model: type[Record], field: str, text: str) -> Any:
    """The inverse of ``encode_value``."""
    return model.decode(field, json.loads(text))


def defaults(model: type[Record]) -> dict[str, Any]:
    """What a new row holds in the columns that have a default; the uid is a fresh one."""
    names: Iterator[tuple[str, Any]] = ((n, f.default) for n, f in model.fields().items() if f.default is not None)
    return {name: default() if callable(default) else default for name, default in names}
