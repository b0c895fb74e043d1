"""The visits to one household, and those of an area in a period, the newest first."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import peewee
from peewee import JOIN, fn

from gridapp.areas import tree
from gridapp.areas.model import Area
from gridapp.households import address
from gridapp.households.filters import matching
from gridapp.households.model import Household
from gridapp.households.order import Order
from gridapp.ids import Uid
from gridapp.store.register import Register
from gridapp.visits.members import company_remark
from gridapp.visits.model import Visit


@dataclass(frozen=True)
class VisitRow:
    """One visit as a list shows it."""

    uid: Uid
    visited_on: datetime.date
    members: str
    summary: str
    needs: str = ""
    follow_up: str = ""
    follow_up_on: datetime.date | None = None
    followed_up_on: datetime.date | None = None

    @property
    def company(self) -> str:
        """``仅1人`` where fewer went than ought to; else empty."""
        return company_remark(self.members)

    @property
    def follow_up_state(self) -> str:
        """``已跟进 2020-08-20``, ``待跟进 2020-08-20``, or empty where there is nothing to be followed up."""
        if self.follow_up_on is None:
            return ""
        if self.followed_up_on is not None:
            return f"已跟进 {self.followed_up_on.isoformat()}"
        return f"待跟进 {self.follow_up_on.isoformat()}"


@dataclass(frozen=True)
class VisitedRow:
    """One visit in the list of an area, with the household visited; ``mask`` holds its categories."""

    visit: VisitRow
    household: Uid
    area_code: str
    area_name: str
    address: str
    head: str
    mask: int = field(default=0)


@dataclass(frozen=True)
class VisitFilter:
    """Which visits a list holds: those of an area, in a period (both ends counted, open where None).

    Attributes:
        text: what the household, those who went, or what was said contain.
        first: positions in precedence of the household's first category; None: all.
    """

    area_code: str
    since: datetime.date | None = None
    until: datetime.date | None = None
    text: str = ""
    first: frozenset[int] | None = None


_COLUMNS = (
    Visit.uid,
    Visit.visited_on,
    Visit.members,
    Visit.summary,
    Visit.needs,
    Visit.follow_up,
    Visit.follow_up_on,
    Visit.followed_up_on,
)


def of_household(register: Register, household: Uid, limit: int) -> list[VisitRow]:
    """At most ``limit`` visits, the newest first."""
    query = (
        Visit.select(*_COLUMNS)
        .where(Visit.household == household)
        .order_by(Visit.visited_on.desc(), Visit.uid.desc())
        .limit(limit)
    )
    return [VisitRow(*row) for row in register.all(query.tuples())]


def count(register: Register, household: Uid) -> int:
    """How many there are."""
    return register.value(Visit.select(fn.COUNT(Visit.uid)).where(Visit.household == household))


class VisitListing:
    """The visits of an area, read where they are looked at; their order is kept, which is some megabytes at most."""

    def __init__(self, register: Register, chosen: VisitFilter) -> None:
        """Make it; nothing is read yet."""
        self._register = register
        self.filter = chosen

    def prepare(self) -> None:
        """Read what may take long now, so that everything asked later is answered at once."""
        assert self.count >= 0

    @property
    def count(self) -> int:
        """How many visits it holds."""
        return len(self._order)

    def uids_at(self, offset: int, limit: int) -> list[Uid]:
        """The visits of at most ``limit`` rows from position ``offset`` on."""
        return self._order.part(offset, limit)

    def position_of(self, visit: Uid) -> int | None:
        """Where a visit stands in the list, or None."""
        return self._order.position_of(visit)

    def page(self, offset: int, limit: int) -> list[VisitedRow]:
        """At most ``limit`` rows from position ``offset`` on; visits that are gone are left out."""
        return self.rows(self.uids_at(offset, limit))

    def rows(self, uids: Sequence[Uid]) -> list[VisitedRow]:
        """The rows of some hundred visits in this order."""
        if not uids:
            return []
        door = (Household.estate, Household.building, Household.entrance, Household.room)
        query = (
            Visit.select(*_COLUMNS, Household.uid, Area.code, Area.name, *door, Household.head, Household.categories)
            .join(Household, on=(Household.uid == Visit.household))
            .join(Area, on=(Area.uid == Household.area))
            .where(Visit.uid.in_(uids))
        )
        found = {}
        for row in self._register.all(query.tuples()):
            visit = VisitRow(*row[: len(_COLUMNS)])
            household, code, area, estate, building, entrance, room, head, mask = row[len(_COLUMNS) :]
            label = address.full_label(estate, building, entrance, room)
            found[visit.uid] = VisitedRow(visit, household, code, area, label, head, mask)
        return [found[uid] for uid in uids if uid in found]

    @cached_property
    def _order(self) -> Order:
        return Order(self._register.column(self.uids()))

    def uids(self) -> peewee.Select:
        """The query that yields the uid of every visit, the newest first."""
        told = self.filter
        # From the area to its households to their visits, each by an index: a grid then costs what its own visits cost.
        query = Area.select(Visit.uid).join(Household, JOIN.CROSS).join(Visit, JOIN.CROSS)
        query = query.where((Household.area == Area.uid) & (Visit.household == Household.uid))
        query = query.where(tree.within(told.area_code))
        if told.since is not None:
            query = query.where(Visit.visited_on >= told.since)
        if told.until is not None:
            query = query.where(Visit.visited_on <= told.until)
        if told.first is not None:
            query = query.where(Household.precedence.in_(sorted(told.first)))
        if told.text.strip():
            query = query.where(_holding(told.text.strip()))
        return query.order_by(Visit.visited_on.desc(), Visit.uid.desc())


def _holding(text: str) -> peewee.Expression:
    said = Visit.members.contains(text) | Visit.summary.contains(text)
    return said | Visit.needs.contains(text) | Visit.follow_up.contains(text) | matching(text)
