"""Invented records for tests: each call makes one, and only what a test is about has to be said."""

import datetime
from itertools import count
from typing import Any

from gridapp.areas import tree
from gridapp.areas.model import Level
from gridapp.households.model import Household, Resident
from gridapp.ids import Uid
from gridapp.issues import history
from gridapp.issues.deadlines import due_on, end_of
from gridapp.issues.model import Issue, Reporter
from gridapp.issues.states import State
from gridapp.issues.workflow import Step
from gridapp.register import Register
from gridapp.store.record import Record
from gridapp.tasks.model import Task
from gridapp.teams.model import Absence, Member, Pairing, Service
from gridapp.visits.model import Visit

GRID = "120104003001003"
PATH = ("南开区", "兴南街道", "紫光苑社区", "第三网格")

_numbers = count(1)


def make_area(register: Register, code: str, *names: str) -> Uid:
    """The area with this code and those above it; names from the district down, invented where not told."""
    level = tree.level_of(code)
    told = names or tuple(f"{part}{code}" for part in ("区", "街道", "社区", "网格"))[:level]
    with register.recording("新建区域") as recording:
        tree.add(recording, code, told)
    return tree.find(register, code).uid


def make_grid(register: Register, code: str = GRID, name: str | None = None) -> Uid:
    """A grid, with its community, street and district under the names that go with their codes."""
    names = [_name(code[:length]) for length in (6, 9, 12)]
    return make_area(register, code, *names, name or _name(code))


def make_household(register: Register, area: Uid, **values: Any) -> Uid:
    number = next(_numbers)
    defaults = {"estate": "盛欣园", "building": "3", "entrance": "2", "room": str(100 + number), "head": f"马{number}"}
    return insert(register, Household, area=area, **{**defaults, **values})


def make_resident(register: Register, household: Uid, **values: Any) -> Uid:
    return insert(register, Resident, household=household, **{"name": f"李{next(_numbers)}", **values})


def make_member(register: Register, **values: Any) -> Uid:
    return insert(register, Member, **{"name": f"王{next(_numbers)}", **values})


def make_service(register: Register, member: Uid, area: Uid, role: str = "grid_worker", **values: Any) -> Uid:
    return insert(register, Service, member=member, area=area, role=role, **values)


def make_absence(register: Register, member: Uid, since: datetime.date, **values: Any) -> Uid:
    return insert(register, Absence, member=member, since=since, **values)


def make_pairing(register: Register, member: Uid, household: Uid, **values: Any) -> Uid:
    told = {"since": datetime.date(2020, 6, 1), **values}
    return insert(register, Pairing, member=member, household=household, **told)


def make_visit(register: Register, household: Uid, **values: Any) -> Uid:
    return insert(register, Visit, household=household, **{"visited_on": datetime.date(2020, 8, 19), **values})


def make_issue(register: Register, area: Uid, reporter: str = "", phone: str = "", **values: Any) -> Uid:
    """An issue that somebody raised. It has come as far as its days tell."""
    number = next(_numbers)
    told = {"level": Level.GRID, "registered_on": datetime.date(2020, 8, 19), **values}
    resolved, back = told.get("resolved_on"), told.get("reported_back_on")
    state = State.REPORTED_BACK if back else State.RESOLVED if resolved else State.REGISTERED
    defaults = {
        "number": f"2020-{number:05}",
        "description": "楼道灯不亮",
        "state": int(state),
        "due_at": end_of(due_on(Level(told["level"]), told["registered_on"])),
    }
    row = {**defaults, **told, "level": int(told["level"])}
    person = {"household": row.get("household"), "name": reporter, "phone": phone}
    days = {"reported_on": row["registered_on"], "reported_back_on": back}
    with register.recording("登记民意") as recording:
        uid = recording.insert(Issue, area=area, **row)
        recording.insert(Reporter, issue=uid, **person, **days)
        old = None
        for step, reached, day in (
            (Step.REGISTER, State.REGISTERED, row["registered_on"]),
            (Step.RESOLVE, State.RESOLVED, resolved),
            (Step.REPORT_BACK, State.REPORTED_BACK, back),
        ):
            if day is not None:
                at = datetime.datetime.combine(day, datetime.time())
                history.append(recording, uid, step, old, reached, at, "资料员")
                old = reached
    return uid


def make_task(register: Register, area: Uid, **values: Any) -> Uid:
    return insert(register, Task, area=area, **{"title": f"任务{next(_numbers)}", **values})


def insert(register: Register, model: type[Record], **values: Any) -> Uid:
    """One row as a batch of its own."""
    with register.recording("登记") as recording:
        return recording.insert(model, **values)


def _name(code: str) -> str:
    known = {GRID[:6]: PATH[0], GRID[:9]: PATH[1], GRID[:12]: PATH[2], GRID: PATH[3]}
    suffix = {6: "区", 9: "街道", 12: "社区", 15: "网格"}[len(code)]
    return known.get(code, f"第{int(code[-3:])}{suffix}")
