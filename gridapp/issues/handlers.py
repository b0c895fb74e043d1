"""Who can handle an issue: the members of the teams of its area and those above, and the offices of the categories."""

import datetime
from dataclasses import dataclass

from gridapp.areas.model import CODE_LENGTHS, Area
from gridapp.ids import Uid
from gridapp.issues import categories
from gridapp.store.register import Register
from gridapp.teams import presence
from gridapp.teams.model import ROLE_BY_KEY, Member, Service


@dataclass(frozen=True)
class Handler:
    """A member of a team, or an office by its name alone."""

    name: str
    detail: str
    member: Uid | None = None


def offered(register: Register, area_code: str, category: str = "") -> list[Handler]:
    """The office that usually handles a category first, then people from the nearest team up, then other offices."""
    sorts = categories.of(register)
    offices = dict.fromkeys(one.department for one in sorts if one.department)
    usual = sorts.get(category)
    first = usual.department if usual is not None else ""
    found = [Handler(first, "")] if first else []
    found += _people(register, area_code)
    return [*found, *(Handler(name, "") for name in offices if name != first)]


def _people(register: Register, area_code: str) -> list[Handler]:
    codes = [area_code[:length] for length in CODE_LENGTHS.values() if length <= len(area_code)]
    query = (
        Service.select(Member.uid, Member.name, Service.role, Area.name)
        .join(Area, on=(Area.uid == Service.area))
        .switch(Service)
        .join(Member, on=(Member.uid == Service.member))
        .where(Area.code.in_(codes) & Service.serves())
        .order_by(Area.code.desc(), Service.uid)
    )
    rows = register.all(query.tuples())
    away = presence.absences_of(register, [row[0] for row in rows], datetime.date.today())
    found: dict[Uid, Handler] = {}
    for uid, name, role, area in rows:
        told = [f"{area} {ROLE_BY_KEY[role].name}", *(one.text for one in away.get(bytes(uid), ()))]
        found.setdefault(bytes(uid), Handler(name, "  ".join(told), bytes(uid)))
    return sorted(found.values(), key=lambda one: one.member in away)
