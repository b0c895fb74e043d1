"""What is to be done in each kind of emergency: an area's own plan, the nearest above, or the one of the program."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from gridapp.areas.model import CODE_LENGTHS, Area, Level
from gridapp.emergency.model import KIND_NAMES, EmergencyPlan
from gridapp.errors import UserError
from gridapp.households.categories import BY_KEY
from gridapp.ids import Uid
from gridapp.store.changes import Recording
from gridapp.store.register import Register
from gridapp.teams.model import TEAM_ROLES

LONGEST_TITLE = 200
LONGEST_TEXT = 2_000
MOST_STEPS = 60
MOST_SEATS = 9
SHIFTS = (4, 6, 8, 12, 24)
"""How many hours a shift may have, so that shifts change at the same times each day."""

LEVELS = (Level.GRID, Level.COMMUNITY, Level.STREET)
"""At which levels a step can be one task."""

_ROLES = {role.key: role for role in TEAM_ROLES}
_LATEST = 30 * 24 * 60
_MINUTES_OF_DAY = 24 * 60


@dataclass(frozen=True)
class Step:
    """One thing to be done.

    Attributes:
        role: the key of the role that does it.
        within: minutes from the moment on which the emergency is called.
        level: each area of this level has a task of its own.
        for_whom: keys of the categories whose households it is about; all where there are none.
    """

    title: str
    role: str
    within: int
    level: Level = Level.GRID
    for_whom: tuple[str, ...] = ()
    note: str = ""

    @property
    def whom_text(self) -> str:
        """``孤老户、独居``; empty where it is about all."""
        return "、".join(BY_KEY[key].name for key in self.for_whom if key in BY_KEY)

    @property
    def within_text(self) -> str:
        """``30分钟内``, ``2小时内``, ``1天内``."""
        if self.within % _MINUTES_OF_DAY == 0:
            return f"{self.within // _MINUTES_OF_DAY}天内"
        return f"{self.within // 60}小时内" if self.within % 60 == 0 else f"{self.within}分钟内"


@dataclass(frozen=True)
class Plan:
    """What is to be done in a kind of emergency.

    Attributes:
        trigger: when it is called.
        shift_hours: how long one is on duty; ``seats``: how many are at once in each grid.
        report_at: until when each day is reported, ``17:00``.
        call_first: keys of the categories whose households are called before all others, in this order.
        duty_roles: keys of the roles that take turns on duty.
    """

    kind: str
    name: str
    trigger: str
    steps: tuple[Step, ...]
    shift_hours: int = 8
    seats: int = 1
    report_at: str = "17:00"
    call_first: tuple[str, ...] = ("lonely_elderly", "living_alone", "special_group")
    duty_roles: tuple[str, ...] = ("grid_worker", "agency_official", "street_official")


@dataclass(frozen=True)
class Held:
    """The plan that an area follows, and from where it has it.

    Attributes:
        uid, area_code, area_name: the area that it was written for; nothing where it comes with the program.
    """

    plan: Plan
    uid: Uid | None = None
    area_code: str = ""
    area_name: str = ""

    @property
    def is_template(self) -> bool:
        return self.uid is None


@cache
def template(kind: str) -> Plan:
    """The plan that comes with the program.

    Raises:
        UserError: there is no such kind.
    """
    if kind not in KIND_NAMES:
        raise UserError(f"没有“{kind}”这种应急情形。可以是：{'、'.join(KIND_NAMES.values())}。")
    return read(kind, (files("resources.emergency") / f"{kind}.json").read_text(encoding="utf-8"))


def plan_of(register: Register, code: str, kind: str) -> Held:
    """The plan that an area follows: its own, or the nearest above, or the one that comes with the program."""
    above = [code[:length] for length in CODE_LENGTHS.values() if length <= len(code)]
    query = (
        EmergencyPlan.select(EmergencyPlan.uid, EmergencyPlan.body, Area.code, Area.name)
        .join(Area, on=(Area.uid == EmergencyPlan.area))
        .where((EmergencyPlan.kind == kind) & Area.code.in_(above))
        .order_by(Area.code.desc(), EmergencyPlan.uid)
    )
    row = register.first(query.tuples())
    if row is None:
        return Held(template(kind))
    uid, body, held_by, name = row
    return Held(read(kind, body), bytes(uid), held_by, name)


def own(register: Register, area: Uid, kind: str) -> Plan | None:
    """The plan that was written for just this area; None where there is none."""
    query = EmergencyPlan.select(EmergencyPlan.body).where(_same(area, kind)).order_by(EmergencyPlan.uid)
    body = register.value(query)
    return read(kind, body) if body is not None else None


def save(register: Register, area: Uid, plan: Plan, base: Plan | None = None) -> str:
    """Write an area's own plan, and return what was done, in words.

    Args:
        base: its own plan as it had been read; None where it had none.

    Raises:
        UserError: the plan cannot be so, the area has been deleted, or somebody else has written one meanwhile.
        Conflict: somebody else has changed it.
    """
    tidy = checked(plan)
    name = register.value(Area.select(Area.name).where(Area.uid == area))
    if name is None:
        raise UserError("这个区域已被删除，请另选一个。")
    label = f"{'修改' if base else '编写'}{name}的{KIND_NAMES[plan.kind]}预案"
    with register.recording(label) as recording:
        uid = _own_uid(register, area, plan.kind)
        if uid is None:
            recording.insert(EmergencyPlan, area=area, kind=plan.kind, body=written(tidy))
        elif base is None:
            raise UserError(f"{name}刚由别人写了这份预案，请先查看。")
        else:
            recording.update(EmergencyPlan, uid, {"body": written(tidy)}, {"body": written(base)})
    return label


def reset(register: Register, area: Uid, kind: str) -> str:
    """Give up an area's own plan, so that it follows the one above it again, and return it in words.

    Raises:
        UserError: it has none of its own.
    """
    name = register.value(Area.select(Area.name).where(Area.uid == area)) or ""
    label = f"恢复{name}的{KIND_NAMES[kind]}预案"
    with register.recording(label) as recording:
        uid = _own_uid(register, area, kind)
        if uid is None:
            raise UserError(f"{name}没有自己的{KIND_NAMES[kind]}预案，现在用的就是上级或系统的预案。")
        recording.delete(EmergencyPlan, uid)
    return label


def hand_over(recording: Recording, gone: Uid, kept: Uid) -> None:
    """Of two areas that become one, let the one that stays keep its plans; it takes those that it has not."""
    register = recording.register
    query = EmergencyPlan.select(EmergencyPlan.uid, EmergencyPlan.kind).where(EmergencyPlan.area == gone)
    for uid, kind in register.all(query.order_by(EmergencyPlan.uid).tuples()):
        if _own_uid(register, kept, kind) is None:
            recording.update(EmergencyPlan, uid, {"area": kept})
        else:
            recording.delete(EmergencyPlan, uid)


def copy(recording: Recording, area: Uid, new: Uid) -> None:
    """Let an area that is split off another follow the same plans."""
    query = EmergencyPlan.select(EmergencyPlan.kind, EmergencyPlan.body).where(EmergencyPlan.area == area)
    for kind, body in recording.register.all(query.order_by(EmergencyPlan.uid).tuples()):
        recording.insert(EmergencyPlan, area=new, kind=kind, body=body)


def read(kind: str, text: str) -> Plan:
    """A plan as the register keeps it, or as it comes with the program."""
    told: dict[str, Any] = json.loads(text)
    steps = tuple(
        Step(
            *(one["title"], one["role"], one["within"], Level[one["level"].upper()]),
            *(tuple(one.get("for_whom", ())), one.get("note", "")),
        )
        for one in told["steps"]
    )
    return Plan(
        *(kind, told["name"], told["trigger"], steps),
        *(told["shift_hours"], told["seats"], told["report_at"]),
        *(tuple(told["call_first"]), tuple(told["duty_roles"])),
    )


def written(plan: Plan) -> str:
    """The inverse of ``read``."""
    steps = [
        {
            "title": step.title,
            "role": step.role,
            "within": step.within,
            "level": step.level.name.lower(),
            **({"for_whom": list(step.for_whom)} if step.for_whom else {}),
            **({"note": step.note} if step.note else {}),
        }
        for step in plan.steps
    ]
    told = {
        "name": plan.name,
        "trigger": plan.trigger,
        "shift_hours": plan.shift_hours,
        "seats": plan.seats,
        "report_at": plan.report_at,
        "call_first": list(plan.call_first),
        "duty_roles": list(plan.duty_roles),
        "steps": steps,
    }
    return json.dumps(told, ensure_ascii=False)


def checked(plan: Plan) -> Plan:
    """The plan without needless blanks.

    Raises:
        UserError: something in it cannot be.
    """
    if plan.kind not in KIND_NAMES:
        template(plan.kind)
    name = " ".join(plan.name.split())
    if not name:
        raise UserError("请填写预案的名称。")
    _refuse_long(name, "预案的名称", LONGEST_TITLE)
    _refuse_long(plan.trigger, "启动条件", LONGEST_TEXT)
    if not plan.steps:
        raise UserError("预案至少要有一项处置步骤。")
    if len(plan.steps) > MOST_STEPS:
        raise UserError(f"预案最多{MOST_STEPS}项步骤，现有{len(plan.steps)}项。")
    if plan.shift_hours not in SHIFTS:
        raise UserError(f"每班应为{'、'.join(map(str, SHIFTS))}小时之一，这样每天在同一时间换班。")
    if not 1 <= plan.seats <= MOST_SEATS:
        raise UserError(f"每班人数应在1到{MOST_SEATS}之间。")
    _refuse_keys(plan.call_first, BY_KEY, "分类")
    _refuse_keys(plan.duty_roles, _ROLES, "职务")
    if not plan.duty_roles:
        raise UserError("请选定哪些职务参加值班。")
    steps = tuple(_checked_step(step, number) for number, step in enumerate(plan.steps, 1))
    return replace(plan, name=name, trigger=plan.trigger.strip(), steps=steps, report_at=clock_text(plan.report_at))


def clock_text(typed: str) -> str:
    """A time of day as ``17:00``: also of ``9:5``, ``1730`` and full-width colons.

    Raises:
        UserError: it is none.
    """
    plain = typed.strip().replace("：", ":").replace("点", ":").rstrip(":")
    hour, colon, minute = plain.partition(":")
    if not colon and plain.isdigit():
        hour, minute = (plain[:-2], plain[-2:]) if len(plain) > 2 else (plain, "0")
    is_clock = hour.isascii() and hour.isdigit() and minute.isascii() and minute.isdigit()
    if is_clock and int(hour) < 24 and int(minute) < 60:
        return f"{int(hour):02}:{int(minute):02}"
    raise UserError(f"时间“{typed.strip()}”看不懂，请写成“17:00”这样。")


def _checked_step(step: Step, number: int) -> Step:
    title = " ".join(step.title.split())
    if not title:
        raise UserError(f"第{number}项步骤没有写要做什么。")
    _refuse_long(title, f"第{number}项步骤", LONGEST_TITLE)
    _refuse_long(step.note, f"第{number}项步骤的说明", LONGEST_TEXT)
    if step.role not in _ROLES:
        raise UserError(f"第{number}项步骤“{title}”没有选负责的职务。")
    if not 1 <= step.within <= _LATEST:
        raise UserError(f"第{number}项步骤“{title}”的时限应在1分钟到30天之间。")
    if step.level not in LEVELS:
        raise UserError(f"第{number}项步骤“{title}”应由网格、社区或街道完成。")
    _refuse_keys(step.for_whom, BY_KEY, "分类")
    return replace(step, title=title, note=step.note.strip())


def _refuse_long(text: str, what: str, most: int) -> None:
    if len(text) > most:
        raise UserError(f"{what}最多{most:,}个字，现有{len(text):,}个。")


def _refuse_keys(keys: Sequence[str], known: Mapping[str, object], what: str) -> None:
    unknown = [key for key in keys if key not in known]
    if unknown:
        raise UserError(f"没有这种{what}：{'、'.join(unknown)}。")
    if len(set(keys)) < len(keys):
        raise UserError(f"同一种{what}写了两次，请去掉一个。")


def _same(area: Uid, kind: str) -> Any:
    return (EmergencyPlan.area == area) & (EmergencyPlan.kind == kind)


def _own_uid(register: Register, area: Uid, kind: str) -> Uid | None:
    return register.value(EmergencyPlan.select(EmergencyPlan.uid).where(_same(area, kind)).order_by(EmergencyPlan.uid))
