"""The task list as a person works it: typing tasks, ticking them off, changing them, looking at some of them."""

import datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from gridapp.days import said_day
from gridapp.register import open_register
from gridapp.tasks import editing
from gridapp.tasks.editing import TaskDraft
from gridapp.tasks.listing import View
from gridapp.tasks.recurrence import Frequency, Rule
from tests.ui import people
from tests.ui.driving import CONTROL, LEFT, retype, settle, type_text
from ui.main_window import MainWindow
from ui.tabs import Tab
from ui.tasks.page import TasksPage
from ui.tasks.table_model import AREA, DONE, DUE, STATE, TITLE, WHO

TODAY = datetime.date.today()
DAY = datetime.timedelta(days=1)
ENTER = Qt.Key.Key_Return


@pytest.fixture
def window(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """A window on the tasks of 第三网格: one is late, one is from the community, one comes again."""
    third, community = window.node.uid, window.node.parent.uid
    add(window, third, "巡查楼道", due_on=TODAY - 3 * DAY, assignee="网格小刘")
    add(window, community, "例会", due_on=TODAY, role="grid_leader")
    add(window, third, "核对租户", due_on=TODAY + DAY, rule=Rule(Frequency.WEEKLY))
    window.show_tab(Tab.TASKS)
    settle(qtbot, window)
    return window


def add(window: MainWindow, area: bytes, title: str, **values) -> bytes:
    return editing.create(window.register, area, TaskDraft(title, **values))[0]


def page(window: MainWindow) -> TasksPage:
    return window.tasks_tab.page


def column(window: MainWindow, number: int) -> list[str]:
    model = page(window).model
    return [model.index(row, number).data() for row in range(model.rowCount())]


def choose(window: MainWindow, title: str) -> None:
    page(window).table.selectRow(column(window, TITLE).index(title))


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key) -> None:
    qtbot.keyClick(page(window).table, key)
    settle(qtbot, window)


def test_the_list_says_what_is_due_by_whom_and_what_comes_from_above(window: MainWindow) -> None:
    assert column(window, TITLE) == ["巡查楼道", "例会", "核对租户"]
    assert column(window, DUE) == [said_day(TODAY - 3 * DAY, TODAY), "今天", "明天"]
    assert column(window, STATE) == ["逾期3天", "未开始", "未开始"]
    assert column(window, WHO) == ["网格小刘", "网格长", ""]
    assert column(window, AREA) == ["第三网格", "来自 紫光苑社区", "第三网格"]
    chips = page(window).bar.views
    assert (chips[View.OPEN].text(), chips[View.OVERDUE].text(), chips[View.TODAY].text()) == (
        "未完成 3",
        "逾期 1",
        "今天 1",
    )


def test_a_task_is_typed_with_its_day_and_whom_it_is_for_by_enter_alone(window: MainWindow, qtbot: QtBot) -> None:
    line = page(window).add_line
    qtbot.keyClick(window, Qt.Key.Key_T, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert line.title.hasFocus()
    type_text(qtbot, line.title, "清理车棚")
    qtbot.keyClick(line.title, ENTER)
    assert line.due.hasFocus()
    type_text(qtbot, line.due, "后天")
    qtbot.keyClick(line.due, ENTER)
    assert line.who.hasFocus()
    type_text(qtbot, line.who, "wgxl")
    assert line.who.offered() == ["网格小刘"]
    qtbot.keyClick(line.who.completer().popup(), ENTER)
    settle(qtbot, window)
    assert column(window, TITLE)[-1] == "清理车棚"
    assert (column(window, DUE)[-1], column(window, WHO)[-1]) == ("后天", "网格小刘")
    assert page(window).table.current().title == "清理车棚"
    assert line.title.hasFocus() and line.title.text() == line.due.text() == line.who.text() == ""
    assert window.status.notice() == "已新增任务“清理车棚”"
    window.undo()
    settle(qtbot, window)
    assert "清理车棚" not in column(window, TITLE)


def test_ctrl_enter_adds_at_once_and_what_is_no_day_is_refused_where_it_stands(
    window: MainWindow, qtbot: QtBot
) -> None:
    line = page(window).add_line
    line.begin()
    type_text(qtbot, line.title, "贴通知")
    qtbot.keyClick(line.title, ENTER)
    type_text(qtbot, line.due, "某一天")
    qtbot.keyClick(line.due, ENTER)
    assert "日期“某一天”看不懂" in window.status.notice() and line.due.hasFocus()
    retype(qtbot, line.due, "")
    qtbot.keyClick(line.due, ENTER, CONTROL)
    settle(qtbot, window)
    assert column(window, TITLE)[-1] == "贴通知" and column(window, DUE)[-1] == ""
    assert not line.button.isEnabled()


def test_space_finishes_a_task_and_undo_brings_it_back(window: MainWindow, qtbot: QtBot) -> None:
    choose(window, "巡查楼道")
    press(qtbot, window, Qt.Key.Key_Space)
    assert column(window, TITLE) == ["例会", "核对租户"]
    assert page(window).table.current().title == "例会"
    assert window.status.notice() == "已完成任务“巡查楼道”"
    window.undo()
    settle(qtbot, window)
    assert column(window, TITLE) == ["巡查楼道", "例会", "核对租户"]


def test_a_click_on_the_box_finishes_and_another_view_brings_back(window: MainWindow, qtbot: QtBot) -> None:
    table = page(window).table
    index = page(window).model.index(column(window, TITLE).index("例会"), DONE)
    option = QStyleOptionViewItem()
    table.initViewItemOption(option)
    option.rect = table.visualRect(index)
    option.features |= QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator
    box = table.style().subElementRect(QStyle.SubElement.SE_ItemViewItemCheckIndicator, option, table)
    qtbot.mouseClick(table.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, QPoint(box.center()))
    settle(qtbot, window)
    assert "例会" not in column(window, TITLE)
    qtbot.mouseClick(page(window).bar.views[View.DONE], LEFT)
    settle(qtbot, window)
    assert column(window, TITLE) == ["例会"] and column(window, STATE) == ["已完成"]
    choose(window, "例会")
    press(qtbot, window, Qt.Key.Key_Space)
    assert column(window, TITLE) == []
    assert window.status.notice() == "已恢复任务“例会”"
    page(window).bar.clear()
    settle(qtbot, window)
    assert "例会" in column(window, TITLE)


def test_several_are_finished_at_once_and_what_comes_again_is_there_again(window: MainWindow, qtbot: QtBot) -> None:
    page(window).table.selectAll()
    press(qtbot, window, Qt.Key.Key_Space)
    assert (column(window, TITLE), window.status.notice()) == (["核对租户"], "已完成3项任务")
    assert page(window).table.current().due_on == TODAY + 8 * DAY


def test_delete_gives_up_without_asking_and_the_menu_offers_to_skip_what_comes_again(
    window: MainWindow, qtbot: QtBot
) -> None:
    choose(window, "巡查楼道")
    press(qtbot, window, Qt.Key.Key_Delete)
    assert "巡查楼道" not in column(window, TITLE)
    assert window.status.notice() == "已取消任务“巡查楼道”"
    choose(window, "核对租户")
    skip = next(action for action in page(window).table.menu().actions() if "跳过" in action.text())
    skip.trigger()
    settle(qtbot, window)
    assert page(window).table.current().due_on == TODAY + 8 * DAY


def test_each_field_beside_the_table_is_stored_as_one_leaves_it(window: MainWindow, qtbot: QtBot) -> None:
    choose(window, "巡查楼道")
    side = page(window).side
    press(qtbot, window, ENTER)
    assert side.title.hasFocus()
    retype(qtbot, side.title, "巡查楼道和车棚")
    qtbot.keyClick(side.title, Qt.Key.Key_Tab)
    settle(qtbot, window)
    assert "巡查楼道和车棚" in column(window, TITLE) and side.due.hasFocus()
    type_text(qtbot, side.due, "明天")
    qtbot.keyClick(side.due, Qt.Key.Key_Tab)
    retype(qtbot, side.who, "志愿者")
    qtbot.keyClick(side.who, Qt.Key.Key_Tab)
    settle(qtbot, window)
    row = side.row
    assert (row.title, row.due_on, row.assignee, row.role) == ("巡查楼道和车棚", TODAY + DAY, "", "volunteer")
    side.note.setFocus()
    type_text(qtbot, side.note, "带手电")
    qtbot.keyClick(side, Qt.Key.Key_Escape)
    settle(qtbot, window)
    assert page(window).table.hasFocus() and side.row.note == "带手电"
    side.progress.setValue(60)
    settle(qtbot, window)
    assert side.state.text() == "进行中" and side.row.progress == 60
    side.frequency.setCurrentIndex(side.frequency.findData(Frequency.MONTHLY.value))
    side.frequency.activated.emit(side.frequency.currentIndex())
    settle(qtbot, window)
    assert side.row.rule == Rule(Frequency.MONTHLY)
    for _step in range(6):
        window.undo()
        settle(qtbot, window)
    assert editing.load(window.register, row.uid).title == "巡查楼道"


def test_what_cannot_be_is_said_and_stays_to_be_mended(window: MainWindow, qtbot: QtBot) -> None:
    choose(window, "巡查楼道")
    side = page(window).side
    retype(qtbot, side.title, "")
    qtbot.keyClick(side.title, ENTER)
    settle(qtbot, window)
    assert window.status.notice() == "请填写任务内容。"
    retype(qtbot, side.title, "巡查")
    qtbot.keyClick(side.title, ENTER)
    settle(qtbot, window)
    assert "巡查" in column(window, TITLE)
    retype(qtbot, side.due, "32号")
    qtbot.keyClick(side.due, ENTER)
    assert "看不懂" in side._due_field.remark()
    assert editing.load(window.register, side.row.uid).due_on == TODAY - 3 * DAY


def test_a_day_that_cannot_be_read_keeps_nothing_else_from_being_stored_and_is_said_on_leaving(
    window: MainWindow, qtbot: QtBot
) -> None:
    choose(window, "巡查楼道")
    side = page(window).side
    retype(qtbot, side.due, "32号")
    qtbot.keyClick(side.due, Qt.Key.Key_Tab)
    retype(qtbot, side.who, "志愿者")
    qtbot.keyClick(side.who, Qt.Key.Key_Tab)
    settle(qtbot, window)
    assert column(window, WHO)[column(window, TITLE).index("巡查楼道")] == "志愿者"
    assert side.due.text() == "32号" and "32号" in side._due_field.remark()
    choose(window, "例会")
    settle(qtbot, window)
    assert "“巡查楼道”的期限没有改。日期“32号”看不懂" in window.status.notice()
    assert side.row.title == "例会" and not side._due_field.remark()


def test_what_leaves_the_list_by_being_edited_stays_beside_it_while_one_types(window: MainWindow, qtbot: QtBot) -> None:
    page(window).bar.show_view(View.OVERDUE)
    settle(qtbot, window)
    side = page(window).side
    retype(qtbot, side.due, "明天")
    qtbot.keyClick(side.due, Qt.Key.Key_Tab)
    settle(qtbot, window)
    assert column(window, TITLE) == [] and side.row.title == "巡查楼道" and side.who.hasFocus()


def test_filters_by_whom_by_words_and_without_those_above(window: MainWindow, qtbot: QtBot) -> None:
    bar = page(window).bar
    assert [bar.who.itemText(row) for row in range(bar.who.count())] == ["所有人", "网格长", "网格小刘"]
    bar.who.setCurrentIndex(2)
    bar.who.activated.emit(2)
    settle(qtbot, window)
    assert column(window, TITLE) == ["巡查楼道"] and bar.who.currentText() == "网格小刘"
    bar.clear()
    type_text(qtbot, bar.box, "网格长")
    settle(qtbot, window)
    assert column(window, TITLE) == ["例会"]
    qtbot.mouseClick(bar.from_above, LEFT)
    settle(qtbot, window)
    assert column(window, TITLE) == [] and "没有符合条件" in page(window).empty._text.text()
    bar.clear()
    settle(qtbot, window)
    assert column(window, TITLE) == ["巡查楼道", "核对租户"]


def test_an_empty_list_says_how_to_begin_and_another_area_shows_its_own(window: MainWindow, qtbot: QtBot) -> None:
    window.dock.choose(window.dock.model.find(people.OTHER))
    settle(qtbot, window)
    assert column(window, TITLE) == [] and "没有要做的任务" in page(window).empty._text.text()
    assert page(window).side.row is None
    window.dock.choose(window.dock.model.find(people.COMMUNITY))
    settle(qtbot, window)
    assert column(window, AREA) == ["第三网格", "紫光苑社区", "第三网格"]


def test_what_a_colleague_changed_is_not_written_over(window: MainWindow, qtbot: QtBot) -> None:
    choose(window, "巡查楼道")
    side = page(window).side
    uid = side.row.uid
    with open_register(window.register.url) as colleague:
        base = editing.load(colleague, uid)
        editing.save(colleague, uid, TaskDraft("同事改过", due_on=base.due_on, assignee=base.assignee), base)
    retype(qtbot, side.title, "我也改")
    qtbot.keyClick(side.title, ENTER)
    settle(qtbot, window)
    assert "刚被别人改过" in window.status.notice()
    assert editing.load(window.register, uid).title == "同事改过"


def test_down_from_the_last_row_leads_to_the_new_task_and_up_leads_back(window: MainWindow, qtbot: QtBot) -> None:
    choose(window, "核对租户")
    page(window).table.setFocus()
    press(qtbot, window, Qt.Key.Key_Down)
    assert page(window).add_line.title.hasFocus()
    qtbot.keyClick(page(window).add_line.title, Qt.Key.Key_Up)
    assert page(window).table.hasFocus()


def test_a_task_is_gone_to_whichever_is_looked_at(window: MainWindow, qtbot: QtBot) -> None:
    choose(window, "例会")
    uid = page(window).side.row.uid
    press(qtbot, window, Qt.Key.Key_Space)
    page(window).go_to(uid)
    settle(qtbot, window)
    assert page(window).side.row.uid == uid and page(window).side.state.text() == "已完成"
