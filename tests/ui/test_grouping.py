"""The rows of the household table gathered by building or entrance."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gridapp.households.columns import POSITIONS
from gridapp.households.model import Household
from gridapp.register import Register
from tests.ui import people
from tests.ui.conftest import MakeWindow
from tests.ui.driving import CONTROL, LEFT, click_heading, current_head, settle
from ui.households.table_model import GROUP
from ui.main_window import MainWindow

NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def choose(window: MainWindow, text: str, qtbot: QtBot) -> None:
    """An entry of the menu 查看 > 分组."""
    menu = window.actions_.grouping.menu()
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.text() == text).trigger()
    settle(qtbot, window)


def lines(window: MainWindow) -> list[str]:
    """What stands in each row: the name of a group, or of a head."""
    model = window.page.model
    found = []
    for position in range(model.rowCount()):
        group = model.index(position, 0).data(GROUP)
        row = model.row(position)
        found.append(group[0].label if group else row.head if row else "?")
    return found


def groups(window: MainWindow) -> list[str]:
    return [line for line in lines(window) if "号楼" in line]


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    qtbot.keyClick(window.page.table, key, modifier)
    settle(qtbot, window)


def go(window: MainWindow, line: str, column: str = "head") -> None:
    window.page.table.setFocus()
    window.page.table.setCurrentIndex(window.page.model.index(lines(window).index(line), POSITIONS[column]))


@pytest.fixture
def gathered(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """A window whose households stand in the groups 3号楼 and 4号楼."""
    choose(window, "按楼栋", qtbot)
    return window


def test_rows_are_gathered_by_building_or_entrance_and_again_by_nothing(window: MainWindow, qtbot: QtBot) -> None:
    plain = lines(window)
    choose(window, "按楼栋", qtbot)
    assert groups(window) == ["盛欣园 3号楼", "盛欣园 4号楼"]
    assert lines(window)[:2] == ["盛欣园 3号楼", people.FIRST]
    choose(window, "按楼门", qtbot)
    assert groups(window) == ["盛欣园 3号楼 2门", "盛欣园 4号楼 2门"]
    choose(window, "不分组", qtbot)
    assert lines(window) == plain


def test_a_group_is_closed_and_opened_by_keys(gathered: MainWindow, qtbot: QtBot) -> None:
    before = lines(gathered)
    go(gathered, "盛欣园 3号楼")
    press(qtbot, gathered, Qt.Key.Key_Left)
    assert lines(gathered)[:2] == ["盛欣园 3号楼", "盛欣园 4号楼"]
    press(qtbot, gathered, Qt.Key.Key_Down)
    press(qtbot, gathered, Qt.Key.Key_Space)
    assert lines(gathered) == ["盛欣园 3号楼", "盛欣园 4号楼"]
    press(qtbot, gathered, Qt.Key.Key_Space)
    press(qtbot, gathered, Qt.Key.Key_Up)
    press(qtbot, gathered, Qt.Key.Key_Right)
    assert lines(gathered) == before


def test_a_group_is_closed_by_a_click_on_its_arrow_and_by_a_double_click(gathered: MainWindow, qtbot: QtBot) -> None:
    table = gathered.page.table
    top = table.rowViewportPosition(0) + 10
    qtbot.mouseClick(table.viewport(), LEFT, NONE, QPoint(12, top))
    assert lines(gathered)[1] == "盛欣园 4号楼"
    qtbot.mouseDClick(table.viewport(), LEFT, NONE, QPoint(300, top))
    assert lines(gathered)[1] == people.FIRST


def test_what_is_closed_stays_so_when_something_is_written_and_opens_for_who_is_looked_for(
    gathered: MainWindow, qtbot: QtBot
) -> None:
    go(gathered, "盛欣园 3号楼")
    uid = gathered.page.model.row(1).uid
    press(qtbot, gathered, Qt.Key.Key_Left)
    with gathered.register.recording("改") as recording:
        recording.update(Household, uid, {"note": "新"})
    settle(qtbot, gathered)
    assert lines(gathered)[1] == "盛欣园 4号楼"
    gathered.go_to_household(people.THIRD, uid)
    settle(qtbot, gathered)
    assert current_head(gathered) == people.FIRST


def test_all_groups_are_closed_and_opened_at_once(gathered: MainWindow, qtbot: QtBot) -> None:
    before = lines(gathered)
    choose(gathered, "全部收起", qtbot)
    assert lines(gathered) == ["盛欣园 3号楼", "盛欣园 4号楼"]
    assert "20 户" in gathered.page._shown.text()
    choose(gathered, "全部展开", qtbot)
    assert lines(gathered) == before


def test_the_rows_of_groups_are_no_households_to_what_works_on_many(gathered: MainWindow, qtbot: QtBot) -> None:
    go(gathered, "盛欣园 3号楼")
    press(qtbot, gathered, Qt.Key.Key_A, CONTROL)
    selection = gathered.page.selection()
    assert selection is not None
    assert selection.count == 20
    press(qtbot, gathered, Qt.Key.Key_C, CONTROL)
    assert len(QApplication.clipboard().text().splitlines()) == 20
    go(gathered, "盛欣园 4号楼")
    assert gathered.page.selection() is None
    press(qtbot, gathered, Qt.Key.Key_Delete, CONTROL)
    assert len(lines(gathered)) == 22


def test_a_range_across_groups_holds_the_households_of_both(gathered: MainWindow, qtbot: QtBot) -> None:
    rows = lines(gathered)
    last = rows[rows.index("盛欣园 4号楼") - 1]
    go(gathered, last, "phone")
    for _ in range(2):
        press(qtbot, gathered, Qt.Key.Key_Down, SHIFT)
    press(qtbot, gathered, Qt.Key.Key_D, CONTROL)
    settle(qtbot, gathered)
    model = gathered.page.model
    row = rows.index(last)
    assert model.row(row).phone == model.row(row + 2).phone


def test_enter_in_a_cell_steps_over_the_row_of_a_group(gathered: MainWindow, qtbot: QtBot) -> None:
    rows = lines(gathered)
    at = rows.index("盛欣园 4号楼")
    go(gathered, rows[at - 1], "phone")
    press(qtbot, gathered, Qt.Key.Key_F2)
    qtbot.keyClick(gathered.page.cells.editor, Qt.Key.Key_Return)
    settle(qtbot, gathered)
    assert current_head(gathered) == rows[at + 1]


def test_typing_on_the_row_of_a_group_edits_nothing(gathered: MainWindow, qtbot: QtBot) -> None:
    go(gathered, "盛欣园 3号楼")
    for key in (Qt.Key.Key_F2, Qt.Key.Key_X, Qt.Key.Key_Backspace):
        press(qtbot, gathered, key)
    assert not gathered.page.cells.is_open


def test_another_order_suspends_the_groups_and_walking_order_brings_them_back(
    gathered: MainWindow, qtbot: QtBot
) -> None:
    table = gathered.page.table
    click_heading(qtbot, table, POSITIONS["phone"])
    settle(qtbot, gathered)
    assert groups(gathered) == []
    click_heading(qtbot, table, POSITIONS["address"])
    settle(qtbot, gathered)
    assert groups(gathered) == ["盛欣园 3号楼", "盛欣园 4号楼"]
    click_heading(qtbot, table, POSITIONS["phone"])
    choose(gathered, "按楼门", qtbot)
    assert groups(gathered) == ["盛欣园 3号楼 2门", "盛欣园 4号楼 2门"]


def test_the_next_window_gathers_as_this_one_did(make_window: MakeWindow, filled: Register, qtbot: QtBot) -> None:
    window = make_window(filled)
    choose(window, "按楼门", qtbot)
    go(window, "盛欣园 4号楼 2门")
    press(qtbot, window, Qt.Key.Key_Left)
    left = lines(window)
    assert left[-1] == "盛欣园 4号楼 2门"
    window.close()
    again = make_window(filled)
    assert lines(again) == left
    assert current_head(again) == people.FIRST
