"""The households of an area, filtered and sorted, a page at a time."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property, reduce
from operator import and_
from typing import Any

import peewee
from peewee import JOIN, SQL, fn

from gridapp.areas import tree
from gridapp.areas.model import CODE_LENGTHS, Area, Level
from gridapp.households import address, grouping, words
from gridapp.households.categories import Category, at, first_position, from_mask
from gridapp.households.filters import Filter, conditions
from gridapp.households.grouping import Group, GroupBy
from gridapp.households.model import PAST, Household
from gridapp.households.order import Order
from gridapp.ids import Uid
from gridapp.issues.model import Issue
from gridapp.store.register import Register
from gridapp.visits.model import Visit


class SortBy(StrEnum):
    """What a listing can be sorted by. ``ADDRESS`` is walking order: grid by grid, then building, entrance, room."""

    ADDRESS = "address"
    CATEGORY = "category"
    HEAD = "head"
    PEOPLE = "people"
    PHONE = "phone"
    VISITED = "visited"
    ESTATE = "estate"
    BUILDING = "building"
    ENTRANCE = "entrance"
    FLOOR = "floor"
    ROOM = "room"
    KIND = "kind"
    EMERGENCY_CONTACT = "emergency_contact"
    ISSUES = "issues"
    REGISTERED = "registered"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Row:
    """One household as a table shows it."""

    uid: Uid
    area_code: str
    area_name: str
    kind: str
    estate: str
    building: str
    entrance: str
    floor: str
    room: str
    head: str
    people: int | None
    phone: str
    emergency_contact: str
    mask: int
    precedence: int
    note: str
    last_visit: datetime.date | None
    open_issues: int
    left_on: datetime.date | None = None
    left_how: str = ""

    @property
    def categories(self) -> tuple[Category, ...]:
        return from_mask(self.mask)

    @property
    def first_category(self) -> Category:
        return at(first_position(self.mask))

    @property
    def left(self) -> str:
        """``已迁出 2026-11-20``; empty for a household that is still there."""
        return words.left_text(self.left_how, self.left_on)

    @property
    def address(self) -> str:
        return address.full_label(self.estate, self.building, self.entrance, self.room)


_COLUMNS = (
    Household.uid,
    Area.code,
    Area.name,
    Household.kind,
    Household.estate,
    Household.building,
    Household.entrance,
    Household.floor,
    Household.room,
    Household.head,
    Household.people,
    Household.phone,
    Household.emergency_contact,
    Household.categories,
    Household.precedence,
    Household.note,
    Household.left_on,
    Household.left_how,
)


class Listing:
    """A filtered and sorted list of households that is read where it is looked at.

    Where an index holds them in their order, a page is found by uid first, which the index answers alone, and only its
    own rows are read whole. Where none does, the order is read once, so that a page far down does not sort them again.
    """

    def __init__(
        self,
        register: Register,
        chosen: Filter,
        sort: SortBy = SortBy.ADDRESS,
        descending: bool = False,
        group_by: GroupBy | None = None,
    ) -> None:
        """Make it; nothing is read yet.

        Args:
            group_by: by what it is gathered, which only walking order allows.
        """
        self._register = register
        self.group_by = group_by if sort is SortBy.ADDRESS else None
        self.filter = chosen
        self.sort = sort
        self.descending = descending

    def prepare(self) -> None:
        """Read what may take long now, so that everything asked later is answered at once."""
        assert self.count >= 0
        assert self.groups is not None

    @cached_property
    def count(self) -> int:
        """How many households it holds."""
        order = self._order
        if order is not None:
            return len(order)
        if not self._whole_register or self.filter.first is not None:
            return self._register.value(self._source(fn.COUNT(SQL("*"))))
        # The engine counts everyone without reading them, and the few who have left by an index of their own.
        every = Household.select(fn.COUNT(SQL("*")))
        return self._register.value(every) - self._register.value(every.where(Household.left_on.is_null(False)))

    @cached_property
    def groups(self) -> list[Group]:
        """The buildings or entrances it is gathered by, in its order; none if it is not."""
        if self.group_by is None:
            return []
        several = len(self.filter.area_code) < CODE_LENGTHS[Level.GRID]
        found = grouping.read(self._register, self._source, self.group_by, several, self.filter.past)
        return found[::-1] if self.descending else found

    def page(self, offset: int, limit: int) -> list[Row]:
        """At most ``limit`` rows from position ``offset`` on."""
        return rows(self._register, self.uids_at(offset, limit))

    def uids_at(self, offset: int, limit: int) -> list[Uid]:
        """The households of at most ``limit`` rows from position ``offset`` on."""
        if self._order is not None:
            return self._order.part(offset, limit)
        return [bytes(uid) for uid in self._register.column(self.uids().limit(limit).offset(offset))]

    def uids(self) -> peewee.Select:
        """The query that yields the uid of every household in order."""
        return self._source(Household.uid).order_by(*self._keys())

    def position_of(self, uid: Uid) -> int | None:
        """Where a household stands in the list, or None if it is not in it."""
        if self._order is not None:
            return self._order.position_of(uid)
        keys = self._directed()
        own = self._register.first(self._source(*keys).where(Household.uid == uid).tuples())
        if own is None:
            return None
        ahead = sum(
            self._register.value(self._source(fn.COUNT(SQL("*"))).where(condition)) for condition in _before(keys, own)
        )
        return self.count - 1 - ahead if self.descending else ahead

    def holds(self, uid: Uid) -> bool:
        """Whether a household is in the list, wherever it stands."""
        return self._register.first(self._source(Household.uid).where(Household.uid == uid)) is not None

    @cached_property
    def _order(self) -> Order | None:
        return None if self._is_indexed else Order(self._register.column(self.uids()))

    @cached_property
    def _is_indexed(self) -> bool:
        """Whether an index holds just these households in this order."""
        if replace(self.filter, area_code="", first=None) != Filter(""):
            return False
        return self.sort is SortBy.ADDRESS or (
            self.sort is SortBy.HEAD and self.filter.first is None and self._whole_register
        )

    def _source(self, *columns: peewee.Node) -> peewee.Select:
        query: peewee.ModelSelect[Any]
        if self._whole_register and self.sort not in (SortBy.ADDRESS, SortBy.CATEGORY):
            query = Household.select(*columns)  # one index then holds the answer in order
        elif self.sort in (SortBy.ADDRESS, SortBy.CATEGORY):
            # Areas by code outside, addresses inside: both indexes are in order, so nothing has to be sorted.
            query = Area.select(*columns).join(Household, JOIN.CROSS).where(Household.area == Area.uid)
            query = query.where(tree.within(self.filter.area_code) & (Area.level == tree.Level.GRID))
        else:
            grids = Area.select(Area.uid).where(tree.within(self.filter.area_code))
            query = Household.select(*columns).where(Household.area.in_(grids))
        for condition in conditions(self.filter):
            query = query.where(condition)
        if self.sort is SortBy.CATEGORY and not self.filter.past:
            # Which is always so, and points to the index that begins with area and colour.
            query = query.where(Household.precedence <= PAST)
        return query

    @cached_property
    def _whole_register(self) -> bool:
        outside = Area.select(Area.uid).where(~tree.within(self.filter.area_code) & (Area.level == tree.Level.GRID))
        return self._register.first(outside) is None

    def _keys(self) -> list[peewee.Ordering]:
        return [peewee.Desc(key) if self.descending else peewee.Asc(key) for key in self._directed()]

    def _directed(self) -> list[Any]:
        order: dict[SortBy, list[Any]] = {
            SortBy.ADDRESS: [Area.code, Household.address_key],
            SortBy.CATEGORY: [Household.precedence, Area.code, Household.address_key],
            SortBy.HEAD: [Household.head_pinyin],
            SortBy.PEOPLE: [fn.COALESCE(Household.people, -1)],
            SortBy.PHONE: [Household.phone],
            SortBy.VISITED: [
                Visit.select(fn.COALESCE(fn.MAX(Visit.visited_on), datetime.date.min)).where(
                    Visit.household == Household.uid
                ),
            ],
            SortBy.ESTATE: [Household.estate, Household.address_key],
            SortBy.BUILDING: _by_number(Household.building),
            SortBy.ENTRANCE: _by_number(Household.entrance),
            SortBy.FLOOR: _by_number(Household.floor),
            SortBy.ROOM: _by_number(Household.room),
            SortBy.KIND: [Household.kind, Household.address_key],
            SortBy.EMERGENCY_CONTACT: [Household.emergency_contact],
            SortBy.ISSUES: [
                Issue.select(fn.COUNT(Issue.uid)).where((Issue.household == Household.uid) & Issue.is_open()),
            ],
            SortBy.REGISTERED: [],  # the uid holds the time
            SortBy.NOTE: [Household.note],
        }
        # What nobody knows is less than all that is known; left null, each engine would put it elsewhere.
        # The uid makes the order total, so that no row is on two pages or on none.
        return [*order[self.sort], Household.uid]


def _before(keys: Sequence[Any], values: Sequence[Any]) -> Iterator[peewee.Expression]:
    """The conditions that a row stands before one with these values, by each of the keys as the first that differs.

    One by one, an index answers most of them alone; in one expression, every row would be looked at.
    """
    same: list[peewee.Expression] = []
    for key, value in zip(keys, values, strict=True):
        yield reduce(and_, [*same, key < value])
        same.append(key == value)


def _by_number(part: peewee.Field) -> list[peewee.Node]:
    """A part of an address so that 3 comes before 12: the shorter one first, which both engines can tell."""
    return [fn.LENGTH(part), part, Household.address_key]


def rows(register: Register, uids: Sequence[Uid]) -> list[Row]:
    """The households with these uids, in this order; those that are gone are left out."""
    if not uids:
        return []
    found = {row.uid: row for row in _read(register, Household.uid.in_(uids), uids)}
    return [found[uid] for uid in uids if uid in found]


def rows_of_grid(register: Register, grid: Uid) -> list[Row]:
    """All households that there are in a grid, in walking order, in three queries however many they are."""
    chosen = (Household.area == grid) & Household.is_here()
    return _read(register, chosen, Household.select(Household.uid).where(chosen))


def _read(register: Register, chosen: peewee.Expression, uids: Any) -> list[Row]:
    """The households that are chosen, by a condition and by their uids, with their last visits and open issues."""
    households = Household.select(*_COLUMNS).join(Area, on=(Area.uid == Household.area)).where(chosen)
    found = list(register.each(households.order_by(Household.address_key, Household.uid)))
    visits = dict(
        register.all(
            Visit.select(Visit.household, fn.MAX(Visit.visited_on))
            .where(Visit.household.in_(uids))
            .group_by(Visit.household)
            .tuples()
        )
    )
    issues = dict(
        register.all(
            Issue.select(Issue.household, fn.COUNT(Issue.uid))
            .where(Issue.household.in_(uids) & Issue.is_open())
            .group_by(Issue.household)
            .tuples()
        )
    )
    return [_row(values, visits.get(values[0]), issues.get(values[0], 0)) for values in found]


def _row(values: tuple[Any, ...], last_visit: datetime.date | None, open_issues: int) -> Row:
    *told, left_on, left_how = values
    return Row(*(*told, last_visit, open_issues, left_on, left_how))
