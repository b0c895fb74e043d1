"""The rota and the plans of emergencies in the window."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView
from pytestqt.qtbot import QtBot

from gridapp.emergency import plans
from gridapp.register import Register
from tests.gridapp.emergency.scene import COMMUNITY, Scene, community
from tests.ui.conftest import MakeWindow
from tests.ui.driving import LEFT, retype, settle, type_text
from tests.ui.emergencies import CONTROL, call, go_to, opened, press, show
from ui.emergency.duty_dialog import DutyDialog
from ui.emergency.page import EmergencyPage, Which
from ui.emergency.plan_editor import PlanEditor
from ui.main_window import MainWindow
from ui.tabs import Tab


@pytest.fixture
def scene(register: Register) -> Scene:
    return community(register, 3)


@pytest.fixture
def window(scene: Scene, register: Register, make_window: MakeWindow, qtbot: QtBot) -> MainWindow:
    window = make_window(register)
    go_to(qtbot, window)
    return window


def rota(qtbot: QtBot, window: MainWindow) -> EmergencyPage:
    call(window.register)
    settle(qtbot, window)
    return show(qtbot, window, Which.ROTA)


def names(page: EmergencyPage, row: int) -> list[str]:
    """Who is on duty in a grid, shift by shift."""
    model = page.rota.model
    return [model.index(row, column).data() for column in range(model.columnCount())]


def test_two_people_swap_by_keys_and_an_undo_swaps_them_back(window: MainWindow, qtbot: QtBot) -> None:
    page = rota(qtbot, window)
    model, table = page.rota.model, page.rota.table
    assert [model.headerData(row, Qt.Orientation.Vertical) for row in range(3)] == ["第1网格", "第2网格", "第3网格"]
    before = names(page, 0)
    table.setCurrentIndex(model.index(0, 2))
    press(qtbot, table, Qt.Key.Key_X)
    assert "再按 X" in page.rota.told.text()
    press(qtbot, table, Qt.Key.Key_Right)
    press(qtbot, table, Qt.Key.Key_X)
    settle(qtbot, window)
    assert names(page, 0)[2:4] == before[3:1:-1]
    window.undo()
    settle(qtbot, window)
    assert names(page, 0) == before


def drop(page: EmergencyPage, start: QModelIndex, end: QModelIndex) -> bool:
    """Carry what is in a cell to another as the table does, and say whether it may be let go there."""
    model, move = page.rota.model, Qt.DropAction.MoveAction
    assert model.flags(start) & Qt.ItemFlag.ItemIsDragEnabled
    carried = model.mimeData([start])
    if not model.flags(end) & Qt.ItemFlag.ItemIsDropEnabled or not model.canDropMimeData(carried, move, -1, -1, end):
        return False
    assert not model.dropMimeData(carried, move, -1, -1, end), "the table would take away what it believes moved"
    return True


def test_two_people_swap_by_dragging_one_onto_the_other(window: MainWindow, qtbot: QtBot) -> None:
    page = rota(qtbot, window)
    model = page.rota.model
    assert page.rota.table.dragDropMode() == QAbstractItemView.DragDropMode.InternalMove
    before, below = names(page, 0), names(page, 1)
    assert drop(page, model.index(0, 2), model.index(0, 3))
    settle(qtbot, window)
    assert names(page, 0) == [*before[:2], before[3], before[2], *before[4:]] != before and names(page, 1) == below
    window.undo()
    settle(qtbot, window)
    assert names(page, 0) == before
    assert drop(page, model.index(0, 2), model.index(0, 2)), "onto itself nothing happens"
    page.rota.table.setCurrentIndex(model.index(1, 3))
    press(qtbot, page.rota.table, Qt.Key.Key_Delete)
    settle(qtbot, window)
    assert not drop(page, model.index(0, 2), model.index(1, 3))
    settle(qtbot, window)
    assert names(page, 0) == before and model.index(1, 3).data() == "没有人"


def test_a_shift_without_anybody_stands_out_and_is_filled_from_those_who_can(window: MainWindow, qtbot: QtBot) -> None:
    page = rota(qtbot, window)
    model, table = page.rota.model, page.rota.table
    index = model.index(1, 3)
    table.setCurrentIndex(index)
    before = index.data()
    press(qtbot, table, Qt.Key.Key_Delete)
    settle(qtbot, window)
    assert model.index(1, 3).data() == "没有人" and "缺人" in page.rota.told.text()
    table.setFocus()
    press(qtbot, table, Qt.Key.Key_Return)
    dialog = opened(qtbot, window, DutyDialog)
    assert before in dialog.names()
    type_text(qtbot, dialog.box, before)
    assert dialog.names() == [before]
    press(qtbot, dialog.box, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert model.index(1, 3).data() == before


def test_somebody_on_duty_is_replaced(window: MainWindow, qtbot: QtBot) -> None:
    page = rota(qtbot, window)
    model = page.rota.model
    page.rota.table.setCurrentIndex(model.index(2, 2))
    before = model.index(2, 2).data()
    press(qtbot, page.rota.table, Qt.Key.Key_Return)
    dialog = opened(qtbot, window, DutyDialog)
    assert dialog.whom.currentText() == f"替下 {before}"
    chosen = dialog.names()[0]
    qtbot.mouseClick(dialog.button, LEFT)
    settle(qtbot, window)
    assert model.index(2, 2).data() == chosen != before


def test_the_rota_is_drawn_up_for_another_day_and_drawn_anew(window: MainWindow, qtbot: QtBot) -> None:
    page = rota(qtbot, window)
    before = page.rota.model.columnCount()
    qtbot.mouseClick(page.rota.extend, LEFT)
    settle(qtbot, window)
    assert page.rota.model.columnCount() > before
    qtbot.mouseClick(page.rota.redraw, LEFT)
    settle(qtbot, window)
    assert "重排" in window.status.notice()


def test_a_plan_becomes_the_areas_own_and_is_given_up_again(window: MainWindow, qtbot: QtBot) -> None:
    window.show_tab(Tab.EMERGENCY)
    settle(qtbot, window)
    view = window.emergency_tab.page.calm.plans
    press(qtbot, view.kinds, Qt.Key.Key_Down)
    steps = view.steps.rowCount()
    assert view._from.text() == "系统预案" and not view.reset.isVisible()
    qtbot.mouseClick(view.edit, LEFT)
    dialog = opened(qtbot, window, PlanEditor)
    qtbot.mouseClick(dialog.add, LEFT)
    press(qtbot, dialog, Qt.Key.Key_S, CONTROL)
    assert "没有写要做什么" in dialog.steps_field.remark()
    type_text(qtbot, dialog.form.title, "转移地下室住户")
    retype(qtbot, dialog.form.within, "很久")
    press(qtbot, dialog, Qt.Key.Key_S, CONTROL)
    assert "看不懂" in dialog.form.problem() and dialog.isVisible()
    retype(qtbot, dialog.form.within, "1.5")
    type_text(qtbot, dialog.form.within, "小时")
    press(qtbot, dialog, Qt.Key.Key_S, CONTROL)
    settle(qtbot, window)
    assert view._from.text() == "本级预案" and view.steps.rowCount() == steps + 1
    own = plans.plan_of(window.register, f"{COMMUNITY}001", "flood")
    assert own.area_code == COMMUNITY and [step.within for step in own.plan.steps if "地下室住户" in step.title] == [90]
    qtbot.mouseClick(view.reset, LEFT)
    settle(qtbot, window)
    assert view._from.text() == "系统预案" and view.steps.rowCount() == steps
