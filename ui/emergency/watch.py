"""Keeps in mind which emergencies go on, for whatever in the window tells of them."""

from __future__ import annotations

import datetime
from collections.abc import Set
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from gridapp.emergency import running
from gridapp.emergency.running import Running
from gridapp.ids import Uid

if TYPE_CHECKING:
    from gridapp.emergency.progress import Figures
    from ui.main_window import MainWindow

_LOOKS_MS = 5_000
"""Others may call an emergency from their own places, of which nobody tells this window; to ask costs little."""

_MINUTE = 12
"""At every so many looks, what is told of an emergency is counted anew, since the clock goes on."""

_TABLES = frozenset({"emergency", "emergency_call", "task", "issue", "area", "household"})

Found = tuple[list[Running], "Uid | None", "Figures | None"]


class EmergencyWatch(QObject):
    """``called`` comes when other emergencies go on than before, ``changed`` when anything told of them may be new.

    ``minute`` comes once a minute while one goes on.
    """

    called = Signal()
    changed = Signal()
    minute = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.active: list[Running] = []
        self._figures: Figures | None = None
        self._told_of: Uid | None = None
        self._is_stale = False
        self._is_asking = False
        self._asks_again = False
        self._looks = 0
        self._timer = QTimer(self, interval=_LOOKS_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def over(self, code: str) -> list[Running]:
        """Those that hold for an area, the nearest first."""
        return sorted((one for one in self.active if one.holds_for(code)), key=lambda one: -len(one.area_code))

    def within(self, code: str) -> list[Running]:
        """Those of areas below one."""
        return [one for one in self.active if one.area_code.startswith(code) and one.area_code != code]

    def nearest(self) -> Running | None:
        """The one that is told of in the area that is shown."""
        node = self._window.node
        return next(iter(self.over(node.code)), None) if node is not None else None

    def figures(self, one: Running) -> Figures | None:
        """How far an emergency has come; None while that is being counted."""
        return self._figures if one.uid == self._told_of else None

    def look(self) -> None:
        """Look whether something was called or ended, and once a minute how far it has come."""
        self._looks += 1
        self._ask()
        if self._looks % _MINUTE == 0 and self.active:
            self.minute.emit()

    def follow(self, tables: Set[str]) -> None:
        """Ask again if what was written in these tables may have changed what is told."""
        may_go_on = self.active or self._is_asking  # what is being asked may answer that one does
        if "emergency" in tables or (may_go_on and tables & _TABLES):
            self.count()

    def show_area(self) -> None:
        """Tell of the emergency of the area that is shown now."""
        one = self.nearest()
        self.changed.emit()
        if one is not None and one.uid != self._told_of:
            self.count()

    def count(self) -> None:
        """Ask which go on, and how far the one that is told of has come."""
        self._is_stale = True
        self._ask()

    def _ask(self) -> None:
        if self._window.leaving.is_done:
            return  # the register is closed already
        if self._is_asking:
            self._asks_again = True
            return
        self._is_asking = True
        window = self._window
        register, node, now = window.register, window.node, datetime.datetime.now()
        told_of = None if self._is_stale or self._looks % _MINUTE == 0 else self._told_of
        figures, self._is_stale = self._figures, False

        def read() -> Found:
            found = running.active(register)
            over = [one for one in found if node is not None and one.holds_for(node.code)]
            nearest = max(over, key=lambda one: len(one.area_code), default=None)
            if nearest is None:
                return found, None, None
            if nearest.uid == told_of:
                return found, told_of, figures
            from gridapp.emergency import progress  # what few starts of the window need

            return found, nearest.uid, progress.figures_of(register, nearest.uid, nearest.area_code, now)

        window.reads.start("", lambda _progress, _cancel: read(), register, self._take, self._fail)

    def _take(self, found: Found) -> None:
        self._is_asking = False
        before, self.active = self.active, found[0]
        self._told_of, self._figures = found[1:]
        if [one.uid for one in before] != [one.uid for one in self.active]:
            self.called.emit()
        self.changed.emit()
        if self._asks_again:
            self._asks_again = False
            self._ask()

    def _fail(self, error: Exception) -> None:
        self._is_asking = self._asks_again = False
        self._window.tell(error)
