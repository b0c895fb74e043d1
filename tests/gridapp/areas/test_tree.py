"""The tree of areas: codes, adding, finding, and what lies within what."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gridapp.areas import tree
from gridapp.areas.model import CODE_LENGTHS, Area, Level
from gridapp.errors import UserError
from gridapp.register import Register
from gridapp.store.dialects import explain
from tests.factories import GRID, PATH, make_grid

digits = st.text("0123456789", min_size=1, max_size=18)


@given(digits)
def test_only_codes_of_a_known_length_have_a_level(code: str) -> None:
    if len(code) in CODE_LENGTHS.values():
        assert CODE_LENGTHS[tree.level_of(code)] == len(code)
    else:
        with pytest.raises(UserError, match="区域编码"):
            tree.level_of(code)


@given(st.text(min_size=6, max_size=6).filter(lambda text: not (text.isascii() and text.isdigit())))
def test_what_is_no_number_is_no_code(code: str) -> None:
    with pytest.raises(UserError, match="区域编码"):
        tree.level_of(code)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(codes=st.lists(st.sampled_from(range(1, 40)).map(lambda n: f"1201{n:02}00{n % 3}00{n % 2}{n:03}"), max_size=8))
def test_within_holds_exactly_the_codes_that_begin_with_the_area(register: Register, codes: list[str]) -> None:
    for code in set(codes):
        if register.first(Area.select().where(Area.code == code)) is None:
            make_grid(register, code)
    there = [code for (code,) in register.each(Area.select(Area.code).order_by(Area.code))]
    for code in there:
        found = [c for (c,) in register.each(Area.select(Area.code).where(tree.within(code)).order_by(Area.code))]
        assert found == [other for other in there if other.startswith(code)]


def test_within_is_one_range_of_the_index(register: Register) -> None:
    plan = explain(register.db, Area.select(Area.uid).where(tree.within(GRID[:9])))
    assert "USING INDEX area_code (code>? AND code<?)" in plan or "USING COVERING INDEX" in plan


def test_adding_a_grid_makes_what_is_missing_above_it(engine_register: Register) -> None:
    with engine_register.recording("新建") as recording:
        made = tree.add(recording, GRID, PATH)
        assert [area.level for area in made] == [1, 2, 3, 4]
        assert tree.add(recording, GRID, PATH) == []
        assert [area.name for area in tree.add(recording, GRID[:12] + "004", [*PATH[:3], " 第四网格 "])] == ["第四网格"]
    grid = tree.find(engine_register, GRID)
    assert grid.parent == tree.find(engine_register, GRID[:12]).uid


def test_the_tree_is_read_in_the_order_of_codes(engine_register: Register) -> None:
    for grid in ("120104003001003", "120104003001001", "120104002001001", "120106001001001"):
        make_grid(engine_register, grid)
    top = tree.roots(engine_register)
    assert [node.code for node in top] == ["120104", "120106"]
    assert [node.code for node in top[0].walk() if node.level is Level.GRID] == [
        "120104002001001",
        "120104003001001",
        "120104003001003",
    ]
    last = list(top[0].walk())[-1]
    assert tree.path_label(last.path) == "南开区 › 兴南街道 › 紫光苑社区 › 第三网格"


def test_the_path_to_an_area_begins_at_the_district(register: Register) -> None:
    make_grid(register)
    assert tree.path_label(tree.path_of(register, GRID)) == "南开区 › 兴南街道 › 紫光苑社区 › 第三网格"
    assert tree.path_label(tree.path_of(register, GRID[:9])) == "南开区 › 兴南街道"


@pytest.mark.parametrize("names", [PATH[:3], (*PATH, "多"), (*PATH[:3], " "), ()])
def test_a_path_of_another_depth_than_its_code_is_refused(register: Register, names: tuple[str, ...]) -> None:
    with register.recording("新建") as recording, pytest.raises(UserError, match="需要 4 级名称"):
        tree.add(recording, GRID, names)


def test_an_area_under_another_name_is_refused_and_nothing_is_added(register: Register) -> None:
    make_grid(register)
    with pytest.raises(UserError, match="已是“兴南街道”"), register.recording("新建") as recording:
        tree.add(recording, "120104003002001", ("南开区", "广开街道", "二社区", "一网格"))
    assert len(register.all(Area.select())) == 4


def test_a_code_that_is_not_there_is_told_in_words(register: Register) -> None:
    with pytest.raises(UserError, match="没有编码为 120104 的区域"):
        tree.find(register, "120104")
