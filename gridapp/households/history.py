"""Who changed what of a household, its residents and its pairings, and when, in words."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import peewee
from peewee import fn

from gridapp.areas.model import Area
from gridapp.households import address, words
from gridapp.households.model import KIND_NAMES, Household, Resident
from gridapp.ids import Uid
from gridapp.store import dialects
from gridapp.store.changes import decode_value
from gridapp.store.clock import wall_time
from gridapp.store.log import DELETED, INSERTED, Batch, Change
from gridapp.store.register import Register
from gridapp.teams.model import Member, Pairing

FIELD_NAMES = {
    "area": "所在网格",
    "kind": "类型",
    "estate": "小区",
    "building": "楼栋",
    "entrance": "楼门",
    "floor": "层",
    "room": "房号",
    "head": "户主或单位",
    "phone": "电话",
    "people": "人数",
    "emergency_contact": "紧急联系人",
    "credit_code": "统一社会信用代码",
    "categories": "分类",
    "note": "备注",
    "household": "所在户",
    "name": "姓名",
    "id_number": "身份证号",
    "sex": "性别",
    "birth_date": "出生日期",
    "relation": "与户主关系",
    "party_member": "党员",
    "conditions": "特殊情况",
    "since": "结对日期",
}
"""What the fields of households, residents and pairings are called on screen."""

_MODELS: dict[str, type[Household | Resident | Pairing]] = {
    model.table(): model for model in (Household, Resident, Pairing)
}
_SILENT = {"position"}  # it says where a row stands in a list and nothing of the person
_EMPTY = "空"


@dataclass(frozen=True)
class Entry:
    """What one batch did to the household.

    Attributes:
        lines: each change in words: ``电话：空 → 13800000000``.
        undone: whether it has been taken back since, and not been done again.
    """

    batch: int
    moment: datetime.datetime
    actor: str
    label: str
    lines: tuple[str, ...]
    undone: bool


def count(register: Register, household: Uid) -> int:
    """How many entries there are."""
    return len(_batches(register, list(_people(register, household))))


def entries(register: Register, household: Uid, limit: int) -> list[Entry]:
    """At most ``limit`` entries, the newest first."""
    names = _people(register, household)
    batches = _batches(register, list(names))[:limit]
    if not batches:
        return []
    told = {batch.id: batch for batch in register.all(Batch.select().where(Batch.id.in_(batches)))}
    undone = _undone(register, batches)
    # Batches are picked here: asked for theirs, an engine might read all that an import wrote in one.
    by_batch: dict[int, list[Change]] = {batch: [] for batch in batches}
    for change in register.all(Change.select().where(Change.record.in_(list(names)))):
        if change.batch in by_batch:
            by_batch[change.batch].append(change)
    for part in by_batch.values():
        part.sort(key=lambda change: change.seq)
    say = _Words(register, names, [change for part in by_batch.values() for change in part])
    return [
        Entry(
            batch,
            datetime.datetime.fromtimestamp(wall_time(told[batch].hlc)),
            told[batch].actor,
            told[batch].label,
            tuple(say.lines(by_batch[batch])),
            batch in undone,
        )
        for batch in batches
    ]


def changes_of(records: Sequence[Uid]) -> peewee.Select:
    """The query for the batches that touched one of these rows, by the index on records alone."""
    return Change.select(Change.batch).where(Change.record.in_(records))


def deleted_from(database: peewee.Database, household: Uid) -> peewee.Select:
    """The query for the rows that were deleted from a household, by the index on deletions."""
    owner = dialects.json_text(database, "old", "household")
    columns = (Change.record_table, Change.record, Change.old)
    return Change.select(*columns).where(peewee.SQL("kind = 'd'") & (owner == household.hex()))


def _people(register: Register, household: Uid) -> dict[Uid, str]:
    """The household, under an empty name, and who is or was a resident of it or paired with it, by uid of that row."""
    names: dict[Uid, str] = {household: ""}
    paired: dict[Uid, Uid] = {}
    for table, uid, old in register.all(deleted_from(register.db, household).order_by(Change.seq).tuples()):
        if table == Resident.table():
            names[uid] = str(Resident.load(old).get("name", ""))
        elif table == Pairing.table():
            paired[uid] = Pairing.load(old)["member"]
    residents = Resident.select(Resident.uid, Resident.name).where(Resident.household == household)
    names.update(register.all(residents.tuples()))
    pairings = Pairing.select(Pairing.uid, Pairing.member).where(Pairing.household == household)
    paired.update(register.all(pairings.tuples()))
    if paired:
        query = Member.select(Member.uid, Member.name).where(Member.uid.in_(set(paired.values())))
        members = dict(register.all(query.tuples()))
        names.update((uid, members.get(member, "")) for uid, member in paired.items())
    return names


def _batches(register: Register, records: Sequence[Uid]) -> list[int]:
    # Put in order here: asked for the newest, an engine might walk the whole log backwards instead.
    return sorted({batch for (batch,) in register.all(changes_of(records).tuples())}, reverse=True)


def _undone(register: Register, batches: Sequence[int]) -> set[int]:
    """Those of the batches that are taken back: by one that is not taken back itself."""
    answer: dict[int, int] = {}  # batch → the one that takes it back
    asked: Iterable[int] = batches
    while asked := [batch for batch in asked if batch not in answer]:
        query = Batch.select(Batch.undoes, fn.MAX(Batch.id)).where(Batch.undoes.in_(asked)).group_by(Batch.undoes)
        found = dict(register.all(query.tuples()))
        answer.update(found)
        asked = list(found.values())

    def is_undone(batch: int) -> bool:
        links = 0
        while batch in answer:
            batch, links = answer[batch], links + 1
        return links % 2 == 1

    return {batch for batch in batches if is_undone(batch)}


class _Words:
    """Says changes in words; reads once what the values refer to."""

    def __init__(self, register: Register, names: dict[Uid, str], changes: Sequence[Change]) -> None:
        self._names = names
        areas = _values(changes, Household, "area")
        homes = _values(changes, Resident, "household")
        self._areas: dict[Uid, str] = (
            dict(register.all(Area.select(Area.uid, Area.name).where(Area.uid.in_(areas)).tuples())) if areas else {}
        )
        place = (Household.uid, Household.estate, Household.building, Household.entrance, Household.room)
        rows = register.all(Household.select(*place).where(Household.uid.in_(homes)).tuples()) if homes else []
        self._homes: dict[Uid, str] = {uid: address.full_label(*door) for uid, *door in rows}

    def lines(self, changes: Sequence[Change]) -> list[str]:
        """One line a change, and one for all people who came or went together."""
        found: list[str] = []
        for (kind, table), run in groupby(changes, key=lambda change: (change.kind, change.record_table)):
            if kind not in (INSERTED, DELETED):
                found.extend(self._update(change) for change in run if change.field not in _SILENT)
            elif table == Household.table():
                found.append("登记这一户" if kind == INSERTED else "删除这一户")
            elif table == Pairing.table():
                who = "、".join(self._names.get(change.record) or "队员" for change in run)
                found.append(f"{'结对' if kind == INSERTED else '撤销结对'}：{who}")
            else:
                who = "、".join(self._names.get(change.record) or "居民" for change in run)
                found.append(f"{'添加' if kind == INSERTED else '移除'}居民：{who}")
        return found

    def _update(self, change: Change) -> str:
        model = _MODELS[change.record_table]
        field = str(change.field)
        old, new = (self._text(field, decode_value(model, field, str(text))) for text in (change.old, change.new))
        name = self._names.get(change.record, "")
        if model is Pairing and field == "until":
            return f"解除结对：{name}（{new}）" if old == _EMPTY else f"恢复结对：{name}"
        return f"{name + ' ' if name else ''}{FIELD_NAMES.get(field, field)}：{old} → {new}"

    def _text(self, field: str, value: Any) -> str:
        if field == "categories":
            return words.categories_text(value)
        if field == "party_member":
            return "是" if value else "否"
        if value in ("", None):
            return _EMPTY
        if field == "kind":
            return KIND_NAMES.get(value, value)
        if field == "people":
            return words.people_text(value)
        if field == "area":
            return self._areas.get(value, "已删除的网格")
        if field == "household":
            return self._homes.get(value, "已删除的一户")
        if isinstance(value, datetime.date):
            return value.isoformat()
        return str(value)


def _values(changes: Sequence[Change], model: type[Household | Resident], field: str) -> set[Uid]:
    mine = [change for change in changes if change.field == field and change.record_table == model.table()]
    return {decode_value(model, field, str(text)) for change in mine for text in (change.old, change.new)}
