"""The issues of an area, filtered and sorted, a page at a time; and how many every view of them holds."""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

import peewee
from peewee import JOIN, SQL, fn

from gridapp.areas import tree
from gridapp.areas.model import Area, Level
from gridapp.households import address
from gridapp.households.model import Household
from gridapp.households.order import Order
from gridapp.ids import Uid
from gridapp.issues import categories
from gridapp.issues.categories import Categories
from gridapp.issues.deadlines import Urgency, in_words, urgency
from gridapp.issues.ledger import LedgerFilter, View, beside_view, conditions, in_view, summed
from gridapp.issues.model import Issue, Reporter
from gridapp.issues.reading import Raiser, reporters_of
from gridapp.issues.states import STATE_NAMES, State, satisfaction_name
from gridapp.store.register import Register
from gridapp.teams.model import Member

_CHUNK = 500


class LedgerSort(StrEnum):
    """What the ledger can be sorted by. ``DEADLINE``: emergencies before all, then the nearest deadline."""

    DEADLINE = "deadline"
    NUMBER = "number"
    STATE = "state"
    CATEGORY = "category"
    DESCRIPTION = "description"
    PLACE = "place"
    REPORTER = "reporter"
    LEVEL = "level"
    HANDLER = "handler"
    REGISTERED = "registered"
    RESOLVED = "resolved"
    REPORTED_BACK = "reported_back"
    SATISFACTION = "satisfaction"


@dataclass(frozen=True)
class LedgerRow:
    """One issue as a table, a card or a file shows it.

    Attributes:
        category: in words.
        where: the household's address, or the place in words.
        reporters: who raised it, the first one first.
    """

    uid: Uid
    number: str
    state: State
    level: Level
    urgent: bool
    category: str
    description: str
    where: str
    area_code: str
    area_name: str
    handler: str
    assignee: str
    registered_on: datetime.date
    due_at: datetime.datetime | None
    pending_at: datetime.datetime | None
    review_on: datetime.date | None
    resolved_on: datetime.date | None
    reported_back_on: datetime.date | None
    result: str
    satisfaction: str
    household: Uid | None
    reporters: tuple[Raiser, ...] = field(default=())

    @property
    def state_name(self) -> str:
        return STATE_NAMES[self.state]

    @property
    def raised_by(self) -> str:
        """``马玉兰(+2)``: who raised it first, and how many others did."""
        if not self.reporters:
            return ""
        others = len(self.reporters) - 1
        return (self.reporters[0].name or "匿名") + (f"(+{others})" if others else "")

    @property
    def satisfaction_name(self) -> str:
        return satisfaction_name(self.satisfaction)

    def deadline(self, now: datetime.datetime) -> str:
        """``逾期3天``, ``今日到期``, ``12-05 复查``; empty where nothing is awaited."""
        if self.state is State.SUSPENDED and self.review_on is not None:
            return "复查到期" if self.review_on <= now.date() else f"{self.review_on:%m-%d} 复查"
        return in_words(self.pending_at, now)

    def urgency(self, now: datetime.datetime) -> Urgency:
        """How near what is awaited is."""
        if self.state is State.SUSPENDED and self.review_on is not None:
            return Urgency.TODAY if self.review_on <= now.date() else Urgency.LATER
        return urgency(self.pending_at, now)


class LedgerListing:
    """A filtered and sorted part of the ledger; its order is read once, its rows where they are looked at."""

    def __init__(
        self,
        register: Register,
        chosen: LedgerFilter,
        sort: LedgerSort = LedgerSort.DEADLINE,
        descending: bool = False,
        now: datetime.datetime | None = None,
    ) -> None:
        """Make it; nothing is read yet.

        Args:
            now: as of when deadlines are near or past; the moment at which it is made unless told.
        """
        self._register = register
        self.filter = chosen
        self.sort = sort
        self.descending = descending
        self.now = now or datetime.datetime.now()

    def prepare(self) -> None:
        """Read what may take long now, so that everything asked later is answered at once."""
        assert self._order is not None

    @property
    def count(self) -> int:
        """How many issues it holds."""
        return len(self._order)

    def page(self, offset: int, limit: int) -> list[LedgerRow]:
        """At most ``limit`` rows from position ``offset`` on."""
        return rows(self._register, self.uids_at(offset, limit), self.sorts)

    def uids_at(self, offset: int, limit: int) -> list[Uid]:
        """The issues of at most ``limit`` rows from position ``offset`` on."""
        return self._order.part(offset, limit)

    def position_of(self, uid: Uid) -> int | None:
        """Where an issue stands in the list, or None if it is not in it."""
        return self._order.position_of(uid)

    def holds(self, uid: Uid) -> bool:
        """Whether an issue is in the list, wherever it stands; asked of one that is not read yet."""
        return self._register.first(self._source(Issue.uid).where(Issue.uid == uid)) is not None

    def is_like(self, other: "LedgerListing") -> bool:
        """Whether it is the same list, read again."""
        mine, theirs = ((one.filter, one.sort, one.descending) for one in (self, other))
        return mine == theirs and self._order.is_like(other._order)

    def uids(self) -> peewee.Select:
        """The query that yields the uid of every issue in order."""
        return self._source(Issue.uid).order_by(*keys(self.sort, self.descending))

    @cached_property
    def sorts(self) -> Categories:
        """The categories of the register."""
        return categories.of(self._register)

    @cached_property
    def _order(self) -> Order:
        return Order(self._register.column(self.uids()))

    def _source(self, *columns: peewee.Node) -> peewee.Select:
        query = within(self._register, Issue.select(*columns), self.filter.area_code)
        if self.sort is LedgerSort.PLACE:
            query = query.join(Area, on=(Area.uid == Issue.area))
            query = query.join(Household, JOIN.LEFT_OUTER, on=(Household.uid == Issue.household))
        for condition in conditions(self.filter, self.sorts, self.now):
            query = query.where(condition)
        return query


@dataclass(frozen=True)
class LedgerCounts:
    """How many issues every view holds, and how many are in every state."""

    views: Mapping[View, int]
    states: Mapping[State, int]


def counts(register: Register, chosen: LedgerFilter, now: datetime.datetime | None = None) -> LedgerCounts:
    """How many issues each view would hold under a filter, whatever view and states it asks for itself."""
    found = register.all(counting(register, chosen, now or datetime.datetime.now()).tuples())
    states: Counter[State] = Counter()
    views: Counter[View] = Counter()
    for state, number, *told, mine in found:
        states[State(state)] = number
        views[View.ALL] += number
        for view, part in zip(_BY_MOMENT, told, strict=True):
            views[view] += int(part)
        views[View.MINE] = mine
    views[View.OPEN] = sum(number for state, number in states.items() if state.is_open)
    views[View.REPORT_BACK] = sum(number for state, number in states.items() if state.awaits_report_back)
    views[View.SUSPENDED] = states[State.SUSPENDED]
    views[View.FOLLOW_UP] = states[State.REPORTED_BACK]
    views[View.CLOSED] = states[State.CLOSED]
    return LedgerCounts({view: views[view] for view in View}, states)


def open_count(register: Register, code: str) -> int:
    """How many open issues there are in an area and below it."""
    query = within(register, Issue.select(fn.COUNT(SQL("*"))), code).where(Issue.is_open())
    return register.value(query)


_BY_MOMENT = (View.TODAY, View.OVERDUE, View.SOON, View.REVIEW)


def counting(register: Register, chosen: LedgerFilter, now: datetime.datetime) -> peewee.Select:
    """The one grouped statement behind ``counts``; of a filter without more than an area, an index answers it."""
    sorts = categories.of(register)
    beside = list(beside_view(chosen, sorts))
    mine = within(register, Issue.select(fn.COUNT(SQL("*"))), chosen.area_code)
    told = [summed(condition) for view in _BY_MOMENT if (condition := in_view(view, now)) is not None]
    query = within(register, Issue.select(Issue.state, fn.COUNT(SQL("*")), *told), chosen.area_code)
    # Which is always so, and points to the index that begins with the state.
    query = query.where(Issue.state.in_([int(state) for state in State]))
    mine = mine.where(in_view(View.MINE, now, chosen.desk))
    for one in beside:
        query, mine = query.where(one), mine.where(one)
    return query.select_extend(mine).group_by(Issue.state)


def rows(register: Register, uids: Sequence[Uid], sorts: Categories | None = None) -> list[LedgerRow]:
    """The issues with these uids, in this order; those that are gone are left out."""
    if not uids:
        return []
    sorts = sorts or categories.of(register)
    people = reporters_of(register, uids)
    found: dict[Uid, LedgerRow] = {}
    for start in range(0, len(uids), _CHUNK):
        query = (
            Issue.select(*_COLUMNS)
            .join(Area, on=(Area.uid == Issue.area))
            .join(Household, JOIN.LEFT_OUTER, on=(Household.uid == Issue.household))
            .join(Member, JOIN.LEFT_OUTER, on=(Member.uid == Issue.assignee))
            .where(Issue.uid.in_(uids[start : start + _CHUNK]))
        )
        for values in register.all(query.tuples()):
            row = _row(values, sorts, people)
            found[row.uid] = row
    return [found[uid] for uid in uids if uid in found]


def kinds(register: Register, uids: Sequence[Uid]) -> set[tuple[State, Level]]:
    """In which states and on which levels some issues are."""
    found = set()
    for start in range(0, len(uids), _CHUNK):
        query = Issue.select(Issue.state, Issue.level).where(Issue.uid.in_(uids[start : start + _CHUNK]))
        found |= {(State(state), Level(level)) for state, level in register.all(query.distinct().tuples())}
    return found


def within(register: Register, query: peewee.Select, code: str) -> peewee.Select:
    """A query of issues, those of an area and below it; where that is the whole register, no area is looked at."""
    if register.first(Area.select(Area.uid).where(~tree.within(code))) is None:
        return query
    return query.where(Issue.area.in_(Area.select(Area.uid).where(tree.within(code))))


def keys(sort: LedgerSort, descending: bool) -> list[peewee.Ordering]:
    """By what a listing is ordered. The uid makes the order total, so that no row is on two pages or on none."""
    told = [*_keys(sort), (Issue.uid, False)]
    return [peewee.Desc(key) if turned != descending else peewee.Asc(key) for key, turned in told]


_NEVER = datetime.date.min


def _keys(sort: LedgerSort) -> list[tuple[Any, bool]]:
    """Each with whether it runs the other way: what is due is first the nearest, what is over first the latest."""
    if sort is LedgerSort.DEADLINE:
        unpending = Issue.pending_at.is_null()
        rank = peewee.Case(None, [(unpending, 2), (Issue.urgent == True, 0)], 1)  # noqa: E712
        far = datetime.datetime.max.replace(microsecond=0)
        return [(rank, False), (fn.COALESCE(Issue.pending_at, far), False), (Issue.registered_on, True)]
    if sort is LedgerSort.REPORTER:
        first = Reporter.select(fn.COALESCE(fn.MIN(Reporter.name), "")).where(Reporter.issue == Issue.uid)
        return [(first, False)]
    by_day = {
        LedgerSort.REGISTERED: Issue.registered_on,
        LedgerSort.RESOLVED: Issue.resolved_on,
        LedgerSort.REPORTED_BACK: Issue.reported_back_on,
    }
    if sort in by_day:
        # What has not come yet is less than all that has; left null, each engine would put it elsewhere.
        return [(fn.COALESCE(by_day[sort], _NEVER), False)]
    if sort is LedgerSort.PLACE:
        return [(Area.code, False), (fn.COALESCE(Household.address_key, ""), False), (Issue.place, False)]
    plain: dict[LedgerSort, Any] = {
        LedgerSort.NUMBER: Issue.number,
        LedgerSort.STATE: Issue.state,
        LedgerSort.CATEGORY: Issue.category,
        LedgerSort.DESCRIPTION: Issue.description,
        LedgerSort.LEVEL: Issue.level,
        LedgerSort.HANDLER: Issue.handler,
        LedgerSort.SATISFACTION: Issue.satisfaction,
    }
    return [(plain[sort], False)]


_COLUMNS = (
    *(Issue.uid, Issue.number, Issue.state, Issue.level, Issue.urgent, Issue.category, Issue.description),
    *(Issue.place, Household.estate, Household.building, Household.entrance, Household.room),
    *(Area.code, Area.name, Issue.handler, Member.name, Issue.registered_on, Issue.due_at, Issue.pending_at),
    *(Issue.review_on, Issue.resolved_on, Issue.reported_back_on, Issue.result, Issue.satisfaction, Issue.household),
)


def _row(values: Sequence[Any], sorts: Categories, people: Mapping[Uid, Sequence[Raiser]]) -> LedgerRow:
    uid, number, state, level, urgent, category, description, place, *rest = values
    estate, building, entrance, room, code, area, handler, member, *last = rest
    registered, due, pending, review, resolved, told, result, satisfaction, household = last
    lives = address.full_label(estate, building, entrance, room) if household is not None else ""
    return LedgerRow(
        uid=bytes(uid),
        number=number,
        state=State(state),
        level=Level(level),
        urgent=bool(urgent),
        category=sorts.name_of(category),
        description=description,
        where=" ".join(filter(None, (lives, place))),
        area_code=code,
        area_name=area,
        handler=handler,
        assignee=member or "",
        registered_on=registered,
        due_at=due,
        pending_at=pending,
        review_on=review,
        resolved_on=resolved,
        reported_back_on=told,
        result=result,
        satisfaction=satisfaction,
        household=bytes(household) if household is not None else None,
        reporters=tuple(people.get(bytes(uid), ())),
    )
