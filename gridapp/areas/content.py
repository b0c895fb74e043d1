"""What stands in an area: everything in the register that refers to it."""

from collections.abc import Iterator

from peewee import ForeignKeyField, fn

from gridapp.areas.model import Area
from gridapp.ids import Uid
from gridapp.store.changes import Recording
from gridapp.store.record import Record
from gridapp.store.register import Register

_CHUNK = 500
_COUNTED = {
    "area": "{} 个下级区域",
    "household": "{} 户",
    "building": "{} 份楼栋档案",
    "site_plan": "{} 张平面图",
    "service": "{} 条服务队任职",
    "issue": "{} 条民意",
    "task": "{} 项任务",
    "work_plan": "{} 份工作方案",
    "emergency": "{} 次应急响应",
    "emergency_plan": "{} 份应急预案",
    "duty": "{} 班应急值守",
    "emergency_report": "{} 份应急日报",
}


def content_text(register: Register, area: Uid) -> str:
    """What stands in an area, counted in words: ``20 户、3 条服务队任职``; empty if nothing does."""
    found = []
    for model, name in _references(register):
        count = register.value(model.select(fn.COUNT(model.uid)).where(model.fields()[name] == area))
        if count:
            found.append(_COUNTED.get(model.table(), "{} 条其他记录").format(f"{count:,}"))
    return "、".join(found)


def hand_over(recording: Recording, area: Uid, other: Uid) -> None:
    """Let everything that stands in an area stand in another, but for areas below it, whose codes have to follow."""
    for model, name in _references(recording.register):
        if model is Area:
            continue
        query = model.select(model.uid).where(model.fields()[name] == area).order_by(model.uid)
        uids = [uid for (uid,) in recording.register.all(query.tuples())]
        for start in range(0, len(uids), _CHUNK):
            recording.update_many(model, name, uids[start : start + _CHUNK], lambda _uid, _was: other)


def _references(register: Register) -> Iterator[tuple[type[Record], str]]:
    """Every field of a table that names an area, so that a table that is added is not forgotten here."""
    for model in register.tables.values():
        for name, field in model.fields().items():
            if isinstance(field, ForeignKeyField) and field.rel_model is Area:
                yield model, name
