"""Building records on screen: opened from the map and from the list, checked, stored, undone."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from gridapp.areas import tree
from gridapp.buildings.editing import BuildingDraft, load
from gridapp.households.colour_map import Building, CellKind
from gridapp.store.undo import undo
from tests.ui import people
from tests.ui.driving import LEFT, retype, settle, type_text
from ui.buildings.editor import BuildingDialog
from ui.buildings.list_dialog import BuildingListDialog
from ui.households.records import RecordView
from ui.main_window import MainWindow
from ui.tabs import Tab

ALT = Qt.KeyboardModifier.AltModifier
NO_KEYS = Qt.KeyboardModifier.NoModifier


def stored(window: MainWindow, building: str) -> BuildingDraft:
    return load(window.register, tree.find(window.register, people.THIRD).uid, "盛欣园", building)


def shown(window: MainWindow, name: str) -> Building:
    return next(one for one in window.colour_map.view._map.buildings if one.name == name)


def open_map(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_.on_tabs[Tab.COLOUR_MAP].trigger()
    settle(qtbot, window)


def click_title(qtbot: QtBot, window: MainWindow, name: str) -> BuildingDialog:
    view = window.colour_map.view
    place = view.title_rect(shown(window, name)).center()
    qtbot.mouseClick(view.viewport(), LEFT, NO_KEYS, place)
    settle(qtbot, window)
    return editor(window)


def editor(window: MainWindow) -> BuildingDialog:
    (dialog,) = [one for one in window.findChildren(BuildingDialog) if one.isVisible()]
    return dialog


def listed(window: MainWindow, qtbot: QtBot) -> BuildingListDialog:
    window.actions_.buildings.trigger()
    settle(qtbot, window)
    (dialog,) = [one for one in window.findChildren(BuildingListDialog) if one.isVisible()]
    return dialog


def fill(qtbot: QtBot, dialog: BuildingDialog, **texts: str) -> None:
    for name, text in texts.items():
        line = dialog.fields[name].editor
        assert isinstance(line, QLineEdit)
        retype(qtbot, line, "")
        type_text(qtbot, line, text)


def press(qtbot: QtBot, window: MainWindow, text: str) -> None:
    over = [one for one in window.findChildren(BuildingDialog) if one.isVisible()] or [window]
    button = next(one for one in over[0].findChildren(QPushButton) if one.text() == text and one.isVisible())
    qtbot.mouseClick(button, LEFT)
    settle(qtbot, window)


def test_a_click_on_a_buildings_name_opens_its_record_and_saving_draws_its_rooms(
    window: MainWindow, qtbot: QtBot
) -> None:
    open_map(window, qtbot)
    dialog = click_title(qtbot, window, "3号楼")
    assert dialog.fields["storeys"].editor.placeholderText() == "住户中见到 1"
    fill(qtbot, dialog, storeys="2", rooms_a_storey="10")
    qtbot.keyClick(dialog.fields["rooms_a_storey"].editor, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert not dialog.isVisible()
    assert stored(window, "3").storeys == 2
    unknown = [cell.room for cell in shown(window, "3号楼").cells if cell.kind is CellKind.UNKNOWN]
    assert unknown == [str(201 + number) for number in range(10)]
    press(qtbot, window, "撤销")
    assert stored(window, "3").uid is None
    assert shown(window, "3号楼").unknown == 0


def test_nonsense_is_refused_beside_its_field_and_nothing_is_stored(window: MainWindow, qtbot: QtBot) -> None:
    open_map(window, qtbot)
    dialog = click_title(qtbot, window, "3号楼")
    fill(qtbot, dialog, storeys="许多", property_phone="12")
    press(qtbot, window, "保存")
    assert dialog.isVisible() and stored(window, "3").uid is None
    assert dialog.fields["storeys"].remark() == "层数应为数字"
    assert "至少5位" in dialog.fields["property_phone"].remark()
    assert dialog.focusWidget() is dialog.fields["storeys"].editor


def test_less_rooms_than_the_households_tell_is_a_caution_that_can_be_saved(window: MainWindow, qtbot: QtBot) -> None:
    open_map(window, qtbot)
    dialog = click_title(qtbot, window, "3号楼")
    fill(qtbot, dialog, rooms_a_storey="2")
    dialog.fields["storeys"].editor.setFocus()
    assert "住户登记到10户" in dialog.fields["rooms_a_storey"].remark()
    press(qtbot, window, "保存")
    assert stored(window, "3").rooms_a_storey == 2


def test_alt_enter_opens_the_record_of_the_building_that_the_keys_are_in(window: MainWindow, qtbot: QtBot) -> None:
    open_map(window, qtbot)
    window.colour_map.view.setFocus()
    qtbot.keyClick(window.colour_map.view, Qt.Key.Key_PageDown)
    qtbot.keyClick(window.colour_map.view, Qt.Key.Key_Return, ALT)
    settle(qtbot, window)
    assert editor(window).windowTitle() == "楼栋档案 盛欣园4号楼"


def test_what_a_colleague_changed_meanwhile_is_said_at_its_field(window: MainWindow, qtbot: QtBot) -> None:
    open_map(window, qtbot)
    fill(qtbot, click_title(qtbot, window, "3号楼"), built_in="1998")
    press(qtbot, window, "保存")
    dialog = click_title(qtbot, window, "3号楼")
    undo(window.register)
    fill(qtbot, dialog, built_in="1999")
    press(qtbot, window, "保存")
    assert dialog.isVisible() and dialog.fields["storeys"].remark()


def test_a_record_shows_its_history_and_can_be_deleted(window: MainWindow, qtbot: QtBot) -> None:
    open_map(window, qtbot)
    fill(qtbot, click_title(qtbot, window, "3号楼"), built_in="1998")
    press(qtbot, window, "保存")
    dialog = click_title(qtbot, window, "3号楼")
    assert "登记盛欣园3号楼楼栋档案" in dialog.findChildren(RecordView)[0].toPlainText()
    press(qtbot, window, "删除档案")
    assert stored(window, "3").uid is None
    press(qtbot, window, "撤销")
    assert stored(window, "3").built_in == 1998


def test_the_list_is_filtered_by_typing_and_enter_opens_a_record(window: MainWindow, qtbot: QtBot) -> None:
    dialog = listed(window, qtbot)
    assert [line.record.building for line in dialog.model.shown] == ["3", "4"]
    type_text(qtbot, dialog.box, "4号")
    assert [line.record.building for line in dialog.model.shown] == ["4"]
    qtbot.keyClick(dialog.box, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert editor(window).windowTitle() == "楼栋档案 盛欣园4号楼"
    fill(qtbot, editor(window), storeys="5")
    press(qtbot, window, "保存")
    assert dialog.isVisible() and dialog.model.shown[0].record.storeys == 5


def test_the_list_of_a_larger_area_names_grids_and_leads_to_the_map(window: MainWindow, qtbot: QtBot) -> None:
    window.dock.choose(window.dock.model.find(people.COMMUNITY))
    dialog = listed(window, qtbot)
    assert not dialog.table.isColumnHidden(0)
    assert [line.area_name for line in dialog.model.shown] == ["第三网格", "第三网格", "第四网格"]
    dialog.model.sort(3, Qt.SortOrder.AscendingOrder)
    assert [line.households for line in dialog.model.shown] == [8, 10, 10]
    dialog.table.selectRow(0)
    qtbot.mouseClick(dialog.map_button, LEFT)
    settle(qtbot, window)
    assert window.tabs.currentIndex() == Tab.COLOUR_MAP
    assert window.node is not None and window.node.code == people.FOURTH
    current = window.colour_map.view.current_cell()
    assert current is not None and current.address.startswith("盛欣园3号楼")


def test_escape_closes_the_editor_without_a_trace(window: MainWindow, qtbot: QtBot) -> None:
    open_map(window, qtbot)
    dialog = click_title(qtbot, window, "3号楼")
    fill(qtbot, dialog, storeys="7")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible() and stored(window, "3").uid is None
