"""Deleting households, and taking steps back and doing them again."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from gridapp.households import editing
from gridapp.households.listing import Listing
from gridapp.register import open_register
from tests import factories as make
from tests.ui import people
from tests.ui.driving import CONTROL, LEFT, click_row, heads, press_save, retype, settle
from ui.main_window import MainWindow
from ui.tabs import Tab

SHIFT = Qt.KeyboardModifier.ShiftModifier


def delete(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window.page.table, Qt.Key.Key_Delete, CONTROL)
    settle(qtbot, window)


def test_control_delete_deletes_what_is_selected_and_undo_brings_it_back(window: MainWindow, qtbot: QtBot) -> None:
    click_row(qtbot, window, people.FIRST)
    click_row(qtbot, window, "王秀英", SHIFT)
    delete(qtbot, window)
    assert heads(window)[0] == "张桂芳"
    assert window.status.notice() == "已删除 3 户"
    assert window.page.legend._buttons[0].text() == "2"
    assert not window.page.form.isVisible()
    undo = next(one for one in window.status.findChildren(QPushButton) if one.text() == "撤销")
    qtbot.mouseClick(undo, LEFT)
    qtbot.waitUntil(lambda: heads(window)[:3] == [people.FIRST, "李建国", "王秀英"])
    settle(qtbot, window)
    assert window.page.legend._buttons[0].text() == "3"
    click_row(qtbot, window, people.FIRST)
    assert len(window.page.form.draft.residents) == 2


def test_all_that_the_table_holds_is_deleted_and_what_is_filtered_out_stays(window: MainWindow, qtbot: QtBot) -> None:
    window.page.legend.choose(frozenset({0, 1}))
    gone = heads(window)
    qtbot.keyClick(window.page.table, Qt.Key.Key_A, CONTROL)
    delete(qtbot, window)
    assert window.status.notice() == f"已删除 {len(gone)} 户"
    window.page.legend.clear()
    assert heads(window)
    assert not set(gone) & set(heads(window))


def test_one_household_is_named_when_it_is_deleted(window: MainWindow, qtbot: QtBot) -> None:
    click_row(qtbot, window, people.SHOP)
    delete(qtbot, window)
    assert window.status.notice() == f"已删除 盛欣园4号楼2门117 {people.SHOP}"
    assert people.SHOP not in heads(window)


def test_a_household_with_visits_is_refused_and_stays(window: MainWindow, qtbot: QtBot) -> None:
    make.make_visit(window.register, window.page.form.draft.uid)
    settle(qtbot, window)
    delete(qtbot, window)
    assert window.status.notice() == (f"{people.FIRST}一户有走访记录，不能删除，没有删除任何一户；请改用“整户迁出”。")
    assert heads(window)[0] == people.FIRST


def test_control_delete_in_a_field_deletes_text_and_no_household(window: MainWindow, qtbot: QtBot) -> None:
    line = window.page.form.lines["head"]
    line.setFocus()
    line.setCursorPosition(0)
    qtbot.keyClick(line, Qt.Key.Key_Delete, CONTROL)
    assert line.text() == ""
    assert len(heads(window)) == 20


def test_the_overview_deletes_nothing(window: MainWindow, qtbot: QtBot) -> None:
    window.show_tab(Tab.OVERVIEW)
    qtbot.keyClick(window, Qt.Key.Key_Delete, CONTROL)
    assert len(heads(window)) == 20


def test_the_menu_names_what_undo_and_redo_would_do(window: MainWindow, qtbot: QtBot) -> None:
    undo, redo = window.actions_.undo, window.actions_.redo
    assert (undo.text(), undo.isEnabled(), redo.text(), redo.isEnabled()) == ("撤销", False, "重做", False)
    retype(qtbot, window.page.form.lines["phone"], "1")
    press_save(qtbot, window)
    assert (undo.text(), undo.isEnabled(), redo.isEnabled()) == ("撤销 修改 3号楼2门101 马玉兰", True, False)
    qtbot.keyClick(window.page.table, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(redo.isEnabled)
    assert (undo.isEnabled(), redo.text()) == (False, "重做 修改 3号楼2门101 马玉兰")
    qtbot.keyClick(window.page.table, Qt.Key.Key_Y, CONTROL)
    qtbot.waitUntil(undo.isEnabled)
    assert not redo.isEnabled()
    settle(qtbot, window)  # what was done is said once the job has ended, after the menu has its new names
    assert window.status.notice() == "已重做 修改 3号楼2门101 马玉兰"


def test_a_step_that_others_built_upon_is_refused_in_words(window: MainWindow, qtbot: QtBot) -> None:
    uid = window.page.form.draft.uid
    retype(qtbot, window.page.form.lines["phone"], "1")
    press_save(qtbot, window)
    draft, base = editing.load(window.register, uid), editing.load(window.register, uid)
    draft.phone = "2"
    with window.register.recording("同事的改动", actor="同事"):
        editing.save(window.register, draft, base)
    window.undo()
    qtbot.waitUntil(lambda: "后来又被改动过" in window.status.notice())


def test_redo_first_saves_what_is_being_typed(window: MainWindow, qtbot: QtBot) -> None:
    retype(qtbot, window.page.form.lines["phone"], "1")
    press_save(qtbot, window)
    window.undo()
    qtbot.waitUntil(window.actions_.redo.isEnabled)
    settle(qtbot, window)
    retype(qtbot, window.page.form.lines["emergency_contact"], "22")
    window.redo()
    settle(qtbot, window)
    assert editing.load(window.register, window.page.form.draft.uid).emergency_contact == "22"
    assert window.page.form.lines["emergency_contact"].text() == "22"


def test_those_are_deleted_that_are_seen_whatever_another_workstation_has_put_before_them(
    window: MainWindow, qtbot: QtBot
) -> None:
    click_row(qtbot, window, people.FIRST)
    grid = window.node.uid
    elsewhere = open_register(window.register.url)
    make.make_household(elsewhere, grid, estate="", building="1", entrance="1", room="1", head="别处登记")
    elsewhere.close(backup=False)
    assert Listing(window.register, window.page.model.listing.filter).page(0, 1)[0].head == "别处登记"
    delete(qtbot, window)
    assert people.FIRST not in heads(window)
    assert heads(window)[0] == "别处登记"
