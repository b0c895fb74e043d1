"""What the household form tells beyond its fields: tabs, duplicates, suggestions."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui import people
from tests.ui.driving import LEFT, click_row, current_head, press_save, retype
from ui.households.tabs import Tab
from ui.main_window import MainWindow


def test_a_save_stands_in_the_history_and_counts_in_the_name_of_the_tab(window: MainWindow, qtbot: QtBot) -> None:
    form = window.page.form
    retype(qtbot, form.lines["phone"], "13900000000")
    press_save(qtbot, window)
    form.tabs.setCurrentIndex(Tab.HISTORY)
    view = form.tabs.views[Tab.HISTORY]
    qtbot.waitUntil(lambda: f"电话：{people.PHONE} → 13900000000" in view.toPlainText())
    qtbot.waitUntil(lambda: form.tabs.tabText(Tab.HISTORY) == "历史 2")


def test_the_same_address_is_pointed_out_and_one_click_goes_there(window: MainWindow, qtbot: QtBot) -> None:
    form = window.page.form
    click_row(qtbot, window, "李建国")
    retype(qtbot, form.lines["room"], "101")
    field = form._fields["room"]
    qtbot.waitUntil(lambda: field.link() is not None)
    assert field.remark() == f"同一住址已有{people.FIRST}等"
    qtbot.mouseClick(field.link(), LEFT)
    qtbot.waitUntil(lambda: current_head(window) == people.FIRST)


def test_a_suggestion_is_accepted_by_one_click_and_waved_off_by_another(window: MainWindow, qtbot: QtBot) -> None:
    form = window.page.form
    click_row(qtbot, window, "李建国")
    form.kind.setFocus()
    qtbot.keyClick(form.kind, Qt.Key.Key_Down)
    assert form.suggestions.texts() == ["建议：企业（类型为企业）"]
    qtbot.mouseClick(form.suggestions.buttons("enterprise")[0], LEFT)
    assert form.suggestions.texts() == []
    assert form.draft.categories & 1 << 4
