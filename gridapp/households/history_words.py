"""What the change log says of a household, its residents and its pairings, in words."""

import datetime
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from gridapp.areas.model import Area
from gridapp.households import address, words
from gridapp.households.family_steps import verb
from gridapp.households.model import KIND_NAMES, Household, Resident
from gridapp.ids import Uid
from gridapp.store.changes import decode_value
from gridapp.store.log import DELETED, INSERTED, Change
from gridapp.store.register import Register
from gridapp.teams.model import Pairing, PairingContact

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
    "moved_in_on": "迁入日期",
    "since": "结对日期",
    "promises": "承诺",
}
"""What the fields of households, residents and pairings are called on screen."""

_Model = type[Household] | type[Resident] | type[Pairing] | type[PairingContact]
_MODELS: dict[str, _Model] = {model.table(): model for model in (Household, Resident, Pairing, PairingContact)}

_SILENT = {"position"}  # it says where a row stands in a list and nothing of the person
_EMPTY = "空"


class Words:
    """Says changes in words; reads once what the values refer to."""

    def __init__(self, register: Register, household: Uid, names: dict[Uid, str], changes: Sequence[Change]) -> None:
        """Read what the changes refer to.

        Args:
            household: the one whose history is told; who comes and goes is seen from there.
            names: what the records are called that they are about.
        """
        self._household = household
        self._names = names
        self._absorbed = {change.record for change in changes if change.record_table == Household.table()} - {household}
        areas = _values(changes, Household, "area")
        homes = _values(changes, Resident, "household") | _values(changes, Household, "merged_into")
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
                found.extend(self._updates(list(run)))
            elif table == Household.table():
                found.append("登记这一户" if kind == INSERTED else "删除这一户")
            elif table == Pairing.table():
                who = "、".join(self._names.get(change.record) or "队员" for change in run)
                found.append(f"{'结对' if kind == INSERTED else '撤销结对'}：{who}")
            elif table == PairingContact.table():
                who = "、".join(self._names.get(change.record) or "队员" for change in run)
                found.append(f"{'登记联系' if kind == INSERTED else '撤销联系'}：{who}")
            else:
                who = "、".join(self._names.get(change.record) or "居民" for change in run)
                found.append(f"{'添加' if kind == INSERTED else '移除'}居民：{who}")
        return found

    def _updates(self, changes: Sequence[Change]) -> Iterator[str]:
        """What happened to each record in one line, where several fields tell it, and then its other fields."""
        for record, run in groupby(changes, key=lambda change: change.record):
            of_record = list(run)
            deed, told = self._deed(record, {str(change.field): change for change in of_record})
            if deed:
                yield deed
            if record not in self._absorbed:
                yield from (self._update(one) for one in of_record if one.field not in told | _SILENT)

    def _deed(self, record: Uid, changes: dict[str, Change]) -> tuple[str, set[str]]:
        """What a record's changes together mean of coming and going, and the fields that this tells."""
        name = self._names.get(record, "")
        until = changes.get("until")
        if until is not None:  # which pairings alone have
            day = _new(until)
            return (f"解除结对：{name}（{day.isoformat()}）" if day else f"恢复结对：{name}"), {"until"}
        values = {field: _new(change) for field, change in changes.items()}
        day = values.get("moved_in_on")
        if "household" in changes:
            new, old = values["household"], _old(changes["household"])
            said = f"从 {self._home(old)} 转入" if new == self._household else f"移到 {self._home(new)}"
            return _joined(name, said, day), {"household", "moved_in_on"}
        if "left_on" not in changes:
            if "merged_into" not in changes:
                return "", set()
            into = values["merged_into"]  # that one was deleted, or this was taken back
            return "并入的一户已删除" if into is None else f"并入 {self._home(into)}", {"merged_into"}
        told = {"left_on", "left_how", "merged_into"}
        left_on = values["left_on"]
        if left_on is None:
            return _joined(name, "回来" if day else "恢复", day), told | {"moved_in_on"}
        into = values.get("merged_into")
        if into == self._household:
            return _joined(name, "并入这一户", left_on), told
        if into is not None:
            return _joined("", f"并入 {self._home(into)}", left_on), told
        how = verb(str(values.get("left_how") or ""))
        return _joined(name, how if name else f"整户{how}", left_on), told

    def _home(self, uid: Uid) -> str:
        return self._homes.get(uid, "已删除的一户")

    def _update(self, change: Change) -> str:
        field = str(change.field)
        old, new = self._text(field, _old(change)), self._text(field, _new(change))
        name = self._names.get(change.record, "")
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
            return self._home(value)
        if isinstance(value, datetime.date):
            return value.isoformat()
        return str(value)


def _new(change: Change) -> Any:
    return decode_value(_model(change), str(change.field), str(change.new))


def _old(change: Change) -> Any:
    return decode_value(_model(change), str(change.field), str(change.old))


def _model(change: Change) -> _Model:
    return _MODELS[change.record_table]


def _joined(name: str, deed: str, day: datetime.date | None) -> str:
    return " ".join(filter(None, (name, deed, day.isoformat() if day else "")))


def _values(changes: Sequence[Change], model: type[Household | Resident], field: str) -> set[Uid]:
    mine = [change for change in changes if change.field == field and change.record_table == model.table()]
    return {decode_value(model, field, str(text)) for change in mine for text in (change.old, change.new)}
