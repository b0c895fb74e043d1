"""A handbook is assembled from the register: the grid's households, its team, and the leaders above it."""

import datetime

import pytest

from gridapp.errors import UserError
from gridapp.handbook.assemble import assemble, grids
from gridapp.households.categories import to_mask
from gridapp.tasks import plans
from gridapp.tasks.plans import PlanDraft
from tests import factories as make

COMMUNITY = "120104003001"
NEXT_GRID = "120104003001004"


def serve(register, area, role, name, **values):
    make.make_service(register, make.make_member(register, name=name), area, role, **values)


def test_it_says_where_the_grid_lies_and_when_it_was_issued(register):
    make.make_grid(register)
    book = assemble(register, make.GRID, datetime.date(2020, 8, 30))
    assert book.area_path == make.PATH
    assert (book.grid, book.community) == ("第三网格", "紫光苑社区")
    assert book.title == "紫光苑社区第三网格工作手册"
    assert book.issued_on == datetime.date(2020, 8, 30)
    assert assemble(register, make.GRID).issued_on == datetime.date.today()


def test_it_holds_the_households_of_the_grid_and_no_others(register):
    make.make_household(register, make.make_grid(register), head="甲")
    make.make_household(register, make.make_grid(register, NEXT_GRID), head="乙")
    assert [entry.head for entry in assemble(register, make.GRID).entries] == ["甲"]


def test_special_conditions_of_residents_are_said_once_and_before_the_note(register):
    home = make.make_household(register, make.make_grid(register), note="每周走访，低保")
    for position, conditions in enumerate(("残疾、低保", "残疾、重病", "")):
        make.make_resident(register, home, position=position, conditions=conditions)
    (entry,) = assemble(register, make.GRID).entries
    assert entry.conditions == "残疾、低保、重病"
    assert entry.remarks == "残疾、重病；每周走访，低保"


def test_the_team_is_who_serves_now_and_leaders_come_from_the_community(register):
    grid = make.make_grid(register)
    community = make.make_area(register, COMMUNITY, *make.PATH[:3])
    serve(register, grid, "volunteer", "志愿者甲")
    serve(register, grid, "grid_worker", "网格员乙")
    serve(register, grid, "volunteer", "离任丙", until=datetime.date(2020, 1, 1))
    serve(register, community, "grid_leader", "网格长丁")
    serve(register, community, "volunteer", "社区志愿者戊")
    book = assemble(register, make.GRID)
    assert [one.name for one in book.team] == ["网格员乙", "志愿者甲"]
    assert [one.name for one in book.leaders] == ["网格长丁"]
    assert (book.strength, book.is_complete) == ("1 + 0 + 1", False)


def test_who_leads_community_and_grid_is_named_once(register):
    grid = make.make_grid(register)
    community = make.make_area(register, COMMUNITY, *make.PATH[:3])
    member = make.make_member(register, name="网格长丁", phone="13800000000")
    for area in (community, grid):
        make.make_service(register, member, area, "grid_leader")
    roles = {role.key: people for role, people in assemble(register, make.GRID).roles()}
    assert [one.name for one in roles["grid_leader"]] == ["网格长丁"]


def test_an_empty_grid_has_an_empty_handbook(register):
    make.make_grid(register)
    book = assemble(register, make.GRID)
    assert (book.entries, book.team, book.sections, book.buildings, book.people) == ((), (), (), (), 0)
    assert {line.first for line in book.legend} == {0}


def test_an_area_that_is_no_grid_is_refused(register):
    make.make_grid(register)
    with pytest.raises(UserError, match="“紫光苑社区”不是网格"):
        assemble(register, COMMUNITY)
    with pytest.raises(UserError, match="999999"):
        assemble(register, "999999")
    with pytest.raises(UserError, match="120104003001009"):
        assemble(register, "120104003001009")


def test_grids_of_an_area_are_found_in_order(register):
    for code in (NEXT_GRID, make.GRID, "120104004001001"):
        make.make_grid(register, code)
    assert [area.code for area in grids(register, "120104003")] == [make.GRID, NEXT_GRID]
    assert [area.code for area in grids(register, make.GRID)] == [make.GRID]


def test_an_area_without_grids_is_refused(register):
    make.make_area(register, COMMUNITY, *make.PATH[:3])
    with pytest.raises(UserError, match="“紫光苑社区”下面还没有网格"):
        grids(register, COMMUNITY)


def test_a_household_with_several_categories_is_in_the_first_ones_section(register):
    grid = make.make_grid(register)
    make.make_household(register, grid, categories=to_mask(["tenant", "living_alone"]), head="甲")
    make.make_household(register, grid, categories=to_mask(["tenant"]), head="乙")
    book = assemble(register, make.GRID)
    named = {section.category.key: [entry.head for entry in section.entries] for section in book.sections}
    assert named == {"living_alone": ["甲"], "tenant": ["乙"]}
    counts = {line.category.key: (line.first, line.carrying) for line in book.legend}
    assert (counts["living_alone"], counts["tenant"]) == ((1, 1), (1, 2))


def test_it_has_the_plan_of_the_nearest_area_with_its_fields_filled_in(register):
    make.make_grid(register)
    assert assemble(register, make.GRID).plan is None
    street = make.make_area(register, make.GRID[:9], *make.PATH[:2])
    plans.save(register, street, PlanDraft("{网格}方案", "## {社区}", datetime.date(2020, 6, 1)))
    plan = assemble(register, make.GRID).plan
    assert (plan.title, plan.source, plan.since) == ("第三网格方案", "兴南街道", datetime.date(2020, 6, 1))
    assert [block.text for block in plan.blocks] == ["紫光苑社区"]
    plans.save(register, make.make_grid(register), PlanDraft("自己的", "正文"))
    assert (assemble(register, make.GRID).plan.title, assemble(register, make.GRID).plan.source) == ("自己的", "")


def test_it_lists_what_is_to_be_done_by_the_grid_and_by_order_of_those_above(register):
    grid, day = make.make_grid(register), datetime.date(2020, 8, 30)
    community = make.make_area(register, COMMUNITY, *make.PATH[:3])
    make.make_task(register, grid, title="巡查", due_on=day, role="grid_worker", progress=40)
    make.make_task(register, community, title="例会", due_on=day.replace(day=1), assignee="老何")
    make.make_task(register, grid, title="完成了的", done_on=day)
    make.make_task(register, make.make_grid(register, NEXT_GRID), title="别的网格的")
    found = [(one.title, one.who, one.state, one.source) for one in assemble(register, make.GRID, day).tasks]
    assert found == [("例会", "老何", "逾期29天", "紫光苑社区"), ("巡查", "网格员", "进行中 40%", "")]
