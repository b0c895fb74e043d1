"""What was done in an area since yesterday, as the change log tells it."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from gridapp.areas.model import Area
from gridapp.households import address
from gridapp.households.model import Household, Resident
from gridapp.households.words import moment_text
from gridapp.ids import Uid
from gridapp.issues.model import Issue, IssueStep, Reporter
from gridapp.store.clock import wall_time
from gridapp.store.log import Batch, Change
from gridapp.store.record import Record
from gridapp.store.register import Register
from gridapp.store.undo import taken_back
from gridapp.teams.model import Pairing
from gridapp.today.lines import Kind, Line, Section, Thing
from gridapp.visits.model import Visit

_BATCHES = 100
_NAMED = 20
"""How much of what an issue says is told, in characters."""
_LOOKED_AT, _SAMPLE = 100, 40
"""How many changes of a batch are looked at, and how many of their records, to tell where it was."""
_OF_HOUSEHOLD: tuple[type[Record], ...] = (Resident, Visit, Pairing)
_OF_ISSUE: tuple[type[Record], ...] = (Reporter, IssueStep)


@dataclass(frozen=True)
class _Place:
    thing: Thing
    uid: Uid
    name: str
    code: str
    precedence: int | None = None
    household: Uid | None = None


def changes(register: Register, code: str, now: datetime.datetime, limit: int) -> Section:
    """Batches that touched a household or an issue of an area, the newest first, without what was taken back."""
    since = datetime.datetime.combine(now.date() - datetime.timedelta(days=1), datetime.time())
    query = Batch.select(Batch.id, Batch.hlc, Batch.actor, Batch.label, Batch.undoes)
    recent = register.all(query.order_by(Batch.id.desc()).limit(_BATCHES).tuples())
    kept = [row for row in recent if row[4] is None and wall_time(row[1]) >= since.timestamp()]
    undone = taken_back(register, [row[0] for row in kept]) if kept else set()
    kept = [row for row in kept if row[0] not in undone]
    touched = {row[0]: _touched(register, row[0]) for row in kept}
    places = _places(register, [record for records in touched.values() for record in records])
    lines = []
    for batch, hlc, actor, label, _undoes in kept:
        known = [places[one] for one in touched[batch] if one in places]
        here = {place.uid: place for place in known if place.code.startswith(code)}
        if not here:
            continue
        found = next(iter(here.values()))
        more = "" if len(here) == 1 else " 等多处" if len(touched[batch]) == _SAMPLE else f" 等{len(here)}处"
        when = moment_text(datetime.datetime.fromtimestamp(wall_time(hlc)), now)
        lines.append(
            Line(label, f"{found.name}{more}  {actor}", when, found.thing, found.uid, found.code,
                 precedence=found.precedence, household=found.household)
        )  # fmt: skip
    return Section(Kind.CHANGE, len(lines), tuple(lines[:limit]))


def _touched(register: Register, batch: int) -> list[tuple[str, Uid]]:
    """Records of the first and the last changes of a batch, each once, as table and uid."""
    found: dict[tuple[str, Uid], None] = {}
    for order in (Change.seq, Change.seq.desc()):
        query = Change.select(Change.record_table, Change.record).where(Change.batch == batch).order_by(order)
        found |= dict.fromkeys((table, bytes(uid)) for table, uid in register.all(query.limit(_LOOKED_AT).tuples()))
    return list(found)[:_SAMPLE]


def _places(register: Register, records: Iterable[tuple[str, Uid]]) -> dict[tuple[str, Uid], _Place]:
    """Where records are: the household or the issue that each belongs to, of those that are there still."""
    by_table: dict[str, set[Uid]] = {}
    for table, uid in records:
        by_table.setdefault(table, set()).add(uid)
    owners: dict[tuple[str, Uid], tuple[str, Uid]] = {}
    for models, owner in ((_OF_HOUSEHOLD, Household), (_OF_ISSUE, Issue)):
        for model in models:
            field = model.fields()[owner.table()]
            rows = model.select(model.uid, field).where(model.uid.in_(by_table.get(model.table(), ())))
            for uid, of in register.all(rows.tuples()):
                owners[(model.table(), bytes(uid))] = (owner.table(), bytes(of))
    for model in (Household, Issue):
        owners |= {(model.table(), uid): (model.table(), uid) for uid in by_table.get(model.table(), ())}
    found = {
        **_households(register, {uid for table, uid in owners.values() if table == Household.table()}),
        **_issues(register, {uid for table, uid in owners.values() if table == Issue.table()}),
    }
    return {record: found[owner] for record, owner in owners.items() if owner in found}


def _households(register: Register, uids: set[Uid]) -> dict[tuple[str, Uid], _Place]:
    query = (
        Household.select(
            *(Household.uid, Household.building, Household.entrance, Household.room, Household.head),
            *(Household.precedence, Area.code),
        )
        .join(Area, on=(Area.uid == Household.area))
        .where(Household.uid.in_(uids))
    )
    return {
        (Household.table(), bytes(uid)): _Place(
            Thing.HOUSEHOLD, bytes(uid), f"{address.short_label(*door)} {head}".strip(), code, precedence, bytes(uid)
        )
        for uid, *door, head, precedence, code in register.all(query.tuples())
    }


def _issues(register: Register, uids: set[Uid]) -> dict[tuple[str, Uid], _Place]:
    query = (
        Issue.select(Issue.uid, Issue.description, Issue.household, Area.code)
        .join(Area, on=(Area.uid == Issue.area))
        .where(Issue.uid.in_(uids))
    )
    return {
        (Issue.table(), bytes(uid)): _Place(
            Thing.ISSUE, bytes(uid), " ".join(description.split())[:_NAMED], code, household=home
        )
        for uid, description, home, code in register.all(query.tuples())
    }
