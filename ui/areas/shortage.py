"""Keeps true, in the tree of areas, how many grids lack somebody of their team."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gridapp.areas.model import Level
from gridapp.areas.tree import Node

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class ShortageCounts(QObject):
    """Counts beside the window: at first, after somebody of a team or an area was written, when the day changes."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._lacking: Mapping[str, int] = {}
        window.overdue.watch.turned.connect(self.count)

    def follow(self, tables: Set[str]) -> None:
        """Count again if what was written in these tables may have changed the numbers."""
        if tables & {"service", "absence", "area"}:
            self.count()

    def count(self) -> None:
        """Count as of today."""
        register = self._window.register

        def count() -> Mapping[str, int]:
            from gridapp.teams.shortage import incomplete_where_teams_are  # what the first painting need not wait for

            return incomplete_where_teams_are(register)

        self._window.read(count, self._show)

    def tell(self, node: Node | None) -> None:
        """Say in the header how many grids of an area lack somebody; of a grid, the header knows itself."""
        if node is not None and node.level is not Level.GRID:
            number = self._lacking.get(node.code, 0)
            text = self.tr("{0} 个网格缺员").format(f"{number:,}") if number else ""
            self._window.header.show_lacking(text)

    def _show(self, lacking: Mapping[str, int]) -> None:
        self._lacking = lacking
        self._window.dock.model.set_lacking(lacking)
        self.tell(self._window.node)
