"""Many cells of the household table written as one step: shown beforehand or made."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gridapp.buildings import keeping
from gridapp.buildings.keeping import Place
from gridapp.errors import UserError
from gridapp.households import address, cells, editing
from gridapp.households.batch import Sample
from gridapp.households.editing import HouseholdDraft
from gridapp.households.model import Household
from gridapp.ids import Uid
from gridapp.progress import CancelToken, Progress, silent
from gridapp.store.changes import Recording
from gridapp.store.register import Register

MOST_CELLS = 5_000
_CHUNK = 500
_SHOWN = 20
_FIELDS = [field.name for field in dataclasses.fields(HouseholdDraft) if field.name not in ("uid", "residents")]


@dataclass(frozen=True)
class Line:
    """What is to be written into one household.

    Attributes:
        number: its row in the table, from 1.
        typed: the text for each field.
    """

    uid: Uid
    number: int
    typed: Mapping[str, str]


@dataclass(frozen=True)
class Plan:
    """What writing the lines would change. A household in which anything is refused stays as it is.

    Attributes:
        chosen: how many households it was to be written into.
        values: of each household that changes, the fields as they are and as they shall be.
        samples: the first of them, in words.
        refused: which stay as they are, and why.
    """

    deed: str
    chosen: int
    values: Mapping[Uid, tuple[Mapping[str, Any], Mapping[str, Any]]]
    samples: Sequence[Sample]
    refused: Sequence[str]

    @property
    def changing(self) -> Sequence[Uid]:
        return list(self.values)

    @property
    def label(self) -> str:
        return f"{self.deed} {len(self.values):,} 户"


def refuse_too_many(count: int, deed: str) -> None:
    """Refuse more cells than can be looked through before they are written.

    Raises:
        UserError: they are too many.
    """
    if count > MOST_CELLS:
        raise UserError(f"一次最多{deed} {MOST_CELLS:,} 格，现有 {count:,} 格，没有改动。请少选一些，或用“批量修改”。")


def foresee(
    register: Register,
    lines: Sequence[Line],
    deed: str,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> Plan:
    """Find out what writing the lines would change; households that are gone are left out.

    Raises:
        Cancelled: the token was set.
    """
    values: dict[Uid, tuple[Mapping[str, Any], Mapping[str, Any]]] = {}
    samples: list[Sample] = []
    refused: list[str] = []
    for line, base in _with_bases(register, lines, progress, cancel):
        try:
            if base.is_past:
                raise UserError(editing.past_text(base.head, base.left_how, base.left_on))
            draft = _written(base, line.typed)
        except UserError as error:
            refused.append(f"第 {line.number:,} 行 {cells.whose(base)}：{error}")
            continue
        # A floor follows from a room where none is known, as in the form.
        names = {**line.typed, "floor": ""} if "room" in line.typed else line.typed
        old = {name: getattr(base, name) for name in names}
        new = {name: getattr(draft, name) for name in old}
        if new != old:
            values[line.uid] = (old, new)
            if len(samples) < _SHOWN:
                changed = [name for name in old if old[name] != new[name]]
                samples.append(_sample(base, draft, changed, named=len(line.typed) > 1))
    return Plan(deed, len(lines), values, samples, refused)


def write(register: Register, plan: Plan, progress: Progress = silent, cancel: CancelToken | None = None) -> Plan:
    """Make what was foreseen, as one batch.

    Raises:
        Conflict: one of the households was changed meanwhile; nothing is written.
        UserError: one of them has left or been deleted meanwhile; nothing is written.
        Cancelled: the token was set; nothing is written.
    """
    if plan.values:
        uids = plan.changing
        moves = [_moves(register, plan, uids[at : at + _CHUNK]) for at in range(0, len(uids), _CHUNK)]
        with register.recording(plan.label) as recording:
            for done, (uid, (old, new)) in enumerate(plan.values.items()):
                if cancel is not None:
                    cancel.check()
                if done % _CHUNK == 0:
                    progress(done, len(plan.values), plan.label)
                    editing.refuse_past(register, uids[done : done + _CHUNK])
                recording.update(Household, uid, new, old)
            _take_records_along(recording, [move for part in moves for move in part])
    return plan


def _moves(register: Register, plan: Plan, uids: Sequence[Uid]) -> list[tuple[Place, Place]]:
    """Of the households that come into another building: from where, and whereto."""
    moving = [uid for uid in uids if not {"estate", "building"}.isdisjoint(plan.values[uid][1])]
    columns = (Household.uid, Household.area, Household.estate, Household.building)
    rows = register.all(Household.select(*columns).where(Household.uid.in_(moving)).tuples()) if moving else []
    found = []
    for uid, area, estate, building in rows:
        new = {"estate": estate, "building": building, **plan.values[uid][1]}
        before = Place(area, estate, address.bare_building(building))
        after = Place(area, new["estate"], address.bare_building(new["building"]))
        if before != after:
            found.append((before, after))
    return found


def _take_records_along(recording: Recording, moves: Sequence[tuple[Place, Place]]) -> None:
    """Let the record of a building follow its households, where all of them have gone into one other."""
    went: dict[Place, set[Place]] = {}
    for before, after in moves:
        went.setdefault(before, set()).add(after)
    for before, places in went.items():
        if len(places) == 1 and not places & went.keys():  # where names are exchanged, nobody can tell
            (there,) = places
            keeping.follow(recording, [before], {"estate": there.estate, "building": there.building})


def _with_bases(
    register: Register, lines: Sequence[Line], progress: Progress, cancel: CancelToken | None
) -> Iterator[tuple[Line, HouseholdDraft]]:
    for start in range(0, len(lines), _CHUNK):
        if cancel is not None:
            cancel.check()
        progress(start, len(lines), "")
        part = lines[start : start + _CHUNK]
        uids = [line.uid for line in part]
        found = {row["uid"]: row for row in register.all(Household.select().where(Household.uid.in_(uids)).dicts())}
        for line in part:
            row = found.get(line.uid)
            if row is not None:
                yield line, HouseholdDraft(uid=line.uid, **{name: row[name] for name in _FIELDS})


def _written(base: HouseholdDraft, typed: Mapping[str, str]) -> HouseholdDraft:
    draft = base.copy()
    for field, text in typed.items():
        try:
            setattr(draft, field, cells.read(field, text))
        except UserError as error:
            raise UserError(cells.named(field, str(error))) from error
    for field in typed:
        cells.refuse(draft, field)
    return editing.tidied(draft)


def _sample(base: HouseholdDraft, draft: HouseholdDraft, changed: Sequence[str], named: bool) -> Sample:
    place = address.full_label(base.estate, base.building, base.entrance, base.room)
    return Sample(place, base.head, _told(base, changed, named), _told(draft, changed, named))


def _told(draft: HouseholdDraft, fields: Sequence[str], named: bool) -> str:
    """The values of some fields, behind their names where several may change."""
    texts = [cells.text(draft, name) for name in fields]
    if not named and len(fields) == 1:
        return texts[0]
    return "；".join(f"{cells.NAMES[name]} {text or '空'}" for name, text in zip(fields, texts, strict=True))
