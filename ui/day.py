"""Notices that another day has begun while the window stands open."""

import datetime
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

_LOOKS_MS = 60_000
"""A timer set for midnight would be late after the machine has slept."""


class DayWatch(QObject):
    """Emits ``turned`` once another day has begun."""

    turned = Signal()

    def __init__(self, today: Callable[[], datetime.date] = datetime.date.today, parent: QObject | None = None) -> None:
        """Begin to watch.

        Args:
            today: says which day it is.
        """
        super().__init__(parent)
        self._today = today
        self._seen = today()
        self._timer = QTimer(self, interval=_LOOKS_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Look at the calendar."""
        if self._today() != self._seen:
            self._seen = self._today()
            self.turned.emit()
