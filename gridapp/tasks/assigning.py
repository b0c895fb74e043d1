"""Whom a task can be for: those who serve in an area and around it, and the roles that they have."""

from collections.abc import Sequence
from dataclasses import dataclass

from gridapp.areas.model import CODE_LENGTHS, Area
from gridapp.households import pinyin
from gridapp.store.register import Register
from gridapp.tasks.listing import IS_OPEN, in_scope
from gridapp.tasks.model import Task
from gridapp.teams.model import TEAM_ROLES, Member, Service


@dataclass(frozen=True)
class Assignable:
    """A role, or somebody by name.

    Attributes:
        role: the key of a role; empty for somebody by name.
        told: what that one does, and where.
    """

    name: str
    role: str = ""
    told: str = ""

    @property
    def initials(self) -> str:
        return pinyin.initials(self.name)


def assignable(register: Register, code: str) -> list[Assignable]:
    """The roles, then those who serve in an area or around it, the nearest first."""
    above = [code[:length] for length in CODE_LENGTHS.values() if length <= len(code)]
    query = (
        Service.select(Member.name, Service.role, Area.name)
        .join(Area, on=(Area.uid == Service.area))
        .switch(Service)
        .join(Member, on=(Member.uid == Service.member))
        .where(Area.code.in_(above) & Service.serves())
        .order_by(Area.code.desc(), Service.uid)
    )
    names = {role.key: role.name for role in TEAM_ROLES}
    people: dict[str, Assignable] = {}
    for name, role, place in register.all(query.tuples()):
        people.setdefault(name, Assignable(name, "", f"{place} {names.get(role, '')}".strip()))
    return [*(Assignable(role.name, role.key) for role in TEAM_ROLES), *people.values()]


def assigned(register: Register, code: str) -> list[Assignable]:
    """Whom the tasks to be done in an area and around it are for: roles in their order, then names."""
    query = (
        Task.select(Task.assignee, Task.role)
        .join(Area, on=(Area.uid == Task.area))
        .where(in_scope(code, True) & IS_OPEN)
        .distinct()
    )
    found = register.all(query.tuples())
    keys = {role for assignee, role in found if not assignee}
    names = sorted({assignee for assignee, _role in found if assignee}, key=pinyin.initials)
    return [*(Assignable(role.name, role.key) for role in TEAM_ROLES if role.key in keys), *map(Assignable, names)]


def read(typed: str, known: Sequence[Assignable] = ()) -> tuple[str, str]:
    """The name and the role that somebody typed, one of them empty: a role by its name, somebody known by initials."""
    text = " ".join(typed.split())
    for role in TEAM_ROLES:
        if text == role.name:
            return "", role.key
    alike = {one for one in known if text.isascii() and text and one.initials == text.lower()}
    if len(alike) == 1:
        one = alike.pop()
        return ("", one.role) if one.role else (one.name, "")
    return text, ""
