"""The work plan of an area: its own, or the nearest above, which it has as long as it has none of its own."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from gridapp.areas import tree
from gridapp.areas.model import CODE_LENGTHS, LEVEL_NAMES, Area, Level
from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.store.changes import Recording
from gridapp.store.register import Register
from gridapp.tasks import plan_text
from gridapp.tasks.model import WorkPlan
from gridapp.tasks.plan_text import Block
from gridapp.teams.model import ROLE_BY_KEY, Member, Service

LONGEST_TITLE = 120
LONGEST_BODY = 50_000
_NAMED = ("grid_worker", "grid_leader")
_FIELDS = ("title", "body", "since", "note")


@dataclass(frozen=True)
class Plan:
    """A plan with the area that it was written for."""

    uid: Uid
    area: Uid
    area_code: str
    area_name: str
    title: str
    body: str
    since: datetime.date | None
    note: str


@dataclass
class PlanDraft:
    """What can be told of a plan; ``body`` as ``plan_text`` reads it."""

    title: str = ""
    body: str = ""
    since: datetime.date | None = None
    note: str = ""


@dataclass(frozen=True)
class Template:
    """A text to begin with; its fields are filled in where it is read."""

    title: str
    body: str


def plan_of(register: Register, code: str) -> Plan | None:
    """The plan that an area works by: the nearest upwards, its own first; None where nobody has written one."""
    query = (
        WorkPlan.select(
            *(WorkPlan.uid, Area.uid, Area.code, Area.name),
            *(WorkPlan.title, WorkPlan.body, WorkPlan.since, WorkPlan.note),
        )
        .join(Area, on=(Area.uid == WorkPlan.area))
        .where(Area.code.in_([code[:length] for length in CODE_LENGTHS.values() if length <= len(code)]))
        .order_by(Area.code.desc())
    )
    row = register.first(query.tuples())
    return Plan(*row) if row else None


def save(register: Register, area: Uid, draft: PlanDraft, base: PlanDraft | None = None) -> str:
    """Write the own plan of an area, the one that it has or its first, and return what was done, in words.

    Args:
        base: what its own plan held as it had been read; None where it had none.

    Raises:
        UserError: title or text are empty or too long, or the area has been deleted.
        Conflict: somebody else has changed the same.
    """
    values = _checked(draft)
    name = register.value(Area.select(Area.name).where(Area.uid == area))
    if name is None:
        raise UserError("这个区域已被删除，请另选一个。")
    label = f"{'修改' if base else '编写'}{name}的工作方案"
    with register.recording(label) as recording:
        own = _own(register, area)
        if own is None:
            recording.insert(WorkPlan, area=area, **values)
        elif base is None:
            raise UserError(f"{name}刚由别人写了工作方案，请先查看。")
        else:
            recording.update(WorkPlan, own, values, {field: getattr(base, field) for field in _FIELDS})
    return label


def give_up(register: Register, area: Uid) -> str:
    """Delete the own plan of an area, so that it goes back to the one above it, and return it in words.

    Raises:
        UserError: it has none of its own.
    """
    name = register.value(Area.select(Area.name).where(Area.uid == area)) or ""
    label = f"删除{name}自己的工作方案"
    with register.recording(label) as recording:
        own = _own(register, area)
        if own is None:
            raise UserError(f"{name}没有自己的工作方案。")
        recording.delete(WorkPlan, own)
    return label


def hand_over(recording: Recording, gone: Uid, kept: Uid) -> None:
    """Of two areas that become one, let the one that stays keep its plan; it takes the other's where it has none."""
    register = recording.register
    plan = _own(register, gone)
    if plan is None:
        return
    if _own(register, kept) is None:
        recording.update(WorkPlan, plan, {"area": kept})
    else:
        recording.delete(WorkPlan, plan)


def copy(recording: Recording, area: Uid, new: Uid) -> None:
    """Let an area that is split off another work by the same plan."""
    own = _own(recording.register, area)
    row = recording.read(WorkPlan, own) if own is not None else None
    if row is not None:
        recording.insert(WorkPlan, area=new, **{field: row[field] for field in _FIELDS})


def fields_of(register: Register, code: str) -> dict[str, str]:
    """What the fields of a plan say where it is read in an area: names of areas, and who serves there.

    Below the area itself it is said of all: a community's own plan says ``各网格``.
    """
    path = tree.path_of(register, code)
    found = {name: f"各{name}" for level, name in LEVEL_NAMES.items() if level > Level.DISTRICT}
    found[LEVEL_NAMES[Level.DISTRICT]] = "本区"
    found.update({LEVEL_NAMES[Level(area.level)]: area.name for area in path})
    found.update({"网格员": "网格员", "网格长": "网格长"})
    found.update(_serving(register, [area.uid for area in path]))
    return found


def filled(plan: Plan, fields: Mapping[str, str]) -> tuple[str, list[Block]]:
    """Title and text of a plan as they are read in an area."""
    return plan_text.filled(plan.title, fields), plan_text.fill(plan_text.parse(plan.body), fields)


@cache
def templates() -> tuple[Template, ...]:
    """The texts of ``resources/plans``: the first line of each is its title."""
    found = []
    for file in sorted(files("resources.plans").iterdir(), key=lambda one: one.name):
        if file.name.endswith(".md"):
            title, _, body = file.read_text(encoding="utf-8").partition("\n")
            found.append(Template(title.lstrip("# ").strip(), plan_text.write(plan_text.parse(body))))
    return tuple(found)


def _serving(register: Register, areas: Sequence[Uid]) -> dict[str, str]:
    """Names of the grid workers and grid leaders of the lowest area that has any, by what their roles are called.

    Who only stands in for somebody is not named: a plan holds for longer.
    """
    query = (
        Service.select(Service.role, Area.code, Member.name)
        .join(Area, on=(Area.uid == Service.area))
        .switch(Service)
        .join(Member, on=(Member.uid == Service.member))
        .where(Area.uid.in_(list(areas)) & Service.role.in_(_NAMED) & Service.serves() & Service.absence.is_null())
        .order_by(Area.code, Service.uid)
    )
    found: dict[str, dict[str, list[str]]] = {}
    for role, code, name in register.all(query.tuples()):
        found.setdefault(ROLE_BY_KEY[role].name, {}).setdefault(code, []).append(name)
    return {role: "、".join(list(places.values())[-1]) for role, places in found.items()}


def _own(register: Register, area: Uid) -> Uid | None:
    return register.value(WorkPlan.select(WorkPlan.uid).where(WorkPlan.area == area))


def _checked(draft: PlanDraft) -> dict[str, object]:
    title = " ".join(draft.title.split())
    body = plan_text.write(plan_text.parse(draft.body))
    if not title:
        raise UserError("请填写工作方案的标题。")
    if len(title) > LONGEST_TITLE:
        raise UserError(f"标题最多{LONGEST_TITLE}个字，现有{len(title)}个。")
    if not body:
        raise UserError("请填写工作方案的正文，也可以从模板开始。")
    if len(body) > LONGEST_BODY:
        raise UserError(f"正文最多{LONGEST_BODY:,}个字，现有{len(body):,}个。")
    return {"title": title, "body": body, "since": draft.since, "note": draft.note.strip()}
