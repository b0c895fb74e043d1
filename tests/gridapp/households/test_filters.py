"""Filters of households: each condition, all of them together, and the same on every level of the tree."""

import datetime
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from peewee import OP, Expression

from gridapp.households.categories import CATEGORIES, NO_PRECEDENCE, first_position, to_mask
from gridapp.households.estates import places
from gridapp.households.filters import Ages, Filter, Place, conditions, years_before
from gridapp.households.id_numbers import age_on
from gridapp.households.listing import Listing
from gridapp.households.model import CONDITIONS, ENTERPRISE, PAST, RESIDENTIAL, Household
from gridapp.register import Register
from gridapp.reports.counts import filtered_counts
from gridapp.store.dialects import explain
from tests import factories as make

TODAY = datetime.date.today()
OTHER_GRID = f"{make.GRID[:12]}004"
KEYS = [category.key for category in CATEGORIES]


def days_ago(days: int) -> datetime.date:
    return TODAY - datetime.timedelta(days=days)


def born(age: int) -> datetime.date:
    """The birthday of somebody who turned so old half a year ago."""
    return years_before(TODAY, age) - datetime.timedelta(days=180)


@dataclass
class Person:
    age: int | None
    special: str = ""
    party_member: bool = False


@dataclass
class Home:
    """A household as this test knows it, without a database."""

    grid: str
    place: tuple[str, str, str]
    keys: tuple[str, ...] = ()
    kind: str = RESIDENTIAL
    phone: str = ""
    last_visit: int | None = None
    issue: str = ""
    people: list[Person] = field(default_factory=list)


HOMES = [
    Home(make.GRID, ("盛欣园", "3", "1"), ("tenant",), phone="138", last_visit=0, people=[Person(5), Person(34)]),
    Home(
        make.GRID, ("盛欣园", "3", "2"), ("lonely_elderly", "tenant"), last_visit=29, people=[Person(81, "残疾、低保")]
    ),
    Home(make.GRID, ("盛欣园", "12", "1"), ("party_member",), last_visit=30, people=[Person(60, party_member=True)]),
    Home(make.GRID, ("盛欣园二期", "3", "1"), (), phone="139", issue="open", people=[Person(None), Person(69)]),
    Home(make.GRID, ("", "3", "1"), ("enterprise",), ENTERPRISE, phone="022", issue="resolved"),
    Home(OTHER_GRID, ("盛欣园", "3", "1"), ("permanent_resident",), last_visit=400, people=[Person(17, "低收入")]),
    Home(OTHER_GRID, ("盛欣园", "甲楼", ""), ("living_alone", "special_group"), issue="open", people=[Person(59)]),
    Home(OTHER_GRID, ("", "", ""), ("permanent_resident", "tenant"), phone="137", people=[Person(0), Person(70)]),
]


@pytest.fixture
def street(engine_register: Register) -> Register:
    """Two grids with the households above; each is headed by its number."""
    grids = {code: make.make_grid(engine_register, code) for code in (make.GRID, OTHER_GRID)}
    with engine_register.recording("迁入"):
        for number, home in enumerate(HOMES):
            estate, building, entrance = home.place
            uid = make.make_household(
                engine_register,
                grids[home.grid],
                estate=estate,
                building=building,
                entrance=entrance,
                head=str(number),
                categories=to_mask(home.keys),
                kind=home.kind,
                phone=home.phone,
            )
            for one in home.people:
                birth = None if one.age is None else born(one.age)
                told = {"birth_date": birth, "conditions": one.special, "party_member": one.party_member}
                make.make_resident(engine_register, uid, **told)
            if home.last_visit is not None:
                for days in (home.last_visit, home.last_visit + 100):
                    make.make_visit(engine_register, uid, visited_on=days_ago(days))
            if home.issue:
                resolved = TODAY if home.issue == "resolved" else None
                make.make_issue(engine_register, grids[home.grid], household=uid, resolved_on=resolved)
    return engine_register


def left_by(register: Register, chosen: Filter) -> set[int]:
    """The numbers of the households that a filter leaves."""
    listing = Listing(register, chosen)
    found = [int(row.head) for row in listing.page(0, 100)]
    assert listing.count == len(found) == len(set(found))
    return set(found)


def expected(chosen: Filter) -> set[int]:
    """The same, by looking at each household."""
    return {number for number, home in enumerate(HOMES) if _fits(home, chosen)}


def _fits(home: Home, chosen: Filter) -> bool:
    carried = [key in home.keys for key in chosen.carrying]
    enough = all(carried) if chosen.carrying_all else any(carried)
    return (
        home.grid.startswith(chosen.area_code)
        and (chosen.first is None or first_position(to_mask(home.keys)) in chosen.first)
        and (not carried or enough)
        and (not chosen.places or any(_stands_at(home, place) for place in chosen.places))
        and (chosen.unvisited_days is None or home.last_visit is None or home.last_visit >= chosen.unvisited_days)
        and (not chosen.open_issues or home.issue == "open")
        and (not chosen.ages or any(_is_aged(one, ages) for one in home.people for ages in chosen.ages))
        and (not chosen.special or any(word in one.special for one in home.people for word in chosen.special))
        and (not chosen.party_member or any(one.party_member for one in home.people))
        and (not chosen.kind or home.kind == chosen.kind)
        and (not chosen.no_phone or not home.phone)
        and (not chosen.no_residents or not home.people)
    )


def _stands_at(home: Home, place: Place) -> bool:
    return all(asked is None or asked == part for asked, part in zip(place, home.place, strict=True))


def _is_aged(person: Person, ages: Ages) -> bool:
    return person.age is not None and ages.first <= person.age and (ages.last is None or person.age <= ages.last)


ends = st.integers(0, 100)
bands = st.tuples(ends, st.none() | ends).map(lambda ages: Ages(*(ages if None in ages else sorted(ages))))
part_of = st.none() | st.sampled_from(["", "盛欣园", "盛欣园二期", "3", "12", "甲楼", "1", "2"])
somewhere = st.sampled_from(HOMES).flatmap(
    lambda home: st.tuples(*(st.sampled_from([None, part]) for part in home.place))
)
asked_places = (somewhere | st.tuples(part_of, part_of, part_of)).map(lambda place: Place(*place))
asked = st.builds(
    Filter,
    st.sampled_from([make.GRID, OTHER_GRID, make.GRID[:12], make.GRID[:6]]),
    first=st.none() | st.frozensets(st.integers(0, NO_PRECEDENCE), min_size=1),
    carrying=st.just(frozenset()) | st.frozensets(st.sampled_from(KEYS), max_size=3),
    carrying_all=st.booleans(),
    places=st.just(()) | st.lists(asked_places, max_size=2).map(tuple),
    unvisited_days=st.none() | st.sampled_from([1, 29, 30, 31, 9_999]),
    open_issues=st.sampled_from([False, False, True]),
    ages=st.just(()) | st.lists(bands, max_size=2).map(tuple),
    special=st.just(frozenset()) | st.frozensets(st.sampled_from(CONDITIONS), max_size=2),
    party_member=st.sampled_from([False, False, True]),
    kind=st.sampled_from(["", "", RESIDENTIAL, ENTERPRISE]),
    no_phone=st.sampled_from([False, False, True]),
    no_residents=st.sampled_from([False, False, True]),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=asked)
def test_a_filter_leaves_what_looking_at_each_household_leaves(street: Register, chosen: Filter) -> None:
    assert left_by(street, chosen) == expected(chosen)
    counts = filtered_counts(street, chosen)
    assert sum(counts) == len(expected(replace(chosen, first=None)))
    if chosen.first is not None:
        assert sum(counts[position] for position in chosen.first) == len(expected(chosen))


@pytest.mark.parametrize("code", [make.GRID, make.GRID[:6]])
@pytest.mark.parametrize(
    ("asked_for", "left"),
    [
        ({"unvisited_days": 30}, {2, 3, 4}),
        ({"unvisited_days": 29}, {1, 2, 3, 4}),
        ({"open_issues": True}, {3}),
        ({"ages": (Ages(60, 69),)}, {2, 3}),
        ({"ages": (Ages(0, 5), Ages(80))}, {0, 1}),
        ({"special": frozenset({"残疾"})}, {1}),
        ({"party_member": True}, {2}),
        ({"kind": ENTERPRISE}, {4}),
        ({"no_phone": True}, {1, 2}),
        ({"no_residents": True}, {4}),
        ({"carrying": frozenset({"tenant", "party_member"})}, {0, 1, 2}),
        ({"carrying": frozenset({"tenant", "lonely_elderly"}), "carrying_all": True}, {1}),
        ({"places": (Place("盛欣园", "3"),)}, {0, 1}),
        ({"places": (Place("盛欣园", "3", "2"), Place("盛欣园二期"))}, {1, 3}),
        ({"places": (Place(building="3"),)}, {0, 1, 3, 4}),
        ({"places": (Place(),)}, {0, 1, 2, 3, 4}),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_each_condition_alone(street: Register, code: str, asked_for: dict, left: set[int]) -> None:
    of_the_grid = {number for number, home in enumerate(HOMES) if home.grid == make.GRID}
    assert left_by(street, Filter(code, **asked_for)) & of_the_grid == left


@given(birth=st.dates(datetime.date(1900, 1, 1), TODAY), day=st.dates(TODAY, datetime.date(2100, 12, 31)), age=ends)
def test_who_was_born_by_that_day_is_so_old(birth: datetime.date, day: datetime.date, age: int) -> None:
    assert (birth <= years_before(day, age)) == (age_on(birth, day) >= age)


def test_a_number_of_a_building_counts_by_its_value(register: Register) -> None:
    grid = make.make_grid(register)
    make.make_household(register, grid, building="03", head="1")
    make.make_household(register, grid, building="30", head="2")
    assert left_by(register, Filter(make.GRID, places=(Place("盛欣园", "3"),))) == {1}


def test_places_of_an_area_stand_in_walking_order_each_behind_what_it_lies_in(street: Register) -> None:
    assert places(street, make.GRID) == [
        Place("", "3"),
        Place("", "3", "1"),
        Place("盛欣园"),
        Place("盛欣园", "3"),
        Place("盛欣园", "3", "1"),
        Place("盛欣园", "3", "2"),
        Place("盛欣园", "12"),
        Place("盛欣园", "12", "1"),
        Place("盛欣园二期"),
        Place("盛欣园二期", "3"),
        Place("盛欣园二期", "3", "1"),
    ]
    assert Place("盛欣园", "甲楼") in places(street, make.GRID[:12])


def test_a_place_is_a_range_of_the_index_of_addresses(register: Register) -> None:
    make.make_grid(register)
    chosen = Filter(make.GRID, places=(Place("盛欣园", "3"),))
    assert "(area=? AND address_key>? AND address_key<?)" in explain(register.db, Listing(register, chosen).uids())


def test_of_a_grid_each_household_is_looked_into_and_of_a_district_all_residents_once(register: Register) -> None:
    make.make_grid(register)
    aged = {"ages": (Ages(60),)}
    assert "CORRELATED" in explain(register.db, Listing(register, Filter(make.GRID, **aged)).uids())
    assert "CORRELATED" not in explain(register.db, Listing(register, Filter(make.GRID[:6], **aged)).uids())


def test_an_empty_filter_asks_only_who_is_still_here() -> None:
    (only,) = conditions(Filter(make.GRID))
    assert isinstance(only, Expression)
    assert (only.lhs, only.op, only.rhs) == (Household.precedence, OP.NE, PAST)
