"""One change to many households at once, shown beforehand or made."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from gridapp.areas.model import Area, Level
from gridapp.buildings import keeping
from gridapp.errors import UserError
from gridapp.households import address, words
from gridapp.households.categories import BY_KEY, to_mask
from gridapp.households.editing import refuse_past
from gridapp.households.listing import Listing
from gridapp.households.model import Household
from gridapp.ids import Uid
from gridapp.progress import CancelToken, Progress, silent
from gridapp.store.changes import Recording
from gridapp.store.register import Register

_CHUNK = 500
_SHOWN = 20
_LONGEST = 120
_LONGEST_NOTE = 5_000

FIELDS = {
    "estate": "小区",
    "building": "楼栋",
    "entrance": "楼门",
    "emergency_contact": "紧急联系人",
    "note": "备注",
}
"""The fields that can be given one value for many, with their names on screen."""


@dataclass(frozen=True)
class Edit:
    """What is done to each household.

    Attributes:
        field: the field that it writes.
        after: what the field shall hold, of what it holds.
        deed: what is done, in words behind the number of households: ``设为租户``.
        text: a value of the field as people read it.
    """

    field: str
    after: Callable[[Any], Any]
    deed: str
    text: Callable[[Any], str] = str

    def label(self, households: int) -> str:
        """``120 户设为租户``."""
        return f"{households:,} 户{self.deed}"


@dataclass(frozen=True)
class Sample:
    """One household that changes, in words."""

    address: str
    head: str
    before: str
    after: str


@dataclass(frozen=True)
class Outcome:
    """What an edit changes, or has changed.

    Attributes:
        changing: the households that change, in the order of the choice.
        samples: the first of them.
    """

    edit: Edit
    chosen: int
    changing: Sequence[Uid]
    samples: Sequence[Sample] = field(default=())

    @property
    def label(self) -> str:
        return self.edit.label(len(self.changing))


@dataclass(frozen=True)
class Selection:
    """Positions of a listing, whose households are read where there is time for it."""

    listing: Listing
    parts: Sequence[range]
    seen: Sequence[Uid] | None = None

    @property
    def count(self) -> int:
        return sum(len(part) for part in self.parts)

    def uids(self) -> list[Uid]:
        """The households that are seen at these positions, or else that stand there now."""
        if self.seen is not None:
            return list(self.seen)
        return list(dict.fromkeys(uid for part in self.parts for uid in self.listing.uids_at(part.start, len(part))))


@dataclass(frozen=True)
class Chosen:
    """Households that are known by uid, selected as ``Selection`` is."""

    households: Sequence[Uid]

    @property
    def count(self) -> int:
        return len(self.households)

    def uids(self) -> list[Uid]:
        """The households themselves."""
        return list(self.households)


def add_category(key: str) -> Edit:
    """Give a category to those that do not carry it."""
    bit, name = to_mask([key]), BY_KEY[key].name
    return Edit("categories", lambda mask: mask | bit, f"增加分类{name}", words.categories_text)


def remove_category(key: str) -> Edit:
    """Take a category from those that carry it."""
    bit, name = to_mask([key]), BY_KEY[key].name
    return Edit("categories", lambda mask: mask & ~bit, f"去掉分类{name}", words.categories_text)


def set_categories(keys: Iterable[str]) -> Edit:
    """Let households carry exactly these categories."""
    mask = to_mask(keys)
    deed = f"设为{words.categories_text(mask)}" if mask else "清除分类"
    return Edit("categories", lambda _mask: mask, deed, words.categories_text)


def move_to(register: Register, grid: Uid) -> Edit:
    """Put households into another grid.

    Raises:
        UserError: the area is no grid, or has been deleted.
    """
    grids = register.all(Area.select(Area.uid, Area.name).where(Area.level == Level.GRID).tuples())
    names = dict(grids)
    if grid not in names:
        raise UserError("住户要登记在网格里，请选一个网格。")
    return Edit("area", lambda _area: grid, f"移到{names[grid]}", lambda area: names.get(area, ""))


def set_field(name: str, typed: str) -> Edit:
    """Write one value into a field of ``FIELDS``.

    Raises:
        UserError: the value is too long.
    """
    value = typed.strip() if name == "note" else " ".join(typed.split())
    longest = _LONGEST_NOTE if name == "note" else _LONGEST
    if len(value) > longest:
        raise UserError(f"{FIELDS[name]}最多{longest}个字，现有{len(value)}个。")
    shown = value if len(value) <= _SHOWN else f"{value[: _SHOWN - 1]}…"
    deed = f"的{FIELDS[name]}改为{' '.join(shown.split())}" if value else f"清空{FIELDS[name]}"
    return Edit(name, lambda _value: value, deed)


def run(
    register: Register,
    chosen: Sequence[Uid] | Listing,
    edit: Edit,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
    dry_run: bool = False,
    with_past: bool = False,
) -> Outcome:
    """Make an edit as one batch, or only find out what it would change.

    Args:
        chosen: the households, or a listing of them. Those that are gone are left out.
        with_past: whether those that have left are changed too, as when their grid is redrawn.

    Raises:
        UserError: it would leave a household without an address, or change one that has left.
        Cancelled: the token was set; nothing has changed.
    """
    uids = list(chosen) if not isinstance(chosen, Listing) else [uid for (uid,) in register.each(chosen.uids())]
    outcome = _foreseen(register, uids, edit, with_past, progress, cancel)
    _refuse_no_address(register, outcome, cancel)
    if dry_run or not outcome.changing:
        return outcome
    with register.recording(outcome.label) as recording:
        _write(recording, outcome, progress, cancel)
    return outcome


def _foreseen(
    register: Register,
    uids: Sequence[Uid],
    edit: Edit,
    with_past: bool,
    progress: Progress,
    cancel: CancelToken | None,
) -> Outcome:
    changing: list[Uid] = []
    column = Household.fields()[edit.field]
    for start in range(0, len(uids), _CHUNK):
        if cancel is not None:
            cancel.check()
        progress(start, len(uids), "")
        part = uids[start : start + _CHUNK]
        found = dict(register.all(Household.select(Household.uid, column).where(Household.uid.in_(part)).tuples()))
        wanted = [uid for uid in part if uid in found and edit.after(found[uid]) != found[uid]]
        if not with_past:
            refuse_past(register, wanted)
        changing += wanted
    return Outcome(edit, len(uids), changing, _samples(register, changing[:_SHOWN], edit))


def _samples(register: Register, uids: Sequence[Uid], edit: Edit) -> list[Sample]:
    found = {one.uid: one for one in register.all(Household.select().where(Household.uid.in_(uids)))} if uids else {}
    return [_sample(found[uid], edit) for uid in uids if uid in found]


def _sample(household: Household, edit: Edit) -> Sample:
    # A foreign key is read as the uid it holds.
    old = household.__data__[edit.field]
    place = address.full_label(household.estate, household.building, household.entrance, household.room)
    return Sample(place, household.head, edit.text(old), edit.text(edit.after(old)))


def _write(recording: Recording, outcome: Outcome, progress: Progress, cancel: CancelToken | None) -> None:
    uids, edit = outcome.changing, outcome.edit
    left: set[keeping.Place] = set()
    for start in range(0, len(uids), _CHUNK):
        if cancel is not None:
            cancel.check()
        progress(start, len(uids), outcome.label)
        if edit.field in keeping.Place._fields:
            left |= keeping.places(recording.register, uids[start : start + _CHUNK])
        recording.update_many(Household, edit.field, uids[start : start + _CHUNK], lambda _uid, old: edit.after(old))
    if left:
        keeping.follow(recording, left, {edit.field: edit.after(None)})


def _refuse_no_address(register: Register, outcome: Outcome, cancel: CancelToken | None) -> None:
    """A household needs a room or at least a building, as in the form."""
    edit, uids = outcome.edit, outcome.changing
    if edit.field != "building" or edit.after("") != "":
        return
    for start in range(0, len(uids), _CHUNK):
        if cancel is not None:
            cancel.check()
        homeless = Household.select(Household.head).where(
            Household.uid.in_(uids[start : start + _CHUNK]) & (Household.room == "")
        )
        head = register.value(homeless.limit(1))
        if head is not None:
            raise UserError(f"{head}一户没有房号，清空楼栋就没有住址了，没有改动任何一户。")
