"""The tab of the issue ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.tabs import LazyTab

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

    def is_busy(self) -> bool:
        """Whether its page is still reading."""
        return self._page is not None and self._page.is_busy()

    def stop(self) -> None:
        """Read nothing any more."""
        if self._page is not None:
            self._page.stop()
