"""One issue in a window of its own, where no ledger is beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout

from gridapp.households import families
from gridapp.ids import Uid
from ui.issues.detail import IssueDetail

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_WIDTH, _HEIGHT = 560, 720


class DetailDialog(QDialog):
    """Shows the pane; going to a household closes it."""

    def __init__(self, window: MainWindow, issue: Uid) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("民意"))
        self._window = window
        self.detail = IssueDetail(window)
        self.detail.show_issue(issue)
        self.detail.household_asked.connect(self._go)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.detail)
        self.resize(_WIDTH, _HEIGHT)

    def _go(self, household: Uid) -> None:
        code = families.grid_of(self._window.register, household)
        self.close()
        self._window.go_to_household(code or "", household)
