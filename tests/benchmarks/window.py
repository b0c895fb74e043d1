"""From the start of the process to the first painted rows, against a bare window in the same interpreter."""

import gc
from pathlib import Path

from tests.benchmarks.measuring import since_start

TITLE = "window up"
LIMIT = 3.0
SCALE = "district"
ROUNDS = 5
CASES = ("",)


def prepare(register: Path, folder: Path) -> None:
    """Read the register once, so that no side finds it on a cold disk."""
    with register.open("rb") as file:
        while file.read(1 << 24):
            pass


def floor(register: Path, folder: Path, case: str) -> float:
    from PySide6.QtWidgets import QApplication, QMainWindow

    application = QApplication([])
    window = QMainWindow()
    window.resize(1440, 900)
    window.show()
    application.processEvents()
    window.repaint()
    return since_start()


def ours(register: Path, folder: Path, case: str) -> float:
    from main import COLLECT

    gc.set_threshold(*COLLECT)  # as the door does
    from ui.app import make_application, start

    application = make_application()
    window = start(str(register))
    while not window.page.model.rowCount():
        application.processEvents()
    application.processEvents()
    window.page.table.viewport().repaint()
    return since_start()
