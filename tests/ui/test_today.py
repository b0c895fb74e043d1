"""The first screen: what there is to do today, and the way to it by click and by key."""

import datetime

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from gridapp.days import week_of
from gridapp.households.categories import to_mask
from gridapp.ids import Uid
from gridapp.register import Register
from gridapp.tasks.editing import TaskDraft, create
from gridapp.teams.pairing_contacts import Which
from gridapp.today.board import SHOWN
from gridapp.today.lines import Kind
from gridapp.visits.model import Visit
from tests import factories as make
from tests.ui import people
from tests.ui.conftest import MakeWindow
from tests.ui.driving import LEFT, current_head, settle
from ui.households.pairing_list import PairingListDialog
from ui.main_window import MainWindow
from ui.tabs import Tab

TODAY = datetime.date.today()


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


def open_first(window: MainWindow, qtbot: QtBot, kind: Kind) -> None:
    lines = window.today_tab.page.cards[kind].list
    lines.setFocus()
    qtbot.keyClick(lines, Qt.Key.Key_Return)
    settle(qtbot, window)


def press_all(window: MainWindow, qtbot: QtBot, kind: Kind) -> None:
    window.show_tab(Tab.TODAY)
    settle(qtbot, window)
    qtbot.mouseClick(window.today_tab.page.cards[kind].all, LEFT)
    settle(qtbot, window)


def test_an_issue_opens_in_the_ledger(window: MainWindow, qtbot: QtBot) -> None:
    window.show_tab(Tab.TODAY)
    uid = make.make_issue(window.register, third(window), description="井盖松动")
    settle(qtbot, window)
    open_first(window, qtbot, Kind.DUE)
    assert window.tabs.currentIndex() == Tab.LEDGER
    qtbot.waitUntil(lambda: window.ledger_tab.page.detail.issue == uid)


def test_a_visit_that_is_due_leads_to_its_household_and_all_to_the_plan(window: MainWindow, qtbot: QtBot) -> None:
    home = make.make_household(window.register, third(window), head="马奶奶", categories=to_mask(["lonely_elderly"]))
    promised = TODAY - datetime.timedelta(days=2)
    uid = make.make_visit(window.register, home, visited_on=TODAY - datetime.timedelta(days=3))
    with window.register.recording("答应") as recording:
        recording.update(Visit, uid, {"follow_up": "送药", "follow_up_on": promised})
    window.show_tab(Tab.TODAY)
    settle(qtbot, window)
    first = window.today_tab.page.cards[Kind.VISIT].list.lines()[0]
    assert (first.title, first.detail.split("  ")[-1], first.when) == ("马奶奶", "送药", "跟进超期2天")
    open_first(window, qtbot, Kind.VISIT)
    assert current_head(window) == "马奶奶"
    press_all(window, qtbot, Kind.VISIT)
    assert window.tabs.currentIndex() == Tab.VISITS
    plan = window.visits_tab.page.plan
    qtbot.waitUntil(lambda: plan.table.model().rowCount() > 0)
    assert plan.table.model().rowCount() == window.today_tab.page.found.section(Kind.VISIT).count


def test_a_task_that_is_late_opens_in_its_list(window: MainWindow, qtbot: QtBot) -> None:
    late, week = TODAY - datetime.timedelta(days=2), week_of(TODAY)[1]
    for title, due in (("清点灭火器", late), ("张贴通知", week), ("以后的事", week + datetime.timedelta(days=20))):
        create(window.register, third(window), TaskDraft(title, due_on=due))
    window.show_tab(Tab.TODAY)
    settle(qtbot, window)
    assert titles(window, Kind.TASK) == ["清点灭火器", "张贴通知"]
    assert window.today_tab.page.found.section(Kind.TASK).count == 2
    open_first(window, qtbot, Kind.TASK)
    assert window.tabs.currentIndex() == Tab.TASKS
    qtbot.waitUntil(lambda: row_title(window) == "清点灭火器")
    press_all(window, qtbot, Kind.TASK)
    assert window.tabs.currentIndex() == Tab.TASKS
    qtbot.waitUntil(lambda: window.tasks_tab.page.model.rowCount() == 3)


def test_a_pairing_without_contact_leads_to_its_household_and_all_to_their_list(
    window: MainWindow, qtbot: QtBot
) -> None:
    home = make.make_household(window.register, third(window), head="马奶奶")
    member = make.make_member(window.register, name="网格小赵")
    make.make_pairing(window.register, member, home, since=TODAY - datetime.timedelta(days=45))
    window.show_tab(Tab.TODAY)
    settle(qtbot, window)
    line = window.today_tab.page.cards[Kind.CONTACT].list.lines()[0]
    assert line.title.startswith("马奶奶") and (line.detail, line.when) == ("结对：网格小赵", "45天未联系")
    open_first(window, qtbot, Kind.CONTACT)
    assert current_head(window) == "马奶奶"
    press_all(window, qtbot, Kind.CONTACT)
    dialog = next(one for one in window.findChildren(PairingListDialog) if one.isVisible())
    assert dialog.chosen().which is Which.DUE
    dialog.reject()


def third(window: MainWindow) -> Uid:
    return make.tree.find(window.register, people.THIRD).uid


def row_title(window: MainWindow) -> str:
    row = window.tasks_tab.page.table.current()
    return row.title if row is not None else ""


def test_what_nobody_sees_is_read_once_somebody_looks(window: MainWindow, qtbot: QtBot) -> None:
    window.show_tab(Tab.TODAY)
    settle(qtbot, window)
    page, before = window.today_tab.page, window.today_tab.page.found
    window.show_tab(Tab.HOUSEHOLDS)
    make.make_issue(window.register, third(window), description="楼道灯不亮")
    settle(qtbot, window)
    assert page.found is before
    window.show_tab(Tab.TODAY)
    settle(qtbot, window)
    assert titles(window, Kind.DUE) == ["楼道灯不亮"]
    window.show_tab(Tab.HOUSEHOLDS)
    before = page.found
    window.dock.choose(window.dock.model.find(people.OTHER))
    settle(qtbot, window)
    assert page.found is before
    window.show_tab(Tab.TODAY)
    settle(qtbot, window)
    assert titles(window, Kind.DUE) == []


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
