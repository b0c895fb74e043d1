"""Which tasks an area sees: its own, those below, those ordered from above; by day, by whom, by words."""

import datetime

import pytest

from gridapp.ids import Uid
from gridapp.register import Register
from gridapp.tasks import assigning
from gridapp.tasks.due import tasks_due
from gridapp.tasks.listing import Listing, TaskFilter, View
from tests import factories as make

TODAY = datetime.date(2020, 8, 26)  # a Wednesday
DAY = datetime.timedelta(days=1)
STREET, COMMUNITY = make.GRID[:9], make.GRID[:12]


@pytest.fixture
def areas(engine_register: Register) -> dict[str, Uid]:
    make.make_grid(engine_register)
    make.make_grid(engine_register, "120104003001004")
    make.make_grid(engine_register, "120104003002001")
    codes = (make.GRID, "120104003001004", "120104003002001", COMMUNITY, STREET)
    return {code: make.tree.find(engine_register, code).uid for code in codes}


def titles(register: Register, code: str, **wanted) -> list[str]:
    listing = Listing(register, TaskFilter(code, **wanted), TODAY)
    found = [row.title for row in listing.page(0, 50)]
    assert listing.count == len(found)
    return found


def test_an_area_sees_its_own_those_below_and_those_from_above(
    engine_register: Register, areas: dict[str, Uid]
) -> None:
    for number, (code, uid) in enumerate(areas.items()):
        make.make_task(engine_register, uid, title=code, due_on=TODAY + number * DAY)
    third, fourth, other, community, street = areas
    assert titles(engine_register, third) == [third, community, street]
    assert titles(engine_register, third, from_above=False) == [third]
    assert titles(engine_register, community) == [third, fourth, community, street]
    assert titles(engine_register, street) == list(areas)
    assert titles(engine_register, other) == [other, street]


def test_tasks_are_looked_at_by_the_day_they_are_due(engine_register: Register, areas: dict[str, Uid]) -> None:
    grid = areas[make.GRID]
    for title, values in {
        "无期限": {},
        "逾期": {"due_on": TODAY - 5 * DAY},
        "周一": {"due_on": TODAY - 2 * DAY, "progress": 30},
        "今天": {"due_on": TODAY},
        "周日": {"due_on": TODAY + 4 * DAY},
        "下周": {"due_on": TODAY + 5 * DAY, "started_on": TODAY},
        "完成": {"due_on": TODAY, "done_on": TODAY, "progress": 100},
        "取消": {"due_on": TODAY, "cancelled_on": TODAY},
    }.items():
        make.make_task(engine_register, grid, title=title, **values)
    seen = {view: titles(engine_register, make.GRID, view=view) for view in View}
    assert seen == {
        View.OPEN: ["逾期", "周一", "今天", "周日", "下周", "无期限"],
        View.OVERDUE: ["逾期", "周一"],
        View.TODAY: ["今天"],
        View.WEEK: ["周一", "今天", "周日"],
        View.UNDER_WAY: ["周一", "下周"],
        View.DONE: ["完成"],
        View.CANCELLED: ["取消"],
        View.ALL: ["逾期", "周一", "今天", "周日", "下周", "无期限", *seen[View.ALL][6:]],
    }
    assert set(seen[View.ALL][6:]) == {"完成", "取消"}
    counts = Listing(engine_register, TaskFilter(make.GRID, View.DONE), TODAY).counts
    assert counts == {View.OPEN: 6, View.OVERDUE: 2, View.TODAY: 1, View.WEEK: 3}
    due = tasks_due(engine_register, make.GRID, TODAY, 3)
    assert ([row.title for row in due.tasks], due.overdue, due.today, due.week) == (["逾期", "周一", "今天"], 2, 1, 3)
    assert [row.title for row in tasks_due(engine_register, make.GRID, TODAY, 50).tasks][-1] == "周日"


def test_tasks_are_found_by_whom_they_are_for_and_by_words(engine_register: Register, areas: dict[str, Uid]) -> None:
    grid = areas[make.GRID]
    make.make_task(engine_register, grid, title="清理楼道", assignee="小刘", role="volunteer")
    make.make_task(engine_register, grid, title="100%入户", role="grid_worker")
    make.make_task(engine_register, grid, title="志愿活动", role="volunteer", note="带小刘")
    assert titles(engine_register, make.GRID, assignee="小刘") == ["清理楼道"]
    assert titles(engine_register, make.GRID, role="volunteer") == ["志愿活动"]
    assert titles(engine_register, make.GRID, text="小刘") == ["清理楼道", "志愿活动"]
    assert titles(engine_register, make.GRID, text="小刘 楼道") == ["清理楼道"]
    assert titles(engine_register, make.GRID, text="网格员") == ["100%入户"]
    assert titles(engine_register, make.GRID, text="0%") == ["100%入户"]
    assert titles(engine_register, make.GRID, text="%楼") == []
    assert [one.name for one in assigning.assigned(engine_register, make.GRID)] == ["网格员", "志愿者", "小刘"]


def test_roles_come_before_people_and_those_nearby_before_those_above(
    engine_register: Register, areas: dict[str, Uid]
) -> None:
    for name, code, role in (("老何", COMMUNITY, "grid_leader"), ("小刘", make.GRID, "grid_worker")):
        make.make_service(engine_register, make.make_member(engine_register, name=name), areas[code], role)
    known = assigning.assignable(engine_register, make.GRID)
    assert [one.name for one in known][-2:] == ["小刘", "老何"]
    assert (known[-2].told, known[0].name, known[0].role) == ("第三网格 网格员", "网格长", "grid_leader")
    assert assigning.read(" 网格员 ") == ("", "grid_worker")
    assert assigning.read("XL", known) == ("小刘", "")
    assert assigning.read("新来的", known) == ("新来的", "")
    assert assigning.read("") == ("", "")


def test_a_row_is_found_where_it_stands(engine_register: Register, areas: dict[str, Uid]) -> None:
    uids = [make.make_task(engine_register, areas[make.GRID], due_on=TODAY + number * DAY) for number in range(5)]
    listing = Listing(engine_register, TaskFilter(make.GRID), TODAY)
    listing.prepare()
    assert [listing.position_of(uid) for uid in uids] == list(range(5))
    assert [row.uid for row in listing.page(3, 10)] == uids[3:]
    assert listing.position_of(b"0" * 16) is None
