"""Sorting, filtering by colour and scrolling to the end of a whole district, against the bare table doing the same."""

import sqlite3
import time
from pathlib import Path
from statistics import median

TITLE = "table: {case}"
LIMIT = 3.0
SCALE = "district"
ROUNDS = 2
CASES = ("sort by colour", "sort by name", "sort by people", "filter by colour", "scroll to the end")
_REPEATS = 3
_CONDITIONS = {"filter by colour": " AND household.precedence = 3"}
_ORDERS = {
    "sort by colour": " ORDER BY household.precedence, area.code, household.address_key, household.uid",
    "sort by name": " ORDER BY household.head_pinyin, household.uid",
    "sort by people": " ORDER BY household.people, household.uid",
}


def top(register: Path) -> str:
    database = sqlite3.connect(register)
    (code,) = database.execute("SELECT MIN(code) FROM area").fetchone()
    database.close()
    return code


def timed(show, view, case: str) -> float:
    times = []
    for _ in range(_REPEATS):
        if case == "scroll to the end":
            show()
            view.scrollToTop()
            view.viewport().repaint()
        begun = time.perf_counter()
        if case == "scroll to the end":
            view.scrollToBottom()
        else:
            show()
        view.viewport().repaint()
        times.append(time.perf_counter() - begun)
    return median(times)


def floor(register: Path, folder: Path, case: str) -> float:
    from PySide6.QtWidgets import QApplication

    from tests.benchmarks.bare_table import BY_ADDRESS, shown

    application = QApplication([])
    model, view = shown(register)
    application.processEvents()
    code, condition, order = top(register), _CONDITIONS.get(case, ""), _ORDERS.get(case, BY_ADDRESS)
    return timed(lambda: model.show(code, condition, order), view, case)


def ours(register: Path, folder: Path, case: str) -> float:
    from gridapp.households.filters import Filter
    from gridapp.households.listing import Listing, SortBy
    from gridapp.register import open_register
    from ui.app import make_application
    from ui.households.table_model import HouseholdTableModel
    from ui.households.table_view import HouseholdTable

    application = make_application()
    held = open_register(str(register), create=False)
    model = HouseholdTableModel()
    view = HouseholdTable(model)
    view.resize(1100, 800)
    view.show()
    application.processEvents()
    code = top(register)
    chosen = Filter(code, frozenset({3})) if case in _CONDITIONS else Filter(code)
    sorts = {"sort by colour": SortBy.CATEGORY, "sort by name": SortBy.HEAD, "sort by people": SortBy.PEOPLE}
    return timed(lambda: model.show(Listing(held, chosen, sorts.get(case, SortBy.ADDRESS))), view, case)
