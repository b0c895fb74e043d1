"""The tab of emergencies, and whatever else in the window tells of them."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from gridapp.areas.tree import Node
from ui.tabs import LazyTab, Tab

if TYPE_CHECKING:
    from ui.emergency.page import EmergencyPage
    from ui.main_window import MainWindow


class EmergencyTab(LazyTab["EmergencyPage"]):
    """Makes the page and connects it to the window."""

    TABLES = frozenset(
        {
            *("emergency", "emergency_plan", "emergency_call", "emergency_report", "duty", "task"),
            *("issue", "household", "member", "service", "absence", "area"),
        }
    )

    def make(self) -> EmergencyPage:
        from ui.emergency.page import EmergencyPage

        window = self._window
        page = EmergencyPage(window.register, window.reads, window.alarm)
        page.failed.connect(window.tell)
        page.area_asked.connect(window.files.ask_area)
        page.code_asked.connect(self._show_area_of)
        window.emergency.serve(page)
        page.restore_state(self._memory)
        return page

    def follow_alarm(self) -> None:
        """Show that other emergencies go on than before."""
        if self.isVisible() and self._page is not None:
            self._page.show_area(self._window.node)
        else:
            self._is_elsewhere = True

    def is_busy(self) -> bool:
        """Whether the page is about to show what was written."""
        return self._page is not None and self._page.is_busy()

    def tick(self) -> None:
        """Show how it stands a minute later."""
        if self.isVisible() and self._page is not None:
            self._page.reload()

    def open(self) -> EmergencyPage:
        """Show the page."""
        self._window.show_tab(Tab.EMERGENCY)
        return self.page

    def open_part(self, part: str) -> None:
        """Show what a line of today leads to."""
        from gridapp.emergency.call_rows import View
        from gridapp.today.emergency import CALLS, DUTY, NEEDS, REPORTS
        from ui.emergency.page import Which

        page = self.open()
        parts = {CALLS: Which.CALLS, NEEDS: Which.CALLS, DUTY: Which.ROTA, REPORTS: Which.REPORTS}
        page.show_part(parts.get(part, Which.PROGRESS))
        if part in (CALLS, NEEDS):
            page.calls.ask_for(View.NOT_CALLED if part == CALLS else View.NEEDS_HELP, part == CALLS)

    def _show_area_of(self, code: str) -> None:
        node = self._window.dock.model.find(code)
        if isinstance(node, Node) and node is not self._window.node:
            self._window.dock.choose(node)


def tell(window: MainWindow) -> None:
    """Let banner, tree and tabs tell of the emergencies that go on."""
    alarm, tab = window.alarm, window.emergency_tab

    def show() -> None:
        one = alarm.nearest()
        others = len(alarm.over(window.node.code)) - 1 if one is not None and window.node is not None else 0
        figures = alarm.figures(one) if one is not None else None
        window.banner.show_emergency(one, figures, others, datetime.datetime.now())

    def follow() -> None:
        window.dock.model.set_emergencies(alarm.active)
        tab.follow_alarm()
        # What pauses with it, or goes on again, is said there.
        for other in (window.today_tab, window.visits_tab):
            other.follow(other.TABLES)

    alarm.changed.connect(show)
    alarm.called.connect(follow)
    alarm.minute.connect(tab.tick)
    window.banner.opened.connect(tab.open)
