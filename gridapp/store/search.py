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

RULES = 1
"""Goes up whenever documents are made by other rules, so that registers on record are indexed anew."""

_CHUNK = 5_000
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
    """By which rules the index was made; without a row it was not made yet."""

    rules = IntegerField(primary_key=True)

    class Meta:
        legacy_table_names = False
        table_name = "search_state"


class Upkeep:
    """Keeps the index true through one recording, in its transaction."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._touched: dict[str, dict[Uid, None]] = {}
        self._made: bool | None = None

    def touch(self, model: type[Record], uids: Iterable[Uid]) -> None:
        """Note rows that were changed, came or went."""
        if model.table() not in self._register.searchables or not self._is_made():
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
        if searchable is None or not self._is_made():
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

    def _is_made(self) -> bool:
        # Else all of it is made in one go later, and what is missing now would only be in the way.
        if self._made is None:
            self._made = is_made(self._register)
        return self._made


def is_made(register: Register) -> bool:
    """Whether the index holds the whole register by the rules of this version."""
    return register.value(State.select(State.rules)) == RULES


def make(register: Register, progress: Progress = silent, cancel: CancelToken | None = None) -> None:
    """Make the index anew from the tables.

    Args:
        progress: counts records.

    Raises:
        Cancelled: the index is as it was.
    """
    with register.maintaining():
        dialects.empty_index(register.db)
        register.run(State.delete())
        total = sum(register.value(one.model.select(fn.COUNT(one.model.uid))) for one in register.searchables.values())
        done = 0
        for searchable in register.searchables.values():
            documents = _documents(register, searchable)
            while chunk := list(islice(documents, _CHUNK)):
                if cancel is not None:
                    cancel.check()
                _insert(register, searchable, chunk)
                done += len(chunk)
                progress(done, total, "建立搜索索引")
        register.run(State.insert(rules=RULES))


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
