"""Pairing members of the service teams with households that they look after (结对认亲)."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import peewee

from gridapp.areas.model import CODE_LENGTHS, Area
from gridapp.errors import UserError
from gridapp.households import address
from gridapp.households.model import Household
from gridapp.ids import Uid
from gridapp.store.changes import Recording
from gridapp.store.register import Register
from gridapp.teams import pairing_contacts
from gridapp.teams.covering import Cover, covers
from gridapp.teams.model import ROLE_BY_KEY, ROLES, Member, Pairing, Role, Service

_NOWHERE: tuple[Role | None, str] = (None, "")
_ORDER = {role.key: position for position, role in enumerate(ROLES)}


@dataclass(frozen=True)
class Paired:
    """A member with whom a household is or was paired.

    Attributes:
        role: what the member does now, in the nearest area around the household; None for one who serves no more.
        place: the name of that area.
        until: the day it ended, None while it lasts.
        promises: what the member has promised to do, a line each.
        last_on: the day of the last contact or visit; None if there was none.
        cover: who looks after the household while the member is away; None while the member is there.
    """

    uid: Uid
    member: Uid
    name: str
    phone: str
    role: Role | None
    place: str
    since: datetime.date
    until: datetime.date | None
    note: str
    promises: str = ""
    last_on: datetime.date | None = None
    cover: Cover | None = None

    @property
    def role_name(self) -> str:
        """The role in words."""
        return self.role.name if self.role is not None else "已不任职"


@dataclass(frozen=True)
class Candidate:
    """A member who serves a household's grid, or an area above it, and is not paired with it."""

    member: Uid
    name: str
    phone: str
    unit: str
    role: Role
    place: str


def of_household(register: Register, household: Uid) -> list[Paired]:
    """Those who are paired with a household now, then those who were, of each the newest first."""
    query = (
        Pairing.select(
            *(Pairing.uid, Pairing.member, Member.name, Member.phone, Pairing.since, Pairing.until, Pairing.note),
            Pairing.promises,
        )
        .join(Member, on=(Member.uid == Pairing.member))
        .where(Pairing.household == household)
        .order_by(Pairing.until.is_null().desc(), Pairing.since.desc(), Pairing.uid.desc())
    )
    rows = register.all(query.tuples())
    if not rows:
        return []
    code = _code_of(register, household)
    serving = _nearest(register, [row[1] for row in rows], code)
    last = pairing_contacts.last_contacts(register, [row[0] for row in rows])
    covered = covers(register, [(row[1], code) for row in rows])
    found = []
    for uid, member, name, phone, *told in rows:
        now = serving.get(bytes(member), _NOWHERE)
        since = (last.get(bytes(uid)), covered.get((bytes(member), code)))
        found.append(Paired(*(uid, member, name, phone, *now, *told, *since)))
    return found


def candidates(register: Register, household: Uid) -> list[Candidate]:
    """Who may be paired with a household: those of its grid first, then of its community, its street, its district."""
    code = _code_of(register, household)
    above = [code[:length] for length in CODE_LENGTHS.values() if length <= len(code)]
    taken = Pairing.select(Pairing.member).where((Pairing.household == household) & Pairing.until.is_null())
    query = (
        Service.select(Member.uid, Member.name, Member.phone, Member.unit, Service.role, Area.name, Area.level)
        .join(Area, on=(Area.uid == Service.area))
        .switch(Service)
        .join(Member, on=(Member.uid == Service.member))
        .where(Area.code.in_(above) & Service.serves() & Member.uid.not_in(taken))
        .order_by(Service.uid)
    )
    found: dict[Uid, Candidate] = {}
    for uid, name, phone, unit, role, place, _level in sorted(register.all(query.tuples()), key=_nearness):
        found.setdefault(bytes(uid), Candidate(uid, name, phone, unit, ROLE_BY_KEY[role], place))
    return list(found.values())


def pair(
    register: Register,
    member: Uid,
    household: Uid,
    since: datetime.date | None = None,
    note: str = "",
    promises: str = "",
) -> tuple[Uid, str]:
    """Pair a member with a household, and return the pairing's uid and what was done, in words.

    Args:
        since: the first day; today unless told.
        promises: what the member promises to do, a line each.

    Raises:
        UserError: the two are paired already, the member serves nowhere, the household has left, or one of them has
            been deleted.
    """
    name, home = _named(register, member, household)
    label = f"登记{name}与{home}结对"
    with register.recording(label) as recording:
        _refuse(recording, member, household, name)
        told = {"note": " ".join(note.split()), "promises": pairing_contacts.promises_of(promises)}
        values = {"member": member, "household": household, **told}
        return recording.insert(Pairing, since=since or datetime.date.today(), **values), label


def end(register: Register, pairing: Uid, on: datetime.date | None = None) -> str:
    """Let a pairing end on a day, today unless told, and say so in words. It stays on record.

    Raises:
        UserError: it has ended already, or has been deleted.
    """
    stored = register.first(Pairing.select().where(Pairing.uid == pairing).dicts())
    if stored is None:
        raise UserError("这个结对已被撤销，请重新查看这一户。")
    name, home = _named(register, stored["member"], stored["household"])
    label = f"解除{name}与{home}的结对"
    with register.recording(label) as recording:
        now = recording.read(Pairing, pairing)
        if now is None or now["until"] is not None:
            raise UserError(f"{name}与这一户的结对已经解除。")
        recording.update(Pairing, pairing, {"until": max(on or datetime.date.today(), now["since"])})
    return label


def _refuse(recording: Recording, member: Uid, household: Uid, name: str) -> None:
    register = recording.register
    serving = Service.select(Service.uid).where((Service.member == member) & Service.serves())
    if register.first(serving) is None:
        raise UserError(f"{name}现在不在任何服务队任职，不能结对。请先登记任职，或另选一位队员。")
    past = Household.select(Household.uid).where((Household.uid == household) & ~Household.is_here())
    if register.first(past) is not None:
        raise UserError("这一户已经离开，不能结对；请先恢复这一户。")
    if register.first(same_pair(member, household)) is not None:
        raise UserError(f"{name}已与这一户结对，不必重复登记。")


def same_pair(member: Uid, household: Uid) -> peewee.Select:
    """The query for an open pairing of these two."""
    same = (Pairing.household == household) & (Pairing.member == member)
    return Pairing.select(Pairing.uid).where(same & Pairing.until.is_null())


def _nearness(row: tuple) -> tuple[int, int]:
    *_rest, role, _place, level = row
    return -level, _ORDER[role]


def _named(register: Register, member: Uid, household: Uid) -> tuple[str, str]:
    """How one says the member and the household."""
    name = register.value(Member.select(Member.name).where(Member.uid == member))
    if name is None:
        raise UserError("这位队员已被删除，请另选一位。")
    columns = (Household.building, Household.entrance, Household.room, Household.head)
    home = register.first(Household.select(*columns).where(Household.uid == household).tuples())
    if home is None:
        raise UserError("这一户已被删除。")
    *door, head = home
    return name, f"{address.short_label(*door)} {head}".strip()


def _code_of(register: Register, household: Uid) -> str:
    """The code of the grid that a household stands in; empty if it has been deleted."""
    query = Area.select(Area.code).join(Household, on=(Household.area == Area.uid)).where(Household.uid == household)
    return register.value(query) or ""


def _nearest(register: Register, members: Sequence[Uid], code: str) -> dict[Uid, tuple[Role | None, str]]:
    """What members do and where, of several services the nearest around a grid."""
    query = (
        Service.select(Service.member, Service.role, Area.code, Area.name)
        .join(Area, on=(Area.uid == Service.area))
        .where(Service.member.in_(members) & Service.holds())
    )
    rows = register.all(query.tuples())
    rows.sort(key=lambda row: (code.startswith(row[2]), len(row[2]), -_ORDER[row[1]]))
    return {bytes(member): (ROLE_BY_KEY[role], place) for member, role, _code, place in rows}
