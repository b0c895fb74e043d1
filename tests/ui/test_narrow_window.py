"""A window on a small screen, or a large one scaled up: it stays as wide as it is, and what matters is readable."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from gridapp.areas.tree import Node
from gridapp.households.model import Household
from gridapp.register import Register
from gridapp.tasks.editing import TaskDraft
from tests.ui.conftest import MakeWindow
from tests.ui.driving import settle
from ui.main_window import MainWindow
from ui.tabs import Tab
from ui.tasks.table_model import TITLE
from ui.widgets.elided import ElidedLabel


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
