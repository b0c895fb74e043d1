"""What is selected on the colour map is changed at once, as what is selected in the table is."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from gridapp.areas import tree
from gridapp.households.categories import BY_KEY, to_mask
from gridapp.households.model import Household
from tests.ui import people
from tests.ui.driving import CONTROL, LEFT, settle
from tests.ui.test_batch import add_tenant, drop, open_dialog, press_undo
from tests.ui.test_colour_map import cell_of, click, mapped, press, selected, view
from ui.buildings.editor import BuildingDialog
from ui.households import dragging
from ui.households.batch_dialogs import GridDialog
from ui.households.batch_preview import PreviewDialog
from ui.main_window import MainWindow
from ui.tabs import Tab

__all__ = ["mapped"]
NO_KEYS = Qt.KeyboardModifier.NoModifier
TENANT = to_mask([BY_KEY["tenant"].key])


def masks(window: MainWindow, *heads: str) -> list[bool]:
    """Whether households are tenants."""
    found = dict(window.register.all(Household.select(Household.head, Household.categories).tuples()))
    return [bool(found[head] & TENANT) for head in heads]


def band(qtbot: QtBot, window: MainWindow, first: str, last: str) -> None:
    """Draw a frame from before one household to within another."""
    surface = view(window).viewport()
    start = view(window).cell_rect(cell_of(window, first)).topLeft() - QPoint(6, 6)
    end = view(window).cell_rect(cell_of(window, last)).center()
    qtbot.mousePress(surface, LEFT, NO_KEYS, start)
    for place in (start + QPoint(20, 15), end):
        qtbot.mouseMove(surface, place)
    qtbot.mouseRelease(surface, LEFT, NO_KEYS, end)


def context_menu(window: MainWindow, place: QPoint) -> QMenu:
    surface = view(window).viewport()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, surface.mapToGlobal(place))
    QApplication.sendEvent(surface, event)
    return next(one for one in view(window).findChildren(QMenu) if one.isVisible())


def test_a_frame_drawn_around_cells_feeds_a_change_that_is_shown_before_it_is_made(
    mapped: MainWindow, qtbot: QtBot
) -> None:
    band(qtbot, mapped, people.FIRST, "王秀英")
    assert selected(mapped) == ["101", "102", "103"]
    add_tenant(qtbot, mapped)
    preview = open_dialog(mapped, PreviewDialog)
    assert preview.table.rowCount() == 3
    qtbot.mouseClick(preview.button, LEFT)
    settle(qtbot, mapped)
    assert masks(mapped, people.FIRST, "李建国", "王秀英", "张桂芳") == [True, True, True, False]
    assert mapped.tabs.currentIndex() == Tab.COLOUR_MAP and selected(mapped) == ["101", "102", "103"]
    press_undo(qtbot, mapped)
    assert masks(mapped, people.FIRST, "李建国") == [False, False]


def test_what_is_selected_in_the_table_stays_out_of_it(mapped: MainWindow, qtbot: QtBot) -> None:
    mapped.page.table.selectAll()
    click(qtbot, mapped, "李建国")
    add_tenant(qtbot, mapped)
    assert masks(mapped, people.FIRST, "李建国") == [False, True]


def test_nothing_selected_on_the_map_is_said(mapped: MainWindow, qtbot: QtBot) -> None:
    mapped.page.table.selectAll()
    add_tenant(qtbot, mapped)
    assert "请先在住户表或分色图中选中住户" in mapped.status.notice()


def test_ctrl_m_asks_for_a_grid_and_delete_deletes_nobody(mapped: MainWindow, qtbot: QtBot) -> None:
    view(mapped).setFocus()
    press(qtbot, mapped, Qt.Key.Key_A, CONTROL)
    press(qtbot, mapped, Qt.Key.Key_Delete, CONTROL)
    assert len(selected(mapped)) == 20
    press(qtbot, mapped, Qt.Key.Key_M, CONTROL)
    assert open_dialog(mapped, GridDialog)
    assert mapped.register.value(Household.select(Household.uid).where(Household.head == people.FIRST)) is not None


def test_dropped_on_a_grid_of_the_tree_they_move_there(mapped: MainWindow, qtbot: QtBot) -> None:
    click(qtbot, mapped, people.FIRST)
    click(qtbot, mapped, "李建国", CONTROL)
    assert drop(mapped, people.FOURTH)
    settle(qtbot, mapped)
    fourth = tree.find(mapped.register, people.FOURTH).uid
    heads = {head for (head,) in mapped.register.each(Household.select(Household.head).where(Household.area == fourth))}
    assert {people.FIRST, "李建国"} <= heads and "王秀英" not in heads


def test_pulling_at_selected_cells_drags_all_of_them_and_a_click_means_one(
    mapped: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[int] = []
    monkeypatch.setattr("ui.colour_map.view.drag", lambda _widget, households: begun.append(households))
    assert dragging.carried().formats()
    band(qtbot, mapped, people.FIRST, "王秀英")
    surface, place = view(mapped).viewport(), view(mapped).cell_rect(cell_of(mapped, "李建国")).center()
    qtbot.mousePress(surface, LEFT, NO_KEYS, place)
    qtbot.mouseMove(surface, place + QPoint(40, 0))
    qtbot.mouseRelease(surface, LEFT, NO_KEYS, place + QPoint(40, 0))
    assert begun == [3] and selected(mapped) == ["101", "102", "103"]
    qtbot.mouseClick(surface, LEFT, NO_KEYS, place)
    assert selected(mapped) == ["102"]


def test_the_context_menu_selects_what_it_is_of_and_leads_on(mapped: MainWindow, qtbot: QtBot) -> None:
    menu = context_menu(mapped, view(mapped).cell_rect(cell_of(mapped, "李建国")).center())
    assert selected(mapped) == ["102"]
    texts = [action.text().split("\t")[0] for action in menu.actions() if not action.isSeparator()]
    assert texts[0].startswith("李建国")
    assert texts[1:4] == ["楼栋档案…", "登记走访…", "为这一户登记民意…"]
    assert texts[4:] == ["增加分类", "去掉分类", "设定分类…", "移到网格…", "批量修改…"]
    menu.actions()[1].trigger()
    settle(qtbot, mapped)
    assert open_dialog(mapped, BuildingDialog)


def test_the_menu_key_opens_the_menu_of_the_current_cell(mapped: MainWindow, qtbot: QtBot) -> None:
    view(mapped).setFocus()
    press(qtbot, mapped, Qt.Key.Key_End)
    surface = view(mapped).viewport()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), surface.mapToGlobal(QPoint(0, 0)))
    QApplication.sendEvent(surface, event)
    menu = next(one for one in view(mapped).findChildren(QMenu) if one.isVisible())
    assert menu.actions()[0].text().startswith("韩19")
