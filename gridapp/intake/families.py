"""Entries become households with their people."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from gridapp.households.categories import to_mask
from gridapp.households.model import ENTERPRISE, HEAD, RESIDENTIAL
from gridapp.ids import Uid
from gridapp.intake.addresses import Place
from gridapp.intake.entries import Entry, is_head
from gridapp.intake.placing import is_somewhere, within

_ENTERPRISE = to_mask(["enterprise"])


@dataclass(slots=True)
class Person:
    """Somebody who lives in a household."""

    name: str
    id_number: str
    sex: str
    birth_date: datetime.date | None
    relation: str
    phone: str
    party_member: bool
    conditions: str
    note: str


@dataclass(slots=True)
class Family:
    """A household with its people.

    Attributes:
        entries: the rows it was read from.
        joined: rows of other sheets that are about its people, each with the name of its sheet.
    """

    entries: list[Entry]
    grid: Uid
    place: Place
    kind: str
    head: str
    phone: str
    people: int | None
    contact: str
    mask: int
    note: str
    residents: list[Person]
    warnings: list[str] = field(default_factory=list)
    joined: list[tuple[str, Entry]] = field(default_factory=list)
    credit_code: str = ""


@dataclass(slots=True)
class Homeless:
    """A row that belongs to no household that could be found again."""

    entry: Entry
    reason: str


def one_a_row(entries: Iterable[Entry]) -> Iterator[Family | Homeless]:
    """Every entry is the head of a household, or a company."""
    for entry in entries:
        if is_somewhere(entry.place):
            entry.relation = HEAD
            yield _family([entry], entry, within(entry.place, entry.above), entry.people)
        else:
            yield Homeless(entry, "没有地址：楼栋和房号都是空的。请至少填写其中一项。")


def people_a_row(entries: Iterable[Entry]) -> Iterator[Family | Homeless]:
    """Entries with the same address are a household, which begins anew with each head."""
    at: dict[tuple, list[list[Entry]]] = {}
    before: Place | None = None
    for entry in entries:
        place = _carried_on(entry, before)
        before = place
        if place is None or not is_somewhere(place):
            before = None
            yield Homeless(entry, "没有地址：楼栋和房号都是空的，上面也没有可以归入的住户。请填写房号。")
            continue
        entry.place = place
        households = at.setdefault((entry.grid, within(place, entry.above), entry.head), [])
        if not households or (is_head(entry) and any(map(is_head, households[-1]))):
            households.append([])
        households[-1].append(entry)
    for (_, place, _), households in at.items():
        for members in households:
            yield _of_people(members, place)


def _carried_on(entry: Entry, before: Place | None) -> Place | None:
    """Where somebody lives who stands below others: what is blank in a column of addresses is as in the row above."""
    place = entry.place
    if is_head(entry) and not is_somewhere(place):
        return None
    if before is None:
        return place
    same = all(told in ("", above) for told, above in zip(place[:3], before[:3], strict=True))
    if not place.room:
        return before if same and not is_head(entry) else place
    if not same:
        return place
    return place._replace(estate=before.estate, building=before.building, entrance=before.entrance)


def _of_people(members: list[Entry], place: Place) -> Family:
    head = next((entry for entry in members if is_head(entry)), members[0])
    family = _family(members, head, place, head.people if head.people is not None else len(members))
    if not is_head(head) and not head.head and family.kind == RESIDENTIAL:
        family.warnings.append(f"这一户没有写明户主，暂以“{head.name}”为户主")
    return family


def _family(members: list[Entry], head: Entry, place: Place, people: int | None) -> Family:
    mask = head.classified.mask | head.colour
    if len(members) > 1:
        for entry in members:
            mask |= entry.classified.mask | entry.colour
    if head.credit_code and _is_nobody(members, head):
        mask |= _ENTERPRISE
    warnings: list[str] = []
    kind = _kind(members, head, mask, warnings)
    note = [head.note] if head.note else []
    note += head.remarks
    phone, contact = _reached(head, note)
    if kind == ENTERPRISE:
        note += [f"证件号码：{head.id_number}"] if head.id_number else []
        note += ["、".join(head.classified.conditions)] if head.classified.conditions else []
    elif len(members) > 1 and not phone:
        phone = next((entry.phone.number for entry in members if entry.phone.number), "")
    if kind == RESIDENTIAL and head.credit_code:
        note.append(f"统一社会信用代码：{head.credit_code}")
    return Family(
        members,
        head.grid,
        place,
        kind,
        head.head or head.name,
        phone,
        people,
        contact,
        mask,
        "；".join(note),
        [] if kind == ENTERPRISE else [_person(entry, head) for entry in members],
        warnings,
        credit_code=head.credit_code if kind == ENTERPRISE else "",
    )


def _is_nobody(members: list[Entry], head: Entry) -> bool:
    """Whether nothing tells that a row is about a person."""
    return len(members) == 1 and not (head.id_number or head.sex)


def _kind(members: list[Entry], head: Entry, mask: int, warnings: list[str]) -> str:
    if not mask & _ENTERPRISE:
        return RESIDENTIAL
    if (len(members) == 1 and head.classified.mask & _ENTERPRISE) or _is_nobody(members, head):
        return ENTERPRISE
    # A flat whose people are listed stays one, whatever its colour; taking them for a company would lose them.
    warnings.append("分类是企业，但列有居民，已按住户登记并保留企业分类，请核对")
    return RESIDENTIAL


def _reached(head: Entry, note: list[str]) -> tuple[str, str]:
    """Phone and emergency contact of a household.

    A number with a relative's name beside it is both: the only way to reach the household, and what staff look for
    under emergency contact when nobody answers the door. Kept there, it also shows on the handbook's page.
    """
    number, remark, whose, _ = head.phone
    contact = head.contact
    if whose and not contact:
        contact = f"{whose} {number}"
    elif remark:
        note.append(f"电话备注：{remark}")
    return number, contact


def _person(entry: Entry, head: Entry) -> Person:
    return Person(
        entry.name,
        entry.id_number,
        entry.sex,
        entry.birth_date,
        entry.relation,
        entry.phone.number,
        entry.classified.party_member,
        "、".join(entry.classified.conditions),
        "；".join(_remarks(entry, head)),
    )


def _remarks(entry: Entry, head: Entry) -> list[str]:
    """What is noted with a person; what the head's row says is noted with the household."""
    notes = []
    if entry is not head:
        notes += [entry.note] if entry.note not in ("", head.note) else []
        notes += entry.remarks
    remark, whose = entry.phone.remark, entry.phone.whose
    if whose:
        # The number beside a person's name is not that person's own, and whoever dials it should know.
        notes.append(f"电话是{whose}的")
    elif remark and entry is not head:
        notes.append(f"电话备注：{remark}")
    return notes
