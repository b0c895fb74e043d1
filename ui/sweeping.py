"""Cycles of objects are looked for in the window's thread alone: widgets among them may be deleted nowhere else."""

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 200
"""So often that what a long job has left behind since is swept within a blink."""


class Sweeper(QObject):
    """Collects, as often as Python itself would, in the thread that made it.

    Python collects in whichever thread happens to allocate. Were that a job's, a closed window or dialog that nothing
    but its own parts refers to would be deleted there while Qt still works with it, and the program would die.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(sweep)
        self._timer.start()


def sweep() -> None:
    """Collect the oldest generation that has grown enough, and with it those that are younger."""
    grown, enough = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0):
        if grown[generation] > enough[generation]:
            gc.collect(generation)
            return
