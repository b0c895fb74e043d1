"""One search over the whole register, for the box that finds anything: households, residents, issues, members."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from gridapp.areas.model import Area
from gridapp.households import finding
from gridapp.households.finding import Hit, answers, sounds
from gridapp.households.search_terms import of_text, plain
from gridapp.ids import Uid
from gridapp.issues.model import Issue, Reporter
from gridapp.issues.search_terms import of_issue, of_reporter
from gridapp.progress import CancelToken
from gridapp.store import search as index
from gridapp.store.grams import folded
from gridapp.store.register import Register
from gridapp.teams.model import RESERVE, ROLE_BY_KEY, Member, Service

HOUSEHOLDS, RESIDENTS, ISSUES, MEMBERS = "household", "resident", "issue", "member"

_LOOKED_AT = 200


@dataclass(frozen=True)
class Found:
    """One thing that was found, and where it is.

    Attributes:
        kind: one of the four above.
        title: its name, as it is read first.
        detail: where and what it is.
        area_code: the area to be shown; empty where there is none.
        household: the row to be chosen there, or None.
        issue: the issue itself, where it is one.
        member: the member of a team, where it is one.
        category: key of the colour of its household; empty where it has none.
        is_past: whether it has left; ``detail`` begins with how and when.
    """

    kind: str
    title: str
    detail: str
    area_code: str
    household: Uid | None = None
    issue: Uid | None = None
    member: Uid | None = None
    category: str = ""
    is_past: bool = False


@dataclass(frozen=True)
class Answer:
    """What was found for a text, kind by kind, the best first; ``is_complete`` is False while the index is missing."""

    text: str
    found: list[Found] = field(default_factory=list)
    is_complete: bool = True


def find(register: Register, text: str, each: int = 5, cancel: CancelToken | None = None) -> Answer:
    """At most ``each`` of every kind."""
    words = text.split()
    if not words:
        return Answer(text)
    households, residents = finding.by_kind(register, text, each)
    if cancel is not None:
        cancel.check()
    found = [_of_hit(hit) for hit in (*households, *residents)]
    if not index.is_made(register):
        return Answer(text, found, is_complete=False)
    return Answer(text, [*found, *_issues(register, words)[:each], *_members(register, words)[:each]])


def homes(register: Register, text: str, left_out: Collection[Uid] = (), limit: int = 8) -> Answer:
    """Households that are here, by who lives there as well as by what they are called; each once."""
    found: dict[Uid, Found] = {}
    for hits in finding.by_kind(register, text, 2 * limit):
        for hit in hits:
            if not hit.left and hit.household not in left_out:
                found.setdefault(hit.household, _of_hit(hit))
    return Answer(text, list(found.values())[:limit])


def _of_hit(hit: Hit) -> Found:
    return Found(
        hit.kind,
        hit.name,
        "  ".join(filter(None, (hit.left, hit.address, hit.phone))),
        hit.area_code,
        hit.household,
        category=hit.category,
        is_past=bool(hit.left),
    )


def _issues(register: Register, words: Sequence[str]) -> list[Found]:
    from gridapp.issues import deadlines, reading  # which every start would wait for

    uids = set(index.find(register, Issue, [of_issue(word) for word in words], _LOOKED_AT))
    raised = index.find(register, Reporter, [of_reporter(word) for word in words], _LOOKED_AT)
    by_reporter = Reporter.select(Reporter.issue).where(Reporter.uid.in_(raised)).tuples()
    uids |= {bytes(uid) for (uid,) in register.all(by_reporter)} if raised else set()
    if not uids:
        return []
    query = (
        Issue.select(Issue.uid, Issue.number, Issue.description, Issue.household, Issue.pending_at, Area.code)
        .join(Area, on=(Area.uid == Issue.area))
        .where(Issue.uid.in_(uids))
        .order_by(Issue.number.desc())
    )
    people = reading.reporters_of(register, list(uids))
    rows, now = [], datetime.datetime.now()
    for uid, number, description, household, pending, code in register.all(query.tuples()):
        raisers = people.get(bytes(uid), [])
        names, phones = [one.name for one in raisers], [plain(one.phone) for one in raisers]
        texts = [folded(text) for text in (number, description, *names)]
        rank = answers(words, [*texts, *phones], [sound for name in names for sound in sounds(name)])
        title = f"{number} {'、'.join(filter(None, names))}".strip()
        title = "  ".join(filter(None, (title, deadlines.in_words(pending, now))))
        rows.append((rank, Found(ISSUES, title, " ".join(description.split()), code, household, issue=bytes(uid))))
    return _best(rows)


def _members(register: Register, words: Sequence[str]) -> list[Found]:
    uids = index.find(register, Member, [of_text(word) for word in words], _LOOKED_AT)
    if not uids:
        return []
    serving: dict[Uid, tuple[Any, ...]] = {}
    query = (
        Service.select(Service.member, Service.role, Area.code, Area.name)
        .join(Area, on=(Area.uid == Service.area))
        .where(Service.member.in_(uids) & Service.holds())
        .order_by(Service.role == RESERVE.key, Area.code)
    )
    for member, *rest in register.all(query.tuples()):
        serving.setdefault(bytes(member), tuple(rest))
    columns = (Member.uid, Member.name, Member.phone)
    rows = []
    for uid, name, phone in register.all(Member.select(*columns).where(Member.uid.in_(uids)).tuples()):
        rank = answers(words, [folded(name), plain(phone)], sounds(name))
        role, code, place = serving.get(uid, ("", "", ""))
        detail = "  ".join(filter(None, (place, ROLE_BY_KEY[role].name if role else "", phone)))
        rows.append((rank, Found(MEMBERS, name, detail, code, member=bytes(uid))))
    return _best(rows)


def _best(rows: list[tuple[int | None, Any]]) -> list[Any]:
    """What answers, the best first and else in the order given."""
    ranked = [(rank, row) for rank, row in rows if rank is not None]
    return [row for _rank, row in sorted(ranked, key=lambda one: one[0])]
