"""Opening nodes of the tree, each until its first rows are painted, against a bare table over a paging query."""

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

TITLE = "open node: {case}"
LIMIT = 2.0
SCALE = "district"
ROUNDS = 3
CASES = ("district", "street", "community", "grid")
_NODES = 12


def codes(register: Path, case: str) -> list[str]:
    """Some nodes of a level, spread over the district."""
    database = sqlite3.connect(register)
    query = "SELECT code FROM area WHERE level = ? ORDER BY code"
    found = [code for (code,) in database.execute(query, (CASES.index(case) + 1,))]
    database.close()
    return found[:: max(1, len(found) // _NODES)][:_NODES]


def opened(register: Path, case: str, show: Callable[[str], None], paint: Callable[[], None]) -> float:
    """Median seconds of opening one node of a level."""
    nodes = codes(register, case)
    times = []
    for code in [nodes[0], *nodes * (_NODES // len(nodes))]:
        begun = time.perf_counter()
        show(code)
        paint()
        times.append(time.perf_counter() - begun)
    return median(times[1:])  # the first loads glyphs and prepares caches, on both sides


def floor(register: Path, folder: Path, case: str) -> float:
    from PySide6.QtWidgets import QApplication

    from tests.benchmarks.bare_table import shown

    application = QApplication([])
    model, view = shown(register)
    application.processEvents()
    return opened(register, case, model.show, view.viewport().repaint)


def ours(register: Path, folder: Path, case: str) -> float:
    from gridapp.households.filters import Filter
    from gridapp.households.listing import Listing
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
    return opened(register, case, lambda code: model.show(Listing(held, Filter(code))), view.viewport().repaint)
