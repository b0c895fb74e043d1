"""Undo and redo of whole batches. An undo is itself a batch, so the log only ever grows.

A batch that a user made is a *root*; its undo, the redo of that, and so on form its *chain*, and the root is in force
while its chain has an odd number of links.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import Any

import peewee

from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.places import current_actor
from gridapp.progress import CancelToken, Progress, silent
from gridapp.store.changes import Recording, decode_value, defaults
from gridapp.store.log import DELETED, INSERTED, Batch, Change
from gridapp.store.record import Record
from gridapp.store.register import Register

_CHUNK = 500
_PAGE = 5_000
_DEPTH = 1_000
"""How far back an actor can undo, in batches."""


@dataclass
class _Root:
    """A user's batch with the batches that took it back and did it again, oldest first."""

    id: int
    label: str
    chain: list[int] = field(default_factory=list)

    @property
    def in_force(self) -> bool:
        return len(self.chain) % 2 == 1

    @property
    def tip(self) -> int:
        return self.chain[-1]


def undoable(register: Register, actor: str | None = None) -> str | None:
    """The label of what the next undo of this actor takes back, or None."""
    root = _next_undo(register, actor)
    return root.label if root else None


def redoable(register: Register, actor: str | None = None) -> str | None:
    """The label of what the next redo of this actor does again, or None once something else was done."""
    root = _next_redo(register, actor)
    return root.label if root else None


def undo(
    register: Register,
    actor: str | None = None,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> str:
    """Take back the actor's last batch and return its label.

    Args:
        progress: counts changes.

    Raises:
        UserError: there is none, or the same things have been changed since.
        Cancelled: the token was set; nothing has changed.
    """
    root = _next_undo(register, actor)
    if root is None:
        raise UserError("没有可以撤销的操作。")
    _revert(register, root.tip, actor, f"撤销：{root.label}", progress, cancel)
    return root.label


def redo(
    register: Register,
    actor: str | None = None,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> str:
    """Do again what the actor's last undo took back and return its label.

    Args:
        progress: counts changes.

    Raises:
        UserError: there is nothing to redo, or the same things have been changed since.
        Cancelled: the token was set; nothing has changed.
    """
    root = _next_redo(register, actor)
    if root is None:
        raise UserError("没有可以重做的操作。")
    _revert(register, root.tip, actor, f"重做：{root.label}", progress, cancel)
    return root.label


def taken_back(register: Register, batches: Sequence[int]) -> set[int]:
    """Those of some batches that are not in force: what takes them back is in force itself."""
    answer: dict[int, int] = {}  # batch → the one that takes it back
    asked: Sequence[int] = batches
    while asked := [batch for batch in asked if batch not in answer]:
        query = Batch.select(Batch.undoes, peewee.fn.MAX(Batch.id)).where(Batch.undoes.in_(asked))
        found = dict(register.all(query.group_by(Batch.undoes).tuples()))
        answer.update(found)
        asked = list(found.values())

    def is_undone(batch: int) -> bool:
        links = 0
        while batch in answer:
            batch, links = answer[batch], links + 1
        return links % 2 == 1

    return {batch for batch in batches if is_undone(batch)}


def _next_undo(register: Register, actor: str | None) -> _Root | None:
    return max((root for root in _roots(register, actor) if root.in_force), key=lambda root: root.id, default=None)


def _next_redo(register: Register, actor: str | None) -> _Root | None:
    roots = _roots(register, actor)
    newest = max((root.id for root in roots), default=0)
    # What was undone before something new was done cannot be redone any more.
    return min(
        (root for root in roots if not root.in_force and root.tip > newest), key=lambda root: root.id, default=None
    )


def _roots(register: Register, actor: str | None) -> list[_Root]:
    recent = (
        Batch.select(Batch.id, Batch.label, Batch.undoes)
        .where(Batch.actor == (actor or current_actor()))
        .order_by(Batch.id.desc())
        .limit(_DEPTH)
    )
    return list(_chains(reversed(register.all(recent.tuples()))).values())


def _chains(batches: Iterator[tuple[int, str, int | None]]) -> dict[int, _Root]:
    """Roots by id, from batches as (id, label, undoes), oldest first."""
    roots: dict[int, _Root] = {}
    owner: dict[int, _Root] = {}
    for batch, label, undoes in batches:
        if undoes is None:
            root = roots[batch] = _Root(batch, label)
        elif undoes in owner:
            root = owner[undoes]
        else:
            continue  # the root lies further back than we look
        root.chain.append(batch)
        owner[batch] = root
    return roots


def _revert(
    register: Register, batch: int, actor: str | None, label: str, progress: Progress, cancel: CancelToken | None
) -> None:
    """Write the inverse of every change of a batch, last change first, as a batch of its own; all of it or nothing."""
    total, done = register.value(Change.select(peewee.fn.COUNT(Change.seq)).where(Change.batch == batch)), 0
    try:
        with register.recording(label, actor, undoes=batch) as recording:
            # Rows were inserted after those they refer to, so going backwards never breaks a reference.
            changes = _backwards(register, batch)
            alike = groupby(changes, key=lambda change: (change.kind, change.record_table, change.field))
            for (kind, table, _field), run in alike:
                model = register.tables[table]
                while chunk := list(islice(run, _CHUNK)):
                    if cancel is not None:
                        cancel.check()
                    progress(done, total, label)
                    done += len(chunk)
                    if kind == INSERTED:
                        _take_out(recording, model, batch, chunk)
                    elif kind == DELETED:
                        _put_back(recording, model, batch, chunk)
                    else:
                        for part in _each_record_once(chunk):
                            _change_back(recording, model, part)
            for table in sorted(recording.tables):
                register.tables[table].refuse_contradictions(recording)
    except peewee.IntegrityError as error:
        raise _changed_since() from error


def _backwards(register: Register, batch: int) -> Iterator[Change]:
    """The changes of a batch from the last to the first, a page at a time, since an import may hold a million."""
    before = None
    while True:
        page = Change.select().where(Change.batch == batch).order_by(Change.seq.desc()).limit(_PAGE)
        changes = register.all(page if before is None else page.where(Change.seq < before))
        yield from changes
        if len(changes) < _PAGE:
            return
        before = changes[-1].seq


def _take_out(recording: Recording, model: type[Record], batch: int, insertions: list[Change]) -> None:
    uids = [change.record for change in insertions]
    _refuse_if_touched_since(recording, batch, uids)
    if model.SEQUENCE is not None:
        stored = model.select(model.fields()[model.SEQUENCE]).where(model.uid.in_(uids)).tuples()
        _refuse_if_others_followed(recording, model, batch, uids, [row[0] for row in recording.register.all(stored)])
    if recording.delete_many(model, uids) != len(uids):
        raise _changed_since()


def _put_back(recording: Recording, model: type[Record], batch: int, deletions: list[Change]) -> None:
    columns = model.logged_fields()
    blank = {**dict.fromkeys(columns), **defaults(model)}  # of a column that the table has gained since
    rows = []
    for change in deletions:
        values = {**blank, **model.load(str(change.old))}
        rows.append((change.record, *(values[name] for name in columns)))
    if model.SEQUENCE is not None:
        owners = [row[1 + columns.index(model.SEQUENCE)] for row in rows]
        _refuse_if_others_followed(recording, model, batch, [row[0] for row in rows], owners)
    if model.GIVEN_ONCE is not None:
        given = [row[1 + columns.index(model.GIVEN_ONCE)] for row in rows]
        _refuse_if_given_since(recording, model, batch, given)
    recording.insert_many(model, ["uid", *columns], rows)


def _each_record_once(changes: list[Change]) -> Iterator[dict[Uid, Change]]:
    """Changes by record, in as many parts as it takes for none to hold two of the same record."""
    part: dict[Uid, Change] = {}
    for change in changes:
        if change.record in part:
            yield part
            part = {}
        part[change.record] = change
    yield part


def _change_back(recording: Recording, model: type[Record], changes: dict[Uid, Change]) -> None:
    """Put one field of records back; each change is of another record."""
    name = str(next(iter(changes.values())).field)

    def before(uid: Uid, current: Any) -> Any:
        change = changes[uid]  # an update has both values
        if current != decode_value(model, name, str(change.new)):
            raise _changed_since()
        return decode_value(model, name, str(change.old))

    if recording.update_many(model, name, list(changes), before) != len(changes):
        raise _changed_since()


def _refuse_if_others_followed(
    recording: Recording, model: type[Record], batch: int, uids: Sequence[Uid], owners: Sequence[Uid]
) -> None:
    """Refuse if rows of the same sequence came after this batch: each builds on those before it.

    Args:
        uids: the rows that go or come back.
        owners: what their sequences belong to.
    """
    same = model.select(model.uid).where(model.fields()[str(model.SEQUENCE)].in_(set(owners)))
    others = {bytes(uid) for (uid,) in recording.register.all(same.tuples())} - set(uids)
    _refuse_if_touched_since(recording, batch, sorted(others))


def _refuse_if_given_since(recording: Recording, model: type[Record], batch: int, given: Sequence[Any]) -> None:
    """Refuse if a row that was made after this batch has been given one of these values."""
    holders = model.select(model.uid).where(model.fields()[str(model.GIVEN_ONCE)].in_(set(given))).tuples()
    uids = [bytes(uid) for (uid,) in recording.register.all(holders)]
    made = (Change.batch > batch) & (Change.batch != (recording.batch or 0)) & (Change.kind == INSERTED)
    if uids and recording.register.first(Change.select(Change.seq).where(made & Change.record.in_(uids))) is not None:
        raise _changed_since()


def _refuse_if_touched_since(recording: Recording, batch: int, uids: Sequence[Uid]) -> None:
    """Refuse if later batches left one of these rows other than it was after this batch.

    A batch and its undo cancel out; what is undone and done again an odd number of times since has left its mark.
    """
    register = recording.register
    later = (Change.batch > batch) & (Change.batch != (recording.batch or 0))
    touching = Change.select(Change.batch).where(later & Change.record.in_(uids))
    batches = {row[0] for row in register.all(touching.distinct().tuples())}
    if not batches:
        return
    first, last = min(batches), max(batches)
    between = Batch.select(Batch.id, Batch.undoes).where(Batch.id.between(first, last)).order_by(Batch.id)
    chain_of: dict[int, int] = {}
    links: Counter[int] = Counter()
    for link, undoes in register.all(between.tuples()):
        chain_of[link] = chain_of.get(undoes, link) if undoes is not None else link
        if link in batches:
            links[chain_of[link]] += 1
    if any(count % 2 for count in links.values()):
        raise _changed_since()


def _changed_since() -> UserError:
    return UserError("这一步涉及的内容后来又被改动过，不能直接撤销或重做。")
