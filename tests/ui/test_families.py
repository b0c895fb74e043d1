"""Families that change, as a person asks for it in the window: leave, die, go over, part, join, come back."""

import datetime
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton
from pytestqt.qtbot import QtBot

from gridapp.households import editing
from gridapp.households.model import Household
from gridapp.ids import Uid
from gridapp.store.check import check
from tests.ui import people
from tests.ui.driving import LEFT, click_row, current_head, focus_in, heads, retype, settle, type_text
from ui.households.family_dialogs import (
    FamilyDialog,
    LeaveDialog,
    MergeDialog,
    MoveDialog,
    MoveInDialog,
    ResidentLeavesDialog,
    SplitDialog,
)
from ui.households.household_picker import HouseholdPicker
from ui.households.tabs import Tab as HouseholdTab
from ui.main_window import MainWindow
from ui.tabs import Tab

TODAY = datetime.date.today().isoformat()


@pytest.fixture(autouse=True)
def clean(window: MainWindow) -> object:
    """Whatever was done, the register is whole."""
    yield
    assert check(window.register) == []


def household(window: MainWindow, head: str) -> Uid:
    uid: Uid = window.register.value(Household.select(Household.uid).where(Household.head == head))
    return uid


def choose(button: QToolButton, text: str) -> None:
    """Take an entry of a button's menu."""
    menu = button.menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    entry(menu.actions(), text).trigger()


def entry(actions: list[QAction], text: str) -> QAction:
    (found,) = [action for action in actions if action.text() == text]
    assert found.isEnabled()
    return found


def asked(window: MainWindow, kind: type[FamilyDialog]) -> FamilyDialog:
    """The dialog that stands open."""
    (dialog,) = [one for one in window.findChildren(kind) if one.isVisible()]
    return dialog


def accept(qtbot: QtBot, window: MainWindow, dialog: FamilyDialog) -> None:
    qtbot.mouseClick(dialog.button, LEFT)
    settle(qtbot, window)
    if not dialog.isVisible():
        window.activateWindow()  # as the system does once a dialog is gone
        qtbot.waitUntil(window.isActiveWindow)
        window.page.table.setFocus()


def pick(qtbot: QtBot, picker: HouseholdPicker, text: str) -> None:
    """Type, wait for what is found, and take the first of it by Enter."""
    picker.line.setFocus()
    type_text(qtbot, picker.line, text)
    picker.line.textEdited.emit(picker.line.text())
    qtbot.waitUntil(lambda: not picker.is_busy() and picker.results.current() is not None)
    qtbot.keyClick(picker.line, Qt.Key.Key_Return)
    assert picker.chosen() is not None


def names(window: MainWindow, head: str) -> list[str]:
    return [one.name for one in editing.load(window.register, household(window, head)).residents]


def past_lines(qtbot: QtBot, window: MainWindow) -> list[str]:
    """What stands below the residents once it is opened."""
    lines = window.page.form.past_lines
    qtbot.waitUntil(lambda: not lines.isHidden())
    if not lines.opener.isChecked():
        lines.opener.click()
    return lines.texts()


def test_a_household_moves_out_disappears_and_one_click_takes_it_back(window: MainWindow, qtbot: QtBot) -> None:
    click_row(qtbot, window, "李建国")
    choose(window.page.form.more, "整户迁出…")
    accept(qtbot, window, asked(window, LeaveDialog))
    assert "李建国" not in heads(window)
    assert window.status.notice() == "已完成：3号楼2门102 李建国 整户迁出"
    assert window.tabs.tabText(Tab.HOUSEHOLDS) == "住户 19"
    qtbot.mouseClick(window.status._act, LEFT)
    settle(qtbot, window)
    assert "李建国" in heads(window)


def test_who_has_left_is_looked_at_can_only_be_read_and_comes_back(window: MainWindow, qtbot: QtBot) -> None:
    click_row(qtbot, window, "李建国")
    choose(window.page.form.more, "整户迁出…")
    accept(qtbot, window, asked(window, LeaveDialog))
    qtbot.keyClick(window.page.table, Qt.Key.Key_9, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: heads(window) == ["李建国"])
    click_row(qtbot, window, "李建国")
    form = window.page.form
    assert not form.banner.isHidden() and form.banner.text.text() == f"已迁出 {TODAY}，只供查看"
    assert form.lines["phone"].isReadOnly() and form.residents.more.isHidden()
    form.lines["phone"].setFocus()
    qtbot.keyClicks(form.lines["phone"], "1")
    assert not form.is_changed()
    qtbot.mouseClick(form.banner.back, LEFT)
    settle(qtbot, window)
    assert len(heads(window)) == 20 and current_head(window) == "李建国"
    assert form.banner.isHidden() and not form.lines["phone"].isReadOnly()


def test_nobody_past_leaves_an_empty_list_that_leads_back(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(window.page.quick.past, LEFT)
    assert heads(window) == []
    window.page.clear_filter()
    assert len(heads(window)) == 20 and not window.page.quick.past.isChecked()


def test_when_the_head_dies_the_other_follows_and_the_past_tells_it(window: MainWindow, qtbot: QtBot) -> None:
    form = window.page.form
    click_row(qtbot, window, people.FIRST)
    choose(form.residents.more, "去世…")
    dialog = asked(window, ResidentLeavesDialog)
    assert isinstance(dialog, ResidentLeavesDialog) and dialog.heir is not None
    assert dialog.heir.currentText() == "马小妹  子女"
    accept(qtbot, window, dialog)
    assert form.lines["head"].text() == "马小妹"
    assert past_lines(qtbot, window) == [f"{people.FIRST}  户主  已去世 {TODAY}"]
    form.tabs.setCurrentIndex(HouseholdTab.HISTORY)
    view = form.tabs.views[HouseholdTab.HISTORY]
    qtbot.waitUntil(lambda: f"{people.FIRST} 去世 {TODAY}" in view.toPlainText())
    form.tabs.setCurrentIndex(HouseholdTab.FORM)
    qtbot.mouseClick(form.past_lines.links()[0], LEFT)
    accept(qtbot, window, asked(window, FamilyDialog))
    assert names(window, "马小妹") == [people.FIRST, "马小妹"]


def test_what_is_refused_stands_beside_its_field_and_the_dialog_stays(window: MainWindow, qtbot: QtBot) -> None:
    click_row(qtbot, window, people.FIRST)
    choose(window.page.form.more, "迁入居民…")
    dialog = asked(window, MoveInDialog)
    assert isinstance(dialog, MoveInDialog)
    accept(qtbot, window, dialog)
    assert dialog.isVisible() and dialog._main is not None and dialog._main.remark() == "请填写迁入的人。"
    type_text(qtbot, dialog.name, "马新来")
    accept(qtbot, window, dialog)
    assert not dialog.isVisible()
    assert names(window, people.FIRST)[-1] == "马新来"


def test_somebody_goes_over_into_another_household_and_a_click_follows(window: MainWindow, qtbot: QtBot) -> None:
    form = window.page.form
    click_row(qtbot, window, people.FIRST)
    form.residents.list.setCurrentCell(1, 0)
    entry(form.residents.list.actions(), "移到另一户…").trigger()
    dialog = asked(window, MoveDialog)
    assert isinstance(dialog, MoveDialog)
    accept(qtbot, window, dialog)
    assert dialog._main is not None and "选定一户" in dialog._main.remark()
    pick(qtbot, dialog.picker, "李建国")
    dialog.relation.setCurrentText("配偶")
    accept(qtbot, window, dialog)
    assert names(window, "李建国") == ["马小妹"]
    qtbot.waitUntil(lambda: not form.past_lines.isHidden())
    assert past_lines(qtbot, window) == ["马小妹  移到 盛欣园3号楼2门102 李建国"]
    qtbot.mouseClick(form.past_lines.links()[0], LEFT)
    settle(qtbot, window)
    assert current_head(window) == "李建国"


def test_the_last_of_a_family_goes_over_with_the_household(window: MainWindow, qtbot: QtBot) -> None:
    click_row(qtbot, window, people.FIRST)
    window.page.form.residents.list.setCurrentCell(1, 0)
    window.page.form.residents.remove()
    retype(qtbot, window.page.form.people, "1")
    choose(window.page.form.residents.more, "移到另一户…")
    dialog = asked(window, MoveDialog)
    assert isinstance(dialog, MoveDialog)
    pick(qtbot, dialog.picker, "李建国")
    accept(qtbot, window, dialog)
    assert people.FIRST not in heads(window)
    assert current_head(window) == "李建国"


def test_a_daughter_parts_and_her_new_household_is_shown(window: MainWindow, qtbot: QtBot) -> None:
    click_row(qtbot, window, people.FIRST)
    choose(window.page.form.more, "分户…")
    dialog = asked(window, SplitDialog)
    assert isinstance(dialog, SplitDialog)
    accept(qtbot, window, dialog)
    assert dialog._main is not None and dialog._main.remark() == "请勾选要分出去的人。"
    dialog.people.setCurrentRow(1)
    qtbot.keyClick(dialog.people, Qt.Key.Key_Space)
    assert dialog.head.currentText() == "马小妹"
    retype(qtbot, dialog.lines["room"], "909")
    accept(qtbot, window, dialog)
    assert current_head(window) == "马小妹"
    assert window.page.form.lines["room"].text() == "909"
    assert names(window, people.FIRST) == [people.FIRST]


def test_two_households_become_one_and_the_absorbed_one_can_be_seen(window: MainWindow, qtbot: QtBot) -> None:
    form = window.page.form
    click_row(qtbot, window, "李建国")
    choose(form.more, "与另一户合并…")
    dialog = asked(window, MergeDialog)
    assert isinstance(dialog, MergeDialog)
    pick(qtbot, dialog.picker, people.FIRST)
    dialog.stays.setCurrentIndex(1)
    assert dialog.stays.currentText() == f"保留另一户：{people.FIRST}"
    accept(qtbot, window, dialog)
    assert current_head(window) == people.FIRST and "李建国" not in heads(window)
    assert past_lines(qtbot, window) == ["并入的户：盛欣园3号楼2门102 李建国"]
    qtbot.mouseClick(form.past_lines.links()[0], LEFT)
    settle(qtbot, window)
    assert window.page.quick.past.isChecked() and current_head(window) == "李建国"
    qtbot.waitUntil(lambda: not form.banner.into.isHidden())
    qtbot.mouseClick(form.banner.into, LEFT)
    settle(qtbot, window)
    assert current_head(window) == people.FIRST and not window.page.quick.past.isChecked()


def test_the_search_leads_to_who_has_left(window: MainWindow, qtbot: QtBot) -> None:
    click_row(qtbot, window, "李建国")
    choose(window.page.form.more, "整户迁出…")
    accept(qtbot, window, asked(window, LeaveDialog))
    window.search.begin()
    type_text(qtbot, window.search, "李建国")
    qtbot.waitUntil(lambda: window.search.results.current() is not None)
    assert window.search.results.current().detail.startswith(f"已迁出 {TODAY}")
    qtbot.keyClick(window.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: current_head(window) == "李建国")
    assert window.page.quick.past.isChecked()


@pytest.mark.parametrize(
    ("do", "told"),
    [
        (lambda window: window.family.ask_split(), "企业不能分户或合并"),
        (lambda window: window.family.ask_resident_leaves("迁出"), "请先选中一位居民"),
        (lambda window: window.family.come_back(), "要恢复的一户"),
        (lambda window: (window.page.table.selectAll(), window.family.ask_leave()), "一次只能办理一户"),
        (lambda window: (window.show_tab(0), window.family.ask_leave()), "请先在住户表中选中一户"),
    ],
)
def test_what_cannot_be_asked_for_now_is_said(
    window: MainWindow, qtbot: QtBot, do: Callable[[MainWindow], object], told: str
) -> None:
    click_row(qtbot, window, people.SHOP)
    do(window)
    assert told in window.status.notice()
    assert not [one for one in window.findChildren(FamilyDialog) if one.isVisible()]
    assert focus_in(window) is not None


def test_the_menu_brings_nobody_back_who_is_not_seen_any_more(window: MainWindow, qtbot: QtBot) -> None:
    click_row(qtbot, window, "李建国")
    choose(window.page.form.more, "整户迁出…")
    accept(qtbot, window, asked(window, LeaveDialog))
    qtbot.mouseClick(window.page.quick.past, LEFT)
    click_row(qtbot, window, "李建国")
    settle(qtbot, window)
    window.page.clear_filter()
    settle(qtbot, window)
    menu = window.family.menu()
    menu.aboutToShow.emit()
    assert not any(action.isEnabled() for action in menu.actions() if action.text() == "恢复这一户")
    window.family.come_back()
    settle(qtbot, window)
    assert window.status.notice().startswith("请先在“已迁出”中选中")
    assert "李建国" not in heads(window)
