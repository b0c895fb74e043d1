"""The tab of today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gridapp.issues.ledger import View
from gridapp.today.lines import Kind, Line, Thing
from ui.tabs import LazyTab, Tab

if TYPE_CHECKING:
    from ui.today.page import TodayPage


class TodayTab(LazyTab["TodayPage"]):
    """Makes the page and opens what its lines lead to."""

    TABLES = frozenset({"area", "household", "resident", "visit", "issue", "reporter", "issue_step", "pairing"})

    def make(self) -> TodayPage:
        from ui.today.page import TodayPage

        window = self._window
        page = TodayPage(window.register, window.read)
        page.opened.connect(self._open)
        page.area_asked.connect(window.files.ask_area)
        window.overdue.watch.turned.connect(page.reload)
        return page

    def _open(self, line: Line) -> None:
        """Go to the issue or the household that a line tells of."""
        window = self._window
        if line.thing is Thing.ISSUE:
            window.go_to_issue(line.area_code, line.uid)
        elif line.household is None:
            window.status.show_notice(window.tr("“{0}”不涉及某一户，没有可打开的住户。").format(line.title))
        else:
            window.go_to_household(line.area_code, line.household)

    def _open_all(self, kind: Kind) -> None:
        """Show all of a section where its things are worked."""
        if kind is Kind.DUE:
            self._window.ledger_tab.show_view(View.OPEN)
        elif kind is Kind.REPORT_BACK:
            self._window.ledger_tab.show_calls()
        else:
            self._window.show_tab(Tab.OVERVIEW)
