"""Visits in the window: registering them wherever households are selected, the plan, the list and the figures."""

import datetime
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from gridapp.households.categories import to_mask
from gridapp.households.model import Household
from gridapp.register import Register
from gridapp.visits import frequency, registering
from gridapp.visits.frequency import STANDARD
from gridapp.visits.model import Visit
from tests import factories as make
from tests.ui import people
from tests.ui.driving import CONTROL, click_row, retype, settle, type_text
from ui.households.tabs import Tab as HouseholdTab
from ui.main_window import MainWindow
from ui.tabs import Tab
from ui.visits.coverage_view import DUE, VISITED
from ui.visits.page import Part, VisitsPage
from ui.visits.visit_dialog import VisitDialog

TODAY = datetime.date.today()
SHIFT = Qt.KeyboardModifier.ShiftModifier
WENT = "网格小刘、机关老何"
DialogT = TypeVar("DialogT", bound=QDialog)


def visits(register: Register) -> list[tuple]:
    """Household, day, members, what was said and needed of each visit, in walking order."""
    query = (
        Visit.select(Household.head, Visit.visited_on, Visit.members, Visit.summary, Visit.needs)
        .join(Household, on=(Household.uid == Visit.household))
        .order_by(Household.address_key, Visit.visited_on)
    )
    return register.all(query.tuples())


def opened(qtbot: QtBot, window: MainWindow, kind: type[DialogT]) -> DialogT:
    """The dialog that is open."""

    def find() -> DialogT | None:
        return next((one for one in window.findChildren(kind) if one.isVisible()), None)

    qtbot.waitUntil(lambda: find() is not None, timeout=5_000)
    found = find()
    assert found is not None
    return found


def press(qtbot: QtBot, widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    qtbot.keyClick(widget, key, modifier or Qt.KeyboardModifier.NoModifier)


def show_visits(qtbot: QtBot, window: MainWindow) -> VisitsPage:
    window.show_tab(Tab.VISITS)
    settle(qtbot, window)
    return window.visits_tab.page


def due(page: VisitsPage) -> list[str]:
    """Who stands in the plan, from the top."""
    model = page.plan.table.paged
    return [model.row(position).home.head for position in range(model.rowCount())]


def test_a_visit_is_registered_for_three_selected_households(qtbot: QtBot, window: MainWindow) -> None:
    click_row(qtbot, window, people.HEADS[0])
    click_row(qtbot, window, people.HEADS[2], SHIFT)
    press(qtbot, window.page.table, Qt.Key.Key_V, CONTROL | SHIFT)
    dialog = opened(qtbot, window, VisitDialog)
    assert dialog.day.text() == "今天"
    qtbot.keyClicks(dialog.members.line, "wg")
    press(qtbot, dialog.members.line, Qt.Key.Key_Return)
    assert dialog.members.members() == "网格小刘"
    assert "仅1人" in dialog.remark("members")
    qtbot.keyClicks(dialog.members.line, " ")
    qtbot.keyClicks(dialog.members.line, "jg")
    press(qtbot, dialog.members.line, Qt.Key.Key_Tab)
    assert (dialog.members.members(), dialog.remark("members")) == (WENT, "")
    qtbot.keyClicks(dialog.summary, "1")
    type_text(qtbot, dialog.needs, "助餐")
    press(qtbot, dialog.needs, Qt.Key.Key_Return)
    settle(qtbot, window)
    expected = [(head, TODAY, WENT, "一切正常", "助餐") for head in people.HEADS[:3]]
    assert visits(window.register) == expected
    assert window.actions_.undo.text() == "撤销 登记走访 3 户"
    window.undo()
    settle(qtbot, window)
    assert visits(window.register) == []


def test_who_went_is_remembered_for_the_next_visit(qtbot: QtBot, window: MainWindow) -> None:
    for head in people.HEADS[:2]:
        window.activateWindow()  # after the last dialog, none is
        qtbot.waitUntil(window.isActiveWindow)
        click_row(qtbot, window, head)
        press(qtbot, window.page.table, Qt.Key.Key_V, CONTROL | SHIFT)
        dialog = opened(qtbot, window, VisitDialog)
        if head == people.HEADS[0]:
            type_text(qtbot, dialog.members.line, "街道老吕")
            assert "仅1人" in dialog.remark("members")
        press(qtbot, dialog.summary, Qt.Key.Key_Return, CONTROL)
        settle(qtbot, window)
    assert [row[2] for row in visits(window.register)] == ["街道老吕", "街道老吕"]


def test_what_is_wrong_is_said_beside_its_field(qtbot: QtBot, window: MainWindow) -> None:
    click_row(qtbot, window, people.FIRST)
    window.actions_.register_visit.trigger()
    dialog = opened(qtbot, window, VisitDialog)
    qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    assert dialog.remark("members") == "请填写走访人。"
    type_text(qtbot, dialog.members.line, WENT)
    retype(qtbot, dialog.day, "2-30")
    qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    assert "看不懂" in dialog.remark("visited_on")
    retype(qtbot, dialog.day, "+1")
    qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    assert "还没有到" in dialog.remark("visited_on")
    retype(qtbot, dialog.day, "-1")
    type_text(qtbot, dialog.follow_up, "送药")
    qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    assert "跟进的日期" in dialog.remark("follow_up_on")
    retype(qtbot, dialog.follow_up_on, "+7")
    qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    ((_head, day, *_rest),) = visits(window.register)
    assert day == TODAY - datetime.timedelta(days=1)


def test_the_plan_lists_who_is_due_and_forgets_whom_one_has_visited(qtbot: QtBot, window: MainWindow) -> None:
    page = show_visits(qtbot, window)
    assert due(page)[:2] == list(people.HEADS[:2]) and len(due(page)) == 20
    page.plan.legend.choose(frozenset({0}))
    settle(qtbot, window)
    assert due(page) == [people.HEADS[0], people.HEADS[7], people.SEVERAL]
    page.plan.legend.clear()
    settle(qtbot, window)
    page.plan.table.setFocus()
    press(qtbot, page.plan.table, Qt.Key.Key_Return)
    dialog = opened(qtbot, window, VisitDialog)
    dialog.members.set_members(WENT)
    qtbot.keyClicks(dialog.summary, "2")
    press(qtbot, dialog.summary, Qt.Key.Key_Return, CONTROL)
    settle(qtbot, window)
    assert due(page)[:2] == list(people.HEADS[1:3])
    assert page.plan.table.paged.row(page.plan.table.currentIndex().row()).home.head == people.HEADS[1]
    qtbot.mouseClick(page.plan.who.buttons[3], Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert due(page)[0] == people.HEADS[0]
    assert page.plan.table.paged.row(0).state == "7 天后到期"


def test_the_plan_narrows_to_a_building_and_to_what_is_typed(qtbot: QtBot, window: MainWindow) -> None:
    page = show_visits(qtbot, window)
    qtbot.waitUntil(lambda: page.plan.building.count() == 4)
    page.plan.building.setCurrentText("盛欣园4号楼")
    page.plan.building.activated.emit(page.plan.building.currentIndex())
    settle(qtbot, window)
    assert len(due(page)) == 10
    type_text(qtbot, page.plan.box, people.SHOP)
    settle(qtbot, window)
    assert due(page) == [people.SHOP]
    retype(qtbot, page.plan.box, "zzzz")
    settle(qtbot, window)
    assert page.plan.empty.isVisible()


def test_a_promise_stands_in_the_plan_until_it_is_kept(qtbot: QtBot, window: MainWindow) -> None:
    home = window.register.value(Household.select(Household.uid).where(Household.head == people.FIRST))
    promise = registering.VisitDraft(TODAY, WENT, follow_up="送药", follow_up_on=TODAY)
    registering.register_visits(window.register, [home], promise)
    page = show_visits(qtbot, window)
    qtbot.mouseClick(page.plan.who.buttons[2], Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert due(page) == [people.FIRST]
    assert "送药" in page.plan.table.paged.row(0).look_at[0]
    page.setCurrentIndex(Part.VISITED)
    settle(qtbot, window)
    page.visited.done_action.trigger()
    settle(qtbot, window)
    assert page.visited.table.paged.row(0).visit.follow_up_state == f"已跟进 {TODAY.isoformat()}"


def test_a_visit_is_changed_deleted_and_brought_back(qtbot: QtBot, window: MainWindow) -> None:
    home = window.register.value(Household.select(Household.uid).where(Household.head == people.FIRST))
    registering.register_visits(window.register, [home], registering.VisitDraft(TODAY, WENT, "头晕"))
    page = show_visits(qtbot, window)
    page.setCurrentIndex(Part.VISITED)
    settle(qtbot, window)
    page.visited.table.setFocus()
    press(qtbot, page.visited.table, Qt.Key.Key_Return)
    dialog = opened(qtbot, window, VisitDialog)
    assert (dialog.summary.toPlainText(), dialog.members.members()) == ("头晕", WENT)
    type_text(qtbot, dialog.needs, "量血压")
    qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert page.visited.table.paged.row(0).visit.needs == "量血压"
    press(qtbot, page.visited.table, Qt.Key.Key_Delete)
    settle(qtbot, window)
    assert page.visited.empty.isVisible()
    window.undo()
    settle(qtbot, window)
    assert page.visited.table.paged.row(0).visit.needs == "量血压"


def test_figures_of_the_coverage_open_the_rows_behind_them(qtbot: QtBot, window: MainWindow) -> None:
    homes = window.register.all(Household.select(Household.uid).where(Household.head.in_(people.HEADS[:2])).tuples())
    registering.register_visits(
        window.register, [uid for (uid,) in homes], registering.VisitDraft(TODAY, WENT, "一切正常")
    )
    window.dock.choose(window.dock.model.find(people.COMMUNITY))
    page = show_visits(qtbot, window)
    page.setCurrentIndex(Part.COVERAGE)
    settle(qtbot, window)
    table = page.coverage.by_area
    told = [[table.item(row, column).text() for column in range(6)] for row in range(table.rowCount())]
    assert told == [
        ["第三网格", "20", "2", "10.0%", "18", "10.0%"],
        ["第四网格", "8", "0", "0.0%", "8", "0.0%"],
        ["合计", "28", "2", "7.1%", "26", "7.1%"],
    ]
    place = table.visualItemRect(table.item(0, DUE)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    settle(qtbot, window)
    assert window.node.code == people.THIRD
    assert page.currentIndex() == Part.PLAN
    assert len(due(page)) == 18 and people.FIRST not in due(page)
    page.setCurrentIndex(Part.COVERAGE)
    settle(qtbot, window)
    page.coverage.by_colour.setFocus()
    page.coverage.by_colour.setCurrentCell(0, VISITED)
    press(qtbot, page.coverage.by_colour, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert page.currentIndex() == Part.VISITED
    assert [page.visited.table.paged.row(row).head for row in range(page.visited.table.paged.rowCount())] == [
        people.FIRST
    ]


def test_the_form_shows_what_is_needed_and_registers_another_visit(qtbot: QtBot, window: MainWindow) -> None:
    home = window.register.value(Household.select(Household.uid).where(Household.head == people.FIRST))
    told = registering.VisitDraft(TODAY, "网格小刘", "头晕", "量血压", "送药", TODAY)
    registering.register_visits(window.register, [home], told)
    click_row(qtbot, window, people.FIRST)
    settle(qtbot, window)
    tabs = window.page.form.tabs
    tabs.setCurrentIndex(HouseholdTab.VISITS)
    settle(qtbot, window)
    shown = tabs.views[HouseholdTab.VISITS].toPlainText()
    for text in ("头晕", "[仅1人]", "需求：量血压", f"待跟进 {TODAY.isoformat()} 送药"):
        assert text in shown
    tabs.visit_asked.emit()
    dialog = opened(qtbot, window, VisitDialog)
    assert dialog.keeps_promise.isVisible() and dialog.keeps_promise.isChecked()
    dialog.members.set_members(WENT)
    press(qtbot, dialog.summary, Qt.Key.Key_Return, CONTROL)
    settle(qtbot, window)
    kept = f"已跟进 {TODAY.isoformat()} 送药"
    qtbot.waitUntil(lambda: kept in tabs.views[HouseholdTab.VISITS].toPlainText())


def test_households_on_the_colour_map_are_visited_too(qtbot: QtBot, window: MainWindow) -> None:
    window.show_tab(Tab.COLOUR_MAP)
    settle(qtbot, window)
    window.colour_map.view.select_all()
    window.actions_.register_visit.trigger()
    settle(qtbot, window)
    dialog = opened(qtbot, window, VisitDialog)
    dialog.members.set_members(WENT)
    press(qtbot, dialog.summary, Qt.Key.Key_Return, CONTROL)
    settle(qtbot, window)
    assert len(visits(window.register)) == 20


def test_where_nobody_is_selected_that_is_said(qtbot: QtBot, window: MainWindow) -> None:
    window.show_tab(Tab.OVERVIEW)
    window.page.table.clearSelection()
    window.actions_.register_visit.trigger()
    settle(qtbot, window)
    assert window.findChildren(VisitDialog) == []
    assert "请先选中要登记走访的住户" in window.status.notice()


def test_how_often_is_agreed_on_for_everybody(qtbot: QtBot, window: MainWindow) -> None:
    from ui.visits.frequency_dialog import FrequencyDialog

    window.actions_.visit_frequency.trigger()
    dialog = opened(qtbot, window, FrequencyDialog)
    dialog.boxes["tenant"].setValue(30)
    qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert frequency.load(window.register).days == {**STANDARD.days, "tenant": 30}
    window.undo()
    settle(qtbot, window)
    assert frequency.load(window.register) == STANDARD


@pytest.fixture
def many(filled: Register) -> Register:
    """The same neighbourhood, with 300 tenants in the fourth grid."""
    grid = make.tree.find(filled, people.FOURTH).uid
    with filled.recording("迁入", actor="资料员"):
        for number in range(300):
            make.make_household(filled, grid, building="9", room=str(1000 + number), categories=to_mask(["tenant"]))
    return filled


def test_a_long_plan_is_read_where_it_is_looked_at(qtbot: QtBot, make_window, many: Register) -> None:
    window = make_window(many)
    window.dock.choose(window.dock.model.find(people.FOURTH))
    page = show_visits(qtbot, window)
    assert page.plan.table.paged.rowCount() == 308
    page.plan.table.scrollToBottom()
    assert page.plan.table.paged.row(307).home.room == "1299"
    page.plan.table.selectAll()
    assert len(page.selected()) == 308
