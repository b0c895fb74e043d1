"""Editing households in the cells of their table."""

import datetime

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from gridapp.households import editing, families
from gridapp.households.categories import to_mask
from gridapp.households.columns import COLUMNS, POSITIONS
from gridapp.households.filters import Filter
from gridapp.households.model import Household
from gridapp.store import undo
from tests.ui import people
from tests.ui.driving import CONTROL, LEFT, click_heading, click_row, heads, retype, settle, shown_text, type_text
from ui.households.cell_editors import CategoriesEditor, LineEditor, NoteEditor
from ui.main_window import MainWindow

ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def go(window: MainWindow, head: str, column: str) -> None:
    """Make a cell the current one."""
    page = window.page
    if column not in page.table.shown_columns():
        page.table.show_layout(page.table.layout_of_columns().with_shown(column, True))
    page.table.setFocus()
    page.table.setCurrentIndex(page.model.index(heads(window).index(head), POSITIONS[column]))


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    """A key, wherever the cursor stands in the table."""
    widget = window.page.cells.editor or window.page.table
    qtbot.keyClick(widget, key, modifier or Qt.KeyboardModifier.NoModifier)


def write(qtbot: QtBot, window: MainWindow, text: str) -> None:
    """Type in the current cell: the first character comes to the table, the others to its editor."""
    if window.page.cells.editor is None:
        type_text(qtbot, window.page.table, text[0])
        text = text[1:]
    if window.page.cells.editor is not None:
        type_text(qtbot, window.page.cells.editor, text)


def current(window: MainWindow) -> tuple[str, str]:
    index = window.page.table.currentIndex()
    row = window.page.model.row(index.row())
    assert row is not None
    return row.head, COLUMNS[index.column()].key


def stored(window: MainWindow, head: str) -> editing.HouseholdDraft:
    uid = window.register.value(Household.select(Household.uid).where(Household.head == head))
    return editing.load(window.register, uid)


@pytest.mark.parametrize(
    ("column", "typed", "shown"),
    [
        ("head", "李建军", "李建军"),
        ("phone", "022-27001234", "022-27001234"),
        ("people", "7", "7"),
        ("estate", "紫光苑", "紫光苑"),
        ("building", "12", "12"),
        ("entrance", "3", "3"),
        ("floor", "9", "9"),
        ("room", "901", "901"),
        ("emergency_contact", "李小妹 13820000099", "李小妹 13820000099"),
        ("note", "夜班", "夜班"),
    ],
)
def test_what_is_typed_into_a_cell_is_in_the_register_the_form_and_a_notice_that_takes_it_back(
    window: MainWindow, qtbot: QtBot, column: str, typed: str, shown: str
) -> None:
    go(window, "李建国", column)
    before = shown_text(window, "李建国", column)
    write(qtbot, window, typed)
    press(qtbot, window, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert not window.page.cells.is_open
    head = typed if column == "head" else "李建国"
    assert shown_text(window, head, column) == shown
    assert str(getattr(stored(window, head), COLUMNS[POSITIONS[column]].field)) == shown
    assert "李建国" in window.status.notice() or "李建军" in window.status.notice()
    assert "李建国" in (undo.undoable(window.register) or "")
    window.undo()
    settle(qtbot, window)
    assert shown_text(window, "李建国", column) == before


def test_the_form_beside_shows_at_once_what_a_cell_was_changed_to(window: MainWindow, qtbot: QtBot) -> None:
    go(window, "李建国", "phone")
    write(qtbot, window, "110")
    press(qtbot, window, Qt.Key.Key_Tab)
    assert window.page.form.lines["phone"].text() == "110"
    assert not window.page.form.is_changed()


def test_f2_edits_what_stands_there_and_escape_gives_up(window: MainWindow, qtbot: QtBot) -> None:
    go(window, "李建国", "head")
    press(qtbot, window, Qt.Key.Key_F2)
    editor = window.page.cells.editor
    assert isinstance(editor, LineEditor)
    assert editor.text() == editor.selectedText() == "李建国"
    write(qtbot, window, "别人")
    press(qtbot, window, Qt.Key.Key_Escape)
    assert not window.page.cells.is_open
    assert QApplication.focusWidget() is window.page.table
    assert stored(window, "李建国").head == "李建国"
    assert undo.undoable(window.register) is None


def test_a_double_click_edits_a_cell(window: MainWindow, qtbot: QtBot) -> None:
    go(window, "李建国", "phone")
    place = window.page.table.visualRect(window.page.table.currentIndex()).center()
    qtbot.mouseDClick(window.page.table.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, place)
    assert isinstance(window.page.cells.editor, QLineEdit)


def test_the_first_word_composed_by_an_input_method_is_not_broken_off(window: MainWindow, qtbot: QtBot) -> None:
    go(window, "李建国", "head")
    table = window.page.table
    for preedit, commit in (("w", ""), ("wang", ""), ("", "王")):
        event = QInputMethodEvent(preedit, [])
        event.setCommitString(commit)
        QCoreApplication.sendEvent(table, event)
        assert (QApplication.focusWidget() is table) is bool(preedit)
    write(qtbot, window, "小二")
    press(qtbot, window, Qt.Key.Key_Return)
    assert stored(window, "王小二").phone == people.PHONE.replace("01", "02")


def test_enter_goes_down_tab_right_and_shift_back_also_where_saving_moves_the_row(
    window: MainWindow, qtbot: QtBot
) -> None:
    go(window, "李建国", "phone")
    write(qtbot, window, "1")
    press(qtbot, window, Qt.Key.Key_Return)
    assert current(window) == ("王秀英", "phone")
    write(qtbot, window, "2")
    press(qtbot, window, Qt.Key.Key_Tab)
    assert current(window) == ("王秀英", "visited")
    go(window, "王秀英", "people")
    write(qtbot, window, "2")
    press(qtbot, window, Qt.Key.Key_Return, SHIFT)
    assert current(window) == ("李建国", "people")
    click_heading(qtbot, window.page.table, POSITIONS["phone"])
    settle(qtbot, window)
    go(window, "张桂芳", "phone")
    below = heads(window)[heads(window).index("张桂芳") + 1]
    write(qtbot, window, "99999999999")
    press(qtbot, window, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert heads(window)[-1] == "张桂芳"
    assert current(window) == (below, "phone")


def test_what_is_refused_stays_in_the_cell_with_the_reason_below_it(window: MainWindow, qtbot: QtBot) -> None:
    go(window, "李建国", "people")
    write(qtbot, window, "abc")
    press(qtbot, window, Qt.Key.Key_Return)
    editor = window.page.cells.editor
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "abc"
    assert "人数请填数字" in window.page.cells.remark()
    assert editor.hasFocus()
    click_row(qtbot, window, "郑志强")
    assert current(window) == ("李建国", "people")
    window.dock.choose(window.dock.model.find(people.FOURTH))
    settle(qtbot, window)
    assert editor.text() == "abc"
    assert "李建国" in heads(window)
    retype(qtbot, editor, "5")
    press(qtbot, window, Qt.Key.Key_Return)
    assert stored(window, "李建国").people == 5


def test_a_head_cannot_be_emptied_in_its_cell(window: MainWindow, qtbot: QtBot) -> None:
    go(window, "李建国", "head")
    press(qtbot, window, Qt.Key.Key_Backspace)
    press(qtbot, window, Qt.Key.Key_Return)
    assert "户主" in window.page.cells.remark()
    press(qtbot, window, Qt.Key.Key_Escape)
    assert stored(window, "李建国").head == "李建国"


def test_going_elsewhere_saves_the_cell(window: MainWindow, qtbot: QtBot) -> None:
    go(window, "李建国", "phone")
    write(qtbot, window, "1")
    click_row(qtbot, window, "郑志强")
    assert stored(window, "李建国").phone == "1"
    go(window, "郑志强", "head")
    write(qtbot, window, "吴")
    window.page.box.setFocus()
    assert "吴" in heads(window)


def test_a_press_on_a_row_means_the_household_it_was_made_on_though_saving_moves_the_rows(
    window: MainWindow, qtbot: QtBot
) -> None:
    click_heading(qtbot, window.page.table, POSITIONS["phone"])
    settle(qtbot, window)
    go(window, heads(window)[0], "phone")
    moved, meant = heads(window)[0], heads(window)[3]
    write(qtbot, window, "99999999999")
    click_row(qtbot, window, meant)
    settle(qtbot, window)
    assert heads(window)[-1] == moved
    assert current(window)[0] == meant == window.page.form.lines["head"].text()


def test_a_cell_typed_but_not_left_is_saved_when_the_window_closes(window: MainWindow, qtbot: QtBot) -> None:
    go(window, "李建国", "phone")
    write(qtbot, window, "1")
    assert window.page.leave()
    assert stored(window, "李建国").phone == "1"


def test_what_stands_unsaved_in_the_form_is_put_in_safety_first(window: MainWindow, qtbot: QtBot) -> None:
    click_row(qtbot, window, "李建国")
    retype(qtbot, window.page.form.lines["phone"], "1")
    go(window, "李建国", "people")
    write(qtbot, window, "9")
    press(qtbot, window, Qt.Key.Key_Return)
    assert (stored(window, "李建国").phone, stored(window, "李建国").people) == ("1", 9)
    click_row(qtbot, window, "李建国")
    retype(qtbot, window.page.form.lines["head"], "")
    window.page.table.setFocus()
    press(qtbot, window, Qt.Key.Key_F2)
    assert not window.page.cells.is_open


def test_categories_are_switched_by_numbers_and_marks(window: MainWindow, qtbot: QtBot) -> None:
    go(window, "韩17", "category")
    write(qtbot, window, "6")
    editor = window.page.cells.editor
    assert isinstance(editor, CategoriesEditor)
    write(qtbot, window, "孤常")
    press(qtbot, window, Qt.Key.Key_Return)
    assert stored(window, "韩17").categories == to_mask(["tenant", "lonely_elderly"])
    assert shown_text(window, "韩17", "category") == "孤老户、租户"
    go(window, "韩18", "category")
    press(qtbot, window, Qt.Key.Key_F2)
    qtbot.mouseClick(window.page.cells.editor.chips.button(1), LEFT)
    press(qtbot, window, Qt.Key.Key_Tab)
    assert stored(window, "韩18").categories == to_mask(["permanent_resident", "living_alone"])
    go(window, "韩19", "category")
    press(qtbot, window, Qt.Key.Key_F2)
    press(qtbot, window, Qt.Key.Key_Backspace)
    press(qtbot, window, Qt.Key.Key_Return)
    assert stored(window, "韩19").categories == 0


def test_a_note_keeps_its_lines_and_takes_a_thousand_characters_and_rare_ones(window: MainWindow, qtbot: QtBot) -> None:
    go(window, "李建国", "note")
    press(qtbot, window, Qt.Key.Key_F2)
    editor = window.page.cells.editor
    assert isinstance(editor, QPlainTextEdit)
    write(qtbot, window, "崟㛃䶮𠮷😀")
    press(qtbot, window, Qt.Key.Key_Return, ALT)
    write(qtbot, window, "长" * 1000)
    press(qtbot, window, Qt.Key.Key_Return)
    assert stored(window, "李建国").note == "崟㛃䶮𠮷😀\n" + "长" * 1000
    go(window, "李建国", "note")
    press(qtbot, window, Qt.Key.Key_F2)
    assert isinstance(window.page.cells.editor, NoteEditor)
    press(qtbot, window, Qt.Key.Key_Tab)
    assert stored(window, "李建国").note == "崟㛃䶮𠮷😀\n" + "长" * 1000


def test_tabs_and_line_breaks_pasted_into_a_line_become_blanks(window: MainWindow, qtbot: QtBot) -> None:
    QApplication.clipboard().setText("李\t建\r\n国 😀")
    go(window, "李建国", "head")
    press(qtbot, window, Qt.Key.Key_F2)
    press(qtbot, window, Qt.Key.Key_V, CONTROL)
    press(qtbot, window, Qt.Key.Key_Return)
    assert "李 建 国 😀" in heads(window)


def test_too_much_text_is_refused(window: MainWindow, qtbot: QtBot) -> None:
    go(window, "李建国", "phone")
    write(qtbot, window, "1" * 121)
    press(qtbot, window, Qt.Key.Key_Return)
    assert "最多120个字" in window.page.cells.remark()


def test_the_address_and_what_follows_from_elsewhere_is_not_edited_and_says_where_it_is(
    window: MainWindow, qtbot: QtBot
) -> None:
    for column, told in (("address", "房号"), ("visited", "上次走访")):
        go(window, "李建国", column)
        write(qtbot, window, "x")
        assert not window.page.cells.is_open
        assert told in window.status.notice()


def test_a_colleagues_change_of_the_same_cell_is_told_and_nothing_typed_is_lost(
    window: MainWindow, qtbot: QtBot
) -> None:
    go(window, "李建国", "phone")
    write(qtbot, window, "111")
    with window.register.recording("同事", actor="同事") as recording:
        recording.update(Household, stored(window, "李建国").uid, {"phone": "222", "note": "同事写的"})
    assert window.page.cells.is_open
    press(qtbot, window, Qt.Key.Key_Return)
    assert "别人刚改为“222”" in window.page.cells.remark()
    assert window.page.cells.editor.typed() == "111"
    press(qtbot, window, Qt.Key.Key_Return)
    assert not window.page.cells.is_open
    assert (stored(window, "李建国").phone, stored(window, "李建国").note) == ("111", "同事写的")


def test_a_household_deleted_meanwhile_is_told_and_can_be_left(window: MainWindow, qtbot: QtBot) -> None:
    go(window, "李建国", "phone")
    write(qtbot, window, "111")
    editing.delete(window.register, [stored(window, "李建国").uid])
    press(qtbot, window, Qt.Key.Key_Return)
    assert "删除" in window.page.cells.remark()
    press(qtbot, window, Qt.Key.Key_Escape)
    settle(qtbot, window)
    assert "李建国" not in heads(window)


def test_a_cell_in_a_frozen_column_is_edited_where_it_is_seen(window: MainWindow, qtbot: QtBot) -> None:
    table = window.page.table
    table.freeze(3)
    go(window, "李建国", "head")
    write(qtbot, window, "王")
    editor = window.page.cells.editor
    assert editor.parentWidget() is table.frozen.viewport()
    assert editor.isVisible()
    press(qtbot, window, Qt.Key.Key_Return)
    assert heads(window)[1] == "王"


def test_the_range_that_is_selected_stays_so_when_something_is_written(window: MainWindow, qtbot: QtBot) -> None:
    go(window, "李建国", "phone")
    press(qtbot, window, Qt.Key.Key_Down, SHIFT)
    uid = stored(window, "张桂芳").uid
    with window.register.recording("改") as recording:
        recording.update(Household, uid, {"note": "新"})
    settle(qtbot, window)
    assert window.page.table.selected() == [range(1, 3)]


def test_the_editor_stands_over_its_household_where_saving_the_form_has_moved_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    click_row(qtbot, window, "王秀英")
    settle(qtbot, window)
    retype(qtbot, window.page.form.lines["room"], "999")
    go(window, "王秀英", "phone")
    before = heads(window).index("王秀英")
    press(qtbot, window, Qt.Key.Key_F2)
    assert heads(window).index("王秀英") != before
    editor = window.page.cells.editor
    assert editor is not None
    assert editor.geometry().top() == window.page.table.visualRect(window.page.table.currentIndex()).top()
    assert current(window) == ("王秀英", "phone")
    press(qtbot, window, Qt.Key.Key_Escape)


def test_a_household_that_has_left_is_not_edited_in_its_cells(window: MainWindow, qtbot: QtBot) -> None:
    uid = window.register.value(Household.select(Household.uid).where(Household.head == "王秀英"))
    families.move_out(window.register, uid, datetime.date(2020, 9, 1), "迁出")
    window.page.filter_by(Filter("", past=True))
    settle(qtbot, window)
    go(window, "王秀英", "phone")
    press(qtbot, window, Qt.Key.Key_F2)
    assert window.page.cells.editor is None
    assert "请先恢复这一户" in window.status.notice()
