"""Open issues that may be the one that somebody is about to register again."""

import datetime

import pytest

from gridapp.finding import ISSUES, find
from gridapp.issues import lookalikes
from gridapp.issues.lookalikes import Asked
from gridapp.register import Register
from gridapp.store import search
from tests import factories as make

ELSEWHERE = "120104003002001"
LONG_AGO = datetime.date(2020, 8, 3)


@pytest.fixture
def grid(engine_register: Register) -> bytes:
    return make.make_grid(engine_register)


def alike(register: Register, text: str, code: str = make.GRID, **values: str) -> list[str]:
    return [one.text for one in lookalikes.find(register, Asked(code, text, **values))]


def test_what_says_the_same_comes_first_and_what_says_something_else_not_at_all(
    engine_register: Register, grid: bytes
) -> None:
    for text in ("水管漏水，楼道积水", "三号楼电梯停运", "电梯停运", "宠物粪便没人清理"):
        make.make_issue(engine_register, grid, description=text)
    assert alike(engine_register, "电梯停运") == ["电梯停运", "三号楼电梯停运"]
    assert alike(engine_register, "三号楼电梯又停运了") == ["三号楼电梯停运", "电梯停运"]
    assert alike(engine_register, " ") == alike(engine_register, "噪声扰民") == []


def test_only_what_is_open_in_the_same_community_is_found(engine_register: Register, grid: bytes) -> None:
    there = make.make_grid(engine_register, ELSEWHERE)
    make.make_issue(engine_register, grid, description="电梯停运", resolved_on=datetime.date(2020, 8, 20))
    make.make_issue(engine_register, there, description="电梯停运")
    assert alike(engine_register, "电梯停运") == []
    assert alike(engine_register, "电梯停运", ELSEWHERE) == ["电梯停运"]


def test_of_two_that_say_the_same_the_one_in_the_building_comes_first(engine_register: Register, grid: bytes) -> None:
    for building in ("2", "3"):
        home = make.make_household(engine_register, grid, estate="盛欣园", building=building, room="501")
        make.make_issue(engine_register, grid, description=f"{building}号楼道灯坏了", household=home)
    make.make_issue(engine_register, grid, description="路上的灯坏了", place="盛欣园4号楼前")
    for building in ("2", "3"):
        found = alike(engine_register, "楼道灯坏了", estate="盛欣园", building=building)
        assert found[0] == f"{building}号楼道灯坏了"
    assert "路上的灯坏了" in alike(engine_register, "灯坏了", place="盛欣园4号楼前")


def test_how_late_it_is_is_told_with_what_looks_alike_and_with_what_is_searched_for(
    engine_register: Register, grid: bytes
) -> None:
    make.make_issue(engine_register, grid, "李建国", description="电梯停运", registered_on=LONG_AGO)
    (one,) = lookalikes.find(engine_register, Asked(make.GRID, "电梯停运"))
    assert one.deadline.startswith("逾期") and (one.state_name, one.reporters) == ("待受理", 1)
    search.make(engine_register)
    (found,) = [one for one in find(engine_register, "电梯停运").found if one.kind == ISSUES]
    assert "李建国  逾期" in found.title
