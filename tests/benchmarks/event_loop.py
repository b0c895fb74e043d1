"""The longest that the window of a whole district works without looking at the mouse, against a blink of 50 ms.

The memory beside it is what the window takes after all of this; it shall stay below 400 MB.
"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.main_window import MainWindow

TITLE = "event loop: {case}"
LIMIT = 1.0
SCALE = "district"
ROUNDS = 2
CASES = ("open", "sort", "filter", "search", "save")
_BLINK = 0.05


def floor(register: Path, folder: Path, case: str) -> float:
    return _BLINK


def ours(register: Path, folder: Path, case: str) -> float:
    import shutil

    from PySide6.QtWidgets import QApplication

    from tests.ui.heartbeat import Heartbeat
    from ui.app import make_application, start

    if case == "save":  # in a copy, since the register serves others
        register = Path(shutil.copy(register, folder / "saved.db"))
    application: QApplication = make_application()
    window = start(str(register))
    heartbeat, longest = Heartbeat(), 0.0
    _settle(application, window)
    for act in _STEPS[case](window):
        with heartbeat.listening():
            act()
            _settle(application, window)
        longest = max(longest, heartbeat.working)
    return longest / 1_000


def _settle(application: object, window: "MainWindow") -> None:
    """Let the window come to rest, pauses in typing included."""
    from PySide6.QtWidgets import QApplication

    assert isinstance(application, QApplication)
    until = time.monotonic() + 0.4
    while time.monotonic() < until or window.is_busy():
        application.processEvents()
        time.sleep(0.001)


def _open(window: "MainWindow") -> Iterator[Callable[[], object]]:
    root = window.dock.model.roots[0]
    street = root.children[0]
    bar = window.page.table.verticalScrollBar()
    for node in (street, street.children[0], street.children[0].children[0], root):
        yield lambda node=node: window.dock.choose(node)
    yield lambda: bar.setValue(bar.maximum())
    yield lambda: bar.setValue(bar.maximum() // 2)


def _sort(window: "MainWindow") -> Iterator[Callable[[], object]]:
    from gridapp.households.listing import SortBy

    window.dock.choose(window.dock.model.roots[0])
    for sort in SortBy:
        for down in (False, True):
            yield lambda sort=sort, down=down: window.page.table.sort_asked.emit(sort, down)


def _filter(window: "MainWindow") -> Iterator[Callable[[], object]]:
    window.dock.choose(window.dock.model.roots[0])
    yield lambda: window.page.legend.choose(frozenset({1}))
    yield window.page.legend.clear
    for text in ("w", "wang", "138", "3号楼2门"):
        yield lambda text=text: window.page.box.setText(text)
    yield window.page.clear_filter


def _search(window: "MainWindow") -> Iterator[Callable[[], object]]:
    yield window.search.setFocus
    for text in ("w", "wg", "wgq", "138", "3号楼2门"):
        yield lambda text=text: window.search.setText(text)


def _save(window: "MainWindow") -> Iterator[Callable[[], object]]:
    window.dock.choose(window.dock.model.roots[0])
    yield lambda: window.page.table.go_to(300_000)
    for number in "12":
        yield lambda number=number: _typed(window, f"1381234567{number}")
    yield window.undo


def _typed(window: "MainWindow", phone: str) -> None:
    line = window.page.form.lines["phone"]
    line.setText(phone)
    line.textEdited.emit(phone)
    window.page.side.save()


_STEPS = {"open": _open, "sort": _sort, "filter": _filter, "search": _search, "save": _save}
