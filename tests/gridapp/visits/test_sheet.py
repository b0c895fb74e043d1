"""Sheets: what stands on their lines, how they are found again, and entering them back."""

import datetime

import pytest

from gridapp.errors import UserError
from gridapp.households import editing
from gridapp.households.categories import to_mask
from gridapp.ids import Uid
from gridapp.register import Register
from gridapp.store import undo
from gridapp.store.check import check
from gridapp.visits import entering, registering, sheet
from gridapp.visits.plan import PlanFilter, Who
from gridapp.visits.registering import VisitDraft
from tests import factories as make

DAY = datetime.date(2020, 8, 30)
FOURTH = "120104003001004"
CHOSEN = PlanFilter(make.GRID[:12], DAY)


@pytest.fixture
def homes(engine_register: Register) -> list[Uid]:
    """Four households of two grids; room 301 is there twice, and one of the other grid was visited today."""
    third, fourth = make.make_grid(engine_register), make.make_grid(engine_register, FOURTH)
    doors = [("3", "101"), ("3", "301"), ("4", "301"), ("4", "302")]
    homes = [
        make.make_household(engine_register, third, building=building, room=room, head=f"户{number}", note="慢病")
        for number, (building, room) in enumerate(doors)
    ]
    make.make_household(engine_register, fourth, head="另一户", categories=to_mask(["lonely_elderly"]), people=1)
    make.make_visit(engine_register, make.make_household(engine_register, fourth), visited_on=DAY)
    make.make_service(engine_register, make.make_member(engine_register, name="小刘"), third)
    return homes


def made(register: Register) -> list[sheet.Sheet]:
    """The sheets of the community, noted."""
    sheets = sheet.make_sheets(register, CHOSEN, DAY)
    with register.recording("制作走访表") as recording:
        sheet.note(recording, sheets)
    return sheets


def test_each_grid_has_a_sheet_with_numbered_lines(engine_register: Register, homes: list[Uid]) -> None:
    third, fourth = made(engine_register)
    assert [line.household for line in third.lines] == homes
    assert [(line.number, line.address, line.look_at) for line in third.lines[:2]] == [
        (1, "盛欣园3号楼2门101", ("慢病",)),
        (2, "盛欣园3号楼2门301", ("慢病",)),
    ]
    assert (third.number, fourth.number) == ("200830-01", "200830-02")
    assert (third.area, third.team) == ("紫光苑社区第三网格", "小刘（网格员）")
    (line,) = fourth.lines
    assert (line.head, line.people, line.last_visit, line.often) == ("另一户", "1人", "从未", "每周")
    assert check(engine_register) == []
    assert undo.undoable(engine_register) == "制作走访表"
    (again, _other) = made(engine_register)
    assert again.number == "200830-03"


def test_where_nobody_is_due_there_is_no_sheet(engine_register: Register, homes: list[Uid]) -> None:
    with pytest.raises(UserError, match="没有到期要走访的住户"):
        sheet.make_sheets(engine_register, PlanFilter(make.GRID, DAY, first=frozenset({0})), DAY)
    with pytest.raises(UserError, match="没有编码为"):
        sheet.make_sheets(engine_register, PlanFilter("999999", DAY), DAY)
    assert sheet.recent(engine_register) == []


def test_a_sheet_is_found_by_its_number_and_those_of_the_area_come_first(
    engine_register: Register, homes: list[Uid]
) -> None:
    made(engine_register)
    assert [one.number for one in sheet.recent(engine_register)] == ["200830-02", "200830-01"]
    assert [one.number for one in sheet.recent(engine_register, make.GRID)] == ["200830-01", "200830-02"]
    found = sheet.find(engine_register, " 200830-01 ")
    assert (found.place, found.households) == ("紫光苑社区第三网格", tuple(homes))
    assert [found.household_at(number) for number in (0, 1, 5)] == [None, homes[0], None]
    with pytest.raises(UserError, match="没有编号为 77 的走访表"):
        sheet.find(engine_register, "77")


def test_a_line_is_meant_by_its_number_or_its_room(engine_register: Register, homes: list[Uid]) -> None:
    made(engine_register)
    doors = entering.doors(engine_register, sheet.find(engine_register, "200830-01"))
    assert [entering.meant(doors, typed).head for typed in ("2", " 101 ", "302室", "4号楼2门301")] == [
        "户1",
        "户0",
        "户3",
        "户2",
    ]
    with pytest.raises(UserError, match="第 2、3 行都有"):
        entering.meant(doors, "301")
    with pytest.raises(UserError, match="没有“9”这一行"):
        entering.meant(doors, "9")
    with pytest.raises(UserError, match="请填行号"):
        entering.meant(doors, " ")


def test_lines_keep_their_numbers_whatever_happens_to_households_afterwards(
    engine_register: Register, homes: list[Uid]
) -> None:
    made(engine_register)
    editing.delete(engine_register, homes[1:2])
    draft = VisitDraft(DAY, "小刘、老何", "一切正常")
    registering.register_visits(engine_register, homes[2:3], draft, today=DAY)
    doors = entering.doors(engine_register, sheet.find(engine_register, "200830-01"))
    assert [(door.number, door.head, door.visited_on) for door in doors] == [
        (1, "户0", None),
        (3, "户2", DAY),
        (4, "户3", None),
    ]
    assert [entering.next_line(doors, after) for after in (0, 1, 4)] == [1, 4, None]


def test_a_sheet_of_all_says_so(engine_register: Register, homes: list[Uid]) -> None:
    (whole,) = sheet.make_sheets(engine_register, PlanFilter(FOURTH, DAY, Who.ALL), DAY)
    assert (whole.about, len(whole.lines)) == ("全部住户", 2)


def test_no_number_is_given_twice(engine_register: Register, homes: list[Uid]) -> None:
    sheets = sheet.make_sheets(engine_register, CHOSEN, DAY)
    made(engine_register)
    with pytest.raises(UserError, match="编号重了"), engine_register.recording("制作走访表") as recording:
        sheet.note(recording, sheets)
    assert len(sheet.recent(engine_register)) == 2
