"""The tab of the issue ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gridapp.ids import Uid
from gridapp.issues.ledger import LedgerFilter
from ui.tabs import LazyTab, Tab

if TYPE_CHECKING:
    from ui.issues.page import LedgerPage


class LedgerTab(LazyTab["LedgerPage"]):
    """Makes the page and connects it to the window."""

    TABLES = frozenset({"issue", "reporter", "issue_step", "household", "area", "member", "setting"})

    def make(self) -> LedgerPage:
        from ui.issues.page import LedgerPage

        page = LedgerPage(self._window)
        page.restore_state(self._memory)
        return page

    def go_to(self, code: str, uid: Uid) -> None:
        """Show an issue: in the area that is shown if it lies there, else in its own."""
        window = self._window
        area = window.dock.model.find(code)
        if area is not None and (window.node is None or not code.startswith(window.node.code)):
            window.dock.choose(area)
        window.show_tab(Tab.LEDGER)
        self.page.show_issue(uid)

    def show_filtered(self, chosen: LedgerFilter) -> None:
        """Show what a filter leaves of the area that is shown."""
        self._window.show_tab(Tab.LEDGER)
        self.page.show_filtered(chosen)

    def is_busy(self) -> bool:
        """Whether its page is still reading."""
        return self._page is not None and self._page.is_busy()

    def stop(self) -> None:
        """Read nothing any more."""
        if self._page is not None:
            self._page.stop()
