"""Choosing, moving, sizing and freezing the columns of the household table, and moving between its cells."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from gridapp.households.columns import COLUMNS, POSITIONS
from gridapp.register import Register
from tests.ui import people
from tests.ui.conftest import MakeWindow
from tests.ui.driving import CONTROL, LEFT, click_heading, click_row, current_head, heads, settle
from ui.households.columns_dialog import ColumnsDialog
from ui.households.table_view import HouseholdTable
from ui.main_window import MainWindow

SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
FIRST_SEEN = ["category", "address", "head", "people", "phone", "visited", "issues", "note"]


def menu_on(window: MainWindow, column: str) -> QMenu:
    return window.page.table.heading_menu.menu(POSITIONS[column])


def choose(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text() == text).trigger()


def columns_dialog(window: MainWindow) -> ColumnsDialog:
    window.actions_.columns.trigger()
    return next(one for one in window.findChildren(ColumnsDialog) if one.isVisible())


def selected_cells(table: HouseholdTable) -> set[tuple[int, str]]:
    return {(one.row(), COLUMNS[one.column()].key) for one in table.selectionModel().selectedIndexes()}


def keys_selected(table: HouseholdTable) -> list[str]:
    return [COLUMNS[column].key for column in table.selected_columns()]


def current(table: HouseholdTable) -> tuple[int, str]:
    return table.currentIndex().row(), COLUMNS[table.currentIndex().column()].key


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    qtbot.keyClick(window.page.table, key, modifier)


@pytest.fixture
def table(window: MainWindow, qtbot: QtBot) -> HouseholdTable:
    """The table of the window, the name in its first row being current."""
    click_row(qtbot, window, people.FIRST)
    window.page.table.setFocus()
    window.page.table.setCurrentIndex(window.page.model.index(0, POSITIONS["head"]))
    return window.page.table


def test_the_menu_on_a_heading_hides_a_column_and_brings_another(window: MainWindow) -> None:
    table = window.page.table
    assert table.shown_columns() == FIRST_SEEN
    choose(menu_on(window, "visited"), "隐藏“上次走访”")
    choose(menu_on(window, "head"), "房号")
    assert table.shown_columns() == ["category", "address", "room", "head", "people", "phone", "issues", "note"]
    choose(menu_on(window, "head"), "恢复默认")
    assert table.shown_columns() == FIRST_SEEN


def test_every_heading_has_an_order(window: MainWindow, qtbot: QtBot) -> None:
    table = window.page.table
    everyone = sorted(heads(window))
    for column in COLUMNS:
        choose(menu_on(window, "head"), "恢复默认")
        table.show_layout(table.layout_of_columns().with_shown(column.key, True))
        if table.isColumnHidden(POSITIONS[column.key]):
            continue  # the grid, within one
        table.scrollTo(window.page.model.index(0, POSITIONS[column.key]))
        click_heading(qtbot, table, POSITIONS[column.key])
        settle(qtbot, window)
        assert sorted(heads(window)) == everyone
        assert table.horizontalHeader().sortIndicatorSection() == POSITIONS[column.key]


def test_columns_stand_in_the_next_window_as_they_were_left(
    make_window: MakeWindow, filled: Register, qtbot: QtBot
) -> None:
    window = make_window(filled)
    table = window.page.table
    heading = table.horizontalHeader()
    heading.moveSection(heading.visualIndex(POSITIONS["phone"]), 0)
    table.setColumnWidth(POSITIONS["head"], 133)
    choose(menu_on(window, "visited"), "隐藏“上次走访”")
    choose(menu_on(window, "category"), "冻结到这一列")
    click_heading(qtbot, table, POSITIONS["phone"])
    click_heading(qtbot, table, POSITIONS["phone"])
    left, order = table.layout_of_columns(), heads(window)
    window.close()
    window = make_window(filled)
    again = window.page.table
    assert heads(window) == order
    assert again.horizontalHeader().sortIndicatorSection() == POSITIONS["phone"]
    assert again.layout_of_columns() == left
    assert again.shown_columns()[:3] == ["phone", "category", "address"]
    assert again.columnWidth(POSITIONS["head"]) == 133
    assert again.frozen.isVisible()


def test_the_dialog_moves_hides_and_freezes_and_gives_up_what_it_did(window: MainWindow, qtbot: QtBot) -> None:
    table = window.page.table
    dialog = columns_dialog(window)
    dialog.list.setCurrentRow(POSITIONS["phone"])
    for _ in range(POSITIONS["phone"]):
        qtbot.mouseClick(dialog.up, LEFT)
    dialog.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert "phone" not in table.shown_columns()
    dialog.list.item(0).setCheckState(Qt.CheckState.Checked)
    dialog.frozen.setCurrentIndex(2)
    assert table.shown_columns()[:2] == ["phone", "category"]
    assert table.layout_of_columns().frozen == 2
    dialog.reject()
    assert table.shown_columns() == FIRST_SEEN
    assert table.layout_of_columns().frozen == 0


def test_the_dialog_keeps_one_column_and_puts_all_back(window: MainWindow, qtbot: QtBot) -> None:
    dialog = columns_dialog(window)
    for row in range(dialog.list.count()):
        dialog.list.setCurrentRow(row)
        dialog.list.item(row).setCheckState(Qt.CheckState.Unchecked)
    assert len(window.page.table.layout_of_columns().shown()) == 1
    qtbot.mouseClick(dialog.reset, LEFT)
    qtbot.mouseClick(dialog.close_, LEFT)
    assert window.page.table.shown_columns() == FIRST_SEEN


def test_a_double_click_on_a_border_fits_the_column_to_what_is_seen(window: MainWindow, qtbot: QtBot) -> None:
    table = window.page.table
    column = POSITIONS["address"]
    table.setColumnWidth(column, 50)
    heading = table.horizontalHeader()
    border = QPoint(heading.sectionViewportPosition(column) + heading.sectionSize(column) - 1, 12)
    qtbot.mouseMove(heading.viewport(), border)
    qtbot.mouseDClick(heading.viewport(), LEFT, NONE, border)
    assert 100 < table.columnWidth(column) < 300


def test_frozen_columns_stay_and_can_be_clicked_and_sorted_by(window: MainWindow, qtbot: QtBot) -> None:
    table = window.page.table
    window.resize(900, 700)
    choose(menu_on(window, "head"), "登记日期")
    choose(menu_on(window, "head"), "紧急联系人")
    choose(menu_on(window, "address"), "冻结到这一列")
    table.horizontalScrollBar().setValue(table.horizontalScrollBar().maximum())
    assert table.horizontalScrollBar().value() > 0
    index = window.page.model.index(3, POSITIONS["address"])
    place = table.visualRect(index).center()
    assert table.indexAt(place) == index
    qtbot.mouseClick(table.frozen.viewport(), LEFT, NONE, place)
    assert current(table) == (3, "address")
    assert current_head(window) == heads(window)[3] == window.page.form.lines["head"].text()
    heading = table.frozen.horizontalHeader()
    before = heads(window)
    qtbot.mouseClick(heading.viewport(), LEFT, NONE, QPoint(heading.sectionViewportPosition(3) + 12, 12))
    assert heads(window) == before[::-1]


def test_a_cell_beside_the_frozen_ones_comes_out_from_under_them(window: MainWindow, qtbot: QtBot) -> None:
    table = window.page.table
    window.resize(900, 700)
    choose(menu_on(window, "head"), "紧急联系人")
    choose(menu_on(window, "address"), "冻结到这一列")
    table.setFocus()
    press(qtbot, window, Qt.Key.Key_End)
    for _ in range(5):
        press(qtbot, window, Qt.Key.Key_Left)
    assert current(table)[1] == "people"
    assert table.visualRect(table.currentIndex()).left() >= table.frozen.horizontalHeader().length()
    for _ in range(3):
        press(qtbot, window, Qt.Key.Key_Left)
    assert current(table)[1] == "category"
    assert table.visualRect(table.currentIndex()).left() == 0


def test_keys_lead_from_cell_to_cell_as_in_a_spreadsheet(
    window: MainWindow, table: HouseholdTable, qtbot: QtBot
) -> None:
    last = len(heads(window)) - 1
    for key, modifier, expected in (
        (Qt.Key.Key_Return, NONE, (1, "head")),
        (Qt.Key.Key_Tab, NONE, (1, "people")),
        (Qt.Key.Key_Return, SHIFT, (0, "people")),
        (Qt.Key.Key_Tab, SHIFT, (0, "head")),
        (Qt.Key.Key_End, NONE, (0, "note")),
        (Qt.Key.Key_Tab, NONE, (1, "category")),
        (Qt.Key.Key_End, CONTROL, (last, "note")),
        (Qt.Key.Key_Home, NONE, (last, "category")),
        (Qt.Key.Key_Up, CONTROL, (0, "category")),
        (Qt.Key.Key_Right, CONTROL, (0, "note")),
        (Qt.Key.Key_Home, CONTROL, (0, "category")),
        (Qt.Key.Key_Left, NONE, (0, "category")),
    ):
        press(qtbot, window, key, modifier)
        assert current(table) == expected
        assert selected_cells(table) == {expected}


def test_tab_behind_the_last_cell_leaves_the_table(window: MainWindow, table: HouseholdTable, qtbot: QtBot) -> None:
    press(qtbot, window, Qt.Key.Key_End, CONTROL)
    press(qtbot, window, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not table


def test_shift_and_arrows_select_a_range_in_the_order_that_is_seen(
    window: MainWindow, table: HouseholdTable, qtbot: QtBot
) -> None:
    heading = table.horizontalHeader()
    heading.moveSection(heading.visualIndex(POSITIONS["phone"]), heading.visualIndex(POSITIONS["people"]))
    press(qtbot, window, Qt.Key.Key_Down, SHIFT)
    press(qtbot, window, Qt.Key.Key_Right, SHIFT)
    assert selected_cells(table) == {(0, "head"), (0, "phone"), (1, "head"), (1, "phone")}
    assert table.selected() == [range(2)]
    assert keys_selected(table) == ["head", "phone"]
    press(qtbot, window, Qt.Key.Key_Up, SHIFT)
    assert selected_cells(table) == {(0, "head"), (0, "phone")}
    press(qtbot, window, Qt.Key.Key_End, CONTROL | SHIFT)
    assert table.selected() == [range(len(heads(window)))]
    place = table.visualRect(window.page.model.index(2, POSITIONS["head"])).center()
    qtbot.mouseClick(table.viewport(), LEFT, SHIFT, place)
    assert selected_cells(table) == {(0, "head"), (1, "head"), (2, "head")}


def test_shift_and_space_selects_rows_and_control_and_space_columns(
    window: MainWindow, table: HouseholdTable, qtbot: QtBot
) -> None:
    press(qtbot, window, Qt.Key.Key_Down, SHIFT)
    press(qtbot, window, Qt.Key.Key_Space, SHIFT)
    assert table.selected() == [range(2)]
    assert keys_selected(table) == FIRST_SEEN
    table.setCurrentIndex(window.page.model.index(0, POSITIONS["head"]))
    press(qtbot, window, Qt.Key.Key_Space, CONTROL)
    assert table.selected() == [range(len(heads(window)))]
    assert keys_selected(table) == ["head"]


def test_the_number_of_a_row_selects_the_whole_of_it(window: MainWindow, qtbot: QtBot) -> None:
    table = window.page.table
    numbers = table.verticalHeader()
    qtbot.mouseClick(numbers.viewport(), LEFT, NONE, QPoint(8, numbers.sectionViewportPosition(2) + 8))
    assert table.selected() == [range(2, 3)]
    assert keys_selected(table) == FIRST_SEEN


def drag(qtbot: QtBot, table: HouseholdTable, start: tuple[int, str], end: tuple[int, str]) -> None:
    """Press the mouse in one cell and let it go in another."""
    places = [table.visualRect(table.model().index(row, POSITIONS[key])).center() for row, key in (start, end)]
    qtbot.mousePress(table.viewport(), LEFT, NONE, places[0])
    for step in range(1, 5):
        qtbot.mouseMove(table.viewport(), places[0] + (places[1] - places[0]) * step / 4)
    qtbot.mouseRelease(table.viewport(), LEFT, NONE, places[1])


def test_the_mouse_selects_a_range_and_carries_one_that_is_selected(
    window: MainWindow, table: HouseholdTable, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    carried: list[list[range]] = []
    monkeypatch.setattr(HouseholdTable, "startDrag", lambda self, _actions: carried.append(self.selected()))
    drag(qtbot, table, (1, "head"), (3, "people"))
    assert (carried, table.selected(), keys_selected(table)) == ([], [range(1, 4)], ["head", "people"])
    drag(qtbot, table, (2, "head"), (4, "head"))
    assert carried[0] == [range(1, 4)]


def test_sorting_keeps_the_column_one_is_in(window: MainWindow, table: HouseholdTable, qtbot: QtBot) -> None:
    click_heading(qtbot, table, POSITIONS["phone"])
    click_heading(qtbot, table, POSITIONS["phone"])
    assert current(table)[1] == "head"
    assert current_head(window) == people.FIRST
