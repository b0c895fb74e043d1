"""Registering an issue in the window, as it is done with somebody on the telephone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gridapp.issues.model import Issue
from gridapp.issues.states import Source, State
from gridapp.register import Register
from tests.ui import people
from tests.ui.conftest import MakeWindow
from tests.ui.driving import ALT, CONTROL, LEFT, settle, type_text
from tests.ui.issues import Keys, is_open, issues, open_form, opened, register_one, shown_texts, wait_for
from ui.issues.form import IssueForm
from ui.issues.reporter_part import Kind
from ui.main_window import MainWindow

ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab
MOST_KEYS = 7
"""Keys beside those of the text itself, of which every second less counts while somebody is on the telephone."""


@pytest.fixture
def keys(qtbot: QtBot) -> Keys:
    return Keys(qtbot)


def choose_first(qtbot: QtBot, form: IssueForm, keys: Keys) -> None:
    """Find 马玉兰 by the initials of her name and take her."""
    keys.write("myl")
    wait_for(qtbot, form)
    keys.press(ENTER)


# Registering


def test_an_issue_is_registered_with_few_keys_and_no_mouse(window: MainWindow, qtbot: QtBot, keys: Keys) -> None:
    form = open_form(qtbot, window)
    keys.pressed += 1
    choose_first(qtbot, form, keys)
    assert form.who.home.head == people.FIRST
    assert (form.who.name.currentText(), form.who.phone.text()) == (people.FIRST, people.PHONE)
    keys.press(Qt.Key.Key_2)
    keys.write("三楼楼道灯不亮，老人出门看不清")
    assert form.fields.category.key() and not form.fields.category.by_hand
    assert "前" in form.fields.promise.text()
    keys.press(ENTER, CONTROL)
    settle(qtbot, window)
    assert keys.pressed <= MOST_KEYS
    (one,) = issues(window.register)
    (reporter,) = one.reporters
    assert (reporter.name, reporter.phone, reporter.source) == (people.FIRST, people.PHONE, "phone")
    assert one.values["description"] == "三楼楼道灯不亮，老人出门看不清" and one.values["category"]
    assert people.FIRST in one.home and one.area_code == people.THIRD
    assert one.values["number"] in window.status.notice() and not is_open(window, IssueForm)
    assert window.actions_.undo.text() == "撤销 登记民意"
    window.undo()
    settle(qtbot, window)
    assert issues(window.register) == []


def test_another_of_the_family_is_taken_as_who_raised_it(window: MainWindow, qtbot: QtBot, keys: Keys) -> None:
    form = open_form(qtbot, window)
    choose_first(qtbot, form, keys)
    offered = [form.who.name.itemText(place) for place in range(form.who.name.count())]
    assert any("马小妹（子女）" in text for text in offered)
    form.who.name.setFocus()
    keys.press(Qt.Key.Key_Down)
    assert form.who.name.currentText() == "马小妹"
    form.fields.source.setFocus()
    keys.press(Qt.Key.Key_4)
    keys.write("停水")
    keys.press(ENTER, CONTROL)
    settle(qtbot, window)
    ((reporter,),) = (one.reporters for one in issues(window.register))
    assert (reporter.name, reporter.source) == ("马小妹", "wechat")


def test_the_source_is_a_digit_or_the_first_letter_of_its_name(window: MainWindow, qtbot: QtBot, keys: Keys) -> None:
    form = open_form(qtbot, window)
    expected = [("3", Source.COUNTER), ("5", Source.HOTLINE), ("z", Source.VISIT), ("d", Source.PHONE)]
    for typed, source in expected:
        form.fields.source.setFocus()
        keys.write(typed)
        assert form.fields.source.value() is source and form.fields.text.hasFocus()


def test_somebody_who_is_not_on_record_is_taken_by_what_was_typed(window: MainWindow, qtbot: QtBot, keys: Keys) -> None:
    form = open_form(qtbot, window)
    keys.write("欧阳过路")
    wait_for(qtbot, form)
    keys.press(ENTER)
    assert form.who.kind.value() is Kind.OUTSIDE and form.who.name.currentText() == "欧阳过路"
    keys.write("13911112222")
    form.fields.text.setFocus()
    keys.write("路边井盖松动")
    keys.press(ENTER, CONTROL)
    settle(qtbot, window)
    (one,) = issues(window.register)
    assert [(who.name, who.phone, who.household) for who in one.reporters] == [("欧阳过路", "13911112222", None)]
    assert one.values["household"] is None and one.area_code == people.THIRD


def test_who_gives_no_name_is_asked_for_none(window: MainWindow, qtbot: QtBot, keys: Keys) -> None:
    form = open_form(qtbot, window)
    keys.press(Qt.Key.Key_3, ALT)
    qtbot.waitUntil(lambda: form.who.kind.value() is Kind.NOBODY)
    assert not form.who.name.isVisible() and not form.who.picker.isVisible()
    form.fields.text.setFocus()
    keys.write("楼下烧烤油烟大")
    keys.press(ENTER, CONTROL)
    settle(qtbot, window)
    (one,) = issues(window.register)
    assert [(who.name, who.phone) for who in one.reporters] == [("", "")]


def test_what_is_urgent_has_a_day(window: MainWindow, qtbot: QtBot, keys: Keys) -> None:
    form = open_form(qtbot, window)
    choose_first(qtbot, form, keys)
    keys.press(Qt.Key.Key_2)
    keys.write("家里水管爆裂")
    before = form.fields.promise.text()
    keys.press(Qt.Key.Key_U, ALT)
    qtbot.waitUntil(form.fields.urgent.isChecked)
    assert form.fields.promise.text() != before
    assert "24小时" in form.fields.promise.text()
    keys.press(ENTER, CONTROL)
    settle(qtbot, window)
    (one,) = issues(window.register)
    assert one.values["urgent"]


# Category


def test_the_text_suggests_a_category_until_one_is_chosen(window: MainWindow, qtbot: QtBot, keys: Keys) -> None:
    form = open_form(qtbot, window)
    line = form.fields.category
    form.fields.text.setFocus()
    keys.write("电梯")
    first = line.key()
    assert first and not line.by_hand
    line.setFocus()
    line.selectAll()
    keys.write("ts")
    assert line.is_open()
    keys.press(ENTER)
    chosen = line.key()
    assert line.by_hand and chosen and chosen != first
    form.fields.text.setFocus()
    keys.write("又停了")
    assert line.key() == chosen
    line.setFocus()
    line.selectAll()
    keys.press(Qt.Key.Key_Backspace)
    form.fields.text.setFocus()
    keys.write("，困了人")
    assert line.key() == first and not line.by_hand


# What looks alike


def test_four_that_look_alike_are_readable_beside_each_other(window: MainWindow, qtbot: QtBot, keys: Keys) -> None:
    text = "地下室的排水管道反复堵塞，污水倒灌到一层住户家里，墙面和地面都泡坏了，夜里不能休息"
    for _ in range(4):
        register_one(window.register, text)
    form = open_form(qtbot, window)
    choose_first(qtbot, form, keys)
    keys.press(Qt.Key.Key_2)
    keys.write(text)
    wait_for(qtbot, form)
    told = [one for one in form.alike.findChildren(QLabel) if one.text().startswith(text[:20])]
    assert len(told) == 4
    qtbot.waitUntil(lambda: all(one.height() >= one.heightForWidth(one.width()) for one in told))


def test_what_looks_alike_is_shown_while_one_types_and_is_joined_by_a_key(
    window: MainWindow, qtbot: QtBot, keys: Keys
) -> None:
    there = register_one(window.register, "三号楼电梯停运", "李建国")
    form = open_form(qtbot, window)
    choose_first(qtbot, form, keys)
    keys.press(Qt.Key.Key_2)
    keys.write("三号楼电梯又停运了")
    wait_for(qtbot, form)
    assert [one.uid for one in form.alike.found] == [there]
    shown = " ".join(shown_texts(form.alike))
    assert "三号楼电梯停运" in shown and "待受理  剩" in shown and "1人反映" in shown and "Ctrl+1" in shown
    keys.press(Qt.Key.Key_1, CONTROL)
    settle(qtbot, window)
    (one,) = issues(window.register)
    assert [who.name for who in one.reporters] == ["李建国", people.FIRST]
    assert not is_open(window, IssueForm) and people.FIRST in window.status.notice()
    window.undo()
    settle(qtbot, window)
    assert [who.name for who in issues(window.register)[0].reporters] == ["李建国"]


def test_who_has_raised_it_already_is_told_so_and_nothing_typed_is_lost(
    window: MainWindow, qtbot: QtBot, keys: Keys
) -> None:
    register_one(window.register, "三号楼电梯停运", people.FIRST)
    form = open_form(qtbot, window)
    keys.press(Qt.Key.Key_2, ALT)
    qtbot.waitUntil(form.who.name.hasFocus)
    keys.write(people.FIRST)
    form.who.phone.setFocus()
    keys.write("13920000000")
    form.fields.text.setFocus()
    keys.write("三号楼电梯停运")
    wait_for(qtbot, form)
    keys.press(Qt.Key.Key_1, CONTROL)
    assert form.isVisible() and any("已经反映过" in text for text in shown_texts(form))
    assert form.fields.text.toPlainText() == "三号楼电梯停运" and len(issues(window.register)) == 1


# Refusals


def test_a_refused_save_tells_it_beside_the_field_and_loses_nothing(
    window: MainWindow, qtbot: QtBot, keys: Keys
) -> None:
    form = open_form(qtbot, window)
    choose_first(qtbot, form, keys)
    form.fields.place.setFocus()
    keys.write("小区东门")
    keys.press(ENTER, CONTROL)
    assert form.isVisible() and form.fields.text_field.remark() == "请写明反映的问题。"
    assert form.fields.text.hasFocus() and form.fields.place.text() == "小区东门"
    assert form.who.home.head == people.FIRST
    keys.write("停水")
    keys.press(ENTER, CONTROL)
    settle(qtbot, window)
    (one,) = issues(window.register)
    assert (one.values["place"], one.values["household"]) == ("小区东门", None)
    assert one.reporters[0].household is not None


def test_nobody_told_is_asked_for_beside_who_it_is(window: MainWindow, qtbot: QtBot, keys: Keys) -> None:
    form = open_form(qtbot, window)
    form.fields.text.setFocus()
    keys.write("停水")
    keys.press(ENTER, CONTROL)
    assert any("请填写反映人" in text for text in shown_texts(form)) and form.who.picker.line.hasFocus()
    assert issues(window.register) == []
    assert form.fields.text.toPlainText() == "停水"


def test_a_household_that_was_deleted_meanwhile_is_told_and_another_is_taken(
    window: MainWindow, make_window: MakeWindow, qtbot: QtBot, keys: Keys
) -> None:
    from gridapp.households import editing

    form = open_form(qtbot, window)
    choose_first(qtbot, form, keys)
    keys.press(Qt.Key.Key_2)
    keys.write("停水")
    editing.delete(window.register, [form.who.household()])
    keys.press(ENTER, CONTROL)
    settle(qtbot, window)
    assert form.isVisible() and any("已被删除" in text for text in shown_texts(form))
    assert form.fields.text.toPlainText() == "停水" and issues(window.register) == []


def test_while_something_long_is_written_the_form_says_so_and_keeps_everything(
    window: MainWindow, qtbot: QtBot, keys: Keys, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = open_form(qtbot, window)
    choose_first(qtbot, form, keys)
    keys.press(Qt.Key.Key_2)
    keys.write("停水")
    with monkeypatch.context() as patched:
        patched.setattr(type(window.register), "is_written_elsewhere", True)
        keys.press(ENTER, CONTROL)
    assert form.isVisible() and any("正在写入登记簿" in text for text in shown_texts(form))
    keys.press(ENTER, CONTROL)
    settle(qtbot, window)
    assert len(issues(window.register)) == 1


# The draft


def test_what_was_typed_and_closed_is_offered_again(window: MainWindow, qtbot: QtBot, keys: Keys) -> None:
    form = open_form(qtbot, window)
    choose_first(qtbot, form, keys)
    keys.press(Qt.Key.Key_5)
    keys.write("三楼电梯停运")
    form.fields.place.setFocus()
    keys.write("三号楼")
    keys.press(Qt.Key.Key_Escape)
    assert not is_open(window, IssueForm)
    again = open_form(qtbot, window)
    assert again.fields.text.toPlainText() == "" and again.before.offered is not None
    assert any("三楼电梯停运" in text for text in shown_texts(again))
    keys.press(Qt.Key.Key_R, ALT)
    assert again.fields.text.toPlainText() == "三楼电梯停运" and again.fields.place.text() == "三号楼"
    assert again.fields.source.value() is Source.HOTLINE and again.who.home.head == people.FIRST
    assert again.fields.text.hasFocus()
    keys.press(ENTER, CONTROL)
    settle(qtbot, window)
    assert len(issues(window.register)) == 1
    assert open_form(qtbot, window).before.offered is None
    keys.press(Qt.Key.Key_Escape)
    assert open_form(qtbot, window).before.offered is None  # nothing was typed into it


# Where it begins


def test_a_household_at_hand_is_who_raises_it(window: MainWindow, qtbot: QtBot, keys: Keys) -> None:
    from tests.ui.driving import click_row

    click_row(qtbot, window, people.HEADS[1])
    settle(qtbot, window)
    window.actions_.issue_of_household.trigger()
    settle(qtbot, window)
    form = opened(qtbot, window, IssueForm)
    assert form.who.home.head == people.HEADS[1]
    qtbot.waitUntil(lambda: form.fields.source.isAncestorOf(form.focusWidget()))
    keys.press(Qt.Key.Key_1)
    keys.write("门禁坏了")
    qtbot.mouseClick(form.button, LEFT)
    settle(qtbot, window)
    (one,) = issues(window.register)
    assert (one.reporters[0].name, one.reporters[0].source) == (people.HEADS[1], "visit")
    assert State(window.register.value(Issue.select(Issue.state))) is State.REGISTERED


def test_two_windows_register_at_once_under_different_numbers(
    window: MainWindow, make_window: MakeWindow, qtbot: QtBot
) -> None:
    other = make_window(window.register)
    for number, one in enumerate((window, other)):
        form = open_form(qtbot, one)
        form.who.kind.set_value(Kind.NOBODY)
        type_text(qtbot, form.fields.text, f"停水{number}")
        form.save()
        settle(qtbot, one)
    numbers = [one.values["number"] for one in issues(window.register)]
    assert len(set(numbers)) == 2
