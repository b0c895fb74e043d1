"""Nothing holds up the event loop: tens of thousands of households are paged, sorted, filtered and searched."""

from collections.abc import Callable
from itertools import product

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gridapp.households.grouping import GroupBy
from gridapp.households.listing import SortBy
from gridapp.households.model import Household
from gridapp.ids import new_uid
from gridapp.register import Register
from gridapp.visits.model import Visit
from tests import factories as make
from tests.ui.conftest import MakeWindow
from tests.ui.driving import settle
from tests.ui.heartbeat import Heartbeat
from ui.main_window import MainWindow
from ui.tabs import Tab

BLINK_MS = 50
TRIES = 4
"""A noisy machine interrupts now and then; what blocks blocks every time."""

GRIDS = 40
SURNAMES = "赵钱孙李周吴郑王冯陈"
NAMES = "建国秀英志强桂兰海燕"


@pytest.fixture
def town(register: Register) -> Register:
    """40,000 households in 40 grids, every other one visited."""
    grids = [make.make_grid(register, f"120104003{number // 10 + 1:03}{number % 10 + 1:03}") for number in range(GRIDS)]
    columns = (
        "uid",
        "area",
        "estate",
        "building",
        "entrance",
        "floor",
        "room",
        "head",
        "phone",
        "people",
        "categories",
    )
    homes = [
        (
            *(new_uid(), grid, "盛欣园", str(building), str(entrance), str(floor), f"{floor}{door:02}"),
            SURNAMES[(building + floor) % 10] + NAMES[(door + entrance) % 10],
            f"138{number:04}{building:02}{floor}{door}",
            *(1 + (door + floor) % 5, 1 << (floor + door) % 7),
        )
        for number, grid in enumerate(grids)
        for building, entrance, floor, door in product(range(1, 11), range(1, 6), range(1, 6), range(1, 5))
    ]
    visits = [(new_uid(), home[0], f"2026-0{1 + number % 9}-1{number % 9}") for number, home in enumerate(homes[::2])]
    with register.recording("迁入", actor="资料员") as recording:
        recording.insert_many(Household, columns, homes)
        recording.insert_many(Visit, ("uid", "household", "visited_on"), visits)
    return register


def calm(qtbot: QtBot, window: MainWindow, act: Callable[[], object]) -> tuple[float, float]:
    """The least of some tries of the longest standstill that an action and all that follows from it brings."""
    heartbeat = Heartbeat()
    found = []
    for _ in range(TRIES):
        settle(qtbot, window)
        with heartbeat.listening():
            act()
            qtbot.wait(300)  # pauses in typing, after which something is read
            settle(qtbot, window)
        found.append((heartbeat.working, heartbeat.waiting))
        if not is_felt(*found[-1]):
            break
    return min(found)


def is_felt(working: float, waiting: float) -> bool:
    return working >= BLINK_MS or waiting >= 5 * BLINK_MS


def test_paging_sorting_filtering_and_searching_hold_nothing_up(
    town: Register, make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window(town)
    page, roots = window.page, window.dock.model.roots
    bar = page.table.verticalScrollBar()
    grid = roots[0].children[0].children[1].children[2]
    steps: dict[str, Callable[[], object]] = {
        "a street": lambda: window.dock.choose(grid.parent.parent),
        "the district": lambda: window.dock.choose(roots[0]),
        "to the end": lambda: bar.setValue(bar.maximum()),
        "to the middle": lambda: bar.setValue(bar.maximum() // 2),
        "Ctrl+End": lambda: qtbot.keyClick(page.table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier),
        "a colour": lambda: page.legend.choose(frozenset({2})),
        "all colours": page.legend.clear,
        "typing in the filter": lambda: qtbot.keyClicks(page.box, "wj"),
        "no filter": page.clear_filter,
        "who was not visited": page.quick.unvisited.click,
        "whose issues are open": page.quick.open_issues.click,
        "all filters": page.quick.panel_asked.emit,
        "narrowing places": lambda: qtbot.keyClicks(page.panel.places.line, "1"),
        "no panel": page.panel.close,
        "no filter again": page.clear_filter,
        "searching": lambda: qtbot.keyClicks(window.search, "wjg"),
        "searching a number": lambda: (window.search.clear(), qtbot.keyClicks(window.search, "1380")),
        "by entrance": lambda: page.gather(GroupBy.ENTRANCE),
        "all closed": lambda: page.collapse_all(True),
        "all open": lambda: page.collapse_all(False),
        "all selected": lambda: qtbot.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier),
        "copied": window.cells.copy,
        "by nothing": lambda: page.gather(None),
        "a grid": lambda: window.dock.choose(grid),
        "its map": lambda: window.show_tab(Tab.COLOUR_MAP),
        "its table": lambda: window.show_tab(Tab.HOUSEHOLDS),
    }
    for sort, down in product(SortBy, (False, True)):
        steps[f"sort by {sort}, {down}"] = lambda sort=sort, down=down: page.table.sort_asked.emit(sort, down)
    standstill = {name: calm(qtbot, window, act) for name, act in steps.items()}
    assert {name: times for name, times in standstill.items() if is_felt(*times)} == {}
