"""Invented records for tests: each call makes one, and only what a test is about has to be said."""

import datetime
from itertools import count
from typing import Any

from gridapp.areas import tree
from gridapp.households.model import Household, Resident
from gridapp.ids import Uid
from gridapp.issues.model import Issue
from gridapp.register import Register
from gridapp.store.record import Record
from gridapp.tasks.model import Task
from gridapp.teams.model import Member, Pairing, Service
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


def make_pairing(register: Register, member: Uid, household: Uid, **values: Any) -> Uid:
    told = {"since": datetime.date(2020, 6, 1), **values}
    return insert(register, Pairing, member=member, household=household, **told)


def make_visit(register: Register, household: Uid, **values: Any) -> Uid:
    return insert(register, Visit, household=household, **{"visited_on": datetime.date(2020, 8, 19), **values})


def make_issue(register: Register, area: Uid, **values: Any) -> Uid:
    number = next(_numbers)
    defaults = {
        "number": f"2020-{number:05}",
        "level": int(tree.Level.GRID),
        "description": "楼道灯不亮",
        "registered_on": datetime.date(2020, 8, 19),
    }
    return insert(register, Issue, area=area, **{**defaults, **values})


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
