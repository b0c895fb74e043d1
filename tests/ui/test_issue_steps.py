"""Taking an issue through its states in the pane beside the ledger, and what is shown after each step."""

import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from gridapp.areas.model import Level
from gridapp.issues import workflow
from gridapp.issues.consistency import faults
from gridapp.issues.model import Issue
from gridapp.issues.states import Channel, State
from gridapp.issues.stepping import Entry, take
from gridapp.issues.workflow import Need, Step
from gridapp.register import Register
from tests.ui.driving import LEFT, settle, type_text
from tests.ui.issues import (
    TODAY,
    confirm,
    dialog,
    do,
    issues,
    key_step,
    last_line,
    press_step,
    register_one,
    show_issue,
    shown_texts,
    state,
    write_note,
)
from ui.issues.detail import IssueDetail
from ui.issues.reporter_part import ReporterPart
from ui.issues.step_dialog import StepDialog
from ui.main_window import MainWindow

TEXT = "楼道灯不亮"


def steps_offered(pane: IssueDetail) -> list[str]:
    shown_texts(pane.steps)
    return [button.accessibleName() for button in pane.steps.buttons.values() if button.isVisibleTo(pane)]


def take_back(qtbot: QtBot, window: MainWindow) -> None:
    window.undo()
    settle(qtbot, window)


@pytest.fixture
def pane(window: MainWindow, qtbot: QtBot) -> IssueDetail:
    """The pane of an issue that two people have raised today."""
    return show_issue(qtbot, window, register_one(window.register, TEXT, "马玉兰", "李建国"))


def test_an_issue_goes_all_its_way_and_each_step_is_read_in_the_pane(
    window: MainWindow, pane: IssueDetail, qtbot: QtBot
) -> None:
    assert state(pane) == "待受理" and "网格" in pane.head.about.text()
    key_step(qtbot, pane, Step.ACCEPT)
    settle(qtbot, window)
    assert state(pane) == "已受理" and "受理" in last_line(pane) and "受理" in window.status.notice()

    do(qtbot, window, pane, Step.ESCALATE, "网格没有维修力量")
    assert state(pane) == "待受理" and pane.head.about.text().startswith("社区")
    assert "网格没有维修力量" in last_line(pane) and "由网格转到社区" in last_line(pane)

    key_step(qtbot, pane, Step.ACCEPT)
    settle(qtbot, window)
    press_step(qtbot, pane, Step.START)
    settle(qtbot, window)
    assert state(pane) == "办理中"

    key_step(qtbot, pane, Step.RESOLVE)
    asked = dialog(qtbot, window)
    assert TEXT in asked.told.text() and asked.widget(Need.NOTE).editor.hasFocus()
    write_note(qtbot, asked, "已更换灯泡")
    confirm(qtbot, window, asked)
    assert state(pane) == "待反馈" and "按期办结" in pane.head.deadline.text()
    assert "已更换灯泡" in shown_texts(pane.facts) and any(
        "还有 2 人没有反馈" in one for one in shown_texts(pane.people)
    )

    telling = [one for one in pane.people.findChildren(QPushButton) if one.text() == "反馈…"]
    assert len(telling) == 2
    qtbot.mouseClick(telling[1], LEFT)
    asked = dialog(qtbot, window)
    assert asked.widget(Need.REPORTER).currentText().startswith("李建国")
    asked.widget(Need.CHANNEL).setFocus()
    qtbot.keyClick(asked.focusWidget(), Qt.Key.Key_2)
    asked.widget(Need.SATISFACTION).setFocus()
    qtbot.keyClick(asked.focusWidget(), Qt.Key.Key_1)
    confirm(qtbot, window, asked)
    assert state(pane) == "待反馈" and any("还有 1 人没有反馈" in one for one in shown_texts(pane.people))
    assert "李建国" in last_line(pane) and "上门" in last_line(pane) and "满意" in last_line(pane)

    key_step(qtbot, pane, Step.REPORT_BACK)
    asked = dialog(qtbot, window)
    assert asked.widget(Need.REPORTER).count() == 1
    confirm(qtbot, window, asked)
    assert state(pane) == "已反馈" and "马玉兰" in last_line(pane) and "电话" in last_line(pane)

    key_step(qtbot, pane, Step.FOLLOW_UP)
    asked = dialog(qtbot, window)
    asked.widget(Need.SATISFACTION).setFocus()
    qtbot.keyClick(asked.focusWidget(), Qt.Key.Key_2)
    confirm(qtbot, window, asked)
    assert state(pane) == "已回访" and "基本满意" in pane.head.about.text()

    key_step(qtbot, pane, Step.CLOSE)
    settle(qtbot, window)
    assert state(pane) == "已结案" and list(faults(window.register)) == []
    for before in ("已回访", "已反馈", "待反馈", "待反馈", "办理中", "已受理", "待受理", "已受理", "待受理"):
        take_back(qtbot, window)
        assert state(pane) == before
    assert steps_offered(pane)[0] == "受理" and list(faults(window.register)) == []


def test_who_is_not_content_has_it_handled_again_at_once(window: MainWindow, pane: IssueDetail, qtbot: QtBot) -> None:
    do(qtbot, window, pane, Step.RESOLVE, "已更换灯泡")
    again = refuse_contentment(qtbot, window, pane)
    qtbot.keyClick(again, Qt.Key.Key_Escape)  # the other one is told first
    settle(qtbot, window)
    again = refuse_contentment(qtbot, window, pane)
    write_note(qtbot, again, "灯又灭了")  # over what was offered
    confirm(qtbot, window, again)
    assert state(pane) == "办理中" and "灯又灭了" in last_line(pane)
    assert len([one for one in shown_texts(pane.people) if one.endswith("未反馈")]) == 2
    take_back(qtbot, window)
    assert state(pane) == "已反馈" and "不满意" in pane.head.about.text()


def refuse_contentment(qtbot: QtBot, window: MainWindow, pane: IssueDetail) -> StepDialog:
    """Report back to whoever is next, who is not content, and return the dialog that offers to handle it again."""
    press_step(qtbot, pane, Step.REPORT_BACK)
    asked = dialog(qtbot, window)
    asked.widget(Need.SATISFACTION).setFocus()
    qtbot.keyClick(asked.focusWidget(), Qt.Key.Key_3)
    confirm(qtbot, window, asked)
    again = dialog(qtbot, window)
    assert again.windowTitle() == "重新办理" and again.widget(Need.NOTE).editor.textCursor().hasSelection()
    return again


def test_one_who_cannot_be_told_is_excused_with_a_reason(window: MainWindow, pane: IssueDetail, qtbot: QtBot) -> None:
    do(qtbot, window, pane, Step.RESOLVE, "已更换灯泡")
    for left in (1, 0):
        press_step(qtbot, pane, Step.EXCUSE)
        asked = dialog(qtbot, window)
        confirm(qtbot, window, asked)
        assert asked.fields[Need.NOTE][1].remark() == "请填写原因。" and asked.isVisible()
        write_note(qtbot, asked, "电话停机")
        confirm(qtbot, window, asked)
        assert len(pane.whole.waiting) == left
    assert state(pane) == "已反馈" and any("无法反馈：电话停机" in one for one in shown_texts(pane.people))


def test_a_suspended_issue_says_when_it_is_looked_at_again(window: MainWindow, pane: IssueDetail, qtbot: QtBot) -> None:
    do(qtbot, window, pane, Step.ACCEPT)
    press_step(qtbot, pane, Step.SUSPEND)
    asked = dialog(qtbot, window)
    write_note(qtbot, asked, "等物业采购")
    line = asked.widget(Need.REVIEW_ON).line
    for typed, remark in (("", "请填写复查日期。"), ("乱写", "看不懂"), (TODAY.isoformat(), "应在今天之后")):
        line.setFocus()
        line.selectAll()
        qtbot.keyClick(line, Qt.Key.Key_Delete)
        type_text(qtbot, line, typed)
        confirm(qtbot, window, asked)
        assert remark in asked.fields[Need.REVIEW_ON][1].remark() and asked.widget(Need.NOTE).text() == "等物业采购"
    line.selectAll()
    type_text(qtbot, line, "+5")
    assert asked.widget(Need.REVIEW_ON).told()
    confirm(qtbot, window, asked)
    assert state(pane) == "已挂起" and pane.head.deadline.text().endswith("复查")
    assert pane.whole.values["review_on"] == TODAY + datetime.timedelta(days=5)
    do(qtbot, window, pane, Step.RESUME)
    assert state(pane) == "办理中" and pane.whole.values["pending_at"] is not None
    take_back(qtbot, window)
    take_back(qtbot, window)
    assert state(pane) == "已受理"


def test_a_deadline_is_moved_only_to_later(window: MainWindow, pane: IssueDetail, qtbot: QtBot) -> None:
    before = pane.whole.values["due_at"]
    press_step(qtbot, pane, Step.EXTEND)
    asked = dialog(qtbot, window)
    write_note(qtbot, asked, "等配件")
    line = asked.widget(Need.DUE_ON).line
    line.setFocus()
    qtbot.keyClicks(line, TODAY.isoformat())
    confirm(qtbot, window, asked)
    assert "应在原期限" in asked.fields[Need.DUE_ON][1].remark()
    line.selectAll()
    qtbot.keyClicks(line, "+60")
    confirm(qtbot, window, asked)
    until = TODAY + datetime.timedelta(days=60)
    assert pane.whole.values["due_at"].date() == until and str(until) in last_line(pane)
    take_back(qtbot, window)
    assert pane.whole.values["due_at"] == before


def test_what_is_not_taken_up_is_reported_back_all_the_same(
    window: MainWindow, pane: IssueDetail, qtbot: QtBot
) -> None:
    do(qtbot, window, pane, Step.REJECT, "属于产权人自行维修")
    assert state(pane) == "不予受理" and "属于产权人自行维修" in shown_texts(pane.facts)
    assert steps_offered(pane)[0] == "反馈"
    take_back(qtbot, window)
    assert state(pane) == "待受理"


def test_a_duplicate_is_closed_and_who_raised_it_hears_of_the_other(
    window: MainWindow, pane: IssueDetail, qtbot: QtBot
) -> None:
    first = pane.issue
    second = register_one(window.register, "楼道的灯不亮了", "周文斌")
    show_issue(qtbot, window, second)
    press_step(qtbot, pane, Step.DUPLICATE)
    asked = dialog(qtbot, window)
    confirm(qtbot, window, asked)
    assert asked.fields[Need.ORIGINAL][1].remark() == "请选择并入哪一条民意。"
    line = asked.widget(Need.ORIGINAL)
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Down)
    assert line.is_open()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    confirm(qtbot, window, asked)
    assert state(pane) == "已结案"
    number = next(one.values["number"] for one in issues(window.register) if one.uid == first)
    assert number in " ".join(shown_texts(pane.facts))
    show_issue(qtbot, window, first)
    assert [one.name for one in pane.whole.reporters] == ["马玉兰", "李建国", "周文斌"]
    assert list(faults(window.register)) == []
    take_back(qtbot, window)
    assert [one.name for one in pane.whole.reporters] == ["马玉兰", "李建国"]


def test_an_issue_goes_up_and_is_sent_back(window: MainWindow, pane: IssueDetail, qtbot: QtBot) -> None:
    assert "退回" not in steps_offered(pane)
    for name in ("社区", "街道", "区"):
        do(qtbot, window, pane, Step.ESCALATE, "没有权限")
        assert pane.head.about.text().startswith(name)
    assert "上报" not in steps_offered(pane)
    do(qtbot, window, pane, Step.SEND_BACK, "街道可以办")
    assert pane.head.about.text().startswith("街道") and "街道可以办" in last_line(pane)
    for name in ("区", "街道", "社区", "网格"):
        take_back(qtbot, window)
        assert pane.head.about.text().startswith(name)


def test_a_member_of_the_team_is_assigned_by_initials_and_anybody_by_name(
    window: MainWindow, pane: IssueDetail, qtbot: QtBot
) -> None:
    press_step(qtbot, pane, Step.ASSIGN)
    asked = dialog(qtbot, window)
    confirm(qtbot, window, asked)
    assert asked.fields[Need.HANDLER][1].remark() == "请填写承办单位或承办人。"
    line = asked.widget(Need.HANDLER)
    line.setFocus()
    qtbot.keyClicks(line, "wgxl")
    qtbot.keyClick(line, Qt.Key.Key_Down)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    confirm(qtbot, window, asked)
    assert state(pane) == "办理中" and "网格小刘" in pane.head.about.text()
    assert pane.whole.values["assignee"] is not None
    press_step(qtbot, pane, Step.ASSIGN)
    asked = dialog(qtbot, window)
    asked.widget(Need.HANDLER).setFocus()
    type_text(qtbot, asked.widget(Need.HANDLER), "自来水公司")
    confirm(qtbot, window, asked)
    assert "自来水公司" in pane.head.about.text() and pane.whole.values["assignee"] is None
    take_back(qtbot, window)
    assert "网格小刘" in pane.head.about.text() and pane.whole.values["assignee"] is not None


def test_another_person_is_added_to_those_who_raised_it(window: MainWindow, pane: IssueDetail, qtbot: QtBot) -> None:
    press_step(qtbot, pane, Step.JOIN)
    asked = dialog(qtbot, window)
    who = asked.findChild(ReporterPart)
    line = who.picker.line
    qtbot.waitUntil(line.hasFocus)
    qtbot.keyClicks(line, "zgf")
    qtbot.waitUntil(lambda: not who.is_busy())
    qtbot.keyClick(line, Qt.Key.Key_Return)
    confirm(qtbot, window, asked)
    assert [one.name for one in pane.whole.reporters] == ["马玉兰", "李建国", "张桂芳"]
    assert "又有人反映：张桂芳" in last_line(pane)
    take_back(qtbot, window)
    assert len(pane.whole.reporters) == 2


def test_a_note_is_written_with_enter(window: MainWindow, pane: IssueDetail, qtbot: QtBot) -> None:
    pane.note.line.setFocus()
    type_text(qtbot, pane.note.line, "已联系物业")
    qtbot.keyClick(pane.note.line, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert "已联系物业" in last_line(pane) and pane.note.text() == "" and state(pane) == "待受理"
    take_back(qtbot, window)
    assert "已联系物业" not in pane.timeline.text()


def test_words_at_hand_are_put_into_a_note_by_a_digit(window: MainWindow, pane: IssueDetail, qtbot: QtBot) -> None:
    press_step(qtbot, pane, Step.RESOLVE)
    asked = dialog(qtbot, window)
    note = asked.widget(Need.NOTE)
    qtbot.keyClick(note.editor, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(note.menu.isVisible)
    qtbot.keyClick(note.menu, Qt.Key.Key_1)
    assert note.text()


# What is offered


@pytest.mark.parametrize("reached", list(State))
def test_a_state_offers_what_the_workflow_allows_and_nothing_else(
    window: MainWindow, qtbot: QtBot, reached: State
) -> None:
    issue = bring_to(window.register, reached)
    pane = show_issue(qtbot, window, issue)
    expected = [row.name for row in workflow.allowed(reached, Level.GRID) if row.step is not Step.NOTE]
    assert steps_offered(pane) == expected
    primary = [name for name, one in zip(expected, pane.steps.buttons.values(), strict=True) if one.property("primary")]
    assert primary == expected[:1]


def bring_to(register: Register, reached: State) -> bytes:
    """An issue of today in a state."""
    issue = register_one(register)
    told = Entry(
        "说明",
        handler="物业",
        review_on=TODAY + datetime.timedelta(days=3),
        channel=Channel.PHONE,
    )
    resolved = (Step.ACCEPT, Step.RESOLVE)
    back = (*resolved, Step.REPORT_BACK)
    ways = {
        State.ACCEPTED: (Step.ACCEPT,),
        State.IN_PROGRESS: (Step.ASSIGN,),
        State.SUSPENDED: (Step.ACCEPT, Step.SUSPEND),
        State.RESOLVED: resolved,
        State.REJECTED: (Step.REJECT,),
        State.REPORTED_BACK: back,
        State.FOLLOWED_UP: (*back, Step.FOLLOW_UP),
        State.CLOSED: (*back, Step.CLOSE),
    }
    for step in ways.get(reached, ()):
        take(register, issue, step, told)
    assert register.value(Issue.select(Issue.state).where(Issue.uid == issue)) == reached
    return issue
