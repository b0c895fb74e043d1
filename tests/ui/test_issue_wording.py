"""Editing the categories of issues and the sentences of their steps, as a person does."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QListWidget
from pytestqt.qtbot import QtBot

from gridapp.areas import tree
from gridapp.areas.model import Level
from gridapp.issues import categories, reading, replies
from gridapp.issues import category_editing as editing
from gridapp.issues.categories import Category
from tests import factories as make
from tests.ui import people
from tests.ui.driving import ALT, CONTROL, LEFT, retype, settle, type_text
from ui.issues.categories_dialog import CategoriesDialog
from ui.issues.editor import IssueEditor
from ui.issues.extra_fields import ExtraFields
from ui.issues.replies_dialog import RepliesDialog
from ui.main_window import MainWindow

SHIFT = Qt.KeyboardModifier.ShiftModifier


def shown(window: MainWindow, kind: type[QDialog]) -> QDialog:
    return next(one for one in window.findChildren(kind) if one.isVisible())


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> CategoriesDialog:
    """The dialog over a register in which one issue is about 停水."""
    make.make_issue(window.register, tree.find(window.register, people.THIRD).uid, category="water.outage")
    settle(qtbot, window)
    window.actions_.issue_categories.trigger()
    settle(qtbot, window)
    return shown(window, CategoriesDialog)


def names(dialog: CategoriesDialog) -> list[str]:
    return [one.name for one in dialog.tops]


def save(qtbot: QtBot, window: MainWindow, dialog: QDialog) -> None:
    qtbot.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_S, CONTROL)
    settle(qtbot, window)


def is_open(window: MainWindow, kind: type[QDialog]) -> bool:
    return any(one.isVisible() for one in window.findChildren(kind))


def said(window: MainWindow) -> str:
    return window.status.notice()


def test_one_is_added_by_keys_described_and_saved_as_one_step(
    window: MainWindow, dialog: CategoriesDialog, qtbot: QtBot
) -> None:
    fields = dialog.fields
    qtbot.keyClick(dialog.tree, Qt.Key.Key_Insert)
    assert fields.name.hasFocus() and fields.name.selectedText() == "新分类"
    qtbot.keyClick(fields.name, Qt.Key.Key_Delete)
    type_text(qtbot, fields.name, "充电桩")
    type_text(qtbot, fields.department, "区城管委")
    fields.level.setFocus()
    qtbot.keyClick(fields.level, Qt.Key.Key_Down)
    qtbot.keyClick(fields.level, Qt.Key.Key_Down)
    fields.level.activated.emit(fields.level.currentIndex())
    fields.rule.setCurrentIndex(fields.rule.findData("days"))
    fields.rule.activated.emit(fields.rule.currentIndex())
    fields.time.selectAll()
    qtbot.keyClicks(fields.time, "3")
    qtbot.mouseClick(fields.extra.add, LEFT)
    row = fields.extra.rows[0]
    type_text(qtbot, row.name, "电桩种类")
    row.kind.setCurrentIndex(row.kind.findData("choice"))
    row.kind.activated.emit(row.kind.currentIndex())
    type_text(qtbot, row.choices, "汽车，电动自行车")
    save(qtbot, window, dialog)
    assert not is_open(window, CategoriesDialog) and said(window) == "已修改民意分类"
    made = categories.of(window.register).tops[1]
    assert (made.name, made.department, made.level, made.working_days) == ("充电桩", "区城管委", Level.COMMUNITY, 3)
    assert [(one.name, one.choices) for one in made.fields] == [("电桩种类", ("汽车", "电动自行车"))]
    window.undo()
    settle(qtbot, window)
    assert categories.of(window.register).tops == categories.built_in().tops


def test_categories_are_moved_by_keys_and_to_another_top(
    window: MainWindow, dialog: CategoriesDialog, qtbot: QtBot
) -> None:
    qtbot.keyClick(dialog.tree, Qt.Key.Key_Down, ALT)
    assert names(dialog)[:2] == ["供电", "供水"]
    dialog.tree.choose("water.outage")
    top = dialog.fields.top
    top.setCurrentIndex(top.findData("power"))
    top.activated.emit(top.currentIndex())
    assert [one.key for one in dialog.tops[0].children][-1] == "water.outage"
    assert dialog.tree.key() == "water.outage"
    qtbot.keyClick(dialog.tree, Qt.Key.Key_Insert, SHIFT)
    assert [one.name for one in dialog.tops[0].children][-1] == "新分类"
    save(qtbot, window, dialog)
    assert categories.of(window.register).name_of("water.outage") == "供电·停水"


def test_one_in_use_stays_and_says_why_and_an_unused_one_goes(dialog: CategoriesDialog, qtbot: QtBot) -> None:
    for key, name in (("water.outage", "供水·停水"), ("water", "供水")):
        dialog.tree.choose(key)
        qtbot.keyClick(dialog.tree, Qt.Key.Key_Delete)
        assert f"“{name}”还有1件民意在用" in dialog.remark()
    dialog.tree.choose("power")
    qtbot.mouseClick(dialog.remove, LEFT)
    assert names(dialog)[:2] == ["供水", "供气"] and dialog.tree.key() == "gas"
    assert dialog.remark() == ""
    qtbot.mouseClick(dialog.reset, LEFT)
    assert dialog.tops == categories.built_in().tops


def test_what_cannot_be_is_said_beside_its_field_and_everything_typed_stays(
    window: MainWindow, dialog: CategoriesDialog, qtbot: QtBot
) -> None:
    retype(qtbot, dialog.fields.name, "供电")
    save(qtbot, window, dialog)
    assert dialog.isVisible()
    assert "已有“供电”" in dialog.fields.fields["name"].remark() and dialog.fields.name.hasFocus()
    assert names(dialog)[:2] == ["供电", "供电"]
    retype(qtbot, dialog.fields.name, "用电")
    save(qtbot, window, dialog)
    assert not is_open(window, CategoriesDialog)


def test_who_saves_later_is_told_and_keeps_what_was_typed(
    window: MainWindow, dialog: CategoriesDialog, qtbot: QtBot
) -> None:
    theirs = editing.replace(categories.built_in().tops, Category("power", "电力"))
    editing.save(window.register, theirs)
    settle(qtbot, window)
    retype(qtbot, dialog.fields.name, "用水")
    save(qtbot, window, dialog)
    assert dialog.isVisible() and "别人刚刚改过分类" in dialog.remark()
    assert names(dialog)[0] == "用水" and categories.of(window.register).tops == theirs


def test_leaving_with_something_unsaved_warns_once(window: MainWindow, dialog: CategoriesDialog, qtbot: QtBot) -> None:
    retype(qtbot, dialog.fields.name, "用水")
    qtbot.keyClick(dialog.fields.name, Qt.Key.Key_Escape)
    assert dialog.isVisible() and "还没有保存" in dialog.remark()
    qtbot.keyClick(dialog.fields.name, Qt.Key.Key_Escape)
    assert not is_open(window, CategoriesDialog)


def test_enter_leads_from_the_tree_to_the_name_and_tab_on_through_all_that_is_asked(
    dialog: CategoriesDialog, qtbot: QtBot
) -> None:
    dialog.tree.choose("heating.cold")
    qtbot.keyClick(dialog.tree, Qt.Key.Key_Return)
    fields, row = dialog.fields, dialog.fields.extra.rows[0]
    assert fields.name.hasFocus() and fields.name.selectedText() == "室温不达标"
    order = [fields.name, fields.top, fields.synonyms, fields.department, fields.level, fields.rule]
    for widget in (*order, row.name, row.kind, row.remove, fields.extra.add):
        assert dialog.focusWidget() is widget
        qtbot.keyClick(widget, Qt.Key.Key_Tab)


def test_a_field_with_choices_offers_them_and_keeps_what_was_told_before(window: MainWindow, qtbot: QtBot) -> None:
    extra = ExtraFields(window)
    kind = categories.ExtraField("kind", "种类", "choice", ("汽车", "电动自行车"))
    extra.set_values({"kind": "三轮车"})
    extra.show_category(Category("pile", "充电桩", fields=(kind,)))
    box = extra.editors["kind"]
    assert [box.itemText(at) for at in range(box.count())] == ["", "汽车", "电动自行车", "三轮车"]
    assert extra.values() == {"kind": "三轮车"}
    qtbot.keyClick(box, Qt.Key.Key_Up)
    box.textActivated.emit(box.currentText())
    assert extra.values() == {"kind": "电动自行车"}


def test_correcting_an_issue_keeps_what_was_told_of_a_field_that_is_asked_no_more(
    window: MainWindow, qtbot: QtBot
) -> None:
    register = window.register
    extra = '{"gone": "三楼", "temperature": "16"}'
    issue = make.make_issue(
        register, tree.find(register, people.THIRD).uid, "马玉兰", category="heating.cold", extra=extra
    )
    editor = IssueEditor(register, window)
    editor.edit(reading.read(register, issue))
    assert not editor.is_changed()
    editor.extra.editors["temperature"].setText("")
    type_text(qtbot, editor.extra.editors["temperature"], "17")
    editor.save()
    assert reading.read(register, issue).fields == (("其他", "三楼"), ("实测室温（℃）", "17"))


@pytest.fixture
def sentences(window: MainWindow, qtbot: QtBot) -> RepliesDialog:
    window.actions_.issue_replies.trigger()
    return shown(window, RepliesDialog)


def listed(dialog: RepliesDialog) -> list[str]:
    return [dialog.list.item(row).text() for row in range(dialog.list.count())]


def finish_typing(qtbot: QtBot, dialog: RepliesDialog) -> None:
    qtbot.keyClick(dialog.list.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.list.state() is QListWidget.State.NoState)


def choose_step(dialog: RepliesDialog, step: str) -> None:
    dialog.steps.setCurrentIndex(dialog.steps.findData(step))


def test_sentences_of_two_steps_are_changed_and_saved_as_one_step(
    window: MainWindow, sentences: RepliesDialog, qtbot: QtBot
) -> None:
    before = listed(sentences)
    assert before == list(replies.built_in()["resolve"])
    qtbot.keyClick(sentences.list, Qt.Key.Key_Insert)
    type_text(qtbot, sentences.list.focusWidget(), "已换新。")
    finish_typing(qtbot, sentences)
    qtbot.keyClick(sentences.list, Qt.Key.Key_Up, ALT)
    assert listed(sentences)[:2] == ["已换新。", before[0]]
    choose_step(sentences, "close")
    qtbot.keyClick(sentences.list, Qt.Key.Key_Delete)
    assert listed(sentences) == []
    save(qtbot, window, sentences)
    found = replies.of(window.register)
    assert found["resolve"] == ["已换新。", *before] and not found.get("close")
    assert said(window) == "已修改常用语"
    window.undo()
    settle(qtbot, window)
    assert replies.of(window.register) == replies.built_in()


def test_a_sentence_that_is_still_being_typed_is_saved_and_an_empty_one_is_none(
    window: MainWindow, sentences: RepliesDialog, qtbot: QtBot
) -> None:
    before = listed(sentences)
    qtbot.mouseClick(sentences.add, LEFT)
    finish_typing(qtbot, sentences)
    assert listed(sentences) == before
    qtbot.keyClick(sentences.list, Qt.Key.Key_F2)
    retype(qtbot, sentences.list.focusWidget(), "已换新。")
    save(qtbot, window, sentences)
    assert "已换新。" in replies.of(window.register)["resolve"]


def test_one_too_long_is_shown_and_the_defaults_come_back_by_a_button(
    window: MainWindow, sentences: RepliesDialog, qtbot: QtBot
) -> None:
    qtbot.keyClick(sentences.list, Qt.Key.Key_F2)
    retype(qtbot, sentences.list.focusWidget(), "长" * 501)
    finish_typing(qtbot, sentences)
    choose_step(sentences, "close")
    save(qtbot, window, sentences)
    assert sentences.isVisible() and "第1句写了501个字" in sentences.remark()
    assert sentences.step == "resolve" and sentences.list.currentRow() == 0
    qtbot.mouseClick(sentences.reset, LEFT)
    assert listed(sentences) == list(replies.built_in()["resolve"])


def test_leaving_with_sentences_unsaved_warns_once(window: MainWindow, sentences: RepliesDialog, qtbot: QtBot) -> None:
    qtbot.keyClick(sentences.list, Qt.Key.Key_Delete)
    qtbot.keyClick(sentences.list, Qt.Key.Key_Escape)
    assert sentences.isVisible() and "还没有保存" in sentences.remark()
    qtbot.keyClick(sentences.list, Qt.Key.Key_Escape)
    assert not is_open(window, RepliesDialog)
    assert replies.of(window.register) == replies.built_in()
