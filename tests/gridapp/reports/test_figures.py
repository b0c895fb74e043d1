"""Figures count what lies in an area, once each, and in a period where one is asked for."""

from datetime import date, datetime

import pytest

from gridapp.areas import tree
from gridapp.demo.generate import generate
from gridapp.errors import UserError
from gridapp.households.categories import CATEGORIES, to_mask
from gridapp.issues.states import State
from gridapp.reports.figures import figures
from gridapp.teams.model import ROLES
from tests import factories as make
from tests.gridapp.issues.ledger import bring_to, make_issue

COMMUNITY = "120104003001"
OTHER_GRID = "120104003001004"
OTHER_STREET = "120104004001001"


def test_an_area_counts_itself_and_what_lies_below(register):
    for code in (make.GRID, OTHER_GRID, OTHER_STREET):
        make.make_grid(register, code)
    found = {code: figures(register, code) for code in ("120104", "120104003", COMMUNITY, make.GRID)}
    assert [(one.streets, one.communities, one.grids) for one in found.values()] == [
        (2, 2, 3),
        (1, 1, 2),
        (0, 1, 2),
        (0, 0, 1),
    ]


def test_an_empty_area_has_every_key_and_zeros(register):
    make.make_grid(register)
    found = figures(register, make.GRID)
    assert found.households_by_category == {category.key: 0 for category in CATEGORIES}
    assert found.team_members_by_role == {role.key: 0 for role in ROLES}
    assert (found.households, found.residents, found.visits, found.issues, found.issues_resolved) == (0, 0, 0, 0, 0)


def test_a_household_counts_under_the_first_of_its_categories(register):
    grid, elsewhere = make.make_grid(register), make.make_grid(register, OTHER_GRID)
    home = make.make_household(register, grid, categories=to_mask(["party_member", "living_alone"]))
    make.make_household(register, grid, categories=to_mask(["tenant"]))
    make.make_household(register, grid)
    make.make_household(register, elsewhere, categories=to_mask(["tenant"]))
    make.make_resident(register, home)
    found = figures(register, make.GRID)
    counted = {key: count for key, count in found.households_by_category.items() if count}
    assert counted == {"living_alone": 1, "tenant": 1, "unclassified": 1}
    assert (found.households, found.residents) == (3, 1)
    assert figures(register, COMMUNITY).households_by_category["tenant"] == 2


def test_only_services_without_an_end_count(register):
    grid = make.make_grid(register)
    make.make_service(register, make.make_member(register), grid, "volunteer")
    make.make_service(register, make.make_member(register), grid, "volunteer", until=date(2020, 8, 1))
    assert figures(register, make.GRID).team_members_by_role["volunteer"] == 1


def test_a_period_takes_in_its_first_and_last_day(register):
    grid = make.make_grid(register)
    home = make.make_household(register, grid)
    for day in (1, 2, 3, 4):
        make.make_visit(register, home, visited_on=date(2020, 8, day))
    make.make_issue(register, grid, registered_on=date(2020, 8, 2), resolved_on=date(2020, 8, 9))
    make.make_issue(
        register,
        grid,
        registered_on=date(2020, 8, 3),
        resolved_on=date(2020, 8, 9),
        reported_back_on=date(2020, 8, 10),
    )
    make.make_issue(register, grid, registered_on=date(2020, 8, 4))
    found = figures(register, make.GRID, since=date(2020, 8, 2), until=date(2020, 8, 3))
    assert (found.visits, found.households_visited) == (2, 1)
    assert (found.issues, found.issues_resolved, found.issues_reported_back) == (2, 2, 1)
    assert figures(register, make.GRID, since=date(2020, 8, 4)).visits == 1
    assert figures(register, make.GRID, until=date(2020, 8, 1)).issues == 0
    assert figures(register, make.GRID).issues == 3


def test_issues_are_counted_by_how_far_they_have_come(engine_register):
    register = engine_register
    grid, elsewhere = make.make_grid(register), make.make_grid(register, OTHER_GRID)
    for state in State:
        bring_to(register, make_issue(register, area=grid), state)
    bring_to(register, make_issue(register, area=elsewhere), State.RESOLVED)
    make_issue(register, area=grid, registered_on=date(2020, 8, 3))  # its time was over on August 5
    found = figures(register, make.GRID, now=datetime(2020, 8, 19, 10))
    assert found.issues_by_state == {**{state.name.lower(): 1 for state in State}, "registered": 2}
    assert (found.issues, found.issues_open, found.issues_overdue) == (10, 5, 1)
    assert found.issues_awaiting_report_back == 2
    whole = figures(register, COMMUNITY, now=datetime(2020, 8, 19, 10))
    assert (whole.issues, whole.issues_by_state["resolved"], whole.issues_awaiting_report_back) == (11, 2, 3)


def test_what_is_suspended_is_open_and_never_late(register):
    grid = make.make_grid(register)
    bring_to(register, make_issue(register, area=grid), State.SUSPENDED)
    bring_to(register, make_issue(register, area=grid), State.ACCEPTED)
    later = figures(register, make.GRID, now=datetime(2021, 8, 19))
    assert (later.issues_open, later.issues_overdue) == (2, 1)
    assert figures(register, make.GRID, until=date(2020, 8, 18)).issues_open == 0


def test_an_unknown_area_is_refused(register):
    with pytest.raises(UserError, match="999999"):
        figures(register, "999999")


def test_grids_add_up_to_their_community(register):
    generate(register, "community")
    whole = figures(register, COMMUNITY)
    parts = [figures(register, node.code) for node in tree.roots(register)[0].walk() if node.level == tree.Level.GRID]
    for name in ("grids", "households", "residents", "visits", "households_visited", "issues", "issues_resolved"):
        assert sum(getattr(part, name) for part in parts) == getattr(whole, name)
    for key, count in whole.households_by_category.items():
        assert sum(part.households_by_category[key] for part in parts) == count


def test_figures_count_the_same_on_both_engines(engine_register):
    generate(engine_register, "grid", seed=2)
    found = figures(engine_register, "120104")
    assert (found.households, found.visits, found.issues, found.issues_resolved) == (240, 48, 6, 3)
    assert found.as_dict()["households_by_category"] == found.households_by_category
