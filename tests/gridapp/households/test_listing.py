"""Listings of households: which, in what order, a page at a time, and by which index."""

import datetime

import pytest

from gridapp.households.categories import CATEGORIES, NO_PRECEDENCE, to_mask
from gridapp.households.filters import Filter
from gridapp.households.listing import Listing, Row, SortBy
from gridapp.ids import Uid
from gridapp.register import Register
from gridapp.store.dialects import explain
from tests import factories as make

COMMUNITY = make.GRID[:12]
OTHER_GRID = f"{COMMUNITY}004"
ELSEWHERE = "120104004001001"


@pytest.fixture
def grid(engine_register: Register) -> Uid:
    """A grid beside others that hold one household each."""
    grid = make.make_grid(engine_register)
    for code in (OTHER_GRID, ELSEWHERE):
        make.make_household(engine_register, make.make_grid(engine_register, code), head="外人", phone="9")
    return grid


def heads(register: Register, **chosen: object) -> list[str]:
    return [row.head for row in Listing(register, Filter(make.GRID, **chosen)).page(0, 50)]  # type: ignore[arg-type]


def sorted_heads(register: Register, sort: SortBy, code: str = make.GRID) -> list[str]:
    upwards = [row.head for row in Listing(register, Filter(code), sort).page(0, 50)]
    downwards = [row.head for row in Listing(register, Filter(code), sort, descending=True).page(0, 50)]
    assert downwards == upwards[::-1]
    return upwards


def test_addresses_stand_in_walking_order(engine_register: Register, grid: Uid) -> None:
    for building, room in (("12", "101"), ("3", "1001"), ("3", "201"), ("3", "平房")):
        make.make_household(engine_register, grid, building=building, room=room, head=f"{building}-{room}")
    assert sorted_heads(engine_register, SortBy.ADDRESS) == ["3-201", "3-1001", "3-平房", "12-101"]


def test_people_are_sorted_by_the_sound_of_their_names(engine_register: Register, grid: Uid) -> None:
    for head in ("张三", "安妮", "李四", "欧阳"):
        make.make_household(engine_register, grid, head=head)
    assert sorted_heads(engine_register, SortBy.HEAD) == ["安妮", "李四", "欧阳", "张三"]


def test_what_nobody_knows_stands_before_what_is_known(engine_register: Register, grid: Uid) -> None:
    for people, head in ((3, "三"), (None, "不明"), (0, "空"), (12, "十二")):
        make.make_household(engine_register, grid, people=people, head=head)
    assert sorted_heads(engine_register, SortBy.PEOPLE) == ["不明", "空", "三", "十二"]


def test_the_last_visit_counts_and_who_was_never_visited_stands_first(engine_register: Register, grid: Uid) -> None:
    often, once, _never = (make.make_household(engine_register, grid, head=head) for head in ("常", "一", "无"))
    for day in (1, 9):
        make.make_visit(engine_register, often, visited_on=datetime.date(2020, 8, day))
    make.make_visit(engine_register, once, visited_on=datetime.date(2020, 8, 5))
    assert sorted_heads(engine_register, SortBy.VISITED) == ["无", "一", "常"]
    assert sorted_heads(engine_register, SortBy.VISITED, "120104")[-2:] == ["一", "常"]
    assert [row.last_visit for row in Listing(engine_register, Filter(make.GRID), SortBy.VISITED).page(1, 2)] == [
        datetime.date(2020, 8, 5),
        datetime.date(2020, 8, 9),
    ]


def test_colours_stand_in_precedence_and_the_unclassed_last(engine_register: Register, grid: Uid) -> None:
    for head, keys in (("常", ["permanent_resident"]), ("无", []), ("孤租", ["tenant", "lonely_elderly"])):
        make.make_household(engine_register, grid, head=head, categories=to_mask(keys))
    assert sorted_heads(engine_register, SortBy.CATEGORY) == ["孤租", "常", "无"]


def test_phones_can_be_sorted(engine_register: Register, grid: Uid) -> None:
    for phone in ("138", "", "022"):
        make.make_household(engine_register, grid, phone=phone, head=phone or "无")
    assert sorted_heads(engine_register, SortBy.PHONE) == ["无", "022", "138"]


def test_a_colour_is_asked_for_as_the_first_or_as_one_that_is_carried(engine_register: Register, grid: Uid) -> None:
    make.make_household(engine_register, grid, room="1", head="独租", categories=to_mask(["living_alone", "tenant"]))
    make.make_household(engine_register, grid, room="2", head="租", categories=to_mask(["tenant"]))
    make.make_household(engine_register, grid, room="3", head="无")
    tenant = [category.key for category in CATEGORIES].index("tenant")
    assert heads(engine_register, first=frozenset({tenant})) == ["租"]
    assert heads(engine_register, first=frozenset({tenant, NO_PRECEDENCE})) == ["租", "无"]
    assert heads(engine_register, carrying=frozenset({"tenant"})) == ["独租", "租"]
    assert heads(engine_register, carrying=frozenset({"tenant"}), text="独") == ["独租"]


def test_a_text_filters_and_wildcards_are_only_characters(engine_register: Register, grid: Uid) -> None:
    make.make_household(engine_register, grid, head="100%合格", phone="138")
    make.make_household(engine_register, grid, head="一般", phone="139")
    assert heads(engine_register, text="100%") == ["100%合格"]
    assert heads(engine_register, text="%") == ["100%合格"]
    assert heads(engine_register, text="_") == []
    assert heads(engine_register, text=" 139 ") == ["一般"]
    assert heads(engine_register, text="yb") == ["一般"]


@pytest.mark.parametrize("sort", list(SortBy))
def test_pages_put_together_are_the_whole_and_every_position_is_found(engine_register: Register, sort: SortBy) -> None:
    grid, other = make.make_grid(engine_register), make.make_grid(engine_register, OTHER_GRID)
    homes = [make.make_household(engine_register, area, head="同名", phone="") for area in (grid, other) * 6]
    listing = Listing(engine_register, Filter(COMMUNITY), sort)
    together = [row.uid for offset in range(0, 12, 5) for row in listing.page(offset, 5)]
    assert listing.count == 12
    assert sorted(together) == sorted(homes)
    assert [listing.position_of(uid) for uid in together] == list(range(12))
    assert Listing(engine_register, Filter(make.GRID), sort).position_of(homes[1]) is None


def test_a_row_tells_what_a_table_shows(engine_register: Register, grid: Uid) -> None:
    home = make.make_household(engine_register, grid, room="501", categories=to_mask(["tenant", "lonely_elderly"]))
    make.make_issue(engine_register, grid, household=home)
    make.make_issue(engine_register, grid, household=home, resolved_on=datetime.date(2020, 8, 30))
    (row,) = Listing(engine_register, Filter(make.GRID)).page(0, 5)
    assert isinstance(row, Row)
    assert (row.area_code, row.area_name, row.address) == (make.GRID, "第三网格", "盛欣园3号楼2门501")
    assert [category.name for category in row.categories] == ["孤老户", "租户"]
    assert (row.first_category.key, row.open_issues, row.last_visit) == ("lonely_elderly", 1, None)


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("code", [make.GRID, COMMUNITY, "120104"])
def test_walking_order_is_read_from_two_indexes_and_never_sorted_whole(
    register: Register, code: str, descending: bool
) -> None:
    make.make_grid(register)
    plan = explain(register.db, Listing(register, Filter(code), SortBy.ADDRESS, descending).uids())
    assert "USING INDEX area_code (code>? AND code<?)" in plan
    assert "USING COVERING INDEX household_area_address_key_uid_precedence (area=?)" in plan


def test_a_colour_is_read_from_the_index_that_begins_with_area_and_colour(register: Register) -> None:
    make.make_grid(register)
    for chosen in (Filter(COMMUNITY), Filter(COMMUNITY, frozenset({0, 1}))):
        plan = explain(register.db, Listing(register, chosen, SortBy.CATEGORY).uids())
        assert "USING COVERING INDEX household_area_precedence_address_key (area=?" in plan


def test_a_whole_register_by_name_comes_from_one_index(register: Register) -> None:
    make.make_grid(register)
    plan = explain(register.db, Listing(register, Filter("120104"), SortBy.HEAD).uids())
    assert "USING COVERING INDEX household_head_pinyin_uid_precedence" in plan
    assert "TEMP B-TREE" not in plan


def test_last_visits_are_looked_up_by_household(register: Register) -> None:
    make.make_grid(register)
    plan = explain(register.db, Listing(register, Filter(make.GRID), SortBy.VISITED).uids())
    assert "USING COVERING INDEX visit_household_visited_on (household=?)" in plan


@pytest.mark.parametrize("sort", [SortBy.BUILDING, SortBy.ENTRANCE, SortBy.FLOOR, SortBy.ROOM])
def test_numbers_of_an_address_are_sorted_as_numbers(engine_register: Register, grid: Uid, sort: SortBy) -> None:
    for number in ("12", "", "3", "甲"):
        make.make_household(engine_register, grid, **{"room": "1", sort.value: number}, head=number or "无")
    found = sorted_heads(engine_register, sort)
    assert found.index("3") < found.index("12")
    assert found[0] == "无"


def test_open_issues_and_the_time_of_registration_can_be_sorted_by(engine_register: Register, grid: Uid) -> None:
    homes = {head: make.make_household(engine_register, grid, head=head) for head in ("先", "中", "后")}
    for head, count in (("先", 2), ("中", 1)):
        for _ in range(count):
            make.make_issue(engine_register, grid, household=homes[head])
    assert sorted_heads(engine_register, SortBy.ISSUES) == ["后", "中", "先"]
    assert sorted_heads(engine_register, SortBy.REGISTERED) == ["先", "中", "后"]
