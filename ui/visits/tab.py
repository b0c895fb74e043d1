"""The tab of visits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.tabs import LazyTab, Tab

if TYPE_CHECKING:
    from ui.visits.page import VisitsPage


class VisitsTab(LazyTab["VisitsPage"]):
    """Makes the page and connects it to the window."""

    TABLES = frozenset({"household", "visit", "issue", "setting", "area"})

    def make(self) -> VisitsPage:
        from ui.visits.page import VisitsPage

        window = self._window
        page = VisitsPage(window.register, window.reads)
        page.failed.connect(window.tell)
        page.area_asked.connect(self._show_area_of)
        window.visits.serve(page)
        page.restore_state(self._memory)
        return page

    def show_due(self) -> None:
        """Show who is to be visited."""
        self._window.show_tab(Tab.VISITS)
        self.page.show_due()

    def _show_area_of(self, code: str) -> None:
        node = self._window.dock.model.find(code)
        if node is not None and node is not self._window.node:
            self._window.dock.choose(node)
