"""Long work that a dialog asks for: the dialog waits for it, and says itself what was refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog
from shiboken6 import isValid

from gridapp.errors import UserError
from ui.jobs import Work

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def start(
    window: MainWindow,
    dialog: QDialog,
    title: str,
    work: Work,
    finished: Callable[[Any], object],
    refuse: Callable[[UserError], object],
) -> None:
    """Do the work beside the window, close the dialog and hand over the answer.

    Args:
        dialog: somebody may close it while the work goes on.
        refuse: says in the dialog what was refused.
    """
    dialog.setEnabled(False)

    def end(told: Callable[[Any], object], value: Any) -> None:
        if isValid(dialog):
            dialog.setEnabled(True)
            dialog.accept()
        told(value)

    def failed(error: Exception) -> None:
        if isinstance(error, UserError) and isValid(dialog):
            dialog.setEnabled(True)
            refuse(error)
        else:
            end(window.tell, error)

    window.jobs.start(title, work, window.register, lambda answer: end(finished, answer), failed)
