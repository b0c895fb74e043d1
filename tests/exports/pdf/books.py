"""Invented handbooks for tests of their layout, without a register."""

import datetime
from dataclasses import replace
from typing import Any

from gridapp.handbook.content import Entry, Handbook
from gridapp.households.categories import to_mask
from gridapp.teams.model import ROLE_BY_KEY
from gridapp.teams.roster import Serving

ENTRY = Entry(
    conditions="",
    kind="residential",
    estate="盛欣园",
    building="3",
    entrance="2",
    room="501",
    head="马一",
    people=3,
    phone="13800000000",
    emergency_contact="",
    note="",
    categories=to_mask(["permanent_resident"]),
)
EMPTY = Handbook(
    code="120104003001003",
    area_path=("南开区", "兴南街道", "紫光苑社区", "第三网格"),
    issued_on=datetime.date(2020, 8, 30),
    team=(),
    leaders=(),
    entries=(),
)


def entry(**values: Any) -> Entry:
    return replace(ENTRY, **values)


def book(*entries: Entry, **values: Any) -> Handbook:
    return replace(EMPTY, entries=entries, **values)


def serving(role: str, name: str, unit: str = "", duty: str = "", phone: str = "") -> Serving:
    return Serving(ROLE_BY_KEY[role], name, unit, duty, phone)
