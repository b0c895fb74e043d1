"""Taking a building's record out to edit it, saying what is wrong with it, and putting it back."""

import dataclasses
import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gridapp.buildings.model import Building
from gridapp.buildings.seen import Seen
from gridapp.errors import UserError
from gridapp.households import address
from gridapp.households.editing import Problem
from gridapp.ids import Uid
from gridapp.store.register import Register

NUMBERS = {"storeys": "层数", "entrances": "楼门数", "rooms_a_storey": "每门每层户数", "built_in": "建成年份"}
ANSWERS = {"lift": "电梯", "gas": "燃气"}
TEXTS = {"property_company": "物业公司", "property_phone": "物业电话", "note": "备注"}
FIELD_NAMES = {**NUMBERS, **ANSWERS, **TEXTS}
"""What the fields are called on screen: numbers, what can be answered with yes or no, and texts."""

_MOST = {"storeys": 99, "entrances": 60, "rooms_a_storey": 60}
_MOST_ROOMS = 3_000
_OLDEST = 1900
_LONGEST = {"property_company": 120, "property_phone": 60, "note": 5_000}
_UNIT = re.compile(r"\s*[层门户年]$")
_PHONE = re.compile(r"[\d\s+()（）\-—－转、，,/]*")
_FEWEST_DIGITS = 5


@dataclass(frozen=True)
class BuildingDraft:
    """A building's record as the editor holds it; ``uid`` is None until it is first saved."""

    area: Uid
    estate: str
    building: str
    uid: Uid | None = None
    storeys: int | None = None
    entrances: int | None = None
    rooms_a_storey: int | None = None
    lift: bool | None = None
    built_in: int | None = None
    property_company: str = ""
    property_phone: str = ""
    gas: bool | None = None
    note: str = ""

    @property
    def label(self) -> str:
        """``盛欣园3号楼``."""
        return building_name(self.estate, self.building)

    @property
    def values(self) -> dict[str, Any]:
        """The facts by name."""
        return {name: getattr(self, name) for name in FIELD_NAMES}

    def is_blank(self) -> bool:
        return all(value in (None, "") for value in self.values.values())


def building_name(estate: str, building: str) -> str:
    """A building as one says it: ``盛欣园3号楼``."""
    return estate + address.building_label(building) or "未写明楼栋"


def load(register: Register, area: Uid, estate: str, building: str) -> BuildingDraft:
    """The record of a building, or a blank one."""
    bare = address.bare_building(building)
    same = (Building.area == area) & (Building.estate == estate) & (Building.building == bare)
    columns = [Building.fields()[field.name] for field in dataclasses.fields(BuildingDraft)]
    row = register.first(Building.select(*columns).where(same).dicts())
    return BuildingDraft(**row) if row is not None else BuildingDraft(area, estate, bare)


def typed(draft: BuildingDraft, texts: Mapping[str, str]) -> tuple[BuildingDraft, list[Problem]]:
    """A draft with what was typed into its fields, and what of that is no number."""
    values: dict[str, Any] = {}
    wrong = []
    for name, text in texts.items():
        if name not in NUMBERS:
            values[name] = text.strip() if name == "note" else " ".join(text.split())
            continue
        number = _UNIT.sub("", text.strip())
        if number and not number.isdecimal():
            wrong.append(Problem(name, f"{NUMBERS[name]}应为数字"))
        else:
            values[name] = int(number) if number else None
    return dataclasses.replace(draft, **values), wrong


def problems(draft: BuildingDraft, seen: Seen | None = None, today: datetime.date | None = None) -> list[Problem]:
    """Everything that is wrong with a draft, blocking or not.

    Args:
        seen: what its households tell, which is pointed out where the record says less.
    """
    found = []
    for name, most in _MOST.items():
        value = getattr(draft, name)
        if value is not None and not 1 <= value <= most:
            found.append(Problem(name, f"{NUMBERS[name]}应在1到{most}之间"))
    shape = (draft.storeys, draft.entrances or 1, draft.rooms_a_storey)
    if not found and None not in shape:
        rooms = (draft.storeys or 0) * (draft.entrances or 1) * (draft.rooms_a_storey or 0)
        if rooms > _MOST_ROOMS:
            found.append(Problem("rooms_a_storey", f"照此应有{rooms:,}户，一栋楼最多{_MOST_ROOMS:,}户，请核对"))
    year = (today or datetime.date.today()).year
    if draft.built_in is not None and not _OLDEST <= draft.built_in <= year:
        found.append(Problem("built_in", f"建成年份应在{_OLDEST}到{year}之间"))
    if draft.property_phone and not _is_phone(draft.property_phone):
        found.append(Problem("property_phone", "电话应由数字组成，至少5位"))
    for name, longest in _LONGEST.items():
        if len(getattr(draft, name)) > longest:
            found.append(Problem(name, f"最多{longest}个字，现有{len(getattr(draft, name))}个"))
    return found + (_less_than_seen(draft, seen) if seen is not None and not found else [])


def save(register: Register, draft: BuildingDraft, base: BuildingDraft) -> str:
    """Write a draft as one batch, and return what was done, in words.

    Args:
        base: the draft as it was loaded; what others changed since in a field that is changed here too is a conflict.

    Raises:
        UserError: something blocking is wrong with it, it says nothing, or a colleague has just made the record.
        Conflict: somebody else changed the same field meanwhile.
    """
    blocking = [problem.text for problem in problems(draft) if problem.blocking]
    if blocking:
        raise UserError("；".join(blocking))
    label = f"{'修改' if draft.uid else '登记'}{draft.label}楼栋档案"
    with register.recording(label) as recording:
        if draft.uid is not None:
            before = base.values
            changed = {name: value for name, value in draft.values.items() if value != before[name]}
            recording.update(Building, draft.uid, changed, before)
        elif draft.is_blank():
            raise UserError("还没有填写任何内容，没有登记楼栋档案。")
        elif load(register, draft.area, draft.estate, draft.building).uid is not None:
            raise UserError("这栋楼的档案刚被别人登记，请关闭后重新打开核对。")
        else:
            values = {"area": draft.area, "estate": draft.estate, "building": draft.building, **draft.values}
            recording.insert(Building, **values)
    return label


def delete(register: Register, draft: BuildingDraft) -> str:
    """Delete the record of a building, whose households stay, and return what was done, in words."""
    label = f"删除{draft.label}楼栋档案"
    if draft.uid is None:
        raise UserError("这栋楼还没有档案。")
    with register.recording(label) as recording:
        recording.delete(Building, draft.uid)
    return label


def _is_phone(text: str) -> bool:
    return bool(_PHONE.fullmatch(text)) and sum(one.isdigit() for one in text) >= _FEWEST_DIGITS


def _less_than_seen(draft: BuildingDraft, seen: Seen) -> list[Problem]:
    found = []
    for name, unit in (("storeys", "层"), ("entrances", "个楼门"), ("rooms_a_storey", "户")):
        value, known = getattr(draft, name), getattr(seen, name)
        if value is not None and known is not None and value < known:
            text = f"住户登记到{known}{unit}，比这里多，请核对"
            found.append(Problem(name, text, blocking=False))
    return found
