"""Editing the people of the service teams: taking one out, saying what is wrong, putting it back, deleting."""

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass

from peewee import ForeignKeyField

from gridapp.attachments.changing import remove_with
from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.intake.phones import phone_of
from gridapp.store.changes import Recording
from gridapp.store.record import Record
from gridapp.store.register import Register
from gridapp.teams.model import Member

_LONGEST = 120
_LONGEST_NOTE = 5_000
_GONE = "这位队员已被删除。"
_BETWEEN_SKILLS = re.compile(r"[、,，;；/\n]+")
_TOLD = {
    "name": "姓名",
    "phone": "电话",
    "unit": "单位",
    "duty": "职务",
    "party_branch": "党支部",
    "skills": "特长",
    "note": "备注",
}
_IN_THE_WAY = {"service": "任职", "pairing": "结对", "absence": "离岗记录", "issue": "经办的民意"}


@dataclass
class MemberDraft:
    """A member as a form holds it; ``skills`` are words with 、 between."""

    name: str = ""
    phone: str = ""
    unit: str = ""
    duty: str = ""
    party_branch: str = ""
    skills: str = ""
    note: str = ""


_FIELDS = [field.name for field in dataclasses.fields(MemberDraft)]


@dataclass(frozen=True)
class Problem:
    """What is wrong with one field of a draft; it has to be mended before saving."""

    field: str
    text: str


def load(register: Register, uid: Uid) -> MemberDraft:
    """A member ready to be edited.

    Raises:
        UserError: it has been deleted.
    """
    row = register.first(Member.select().where(Member.uid == uid).dicts())
    if row is None:
        raise UserError(_GONE)
    return MemberDraft(**{name: row[name] for name in _FIELDS})


def tidied(draft: MemberDraft) -> MemberDraft:
    """The draft as it will be saved: blanks trimmed, each skill once, the phone as all phones are kept."""
    lines = {name: " ".join(getattr(draft, name).split()) for name in _FIELDS}
    phone = phone_of(lines["phone"])
    lines["phone"] = phone.number if not phone.remark else lines["phone"]
    lines["skills"] = "、".join(skills_in(draft.skills))
    return MemberDraft(**{**lines, "note": draft.note.strip()})


def skills_in(text: str) -> list[str]:
    """The words of a list of skills, each once, in its order."""
    return list(dict.fromkeys(filter(None, (" ".join(part.split()) for part in _BETWEEN_SKILLS.split(text)))))


def problems(draft: MemberDraft, base: MemberDraft | None = None) -> list[Problem]:
    """Everything that keeps a draft from being saved.

    Args:
        base: the draft as it was loaded; a phone that stood there as it is may stay.
    """
    tidy = tidied(draft)
    found = [] if tidy.name else [Problem("name", "请填写姓名")]
    for name, told in _TOLD.items():
        longest = _LONGEST_NOTE if name == "note" else _LONGEST
        length = len(getattr(tidy, name))
        if length > longest:
            found.append(Problem(name, f"{told}最多{longest:,}个字，现有{length:,}个"))
    is_new = base is None or tidied(base).phone != tidy.phone
    if tidy.phone and is_new and phone_of(tidy.phone).doubtful:
        found.append(Problem("phone", f"“{tidy.phone}”不是完整的电话号码"))
    return found


def create(register: Register, draft: MemberDraft) -> tuple[Uid, str]:
    """Register a member, and return the uid and what was done, in words.

    Raises:
        UserError: something is wrong with the draft.
    """
    values = _checked(draft, None)
    label = f"登记队员{values['name']}"
    with register.recording(label) as recording:
        return recording.insert(Member, **values), label


def save(register: Register, uid: Uid, draft: MemberDraft, base: MemberDraft) -> str:
    """Write what was changed of a member, and return what was done, in words.

    Args:
        base: the draft as it had been loaded.

    Raises:
        UserError: something is wrong with the draft, or the member has been deleted.
        Conflict: somebody else has changed the same.
    """
    values = _checked(draft, base)
    before = dataclasses.asdict(base)
    label = f"修改队员{values['name']}"
    with register.recording(label) as recording:
        _refuse_deleted(recording, uid)
        recording.update(Member, uid, {name: one for name, one in values.items() if one != before[name]}, before)
    return label


def delete(register: Register, uid: Uid) -> str:
    """Delete a member to whom nothing refers, with the photo, and return what was done, in words.

    Raises:
        UserError: there are services, pairings, absences or issues of the member, which would be lost.
    """
    name = load(register, uid).name
    label = f"删除队员{name}"
    with register.recording(label) as recording:
        _refuse_deleted(recording, uid)
        if found := list(_referring(register, uid)):
            raise UserError(f"{name}还有{'、'.join(found)}，不能删除；不再服务的，请结束任职。")
        remove_with(recording, [uid])
        recording.delete(Member, uid)
    return label


def name_of(register: Register, uid: Uid) -> str:
    """The name of a member.

    Raises:
        UserError: it has been deleted.
    """
    return load(register, uid).name


def _checked(draft: MemberDraft, base: MemberDraft | None) -> dict[str, str]:
    if wrong := problems(draft, base):
        raise UserError("；".join(one.text for one in wrong) + "。")
    return dataclasses.asdict(tidied(draft))


def _refuse_deleted(recording: Recording, uid: Uid) -> None:
    if recording.read(Member, uid) is None:
        raise UserError(_GONE)


def _referring(register: Register, uid: Uid) -> Iterator[str]:
    """What refers to a member, in words; read from the models, so that a table that is added is not forgotten."""
    for model in register.tables.values():
        if any(register.first(model.select().where(field == uid)) is not None for field in _to_members(model)):
            yield _IN_THE_WAY.get(model.table(), "其他记录")


def _to_members(model: type[Record]) -> Iterator[ForeignKeyField]:
    for field in model.fields().values():
        if isinstance(field, ForeignKeyField) and field.rel_model is Member:
            yield field
