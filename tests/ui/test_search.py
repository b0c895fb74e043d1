"""The search box, as one who has somebody on the telephone uses it."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gridapp.register import Register
from tests import factories as make
from tests.ui import people
from tests.ui.conftest import MakeWindow
from tests.ui.driving import CONTROL, LEFT, current_head, heads, retype, settle, type_text
from ui.main_window import MainWindow
from ui.search.results import FOUND
from ui.tabs import Tab


def look_for(qtbot: QtBot, window: MainWindow, text: str) -> None:
    """Ctrl+K, and a text is typed."""
    qtbot.keyClick(window.page.table, Qt.Key.Key_K, CONTROL)
    retype(qtbot, window.search, text)
    settle(qtbot, window)


def lines(window: MainWindow) -> list[str]:
    """What stands in the list below the box, headings and all."""
    found = window.search.results
    return [found.item(row).text() for row in range(found.count())]


def press(qtbot: QtBot, window: MainWindow, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(window.search, key)
    settle(qtbot, window)


def test_what_is_found_stands_below_the_box_by_kind(window: MainWindow, qtbot: QtBot) -> None:
    look_for(qtbot, window, "马")
    assert window.search.panel.isVisible()
    assert lines(window) == ["住户", "马玉兰", "居民", "马小妹"]
    assert window.search.results.current().title == "马玉兰"
    assert window.search.hasFocus()


def test_enter_goes_to_the_household_in_whatever_grid_it_is(window: MainWindow, qtbot: QtBot) -> None:
    look_for(qtbot, window, "朱2")
    press(qtbot, window, Qt.Key.Key_Return)
    assert window.node.code == people.OTHER
    assert (window.tabs.currentIndex(), current_head(window)) == (Tab.HOUSEHOLDS, "朱2")
    assert not window.search.panel.isVisible()
    assert window.page.table.hasFocus()


def test_enter_before_the_answer_goes_to_the_first_that_comes(window: MainWindow, qtbot: QtBot) -> None:
    window.search.begin()
    type_text(qtbot, window.search, "yang3")
    qtbot.keyClick(window.search, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert current_head(window) == "杨3"


def test_down_and_up_go_over_headings_and_round(window: MainWindow, qtbot: QtBot) -> None:
    look_for(qtbot, window, "马")
    press(qtbot, window, Qt.Key.Key_Down)
    assert window.search.results.current().title == "马小妹"
    press(qtbot, window, Qt.Key.Key_Down)
    assert window.search.results.current().title == "马玉兰"
    press(qtbot, window, Qt.Key.Key_Up, Qt.Key.Key_Return)
    assert current_head(window) == "马玉兰"  # the household of 马小妹


def test_a_click_goes_there_too(window: MainWindow, qtbot: QtBot) -> None:
    look_for(qtbot, window, "杨5")
    found = window.search.results
    row = next(row for row in range(found.count()) if found.item(row).data(FOUND))
    place = found.visualItemRect(found.item(row)).center()
    qtbot.mouseClick(found.viewport(), LEFT, pos=place)
    settle(qtbot, window)
    assert current_head(window) == "杨5"


def test_escape_closes_the_list_then_empties_the_box_then_returns(window: MainWindow, qtbot: QtBot) -> None:
    look_for(qtbot, window, "马")
    press(qtbot, window, Qt.Key.Key_Escape)
    assert not window.search.panel.isVisible()
    assert window.search.text() == "马"
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.search.text() == ""
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.page.table.hasFocus()


def test_a_member_leads_to_the_card_where_they_serve(window: MainWindow, qtbot: QtBot) -> None:
    window.dock.choose(window.dock.model.find(people.FOURTH))
    look_for(qtbot, window, "机关老何")
    assert lines(window) == ["服务队", "机关老何"]
    press(qtbot, window, Qt.Key.Key_Return)
    assert (window.node.code, window.tabs.currentIndex()) == (people.THIRD, Tab.TEAM)
    settle(qtbot, window)
    assert window.team_tab.page.side.card.member.name == "机关老何"


def test_an_issue_leads_to_the_household_that_raised_it(
    make_window: MakeWindow, filled: Register, qtbot: QtBot
) -> None:
    grid = make.make_area(filled, people.OTHER, *people.STREET, "华苑社区", "第一网格")
    home = make.make_household(filled, grid, head="许远山")
    make.make_issue(filled, grid, number="2020-90417", reporter="许远山", household=home)
    window = make_window(filled)
    look_for(qtbot, window, "90417")
    kind, title = lines(window)
    assert kind == "民意" and title.startswith("2020-90417 许远山  逾期")
    press(qtbot, window, Qt.Key.Key_Return)
    assert (window.node.code, current_head(window)) == (people.OTHER, "许远山")


def test_a_filter_that_hides_the_household_is_cleared(window: MainWindow, qtbot: QtBot) -> None:
    window.page.box.setText("不在这里")
    window.page.reload()
    look_for(qtbot, window, "李建国")
    press(qtbot, window, Qt.Key.Key_Return)
    assert current_head(window) == "李建国"
    assert len(heads(window)) == 20


def test_where_nothing_is_found_the_list_says_so(window: MainWindow, qtbot: QtBot) -> None:
    look_for(qtbot, window, "不在这里")
    assert [line for line in lines(window) if "没有找到“不在这里”" in line]
    press(qtbot, window, Qt.Key.Key_Return)
    assert window.search.hasFocus()


def test_what_was_just_saved_is_found(window: MainWindow, qtbot: QtBot) -> None:
    look_for(qtbot, window, "欧阳")
    assert "没有找到" in lines(window)[0]
    make.make_household(window.register, window.dock.model.find(people.FOURTH).uid, head="欧阳一鸣")
    qtbot.waitUntil(lambda: lines(window) == ["住户", "欧阳一鸣"])


@pytest.mark.parametrize("text", ["盛欣园 马", "马 3-2-101", "myl 0001"])
def test_several_words_narrow_it_down(window: MainWindow, qtbot: QtBot, text: str) -> None:
    look_for(qtbot, window, text)
    assert lines(window)[:2] == ["住户", "马玉兰"]
