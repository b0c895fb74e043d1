"""The household form: typing, saving, what is refused, and what a colleague did meanwhile."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from gridapp.households import editing
from gridapp.households.categories import BY_KEY, CATEGORIES
from gridapp.households.editing import HouseholdDraft
from gridapp.households.filters import Filter
from gridapp.households.listing import Listing, SortBy
from gridapp.households.model import Household, Resident
from gridapp.ids import Uid
from gridapp.register import Register, open_register
from gridapp.store import undo
from tests.ui import people
from tests.ui.driving import (
    CONTROL,
    LEFT,
    click_row,
    current_head,
    focus_in,
    heads,
    press_save,
    retype,
    settle,
    shown_text,
)
from ui.areas.tree_model import COUNTS
from ui.main_window import MainWindow
from ui.tabs import Tab

RIGHT_NUMBER = "120104193707146540"
WRONG_CHECK_DIGIT = "12010419370714654X"


@pytest.fixture
def colleague(filled: Register) -> Iterator[Register]:
    """The same register as another workstation has it open."""
    opened = open_register(filled.url)
    yield opened
    opened.close(backup=False)


def uid_of(register: Register, head: str) -> Uid:
    return next(row.uid for row in Listing(register, Filter(people.THIRD)).page(0, 50) if row.head == head)


def stored(window: MainWindow, head: str = people.FIRST) -> HouseholdDraft:
    return editing.load(window.register, uid_of(window.register, head))


def line(window: MainWindow, name: str) -> str:
    return window.page.form.lines[name].text()


def button(window: MainWindow, text: str) -> QPushButton:
    return next(one for one in window.findChildren(QPushButton) if one.text() == text and one.isVisible())


def escape(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(focus_in(window.page.form), Qt.Key.Key_Escape)


def test_a_saved_phone_is_in_the_register_the_table_and_a_notice(window: MainWindow, qtbot: QtBot) -> None:
    form = window.page.form
    assert not form.save.isEnabled()
    retype(qtbot, form.lines["phone"], "13900000000")
    assert form.save.isEnabled()
    assert any(label.text() == "有未保存的改动" for label in form.findChildren(QLabel))
    press_save(qtbot, window)
    assert stored(window).phone == shown_text(window, people.FIRST, "phone") == "13900000000"
    assert window.status.notice() == "已保存 3号楼2门101 马玉兰"
    assert not form.save.isEnabled()


def test_the_button_beside_the_notice_takes_a_save_back(window: MainWindow, qtbot: QtBot) -> None:
    retype(qtbot, window.page.form.lines["phone"], "13900000000")
    press_save(qtbot, window)
    qtbot.mouseClick(button(window, "撤销"), LEFT)
    qtbot.waitUntil(lambda: window.status.notice() == "已撤销 修改 3号楼2门101 马玉兰")
    assert stored(window).phone == line(window, "phone") == people.PHONE
    assert shown_text(window, people.FIRST, "phone") == people.PHONE
    qtbot.mouseClick(button(window, "重做"), LEFT)
    qtbot.waitUntil(lambda: line(window, "phone") == "13900000000")


def test_escape_puts_back_what_is_stored(window: MainWindow, qtbot: QtBot) -> None:
    retype(qtbot, window.page.form.lines["head"], "typo")
    escape(qtbot, window)
    assert line(window, "head") == people.FIRST
    assert not window.page.form.is_changed()
    assert undo.undoable(window.register) is None


def test_going_to_another_row_saves_what_was_typed(window: MainWindow, qtbot: QtBot) -> None:
    retype(qtbot, window.page.form.lines["head"], "马玉兰（搬来）")
    click_row(qtbot, window, "李建国")
    assert current_head(window) == "李建国"
    assert line(window, "head") == "李建国"
    assert "马玉兰（搬来）" in heads(window)
    assert window.status.notice() == "已保存 3号楼2门101 马玉兰（搬来）"


@pytest.mark.parametrize("leave", ["row", "area", "sort", "new", "undo"])
def test_with_something_missing_one_stays_and_is_shown_what(window: MainWindow, qtbot: QtBot, leave: str) -> None:
    retype(qtbot, window.page.form.lines["head"], "")
    assert window.page.form._fields["head"].remark() == ""
    if leave == "row":
        click_row(qtbot, window, "李建国")
    elif leave == "area":
        window.dock.choose(window.dock.model.find(people.FOURTH))
    elif leave == "sort":
        window.page.table.sort_asked.emit(SortBy.HEAD, True)
    else:
        {"new": window.add_household, "undo": window.undo}[leave]()
    settle(qtbot, window)
    qtbot.waitUntil(lambda: current_head(window) == people.FIRST and window.node.code == people.THIRD)
    qtbot.waitUntil(lambda: window.dock.current().code == people.THIRD)
    assert window.status.notice() == window.page.form._fields["head"].remark() == "请填写户主姓名或单位名称"
    assert window.page.form.lines["head"].hasFocus()
    assert stored(window).head == people.FIRST


def test_blanks_are_no_name(window: MainWindow, qtbot: QtBot) -> None:
    retype(qtbot, window.page.form.lines["head"], "   ")
    press_save(qtbot, window)
    assert window.page.form._fields["head"].remark() == "请填写户主姓名或单位名称"
    retype(qtbot, window.page.form.lines["head"], "马甲")
    assert window.page.form._fields["head"].remark() == window.status.notice() == ""
    press_save(qtbot, window)
    assert stored(window, "马甲").phone == people.PHONE


def test_a_wrong_check_digit_is_pointed_out_and_saved_as_it_stands(window: MainWindow, qtbot: QtBot) -> None:
    residents = window.page.form.residents
    retype(qtbot, residents.id_number, WRONG_CHECK_DIGIT)
    assert residents._fields["id_number"].remark() == "身份证号校验位不符"
    press_save(qtbot, window)
    assert stored(window).residents[0].id_number == WRONG_CHECK_DIGIT
    assert residents._fields["id_number"].remark() == "身份证号校验位不符"


def test_a_right_id_number_fills_in_sex_and_birth_date(window: MainWindow, qtbot: QtBot) -> None:
    residents = window.page.form.residents
    retype(qtbot, residents.id_number, RIGHT_NUMBER)
    assert (residents.sex.currentText(), residents.birth_date.text()) == ("女", "1937-07-14")
    press_save(qtbot, window)
    first = stored(window).residents[0]
    assert (first.sex, f"{first.birth_date}") == ("女", "1937-07-14")


@pytest.mark.parametrize("typed", ["1950/1/31", "1950.01.31", "19500131", "1950-1-31"])
def test_birth_dates_are_read_as_people_write_them(window: MainWindow, qtbot: QtBot, typed: str) -> None:
    retype(qtbot, window.page.form.residents.birth_date, typed)
    press_save(qtbot, window)
    assert f"{stored(window).residents[0].birth_date}" == "1950-01-31"


@pytest.mark.parametrize("typed", ["1950-13-01", "31.1.1950", "abc", "1950"])
def test_a_birth_date_that_is_none_is_refused_and_kept_as_typed(window: MainWindow, qtbot: QtBot, typed: str) -> None:
    residents = window.page.form.residents
    retype(qtbot, residents.birth_date, typed)
    press_save(qtbot, window)
    assert residents._fields["birth_date"].remark() == window.status.notice() == "请写成 1950-01-31 这样的日期"
    assert residents.birth_date.text() == typed
    assert residents.birth_date.hasFocus()
    residents.list.setCurrentCell(1, 0)
    residents.list.setCurrentCell(0, 0)
    assert residents.birth_date.text() == typed


def test_taking_out_who_has_an_unreadable_date_leaves_nothing_to_refuse(window: MainWindow, qtbot: QtBot) -> None:
    residents = window.page.form.residents
    retype(qtbot, residents.birth_date, "abc")
    qtbot.mouseClick(button(window, "移除此人"), LEFT)
    press_save(qtbot, window)
    assert [one.name for one in stored(window).residents] == ["马小妹"]


def test_a_resident_can_be_added_and_another_removed(window: MainWindow, qtbot: QtBot) -> None:
    residents = window.page.form.residents
    qtbot.mouseClick(button(window, "添加居民"), LEFT)
    assert residents.name.hasFocus()
    retype(qtbot, residents.name, "马小弟")
    residents.relation.setCurrentText("子女")
    press_save(qtbot, window)
    assert [one.name for one in stored(window).residents] == [people.FIRST, "马小妹", "马小弟"]
    residents.list.setCurrentCell(1, 0)
    qtbot.mouseClick(button(window, "移除此人"), LEFT)
    press_save(qtbot, window)
    assert [one.name for one in stored(window).residents] == [people.FIRST, "马小弟"]
    window.undo()
    qtbot.waitUntil(lambda: residents.list.rowCount() == 3)
    assert residents.list.item(1, 0).text() == "马小妹"


def test_a_resident_without_name_is_refused_and_gone_to(window: MainWindow, qtbot: QtBot) -> None:
    residents = window.page.form.residents
    qtbot.mouseClick(button(window, "添加居民"), LEFT)
    retype(qtbot, residents.phone, "13900000000")
    residents.list.setCurrentCell(0, 0)
    press_save(qtbot, window)
    assert residents.list.currentRow() == 2
    assert residents._fields["name"].remark() == window.status.notice() == "请填写姓名"
    assert residents.name.hasFocus()


def test_a_resident_left_empty_is_no_resident(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(button(window, "添加居民"), LEFT)
    retype(qtbot, window.page.form.lines["phone"], "13900000000")
    press_save(qtbot, window)
    assert len(stored(window).residents) == 2
    assert window.page.form.residents.list.rowCount() == 2


def test_the_colours_are_switched_by_chips_and_the_marks_follow(window: MainWindow, qtbot: QtBot) -> None:
    form = window.page.form
    place = [category.key for category in CATEGORIES].index("party_member")
    qtbot.mouseClick(form.categories.button(place), LEFT)
    assert form._marks.accessibleName() == "孤老户、党员"
    press_save(qtbot, window)
    assert shown_text(window, people.FIRST, "category") == "孤老户、党员"
    qtbot.mouseClick(form.categories.button(0), LEFT)
    press_save(qtbot, window)
    assert window.page.legend._buttons[0].text() == "2"
    assert stored(window).categories == 1 << place
    assert BY_KEY["party_member"].name == form._marks.toolTip()


def test_a_new_household_takes_over_the_entrance_and_is_counted(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window.page.table, Qt.Key.Key_N, CONTROL)
    form = window.page.form
    assert [line(window, name) for name in ("estate", "building", "entrance", "room", "head")] == [
        "盛欣园",
        "3",
        "2",
        "",
        "",
    ]
    assert form.lines["room"].hasFocus()
    retype(qtbot, form.lines["room"], "501")
    retype(qtbot, form.lines["head"], "新来的")
    qtbot.mouseClick(form.categories.button(5), LEFT)
    press_save(qtbot, window)
    assert current_head(window) == "新来的"
    assert line(window, "floor") == "5"
    assert window.page.legend._buttons[5].text() == "3"
    third = window.dock.model.index_of(window.dock.model.find(people.THIRD))
    assert sum(third.data(COUNTS)) == 21
    assert window.tabs.tabText(Tab.HOUSEHOLDS) == "住户 21"


def test_escape_drops_a_new_household(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window.page.table, Qt.Key.Key_N, CONTROL)
    retype(qtbot, window.page.form.lines["head"], "不要")
    escape(qtbot, window)
    assert not window.page.form.isVisible()
    assert len(heads(window)) == 20
    click_row(qtbot, window, people.FIRST)
    assert line(window, "head") == people.FIRST


def test_above_the_grids_a_new_household_is_refused_with_the_step(window: MainWindow, qtbot: QtBot) -> None:
    window.dock.choose(window.dock.model.find(people.COMMUNITY))
    settle(qtbot, window)
    qtbot.keyClick(window.page.table, Qt.Key.Key_N, CONTROL)
    assert window.status.notice() == "请先在左侧选一个网格，再登记住户"


def test_a_colleagues_change_of_another_field_survives(window: MainWindow, qtbot: QtBot, colleague: Register) -> None:
    home = uid_of(colleague, people.FIRST)
    retype(qtbot, window.page.form.lines["phone"], "13900000000")
    with colleague.recording("同事", actor="同事") as recording:
        recording.update(Household, home, {"note": "养狗"})
    press_save(qtbot, window)
    assert (stored(window).phone, stored(window).note) == ("13900000000", "养狗")
    assert window.page.form.note.toPlainText() == "养狗"


def test_a_colleagues_change_of_the_same_field_is_told_and_nothing_typed_is_lost(
    window: MainWindow, qtbot: QtBot, colleague: Register
) -> None:
    home = uid_of(colleague, people.FIRST)
    retype(qtbot, window.page.form.lines["phone"], "13900000000")
    retype(qtbot, window.page.form.lines["emergency_contact"], "13700000000")
    with colleague.recording("同事", actor="同事") as recording:
        recording.update(Household, home, {"phone": "13600000000", "note": "养狗"})
    press_save(qtbot, window)
    assert window.status.notice() == "这条记录刚被别人改过，请核对后重新保存。"
    assert (line(window, "phone"), line(window, "emergency_contact")) == ("13900000000", "13700000000")
    assert window.page.form._fields["phone"].remark() == "别人刚改为“13600000000”"
    assert stored(window).phone == "13600000000"
    press_save(qtbot, window)
    assert (stored(window).phone, stored(window).note) == ("13900000000", "养狗")
    assert window.page.form._fields["phone"].remark() == ""


def test_after_a_conflict_escape_shows_what_the_colleague_wrote(
    window: MainWindow, qtbot: QtBot, colleague: Register
) -> None:
    home = uid_of(colleague, people.FIRST)
    retype(qtbot, window.page.form.lines["phone"], "13900000000")
    with colleague.recording("同事", actor="同事") as recording:
        recording.update(Household, home, {"phone": "13600000000"})
    escape(qtbot, window)
    assert line(window, "phone") == "13600000000"
    retype(qtbot, window.page.form.lines["phone"], "13900000000")
    press_save(qtbot, window)
    assert stored(window).phone == "13900000000"


def test_a_conflict_in_a_resident_can_be_saved_the_second_time(
    window: MainWindow, qtbot: QtBot, colleague: Register
) -> None:
    person = editing.load(colleague, uid_of(colleague, people.FIRST)).residents[0].uid
    retype(qtbot, window.page.form.residents.phone, "13900000000")
    with colleague.recording("同事", actor="同事") as recording:
        recording.update(Resident, person, {"phone": "13600000000", "note": "耳背"})
    press_save(qtbot, window)
    assert window.status.notice() == "这条记录刚被别人改过，请核对后重新保存。"
    press_save(qtbot, window)
    first = stored(window).residents[0]
    assert (first.phone, first.note) == ("13900000000", "耳背")


def test_what_a_colleague_deleted_can_be_left(window: MainWindow, qtbot: QtBot, colleague: Register) -> None:
    editing.delete(colleague, [uid_of(colleague, people.FIRST)])
    retype(qtbot, window.page.form.lines["phone"], "13900000000")
    press_save(qtbot, window)
    assert "已被删除" in window.status.notice()
    assert line(window, "phone") == "13900000000"
    escape(qtbot, window)
    qtbot.waitUntil(lambda: people.FIRST not in heads(window))
    click_row(qtbot, window, "李建国")
    assert line(window, "head") == "李建国"


def test_f6_goes_from_the_table_straight_into_the_form_and_back(window: MainWindow, qtbot: QtBot) -> None:
    click_row(qtbot, window, people.FIRST)
    window.page.table.setFocus()
    qtbot.keyClick(window.page.table, Qt.Key.Key_F6)
    focused = QApplication.focusWidget()
    assert window.page.form.categories.isAncestorOf(focused)
    qtbot.keyClick(focused, Qt.Key.Key_F6)
    assert QApplication.focusWidget() is window.page.table


def test_a_row_clicked_while_a_new_household_misses_something_is_not_left_selected(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.add_household()
    retype(qtbot, window.page.form.lines["room"], "901")
    click_row(qtbot, window, people.FIRST)
    qtbot.waitUntil(lambda: window.page.table.selectionModel().selectedIndexes() == [])
    assert window.page.form.lines["room"].text() == "901"
