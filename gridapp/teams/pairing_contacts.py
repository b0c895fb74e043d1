"""How members of pairings keep in touch with their households: what they promised, when they did, who is due."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

import peewee
from peewee import SQL, fn

from gridapp.areas import tree
from gridapp.areas.model import Area
from gridapp.emergency import running
from gridapp.errors import UserError
from gridapp.households import address
from gridapp.households.model import Household
from gridapp.ids import Uid
from gridapp.store.register import Register
from gridapp.teams.covering import Cover, covers
from gridapp.teams.model import CONTACT_WAYS, Member, Pairing, PairingContact
from gridapp.visits import due
from gridapp.visits.model import Visit

DUE_DAYS = 30
"""After how many days without contact a reminder comes; the beginning of a pairing counts as contact."""

_VISITED = "走访"
_LONGEST = 2_000


class Which(StrEnum):
    """Which pairings a list holds."""

    LASTING = "lasting"
    DUE = "due"
    ENDED = "ended"


@dataclass(frozen=True)
class Contact:
    """One contact; a visit of the member counts as one, and has no ``uid`` here."""

    uid: Uid | None
    contacted_on: datetime.date
    how: str
    note: str


@dataclass(frozen=True)
class PairingFilter:
    """Which pairings of an area are wanted; ``text`` is contained in the member's name, the head or the address."""

    area_code: str
    which: Which = Which.LASTING
    text: str = ""


@dataclass(frozen=True, slots=True)
class PairingRow:
    """One pairing as a list shows it; ``precedence`` is the position of the household's colour.

    ``cover`` says who looks after the household while the member is away.
    """

    uid: Uid
    household: Uid
    precedence: int
    area_code: str
    area_name: str
    member: str
    phone: str
    head: str
    address: str
    since: datetime.date
    until: datetime.date | None
    note: str
    promises: str
    last_on: datetime.date | None
    cover: Cover | None = None

    def days(self, today: datetime.date) -> int:
        """For how long there was no contact."""
        return days_without(self.since, self.last_on, today)


@dataclass(frozen=True)
class ContactsDue:
    """The pairings without contact for longest, how many are due, and why nobody is asked for contacts, if so."""

    pairings: tuple[PairingRow, ...]
    due: int
    paused: str = ""


def days_without(since: datetime.date, last_on: datetime.date | None, today: datetime.date) -> int:
    """For how many days there was no contact, counted from the last, or from the beginning."""
    return max(0, (today - max(since, last_on or since)).days)


def contact_text(since: datetime.date, last_on: datetime.date | None, today: datetime.date) -> str:
    """``今天联系过``, ``3天前联系``, and once it is due ``32天未联系``."""
    days = days_without(since, last_on, today)
    if days >= DUE_DAYS:
        return f"{days}天未联系"
    if last_on is None or last_on < since:
        return "还没有联系"
    return f"{days}天前联系" if days else "今天联系过"


def contact(
    register: Register, pairing: Uid, how: str, on: datetime.date | None = None, note: str = ""
) -> tuple[Uid, str]:
    """Register a contact, and return its uid and what was done, in words.

    Args:
        how: one of ``CONTACT_WAYS``.
        on: the day; today unless told.

    Raises:
        UserError: the pairing has ended or been taken back, the day cannot be, or the note is too long.
    """
    if how not in CONTACT_WAYS:
        raise UserError(f"联系方式应为{'、'.join(CONTACT_WAYS)}之一。")
    today = datetime.date.today()
    day = on or today
    if day > today:
        raise UserError(f"联系日期 {day} 还没有到，请核对。")
    told = note.strip()
    if len(told) > _LONGEST:
        raise UserError(f"联系备注最多{_LONGEST:,}个字，现有{len(told):,}个。")
    name, head, _since, _until = _named(register, pairing)
    label = f"登记{name}与{head}的联系（{how}）"
    with register.recording(label) as recording:
        _name, _head, since, until = _named(register, pairing)  # which may have ended meanwhile
        if until is not None:
            raise UserError(f"{name}与这一户的结对已经解除，不能再登记联系。")
        if day < since:
            raise UserError(f"{name}自 {since} 结对，联系日期不能更早。")
        return recording.insert(PairingContact, pairing=pairing, contacted_on=day, how=how, note=told), label


def promise(register: Register, pairing: Uid, promises: str, base: str) -> str:
    """Write what a member has promised, and return what was done, in words.

    Args:
        base: what had been promised as it was read.

    Raises:
        UserError: the pairing has been taken back, or it is too long.
        Conflict: somebody else has changed it.
    """
    name, head, _since, _until = _named(register, pairing)
    label = f"修改{name}对{head}的承诺"
    with register.recording(label) as recording:
        recording.update(Pairing, pairing, {"promises": promises_of(promises)}, {"promises": base})
    return label


def promises_of(typed: str) -> str:
    """What somebody typed as promises, a line each.

    Raises:
        UserError: it is too long.
    """
    text = "\n".join(line for line in (" ".join(part.split()) for part in typed.splitlines()) if line)
    if len(text) > _LONGEST:
        raise UserError(f"承诺最多{_LONGEST:,}个字，现有{len(text):,}个。")
    return text


def contacts_of(register: Register, pairing: Uid, limit: int) -> list[Contact]:
    """At most ``limit`` contacts of a pairing, visits of the member among them, the newest first."""
    row = register.first(Pairing.select(Pairing.household, Pairing.member, Pairing.since).where(Pairing.uid == pairing))
    if row is None:
        return []
    columns = (PairingContact.uid, PairingContact.contacted_on, PairingContact.how, PairingContact.note)
    made = PairingContact.select(*columns).where(PairingContact.pairing == pairing)
    made = made.order_by(PairingContact.contacted_on.desc(), PairingContact.uid.desc()).limit(limit)
    visited = (
        Visit.select(Visit.visited_on, Visit.summary)
        .join(Member, on=(Member.uid == row.__data__["member"]))
        .where((Visit.household == row.__data__["household"]) & _took_part() & (Visit.visited_on >= row.since))
        .order_by(Visit.visited_on.desc(), Visit.uid.desc())
        .limit(limit)
    )
    found = [Contact(*one) for one in register.all(made.tuples())]
    found += [Contact(None, on, _VISITED, summary) for on, summary in register.all(visited.tuples())]
    return sorted(found, key=lambda one: one.contacted_on, reverse=True)[:limit]


def last_contacts(register: Register, pairings: Sequence[Uid]) -> dict[Uid, datetime.date]:
    """The days of the last contacts of some pairings; those without any are left out."""
    if not pairings:
        return {}
    query = Pairing.select(Pairing.uid, *_last()).join(Member, on=(Member.uid == Pairing.member))
    found = {}
    for uid, made, visited in register.all(query.where(Pairing.uid.in_(list(pairings))).tuples()):
        if (last := _later(made, visited)) is not None:
            found[bytes(uid)] = last
    return found


class Listing:
    """The pairings of an area, those without contact for longest first; read at once, shown a page at a time."""

    def __init__(self, register: Register, chosen: PairingFilter, today: datetime.date) -> None:
        """Make it; nothing is read yet."""
        self._register = register
        self.filter = chosen
        self.today = today

    def prepare(self) -> None:
        """Read what may take long now, so that everything asked later is answered at once."""
        assert self.count >= 0

    @property
    def count(self) -> int:
        """How many pairings it holds."""
        return len(self._order)

    @cached_property
    def due(self) -> int:
        """How many of those that last are due, whichever are shown."""
        which = self.filter.which
        if which is not Which.ENDED:
            return len(self._due)
        return Listing(self._register, PairingFilter(self.filter.area_code, text=self.filter.text), self.today).due

    def page(self, offset: int, limit: int) -> list[PairingRow]:
        """At most ``limit`` rows from position ``offset`` on; those deleted meanwhile are left out."""
        part = self._order[offset : offset + limit]
        return _rows(self._register, {uid: last for uid, last, _days in part})

    @cached_property
    def _order(self) -> list[tuple[Uid, datetime.date | None, int]]:
        if self.filter.which is Which.DUE:
            return self._due
        return self._all

    @cached_property
    def _due(self) -> list[tuple[Uid, datetime.date | None, int]]:
        """Those without contact for a month; nobody is asked for contacts while an emergency goes on there."""
        resting = _chosen(self.filter, Pairing.uid).where(~due.is_not_paused())
        paused = {bytes(uid) for uid in self._register.column(resting)}
        return [one for one in self._all if one[2] >= DUE_DAYS and one[0] not in paused]

    @cached_property
    def paused(self) -> str:
        """Why nobody is asked for contacts here, or in a part of it, in words; mostly empty."""
        return running.paused_text(self._register, self.filter.area_code)

    @cached_property
    def _all(self) -> list[tuple[Uid, datetime.date | None, int]]:
        """Each pairing with its last contact and the days since, of those that ended the latest first."""
        if self.filter.which is Which.ENDED:
            ended = _chosen(self.filter, Pairing.uid, *_last()).where(Pairing.until.is_null(False))
            rows = self._register.each(ended.order_by(Pairing.until.desc(), Pairing.uid))
            return [(bytes(uid), _later(*days), 0) for uid, *days in rows]
        lasting = _chosen(self.filter, Pairing.uid, Pairing.since, *_last()).where(Pairing.until.is_null())
        found = []
        for uid, since, made, visited in self._register.each(lasting.order_by(Area.code, Household.address_key)):
            last = _later(made, visited)
            found.append((bytes(uid), last, days_without(since, last, self.today)))
        return sorted(found, key=lambda one: -one[2])  # of the same day, in walking order


def contacts_due(register: Register, code: str, today: datetime.date, limit: int) -> ContactsDue:
    """Which pairings of an area and below it had no contact for a month, those without for longest first."""
    listing = Listing(register, PairingFilter(code, Which.DUE), today)
    return ContactsDue(tuple(listing.page(0, limit)), listing.count, listing.paused)


def of_member(register: Register, member: Uid) -> list[PairingRow]:
    """The households with which a member is or was paired, those that last first, then the latest."""
    query = (
        Pairing.select(Pairing.uid)
        .where(Pairing.member == member)
        .order_by(Pairing.until.is_null().desc(), Pairing.since.desc(), Pairing.uid.desc())
    )
    uids = [bytes(uid) for (uid,) in register.all(query.tuples())]
    last = last_contacts(register, uids)
    return _rows(register, {uid: last.get(uid) for uid in uids})


def _rows(register: Register, last: dict[Uid, datetime.date | None]) -> list[PairingRow]:
    query = _joined(
        *(
            Pairing.uid,
            Household.uid,
            Household.precedence,
            Area.code,
            Area.name,
            Member.name,
            Member.phone,
            Household.head,
        ),
        *(Household.estate, Household.building, Household.entrance, Household.room),
        *(Pairing.since, Pairing.until, Pairing.note, Pairing.promises, Pairing.member),
    ).where(Pairing.uid.in_(list(last)))
    found = {}
    rows = register.all(query.tuples())
    covered = covers(register, [(row[-1], row[3]) for row in rows])
    for uid, *who, estate, building, entrance, room, since, until, note, promises, member in rows:
        where = address.full_label(estate, building, entrance, room)
        cover = covered.get((bytes(member), who[2])) if until is None else None
        told = (since, until, note, promises, last[bytes(uid)], cover)
        found[bytes(uid)] = PairingRow(*(uid, *who, where, *told))
    return [found[uid] for uid in last if uid in found]


def _chosen(chosen: PairingFilter, *columns: Any) -> peewee.Select:
    query = _joined(*columns).where(tree.within(chosen.area_code))
    for word in chosen.text.split():
        door = Household.estate + Household.building + "-" + Household.entrance + "-" + Household.room
        query = query.where(Member.name.contains(word) | Household.head.contains(word) | door.contains(word))
    return query


def _joined(*columns: Any) -> peewee.Select:
    return (
        Pairing.select(*columns)
        .join(Household, on=(Household.uid == Pairing.household))
        .join(Area, on=(Area.uid == Household.area))
        .switch(Pairing)
        .join(Member, on=(Member.uid == Pairing.member))
    )


def _last() -> Iterator[Any]:
    """The days of the last contact and of the member's last visit, each by an index of its table."""
    made = PairingContact.select(fn.MAX(PairingContact.contacted_on)).where(PairingContact.pairing == Pairing.uid)
    visits = Visit.select(fn.MAX(Visit.visited_on)).where((Visit.household == Pairing.household) & _took_part())
    yield made.alias("made")
    yield visits.alias("visited")


def _took_part() -> peewee.Expression:
    """The condition that a visit names the member, with 、 on both sides, so that no name is part of another."""
    listed = SQL("'、'").concat(Visit.members).concat(SQL("'、'"))
    name = SQL("'、'").concat(Member.name).concat(SQL("'、'"))
    return fn.REPLACE(listed, name, "") != listed


def _later(*told: Any) -> datetime.date | None:
    """The latest of some days, as the engine hands them over."""
    found = [datetime.date.fromisoformat(one) if isinstance(one, str) else one for one in told if one is not None]
    return max(found, default=None)


def _named(register: Register, pairing: Uid) -> tuple[str, str, datetime.date, datetime.date | None]:
    """How one says the member and the household, and from when until when they are paired."""
    query = _joined(
        *(Member.name, Household.building, Household.entrance, Household.room, Household.head),
        *(Pairing.since, Pairing.until),
    ).where(Pairing.uid == pairing)
    row = register.first(query.tuples())
    if row is None:
        raise UserError("这个结对已被撤销，请重新查看这一户。")
    name, building, entrance, room, head, since, until = row
    return name, f"{address.short_label(building, entrance, room)} {head}".strip(), since, until
