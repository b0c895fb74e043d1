"""The tree of areas ready to be looked at, against a bare tree view over standard items of the same rows."""

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

TITLE = "tree of areas ready, {case} open"
LIMIT = 3.0
SCALE = "district"
ROUNDS = 3
CASES = ("12", "all")
_CALLS = 5
_ROWS = "SELECT uid, parent, code, name FROM area ORDER BY code"
_SIZE = (280, 900)


def floor(register: Path, folder: Path, case: str) -> float:
    from PySide6.QtGui import QStandardItem, QStandardItemModel
    from PySide6.QtWidgets import QApplication, QTreeView

    application = QApplication([])
    database = sqlite3.connect(register)
    view = QTreeView()
    view.setUniformRowHeights(True)
    view.resize(*_SIZE)
    view.show()
    application.processEvents()

    def show() -> None:
        model = QStandardItemModel(view)
        items: dict[bytes, QStandardItem] = {}
        opened = 0
        for uid, parent, code, name in database.execute(_ROWS):
            item = items[uid] = QStandardItem(f"{name} {code}")
            (items[parent] if parent is not None else model).appendRow(item)
        view.setModel(model)
        for item in items.values():
            if item.hasChildren() and (case == "all" or opened < int(case)):
                view.expand(item.index())
                opened += 1
        view.viewport().repaint()

    return quickest(show)


def ours(register: Path, folder: Path, case: str) -> float:
    from gridapp.areas import tree
    from gridapp.register import open_register
    from ui.app import make_application
    from ui.areas.dock import AreaDock

    application = make_application()
    held = open_register(str(register), create=False)
    codes = [node.code for root in tree.roots(held) for node in root.walk() if node.children]
    opened = set(codes if case == "all" else codes[: int(case)])
    dock = AreaDock()
    dock.resize(*_SIZE)
    dock.show()
    application.processEvents()

    def show() -> None:
        dock.show_tree(tree.roots(held), None, opened)
        dock.view.viewport().repaint()

    return quickest(show)


def quickest(work: Callable[[], object]) -> float:
    """Seconds of the best of a few calls, as the tree is shown again after each change of areas."""
    times = []
    for _ in range(_CALLS):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return min(times)
