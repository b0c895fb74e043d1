"""Who changed what of a building's record, and when, in words."""

import datetime
from collections.abc import Sequence
from typing import Any

from gridapp.areas.model import Area
from gridapp.buildings.editing import ANSWERS, FIELD_NAMES
from gridapp.buildings.model import Building
from gridapp.households.history import Entry
from gridapp.ids import Uid
from gridapp.store.changes import decode_value
from gridapp.store.clock import wall_time
from gridapp.store.log import DELETED, INSERTED, UPDATED, Batch, Change
from gridapp.store.register import Register
from gridapp.store.undo import taken_back

_PLACE_NAMES = {"area": "所在网格", "estate": "小区", "building": "楼栋"}
_EMPTY = "空"
_ANSWERED = {None: "不详", True: "有", False: "没有"}


def entries(register: Register, record: Uid, limit: int = 20) -> list[Entry]:
    """At most ``limit`` entries, the newest first."""
    changes = register.all(Change.select().where(Change.record == record).order_by(Change.seq))
    batches = sorted({change.batch for change in changes}, reverse=True)[:limit]
    told = {batch.id: batch for batch in register.all(Batch.select().where(Batch.id.in_(batches)))}
    undone = taken_back(register, batches)
    areas = dict(register.all(Area.select(Area.uid, Area.name).where(Area.uid.in_(_areas(changes))).tuples()))
    return [
        Entry(
            batch,
            datetime.datetime.fromtimestamp(wall_time(told[batch].hlc)),
            told[batch].actor,
            told[batch].label,
            # Two coordinates are one place.
            tuple(dict.fromkeys(_line(change, areas) for change in changes if change.batch == batch)),
            batch in undone,
        )
        for batch in batches
    ]


def value_text(field: str, value: Any) -> str:
    """A fact as people read it: ``有`` of a lift."""
    if field in ANSWERS:
        return _ANSWERED[value]
    return _EMPTY if value in (None, "") else str(value)


def _line(change: Change, areas: dict[Uid, str]) -> str:
    if change.kind in (INSERTED, DELETED):
        return "登记楼栋档案" if change.kind == INSERTED else "删除楼栋档案"
    field = str(change.field)
    if field in ("x", "y"):
        return "在平面图上移动"
    old, new = (decode_value(Building, field, str(text)) for text in (change.old, change.new))
    if field == "area":
        old, new = (areas.get(value, "已删除的网格") for value in (old, new))
    name = FIELD_NAMES.get(field) or _PLACE_NAMES.get(field, field)
    return f"{name}：{value_text(field, old)} → {value_text(field, new)}"


def _areas(changes: Sequence[Change]) -> list[Uid]:
    moved = [change for change in changes if change.kind == UPDATED and change.field == "area"]
    return [decode_value(Building, "area", str(text)) for change in moved for text in (change.old, change.new)]
