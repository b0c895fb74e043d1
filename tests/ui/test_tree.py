"""The tree of areas: its numbers, its filter, and what choosing in it shows."""

import time

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from gridapp.areas.model import Level
from gridapp.areas.tree import Node
from gridapp.demo.plan import plan
from gridapp.errors import UserError
from gridapp.register import Register
from gridapp.teams.roster import Serving
from tests import factories as make
from tests.ui import people
from tests.ui.driving import LEFT, heads, retype, settle, type_text
from ui.areas.dock import AreaDock
from ui.areas.tree_model import COUNTS, NODE
from ui.main_window import MainWindow
from ui.tabs import Tab


def shown(window: MainWindow, parent: QModelIndex | None = None) -> list[str]:
    """Names of the areas that the tree shows, from the top, whether they stand open or not."""
    model = window.dock.view.model()
    parent = parent or QModelIndex()
    found: list[str] = []
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        found += [index.data(), *shown(window, index)]
    return found


def node(window: MainWindow, code: str) -> Node:
    found = window.dock.model.find(code)
    assert found is not None
    return found


def click(qtbot: QtBot, window: MainWindow, code: str) -> None:
    index = window.dock.model.index_of(node(window, code))
    window.dock.view.expandAll()
    place = window.dock.view.visualRect(index)
    qtbot.mouseClick(
        window.dock.view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, place.topLeft() + QPoint(20, 10)
    )
    settle(qtbot, window)


def breadcrumbs(window: MainWindow) -> list[str]:
    parts = [*window.header.findChildren(QLabel), *window.header.findChildren(QPushButton)]
    names = {one.name for one in node(window, people.THIRD[:6]).walk()}
    seen = [part for part in parts if part.isVisible() and part.text() in names]
    return [part.text() for part in sorted(seen, key=lambda part: part.x())]


def test_the_number_beside_an_area_is_the_sum_of_those_below_it(window: MainWindow) -> None:
    counts = {
        code: window.dock.model.index_of(node(window, code)).data(COUNTS)
        for code in (people.THIRD, people.FOURTH, people.OTHER, people.COMMUNITY, people.THIRD[:6])
    }
    assert [sum(counts[code]) for code in (people.THIRD, people.FOURTH, people.OTHER)] == [20, 8, 4]
    pairs = zip(counts[people.THIRD], counts[people.FOURTH], strict=True)
    assert counts[people.COMMUNITY] == [one + other for one, other in pairs]
    assert sum(counts[people.THIRD[:6]]) == 32
    assert "32 户" in window.dock.model.index_of(node(window, people.THIRD[:6])).data(Qt.ItemDataRole.ToolTipRole)


@pytest.mark.parametrize("typed", ["华苑", "hysq", "HuaYuan", people.OTHER[:12], "003002"])
def test_an_area_is_found_by_name_pinyin_and_code_with_what_is_above_and_below_it(
    window: MainWindow, qtbot: QtBot, typed: str
) -> None:
    retype(qtbot, window.dock.box, typed)
    assert shown(window) == ["南开区", "兴南街道", "华苑社区", "第一网格"]


def test_what_is_nowhere_leaves_the_tree_empty_until_the_box_is_cleared(window: MainWindow, qtbot: QtBot) -> None:
    everything = shown(window)
    retype(qtbot, window.dock.box, "不在这里")
    assert shown(window) == []
    retype(qtbot, window.dock.box, "")
    assert shown(window) == everything


@pytest.mark.parametrize("typed", ["第四", "华苑", "不在这里"])
def test_filtering_changes_neither_the_choice_nor_what_is_shown(window: MainWindow, qtbot: QtBot, typed: str) -> None:
    click(qtbot, window, people.THIRD)
    told: list[Node] = []
    window.dock.chosen.connect(told.append)
    retype(qtbot, window.dock.box, typed)
    assert told == []
    assert window.node is not None and window.node.code == people.THIRD
    retype(qtbot, window.dock.box, "")
    assert told == []
    assert window.dock.current() is node(window, people.THIRD)
    assert window.dock.view.selectionModel().isSelected(window.dock.view.currentIndex())


def test_one_that_is_found_can_be_chosen_while_the_filter_stands(window: MainWindow, qtbot: QtBot) -> None:
    retype(qtbot, window.dock.box, "华苑")
    click(qtbot, window, people.OTHER)
    assert heads(window) == ["朱0", "朱1", "朱2", "朱3"]
    retype(qtbot, window.dock.box, "")
    assert window.dock.current() is node(window, people.OTHER)


def test_down_goes_from_the_box_into_the_tree_to_what_was_found(window: MainWindow, qtbot: QtBot) -> None:
    retype(qtbot, window.dock.box, "第四")
    qtbot.keyClick(window.dock.box, Qt.Key.Key_Down)
    assert window.dock.view.hasFocus()
    assert window.dock.view.currentIndex().data(NODE) is window.node is node(window, people.FOURTH)
    qtbot.keyClick(window.dock.view, Qt.Key.Key_Up)
    assert window.node is node(window, people.COMMUNITY)


def test_choosing_an_area_shows_its_households_and_the_way_to_it(window: MainWindow, qtbot: QtBot) -> None:
    click(qtbot, window, people.FOURTH)
    assert heads(window) == [f"杨{number}" for number in range(8)]
    assert breadcrumbs(window) == ["南开区", "兴南街道", "紫光苑社区", "第四网格"]
    click(qtbot, window, people.COMMUNITY)
    assert len(heads(window)) == 28
    assert breadcrumbs(window) == ["南开区", "兴南街道", "紫光苑社区"]
    assert window.tabs.tabText(Tab.HOUSEHOLDS) == "住户 28"


def test_a_breadcrumb_goes_up_to_its_area(window: MainWindow, qtbot: QtBot) -> None:
    button = next(one for one in window.header.findChildren(QPushButton) if one.text() == "兴南街道")
    qtbot.mouseClick(button, LEFT)
    settle(qtbot, window)
    assert window.dock.current() is node(window, people.THIRD[:9])
    assert len(heads(window)) == 32


def test_the_team_of_a_grid_stands_above_its_households(window: MainWindow, qtbot: QtBot) -> None:
    assert any(
        "网格小刘" in label.text() and "1 + 2 + 0" in label.text() for label in window.header.findChildren(QLabel)
    )
    click(qtbot, window, people.FOURTH)
    assert any(label.text() == "还没有服务队" for label in window.header.findChildren(QLabel))


def test_going_to_an_area_that_the_filter_hides_clears_the_filter(window: MainWindow, qtbot: QtBot) -> None:
    retype(qtbot, window.dock.box, "华苑")
    window.dock.choose(node(window, people.FOURTH))
    assert window.dock.box.text() == ""
    assert window.dock.current() is node(window, people.FOURTH)


def test_an_area_that_cannot_be_read_leaves_the_tree_at_what_is_shown_and_can_be_chosen_again(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(register: Register, code: str) -> list[Serving]:
        raise UserError("连不上共享登记簿。")

    shown, wanted = window.node, window.dock.model.find(people.FOURTH)
    with monkeypatch.context() as away:
        away.setattr("ui.main_window.roster", unreachable)
        window.dock.choose(wanted)
        qtbot.waitUntil(lambda: window.dock.current() is shown)
    assert window.node is shown
    assert window.status.notice() == "连不上共享登记簿。"
    window.dock.choose(wanted)
    assert window.node is wanted


def test_what_stood_open_stands_open_again_once_the_filter_is_gone(window: MainWindow, qtbot: QtBot) -> None:
    view, model = window.dock.view, window.dock.model
    view.collapse(model.index_of(node(window, people.OTHER[:12])))
    before = window.dock.opened_codes()
    assert people.OTHER[:12] not in before
    retype(qtbot, window.dock.box, "华苑")
    assert view.isExpanded(model.index_of(node(window, people.OTHER[:12])))
    assert window.dock.opened_codes() == before  # and is remembered, should the window be closed now
    retype(qtbot, window.dock.box, "")
    assert window.dock.opened_codes() == before
    assert not view.isExpanded(model.index_of(node(window, people.OTHER[:12])))


def test_an_area_that_comes_while_a_filter_stands_is_filtered_too(window: MainWindow, qtbot: QtBot) -> None:
    retype(qtbot, window.dock.box, "hysq")
    make.make_area(window.register, "120104003002002", *people.STREET, "华苑社区", "华苑东网格")
    make.make_area(window.register, "120104003001005", *people.STREET, "紫光苑社区", "第五网格")
    settle(qtbot, window)
    assert shown(window) == ["南开区", "兴南街道", "华苑社区", "第一网格", "华苑东网格"]
    retype(qtbot, window.dock.box, "")
    assert len(shown(window)) == 9  # the district, the street, two communities, five grids


def district() -> list[Node]:
    """The tree of a whole district, as the demo has it."""
    areas = plan("district", seed=1)
    top = Node(b"top", Level.DISTRICT, areas.code, areas.name)
    for street in areas.streets:
        top.children.append(Node(street.code.encode(), Level.STREET, street.code, street.name, top))
        for community in street.communities:
            above = top.children[-1]
            below = Node(community.code.encode(), Level.COMMUNITY, community.code, community.name, above)
            above.children.append(below)
            below.children += [
                Node(grid.code.encode(), Level.GRID, grid.code, grid.name, below) for grid in community.grids
            ]
    return [top]


def test_no_key_typed_into_the_filter_of_a_district_takes_longer_than_a_blink(dressed, qtbot: QtBot) -> None:
    dock = AreaDock()
    qtbot.addWidget(dock)
    dock.resize(280, 900)
    dock.show_tree(district())
    dock.show()
    qtbot.waitExposed(dock)
    dock.model.prepare()
    assert sum(1 for root in dock.model.roots for _node in root.walk()) > 1_600
    slowest: dict[str, float] = {}
    for text in ("第三", "xingnan", "120104003", "网", "zz"):
        for _ in range(3):
            dock.box.clear()
            for key in text:
                begun = time.thread_time()  # what others do on this machine is no matter of ours
                type_text(qtbot, dock.box, key)
                dock.view.viewport().repaint()
                spent = time.thread_time() - begun
                typed = dock.box.text()
                slowest[typed] = min(spent, slowest.get(typed, spent))
    assert max(slowest.values()) < 0.05, slowest
