"""The tab of today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gridapp.today.lines import Line, Thing
from ui.tabs import LazyTab

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
        """Go to the household of a line; of an issue, to what is told of it there."""
        from ui.households.tabs import Tab as HouseholdTab

        window = self._window
        if line.household is None:
            window.status.show_notice(window.tr("“{0}”不涉及某一户，没有可打开的住户。").format(line.title))
            return
        window.go_to_household(line.area_code, line.household)
        if line.thing is Thing.ISSUE:
            window.page.form.tabs.setCurrentIndex(HouseholdTab.ISSUES)
