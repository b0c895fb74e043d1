"""The tab of the service teams."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gridapp.ids import Uid
from ui.tabs import LazyTab, Tab

if TYPE_CHECKING:
    from ui.teams.page import TeamPage


class TeamTab(LazyTab["TeamPage"]):
    """Makes the page and connects it to the window."""

    TABLES = frozenset({"member", "service", "absence", "area", "pairing", "attachment"})

    def make(self) -> TeamPage:
        from ui.teams.page import TeamPage

        page = TeamPage(self._window)
        page.failed.connect(self._window.tell)
        page.restore_state(self._memory)
        return page

    def show_member(self, code: str, member: Uid) -> None:
        """Show the card of a member: in the area that is shown if it lies there, else in their own."""
        window = self._window
        area = window.dock.model.find(code) if code else None
        if area is not None and (window.node is None or not code.startswith(window.node.code)):
            window.dock.choose(area)
        window.show_tab(Tab.TEAM)
        self.page.show_member(member)

    def show_shortage(self, code: str = "") -> None:
        """Show what the area that is shown lacks, of a grid first; one that lies elsewhere is gone to."""
        window = self._window
        area = window.dock.model.find(code) if code else None
        if area is not None and (window.node is None or not code.startswith(window.node.code)):
            window.dock.choose(area)
        window.show_tab(Tab.TEAM)
        self.page.show_shortage(code)
