"""Pairing a household in the form: choosing by typing, ending, taking it back, what is refused."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gridapp.register import open_register
from gridapp.teams import pairing
from tests import factories as make
from tests.ui import people
from tests.ui.driving import LEFT, click_row, retype, settle, type_text
from ui.households.pairing_dialog import PairingDialog
from ui.households.tabs import Tab
from ui.main_window import MainWindow

DOOR = "3号楼2门101 马玉兰"


def line(window: MainWindow):
    return window.page.form.pairings


def open_dialog(qtbot: QtBot, window: MainWindow) -> PairingDialog:
    qtbot.mouseClick(line(window).add, LEFT)
    found = [one for one in window.findChildren(PairingDialog) if one.isVisible()]
    return found[-1]


def pair(qtbot: QtBot, window: MainWindow, typed: str, note: str = "") -> None:
    dialog = open_dialog(qtbot, window)
    type_text(qtbot, dialog.box, typed)
    if note:
        type_text(qtbot, dialog.note, note)
    qtbot.keyClick(dialog.box, Qt.Key.Key_Return)
    settle(qtbot, window)


@pytest.fixture
def at_rest(window: MainWindow, qtbot: QtBot) -> MainWindow:
    qtbot.waitUntil(lambda: line(window).text() == "还没有结对的队员")
    return window


def test_typing_and_enter_pairs_and_the_line_says_with_whom(at_rest: MainWindow, qtbot: QtBot) -> None:
    pair(qtbot, at_rest, "wgxl", "每周二")
    assert line(at_rest).text() == "网格小刘  网格员  每周二"
    assert at_rest.status.notice() == f"已登记网格小刘与{DOOR}结对"
    at_rest.page.form.tabs.setCurrentIndex(Tab.HISTORY)
    settle(qtbot, at_rest)
    assert "结对：网格小刘" in at_rest.page.form.tabs.views[Tab.HISTORY].toPlainText()


def test_the_arrows_choose_and_who_is_paired_is_not_offered_again(at_rest: MainWindow, qtbot: QtBot) -> None:
    dialog = open_dialog(qtbot, at_rest)
    assert dialog.focusWidget() is dialog.box
    assert dialog.shown() == ["网格小刘", "机关老何", "街道老吕"]
    qtbot.keyClick(dialog.box, Qt.Key.Key_Down)
    assert dialog.chosen().name == "机关老何"
    qtbot.keyClick(dialog.box, Qt.Key.Key_Return)
    settle(qtbot, at_rest)
    assert line(at_rest).text() == "机关老何  机关干部"
    dialog = open_dialog(qtbot, at_rest)
    assert dialog.shown() == ["网格小刘", "街道老吕"]
    type_text(qtbot, dialog.box, "没有的人")
    assert dialog.chosen() is None and not dialog.button.isEnabled()
    qtbot.keyClick(dialog.box, Qt.Key.Key_Return)
    assert dialog.isVisible()
    dialog.reject()


def test_ending_leaves_it_in_the_history_and_undo_brings_it_back(at_rest: MainWindow, qtbot: QtBot) -> None:
    pair(qtbot, at_rest, "网格")
    pair(qtbot, at_rest, "街道干部")
    assert line(at_rest).text().splitlines() == ["街道老吕  街道干部", "网格小刘  网格员"]
    qtbot.mouseClick(line(at_rest).ends[0], LEFT)
    settle(qtbot, at_rest)
    assert line(at_rest).text() == "网格小刘  网格员"
    assert at_rest.status.notice() == f"已解除街道老吕与{DOOR}的结对"
    at_rest.undo()
    qtbot.waitUntil(lambda: "街道老吕" in line(at_rest).text())


def test_what_is_typed_in_the_form_stays_while_somebody_is_paired(at_rest: MainWindow, qtbot: QtBot) -> None:
    retype(qtbot, at_rest.page.form.lines["phone"], "13900000000")
    pair(qtbot, at_rest, "网格")
    assert at_rest.page.form.lines["phone"].text() == "13900000000"
    assert at_rest.page.form.is_changed()


def test_a_new_household_is_paired_once_it_is_saved(at_rest: MainWindow, qtbot: QtBot) -> None:
    at_rest.add_household()
    assert not line(at_rest).add.isEnabled()
    assert line(at_rest).text() == "保存这一户之后可以结对"
    at_rest.page.side.cancel()


def test_another_household_shows_its_own(at_rest: MainWindow, qtbot: QtBot) -> None:
    pair(qtbot, at_rest, "网格")
    click_row(qtbot, at_rest, people.HEADS[1])
    qtbot.waitUntil(lambda: line(at_rest).text() == "还没有结对的队员")
    click_row(qtbot, at_rest, people.FIRST)
    qtbot.waitUntil(lambda: line(at_rest).text() == "网格小刘  网格员")


def test_what_a_colleague_did_first_is_said_and_shown(at_rest: MainWindow, qtbot: QtBot) -> None:
    home = at_rest.page.form.draft.uid
    dialog = open_dialog(qtbot, at_rest)
    first = dialog.chosen()
    with open_register(at_rest.register.url) as colleague:
        pairing.pair(colleague, first.member, home)
    dialog.promises.setPlainText("每周送菜")
    qtbot.keyClick(dialog.box, Qt.Key.Key_Return)
    settle(qtbot, at_rest)
    assert "网格小刘已与这一户结对" in dialog._field.remark()
    assert line(at_rest).text() == "网格小刘  网格员"
    qtbot.keyClick(dialog.box, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.box, Qt.Key.Key_Return)
    settle(qtbot, at_rest)
    assert not any(one.isVisible() for one in at_rest.findChildren(PairingDialog))
    (one, _first) = pairing.of_household(at_rest.register, home)
    assert (one.name, one.promises) == ("机关老何", "每周送菜")


def test_where_nobody_serves_the_dialog_says_what_is_to_be_done(window: MainWindow, qtbot: QtBot) -> None:
    grid = window.dock.model.find(people.OTHER)
    make.make_household(window.register, grid.uid, head="独一户", room="901")
    window.dock.choose(grid)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: line(window).text() == "还没有结对的队员")
    dialog = open_dialog(qtbot, window)
    assert "请先登记服务队" in dialog._field.remark()
    assert not dialog.button.isEnabled()
    dialog.reject()
