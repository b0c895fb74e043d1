"""The register's contents as plain records, for listings and for other programs."""

import datetime
from collections.abc import Iterator
from itertools import islice
from typing import Any

import peewee

from gridapp.areas import tree
from gridapp.areas.model import Area, Level
from gridapp.errors import UserError
from gridapp.households import address
from gridapp.households.categories import CATEGORIES, from_mask
from gridapp.households.filters import Filter
from gridapp.households.listing import Listing
from gridapp.households.model import Household, Resident
from gridapp.ids import Uid, uid_text
from gridapp.issues import categories, reading
from gridapp.issues.ledger import LedgerFilter, conditions
from gridapp.issues.model import Issue
from gridapp.issues.states import State, satisfaction_name
from gridapp.store.register import Register
from gridapp.tasks.listing import each_of_area
from gridapp.teams import gaps, presence
from gridapp.teams.model import RESERVE, Absence, Member, Service
from gridapp.visits.model import Visit

Record = dict[str, Any]
_CHUNK = 500


def of(
    register: Register,
    kind: str,
    code: str = "",
    category: str | None = None,
    with_residents: bool = False,
    chosen: Filter | None = None,
) -> Iterator[Record]:
    """Records of one kind in an area and below it (everywhere for an empty code), in the order of area codes.

    Args:
        kind: ``areas``, ``households``, ``residents``, ``teams``, ``visits``, ``issues`` or ``tasks``.
        category: key of a category; only households that carry it, or residents of those.
        chosen: which households; it says the area and the category too.

    Raises:
        UserError: there is no such kind.
    """
    if kind == "households":
        carried = frozenset({category} if category else ())
        return households(register, chosen or Filter(code, carrying=carried), with_residents)
    if kind == "residents":
        return residents(register, code, category)
    if kind == "issues":
        return issues(register, LedgerFilter(code))
    listings = {"areas": areas, "teams": teams, "visits": visits, "tasks": tasks}
    if kind not in listings:
        raise UserError(f"没有名为 {kind} 的列表。")
    return listings[kind](register, code)


def areas(register: Register, code: str) -> Iterator[Record]:
    """``id, code, level, name`` of each area; ``level`` is its English word."""
    query = Area.select(Area.uid, Area.code, Area.level, Area.name).where(tree.within(code)).order_by(Area.code)
    for uid, area_code, level, name in register.each(query):
        yield {"id": uid_text(uid), "code": area_code, "level": Level(level).name.lower(), "name": name}


def households(register: Register, chosen: Filter, with_residents: bool) -> Iterator[Record]:
    """Each household; ``categories`` are keys in precedence, ``primary_category`` the first of them or empty."""
    listing = Listing(register, chosen)
    uids = (uid for (uid,) in register.each(listing.uids()))
    while chunk := list(islice(uids, _CHUNK)):
        people = _residents_of(register, chunk) if with_residents else {}
        for record in _household_records(register, chunk):
            if with_residents:
                record["residents"] = people.get(bytes.fromhex(record["id"]), [])
            yield record


def residents(register: Register, code: str, category: str | None) -> Iterator[Record]:
    """Each resident with the address of the household."""
    query = (
        Resident.select(
            Resident.uid,
            Household.uid,
            Area.code,
            Household.estate,
            Household.building,
            Household.entrance,
            Household.room,
            Resident.name,
            Resident.id_number,
            Resident.sex,
            Resident.birth_date,
            Resident.relation,
            Resident.phone,
        )
        .join(Household, on=(Household.uid == Resident.household))
        .join(Area, on=(Area.uid == Household.area))
        .where(tree.within(code) & Household.is_here() & Resident.is_here())
        .order_by(Area.code, Household.address_key, Household.uid, Resident.position)
    )
    if category is not None:
        bit = 1 << [one.key for one in CATEGORIES].index(category)
        query = query.where(Household.categories.bin_and(bit) != 0)
    for uid, household, area_code, estate, building, entrance, room, *person in register.each(query):
        yield {
            "id": uid_text(uid),
            "household": uid_text(household),
            "area_code": area_code,
            "address": address.full_label(estate, building, entrance, room),
            **_person(*person),
        }


def teams(
    register: Register, code: str, day: datetime.date | None = None, in_reserve: bool = False
) -> Iterator[Record]:
    """Each service on a day, today unless told: who serves where, with which role, or is in reserve there.

    ``away`` says why and until when the member is not there, and ``stands_in_for`` whose work this one does meanwhile.
    """
    on = day or datetime.date.today()
    absent = Member.alias()
    holds = Service.holds(on) & (Service.role == RESERVE.key) if in_reserve else Service.serves(on)
    query = (
        Service.select(
            *(Service.uid, Member.uid, absent.name, Area.code, Service.role, Member.name, Member.unit, Member.duty),
            *(Member.phone, Member.party_branch, Member.skills, Service.since, Service.until),
        )
        .join(Area, on=(Area.uid == Service.area))
        .switch(Service)
        .join(Member, on=(Member.uid == Service.member))
        .switch(Service)
        .left_outer_join(Absence, on=(Absence.uid == Service.absence))
        .left_outer_join(absent, on=(absent.uid == Absence.member))
        .where(tree.within(code) & holds)
        .order_by(Area.code, Service.role, Service.uid)
    )
    away = presence.absent(register, code, on)
    names = ("area_code", "role", "name", "unit", "duty", "phone", "party_branch", "skills", "since", "until")
    for uid, member, stands_in_for, *values in register.each(query):
        one = away[bytes(member)][0] if bytes(member) in away else None
        yield {
            "id": uid_text(uid),
            **{name: _day(value) for name, value in zip(names, values, strict=True)},
            "member": uid_text(member),
            "away": one.text if one is not None else None,
            "absence": uid_text(one.uid) if one is not None else None,
            "stands_in_for": stands_in_for,
        }


def team_gaps(register: Register, code: str, day: datetime.date | None = None) -> Iterator[Record]:
    """Each grid that lacks somebody of 1 + 2 on a day, today unless told."""
    for one in gaps.teams(register, code, day):
        if not one.is_complete:
            missing = [{"role": each.role.key, "away": [name for name, _away in each.away]} for each in one.missing]
            told = {"strength": one.strength, "missing": missing, "told": one.text}
            yield {"id": uid_text(one.uid), "area_code": one.code, "name": one.name, **told}


def visits(register: Register, code: str) -> Iterator[Record]:
    """Each visit with the household visited."""
    query = (
        Visit.select(
            Visit.uid,
            Area.code,
            Visit.visited_on,
            Household.estate,
            Household.building,
            Household.entrance,
            Household.room,
            Household.head,
            Visit.members,
            Visit.summary,
            Visit.needs,
            Visit.follow_up,
            Visit.follow_up_on,
            Visit.followed_up_on,
        )
        .join(Household, on=(Household.uid == Visit.household))
        .join(Area, on=(Area.uid == Household.area))
        .where(tree.within(code))
        .order_by(Area.code, Visit.visited_on, Visit.uid)
    )
    for uid, area_code, day, estate, building, entrance, room, head, members, summary, *more in register.each(query):
        needs, follow_up, follow_up_on, followed_up_on = more
        yield {
            "id": uid_text(uid),
            "area_code": area_code,
            "visited_on": _day(day),
            "address": address.full_label(estate, building, entrance, room),
            "head": head,
            "members": members,
            "summary": summary,
            "needs": needs,
            "follow_up": follow_up,
            "follow_up_on": _day(follow_up_on),
            "followed_up_on": _day(followed_up_on),
        }


def issues(register: Register, chosen: LedgerFilter) -> Iterator[Record]:
    """Each issue of the ledger that a filter leaves.

    ``category`` is in words and ``category_key`` its key; ``level`` the level that handles it and ``state`` how far it
    has come, as their English words; ``reporter`` and ``phone`` are of the first who raised it, ``reporters`` all.
    """
    names = list(Issue.fields())
    query = (
        Issue.select(*Issue.fields().values(), Area.code)
        .join(Area, on=(Area.uid == Issue.area))
        .where(tree.within(chosen.area_code))
        .order_by(Issue.number, Issue.uid)
    )
    sorts = categories.of(register)
    for condition in conditions(chosen, sorts, datetime.datetime.now()):
        query = query.where(condition)
    rows = (dict(zip((*names, "area_code"), row, strict=True)) for row in register.each(query))
    while chunk := list(islice(rows, _CHUNK)):
        people = reading.reporters_of(register, [row["uid"] for row in chunk])
        for row in chunk:
            yield _issue(row, sorts, people.get(bytes(row["uid"]), []))


def issue(register: Register, uid: Uid) -> Record:
    """One issue as ``issues`` tells it, with its ``timeline``: every step, the first one first."""
    whole = reading.read(register, uid)
    row = {**whole.values, "area_code": whole.area_code}
    return {
        **_issue(row, categories.of(register), list(whole.reporters)),
        "timeline": [
            {
                "at": event.at.isoformat(timespec="seconds"),
                "step": event.step.value,
                "by": event.by,
                "state": event.new_state.name.lower(),
                "title": event.title,
                "lines": list(event.lines),
            }
            for event in whole.events
        ],
    }


def _issue(row: dict[str, Any], sorts: categories.Categories, people: list[reading.Raiser]) -> Record:
    plain = ("number", "area_code", "place", "description", "handler", "urgent", "result")
    days = ("registered_on", "due_at", "resolved_on", "reported_back_on", "review_on")
    return {
        "id": uid_text(row["uid"]),
        **{name: row[name] for name in plain},
        "category": sorts.name_of(row["category"]),
        "category_key": row["category"],
        "level": Level(row["level"]).name.lower(),
        "state": State(row["state"]).name.lower(),
        **{name: _day(row[name]) for name in days},
        "satisfaction": satisfaction_name(row["satisfaction"]),
        "reporter": people[0].name if people else "",
        "phone": people[0].phone if people else "",
        "reporters": [_raiser(one) for one in people],
    }


def _raiser(one: reading.Raiser) -> Record:
    return {
        "name": one.name,
        "phone": one.phone,
        "source": one.source,
        "reported_on": _day(one.reported_on),
        "reported_back_on": _day(one.reported_back_on),
        "satisfaction": satisfaction_name(one.satisfaction),
        "excuse": one.excuse,
    }


def tasks(register: Register, code: str) -> Iterator[Record]:
    """Each task of the task lists; ``role`` and ``state`` are keys, ``recurrence`` is in words."""
    now = datetime.datetime.now()
    for row in each_of_area(register, code):
        yield {
            "id": uid_text(row.uid),
            "area_code": row.area_code,
            "title": row.title,
            "assignee": row.assignee,
            "role": row.role,
            "due_on": _day(row.due_on),
            "started_on": _day(row.started_on),
            "done_on": _day(row.done_on),
            "cancelled_on": _day(row.cancelled_on),
            "progress": row.progress,
            "state": row.state(now).value,
            "due_at": _day(row.due_at),
            "done_at": _day(row.done_at),
            "emergency": uid_text(row.emergency) if row.emergency is not None else None,
            "recurrence": row.rule.text,
            "note": row.note,
        }


def _plain(register: Register, query: peewee.Query, names: tuple[str, ...]) -> Iterator[Record]:
    for uid, *values in register.each(query):
        yield {"id": uid_text(uid), **{name: _day(value) for name, value in zip(names, values, strict=True)}}


def _day(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _household_records(register: Register, uids: list[Uid]) -> Iterator[Record]:
    names = ("estate", "building", "entrance", "floor", "room", "kind", "head", "phone", "people")
    query = (
        Household.select(
            Household.uid,
            Area.code,
            *(getattr(Household, name) for name in names),
            Household.categories,
            Household.emergency_contact,
            Household.note,
            Household.credit_code,
        )
        .join(Area, on=(Area.uid == Household.area))
        .where(Household.uid.in_(uids))
    )
    found = {row[0]: row for row in register.each(query)}
    for uid in uids:
        if uid not in found:
            continue  # deleted by somebody else since the list was begun
        _uid, area_code, *values, mask, contact, note, credit_code = found[uid]
        keys = [category.key for category in from_mask(mask)]
        yield {
            "id": uid_text(uid),
            "area_code": area_code,
            **dict(zip(names, values, strict=True)),
            "categories": keys,
            "primary_category": keys[0] if keys else "",
            "emergency_contact": contact,
            "note": note,
            "credit_code": credit_code,
        }


def _residents_of(register: Register, uids: list[Uid]) -> dict[Uid, list[Record]]:
    query = (
        Resident.select(
            Resident.household,
            Resident.name,
            Resident.id_number,
            Resident.sex,
            Resident.birth_date,
            Resident.relation,
            Resident.phone,
        )
        .where(Resident.household.in_(uids) & Resident.is_here())
        .order_by(Resident.household, Resident.position, Resident.uid)
    )
    found: dict[Uid, list[Record]] = {}
    for household, *person in register.each(query):
        found.setdefault(household, []).append(_person(*person))
    return found


def _person(name: str, id_number: str, sex: str, birth_date: Any, relation: str, phone: str) -> Record:
    return {
        "name": name,
        "id_number": id_number,
        "sex": sex,
        "birth_date": _day(birth_date),
        "relation": relation,
        "phone": phone,
    }
