"""How long the event loop stands still."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QTimer


class Heartbeat:
    """``longest`` is the longest time between two beats, in milliseconds."""

    def __init__(self) -> None:
        self._timer = QTimer(interval=1)
        self._timer.timeout.connect(self._beat)
        self._last = 0.0
        self.longest = 0.0

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Measure while the block runs."""
        self.longest, self._last = 0.0, time.perf_counter()
        self._timer.start()
        yield
        self._beat()
        self._timer.stop()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, 1_000 * (now - self._last))
        self._last = now
