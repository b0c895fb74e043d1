"""Entering a sheet back by the keyboard alone."""

import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from exports.visit_sheets import export_visit_sheets
from gridapp.visits import sheet
from gridapp.visits.plan import PlanFilter
from tests.ui import people
from tests.ui.driving import ALT, settle, type_text
from tests.ui.test_visits import TODAY, WENT, opened, visits
from ui.main_window import MainWindow
from ui.visits.sheet_dialog import SheetDialog

ENTER = Qt.Key.Key_Return


@pytest.fixture
def dialog(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> SheetDialog:
    """The dialog, at the first line of the sheet of the third grid."""
    export_visit_sheets(window.register, PlanFilter(people.THIRD, TODAY), tmp_path)
    settle(qtbot, window)
    window.actions_.enter_sheet.trigger()
    return opened(qtbot, window, SheetDialog)


def here(dialog: SheetDialog) -> QWidget:
    """Where the keyboard types."""
    found = QApplication.focusWidget() or dialog.focusWidget()
    assert found is not None
    return found


def type_here(qtbot: QtBot, dialog: SheetDialog, text: str, key: Qt.Key = ENTER) -> None:
    """Type where the cursor stands, and then a key."""
    type_text(qtbot, here(dialog), text)
    qtbot.keyClick(here(dialog), key)


def test_five_lines_are_entered_by_the_keyboard_alone(qtbot: QtBot, window: MainWindow, dialog: SheetDialog) -> None:
    type_here(qtbot, dialog, "wg", Qt.Key.Key_Return)
    qtbot.keyClicks(here(dialog), " ")
    type_here(qtbot, dialog, "jg", Qt.Key.Key_Return)
    qtbot.keyClick(here(dialog), ENTER)  # on to the line
    qtbot.keyClick(here(dialog), ENTER)  # which is the first
    assert here(dialog) is dialog.summary
    type_here(qtbot, dialog, "1")
    type_here(qtbot, dialog, "13")
    type_here(qtbot, dialog, "")  # nobody went to the third
    type_here(qtbot, dialog, "血压略高", Qt.Key.Key_Tab)
    type_here(qtbot, dialog, "量血压")
    qtbot.keyClick(here(dialog), Qt.Key.Key_L, ALT)
    dialog.line.selectAll()
    type_here(qtbot, dialog, "110")  # by its room
    type_here(qtbot, dialog, "2")
    qtbot.keyClick(here(dialog), Qt.Key.Key_D, ALT)
    dialog.day.selectAll()
    type_here(qtbot, dialog, "昨天")
    qtbot.keyClick(here(dialog), Qt.Key.Key_L, ALT)
    qtbot.keyClick(here(dialog), ENTER)
    type_here(qtbot, dialog, "4 换软管")
    settle(qtbot, window)
    yesterday = TODAY - datetime.timedelta(days=1)
    heads = people.HEADS
    assert visits(window.register) == [
        (heads[0], TODAY, WENT, "一切正常", ""),
        (heads[1], TODAY, WENT, "一切正常；家中无人，已电话联系", ""),
        (heads[3], TODAY, WENT, "血压略高", "量血压"),
        (heads[9], TODAY, WENT, "身体尚好，按时服药", ""),
        (heads[10], yesterday, WENT, "宣传燃气和用电安全；换软管", ""),
    ]
    assert dialog.line.text() == "12"


def test_what_cannot_be_entered_is_said_beside_its_field(qtbot: QtBot, window: MainWindow, dialog: SheetDialog) -> None:
    dialog.line.setFocus()
    dialog.line.selectAll()
    type_here(qtbot, dialog, "99")
    assert "没有“99”这一行" in dialog.remark("line")
    dialog.line.selectAll()
    type_here(qtbot, dialog, "2")
    assert dialog.remark("line") == ""
    type_text(qtbot, dialog.summary, "1")
    assert dialog.remark("summary") == "→ 一切正常"
    qtbot.keyClick(dialog.summary, ENTER)
    assert dialog.remark("members") == "请填写走访人。"
    assert visits(window.register) == []


def test_the_line_before_is_taken_back(qtbot: QtBot, window: MainWindow, dialog: SheetDialog) -> None:
    dialog.members.set_members(WENT)
    dialog.summary.setFocus()
    type_here(qtbot, dialog, "1")
    assert [row[0] for row in visits(window.register)] == [people.FIRST]
    qtbot.keyClick(here(dialog), Qt.Key.Key_Z, ALT)
    settle(qtbot, window)
    assert visits(window.register) == []
    assert dialog.line.text() == "1"


def test_who_enters_it_later_goes_on_where_it_was_left(qtbot: QtBot, window: MainWindow, dialog: SheetDialog) -> None:
    dialog.members.set_members(WENT)
    dialog.summary.setFocus()
    type_here(qtbot, dialog, "1")
    dialog.reject()
    settle(qtbot, window)
    window.actions_.enter_sheet.trigger()
    again = opened(qtbot, window, SheetDialog)
    assert (again.line.text(), again.members.members()) == ("2", WENT)


def test_without_a_sheet_it_says_how_to_get_one(qtbot: QtBot, window: MainWindow) -> None:
    assert sheet.recent(window.register) == []
    window.actions_.enter_sheet.trigger()
    dialog = opened(qtbot, window, SheetDialog)
    assert "制作走访表" in dialog.who.text()
    assert not dialog.summary.isEnabled()
