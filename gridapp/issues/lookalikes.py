"""Open issues of a neighbourhood that may be the one that somebody is about to register again."""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from peewee import JOIN

from gridapp.areas import tree
from gridapp.areas.model import CODE_LENGTHS, Area, Level
from gridapp.households import address
from gridapp.households.model import Household
from gridapp.ids import Uid
from gridapp.issues import categories
from gridapp.issues.deadlines import in_words
from gridapp.issues.model import Issue, Reporter
from gridapp.issues.states import STATE_NAMES, State
from gridapp.store.grams import folded
from gridapp.store.register import Register

_SAME_BUILDING, _SAME_ESTATE, _SAME_CATEGORY = 0.3, 0.1, 0.25
_ALIKE = 0.5
_FEWEST_PAIRS = 3


@dataclass(frozen=True)
class Asked:
    """What is being registered, as far as it is known yet.

    Attributes:
        area_code: where; its community is looked through.
    """

    area_code: str
    text: str
    category: str = ""
    estate: str = ""
    building: str = ""
    place: str = ""


@dataclass(frozen=True)
class Lookalike:
    """An issue that is open.

    Attributes:
        where: in words.
        deadline: how near it is, in words; empty where none runs.
        reporters: how many have raised it.
    """

    uid: Uid
    number: str
    text: str
    where: str
    since: datetime.date
    state: State
    deadline: str
    reporters: int

    @property
    def state_name(self) -> str:
        return STATE_NAMES[self.state]


def find(register: Register, asked: Asked, limit: int = 4) -> list[Lookalike]:
    """At most ``limit`` open issues of the same community, what says the same first, then the likeliest."""
    text = _plain(asked.text)
    if not text:
        return []
    pairs = _pairs(text)
    tops = _tops(register, asked.category)
    ranked = []
    for uid, description, category, place, estate, building in register.each(_open_within(asked.area_code)):
        said = _plain(description)
        score = _likeness(pairs, said)
        if not score and said != text:
            continue
        score += _nearness(asked, place or "", estate or "", building or "")
        score += _SAME_CATEGORY if category and category in tops else 0
        if said == text or score >= _ALIKE:
            ranked.append((said != text, -score, bytes(uid)))
    return _read(register, [uid for *_rank, uid in sorted(ranked)[:limit]])


def _open_within(area_code: str) -> Any:
    """Asked of the columns as they are stored, since some thousand rows are looked at between two keys."""
    community = area_code[: CODE_LENGTHS[Level.COMMUNITY]]
    columns = (Issue.uid, Issue.description, Issue.category, Issue.place, Household.estate, Household.building)
    return (
        Issue.select(*columns)
        .join(Area, on=(Area.uid == Issue.area))
        .join(Household, JOIN.LEFT_OUTER, on=(Household.uid == Issue.household))
        .where(Issue.is_open() & tree.within(community))
        .tuples()
    )


def _tops(register: Register, category: str) -> frozenset[str]:
    """The keys of all categories that belong together with one."""
    sorts = categories.of(register)
    return frozenset(sorts.within(sorts.top_of(category))) if category else frozenset()


def _plain(text: str) -> str:
    return "".join(folded(text).split())


def _pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a text that say something."""
    pairs = {text[at : at + 2] for at in range(len(text) - 1)}
    return frozenset(pair for pair in pairs if pair.isalnum()) or frozenset([text])


def _likeness(pairs: frozenset[str], said: str) -> float:
    """How much of the shorter of two texts stands in the other, from 0 to 1."""
    shared = sum(pair in said for pair in pairs)
    return min(1.0, shared / min(len(pairs), max(_FEWEST_PAIRS, len(said) - 1)))


def _nearness(asked: Asked, place: str, estate: str, building: str) -> float:
    if place and asked.place:
        return _SAME_BUILDING if _plain(place) == _plain(asked.place) else 0
    if place:  # in words, of which the building may be one
        named = asked.building and address.building_label(asked.building) in place
        return _SAME_BUILDING if named and asked.estate in place else 0
    if estate != asked.estate:
        return 0
    if building and building == asked.building:
        return _SAME_BUILDING
    return _SAME_ESTATE if estate else 0


def _read(register: Register, uids: Sequence[Uid]) -> list[Lookalike]:
    if not uids:
        return []
    columns = (Issue.number, Issue.description, Issue.place, Issue.registered_on, Issue.state)
    home = (Household.estate, Household.building, Household.entrance, Household.room)
    query = (
        Issue.select(Issue.uid, *columns, Issue.pending_at, Area.name, *home)
        .join(Area, on=(Area.uid == Issue.area))
        .join(Household, JOIN.LEFT_OUTER, on=(Household.uid == Issue.household))
        .where(Issue.uid.in_(uids))
    )
    raised = Reporter.select(Reporter.issue).where(Reporter.issue.in_(uids)).tuples()
    people = Counter(bytes(issue) for (issue,) in register.all(raised))
    found, now = {}, datetime.datetime.now()
    for uid, number, text, place, since, state, pending, area, estate, *door in register.all(query.tuples()):
        where = place or (f"{estate or ''}{address.short_label(*door)}" if any(door) else "") or area
        told = (number, text, where, since, State(state), in_words(pending, now), people[bytes(uid)])
        found[bytes(uid)] = Lookalike(bytes(uid), *told)
    return [found[uid] for uid in uids if uid in found]
