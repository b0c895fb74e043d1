"""Keeps the numbers of late issues in the tree of areas true."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Set
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gridapp.issues import deadlines
from gridapp.issues.overdue import overdue_counts
from ui.day import DayWatch

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class OverdueCounts(QObject):
    """Counts beside the window what is late: at first, after issues or areas were written, and when the day changes."""

    def __init__(self, window: MainWindow, watch: DayWatch | None = None) -> None:
        super().__init__(window)
        self._window = window
        self.watch = watch or DayWatch(parent=self)
        self.watch.turned.connect(self.count)

    def follow(self, tables: Set[str]) -> None:
        """Count again if what was written in these tables may have changed the numbers."""
        if tables & {"issue", "area"}:
            self.count()

    def count(self) -> None:
        """Count as of today."""
        register, now = self._window.register, datetime.datetime.now()
        self._window.read(lambda: overdue_counts(register, now), self._show)

    def _show(self, overdue: Mapping[str, int]) -> None:
        year = datetime.date.today().year
        note = (
            "" if deadlines.has_holidays(year) else self.tr("（{0} 年的节假日还不知道，按周一至周五计）").format(year)
        )
        self._window.dock.model.set_overdue(overdue, note)
