"""The full-text index over the register: one document a record, kept true by every recording."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from peewee import AutoField, CharField, IntegerField, Model, Query, TextField, fn

from gridapp.ids import Uid
from gridapp.progress import CancelToken, Progress, silent
from gridapp.store import dialects
from gridapp.store.grams import Term, bare
from gridapp.store.record import Record, UidField

if TYPE_CHECKING:
    from gridapp.store.register import Register

RULES = 3
"""Goes up whenever documents are made by other rules, so that registers on record are indexed anew."""

_CHUNK = 5_000
_BULK = 5_000
"""How many new documents a recording writes itself. Those of a larger one are made once it is committed."""

_IN_ONE_QUESTION = 500

Alternatives = Sequence[Sequence[Term]]
"""What one typed word may stand for: any of these, and of each all terms."""


@dataclass(frozen=True)
class Searchable:
    """How the records of a table are found.

    Attributes:
        mark: one letter that no other table has. It stands before each word, so that a table is asked alone.
        columns: whose values, in this order, ``words`` turns into the words of a document.
    """

    model: type[Record]
    mark: str
    columns: tuple[str, ...]
    words: Callable[..., Iterable[str]]

    def document(self, values: Sequence[Any]) -> str:
        """The words of a record, once each."""
        found = dict.fromkeys([word if word.isalnum() else bare(word) for word in self.words(*values)])
        found.pop("", None)
        return self.mark + f" {self.mark}".join(found) if found else ""


class Document(Model):
    """The words of one record, with blanks between them."""

    id = AutoField()
    record_table = CharField()
    record = UidField(unique=True)
    grams = TextField()

    class Meta:
        legacy_table_names = False
        table_name = "search_document"


class State(Model):
    """By which rules the index was made; without a row it was not made yet.

    Negative while documents are missing: those that are there are true, and the rest is still to be made.
    """

    rules = IntegerField(primary_key=True)

    class Meta:
        legacy_table_names = False
        table_name = "search_state"


class Upkeep:
    """Keeps the index true through one recording, in its transaction."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._touched: dict[str, dict[Uid, None]] = {}
        self._state: int | None = None
        self._added = 0

    def touch(self, model: type[Record], uids: Iterable[Uid]) -> None:
        """Note rows that were changed, came or went."""
        if model.table() not in self._register.searchables or abs(self._rules()) != RULES:
            return
        touched = self._touched.setdefault(model.table(), {})
        touched.update(dict.fromkeys(uids))
        if len(touched) >= _CHUNK:
            self.flush()

    def add(self, model: type[Record], names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Index rows that were just inserted, from their values, since reading a whole import again would take long.

        What was touched before has to be flushed before they are inserted, or a row that went and came back in one
        recording would have two documents.
        """
        searchable = self._register.searchables.get(model.table())
        if searchable is None or self._rules() != RULES:
            return
        self._added += len(rows)
        if self._added > _BULK:  # nobody shall wait for the words of a whole district before its households are there
            self._register.run(State.update(rules=-RULES))
            self._state = -RULES
            return
        of_row = _picked([names.index(name) for name in searchable.columns])
        _insert(self._register, searchable, ((row[0], searchable.document(of_row(row))) for row in rows))

    def flush(self) -> None:
        """Write the documents of what was touched."""
        touched, self._touched = self._touched, {}
        for table, uids in touched.items():
            searchable = self._register.searchables[table]
            waiting = iter(uids)
            while chunk := list(islice(waiting, _IN_ONE_QUESTION)):
                _renew(self._register, searchable, chunk)

    def _rules(self) -> int:
        # Without an index all of it is made in one go later, and what is missing now would only be in the way.
        if self._state is None:
            self._state = _state(self._register)
        return self._state


def is_made(register: Register) -> bool:
    """Whether the index holds the whole register by the rules of this version."""
    return _state(register) == RULES


def _state(register: Register) -> int:
    return register.value(State.select(State.rules)) or 0


def make(
    register: Register, progress: Progress = silent, cancel: CancelToken | None = None, anew: bool = False
) -> None:
    """Make what is missing of the index; all of it, if it was made by other rules.

    Others may write meanwhile: each part is a transaction of its own, and what is left is made when it is asked for
    again.

    Args:
        progress: counts records.
        anew: make all of it, whatever is there.

    Raises:
        Cancelled: the index is not complete yet.
    """
    if cancel is not None:
        cancel.check()
    if anew or abs(_state(register)) != RULES:
        with register.maintaining():
            dialects.empty_index(register.db)
            register.run(State.delete())
            register.run(State.insert(rules=-RULES))
    total = sum(register.value(one.model.select(fn.COUNT(one.model.uid))) for one in register.searchables.values())
    done = register.value(Document.select(fn.COUNT(Document.id)))
    while _state(register) != RULES:
        for searchable in register.searchables.values():
            after: Uid | None = b""
            while after is not None:
                if cancel is not None:
                    cancel.check()
                with register.maintaining():
                    made, after = _make_part(register, searchable, after)
                done += made
                progress(min(done, total), total, "建立搜索索引")
        with register.maintaining():  # under the lock of writers, nothing can be missing that is not seen
            if not any(register.first(_undocumented(one, b"")) for one in register.searchables.values()):
                register.run(State.update(rules=RULES))


def _make_part(register: Register, searchable: Searchable, after: Uid) -> tuple[int, Uid | None]:
    """Make the next documents behind a uid, and tell how many and up to where, or None at the end."""
    rows = register.all(_undocumented(searchable, after).limit(_CHUNK))
    _insert(register, searchable, ((uid, searchable.document(values)) for uid, *values in rows))
    return len(rows), rows[-1][0] if len(rows) == _CHUNK else None


def _undocumented(searchable: Searchable, after: Uid) -> Query:
    """Records behind a uid that have no document, in the order of their uids."""
    model = searchable.model
    has = fn.EXISTS(Document.select(Document.id).where(Document.record == model.uid))
    return _rows_of(searchable).where((model.uid > after) & ~has).order_by(model.uid).tuples()


def make_if_small(register: Register, most: int = 2_000) -> None:
    """Make the index of a register that has none, if that takes no time; a larger one waits until it is asked to."""
    if is_made(register):
        return
    # Counting a district takes longer than seeing that it is one.
    for one in register.searchables.values():
        if register.first(one.model.select(one.model.uid).offset(most)) is not None:
            return
    make(register)


def find(register: Register, model: type[Record], words: Sequence[Alternatives], limit: int) -> list[Uid]:
    """Records whose documents have, for each of the words, one of its alternatives; in no order.

    The words of a document say nothing of their order in the text, so what is found has still to be looked at.
    """
    mark = register.searchables[model.table()].mark
    marked = [_marked(mark, alternatives) for alternatives in words]
    if not marked or not all(marked):
        return []
    return register.documents_with(marked, limit)


def _marked(mark: str, alternatives: Alternatives) -> list[list[tuple[str, bool]]]:
    found = [[(bare(word), begins) for word, begins in terms] for terms in alternatives]
    told = [[(mark + word, begins) for word, begins in terms if word] for terms in found]
    return [terms for terms in told if terms]


def differing(register: Register) -> Iterator[tuple[str, Uid]]:
    """Table and uid of every record whose document is not what it should be."""
    if not is_made(register):
        return
    for table, searchable in register.searchables.items():
        documents = _documents(register, searchable)
        seen = 0
        while chunk := list(islice(documents, _IN_ONE_QUESTION)):
            stored = dict(
                register.all(
                    Document.select(Document.record, Document.grams)
                    .where(Document.record.in_([uid for uid, _grams in chunk]))
                    .tuples()
                )
            )
            seen += len(chunk)
            yield from ((table, uid) for uid, grams in chunk if stored.get(uid) != grams)
        if register.value(Document.select(fn.COUNT(Document.id)).where(Document.record_table == table)) != seen:
            gone = Document.record.not_in(searchable.model.select(searchable.model.uid))
            of_table = Document.select(Document.record).where((Document.record_table == table) & gone)
            yield from ((table, uid) for (uid,) in register.all(of_table.tuples()))


def _documents(register: Register, searchable: Searchable) -> Iterator[tuple[Uid, str]]:
    for uid, *values in register.each(_rows_of(searchable)):
        yield uid, searchable.document(values)


def _rows_of(searchable: Searchable) -> Query:
    fields = searchable.model.fields()
    return searchable.model.select(*(fields[name] for name in ("uid", *searchable.columns)))


def _insert(register: Register, searchable: Searchable, documents: Iterable[tuple[Uid, str]]) -> None:
    table = searchable.model.table()
    dialects.insert_documents(register.db, ((table, uid, grams) for uid, grams in documents))


def _renew(register: Register, searchable: Searchable, uids: Sequence[Uid]) -> None:
    """Write the documents of a few records that are not as they should be."""
    now = {
        uid: searchable.document(values)
        for uid, *values in register.all(_rows_of(searchable).where(searchable.model.uid.in_(uids)).tuples())
    }
    stored = dict(
        register.all(Document.select(Document.record, Document.grams).where(Document.record.in_(uids)).tuples())
    )
    wrong = [uid for uid, grams in stored.items() if now.get(uid) != grams]
    if wrong:
        dialects.delete_documents(register.db, wrong)
    _insert(register, searchable, ((uid, grams) for uid, grams in now.items() if stored.get(uid) != grams))


def _picked(positions: Sequence[int]) -> Callable[[Sequence[Any]], Sequence[Any]]:
    if len(positions) == 1:
        only = positions[0]
        return lambda row: (row[only],)
    return itemgetter(*positions)
