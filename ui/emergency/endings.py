"""How an emergency ends in the window, and what is left of it: reports, summaries, documents."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from gridapp.emergency.running import Running

if TYPE_CHECKING:
    from ui.emergency.page import EmergencyPage
    from ui.main_window import MainWindow

Write = Callable[..., bool]


class Endings(QObject):
    """Works on the emergency that it is given."""

    def __init__(self, window: MainWindow, write: Write) -> None:
        super().__init__(window)
        self._window, self._write = window, write

    def serve(self, page: EmergencyPage) -> None:
        """Do what is asked for on the page."""

    def ask(self, one: Running) -> None:
        """Ask for the summary."""

    def show_report(self, one: Running) -> None:
        """Show it."""

    def ask_pack(self, one: Running | None) -> Any:
        """Ask for a file."""
