"""Two who take a step with the same issue at once: the second is told, and nothing is lost."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gridapp.issues.consistency import faults
from gridapp.issues.workflow import Need, Step
from gridapp.register import open_register
from gridapp.store.undo import undo
from tests.ui.conftest import MakeWindow
from tests.ui.driving import settle
from tests.ui.issues import (
    confirm,
    dialog,
    do,
    is_open,
    issues,
    last_line,
    press_step,
    register_one,
    show_issue,
    shown_texts,
    state,
    write_note,
)
from ui.issues.detail import IssueDetail
from ui.issues.step_dialog import StepDialog
from ui.main_window import MainWindow

TEXT = "楼道灯不亮"


@pytest.fixture
def pane(window: MainWindow, qtbot: QtBot) -> IssueDetail:
    """The pane of an issue that two people have raised today."""
    return show_issue(qtbot, window, register_one(window.register, TEXT, "马玉兰", "李建国"))


def test_the_second_of_two_who_step_at_once_is_told_and_loses_nothing(
    window: MainWindow, make_window: MakeWindow, pane: IssueDetail, qtbot: QtBot
) -> None:
    other = make_window(window.register)
    theirs = show_issue(qtbot, other, pane.issue)
    press_step(qtbot, theirs, Step.RESOLVE)
    asked = dialog(qtbot, other)
    write_note(qtbot, asked, "已更换灯泡")
    do(qtbot, window, pane, Step.ACCEPT)
    confirm(qtbot, other, asked)
    told = next(one for one in shown_texts(asked) if "刚刚受理了" in one)
    assert asked.isVisible() and told.endswith("仍要办结，请再按一次。")
    assert asked.widget(Need.NOTE).text() == "已更换灯泡"
    settle(qtbot, window)
    assert state(pane) == state(theirs) == "已受理"
    confirm(qtbot, other, asked)
    settle(qtbot, window)
    assert not is_open(other, StepDialog)
    assert state(pane) == state(theirs) == "待反馈" and "已更换灯泡" in last_line(pane)
    assert list(faults(window.register)) == []


def test_two_programs_on_one_file_step_the_same_issue_one_after_the_other(
    make_window: MakeWindow, db: Path, qtbot: QtBot
) -> None:
    ours, theirs = make_window(open_register(str(db))), make_window(open_register(str(db)))
    issue = register_one(ours.register, TEXT)
    pane, other = show_issue(qtbot, ours, issue), show_issue(qtbot, theirs, issue)
    do(qtbot, ours, pane, Step.RESOLVE, "已更换灯泡")
    press_step(qtbot, other, Step.REJECT)
    asked = dialog(qtbot, theirs)
    write_note(qtbot, asked, "不归本网格")
    confirm(qtbot, theirs, asked)
    assert any("不能不予受理" in one or "刚刚办结了" in one for one in shown_texts(asked))
    assert asked.widget(Need.NOTE).text() == "不归本网格"
    confirm(qtbot, theirs, asked)
    assert any("现在是“待反馈”，不能不予受理" in one for one in shown_texts(asked))
    qtbot.keyClick(asked, Qt.Key.Key_Escape)
    settle(qtbot, theirs)
    assert state(other) == state(pane) == "待反馈" and list(faults(theirs.register)) == []


def test_an_issue_that_was_taken_back_meanwhile_is_told(
    window: MainWindow, make_window: MakeWindow, pane: IssueDetail, qtbot: QtBot
) -> None:
    press_step(qtbot, pane, Step.RESOLVE)
    asked = dialog(qtbot, window)
    write_note(qtbot, asked, "已更换灯泡")
    undo(window.register)
    settle(qtbot, window)
    confirm(qtbot, window, asked)
    assert asked.isVisible() and any("已被撤销" in one for one in shown_texts(asked))
    assert asked.widget(Need.NOTE).text() == "已更换灯泡"
    qtbot.keyClick(asked, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: pane.issue is None)
    assert issues(window.register) == []
