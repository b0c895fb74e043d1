"""How long the event loop stands still."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QTimer


class Heartbeat:
    """``working`` is the longest that this thread worked between two beats, ``waiting`` the longest there was none.

    Both in milliseconds. On a busy machine a thread waits for its turn, which is not what it does itself.
    """

    def __init__(self) -> None:
        self._timer = QTimer(interval=1)
        self._timer.timeout.connect(self._beat)
        self._last = (0.0, 0.0)
        self.working = self.waiting = 0.0

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Measure while the block runs."""
        self.working = self.waiting = 0.0
        self._last = self._now()
        self._timer.start()
        yield
        self._beat()
        self._timer.stop()

    def _beat(self) -> None:
        now = self._now()
        self.working = max(self.working, now[0] - self._last[0])
        self.waiting = max(self.waiting, now[1] - self._last[1])
        self._last = now

    @staticmethod
    def _now() -> tuple[float, float]:
        return 1_000 * time.thread_time(), 1_000 * time.perf_counter()
