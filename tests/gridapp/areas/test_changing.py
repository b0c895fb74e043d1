"""Renaming, recoding, moving, merging, splitting and deleting areas, and what is refused."""

import datetime
from collections.abc import Callable

import pytest

from gridapp.areas import changing, codes, splitting, tree
from gridapp.areas.merging import merge
from gridapp.areas.model import Area
from gridapp.errors import Cancelled, UserError
from gridapp.households import editing, families
from gridapp.households.model import Household
from gridapp.ids import Uid
from gridapp.issues.model import Issue
from gridapp.progress import CancelToken
from gridapp.register import Register
from gridapp.store.check import check
from gridapp.store.log import Batch
from gridapp.store.undo import redo, undo
from gridapp.tasks.model import Task
from gridapp.teams.model import Service
from tests import factories as make

THIRD, FOURTH, OTHER = make.GRID, "120104003001004", "120104003002003"
COMMUNITY, STREET = THIRD[:12], THIRD[:9]


def uid(register: Register, code: str) -> Uid:
    return tree.find(register, code).uid


def all_codes(register: Register) -> list[str]:
    return [code for (code,) in register.each(Area.select(Area.code).order_by(Area.code))]


def grids(register: Register) -> None:
    for code in (THIRD, FOURTH, OTHER):
        make.make_grid(register, code)


def once_and_back(register: Register, work: Callable[[], object]) -> None:
    """Do something, see that it is one batch, and that undo and redo lead there and back."""
    before, batches = snapshot(register), count(register, Batch)
    work()
    after = snapshot(register)
    assert count(register, Batch) == batches + 1
    assert after != before
    undo(register)
    assert snapshot(register) == before
    redo(register)
    assert snapshot(register) == after
    assert check(register) == []


def snapshot(register: Register) -> dict:
    models = (Area, Household, Service, Issue, Task)
    return {row[0]: row[1:] for model in models for row in register.each(model.select())}


def count(register: Register, model: type) -> int:
    return len(register.all(model.select()))


def test_an_area_is_renamed(engine_register: Register) -> None:
    grids(engine_register)
    third = uid(engine_register, THIRD)
    once_and_back(engine_register, lambda: changing.rename(engine_register, third, " 第五网格 "))
    assert tree.find(engine_register, THIRD).name == "第五网格"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (" ", "请填写名称"),
        ("字" * 121, "最多120个字"),
        ("三/四", "不能有斜杠"),
        ("第4网格", "同一上级下已有“第4网格”"),
        ("第三网格", "就是现在的名称"),
    ],
)
def test_a_name_that_an_area_cannot_bear_is_refused(register: Register, name: str, told: str) -> None:
    grids(register)
    with pytest.raises(UserError, match=told):
        changing.rename(register, uid(register, THIRD), name)
    assert tree.find(register, THIRD).name == "第三网格"


def test_the_codes_below_an_area_follow_its_own(engine_register: Register) -> None:
    grids(engine_register)
    street = uid(engine_register, STREET)
    once_and_back(engine_register, lambda: changing.recode(engine_register, street, "１２０１０４００９"))
    assert all_codes(engine_register) == [
        "120104",
        *(code.replace("120104003", "120104009") for code in (STREET, COMMUNITY, THIRD, FOURTH, OTHER[:12], OTHER)),
    ]


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (FOURTH, "已用于“第4网格”"),
        (THIRD, "就是现在的编码"),
        (COMMUNITY, "网格的编码应为15位数字"),
        (THIRD[:-1] + "x", "应为15位数字"),
        (OTHER[:-1] + "9", "应以上级“紫光苑社区”的编码"),
    ],
)
def test_a_code_that_does_not_fit_is_refused(register: Register, code: str, told: str) -> None:
    grids(register)
    with pytest.raises(UserError, match=told):
        changing.recode(register, uid(register, THIRD), code)
    assert all_codes(register) == ["120104", STREET, COMMUNITY, THIRD, FOURTH, OTHER[:12], OTHER]


def test_an_area_moves_with_all_below_it_to_the_next_free_code(engine_register: Register) -> None:
    grids(engine_register)
    make.make_grid(engine_register, "120104005007001")
    community, street = uid(engine_register, COMMUNITY), uid(engine_register, "120104005")
    once_and_back(engine_register, lambda: changing.move(engine_register, community, street))
    assert tree.path_label(tree.path_of(engine_register, "120104005008004")).endswith("紫光苑社区 › 第4网格")


def test_an_area_moves_only_to_where_it_belongs(register: Register) -> None:
    grids(register)
    third, community, street = (uid(register, code) for code in (THIRD, COMMUNITY, STREET))
    for area, under, told in (
        (third, street, "网格只能移到社区下面，“兴南街道”是街道"),
        (community, third, "自己或自己的下级"),
        (community, community, "自己或自己的下级"),
        (third, community, "已经在“紫光苑社区”下面"),
        (uid(register, "120104"), community, "自己或自己的下级"),
    ):
        with pytest.raises(UserError, match=told):
            changing.move(register, area, under)
    assert check(register) == []


def test_codes_run_on_behind_the_last_and_then_fill_the_gaps(register: Register) -> None:
    make.make_grid(register, COMMUNITY + "998")
    community = tree.find(register, COMMUNITY)
    assert codes.next_free(register, community) == COMMUNITY + "999"
    make.make_grid(register, COMMUNITY + "999")
    assert codes.next_free(register, community) == COMMUNITY + "001"


def test_grids_are_merged_with_all_that_stands_in_them(engine_register: Register) -> None:
    grids(engine_register)
    third, fourth = uid(engine_register, THIRD), uid(engine_register, FOURTH)
    home = make.make_household(engine_register, fourth)
    make.make_issue(engine_register, fourth, household=home)
    make.make_task(engine_register, fourth)
    make.make_service(engine_register, make.make_member(engine_register), fourth)
    once_and_back(engine_register, lambda: merge(engine_register, third, [fourth]))
    assert FOURTH not in all_codes(engine_register)
    for model in (Household, Issue, Task, Service):
        assert [row.area for row in engine_register.all(model.select())] == [third]


def test_grids_of_merged_communities_keep_their_digits_where_they_are_free(engine_register: Register) -> None:
    grids(engine_register)
    make.make_grid(engine_register, OTHER[:12] + "007")
    kept, gone = uid(engine_register, COMMUNITY), uid(engine_register, OTHER[:12])
    once_and_back(engine_register, lambda: merge(engine_register, kept, [gone]))
    assert [code[-3:] for code in all_codes(engine_register)[3:]] == ["003", "004", "005", "007"]


def test_only_areas_side_by_side_are_merged(register: Register) -> None:
    grids(register)
    third = uid(register, THIRD)
    for other, told in ((THIRD, "合并到自己"), (COMMUNITY, "不是同一级"), (OTHER, "不在同一上级")):
        with pytest.raises(UserError, match=told):
            merge(register, third, [uid(register, FOURTH), uid(register, other)])
        assert FOURTH in all_codes(register)
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        merge(register, third, [uid(register, FOURTH)], cancel=token)
    assert FOURTH in all_codes(register)


def test_the_households_of_some_buildings_go_into_a_grid_of_their_own(engine_register: Register) -> None:
    grids(engine_register)
    third = uid(engine_register, THIRD)
    for building in ("3", "3", "12", "5"):
        make.make_household(engine_register, third, building=building)
    found = splitting.buildings(engine_register, third)
    assert [(one.label, one.households) for one in found] == [
        ("盛欣园3号楼", 2),
        ("盛欣园5号楼", 1),
        ("盛欣园12号楼", 1),
    ]
    chosen = splitting.households_in(engine_register, third, found[1:])
    once_and_back(engine_register, lambda: splitting.split(engine_register, third, chosen, "第五网格"))
    new = tree.find(engine_register, COMMUNITY + "005")
    assert [one.households for one in splitting.buildings(engine_register, new.uid)] == [1, 1]


def test_a_grid_is_not_split_into_one_and_nothing(register: Register) -> None:
    grids(register)
    third = uid(register, THIRD)
    home, away = make.make_household(register, third), make.make_household(register, uid(register, FOURTH))
    for area, chosen, told in (
        (third, [], "请选择"),
        (third, [home], "至少留下一户"),
        (third, [home, away], "已不在“第三网格”"),
        (uid(register, COMMUNITY), [home], "只有网格可以拆分"),
    ):
        with pytest.raises(UserError, match=told):
            splitting.split(register, area, chosen, "第五网格")
    make.make_household(register, third)
    with pytest.raises(UserError, match="同一上级下已有"):
        splitting.split(register, third, [home], "第4网格")
    assert len(all_codes(register)) == 7


def test_only_an_empty_area_is_deleted(engine_register: Register) -> None:
    grids(engine_register)
    third = uid(engine_register, THIRD)
    make.make_household(engine_register, third)
    make.make_task(engine_register, third)
    with pytest.raises(UserError, match="“第三网格”还有1 户、1 项任务，不能删除"):
        changing.delete(engine_register, third)
    with pytest.raises(UserError, match="还有2 个下级区域"):
        changing.delete(engine_register, uid(engine_register, COMMUNITY))
    once_and_back(engine_register, lambda: changing.delete(engine_register, uid(engine_register, FOURTH)))
    with pytest.raises(UserError, match="已被删除"):
        changing.rename(engine_register, Uid(16), "某网格")


def test_who_has_left_a_building_goes_with_it_into_the_new_grid(engine_register: Register) -> None:
    grid = make.make_grid(engine_register)
    homes = [make.make_household(engine_register, grid, building=one) for one in ("3", "4", "4")]
    families.move_out(engine_register, homes[2], datetime.date(2020, 9, 1), "迁出")
    chosen = [one for one in splitting.buildings(engine_register, grid) if one.building == "4"]
    splitting.split(engine_register, grid, splitting.households_in(engine_register, grid, chosen), "新网格")
    assert editing.load(engine_register, homes[0]).area == grid
    assert editing.load(engine_register, homes[1]).area == editing.load(engine_register, homes[2]).area != grid
