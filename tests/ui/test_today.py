"""The first screen: what there is to do today, and the way to it by click and by key."""

import datetime

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from gridapp.households.categories import to_mask
from gridapp.register import Register
from gridapp.today.board import SHOWN
from gridapp.today.lines import Kind
from tests import factories as make
from tests.ui import people
from tests.ui.conftest import MakeWindow
from tests.ui.driving import LEFT, current_head, settle
from ui.households.tabs import Tab as HouseholdTab
from ui.main_window import MainWindow
from ui.tabs import Tab


def old_and_alone(register: Register) -> None:
    """Somebody in the third grid whose birthday is today."""
    grid = make.tree.find(register, people.THIRD).uid
    home = make.make_household(register, grid, head="马奶奶", categories=to_mask(["lonely_elderly"]))
    today = datetime.date.today()
    make.make_resident(register, home, name="马奶奶", birth_date=today.replace(year=1928))


def titles(window: MainWindow, kind: Kind) -> list[str]:
    return [line.title for line in window.today_tab.page.cards[kind].list.lines()]


def test_each_day_begins_with_what_there_is_to_do_and_goes_on_where_one_was(
    filled: Register, make_window: MakeWindow, memory: QSettings, qtbot: QtBot
) -> None:
    memory.setValue("window/day", "2026-01-01")
    memory.setValue("window/tab", Tab.HOUSEHOLDS.name)
    window = make_window(filled)
    assert window.tabs.currentIndex() == Tab.TODAY
    assert "月" in window.today_tab.page._day.text()


def test_a_birthday_leads_to_its_household(window: MainWindow, qtbot: QtBot) -> None:
    old_and_alone(window.register)
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    card = window.today_tab.page.cards[Kind.BIRTHDAY]
    assert [text.split("  ")[0] for text in titles(window, Kind.BIRTHDAY)] == ["马奶奶"]
    place = card.list.visualItemRect(card.list.item(0)).center()
    qtbot.mouseClick(card.list.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, place)
    settle(qtbot, window)
    assert window.tabs.currentIndex() == Tab.HOUSEHOLDS
    assert current_head(window) == "马奶奶"


def test_what_is_written_elsewhere_is_shown(window: MainWindow, qtbot: QtBot) -> None:
    window.show_tab(Tab.TODAY)
    settle(qtbot, window)
    assert titles(window, Kind.DUE) == []
    grid = make.tree.find(window.register, people.THIRD).uid
    make.make_issue(window.register, grid, description="楼道灯不亮")
    settle(qtbot, window)
    assert titles(window, Kind.DUE) == ["楼道灯不亮"]
    window.dock.choose(window.dock.model.find(people.OTHER))
    settle(qtbot, window)
    assert titles(window, Kind.DUE) == []


def test_an_issue_leads_to_what_is_told_of_it_at_its_household(window: MainWindow, qtbot: QtBot) -> None:
    window.show_tab(Tab.TODAY)
    grid = make.tree.find(window.register, people.THIRD).uid
    home = make.make_household(window.register, grid, head="秦大妈")
    make.make_issue(window.register, grid, description="楼道灯不亮", household=home)
    settle(qtbot, window)
    lines = window.today_tab.page.cards[Kind.DUE].list
    lines.setFocus()
    qtbot.keyClick(lines, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.tabs.currentIndex() == Tab.HOUSEHOLDS
    assert current_head(window) == "秦大妈"
    assert window.page.form.tabs.current is HouseholdTab.ISSUES
    assert "楼道灯不亮" in window.page.form.tabs.views[HouseholdTab.ISSUES].toPlainText()


def test_an_issue_of_no_household_says_that_there_is_none_to_open(window: MainWindow, qtbot: QtBot) -> None:
    window.show_tab(Tab.TODAY)
    make.make_issue(window.register, make.tree.find(window.register, people.THIRD).uid, description="井盖松动")
    settle(qtbot, window)
    lines = window.today_tab.page.cards[Kind.DUE].list
    lines.setFocus()
    qtbot.keyClick(lines, Qt.Key.Key_Return)
    assert window.tabs.currentIndex() == Tab.TODAY
    assert "井盖松动" in window.status.notice()


def test_only_the_first_lines_are_shown_and_the_heading_counts_all(window: MainWindow, qtbot: QtBot) -> None:
    window.show_tab(Tab.TODAY)
    grid = make.tree.find(window.register, people.THIRD).uid
    for number in range(SHOWN + 3):
        make.make_issue(window.register, grid, description=f"第{number}件")
    settle(qtbot, window)
    card = window.today_tab.page.cards[Kind.DUE]
    assert card.list.count() == SHOWN
    texts = [label.text() for label in card.findChildren(QLabel) if label.isVisible()]
    assert str(SHOWN + 3) in texts and f"显示前 {SHOWN} 条" in texts


def test_a_register_without_areas_offers_to_make_one(register: Register, make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(register)
    window.show_tab(Tab.TODAY)
    step = next(one for one in window.today_tab.page.findChildren(QPushButton) if one.isVisible())
    qtbot.mouseClick(step, LEFT)
    assert [dialog.windowTitle() for dialog in window.findChildren(QDialog) if dialog.isVisible()] == ["新增区域"]
