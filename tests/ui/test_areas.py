"""Renaming, recoding, moving, merging, splitting and deleting areas in the window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from gridapp.store.check import check
from tests import factories as make
from tests.ui import people
from tests.ui.driving import LEFT, heads, retype, settle, type_text
from tests.ui.test_tree import breadcrumbs, click, node, shown
from ui.areas.change_dialog import ChangeDialog
from ui.main_window import MainWindow


def dialog_of(window: MainWindow) -> ChangeDialog:
    (dialog,) = [one for one in window.findChildren(ChangeDialog) if one.isVisible()]
    return dialog


def lines(window: MainWindow) -> list[QLineEdit]:
    return [one for one in dialog_of(window).findChildren(QLineEdit) if one.isVisible()]


def choose_in(window: MainWindow, text: str) -> None:
    box = dialog_of(window).findChild(QComboBox)
    (row,) = [row for row in range(box.count()) if text in box.itemText(row)]
    box.setCurrentIndex(row)


def press(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(dialog_of(window), Qt.Key.Key_Return)
    settle(qtbot, window)


def remarks(window: MainWindow) -> list[str]:
    return [field.remark() for field in dialog_of(window)._fields]


def press_undo(qtbot: QtBot, window: MainWindow) -> None:
    button = next(one for one in window.status.findChildren(QPushButton) if one.text() == "撤销")
    qtbot.mouseClick(button, LEFT)
    settle(qtbot, window)


def test_f2_in_the_tree_renames_the_area_everywhere_and_undo_takes_it_back(window: MainWindow, qtbot: QtBot) -> None:
    click(qtbot, window, people.THIRD)
    qtbot.keyClick(window.dock.view, Qt.Key.Key_F2)
    retype(qtbot, lines(window)[0], "幸福网格")
    press(qtbot, window)
    assert "幸福网格" in shown(window)
    assert breadcrumbs(window)[-1] == "幸福网格"
    assert window.status.notice() == "已完成：第三网格改名为幸福网格"
    assert len(heads(window)) == 20
    press_undo(qtbot, window)
    assert breadcrumbs(window)[-1] == "第三网格"


def test_a_name_that_is_taken_is_refused_beside_the_field(window: MainWindow, qtbot: QtBot) -> None:
    window.areas.ask_name()
    retype(qtbot, lines(window)[0], "第四网格")
    press(qtbot, window)
    assert remarks(window) == [f"同一上级下已有“第四网格”（{people.FOURTH}），请换一个名称。"]
    assert lines(window)[0].hasFocus()
    retype(qtbot, lines(window)[0], "第五网格")
    press(qtbot, window)
    assert "第五网格" in shown(window)


def test_another_code_of_a_community_leaves_its_households_on_screen(window: MainWindow, qtbot: QtBot) -> None:
    click(qtbot, window, people.COMMUNITY)
    everybody = heads(window)
    window.actions_.recode_area.trigger()
    retype(qtbot, lines(window)[0], people.OTHER[:12])
    press(qtbot, window)
    assert "已用于“华苑社区”" in remarks(window)[0]
    retype(qtbot, lines(window)[0], "120104003009")
    press(qtbot, window)
    assert window.node.code == "120104003009"
    assert heads(window) == everybody
    assert node(window, "120104003009003").name == "第三网格"
    assert check(window.register) == []


def test_a_grid_moves_under_another_community_with_the_code_that_is_offered(window: MainWindow, qtbot: QtBot) -> None:
    click(qtbot, window, people.FOURTH)
    window.actions_.move_area.trigger()
    assert lines(window)[-1].text() == people.OTHER[:12] + "002"
    press(qtbot, window)
    assert breadcrumbs(window) == ["南开区", "兴南街道", "华苑社区", "第四网格"]
    assert len(heads(window)) == 8


def test_a_grid_is_merged_into_its_neighbour_which_is_shown_then(window: MainWindow, qtbot: QtBot) -> None:
    click(qtbot, window, people.FOURTH)
    window.actions_.merge_area.trigger()
    choose_in(window, "第三网格")
    press(qtbot, window)
    assert window.node.code == people.THIRD
    assert len(heads(window)) == 28
    assert window.dock.model.find(people.FOURTH) is None
    press_undo(qtbot, window)
    assert len(heads(window)) == 20
    assert node(window, people.FOURTH).name == "第四网格"


def test_the_buildings_that_are_ticked_go_into_a_new_grid(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_.split_area.trigger()
    choice = dialog_of(window).findChild(QListWidget)
    assert [choice.item(row).text() for row in range(choice.count())] == ["盛欣园3号楼  10 户", "盛欣园4号楼  10 户"]
    press(qtbot, window)
    assert remarks(window) == ["请选择要拆分出去的住户。", "", ""]
    choice.setFocus()
    qtbot.keyClick(choice, Qt.Key.Key_Down)
    qtbot.keyClick(choice, Qt.Key.Key_Space)
    press(qtbot, window)
    assert remarks(window) == ["", "请填写名称。", ""]
    name = lines(window)[0]
    name.setFocus()
    type_text(qtbot, name, "第五网格")
    press(qtbot, window)
    assert len(heads(window)) == 10
    click(qtbot, window, people.COMMUNITY + "005")
    assert len(heads(window)) == 10
    assert check(window.register) == []


def test_only_an_empty_area_is_deleted(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_.delete_area.trigger()
    settle(qtbot, window)
    assert "还有20 户、3 条服务队任职，不能删除" in window.status.notice()
    make.make_grid(window.register, people.COMMUNITY + "009")
    settle(qtbot, window)
    click(qtbot, window, people.COMMUNITY + "009")
    window.actions_.delete_area.trigger()
    settle(qtbot, window)
    assert window.node.code == people.COMMUNITY
    press_undo(qtbot, window)
    assert node(window, people.COMMUNITY + "009")


def test_what_the_level_forbids_is_not_offered(window: MainWindow, qtbot: QtBot) -> None:
    click(qtbot, window, people.THIRD[:6])
    actions = window.actions_
    assert not actions.move_area.isEnabled()
    assert not actions.split_area.isEnabled()
    assert actions.rename_area.isEnabled()
    actions.merge_area.trigger()
    assert window.status.notice() == "“南开区”旁边没有同级的区域可以合并。"
    assert not [one for one in window.findChildren(QDialog) if one.isVisible()]


def test_what_stands_open_in_the_tree_stays_open_under_another_code(window: MainWindow, qtbot: QtBot) -> None:
    click(qtbot, window, people.THIRD[:9])
    window.areas.ask_code()
    retype(qtbot, lines(window)[0], "120104008")
    press(qtbot, window)
    assert {"120104", "120104008", "120104008001"} <= window.dock.opened_codes()
