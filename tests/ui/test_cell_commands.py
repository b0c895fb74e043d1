"""Copying, pasting, filling and clearing cells of the household table."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gridapp.households import batch, copying, pasting
from gridapp.households.categories import to_mask
from gridapp.households.columns import POSITIONS
from gridapp.households.grouping import GroupBy
from gridapp.ids import Uid
from gridapp.store import undo
from tests.ui import people
from tests.ui.driving import CONTROL, LEFT, click_row, heads, retype, settle, shown_text
from tests.ui.test_cell_editing import SHIFT, go, stored
from ui.households.batch_preview import PreviewDialog
from ui.main_window import MainWindow


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    qtbot.keyClick(window.page.table, key, modifier or Qt.KeyboardModifier.NoModifier)
    settle(qtbot, window)


def select(qtbot: QtBot, window: MainWindow, head: str, column: str, down: int = 0, right: int = 0) -> None:
    """A range from a cell on."""
    go(window, head, column)
    for key, times in ((Qt.Key.Key_Down, down), (Qt.Key.Key_Right, right)):
        for _ in range(times):
            press(qtbot, window, key, SHIFT)


def paste(qtbot: QtBot, window: MainWindow, text: str) -> None:
    QApplication.clipboard().setText(text)
    press(qtbot, window, Qt.Key.Key_V, CONTROL)


def preview(window: MainWindow) -> PreviewDialog:
    return next(one for one in window.findChildren(PreviewDialog) if one.isVisible())


def remarks(dialog: PreviewDialog) -> list[str]:
    return [dialog.remarks.item(row).text() for row in range(dialog.remarks.count())]


def accept(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.mouseClick(preview(window).button, LEFT)
    settle(qtbot, window)
    come_back(qtbot, window)


def come_back(qtbot: QtBot, window: MainWindow) -> None:
    """After a dialog no window is active where there is no display."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def test_the_selected_cells_are_on_the_clipboard_in_the_order_that_is_seen(window: MainWindow, qtbot: QtBot) -> None:
    heading = window.page.table.horizontalHeader()
    heading.moveSection(heading.visualIndex(12), heading.visualIndex(9))
    select(qtbot, window, people.FIRST, "phone", down=1, right=1)
    press(qtbot, window, Qt.Key.Key_C, CONTROL)
    data = QApplication.clipboard().mimeData()
    assert data.text() == f"{people.PHONE}\t马玉兰\r\n13820000002\t李建国\r\n"
    assert data.html().count("<tr>") == 2
    assert "已复制 2 户" in window.status.notice()
    press(qtbot, window, Qt.Key.Key_C, CONTROL | SHIFT)
    assert QApplication.clipboard().text().startswith("电话\t户主\r\n")


def test_copying_more_than_there_is_room_for_is_refused_in_words(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "MOST_ROWS", 5)
    go(window, people.FIRST, "head")
    press(qtbot, window, Qt.Key.Key_A, CONTROL)
    QApplication.clipboard().setText("vorher")
    press(qtbot, window, Qt.Key.Key_C, CONTROL)
    assert "最多复制 5 户" in window.status.notice()
    assert QApplication.clipboard().text() == "vorher"


def test_pasted_cells_are_shown_before_they_are_written_and_are_one_step(window: MainWindow, qtbot: QtBot) -> None:
    go(window, "李建国", "head")
    before = heads(window)
    paste(qtbot, window, "李建军\t2\t022-1\n王秀兰\t3\t022-2\n")
    dialog = preview(window)
    assert heads(window) == before
    assert [dialog.table.item(row, 1).text() for row in range(2)] == ["李建国", "王秀英"]
    assert "户主 李建军" in dialog.table.item(0, 3).text()
    accept(qtbot, window)
    assert heads(window)[1:3] == ["李建军", "王秀兰"]
    assert (stored(window, "王秀兰").people, stored(window, "王秀兰").phone) == (3, "022-2")
    assert undo.undoable(window.register) == "粘贴 2 户"
    window.undo()
    settle(qtbot, window)
    assert heads(window) == before


def test_one_cell_is_pasted_into_all_that_are_selected(window: MainWindow, qtbot: QtBot) -> None:
    select(qtbot, window, "李建国", "phone", down=2)
    paste(qtbot, window, "022-1")
    accept(qtbot, window)
    assert [stored(window, head).phone for head in ("李建国", "王秀英", "张桂芳")] == ["022-1"] * 3


def test_a_single_cell_pasted_into_one_household_needs_no_preview(window: MainWindow, qtbot: QtBot) -> None:
    go(window, "李建国", "category")
    paste(qtbot, window, "租户、党员")
    assert stored(window, "李建国").categories == to_mask(["tenant", "party_member"])
    assert "已粘贴 1 户" in window.status.notice()


def test_what_is_refused_is_named_by_row_and_the_rest_is_written(window: MainWindow, qtbot: QtBot) -> None:
    go(window, "李建国", "people")
    paste(qtbot, window, "三\n7\n")
    dialog = preview(window)
    assert len(remarks(dialog)) == 1
    assert remarks(dialog)[0].startswith("第 2 行 3号楼2门102 李建国：人数")
    accept(qtbot, window)
    assert (stored(window, "李建国").people, stored(window, "王秀英").people) == (2, 7)


def test_where_everything_is_refused_nothing_can_be_written(window: MainWindow, qtbot: QtBot) -> None:
    go(window, "李建国", "people")
    paste(qtbot, window, "三")
    assert not preview(window).button.isEnabled()
    preview(window).reject()
    assert undo.undoable(window.register) is None


def test_what_stands_over_the_edges_or_in_columns_that_are_not_edited_is_told(window: MainWindow, qtbot: QtBot) -> None:
    go(window, heads(window)[-1], "phone")
    paste(qtbot, window, "1\t2020-01-01\t3\t新\t太宽\n2\t\t\t\t\n")
    told = "".join(remarks(preview(window)))
    assert "“上次走访”“未结”不能在表中修改" in told
    assert "多出的 1 行" in told
    assert "多出的 1 列" in told
    accept(qtbot, window)
    last = stored(window, heads(window)[-1])
    assert (last.phone, last.note) == ("1", "新")


def test_an_empty_clipboard_and_too_many_cells_are_refused_in_words(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go(window, "李建国", "phone")
    paste(qtbot, window, "")
    assert "剪贴板里没有文字" in window.status.notice()
    monkeypatch.setattr(pasting, "MOST_CELLS", 3)
    paste(qtbot, window, "1\n2\n3\n4\n")
    assert "最多粘贴 3 格，现有 4 格" in window.status.notice()
    assert undo.undoable(window.register) is None


def test_what_was_copied_as_a_spreadsheet_is_pasted_with_its_lines(window: MainWindow, qtbot: QtBot) -> None:
    go(window, "李建国", "note")
    paste(qtbot, window, '"一\n二"\r\n')
    assert stored(window, "李建国").note == "一\n二"
    go(window, "李建国", "phone")
    paste(qtbot, window, '"一\n二"\r\n')
    assert stored(window, "李建国").phone == "一 二"


def test_filling_down_writes_the_first_into_all_below_as_one_step(window: MainWindow, qtbot: QtBot) -> None:
    select(qtbot, window, "李建国", "people", down=2, right=1)
    press(qtbot, window, Qt.Key.Key_D, CONTROL)
    for head in ("王秀英", "张桂芳"):
        assert (stored(window, head).people, stored(window, head).phone) == (2, "13820000002")
    assert undo.undoable(window.register) == "填充 2 户"
    assert window.page.table.selected() == [range(1, 4)]


def test_filling_one_row_takes_what_stands_above_it(window: MainWindow, qtbot: QtBot) -> None:
    go(window, "王秀英", "category")
    press(qtbot, window, Qt.Key.Key_D, CONTROL)
    assert stored(window, "王秀英").categories == stored(window, "李建国").categories
    go(window, people.FIRST, "phone")
    press(qtbot, window, Qt.Key.Key_D, CONTROL)
    assert "没有可以填充的内容" in window.status.notice()


def test_filling_more_than_can_be_looked_through_is_shown_like_other_work_on_many(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pasting, "MOST_CELLS", 3)
    select(qtbot, window, "李建国", "note", down=4)
    press(qtbot, window, Qt.Key.Key_D, CONTROL)
    assert "所选的住户已经是这样" in window.status.notice()
    select(qtbot, window, "李建国", "category", down=4)
    press(qtbot, window, Qt.Key.Key_D, CONTROL)
    accept(qtbot, window)
    assert stored(window, "张桂芳").categories == stored(window, "李建国").categories
    select(qtbot, window, "李建国", "phone", down=4)
    press(qtbot, window, Qt.Key.Key_D, CONTROL)
    assert "最多填充 3 格" in window.status.notice()


def test_delete_clears_cells_and_no_household(window: MainWindow, qtbot: QtBot) -> None:
    every = heads(window)
    select(qtbot, window, "李建国", "phone", down=1)
    press(qtbot, window, Qt.Key.Key_Delete)
    assert (stored(window, "李建国").phone, stored(window, "王秀英").phone) == ("", "")
    assert undo.undoable(window.register) == "清除 2 户"
    go(window, "李建国", "head")
    press(qtbot, window, Qt.Key.Key_Delete)
    assert "户主" in remarks(preview(window))[0]
    preview(window).reject()
    come_back(qtbot, window)
    press(qtbot, window, Qt.Key.Key_Space, SHIFT)
    press(qtbot, window, Qt.Key.Key_Delete)
    assert "Ctrl+Delete" in window.status.notice()
    assert heads(window) == every


def test_cells_that_are_not_edited_are_neither_cleared_nor_filled(window: MainWindow, qtbot: QtBot) -> None:
    select(qtbot, window, "李建国", "visited", down=1)
    for key, modifier in ((Qt.Key.Key_Delete, None), (Qt.Key.Key_D, CONTROL)):
        press(qtbot, window, key, modifier)
        assert "“上次走访”不能在表中修改" in window.status.notice()
    paste(qtbot, window, "1")
    assert "不能在表中修改" in window.status.notice()
    assert shown_text(window, "李建国", "visited") == ""


def test_delete_in_an_editor_deletes_a_character(window: MainWindow, qtbot: QtBot) -> None:
    go(window, "李建国", "phone")
    qtbot.keyClick(window.page.table, Qt.Key.Key_F2)
    editor = window.page.cells.editor
    qtbot.keyClick(editor, Qt.Key.Key_Home)
    qtbot.keyClick(editor, Qt.Key.Key_Delete)
    assert editor.typed() == "3820000002"


def test_ctrl_delete_deletes_the_households_of_the_selected_cells(window: MainWindow, qtbot: QtBot) -> None:
    select(qtbot, window, "李建国", "phone", down=1)
    press(qtbot, window, Qt.Key.Key_Delete, CONTROL)
    assert not {"李建国", "王秀英"} & set(heads(window))


def test_what_is_typed_in_the_form_is_saved_first_and_cells_go_to_the_same_household(
    window: MainWindow, qtbot: QtBot
) -> None:
    click_row(qtbot, window, "王秀英")
    settle(qtbot, window)
    retype(qtbot, window.page.form.lines["room"], "999")  # which moves its row
    go(window, "王秀英", "phone")
    paste(qtbot, window, "022-1")
    assert (stored(window, "王秀英").room, stored(window, "王秀英").phone) == ("999", "022-1")
    assert stored(window, "张桂芳").phone != "022-1"


def test_where_saving_moves_what_is_selected_nothing_is_written(window: MainWindow, qtbot: QtBot) -> None:
    select(qtbot, window, "王秀英", "phone", down=2)
    before = {head: stored(window, head).phone for head in heads(window)}
    retype(qtbot, window.page.form.lines["room"], "999")
    window.cells.fill_down()
    settle(qtbot, window)
    assert stored(window, "赵铁柱").room == "999"
    assert {head: stored(window, head).phone for head in heads(window)} == before
    assert "请重新选择" in window.status.notice()


def test_a_batch_means_those_who_were_selected_when_it_was_asked_for(window: MainWindow, qtbot: QtBot) -> None:
    select(qtbot, window, "王秀英", "phone", down=2)
    retype(qtbot, window.page.form.lines["room"], "999")
    window.batch.ask(batch.set_field("note", "新"))
    settle(qtbot, window)
    accept(qtbot, window)
    assert [head for head in heads(window) if stored(window, head).note == "新"] == ["王秀英", "张桂芳", "赵铁柱"]


def test_pasted_lines_pass_over_households_in_closed_groups(window: MainWindow, qtbot: QtBot) -> None:
    window.page.gather(GroupBy.ENTRANCE)
    model, table = window.page.model, window.page.table
    last = model.row_of(uid_of(window, "郑志强"))
    assert last is not None and model.is_group(last + 1)
    model.collapse(last + 1, True)
    table.setFocus()
    table.setCurrentIndex(model.index(last, POSITIONS["phone"]))
    paste(qtbot, window, "022-1\n022-2\n")
    assert any("多出的 1 行" in one for one in remarks(preview(window)))
    accept(qtbot, window)
    assert stored(window, "郑志强").phone == "022-1"
    assert stored(window, "冯丽华").phone == "13820000011"


def uid_of(window: MainWindow, head: str) -> Uid:
    uid = stored(window, head).uid
    assert uid is not None
    return uid
