"""Who serves an area, and whether the team is complete."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from gridapp.areas.model import Area
from gridapp.store.register import Register
from gridapp.teams.model import ROLE_BY_KEY, ROLES, Member, Role, Service

_ORDER = {role.key: position for position, role in enumerate(ROLES)}


@dataclass(frozen=True)
class Serving:
    """One member of a team in one role."""

    role: Role
    name: str
    unit: str
    duty: str
    phone: str


def roster(register: Register, code: str) -> list[Serving]:
    """Those who serve in exactly this area now, in the order of roles."""
    query = (
        Service.select(Service.role, Member.name, Member.unit, Member.duty, Member.phone)
        .join(Area, on=(Area.uid == Service.area))
        .switch(Service)
        .join(Member, on=(Member.uid == Service.member))
        .where((Area.code == code) & Service.until.is_null())
        .order_by(Service.uid)
    )
    found = [Serving(ROLE_BY_KEY[role], *rest) for role, *rest in register.each(query)]
    return sorted(found, key=lambda one: _ORDER[one.role.key])


def strength(team: Sequence[Serving]) -> str:
    """The team as ``1 + 2 + N`` with what it has: ``1 + 2 + 6``."""
    parts = Counter(one.role.part for one in team)
    return f"{parts[1]} + {parts[2]} + {parts[0]}"


def is_complete(team: Sequence[Serving]) -> bool:
    """Whether there are one grid worker and two officials."""
    parts = Counter(one.role.part for one in team)
    return parts[1] >= 1 and parts[2] >= 2
