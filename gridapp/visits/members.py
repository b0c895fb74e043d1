"""Who goes along on a visit: names as they are typed, who may be meant, and how many ought to go."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from gridapp.areas import tree
from gridapp.areas.model import CODE_LENGTHS, Area
from gridapp.households import pinyin
from gridapp.store.register import Register
from gridapp.teams.model import ROLES, Member, Service
from gridapp.teams.presence import is_away

BETWEEN = "、"
LEAST = 2
"""A grid worker does not go alone: the team of 1 + 2 goes together, and at least two of it."""

_BETWEEN_TYPED = re.compile(r"[、,，;；/\s]+")
_ORDER = {role.key: position for position, role in enumerate(ROLES)}
_NAMES = {role.key: role.name for role in ROLES}
_MOST = 500


@dataclass(frozen=True)
class Visitor:
    """Somebody who may go along: ``words`` are those by which one finds the name."""

    name: str
    role: str
    words: tuple[str, ...]

    def is_meant(self, typed: str) -> bool:
        """Whether what was typed begins the name or its initials, or is a part of it."""
        needle = typed.strip().lower()
        return bool(needle) and any(
            word.startswith(needle) if word.isascii() else needle in word for word in self.words
        )


def names_in(text: str) -> list[str]:
    """The names in a text, each once, in its order; between them may stand what people type there."""
    return list(dict.fromkeys(name for name in _BETWEEN_TYPED.split(text) if name))


def joined(names: Sequence[str]) -> str:
    """Names as the register keeps them: ``小刘、老何``."""
    return BETWEEN.join(names)


def company_remark(members: str) -> str:
    """What is to be pointed out of how many went; empty if nothing is, or nobody is named."""
    count = len(names_in(members))
    return f"仅{count}人" if 0 < count < LEAST else ""


def visitors(register: Register, codes: Sequence[str]) -> list[Visitor]:
    """Who may visit households of these grids: those who serve there, and then those of the areas above.

    Where there are several grids, those of all the grids of the area that they lie in.
    """
    shared = common_code(codes)
    if not shared:
        return []
    above = [shared[:length] for length in CODE_LENGTHS.values() if length <= len(shared)]
    query = (
        Service.select(Member.name, Service.role, Area.code)
        .join(Area, on=(Area.uid == Service.area))
        .switch(Service)
        .join(Member, on=(Member.uid == Service.member))
        .where((Area.code.in_(above) | tree.within(shared)) & Service.serves() & ~is_away(datetime.date.today()))
        .order_by(Area.code.desc(), Service.uid)
        .limit(_MOST)
    )
    rows = sorted(register.all(query.tuples()), key=lambda row: (-len(row[2]), _ORDER[row[1]]))
    found: dict[str, Visitor] = {}
    for name, role, _code in rows:
        words = (name.lower(), pinyin.initials(name), pinyin.full(name).replace(" ", ""))
        found.setdefault(name, Visitor(name, _NAMES[role], words))
    return list(found.values())


def common_code(codes: Sequence[str]) -> str:
    """The code of the smallest area in which all of these lie; empty if there is none."""
    if not codes:
        return ""
    first, last = min(codes), max(codes)
    for length in sorted(CODE_LENGTHS.values(), reverse=True):
        if len(first) >= length and first[:length] == last[:length]:
            return first[:length]
    return ""
