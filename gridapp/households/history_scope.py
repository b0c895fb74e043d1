"""Which lines of the change log tell of a household: its own, its residents' while they lived there, its mergers'."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from math import inf

import peewee

from gridapp.households import address
from gridapp.households.model import Household, Resident
from gridapp.ids import Uid
from gridapp.store import dialects
from gridapp.store.changes import decode_value, encode_value
from gridapp.store.log import Change
from gridapp.store.register import Register
from gridapp.teams.model import Member, Pairing, PairingContact

_MERGED = "merged_into"
_OF_MERGERS = {_MERGED, "left_on", "left_how"}
Span = tuple[int, float]
"""The first and the last batch of a stay."""

_Move = tuple[int, str, str]
"""Its batch, and the households that it goes from and to, as the log keeps them."""


class Scope:
    """What belongs to one household, and when.

    Attributes:
        people: the household, under an empty name, and everybody who is or was on record in it or paired with it, by
            the uid of that row.
        absorbed: the households that have been merged into it, by uid, as one says them.
    """

    def __init__(self, register: Register, household: Uid) -> None:
        self._register = register
        self._household = household
        self.people = self._read_people()
        self.absorbed = self._read_absorbed()

    @cached_property
    def batches(self) -> list[int]:
        """The batches that tell of it, the newest first."""
        # Put in order here: asked for the newest, an engine might walk the whole log backwards instead.
        rows = self._register.all(changes_of([*self.people, *self.absorbed]).tuples())
        return sorted({batch for batch, record, field in rows if self._tells(batch, record, field)}, reverse=True)

    def changes(self, batches: Sequence[int]) -> dict[int, list[Change]]:
        """What some of the batches say of it, in the order in which it was done."""
        # Batches are picked here: asked for theirs, an engine might read all that an import wrote in one.
        found: dict[int, list[Change]] = {batch: [] for batch in batches}
        records = [*self.people, *self.absorbed]
        for change in self._register.all(Change.select().where(Change.record.in_(records)).order_by(Change.seq)):
            if change.batch in found and self._tells(change.batch, change.record, change.field):
                found[change.batch].append(change)
        return found

    def _tells(self, batch: int, record: Uid, field: str | None) -> bool:
        if record not in self.people:
            return field in _OF_MERGERS  # what else happened to it stands in its own history
        spans = self._spans.get(record)
        return spans is None or any(first <= batch <= last for first, last in spans)

    @cached_property
    def _spans(self) -> dict[Uid, list[Span]]:
        """Of residents who have come from elsewhere or gone there: when they lived here."""
        moves: dict[Uid, list[_Move]] = {}
        moving = Change.record.in_(list(self.people)) & (Change.field == "household")
        query = Change.select(Change.record, Change.batch, Change.old, Change.new).where(moving).order_by(Change.seq)
        for record, *move in self._register.all(query.tuples()):
            moves.setdefault(record, []).append(tuple(move))
        return {record: self._stays(run) for record, run in moves.items()}

    def _stays(self, moves: Iterable[_Move]) -> list[Span]:
        found: list[Span] = []
        since, here = 0, False
        for batch, *texts in moves:
            old, new = (decode_value(Resident, "household", text) for text in texts)
            if old == self._household:
                found.append((since, batch))
            here, since = new == self._household, batch
        return [*found, (since, inf)] if here else found

    def _read_people(self) -> dict[Uid, str]:
        register, household = self._register, self._household
        gone = register.all(deleted_from(register.db, household).order_by(Change.seq).tuples())
        names = {uid: str(Resident.load(old).get("name", "")) for table, uid, old in gone if table == Resident.table()}
        paired = {uid: Pairing.load(old)["member"] for table, uid, old in gone if table == Pairing.table()}
        elsewhere = [uid for uid, _batch in register.all(moved_away(household).tuples())]
        lived_here = Resident.household == household
        if elsewhere:
            lived_here |= Resident.uid.in_(elsewhere)
        present = register.all(Resident.select(Resident.uid, Resident.name).where(lived_here).tuples())
        return {household: "", **names, **dict(present), **self._read_paired(paired)}

    def _read_paired(self, paired: dict[Uid, Uid]) -> dict[Uid, str]:
        """The names of members by the uids of their pairings, also of those that are gone."""
        register = self._register
        pairings = Pairing.select(Pairing.uid, Pairing.member).where(Pairing.household == self._household)
        paired = {**paired, **dict(register.all(pairings.tuples()))}
        if not paired:
            return {}
        members = Member.select(Member.uid, Member.name).where(Member.uid.in_(set(paired.values())))
        names = dict(register.all(members.tuples()))
        made = PairingContact.select(PairingContact.uid, PairingContact.pairing)
        contacts = register.all(made.where(PairingContact.pairing.in_(list(paired))).tuples())
        who = {**paired, **{uid: paired[pairing] for uid, pairing in contacts}}
        return {uid: names.get(member, "") for uid, member in who.items()}

    def _read_absorbed(self) -> dict[Uid, str]:
        columns = (Household.uid, Household.building, Household.entrance, Household.room, Household.head)
        query = Household.select(*columns).where(Household.merged_into == self._household)
        return {
            uid: f"{address.short_label(*door)} {head}".strip()
            for uid, *door, head in self._register.all(query.tuples())
        }


def changes_of(records: Sequence[Uid]) -> peewee.Select:
    """The query for the batches that touched one of these rows, by the index on records alone."""
    return Change.select(Change.batch, Change.record, Change.field).where(Change.record.in_(records))


def moved_away(household: Uid) -> peewee.Select:
    """The query for what was taken out of a household into another, by the index on such changes."""
    taken = peewee.SQL("kind = 'u' AND field = 'household'") & (
        Change.old == encode_value(Resident, "household", household)
    )
    return Change.select(Change.record, Change.batch).where(taken & (Change.record_table == Resident.table()))


def deleted_from(database: peewee.Database, household: Uid) -> peewee.Select:
    """The query for the rows that were deleted from a household, by the index on deletions."""
    owner = dialects.json_text(database, "old", "household")
    columns = (Change.record_table, Change.record, Change.old)
    return Change.select(*columns).where(peewee.SQL("kind = 'd'") & (owner == household.hex()))
