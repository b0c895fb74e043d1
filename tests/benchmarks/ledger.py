"""The ledger of a whole district in the real window, until its rows are painted, against the bare table doing the same.

The ledger has 100,000 issues. What is counted for the views above it is read after the rows, and is not part of it.
"""

import datetime
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from tests.benchmarks.ledger_register import ledger_register

if TYPE_CHECKING:
    from ui.main_window import MainWindow

TITLE = "ledger: {case}"
LIMIT = 3.0
SCALE = "district"
ROUNDS = 2
VIEWS = ("open", "mine", "today", "overdue", "soon", "suspended", "review", "report_back", "follow_up", "closed")
SORTS = ("sort by number", "sort by handler", "sort by day")
CASES = (
    *("first look", "another area and back", *(f"view {view}" for view in VIEWS)),
    *("filter by text", "filter by category", *SORTS, "scroll to the end", "board"),
)
_REPEATS = 5


def prepare(register: Path, folder: Path) -> None:
    """Make the ledger, bring it up to date, and read it once, so that no side finds it on a cold disk."""
    from gridapp.register import open_register

    path = ledger_register(register)
    open_register(str(path), create=False).close(backup=False)
    with path.open("rb") as file:
        while file.read(1 << 24):
            pass


def floor(register: Path, folder: Path, case: str) -> float:
    from PySide6.QtWidgets import QApplication

    from tests.benchmarks import bare_ledger as bare
    from tests.benchmarks.table_work import top

    application = QApplication([])
    path, now = ledger_register(register), datetime.datetime.now().replace(microsecond=0)
    code = top(path)
    if case == "board":
        models, views, _body = bare.shown_board(path)
        application.processEvents()
        return _median(lambda: None, lambda: _show_columns(models, views, code))
    begun = time.perf_counter()
    model, view = bare.shown(path)
    if case == "first look":
        model.show(code, bare.condition_of("open", now), bare.BY_DEADLINE)
        view.viewport().repaint()
        return time.perf_counter() - begun
    application.processEvents()
    plain = case.removeprefix("view ")
    condition = bare.condition_of("open" if case == "another area and back" else plain, now)
    orders = dict(zip(SORTS, (bare.BY_NUMBER, bare.BY_HANDLER, bare.BY_REGISTERED), strict=True))

    def act() -> None:
        if case == "scroll to the end":
            view.scrollToBottom()
        else:
            model.show(code, condition, orders.get(case, bare.BY_DEADLINE))
        view.viewport().repaint()

    def back() -> None:
        model.show(code, "", bare.BY_DEADLINE)
        view.scrollToTop()
        view.viewport().repaint()

    return _median(back, act)


def _show_columns(models: list[Any], views: list[Any], code: str) -> None:
    from tests.benchmarks.bare_ledger import BOARD, BY_DEADLINE

    for model, view, states in zip(models, views, BOARD, strict=True):
        model.show(code, f" AND issue.state {states}", BY_DEADLINE)
        view.viewport().repaint()


def ours(register: Path, folder: Path, case: str) -> float:
    from gridapp.issues.ledger import Desk, LedgerFilter, View
    from gridapp.issues.ledger_listing import LedgerSort
    from ui.app import make_application, start
    from ui.issues.ledger_bar import Form
    from ui.memory import settings
    from ui.tabs import Tab

    application = make_application()
    # A day that has begun before: with the page of today behind the ledger, another area would wait for both.
    settings().setValue("window/day", datetime.date.today().isoformat())
    window = start(str(ledger_register(register)))
    window.resize(1440, 900)
    root = window.dock.model.roots[0]
    window.dock.choose(root)
    _settle(application, window)
    begun = time.perf_counter()
    window.show_tab(Tab.LEDGER)
    page = window.ledger_tab.page
    while not page.model.rowCount():
        application.processEvents()
    page.table.viewport().repaint()
    if case == "first look":
        return time.perf_counter() - begun
    everything = LedgerFilter("", View.ALL)
    page.chosen = LedgerFilter("", View.ALL, Desk("物业公司"))
    page.filter_by(LedgerFilter("", View.OPEN) if case == "another area and back" else everything)
    _settle(application, window)
    arrived: list[object] = []
    page.loader.arrived.connect(arrived.append)

    def awaited(act: Callable[[], object]) -> None:
        arrived.clear()
        act()
        while not arrived:
            application.processEvents()

    def act() -> None:
        if case == "scroll to the end":
            page.table.scrollToBottom()
        else:
            awaited(_acts(window, case))
        for view in [column.cards for column in page.board.columns] if case == "board" else [page.table]:
            view.viewport().repaint()

    def back() -> None:
        if case == "another area and back":
            awaited(lambda: window.dock.choose(root.children[0]))
        elif case == "board":
            awaited(lambda: page.show_form(Form.TABLE))
        else:
            awaited(lambda: page.table.sort_asked.emit(LedgerSort.DEADLINE, False))
            awaited(lambda: page.filter_by(everything))
            page.table.scrollToTop()
        _settle(application, window)

    return _median(back, act)


def _acts(window: "MainWindow", case: str) -> Callable[[], object]:
    """What somebody does, by its case."""
    from gridapp.issues.ledger import LedgerFilter, View
    from gridapp.issues.ledger_listing import LedgerSort
    from ui.issues.ledger_bar import Form

    page = window.ledger_tab.page
    sorts = dict(zip(SORTS, (LedgerSort.NUMBER, LedgerSort.HANDLER, LedgerSort.REGISTERED), strict=True))
    if case in sorts:
        return lambda: page.table.sort_asked.emit(sorts[case], sorts[case] is LedgerSort.REGISTERED)
    if case.startswith("view "):
        return lambda: page.take_view(View(case.removeprefix("view ")))
    return {
        "another area and back": lambda: window.dock.choose(window.dock.model.roots[0]),
        "filter by text": lambda: page.filter_by(LedgerFilter("", View.ALL, text="充电")),
        "filter by category": lambda: page.filter_by(LedgerFilter("", View.ALL, categories=frozenset({"water"}))),
        "board": lambda: page.show_form(Form.BOARD),
    }[case]


def _median(back: Callable[[], object], act: Callable[[], object]) -> float:
    """Median seconds of doing something again and again; the first loads glyphs and prepares caches, on both sides."""
    times = []
    for _ in range(_REPEATS + 1):
        back()
        begun = time.perf_counter()
        act()
        times.append(time.perf_counter() - begun)
    return median(times[1:])


def _settle(application: Any, window: "MainWindow") -> None:
    """Let the window come to rest."""
    until = time.monotonic() + 0.2
    while time.monotonic() < until or window.is_busy():
        application.processEvents()
        time.sleep(0.001)
