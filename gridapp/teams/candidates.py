"""Who may stand in in an area, of those in reserve and those who serve around it: the most fitting first, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import peewee
from peewee import SQL, fn

from gridapp.areas import tree
from gridapp.areas.model import CODE_LENGTHS, Area, Level
from gridapp.households.model import Household
from gridapp.ids import Uid
from gridapp.issues.model import Issue
from gridapp.issues.states import State
from gridapp.store.register import Register
from gridapp.teams.editing import skills_in
from gridapp.teams.following import Span, engaged
from gridapp.teams.model import RESERVE, ROLE_BY_KEY, Member, Role, Service

_CHUNK = 500
_WIDEST = CODE_LENGTHS[Level.STREET]
_COMMUNITY = CODE_LENGTHS[Level.COMMUNITY]
_FAR = 10**15
_OPEN = [int(state) for state in State if state.is_open]


@dataclass(frozen=True)
class Candidate:
    """Somebody who may stand in.

    Attributes:
        role: what the member does in ``place`` now, which may be to be in reserve.
        place: the area, with its community where that is another one than the one in which somebody is wanted.
        reason: why this one, in words.
        load: households and open issues for each member of the team there; None for one in reserve.
    """

    member: Uid
    name: str
    phone: str
    unit: str
    skills: str
    role: Role
    place: str
    reason: str
    load: int | None = None


@dataclass(frozen=True)
class Wanted:
    """Where somebody is wanted, in place of whom, as what, and on which days."""

    area: Uid
    code: str
    role: Role
    absent: Uid
    span: Span


@dataclass(frozen=True)
class _Row:
    """A service of somebody who is looked at."""

    member: Uid
    name: str
    phone: str
    unit: str
    skills: str
    role: Role
    area: Uid
    code: str
    place: str


def is_free(register: Register, member: Uid, area: Uid, span: Span) -> bool:
    """Whether a member can stand in in an area on all days of a span."""
    busy = engaged(register, [member], area).get(bytes(member), [])
    return all(span.cut(one).is_empty for one in busy)


def candidates_for(register: Register, wanted: Wanted, limit: int) -> list[Candidate]:
    """At most ``limit`` people who may do what somebody does who is away (see ``substitution.candidates``).

    Circles around the area are asked one after the other, only as far as it takes.
    """
    told = register.value(Member.select(Member.skills).where(Member.uid == wanted.absent))
    skills = set(skills_in(told or ""))
    found: dict[Uid, Candidate] = {}
    for here in _circles(wanted.code):
        for in_reserve in (True, False):
            rows = _rows(register, here, in_reserve, wanted)
            fresh = [one for one in rows if one.member not in found and one.member != bytes(wanted.absent)]
            for one in _ordered(register, _free(register, fresh, wanted), wanted, skills):
                found.setdefault(one.member, one)
            if len(found) >= limit:
                return list(found.values())[:limit]
    return list(found.values())


def _circles(code: str) -> Iterator[peewee.Expression]:
    """The conditions for the area itself, and for each area around it without the one before, up to the street."""
    inner: peewee.Expression | None = None
    for length in sorted(CODE_LENGTHS.values(), reverse=True):
        if _WIDEST <= length <= len(code):
            circle = tree.within(code[:length])
            yield circle if inner is None else circle & ~inner
            inner = circle


def _rows(register: Register, here: peewee.Expression, in_reserve: bool, wanted: Wanted) -> list[_Row]:
    roles = [RESERVE.key] if in_reserve else [key for key in ROLE_BY_KEY if _fit(wanted.role, key) is not None]
    first = wanted.span.since
    assert first is not None  # absences have a first day
    query = (
        Service.select(
            *(Member.uid, Member.name, Member.phone, Member.unit, Member.skills, Service.role),
            *(Area.uid, Area.code, Area.name),
        )
        .join(Area, on=(Area.uid == Service.area))
        .switch(Service)
        .join(Member, on=(Member.uid == Service.member))
        .where(here & Service.role.in_(roles) & Service.holds(first) & Service.absence.is_null())
        .order_by(Area.code, Service.uid)
    )
    found = register.all(query.tuples())
    around = tree.communities_of(register, {row[7] for row in found}, wanted.code)
    rows = []
    for member, name, phone, unit, skills, role, area, code, place in found:
        where = (bytes(area), code, around.get(code[:_COMMUNITY], "") + place)
        rows.append(_Row(bytes(member), name, phone, unit, skills, ROLE_BY_KEY[role], *where))
    return rows


def _free(register: Register, rows: Sequence[_Row], wanted: Wanted) -> list[_Row]:
    members = list(dict.fromkeys(one.member for one in rows))
    busy: dict[Uid, list[Span]] = {}
    for start in range(0, len(members), _CHUNK):
        busy |= engaged(register, members[start : start + _CHUNK], wanted.area)
    return [one for one in rows if all(wanted.span.cut(span).is_empty for span in busy.get(one.member, ()))]


def _ordered(register: Register, rows: Sequence[_Row], wanted: Wanted, skills: set[str]) -> list[Candidate]:
    """Those of one circle: by role, by skills in common, the nearest, those with the lowest load."""
    loads = _loads(register, {one.area for one in rows if one.role is not RESERVE})
    known = _known_roles(register, [one.member for one in rows if one.role is RESERVE])
    ranked = []
    for one in rows:
        if one.role is RESERVE:
            fits = [fit for role in known.get(one.member, ()) if (fit := _fit(wanted.role, role)) is not None]
            fit = min(fits, default=9)
        else:
            fit = _fit(wanted.role, one.role.key) or 0
        shared = [skill for skill in skills_in(one.skills) if skill in skills]
        away, load = _distance(one.code, wanted.code), loads.get(one.area)
        reason = _reason(one, wanted, away, load, shared, known.get(one.member, set()))
        person = (one.member, one.name, one.phone, one.unit, one.skills, one.role, one.place)
        ranked.append(((fit, -len(shared), away, load or 0), Candidate(*person, reason, load)))
    return [candidate for _rank, candidate in sorted(ranked, key=lambda one: one[0])]


def _fit(wanted: Role, key: str) -> int | None:
    """How well a role prepares for another, 0 the best; None for one that does not: an official needs an official."""
    role = ROLE_BY_KEY[key]
    if role is RESERVE:
        return None
    if role is wanted:
        return 0
    if wanted.part == 1:
        return {0: 1, 2: 2}.get(-1 if role.part is None else role.part)
    if wanted.part is None:
        return {1: 1, 2: 2}.get(role.part or 0)
    return 1 if role.part == wanted.part else None


def _reason(one: _Row, wanted: Wanted, away: int, load: int | None, shared: list[str], known: set[str]) -> str:
    if one.role is RESERVE:
        told = [f"{one.place}后备力量"]
        if wanted.role.key in known:
            told.append(f"任过{wanted.role.name}")
    else:
        told = [f"{'相邻的' if away == 1 else ''}{one.place}{one.role.name}"]
        if load is not None:
            told.append(f"人均负担{load}（户数加未结民意）")
    if shared:
        told.append(f"特长相同：{'、'.join(shared)}")
    return "，".join(told)


def _distance(code: str, other: str) -> int:
    """How far an area lies from another, by their codes, which are given in the order of places; 0 around it."""
    if other.startswith(code):
        return 0
    return abs(int(code) - int(other)) if len(code) == len(other) else _FAR


def _known_roles(register: Register, members: Sequence[Uid]) -> dict[Uid, set[str]]:
    """Which roles members have or had."""
    found: dict[Uid, set[str]] = {}
    for start in range(0, len(members), _CHUNK):
        some = Service.member.in_(members[start : start + _CHUNK]) & (Service.role != RESERVE.key)
        for member, role in register.all(Service.select(Service.member, Service.role).where(some).tuples()):
            found.setdefault(bytes(member), set()).add(role)
    return found


def _loads(register: Register, areas: set[Uid]) -> dict[Uid, int]:
    """Households and open issues for each member who serves in some areas now."""
    some = list(areas)
    here = Household.area.in_(some) & Household.is_here()
    still = Issue.area.in_(some) & Issue.state.in_(_OPEN)
    count = fn.COUNT(SQL("*"))
    work: dict[Uid, int] = {}
    for query in (
        Household.select(Household.area, count).where(here).group_by(Household.area),
        Issue.select(Issue.area, count).where(still).group_by(Issue.area),
    ):
        for area, number in register.all(query.tuples()):
            work[bytes(area)] = work.get(bytes(area), 0) + number
    people = Service.select(Service.area, fn.COUNT(Service.member.distinct()))
    serving = people.where(Service.area.in_(some) & Service.serves()).group_by(Service.area)
    hands = {bytes(area): number for area, number in register.all(serving.tuples())}
    return {area: round(work.get(area, 0) / max(1, hands.get(area, 0))) for area in some}
