"""The ledger as a screen: views, filters, steps with several, the board, the call list, and what leads there."""

import datetime

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSettings, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from gridapp.areas import tree
from gridapp.finding import ISSUES, find
from gridapp.issues.deadlines import end_of
from gridapp.issues.ledger import Desk, View
from gridapp.issues.ledger_columns import POSITIONS
from gridapp.issues.model import Issue, Reporter
from gridapp.issues.states import State
from gridapp.register import Register
from gridapp.today.lines import Kind
from tests import factories as make
from tests.ui import people
from tests.ui.conftest import MakeWindow
from tests.ui.driving import CONTROL, LEFT, settle, type_text
from ui.issues.board_column import CARD
from ui.issues.ledger_bar import Form
from ui.issues.page import LedgerPage
from ui.issues.step_dialog import StepDialog
from ui.issues.table_model import ROW
from ui.main_window import MainWindow
from ui.search.going import go_to
from ui.tabs import Tab

LONG_AGO = datetime.date(2020, 8, 3)
SHIFT = Qt.KeyboardModifier.ShiftModifier


def raise_issue(register: Register, text: str, reporter: str = "马玉兰", code: str = people.THIRD, **values) -> bytes:
    grid = tree.find(register, code).uid
    return make.make_issue(register, grid, reporter, **{"description": text, "registered_on": LONG_AGO, **values})


@pytest.fixture
def late(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """A window on the ledger, with four issues that are late and one that is not due for long."""
    today = datetime.date.today()
    with window.register.recording("登记", actor="资料员"):
        for number in range(4):
            day = LONG_AGO + datetime.timedelta(days=number)
            raise_issue(window.register, f"楼道灯不亮{number}", registered_on=day)
        due = end_of(today + datetime.timedelta(days=300))
        raise_issue(window.register, "停水", handler="自来水公司", category="water", registered_on=today, due_at=due)
    qtbot.keyClick(window, Qt.Key.Key_6, CONTROL)
    settle(qtbot, window)
    return window


def page(window: MainWindow) -> LedgerPage:
    return window.ledger_tab.page


def texts(window: MainWindow) -> list[str]:
    model = page(window).model
    return [model.row(row).description for row in range(model.rowCount())]


def states(window: MainWindow) -> list[State]:
    query = Issue.select(Issue.state).order_by(Issue.description)
    return [State(state) for (state,) in window.register.all(query.tuples())]


def press_view(qtbot: QtBot, window: MainWindow, view: View) -> None:
    qtbot.mouseClick(page(window).views.buttons[view], LEFT)
    settle(qtbot, window)


def press_step(qtbot: QtBot, window: MainWindow, name: str) -> None:
    button = next(one for one in page(window).steps.findChildren(QToolButton) if one.text() == name)
    qtbot.mouseClick(button, LEFT)
    settle(qtbot, window)


def dialog(qtbot: QtBot, window: MainWindow) -> StepDialog:
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(StepDialog)))
    return next(one for one in window.findChildren(StepDialog) if one.isVisible())


def test_views_count_what_they_hold_and_the_tab_says_what_is_open(late: MainWindow, qtbot: QtBot) -> None:
    views = page(late).views
    assert late.tabs.tabText(Tab.LEDGER) == "民意账单 5"
    assert [views.buttons[view].text() for view in (View.OPEN, View.OVERDUE, View.ALL)] == [
        "全部未结 5",
        "逾期 4",
        "全部 5",
    ]
    press_view(qtbot, late, View.OVERDUE)
    assert texts(late) == [f"楼道灯不亮{number}" for number in range(4)]
    index = page(late).model.index(0, 2)
    assert index.data().startswith("逾期") and not index.data(Qt.ItemDataRole.DecorationRole).isNull()


def test_three_that_are_late_are_accepted_together_and_it_is_taken_back(late: MainWindow, qtbot: QtBot) -> None:
    press_view(qtbot, late, View.OVERDUE)
    table = page(late).table
    qtbot.keyClick(table, Qt.Key.Key_Home, CONTROL)
    for _ in range(2):
        qtbot.keyClick(table, Qt.Key.Key_Down, SHIFT)
    assert "已选 3 条" in page(late).steps.told.text()
    press_step(qtbot, late, "受理")
    assert states(late).count(State.ACCEPTED) == 3
    assert table.selected_count() == 3  # so that the next step can follow
    assert "受理" not in [row.name for row in page(late).steps.steps()]
    late.undo()
    settle(qtbot, late)
    assert set(states(late)) == {State.REGISTERED}


def test_only_what_all_selected_may_do_is_offered(late: MainWindow, qtbot: QtBot) -> None:
    raise_issue(late.register, "已办好", resolved_on=LONG_AGO)
    press_view(qtbot, late, View.ALL)
    table = page(late).table
    qtbot.keyClick(table, Qt.Key.Key_A, CONTROL)
    assert [row.name for row in page(late).steps.steps()] == ["记一笔"]
    qtbot.keyClick(table, Qt.Key.Key_Home, CONTROL)
    assert "受理" in [row.name for row in page(late).steps.steps()]


def test_steps_that_have_no_room_stand_in_the_menu_and_come_out_of_it(late: MainWindow, qtbot: QtBot) -> None:
    bar = page(late).steps
    names = [row.name for row in bar.steps()]

    def shown() -> list[str]:
        return [one.text() for one in bar.findChildren(QToolButton) if one.isVisible() and one.text()]

    assert shown() == names
    page(late)._split.setSizes([300, 900])
    qtbot.waitUntil(lambda: 0 < len(shown()) < len(names))
    more = next(one for one in bar.findChildren(QToolButton) if one.menu() is not None and one.isVisible())
    assert [*shown(), *(action.text() for action in more.menu().actions())] == names
    page(late)._split.setSizes([900, 300])
    qtbot.waitUntil(lambda: shown() == names)


def test_what_an_issue_says_takes_no_more_height_than_its_text(late: MainWindow, qtbot: QtBot) -> None:
    detail = page(late).detail
    qtbot.waitUntil(lambda: detail.whole is not None)
    text = detail.facts.text
    qtbot.waitUntil(lambda: text.height() <= text.heightForWidth(text.width()) + 2)
    detail.edit()
    assert detail.editor.isVisible() and not detail.facts.isVisible()


def test_typing_filters_a_chip_says_so_and_goes_away(late: MainWindow, qtbot: QtBot) -> None:
    bar, chips = page(late).bar, page(late).chips
    bar.box.setFocus()
    type_text(qtbot, bar.box, "自来水")
    qtbot.waitUntil(lambda: chips.texts() == ["含“自来水”"])
    settle(qtbot, late)
    assert texts(late) == ["停水"]
    assert page(late).views.buttons[View.OVERDUE].text() == "逾期 0"
    press_view(qtbot, late, View.OVERDUE)
    assert page(late).table.isHidden() and page(late).empty.isVisible()
    qtbot.keyClick(late, Qt.Key.Key_Delete, Qt.KeyboardModifier.AltModifier)
    settle(qtbot, late)
    assert len(texts(late)) == 4 and bar.box.text() == ""


def test_a_category_is_chosen_with_those_within_it(late: MainWindow, qtbot: QtBot) -> None:
    combo = page(late).bar.category
    combo.setFocus()
    combo.setCurrentIndex(combo.findData("water"))
    combo.activated.emit(combo.currentIndex())
    settle(qtbot, late)
    assert texts(late) == ["停水"] and page(late).chips.texts() == ["类别：供水"]


def test_a_heading_sorts_and_sorts_back(late: MainWindow, qtbot: QtBot) -> None:
    heading = page(late).table.horizontalHeader()
    column = heading.sectionViewportPosition(POSITIONS["description"]) + 12
    for _ in range(2):
        qtbot.mouseClick(heading.viewport(), LEFT, pos=QPointF(column, 10).toPoint())
        settle(qtbot, late)
    assert texts(late) == sorted(texts(late), reverse=True)


def test_enter_leads_to_the_pane_and_back_by_f6(late: MainWindow, qtbot: QtBot) -> None:
    table = page(late).table
    qtbot.keyClick(table, Qt.Key.Key_Home, CONTROL)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    settle(qtbot, late)
    qtbot.waitUntil(lambda: page(late).detail.whole is not None)
    qtbot.waitUntil(lambda: page(late).detail.whole.values["description"] == "楼道灯不亮1")
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert page(late).detail.isAncestorOf(late.focusWidget())
    qtbot.keyClick(late.focusWidget(), Qt.Key.Key_F6)
    assert late.focusWidget() is table


def test_enter_leads_to_the_buttons_of_an_issue_that_the_pane_has_not_shown_yet(late: MainWindow, qtbot: QtBot) -> None:
    table, detail = page(late).table, page(late).detail
    with late.register.recording("受理") as recording:
        recording.update(Issue, page(late).model.row(1).uid, {"state": State.ACCEPTED})
    settle(qtbot, late)
    qtbot.keyClick(table, Qt.Key.Key_Home, CONTROL)
    settle(qtbot, late)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    focused = late.focusWidget()
    assert focused is not None and focused is next(iter(detail.steps.buttons.values()))
    assert focused.isVisible()


def test_mine_asks_once_whose_and_is_remembered(
    late: MainWindow, make_window: MakeWindow, memory: QSettings, qtbot: QtBot
) -> None:
    from ui.issues.desk_dialog import DeskDialog

    press_view(qtbot, late, View.MINE)
    asked = next(one for one in late.findChildren(DeskDialog) if one.isVisible())
    type_text(qtbot, asked.line, "自来水公司")
    asked.line.close_list()
    qtbot.mouseClick(asked.button, LEFT)
    settle(qtbot, late)
    assert texts(late) == ["停水"]
    assert page(late).views.buttons[View.MINE].text() == "我的·自来水公司 1"
    late.ledger_tab.save_state(memory)
    again = make_window(late.register)
    again.show_tab(Tab.LEDGER)
    settle(qtbot, again)
    assert page(again).chosen.view is View.MINE and page(again).chosen.desk == Desk("自来水公司")


def test_an_issue_that_is_searched_for_opens_in_the_ledger_whatever_hides_it(late: MainWindow, qtbot: QtBot) -> None:
    press_view(qtbot, late, View.OVERDUE)
    uid = raise_issue(late.register, "井盖松动", code=people.OTHER, resolved_on=LONG_AGO)
    late.show_tab(Tab.HOUSEHOLDS)
    settle(qtbot, late)
    found = next(one for one in find(late.register, "井盖").found if one.kind == ISSUES)
    go_to(late, found)
    settle(qtbot, late)
    assert late.tabs.currentIndex() == Tab.LEDGER and late.node.code == people.OTHER
    assert page(late).model.row(page(late).table.currentIndex().row()).uid == uid
    qtbot.waitUntil(lambda: page(late).detail.issue == uid)


def test_figures_and_what_there_is_to_do_today_lead_to_the_ledger(late: MainWindow, qtbot: QtBot) -> None:
    late.show_tab(Tab.OVERVIEW)
    assert late.overview.open_issues.text() == "未结 5"
    qtbot.mouseClick(late.overview.open_issues, LEFT)
    settle(qtbot, late)
    assert late.tabs.currentIndex() == Tab.LEDGER and len(texts(late)) == 5
    late.show_tab(Tab.TODAY)
    settle(qtbot, late)
    late.today_tab.page.all_asked.emit(Kind.REPORT_BACK)
    settle(qtbot, late)
    assert page(late).form is Form.CALLS


def test_without_areas_only_the_first_step_is_offered_and_then_the_ledger_comes(
    make_window: MakeWindow, register: Register, qtbot: QtBot
) -> None:
    window = make_window(register)
    window.show_tab(Tab.LEDGER)
    settle(qtbot, window)
    ledger = page(window)
    assert ledger.empty.isVisible() and not ledger.bar.isVisible() and not ledger.detail.isVisible()
    people.move_in(register)
    settle(qtbot, window)
    window.dock.choose(window.dock.model.roots[0])
    settle(qtbot, window)
    assert ledger.bar.isVisible() and ledger.views.isVisible() and ledger.detail.isVisible()
    assert "没有“全部未结”的民意" in "".join(label.text() for label in ledger.empty.findChildren(QLabel))


def test_another_hour_tells_deadlines_anew(late: MainWindow, qtbot: QtBot) -> None:
    before = page(late).model.listing
    page(late).watch.turned.emit()
    settle(qtbot, late)
    assert page(late).model.listing is not before and page(late).model.rowCount() == 5


# The board


@pytest.fixture
def board(late: MainWindow, qtbot: QtBot) -> MainWindow:
    qtbot.mouseClick(page(late).bar.forms[Form.BOARD], LEFT)
    settle(qtbot, late)
    return late


def cards(window: MainWindow, column: int):
    return page(window).board.columns[column].cards


def in_columns(window: MainWindow) -> list[int]:
    return [column.model.rowCount() for column in page(window).board.columns]


def test_a_card_is_dragged_onto_a_column_that_the_workflow_leads_to(board: MainWindow, qtbot: QtBot) -> None:
    assert in_columns(board) == [5, 0, 0, 0, 0, 0]
    source, goal = cards(board, 0), cards(board, 1)
    source.setFocus()
    row = source.row()
    page(board).board.lift(row)
    marks = [column._mark.text() for column in page(board).board.columns]
    assert marks == ["", "→ 受理", "→ 派遣", "不能移到这里", "→ 办结", "不能移到这里"]
    data = QMimeData()
    data.setData(CARD, row.uid)
    for column, accepted in ((3, False), (1, True)):
        event = QDragEnterEvent(
            QPointF(9, 9).toPoint(), Qt.DropAction.MoveAction, data, LEFT, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(cards(board, column).viewport(), event)
        assert event.isAccepted() is accepted
    drop = QDropEvent(QPointF(9, 9), Qt.DropAction.MoveAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(goal.viewport(), drop)
    page(board).board.let_go()
    qtbot.waitUntil(lambda: in_columns(board) == [4, 1, 0, 0, 0, 0])
    board.undo()
    settle(qtbot, board)
    assert in_columns(board) == [5, 0, 0, 0, 0, 0]


def test_arrows_go_between_cards_and_carry_them(board: MainWindow, qtbot: QtBot) -> None:
    first = cards(board, 0)
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert first.currentIndex().row() == 1
    qtbot.keyClick(first, Qt.Key.Key_Right, CONTROL)
    qtbot.waitUntil(lambda: in_columns(board) == [4, 1, 0, 0, 0, 0])
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert cards(board, 1).hasFocus()
    qtbot.keyClick(cards(board, 1), Qt.Key.Key_6)
    assert "不能直接移到“已反馈/已回访”" in board.status.notice()
    assert in_columns(board) == [4, 1, 0, 0, 0, 0]


def test_keys_stay_with_a_card_while_others_write(board: MainWindow, qtbot: QtBot) -> None:
    first = cards(board, 0)
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    card = first.row().uid
    with board.register.recording("登记", actor="别人"):
        raise_issue(board.register, "漏水", registered_on=LONG_AGO - datetime.timedelta(days=9))
    settle(qtbot, board)
    assert in_columns(board) == [6, 0, 0, 0, 0, 0]
    assert first.row().uid == card and first.currentIndex().row() == 2
    qtbot.keyClick(first, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: in_columns(board) == [5, 1, 0, 0, 0, 0])
    assert cards(board, 1).model().index(0, 0).data(ROW).uid == card


# The call list


@pytest.fixture
def calling(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """Two people to be called, the first about two issues."""
    register = window.register
    for text, name, phone in (("停水", "马玉兰", "1"), ("停电", "马玉兰", "1"), ("漏水", "李建国", "2")):
        raise_issue(register, text, name, phone=f"1382000000{phone}", result="已修好。", resolved_on=LONG_AGO)
    window.show_tab(Tab.LEDGER)
    page(window).show_form(Form.CALLS)
    settle(qtbot, window)
    return window


def reporters(window: MainWindow) -> list[tuple]:
    query = Reporter.select(Reporter.satisfaction, Reporter.channel, Reporter.excuse).order_by(Reporter.uid)
    return window.register.all(query.tuples())


def test_calls_are_told_by_keys_alone_one_after_the_other(calling: MainWindow, qtbot: QtBot) -> None:
    calls = page(calling).calls
    table = calls.table
    assert calls.model.rowCount() == 3 and table.hasFocus()
    assert calls.text.text() == "您反映的“停水”已经办结：已修好。"
    qtbot.keyClick(table, Qt.Key.Key_1)
    settle(qtbot, calling)
    assert calls.model.rowCount() == 2 and calls.text.text().startswith("您反映的“停电”")
    qtbot.keyClick(table, Qt.Key.Key_N)
    type_text(qtbot, calls.note, "住户已搬走")
    qtbot.keyClick(calls.note, Qt.Key.Key_Return)
    qtbot.keyClick(table, Qt.Key.Key_0)
    settle(qtbot, calling)
    assert calls.who.text() == "李建国" and table.hasFocus()
    qtbot.keyClick(table, Qt.Key.Key_2)
    settle(qtbot, calling)
    assert reporters(calling) == [
        ("satisfied", "phone", ""),
        ("", "", "住户已搬走"),
        ("mostly", "phone", ""),
    ]
    assert page(calling).empty.isVisible()
    calling.undo()
    settle(qtbot, calling)
    assert calls.model.rowCount() == 1 and calls.who.text() == "李建国"


def test_a_long_issue_is_read_out_whole(calling: MainWindow, qtbot: QtBot) -> None:
    register = calling.register
    calls = page(calling).calls
    height = calls.sizes()[1]
    with register.recording("改写") as recording:
        recording.update(Issue, calls.line().told.issue, {"description": "地下室的排水管道反复堵塞，污水倒灌。" * 12})
    settle(qtbot, calling)
    assert calls.text.height() >= calls.text.heightForWidth(calls.text.width())
    calls.table.selectRow(calls.model.rowCount() - 1)
    assert calls.sizes()[1] == height


def test_who_is_called_stays_with_what_is_typed_while_others_write(calling: MainWindow, qtbot: QtBot) -> None:
    calls = page(calling).calls
    calls.table.selectRow(2)
    assert calls.who.text() == "李建国"
    type_text(qtbot, calls.note, "晚上再打")
    with calling.register.recording("登记", actor="别人"):
        earlier = LONG_AGO - datetime.timedelta(days=1)
        told = {"phone": "13820000009", "registered_on": earlier, "resolved_on": LONG_AGO}
        raise_issue(calling.register, "屋顶漏水", "王芳", **told)
    settle(qtbot, calling)
    assert calls.model.rowCount() == 4 and calls.model.line(0).call.name == "王芳"
    assert (calls.who.text(), calls.note.text()) == ("李建国", "晚上再打")
    qtbot.keyClick(calls.table, Qt.Key.Key_1)
    settle(qtbot, calling)
    assert [told for told, _channel, _excuse in reporters(calling)] == ["", "", "satisfied", ""]


def test_who_is_not_content_is_offered_that_it_is_handled_again(calling: MainWindow, qtbot: QtBot) -> None:
    calls = page(calling).calls
    qtbot.keyClick(calls.table, Qt.Key.Key_3)
    settle(qtbot, calling)
    assert calls.offer.isVisible()
    qtbot.keyClick(calls.table, Qt.Key.Key_R)
    asked = dialog(qtbot, calling)
    assert "重新办理" in asked.windowTitle() and not calls.offer.isVisible()


def test_why_somebody_cannot_be_told_is_chosen_by_a_digit(calling: MainWindow, qtbot: QtBot) -> None:
    calls = page(calling).calls
    menu = calls.excuse_menu(calls.line())
    menu.popup(calls.mapToGlobal(calls.rect().center()))
    qtbot.keyClick(menu, Qt.Key.Key_1)
    settle(qtbot, calling)
    assert reporters(calling)[0][2] and calls.model.rowCount() == 2
