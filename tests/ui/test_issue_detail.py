"""The pane of an issue: what it tells, correcting it in its place, and two people who do so at once."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gridapp.households.model import Household
from gridapp.issues import category_editing, registering
from gridapp.issues.categories import Category, ExtraField, built_in
from gridapp.issues.registering import NewIssue, NewReporter, register_issue
from gridapp.issues.stepping import Entry, take
from gridapp.issues.workflow import Step
from tests.ui import people
from tests.ui.conftest import MakeWindow
from tests.ui.driving import CONTROL, LEFT, click_row, retype, settle, type_text
from tests.ui.issues import activate, issues, open_form, opened, press_step, register_one, show_issue, shown_texts
from ui.households.tabs import Tab as HouseholdTab
from ui.issues.detail import IssueDetail
from ui.issues.form import IssueForm
from ui.issues.reporter_part import Kind
from ui.main_window import MainWindow
from ui.tabs import Tab

TEXT = "楼道灯不亮"


@pytest.fixture
def pane(window: MainWindow, qtbot: QtBot) -> IssueDetail:
    return show_issue(qtbot, window, register_one(window.register, TEXT))


def edit(qtbot: QtBot, pane: IssueDetail) -> None:
    press_step(qtbot, pane, Step.EDIT)
    assert pane.is_editing and pane.editor.description.toPlainText() == pane.whole.values["description"]


def save(qtbot: QtBot, window: MainWindow, pane: IssueDetail) -> None:
    activate(qtbot, window)
    pane.editor.description.setFocus()
    qtbot.keyClick(pane.editor.description, Qt.Key.Key_S, CONTROL)
    settle(qtbot, window)


def write_over(qtbot: QtBot, pane: IssueDetail, text: str) -> None:
    pane.editor.description.setFocus()
    pane.editor.description.selectAll()
    type_text(qtbot, pane.editor.description, text)


# What it tells


def test_the_pane_tells_where_it_is_who_raised_it_and_leads_to_the_household(window: MainWindow, qtbot: QtBot) -> None:
    register = window.register
    home = register.value(Household.select(Household.uid).where(Household.head == people.HEADS[1]))
    who = NewReporter(people.HEADS[1], "13800001111", household=home)
    new = NewIssue("停水", household=home, category="water", urgent=True, reporters=[who])
    pane = show_issue(qtbot, window, register_issue(register, new).uid)
    assert pane.head.urgent.isVisible() and "小时" in pane.head.deadline.text()
    assert "供水" in pane.head.about.text() and "还没有承办人" in pane.head.about.text()
    told = " ".join(shown_texts(pane.people))
    assert people.HEADS[1] in told and "13800001111" in told and "电话反映，未反馈" in told
    assert people.HEADS[1] in pane.facts.home.text() and "紫光苑社区" in " ".join(shown_texts(pane.facts))
    qtbot.mouseClick(pane.facts.home, LEFT)
    settle(qtbot, window)
    assert window.tabs.currentIndex() == Tab.HOUSEHOLDS
    assert window.page.table.currentIndex().isValid()


def test_a_long_history_shows_its_end_and_the_rest_on_demand(window: MainWindow, qtbot: QtBot) -> None:
    issue = register_one(window.register, TEXT)
    for number in range(60):
        take(window.register, issue, Step.NOTE, Entry(f"第{number}次联系"))
    pane = show_issue(qtbot, window, issue)
    assert "第59次联系" in pane.timeline.text() and "第0次联系" not in pane.timeline.text()
    assert pane.timeline.more.text() == "显示更早的 21 条"
    qtbot.mouseClick(pane.timeline.more, LEFT)
    assert "第0次联系" in pane.timeline.text() and not pane.timeline.more.isVisible()


def test_what_was_typed_of_one_issue_waits_while_another_is_looked_at(
    window: MainWindow, pane: IssueDetail, qtbot: QtBot
) -> None:
    first, second = pane.issue, register_one(window.register, "停水")
    type_text(qtbot, pane.note.line, "已联系物业")
    edit(qtbot, pane)
    write_over(qtbot, pane, "三楼楼道灯不亮")
    show_issue(qtbot, window, second)
    assert pane.note.text() == "" and not pane.is_editing
    show_issue(qtbot, window, first)
    assert pane.note.text() == "已联系物业"
    assert pane.is_editing and pane.editor.description.toPlainText() == "三楼楼道灯不亮"
    save(qtbot, window, pane)
    assert not pane.is_editing and "三楼楼道灯不亮" in shown_texts(pane.facts)


# Correcting


def test_text_category_and_place_are_corrected_in_their_place_and_taken_back(
    window: MainWindow, pane: IssueDetail, qtbot: QtBot
) -> None:
    edit(qtbot, pane)
    write_over(qtbot, pane, "三楼楼道灯不亮")
    retype(qtbot, pane.editor.category, "dt")
    assert pane.editor.category.is_open()
    qtbot.keyClick(pane.editor.category, Qt.Key.Key_Return)
    retype(qtbot, pane.editor.place, "3号楼2单元")
    retype(qtbot, pane.editor.handler, "物业")
    save(qtbot, window, pane)
    assert not pane.is_editing and "已修改" in window.status.notice()
    values = pane.whole.values
    assert values["description"] == "三楼楼道灯不亮" and values["place"] == "3号楼2单元" and values["category"]
    assert pane.whole.category_name in pane.head.about.text() and "物业" in pane.head.about.text()
    last = pane.timeline.text().splitlines()[-1]
    assert "修改" in last and "问题" in last and "地点" in last and "类别" in last
    window.undo()
    settle(qtbot, window)
    assert pane.whole.values["description"] == TEXT and pane.whole.values["place"] == ""


def test_nothing_changed_writes_nothing_and_escape_leaves(window: MainWindow, pane: IssueDetail, qtbot: QtBot) -> None:
    edit(qtbot, pane)
    save(qtbot, window, pane)
    assert not pane.is_editing and len(pane.whole.events) == 1
    edit(qtbot, pane)
    write_over(qtbot, pane, "别的")
    qtbot.keyClick(pane.editor.description, Qt.Key.Key_Escape)
    assert not pane.is_editing and pane.whole.values["description"] == TEXT
    edit(qtbot, pane)
    write_over(qtbot, pane, " ")
    save(qtbot, window, pane)
    assert pane.is_editing and pane.editor.fields["description"].remark() == "请写明反映的问题。"


def test_the_second_who_corrects_the_same_is_told_beside_the_field_and_keeps_what_was_typed(
    window: MainWindow, make_window: MakeWindow, pane: IssueDetail, qtbot: QtBot
) -> None:
    other = make_window(window.register)
    theirs = show_issue(qtbot, other, pane.issue)
    edit(qtbot, theirs)
    write_over(qtbot, theirs, "三楼楼道灯不亮")
    retype(qtbot, theirs.editor.place, "3号楼")
    edit(qtbot, pane)
    write_over(qtbot, pane, "四楼楼道灯不亮")
    save(qtbot, window, pane)
    save(qtbot, other, theirs)
    assert theirs.is_editing
    assert "别人刚改为“四楼楼道灯不亮”" in theirs.editor.fields["description"].remark()
    assert theirs.editor.description.toPlainText() == "三楼楼道灯不亮" and theirs.editor.place.text() == "3号楼"
    assert pane.whole.values["description"] == "四楼楼道灯不亮"
    save(qtbot, other, theirs)
    settle(qtbot, window)
    assert not theirs.is_editing
    assert (pane.whole.values["description"], pane.whole.values["place"]) == ("三楼楼道灯不亮", "3号楼")
    other.undo()
    settle(qtbot, other)
    settle(qtbot, window)
    assert (pane.whole.values["description"], pane.whole.values["place"]) == ("四楼楼道灯不亮", "")


def test_the_cursor_stays_where_one_types_while_others_write(
    window: MainWindow, pane: IssueDetail, qtbot: QtBot
) -> None:
    edit(qtbot, pane)
    write_over(qtbot, pane, "三楼")
    register_one(window.register, "停水")
    settle(qtbot, window)
    qtbot.waitUntil(lambda: not window.ledger_tab.page._pane.isActive())
    type_text(qtbot, pane.editor.description, "楼道灯不亮")
    assert pane.editor.description.toPlainText() == "三楼楼道灯不亮"


def test_different_fields_that_two_correct_at_once_are_both_kept(
    window: MainWindow, pane: IssueDetail, qtbot: QtBot
) -> None:
    edit(qtbot, pane)
    retype(qtbot, pane.editor.place, "3号楼")
    registering.change(window.register, pane.issue, {"description": "四楼楼道灯不亮"})
    settle(qtbot, window)
    assert pane.is_editing and pane.editor.place.text() == "3号楼"
    save(qtbot, window, pane)
    assert (pane.whole.values["description"], pane.whole.values["place"]) == ("四楼楼道灯不亮", "3号楼")


def test_extra_fields_that_two_correct_at_once_are_both_kept_and_told(
    window: MainWindow, pane: IssueDetail, qtbot: QtBot
) -> None:
    plate, when = ExtraField("plate", "车牌号"), ExtraField("when", "几点")
    tops = category_editing.replace(built_in().tops, Category("other", "其他", fields=(plate, when)))
    category_editing.save(window.register, tops)
    registering.change(window.register, pane.issue, {"category": "other", "extra": {"plate": "津A00000"}})
    settle(qtbot, window)
    edit(qtbot, pane)
    retype(qtbot, pane.editor.extra.editors["plate"], "津A11111")
    registering.change(window.register, pane.issue, {"extra": {"plate": "津A00000", "when": "九点"}})
    settle(qtbot, window)
    save(qtbot, window, pane)
    assert pane.is_editing
    assert any("别人刚改了补充信息：车牌号 津A00000，几点 九点" in one for one in shown_texts(pane.editor))
    save(qtbot, window, pane)
    assert not pane.is_editing and pane.whole.fields == (("车牌号", "津A11111"), ("几点", "九点"))


def test_a_temperature_that_is_none_is_told_beside_it_in_the_form_and_in_the_pane(
    window: MainWindow, pane: IssueDetail, qtbot: QtBot
) -> None:
    form = open_form(qtbot, window)
    form.who.kind.set_value(Kind.NOBODY)
    type_text(qtbot, form.fields.text, "室温不达标")
    line = form.fields.extra.editors["temperature"]
    type_text(qtbot, line, "很冷")
    form.save()
    assert any("“实测室温（℃）”请填写数字" in one for one in shown_texts(form)) and line.hasFocus()
    retype(qtbot, line, "15")
    form.save()
    settle(qtbot, window)
    pane = show_issue(qtbot, window, issues(window.register)[-1].uid)
    assert pane.whole.fields == (("实测室温（℃）", "15"),)
    edit(qtbot, pane)
    retype(qtbot, pane.editor.extra.editors["temperature"], "冷")
    save(qtbot, window, pane)
    assert pane.is_editing and any("请填写数字" in one for one in shown_texts(pane.editor))


def test_an_issue_that_was_settled_meanwhile_is_not_corrected_and_what_was_typed_stays(
    window: MainWindow, pane: IssueDetail, qtbot: QtBot
) -> None:
    edit(qtbot, pane)
    write_over(qtbot, pane, "三楼楼道灯不亮")
    take(window.register, pane.issue, Step.RESOLVE, Entry("已更换"))
    settle(qtbot, window)
    save(qtbot, window, pane)
    assert pane.is_editing and any("已经办结，不能再改" in one for one in shown_texts(pane.editor))
    assert pane.editor.description.toPlainText() == "三楼楼道灯不亮"


# From the household


def test_an_issue_in_the_form_of_a_household_opens_in_the_ledger(window: MainWindow, qtbot: QtBot) -> None:
    register = window.register
    home = register.value(Household.select(Household.uid).where(Household.head == people.FIRST))
    uid = register_issue(register, NewIssue("停水", household=home, reporters=[NewReporter(people.FIRST)])).uid
    settle(qtbot, window)
    click_row(qtbot, window, people.FIRST)
    settle(qtbot, window)
    tabs = window.page.form.tabs
    tabs.setCurrentIndex(HouseholdTab.ISSUES)
    settle(qtbot, window)
    view = tabs.views[HouseholdTab.ISSUES]
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Tab)  # to the first link
    qtbot.keyClick(view, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.tabs.currentIndex() == Tab.LEDGER
    qtbot.waitUntil(lambda: window.ledger_tab.page.detail.issue == uid)


def test_an_issue_is_registered_from_the_form_of_a_household(window: MainWindow, qtbot: QtBot) -> None:
    click_row(qtbot, window, people.FIRST)
    settle(qtbot, window)
    tabs = window.page.form.tabs
    tabs.setCurrentIndex(HouseholdTab.ISSUES)
    settle(qtbot, window)
    qtbot.mouseClick(tabs.registering, LEFT)
    form = opened(qtbot, window, IssueForm)
    assert form.who.home.head == people.FIRST
    type_text(qtbot, form.fields.text, "停水")
    qtbot.mouseClick(form.button, LEFT)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: "停水" in tabs.views[HouseholdTab.ISSUES].toPlainText())
