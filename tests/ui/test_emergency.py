"""An emergency in the window, from its call at night to the report at its end."""

import datetime
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from gridapp.emergency import calls, running
from gridapp.emergency.call_rows import CallFilter, View
from gridapp.emergency.calls import Listing
from gridapp.emergency.model import REACHED, EmergencyCall
from gridapp.households.model import Household
from gridapp.issues.model import Issue
from gridapp.register import Register, open_register
from gridapp.tasks.model import Task
from gridapp.today.lines import Kind
from tests import factories as make
from tests.gridapp.emergency.scene import COMMUNITY, Scene, community
from tests.ui.conftest import MakeWindow
from tests.ui.driving import LEFT, settle, type_text
from tests.ui.emergencies import CONTROL, SHIFT, ask, call, cells, figures, go_to, opened, press, show
from ui.areas.tree_model import EMERGENCY
from ui.emergency.after_action_dialog import AfterActionDialog
from ui.emergency.page import Which
from ui.emergency.stand_down_dialog import StandDownDialog
from ui.main_window import MainWindow
from ui.tabs import Tab

NEEDED = ("家里进水，行动不便，要转移", "胰岛素用完了", "断电，呼吸机没电")


@pytest.fixture
def scene(register: Register) -> Scene:
    """Eight grids of six households each, of which three are called first."""
    return community(register)


@pytest.fixture
def window(scene: Scene, register: Register, make_window: MakeWindow, qtbot: QtBot) -> MainWindow:
    """A window that shows the community."""
    window = make_window(register)
    go_to(qtbot, window)
    return window


def begin(qtbot: QtBot, window: MainWindow, typed: str = "02:00") -> None:
    dialog = ask(qtbot, window)
    press(qtbot, dialog.kind, Qt.Key.Key_Down)
    type_text(qtbot, dialog.at, typed)
    type_text(qtbot, dialog.reason, "暴雨红色预警")
    press(qtbot, dialog.reason, Qt.Key.Key_Return, CONTROL)
    settle(qtbot, window)


def test_a_whole_day_from_the_call_at_two_to_the_report_at_the_end(
    window: MainWindow, scene: Scene, qtbot: QtBot
) -> None:
    away = scene.teams[0]["grid_worker"]
    make.make_absence(window.register, away, datetime.date.today() - datetime.timedelta(days=2))
    dialog = ask(qtbot, window)
    assert "8 个网格" in dialog.told.text() and "先联系 24 户（共 48 户）" in dialog.told.text()
    assert "第1网格grid_w1" in dialog.missing.text() and dialog.gaps.isVisible()
    dialog.reject()
    begin(qtbot, window)
    assert window.tabs.currentIndex() == Tab.EMERGENCY
    assert window.banner.isVisible()
    told = window.banner.text()
    assert told.startswith("应急响应 · 防汛排涝 · ") and "02:00 启动，已 " in told and "重点户已联系 0/24" in told
    page = show(qtbot, window, Which.CALLS)
    table = page.calls.table
    table.setFocus()
    for number in range(40):
        if number in (3, 11, 20):
            press(qtbot, table, Qt.Key.Key_3)
            type_text(qtbot, page.calls.card.note, NEEDED[(3, 11, 20).index(number)])
            press(qtbot, page.calls.card.note, Qt.Key.Key_Return)
        else:
            press(qtbot, table, Qt.Key.Key_2 if number % 10 == 5 else Qt.Key.Key_1)
    settle(qtbot, window)
    assert table.paged.rowCount() == 8 and page.calls.views[View.NOT_CALLED].text() == "还没联系 8"
    assert "重点户已联系 24/24" in window.banner.text() and "需帮助 3" in window.banner.text()
    needs = window.register.all(Issue.select(Issue.description, Issue.urgent).order_by(Issue.number).tuples())
    assert needs == [(f"防汛排涝：{text}", True) for text in NEEDED]
    page = show(qtbot, window, Which.PROGRESS)
    assert figures(page)["first"] == "24/24"
    assert (figures(page)["reached"], figures(page)["unreached"], figures(page)["needs"]) == ("36", "4", "3")
    page = show(qtbot, window, Which.REPORTS)
    page.reports.table.setFocus()
    press(qtbot, page.reports.table, Qt.Key.Key_0)
    settle(qtbot, window)
    press(qtbot, page.reports.table, Qt.Key.Key_Return)
    assert page.reports.text.toPlainText().startswith("截至 ")
    press(qtbot, page.reports.text, Qt.Key.Key_Return, CONTROL)
    settle(qtbot, window)
    contents = [row.report.text for row in page.reports.table.paged.rows.rows if row.report is not None]
    assert contents[0] == "" and "联系 " in contents[1] and len(contents) == 2
    qtbot.mouseClick(page.end, LEFT)
    ending = opened(qtbot, window, StandDownDialog)
    assert "3 件求助没解决" in ending.left.text()
    press(qtbot, ending.summary, Qt.Key.Key_Return, CONTROL)
    report = opened(qtbot, window, AfterActionDialog)
    told_figures = {name: tile.figure() for name, tile in report.figures.items()}
    assert told_figures["calls"] == "40" and told_figures["reached"] == "36" and told_figures["needs"] == "0/3"
    assert told_figures["reports"].startswith("2/")
    assert report.timeline.item(0, 0).text().endswith("02:00")
    report.reject()
    settle(qtbot, window)
    assert not window.banner.isVisible() and running.active(window.register) == []
    window.undo()
    settle(qtbot, window)
    assert window.banner.isVisible()


def test_a_part_is_made_when_it_is_first_seen(window: MainWindow, qtbot: QtBot) -> None:
    call(window.register)
    settle(qtbot, window)
    page = show(qtbot, window)
    assert set(page._made) == {Which.PROGRESS} and figures(page)["first"] == "0/24"
    page = show(qtbot, window, Which.REPORTS)
    assert set(page._made) == {Which.PROGRESS, Which.REPORTS}
    page.parts.currentWidget().setFocus()
    assert page.reports.table.hasFocus() and page.reports.due() is not None


def test_a_phone_that_is_mended_meanwhile_stands_on_the_card(window: MainWindow, qtbot: QtBot) -> None:
    begin(qtbot, window)
    calls = show(qtbot, window, Which.CALLS).calls
    type_text(qtbot, calls.card.note, "空号")
    with window.register.recording("更正电话") as recording:
        recording.update(Household, calls.row().uid, {"phone": "13911112222"})
    settle(qtbot, window)
    assert calls.card.phone.text() == "13911112222" and calls.card.note.text() == "空号"


def test_an_undo_takes_a_call_back_with_its_issue(window: MainWindow, qtbot: QtBot) -> None:
    begin(qtbot, window)
    page = show(qtbot, window, Which.CALLS)
    page.calls.table.setFocus()
    first = page.calls.row().uid
    press(qtbot, page.calls.table, Qt.Key.Key_3)
    assert page.calls.card.is_need()
    press(qtbot, page.calls.card.note, Qt.Key.Key_Return)
    assert window.register.all(EmergencyCall.select(EmergencyCall.uid).tuples()) == []
    type_text(qtbot, page.calls.card.note, "没有饭吃")
    press(qtbot, page.calls.card.note, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert page.calls.row().uid != first and page.calls.table.hasFocus()
    qtbot.mouseClick(page.calls.views[View.NEEDS_HELP], LEFT)
    settle(qtbot, window)
    assert page.calls.row().uid == first and page.calls.row().issue
    window.undo()
    settle(qtbot, window)
    assert page.calls.table.paged.rowCount() == 0
    assert window.register.all(Issue.select(Issue.uid).tuples()) == []


def test_a_need_says_who_called_and_leads_to_its_issue(window: MainWindow, qtbot: QtBot) -> None:
    begin(qtbot, window)
    page = show(qtbot, window, Which.CALLS)
    press(qtbot, page.calls.caller, Qt.Key.Key_Down)
    caller = page.calls.caller.currentText()
    press(qtbot, page.calls.table, Qt.Key.Key_3)
    type_text(qtbot, page.calls.card.note, "没有饭吃")
    press(qtbot, page.calls.card.note, Qt.Key.Key_Return)
    settle(qtbot, window)
    page.calls.ask_for(View.NEEDS_HELP.value, False)
    settle(qtbot, window)
    links = page.calls.card._calls.findChildren(QPushButton)
    qtbot.waitUntil(lambda: links[0].isVisible())
    assert caller == "张书记" and any(caller in one.text() for one in page.calls.card._calls.findChildren(QLabel))
    assert [one.text()[:2] for one in links] == ["民意"]
    qtbot.mouseClick(links[0], LEFT)
    settle(qtbot, window)
    assert window.tabs.currentIndex() == Tab.LEDGER


def test_what_cannot_be_called_is_said_beside_its_field(window: MainWindow, qtbot: QtBot) -> None:
    dialog = ask(qtbot, window)
    qtbot.mouseClick(dialog.button, LEFT)
    assert "为什么" in dialog.remark("reason")
    type_text(qtbot, dialog.reason, "暴雨")
    type_text(qtbot, dialog.at, "25:80")
    qtbot.mouseClick(dialog.button, LEFT)
    assert "看不懂" in dialog.remark("at")
    dialog.at.clear()
    tomorrow = datetime.date.today() + datetime.timedelta(days=1)
    type_text(qtbot, dialog.at, f"{tomorrow.isoformat()} 08:00")
    qtbot.mouseClick(dialog.button, LEFT)
    assert "还没有到" in dialog.remark("at")
    dialog.at.clear()
    type_text(qtbot, dialog.report_at, "晚上")
    qtbot.mouseClick(dialog.button, LEFT)
    assert "看不懂" in dialog.remark("report_at")
    dialog.report_at.clear()
    qtbot.mouseClick(dialog.button, LEFT)
    settle(qtbot, window)
    assert [one.kind for one in running.active(window.register)] == ["epidemic"]
    again = ask(qtbot, window)
    qtbot.waitUntil(lambda: "还在进行" in again.remark("kind"))
    type_text(qtbot, again.reason, "又来")
    qtbot.mouseClick(again.button, LEFT)
    assert again.isVisible()
    press(qtbot, again.kind, Qt.Key.Key_Down)
    settle(qtbot, window)
    assert again.remark("kind") == ""
    press(qtbot, again.kind, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: "还在进行" in again.remark("kind"))
    press(qtbot, again.kind, Qt.Key.Key_Down)
    again.ask()  # before it is told what would come of it
    settle(qtbot, window)
    assert len(running.active(window.register)) == 2 and "另有 1 个" in window.banner.text()
    assert window.emergency_tab.page.which.isVisible()


def test_the_banner_stands_where_it_holds_and_the_tree_marks_it(window: MainWindow, scene: Scene, qtbot: QtBot) -> None:
    call(window.register, code=scene.codes[2])
    settle(qtbot, window)
    model = window.dock.model
    signs = {code: model.index_of(model.find(code)).data(EMERGENCY) for code in (COMMUNITY, *scene.codes[1:3])}
    assert signs == {COMMUNITY: False, scene.codes[1]: None, scene.codes[2]: True}
    assert not window.banner.isVisible()
    page = show(qtbot, window)
    assert page.currentWidget() is page.calm and page.calm.below.isVisible()
    go_to(qtbot, window, scene.codes[2])
    assert window.banner.isVisible() and "第3网格" in window.banner.text()
    call(window.register, "gas_leak", COMMUNITY)
    settle(qtbot, window)
    assert "第3网格" in window.banner.text() and "另有 1 个" in window.banner.text()
    go_to(qtbot, window, scene.codes[1])
    assert "燃气泄漏" in window.banner.text() and "另有" not in window.banner.text()


def test_a_call_made_while_the_window_asks_what_goes_on_is_told(window: MainWindow, scene: Scene, qtbot: QtBot) -> None:
    go_to(qtbot, window)
    made = call(window.register)
    window.reads._pool.waitForDone()  # it has asked, and has not heard the answer
    first = Listing(window.register, CallFilter(made.uid, COMMUNITY)).page(0, 1)[0]
    calls.record(window.register, made.uid, first.uid, REACHED)
    settle(qtbot, window)
    assert "重点户已联系 1/24" in window.banner.text()


def test_a_second_window_on_the_same_file_tells_of_it_at_its_next_look(
    window: MainWindow, make_window: MakeWindow, memory: QSettings, qtbot: QtBot
) -> None:
    other = make_window(open_register(window.register.url, create=False))
    go_to(qtbot, other)
    assert not other.banner.isVisible()
    begin(qtbot, window)
    other.alarm.look()
    settle(qtbot, other)
    assert other.banner.isVisible() and "防汛排涝" in other.banner.text()
    page = show(qtbot, other, Which.CALLS)
    press(qtbot, page.calls.table, Qt.Key.Key_1)
    settle(qtbot, other)
    window.alarm.count()
    settle(qtbot, window)
    assert "重点户已联系 1/24" in window.banner.text()


def test_the_list_is_cut_to_a_grid_a_colour_or_a_text(window: MainWindow, scene: Scene, qtbot: QtBot) -> None:
    call(window.register)
    settle(qtbot, window)
    calls = show(qtbot, window, Which.CALLS).calls
    assert calls.table.paged.rowCount() == 48
    assert [calls.table.paged.row(at).precedence for at in (0, 8, 16, 24)] == [0, 1, 2, 6]
    press(qtbot, calls.grid, Qt.Key.Key_Down)
    calls.grid.activated.emit(1)
    settle(qtbot, window)
    assert calls.table.paged.rowCount() == 6
    qtbot.mouseClick(calls.marks.buttons[1], LEFT)
    settle(qtbot, window)
    assert [calls.table.paged.row(0).head, calls.table.paged.rowCount()] == ["马12", 1]
    calls.ask_for(View.NOT_CALLED.value, True)
    settle(qtbot, window)
    assert calls.table.paged.rowCount() == 24
    type_text(qtbot, calls.box, "马53")
    settle(qtbot, window)
    assert calls.table.paged.rowCount() == 1 and "没有" not in calls.card.phone.text()
    press(qtbot, calls.box, Qt.Key.Key_Escape)
    settle(qtbot, window)
    assert calls.table.paged.rowCount() == 24


def test_a_report_that_was_begun_is_there_when_one_comes_back(window: MainWindow, scene: Scene, qtbot: QtBot) -> None:
    call(window.register)
    settle(qtbot, window)
    reports = show(qtbot, window, Which.REPORTS).reports
    reports.table.setFocus()
    draft = reports.text.toPlainText()
    type_text(qtbot, reports.text, "水退了一半。")
    press(qtbot, reports.table, Qt.Key.Key_Down)
    assert "水退了一半" not in reports.text.toPlainText()
    go_to(qtbot, window, scene.codes[1])
    go_to(qtbot, window)
    reports.table.selectRow(0)
    assert "水退了一半。" in reports.text.toPlainText() != draft
    press(qtbot, reports.table, Qt.Key.Key_Return)
    press(qtbot, reports.text, Qt.Key.Key_Return, CONTROL)
    settle(qtbot, window)
    told = [row.report.text for row in reports.table.paged.rows.rows if row.report is not None]
    assert len(told) == 1 and "水退了一半。" in told[0] and not reports._unsent


def test_tasks_are_due_by_the_clock_and_done_by_a_key(window: MainWindow, qtbot: QtBot) -> None:
    call(window.register)
    settle(qtbot, window)
    page = show(qtbot, window, Which.TASKS)
    table = page.tasks.table
    row = table.paged.row(0)
    assert row.state_text(datetime.datetime.now()).startswith("逾期")
    before = table.paged.rowCount()
    press(qtbot, table, Qt.Key.Key_Space)
    settle(qtbot, window)
    assert table.paged.rowCount() == before - 1
    done = window.register.value(Task.select(Task.done_at).where(Task.uid == row.uid))
    assert done is not None
    window.undo()
    settle(qtbot, window)
    assert table.paged.rowCount() == before


def test_many_tasks_are_done_beside_the_window(window: MainWindow, qtbot: QtBot) -> None:
    call(window.register)
    settle(qtbot, window)
    table = show(qtbot, window, Which.TASKS).tasks.table
    before = table.paged.rowCount()
    assert before > 40
    table.setFocus()
    press(qtbot, table, Qt.Key.Key_A, CONTROL)
    press(qtbot, table, Qt.Key.Key_Space)
    assert window.jobs.running
    settle(qtbot, window)
    assert table.paged.rowCount() == 0 and "已完成" in window.status.notice()
    window.undo()
    settle(qtbot, window)
    assert table.paged.rowCount() == before


def test_figures_open_the_rows_behind_them_in_their_grid(window: MainWindow, scene: Scene, qtbot: QtBot) -> None:
    call(window.register)
    settle(qtbot, window)
    page = show(qtbot, window)
    model = page.progress.model
    assert model.rowCount() == 8 and cells(page, 1)[0] == "第2网格" and cells(page, 1)[1] == "0/3"
    page.progress.table.setCurrentIndex(model.index(1, 1))
    press(qtbot, page.progress.table, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.node.code == scene.codes[1]
    assert page.parts.currentIndex() == Which.CALLS and page.calls.table.paged.rowCount() == 3
    go_to(qtbot, window)
    page.show_part(Which.PROGRESS)
    page.progress.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert cells(page, 0)[0] == "第8网格"


def test_today_begins_with_it_and_says_why_visits_pause(window: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, window, Qt.Key.Key_1, CONTROL)
    settle(qtbot, window)
    cards = window.today_tab.page.cards
    assert not cards[Kind.EMERGENCY].isVisible() and cards[Kind.VISIT].list.count() > 0
    call(window.register)
    settle(qtbot, window)
    lines = [line.title for line in cards[Kind.EMERGENCY].list.lines()]
    assert cards[Kind.EMERGENCY].isVisible() and lines[0] == "还有 24 户重点户没联系"
    assert cards[Kind.VISIT].list.count() == 0 and "暂停" in cards[Kind.VISIT]._empty.text()
    cards[Kind.EMERGENCY].list.setFocus()
    press(qtbot, cards[Kind.EMERGENCY].list, Qt.Key.Key_Return)
    settle(qtbot, window)
    page = window.emergency_tab.page
    assert page.parts.currentIndex() == Which.CALLS and page.calls.table.paged.rowCount() == 24
    window.show_tab(Tab.VISITS)
    settle(qtbot, window)
    plan = window.visits_tab.page.plan
    assert "暂停" in plan.told.text() and plan.table.paged.rowCount() == 0


def test_the_pack_and_what_is_to_be_learned_leave_as_documents(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    press(qtbot, window, Qt.Key.Key_K, CONTROL | SHIFT)
    assert "没有进行中的应急响应" in window.status.notice()
    made = call(window.register)
    settle(qtbot, window)
    page = show(qtbot, window)
    one = page.one
    assert one is not None and one.uid == made.uid
    window.emergency.endings.export_pack(one, COMMUNITY, tmp_path)
    window.emergency.endings.export_report(one, tmp_path)
    settle(qtbot, window)
    assert sorted(len(PdfReader(path).pages) > 0 for path in tmp_path.glob("*.pdf")) == [True, True]
    assert "已导出" in window.status.notice()


def test_who_is_missing_leads_to_the_gaps_of_the_teams(window: MainWindow, scene: Scene, qtbot: QtBot) -> None:
    make.make_absence(window.register, scene.teams[0]["grid_worker"], datetime.date.today())
    dialog = ask(qtbot, window)
    qtbot.mouseClick(dialog.gaps, LEFT)
    settle(qtbot, window)
    assert window.tabs.currentIndex() == Tab.TEAM
    assert window.actions_.on_tabs[Tab.EMERGENCY].shortcut().toString() == "Ctrl+9"
