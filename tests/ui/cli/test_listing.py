"""``list``, ``search`` and ``stats``: with the keys that other programs rely on."""

from pathlib import Path

import pytest

from gridapp.areas import tree
from gridapp.households.categories import CATEGORIES
from gridapp.households.filters import Filter
from gridapp.households.listing import Listing
from gridapp.register import open_register
from gridapp.teams.model import ROLES
from tests import factories as make
from tests.ui import people
from tests.ui.cli.conftest import Run

HOUSEHOLD = [
    "id",
    "area_code",
    "estate",
    "building",
    "entrance",
    "floor",
    "room",
    "kind",
    "head",
    "phone",
    "people",
    "categories",
    "primary_category",
    "emergency_contact",
    "note",
    "credit_code",
]
RESIDENT = ["name", "id_number", "sex", "birth_date", "relation", "phone"]
STATS = [
    "streets",
    "communities",
    "grids",
    "households",
    "residents",
    "households_by_category",
    "team_members_by_role",
    "visits",
    "households_visited",
    "issues",
    "issues_resolved",
    "issues_reported_back",
    "issues_by_state",
    "issues_open",
    "issues_overdue",
    "issues_awaiting_report_back",
]


@pytest.fixture
def busy(db: Path) -> Path:
    """The register with a visit, an issue and a task in the third grid."""
    register = open_register(str(db))
    home = Listing(register, Filter(people.THIRD)).page(0, 1)[0].uid
    grid = tree.find(register, people.THIRD).uid
    make.make_visit(register, home)
    make.make_issue(register, grid, household=home)
    make.make_task(register, grid)
    register.close(backup=False)
    return db


def test_households_have_exactly_these_keys(run: Run, db: Path) -> None:
    answer = run("list", "households", "--db", db, "--area", people.THIRD, "--json")
    assert answer.code == 0 and answer.err == ""
    assert all(list(home) == HOUSEHOLD for home in answer.json)
    several = next(home for home in answer.json if home["head"] == people.SEVERAL)
    assert several["categories"] == ["lonely_elderly", "party_member", "tenant"]
    assert several["primary_category"] == "lonely_elderly"
    unclassed = next(home for home in answer.json if home["head"] == people.UNCLASSED)
    assert (unclassed["categories"], unclassed["primary_category"]) == ([], "")
    assert len(answer.json) == 20


def test_residents_come_with_their_household_where_asked(run: Run, db: Path) -> None:
    answer = run("list", "households", "--db", db, "--area", people.THIRD, "--with", "residents", "--json")
    first = answer.json[0]
    assert list(first) == [*HOUSEHOLD, "residents"]
    assert [list(one) for one in first["residents"]] == [RESIDENT, RESIDENT]
    assert [one["name"] for one in first["residents"]] == [people.FIRST, "马小妹"]


def test_a_category_narrows_what_is_listed(run: Run, db: Path) -> None:
    answer = run("list", "households", "--db", db, "--category", "tenant", "--json")
    assert len(answer.json) == 7
    assert all("tenant" in home["categories"] for home in answer.json)


@pytest.mark.parametrize(
    ("kind", "count"),
    [("areas", 1), ("households", 20), ("residents", 2), ("teams", 3), ("visits", 1), ("issues", 1), ("tasks", 1)],
)
def test_every_kind_is_listed_for_people_and_for_programs(run: Run, busy: Path, kind: str, count: int) -> None:
    records = run("list", kind, "--db", busy, "--area", people.THIRD, "--json").json
    table = run("list", kind, "--db", busy, "--area", people.THIRD)
    assert len(records) == count
    assert table.code == 0 and len(table.lines) == count + 1
    width = table.lines[0].count("\t")
    assert all(line.count("\t") == width for line in table.lines)


def test_an_empty_listing_is_an_empty_list(run: Run, db: Path) -> None:
    assert run("list", "visits", "--db", db, "--json").json == []


def test_the_register_can_be_named_in_front_of_the_command(run: Run, db: Path) -> None:
    assert len(run("--db", db, "list", "areas", "--json").json) == 7


def test_search_names_whom_it_found_and_where(run: Run, db: Path) -> None:
    (hit,) = run("search", "李建国", "--db", db, "--json").json
    assert (hit["name"], hit["area_code"], hit["address"]) == ("李建国", people.THIRD, "盛欣园3号楼2门102")
    assert run("search", "ljg", "--db", db).lines[1].split("\t")[2] == "李建国"
    assert len(run("search", "盛欣园", "--db", db, "--limit", 3, "--json").json) == 3
    assert run("search", "不在这里", "--db", db, "--json").json == []


def test_figures_have_exactly_these_keys(run: Run, busy: Path) -> None:
    found = run("stats", "--db", busy, "--area", people.COMMUNITY, "--json").json
    assert list(found) == STATS
    assert set(found["households_by_category"]) == {*(category.key for category in CATEGORIES), "unclassified"}
    assert set(found["team_members_by_role"]) == {role.key for role in ROLES}
    assert (found["grids"], found["households"], found["residents"], found["visits"]) == (2, 28, 2, 1)


def test_figures_of_a_period_count_only_what_was_done_in_it(run: Run, busy: Path) -> None:
    arguments = ("stats", "--db", busy, "--area", people.COMMUNITY, "--json")
    assert run(*arguments, "--since", "2020-08-19", "--until", "2020-08-19").json["visits"] == 1
    assert run(*arguments, "--since", "2020-08-20").json["visits"] == 0


def test_figures_can_be_read_by_people(run: Run, busy: Path) -> None:
    lines = run("stats", "--db", busy, "--area", people.COMMUNITY).lines
    assert "住户\t28" in lines and "孤老户\t3" in lines and "网格员\t1" in lines


@pytest.mark.parametrize(
    "arguments",
    [
        ("list", "dogs"),
        ("list", "households", "--category", "cats"),
        ("list", "areas", "--category", "tenant"),
        ("list", "residents", "--with", "residents"),
        ("list",),
        ("stats",),
        ("stats", "--area", people.THIRD, "--since", "gestern"),
        ("stats", "--area", people.THIRD, "--since", "2020-08-20", "--until", "2020-08-19"),
        ("search", "马", "--limit", "0"),
        ("nonsense",),
        ("list", "areas", "--nonsense"),
    ],
)
def test_what_cannot_be_understood_exits_2(run: Run, db: Path, arguments: tuple[str, ...]) -> None:
    answer = run("--db", db, *arguments)
    assert answer.code == 2
    assert answer.out == "" and answer.err != ""


def test_a_listing_for_people_says_colours_and_levels_in_their_words(run: Run, db: Path) -> None:
    households = run("list", "households", "--db", db).out
    assert "孤老户" in households
    assert not any(category.key in households for category in CATEGORIES)
    assert "\t社区\t" in run("list", "areas", "--db", db).out
