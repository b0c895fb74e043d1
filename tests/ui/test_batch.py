"""Changing the selected households at once: by menu, by dialog, and by dragging them onto a grid."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from gridapp.store.check import check
from gridapp.store.undo import undoable
from tests.ui import people
from tests.ui.driving import CONTROL, LEFT, click_row, heads, retype, settle, shown_text, type_text
from tests.ui.test_tree import click, node
from ui.households.batch_dialogs import CategoriesDialog, FieldDialog, GridDialog
from ui.households.batch_preview import PreviewDialog
from ui.households.carrying import carried
from ui.main_window import MainWindow

SHIFT = Qt.KeyboardModifier.ShiftModifier


def open_dialog(window: MainWindow, kind: type[QDialog]) -> QDialog:
    (dialog,) = [one for one in window.findChildren(kind) if one.isVisible()]
    return dialog


def select_three(qtbot: QtBot, window: MainWindow) -> None:
    click_row(qtbot, window, people.FIRST)
    click_row(qtbot, window, "王秀英", SHIFT)


def press_undo(qtbot: QtBot, window: MainWindow) -> None:
    button = next(one for one in window.status.findChildren(QPushButton) if one.text() == "撤销")
    qtbot.mouseClick(button, LEFT)
    settle(qtbot, window)


def add_tenant(qtbot: QtBot, window: MainWindow) -> None:
    menu = window.actions_.add_category.menu()
    next(one for one in menu.actions() if one.text() == "租户").trigger()
    settle(qtbot, window)


def drop(window: MainWindow, code: str) -> bool:
    """Let go of the selected rows over an area of the tree, and say whether it took them."""
    view = window.dock.view
    index = view.model().mapFromSource(window.dock.model.index_of(node(window, code)))
    place = view.visualRect(index).center()
    held, none = carried(), Qt.KeyboardModifier.NoModifier  # the events do not own what is held
    for kind in (QDragEnterEvent, QDragMoveEvent):
        QApplication.sendEvent(view.viewport(), kind(place, Qt.DropAction.MoveAction, held, LEFT, none))
    event = QDropEvent(place, Qt.DropAction.MoveAction, held, LEFT, none)
    event.setDropAction(Qt.DropAction.MoveAction)
    QApplication.sendEvent(view.viewport(), event)
    return event.isAccepted()


def test_a_category_is_added_to_several_after_a_look_at_what_changes(window: MainWindow, qtbot: QtBot) -> None:
    select_three(qtbot, window)
    add_tenant(qtbot, window)
    preview = open_dialog(window, PreviewDialog)
    assert preview.table.rowCount() == 3
    assert [preview.table.item(0, column).text() for column in range(4)] == [
        "盛欣园3号楼2门101",
        people.FIRST,
        "孤老户",
        "孤老户、租户",
    ]
    assert shown_text(window, people.FIRST, "category") == "孤老户"
    qtbot.keyClick(preview.button, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert shown_text(window, people.FIRST, "category") == "孤老户、租户"
    assert window.status.notice() == "已完成：3 户增加分类租户"
    press_undo(qtbot, window)
    assert shown_text(window, people.FIRST, "category") == "孤老户"


def test_a_preview_that_is_cancelled_changes_nothing(window: MainWindow, qtbot: QtBot) -> None:
    select_three(qtbot, window)
    add_tenant(qtbot, window)
    qtbot.keyClick(open_dialog(window, PreviewDialog), Qt.Key.Key_Escape)
    settle(qtbot, window)
    assert undoable(window.register) is None


def test_one_household_is_changed_without_a_question(window: MainWindow, qtbot: QtBot) -> None:
    click_row(qtbot, window, people.UNCLASSED)
    add_tenant(qtbot, window)
    assert shown_text(window, people.UNCLASSED, "category") == "租户"
    add_tenant(qtbot, window)
    assert window.status.notice() == "所选的住户已经是这样，没有改动。"


def test_all_that_the_filter_leaves_get_the_same_categories(window: MainWindow, qtbot: QtBot) -> None:
    window.page.legend.choose(frozenset({0, 1}))
    chosen = heads(window)
    qtbot.keyClick(window.page.table, Qt.Key.Key_A, CONTROL)
    window.actions_.set_categories.trigger()
    dialog = open_dialog(window, CategoriesDialog)
    qtbot.mouseClick(dialog.chips.button(5), LEFT)
    qtbot.mouseClick(dialog.button, LEFT)
    settle(qtbot, window)
    open_dialog(window, PreviewDialog).accept()
    settle(qtbot, window)
    window.page.legend.clear()
    assert {shown_text(window, head, "category") for head in chosen} == {"租户"}
    assert window.status.notice() == f"已完成：{len(chosen)} 户设为租户"


def test_several_move_into_the_grid_that_is_typed(window: MainWindow, qtbot: QtBot) -> None:
    select_three(qtbot, window)
    qtbot.keyClick(window.page.table, Qt.Key.Key_M, CONTROL)
    dialog = open_dialog(window, GridDialog)
    retype(qtbot, dialog.box.lineEdit(), "哪里都没有")
    qtbot.mouseClick(dialog.button, LEFT)
    assert dialog._last.remark() == "没有找到这个网格，请从列表中选一个。"
    retype(qtbot, dialog.box.lineEdit(), "第四网格")
    qtbot.mouseClick(dialog.button, LEFT)
    settle(qtbot, window)
    open_dialog(window, PreviewDialog).accept()
    settle(qtbot, window)
    assert len(heads(window)) == 17
    click(qtbot, window, people.FOURTH)
    assert people.FIRST in heads(window)


def test_a_field_is_given_to_several(window: MainWindow, qtbot: QtBot) -> None:
    select_three(qtbot, window)
    window.actions_.set_field.trigger()
    dialog = open_dialog(window, FieldDialog)
    type_text(qtbot, dialog.line, "园" * 121)
    qtbot.mouseClick(dialog.button, LEFT)
    assert dialog._last.remark() == "小区最多120个字，现有121个。"
    retype(qtbot, dialog.line, "紫光苑")
    qtbot.mouseClick(dialog.button, LEFT)
    settle(qtbot, window)
    open_dialog(window, PreviewDialog).accept()
    settle(qtbot, window)
    assert shown_text(window, people.FIRST, "address") == "紫光苑3号楼2门101"
    assert window.page.form.lines["estate"].text() == "紫光苑"
    assert check(window.register) == []


def test_rows_that_are_dropped_on_a_grid_move_there_and_undo_brings_them_back(window: MainWindow, qtbot: QtBot) -> None:
    select_three(qtbot, window)
    drop(window, people.FOURTH)
    settle(qtbot, window)
    assert window.status.notice() == "已完成：3 户移到第四网格"
    assert people.FIRST not in heads(window)
    press_undo(qtbot, window)
    assert heads(window)[0] == people.FIRST


def test_rows_that_are_dropped_on_a_community_stay(window: MainWindow, qtbot: QtBot) -> None:
    select_three(qtbot, window)
    drop(window, people.COMMUNITY)
    settle(qtbot, window)
    assert len(heads(window)) == 20
    assert undoable(window.register) is None


def test_a_press_on_a_selected_row_that_moves_begins_a_drag(window: MainWindow, qtbot: QtBot, monkeypatch) -> None:
    begun: list[list[range]] = []
    table = window.page.table
    monkeypatch.setattr(type(table), "startDrag", lambda self, _actions: begun.append(self.selected()))
    select_three(qtbot, window)
    place = table.visualRect(window.page.model.index(1, 3)).center()
    qtbot.mousePress(table.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, place)
    for step in (15, 30, 45):
        qtbot.mouseMove(table.viewport(), place + QPoint(step, 0))
    qtbot.mouseRelease(table.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, place)
    assert begun[:1] == [[range(3)]]


def test_nothing_selected_is_said_in_words(window: MainWindow, qtbot: QtBot) -> None:
    window.page.table.clearSelection()
    add_tenant(qtbot, window)
    assert window.status.notice() == "请先在住户表中选中住户；全选用 Ctrl+A。"
