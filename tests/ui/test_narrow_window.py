"""A window on a small screen, or a large one scaled up: it stays as wide as it is, and what matters is readable."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gridapp.areas.model import Area
from gridapp.areas.tree import Node, find
from gridapp.households.model import Household
from gridapp.register import Register
from gridapp.tasks.editing import TaskDraft
from tests import factories as make
from tests.ui import emergencies, people
from tests.ui.conftest import MakeWindow
from tests.ui.driving import settle
from tests.ui.issues import register_one
from ui.emergency.page import Which
from ui.issues.ledger_bar import Form
from ui.main_window import MainWindow
from ui.shortcuts import ShortcutsDialog
from ui.tabs import Tab
from ui.tasks.table_model import TITLE
from ui.visits.page import Part
from ui.widgets.elided import ElidedButton, ElidedLabel


def narrow(make_window: MakeWindow, register: Register, qtbot: QtBot) -> MainWindow:
    window = make_window(register)
    window.resize(960, 620)
    settle(qtbot, window)
    return window


def nodes(window: MainWindow) -> list[Node]:
    return [node for root in window.dock.model.roots for node in root.walk()]


def test_no_area_and_no_filter_makes_the_window_wider(make_window: MakeWindow, filled: Register, qtbot: QtBot) -> None:
    window = narrow(make_window, filled, qtbot)
    for node in nodes(window):
        window.dock.choose(node)
        settle(qtbot, window)
        window.page.set_counts([*[9_876] * 6, 43_210, 0])
        window.page.legend.choose(frozenset({1, 2}))
        qtbot.waitUntil(lambda: window.page.legend.width() >= window.page.legend.sizeHint().width())
        assert window.width() == 960
        window.page.legend.clear()


def test_the_filter_stands_below_the_colours_only_where_there_is_no_room_beside_them(
    make_window: MakeWindow, filled: Register, qtbot: QtBot
) -> None:
    window = narrow(make_window, filled, qtbot)

    def below() -> bool:
        legend, box = window.page.legend, window.page.box
        return box.mapTo(window, QPoint()).y() >= legend.mapTo(window, QPoint(0, legend.height())).y()

    qtbot.waitUntil(below)
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: not below())


def test_the_tree_shows_the_whole_name_of_a_grid(make_window: MakeWindow, filled: Register, qtbot: QtBot) -> None:
    window = narrow(make_window, filled, qtbot)
    view = window.dock.view
    index = view.currentIndex()
    metrics = QFontMetrics(view.font())
    room = view.visualRect(index).intersected(view.viewport().rect()).width()
    assert room > metrics.horizontalAdvance(index.data() + "  1,234  ")


def test_the_name_of_the_area_is_whole_while_the_team_beside_it_gives_way(
    make_window: MakeWindow, filled: Register, qtbot: QtBot
) -> None:
    window = make_window(filled)
    window.header._team.setText("网格员 某某某    1 + 2 + 12 齐" * 5)
    window.resize(960, 620)
    settle(qtbot, window)
    title = next(one for one in window.header.findChildren(ElidedLabel) if one.text() == "第三网格")
    assert title.shown_text() == "第三网格"
    assert window.header._team.shown_text().endswith("…") and window.width() == 960


def test_a_long_name_gives_way_instead_of_widening_the_window(
    make_window: MakeWindow, filled: Register, qtbot: QtBot
) -> None:
    with filled.recording("改名") as recording:
        for household in filled.all(Household.select(Household.uid)):
            recording.update(Household, household.uid, {"head": "天津市某某餐饮管理有限公司" * 5})
    window = narrow(make_window, filled, qtbot)
    window.page.table.go_to(0)
    settle(qtbot, window)
    assert window.width() == 960
    name = next(one for one in window.page.form.findChildren(ElidedLabel) if one.text().startswith("天津市"))
    assert name.shown_text().endswith("…") and len(name.shown_text()) > 5


def test_a_label_with_room_shows_all_of_its_text(qtbot: QtBot) -> None:
    label = ElidedLabel("紫光苑社区第三网格")
    qtbot.addWidget(label)
    label.resize(label.sizeHint())
    assert label.shown_text() == label.text()
    label.resize(60, 20)
    assert label.shown_text() != label.text()
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_tasks_and_plan_make_the_window_neither_wider_nor_higher(
    make_window: MakeWindow, filled: Register, qtbot: QtBot
) -> None:
    window = narrow(make_window, filled, qtbot)
    window.show_tab(Tab.TASKS)
    page = window.tasks_tab.page
    page.add_line.asked.emit(TaskDraft("清理楼道堆物和车棚里的旧自行车"))
    settle(qtbot, window)
    assert page.table.columnWidth(TITLE) > 100
    page.show_plan(True)
    page.plan.write()
    settle(qtbot, window)
    assert (window.width(), window.height()) == (960, 620)


def test_long_names_of_areas_above_give_way_before_that_of_the_area_itself(
    make_window: MakeWindow, filled: Register, qtbot: QtBot
) -> None:
    with filled.recording("改名") as recording:
        for area in filled.all(Area.select(Area.uid, Area.name)):
            recording.update(Area, area.uid, {"name": f"{area.name}盛欣园南里东段北区"[:12]})
    window = narrow(make_window, filled, qtbot)
    crumbs = window.header.findChildren(ElidedButton)
    title = next(one for one in window.header.findChildren(ElidedLabel) if one.text().startswith("第三网格"))
    assert window.width() == 960
    assert len(title.shown_text()) >= 9
    assert len(crumbs) == 3 and all(one.shown_text().endswith("…") for one in crumbs)
    window.resize(1800, 900)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: all(one.shown_text() == one.text() for one in crumbs))


def test_no_form_of_the_ledger_makes_the_window_wider(make_window: MakeWindow, filled: Register, qtbot: QtBot) -> None:
    register_one(filled, "电梯里的灯不亮，晚上看不清楼层按钮" * 3)
    window = narrow(make_window, filled, qtbot)
    window.show_tab(Tab.LEDGER)
    for form in Form:
        window.ledger_tab.page.show_form(form)
        settle(qtbot, window)
        assert window.width() == 960


def test_a_long_unit_gives_way_to_the_telephone_beside_it(
    make_window: MakeWindow, filled: Register, qtbot: QtBot
) -> None:
    member = make.make_member(filled, name="努尔艾合买提·吐尔逊", unit="区机关事务管理局" * 5, phone="13820009999")
    make.make_service(filled, member, find(filled, people.THIRD).uid)
    window = narrow(make_window, filled, qtbot)
    window.show_tab(Tab.OVERVIEW)
    settle(qtbot, window)
    phone = next(one for one in window.overview.findChildren(QLabel) if one.text() == "13820009999")
    assert phone.visibleRegion().boundingRect() == phone.rect()


def test_what_the_figures_of_the_coverage_are_of_is_in_sight(
    make_window: MakeWindow, filled: Register, qtbot: QtBot
) -> None:
    window = narrow(make_window, filled, qtbot)
    window.show_tab(Tab.VISITS)
    window.visits_tab.page.setCurrentIndex(Part.COVERAGE)
    settle(qtbot, window)
    view = window.visits_tab.page.coverage
    for table in (view.by_area, view.by_colour):
        qtbot.waitUntil(lambda one=table: not one.horizontalScrollBar().isVisible())
        assert table.columnViewportPosition(0) == 0 and table.columnWidth(0) >= 100


def test_how_a_call_of_an_emergency_ended_is_in_sight_whatever_is_told_of_the_household(
    make_window: MakeWindow, filled: Register, qtbot: QtBot
) -> None:
    with filled.recording("备注") as recording:
        for household in filled.all(Household.select(Household.uid)):
            recording.update(Household, household.uid, {"note": "行动不便，敲门要等一会儿，请多响几声。" * 8})
    emergencies.call(filled)
    window = narrow(make_window, filled, qtbot)
    emergencies.go_to(qtbot, window)
    page = emergencies.show(qtbot, window, Which.CALLS)
    card = page.calls.card
    shown = [*card.buttons.values(), card.note]
    qtbot.waitUntil(lambda: all(one.visibleRegion().boundingRect() == one.rect() for one in shown))


def test_the_page_of_shortcuts_is_no_wider_than_a_small_screen(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_.shortcuts.trigger()
    dialog = next(one for one in window.findChildren(ShortcutsDialog) if one.isVisible())
    assert dialog.width() <= 1024 and dialog.height() <= dialog.screen().availableSize().height()
    qtbot.waitUntil(lambda: not dialog.lines.horizontalScrollBar().isVisible())
    dialog.close()
