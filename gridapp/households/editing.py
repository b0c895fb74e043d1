"""Taking a household out to edit it, saying what is wrong with it, and putting it back."""

import dataclasses
import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from gridapp.emergency.model import EmergencyCall
from gridapp.errors import UserError
from gridapp.households import address, credit_codes, id_numbers, words
from gridapp.households.model import ENTERPRISE, HEAD, RESIDENTIAL, Household, Resident
from gridapp.ids import Uid
from gridapp.issues.model import Issue, Reporter
from gridapp.progress import CancelToken, Progress, silent
from gridapp.store.changes import Recording
from gridapp.store.register import Register
from gridapp.teams.model import Pairing, PairingContact
from gridapp.visits.model import Visit

_CHUNK = 500
_LONGEST = 120
_LONGEST_NOTE = 5_000
_MOST_PEOPLE = 9_999


@dataclass
class ResidentDraft:
    """A resident as the form holds it; ``uid`` is None until it is first saved."""

    uid: Uid | None = None
    name: str = ""
    relation: str = ""
    sex: str = ""
    birth_date: datetime.date | None = None
    id_number: str = ""
    phone: str = ""
    party_member: bool = False
    conditions: str = ""
    note: str = ""

    def is_empty(self) -> bool:
        """Whether it says nothing of anybody; how somebody is related says nothing without a name."""
        return self == ResidentDraft(relation=self.relation)


@dataclass
class HouseholdDraft:
    """A household as the form holds it; ``uid`` is None until it is first saved.

    Attributes:
        residents: those who have not left.
        left_on, left_how: when and how the household as a whole has left; read, and never saved.
    """

    area: Uid
    uid: Uid | None = None
    kind: str = RESIDENTIAL
    estate: str = ""
    building: str = ""
    entrance: str = ""
    floor: str = ""
    room: str = ""
    head: str = ""
    phone: str = ""
    people: int | None = None
    emergency_contact: str = ""
    credit_code: str = ""
    categories: int = 0
    note: str = ""
    residents: list[ResidentDraft] = field(default_factory=list)
    left_on: datetime.date | None = None
    left_how: str = ""

    @property
    def is_past(self) -> bool:
        """Whether the household has left."""
        return self.left_on is not None

    def copy(self) -> "HouseholdDraft":
        return dataclasses.replace(self, residents=[dataclasses.replace(one) for one in self.residents])


@dataclass(frozen=True)
class Problem:
    """What is wrong with one field.

    Attributes:
        field: the field's name in the draft.
        blocking: whether it has to be mended before saving; else it is pointed out and kept.
        resident: position of the resident it concerns, or None for the household itself.
    """

    field: str
    text: str
    blocking: bool = True
    resident: int | None = None


_NOT_SAVED = ("uid", "residents", "left_on", "left_how")
_HOUSEHOLD_FIELDS = [f.name for f in dataclasses.fields(HouseholdDraft) if f.name not in _NOT_SAVED]
RESIDENT_FIELDS = [f.name for f in dataclasses.fields(ResidentDraft) if f.name != "uid"]
"""Names of the fields of a resident that the form holds."""


def load(register: Register, uid: Uid) -> HouseholdDraft:
    """A household with its residents, ready to be edited.

    Raises:
        UserError: it has been deleted.
    """
    row = register.first(Household.select().where(Household.uid == uid).dicts())
    if row is None:
        raise UserError("这一户已被删除。")
    here = (Resident.household == uid) & Resident.is_here()
    residents = Resident.select().where(here).order_by(Resident.position, Resident.uid)
    return HouseholdDraft(
        uid=uid,
        **{name: row[name] for name in (*_HOUSEHOLD_FIELDS, "left_on", "left_how")},
        residents=[
            ResidentDraft(uid=one["uid"], **{name: one[name] for name in RESIDENT_FIELDS})
            for one in register.all(residents.dicts())
        ],
    )


def tidied(draft: HouseholdDraft) -> HouseholdDraft:
    """The draft as it will be saved: blanks trimmed, empty residents left out, what follows from facts filled in."""
    kept = [_tidied_resident(one) for one in draft.residents]
    household = dataclasses.replace(
        draft,
        **{name: _clean(getattr(draft, name)) for name in _HOUSEHOLD_FIELDS if name != "note"},
        note=draft.note.replace("\0", "").strip(),
        residents=[one for one in kept if not one.is_empty()],
    )
    household.floor = household.floor or address.floor_of(household.room)
    household.credit_code = credit_codes.normalized(draft.credit_code) if draft.kind == ENTERPRISE else ""
    return household


def problems(draft: HouseholdDraft, today: datetime.date | None = None) -> list[Problem]:
    """Everything that is wrong with a draft as it would be saved, blocking or not."""
    today = today or datetime.date.today()
    residents = draft.residents  # problems name their positions as they stand here
    draft = tidied(draft)
    found: list[Problem] = []
    if not draft.room and not draft.building:
        found.append(Problem("room", "请填写房号，或至少填写楼栋"))
    if not draft.head:
        found.append(Problem("head", "请填写户主姓名或单位名称"))
    if draft.people is not None and not 0 <= draft.people <= _MOST_PEOPLE:
        found.append(Problem("people", f"人数应在0到{_MOST_PEOPLE}之间"))
    wrong = credit_codes.problem(draft.credit_code)
    if wrong:
        found.append(Problem("credit_code", wrong, blocking=False))
    found.extend(_too_long(draft, _HOUSEHOLD_FIELDS, None))
    numbers: set[str] = set()
    for position, resident in enumerate(map(_tidied_resident, residents)):
        if not resident.is_empty():
            found.extend(_resident_problems(resident, position, numbers, today))
    return found


def save(register: Register, draft: HouseholdDraft, base: HouseholdDraft | None, label: str | None = None) -> Uid:
    """Write a draft as one batch and return the household's uid.

    Args:
        base: the draft as it was loaded; what others changed since in a field that is changed here too is a conflict.

    Raises:
        UserError: something blocking is wrong with it, or the household has left.
        Conflict: somebody else changed the same field meanwhile.
    """
    tidy = tidied(draft)
    blocking = [problem for problem in problems(draft) if problem.blocking]
    if blocking:
        raise UserError("；".join(problem.text for problem in blocking))
    values = {name: getattr(tidy, name) for name in _HOUSEHOLD_FIELDS}
    where = address.short_label(tidy.building, tidy.entrance, tidy.room)
    with register.recording(label or f"{'修改' if tidy.uid else '登记'} {where} {tidy.head}") as recording:
        if tidy.uid is None:
            uid = recording.insert(Household, **values)
        else:
            uid = tidy.uid
            refuse_past(register, [uid])
            expected = {name: getattr(base, name) for name in _HOUSEHOLD_FIELDS} if base else None
            recording.update(Household, uid, _changed(values, expected), expected)
        _save_residents(recording, uid, tidy.residents, base.residents if base else [])
    return uid


def delete(
    register: Register,
    uids: Sequence[Uid],
    label: str | None = None,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> None:
    """Delete households with their residents and pairings, as one batch. Issues raised by them stay, without one.

    Raises:
        UserError: one of them has visits on record, which would be lost, or has been deleted.
        Cancelled: the token was set; all of them are still there.
    """
    label = label or f"删除 {len(uids)} 户"
    with register.recording(label) as recording:
        for done in range(0, len(uids), _CHUNK):
            if cancel is not None:
                cancel.check()
            progress(done, len(uids), label)
            _delete(recording, uids[done : done + _CHUNK])


def _delete(recording: Recording, uids: Sequence[Uid]) -> None:
    register = recording.register
    visited = (
        Household.select(Household.head)
        .join(Visit, on=(Visit.household == Household.uid))
        .where(Household.uid.in_(uids))
        .order_by(Household.address_key)
    )
    head = register.value(visited.limit(1))
    if head is not None:
        raise UserError(f"{head}一户有走访记录，不能删除，没有删除任何一户；请改用“整户迁出”。")
    called = Household.select(Household.head).join(EmergencyCall, on=(EmergencyCall.household == Household.uid))
    head = register.value(called.where(Household.uid.in_(uids)).order_by(Household.address_key).limit(1))
    if head is not None:
        raise UserError(f"{head}一户有应急联系记录，不能删除，没有删除任何一户；请改用“整户迁出”。")
    made = PairingContact.select(PairingContact.uid).join(Pairing, on=(Pairing.uid == PairingContact.pairing))
    contacts = [uid for (uid,) in register.all(made.where(Pairing.household.in_(uids)).tuples())]
    for start in range(0, len(contacts), _CHUNK):
        recording.delete_many(PairingContact, contacts[start : start + _CHUNK])
    owned: tuple[type[Resident | Pairing], ...] = (Resident, Pairing)
    for model in owned:
        rows = register.all(model.select(model.uid).where(model.household.in_(uids)).tuples())
        for start in range(0, len(rows), _CHUNK):
            recording.delete_many(model, [uid for (uid,) in rows[start : start + _CHUNK]])
    naming: tuple[type[Issue | Reporter], ...] = (Issue, Reporter)
    for named in naming:
        for (uid,) in register.all(named.select(named.uid).where(named.household.in_(uids)).tuples()):
            recording.update(named, uid, {"household": None})
    # What had gone over into one of them has gone nowhere now, and can come back.
    for (uid,) in register.all(Household.select(Household.uid).where(Household.merged_into.in_(uids)).tuples()):
        recording.update(Household, uid, {"merged_into": None})
    if recording.delete_many(Household, uids) != len(uids):
        raise UserError("所选的住户中有的已被别人删除，请重新选择。")


def refuse_past(register: Register, uids: Sequence[Uid]) -> None:
    """Refuse to write into households, at most some hundred, of which one has left.

    Raises:
        UserError: the first of them that has.
    """
    columns = (Household.head, Household.left_how, Household.left_on)
    query = Household.select(*columns).where(Household.uid.in_(uids) & ~Household.is_here())
    found = register.first(query.order_by(Household.address_key).tuples())
    if found is not None:
        raise UserError(past_text(*found))


def past_text(head: str, how: str, on: datetime.date | None) -> str:
    """Why nothing is written into a household that has left."""
    return f"{head}一户{words.left_text(how, on)}，不能再修改；请先恢复这一户。"


def _save_residents(
    recording: Recording, household: Uid, residents: Sequence[ResidentDraft], base: Sequence[ResidentDraft]
) -> None:
    before = {one.uid: one for one in base}
    for position, resident in enumerate(residents):
        values = {name: getattr(resident, name) for name in RESIDENT_FIELDS}
        if resident.uid is None:
            recording.insert(Resident, household=household, position=position, **values)
            continue
        old = before.get(resident.uid)
        expected = {name: getattr(old, name) for name in RESIDENT_FIELDS} if old else None
        recording.update(Resident, resident.uid, {**_changed(values, expected), "position": position}, expected)
    kept = {one.uid for one in residents}
    for uid in before:
        if uid is not None and uid not in kept:
            recording.delete(Resident, uid)


def _changed(values: dict[str, Any], base: dict[str, Any] | None) -> dict[str, Any]:
    # Only what the user touched is written, so that a colleague's change to another field survives.
    return values if base is None else {name: value for name, value in values.items() if base[name] != value}


def _tidied_resident(resident: ResidentDraft) -> ResidentDraft:
    tidy = dataclasses.replace(resident, **{name: _clean(getattr(resident, name)) for name in RESIDENT_FIELDS})
    tidy.id_number = id_numbers.normalized(tidy.id_number)
    facts = id_numbers.facts(tidy.id_number)
    if facts is not None:
        tidy.sex, tidy.birth_date = facts.sex, facts.birth_date
    return tidy


def _resident_problems(
    resident: ResidentDraft, position: int, numbers: set[str], today: datetime.date
) -> list[Problem]:
    found = _too_long(resident, RESIDENT_FIELDS, position)
    if not resident.name:
        found.append(Problem("name", "请填写姓名", resident=position))
    wrong = id_numbers.problem(resident.id_number)
    if wrong:
        found.append(Problem("id_number", wrong, blocking=False, resident=position))
    if resident.id_number and resident.id_number in numbers:
        found.append(Problem("id_number", "同一户中有相同的身份证号", blocking=False, resident=position))
    numbers.add(resident.id_number)
    if resident.birth_date is not None and resident.birth_date > today:
        found.append(Problem("birth_date", "出生日期在今天之后", resident=position))
    return found


def _too_long(draft: HouseholdDraft | ResidentDraft, names: Sequence[str], resident: int | None) -> list[Problem]:
    found = []
    for name in names:
        value = getattr(draft, name)
        longest = _LONGEST_NOTE if name == "note" else _LONGEST
        if isinstance(value, str) and len(value) > longest:
            found.append(Problem(name, f"最多{longest}个字，现有{len(value)}个", resident=resident))
    return found


def _clean(value: Any) -> Any:
    """Pasted text without its line breaks, tabs and outer blanks; other values as they are."""
    return " ".join(value.replace("\0", "").split()) if isinstance(value, str) else value


def is_head(resident: ResidentDraft) -> bool:
    return resident.relation == HEAD
