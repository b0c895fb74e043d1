"""The tab of the issue ledger."""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING

from gridapp.areas.tree import Node
from gridapp.ids import Uid
from gridapp.issues.ledger import LedgerFilter, View
from ui.tabs import LazyTab, Tab

if TYPE_CHECKING:
    from ui.issues.page import LedgerPage
    from ui.taking import Offer


class LedgerTab(LazyTab["LedgerPage"]):
    """Makes the page and connects it to the window."""

    TABLES = frozenset({"issue", "reporter", "issue_step", "household", "area", "member", "setting"})

    def make(self) -> LedgerPage:
        from ui.issues.page import LedgerPage

        page = LedgerPage(self._window)
        page.restore_state(self._memory)
        page.form_told.connect(self._window.lists.show_offer)
        return page

    def list_offer(self) -> Offer | None:
        """What can be taken away of what is seen."""
        from ui.issues.list_offers import offer_of

        return offer_of(self._window, self._page) if self._page is not None else None

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

    def show_view(self, view: View) -> None:
        """Show one of the everyday looks."""
        self.show_filtered(LedgerFilter("", view))

    def show_calls(self) -> None:
        """Show who is to be called."""
        from ui.issues.ledger_bar import Form

        self._window.show_tab(Tab.LEDGER)
        self.page.show_form(Form.CALLS)

    def show_area(self, node: Node | None) -> None:
        """Show another area, and in the tab itself how much of it is open."""
        super().show_area(node)
        self._count()

    def follow(self, tables: Set[str]) -> None:
        """Show what was written in these tables."""
        super().follow(tables)
        if tables & {"issue", "area"}:
            self._count()

    def _count(self) -> None:
        window = self._window
        node, register = window.node, window.register
        if node is None:
            self._show_count(None, 0)
            return

        def count() -> int:
            from gridapp.issues.ledger_listing import open_count  # what the first painting need not wait for

            return open_count(register, node.code)

        window.read(count, lambda found: self._show_count(node, found))

    def _show_count(self, node: Node | None, count: int) -> None:
        window = self._window
        if (node and node.uid) == (window.node and window.node.uid):  # one may have gone elsewhere meanwhile
            window.overview.set_open_issues(count)
            window.tabs.tell_count(Tab.LEDGER, count)
