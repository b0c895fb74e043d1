"""How long work tells how far it is, and is told to stop."""

import threading
from collections.abc import Callable

from gridapp.errors import Cancelled

Progress = Callable[[int, int, str], None]
"""Called as ``progress(done, total, message)``; ``total`` is 0 while it is unknown."""


def silent(done: int, total: int, message: str) -> None:
    """Progress that nobody watches."""


class CancelToken:
    """A flag that one thread sets and the working thread looks at between steps."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        self._event.set()

    def is_set(self) -> bool:
        """Whether somebody has asked for it."""
        return self._event.is_set()

    def check(self) -> None:
        """Raise ``Cancelled`` once somebody has asked for it."""
        if self._event.is_set():
            raise Cancelled
