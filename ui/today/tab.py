"""The tab of today."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from gridapp.issues.ledger import View
from gridapp.today.lines import Kind, Line, Thing
from ui.tabs import LazyTab

if TYPE_CHECKING:
    from ui.today.page import TodayPage


class TodayTab(LazyTab["TodayPage"]):
    """Makes the page and opens what its lines lead to."""

    TABLES = frozenset(
        {
            *("area", "household", "resident", "visit", "issue", "reporter", "issue_step"),
            *("pairing", "pairing_contact", "member", "service", "absence", "task", "setting"),
            *("emergency", "emergency_call", "emergency_report", "duty"),
        }
    )

    def make(self) -> TodayPage:
        from ui.today.page import TodayPage

        window = self._window
        page = TodayPage(window.register, window.read)
        page.opened.connect(self._open)
        page.all_asked.connect(self._open_all)
        page.area_asked.connect(window.files.ask_area)
        window.overdue.watch.turned.connect(page.reload)
        return page

    def _open(self, line: Line) -> None:
        """Go to the issue, the task or the household that a line tells of."""
        window = self._window
        if line.thing is Thing.EMERGENCY:
            window.emergency_tab.open_part(line.part)
        elif line.thing is Thing.ISSUE:
            window.go_to_issue(line.area_code, line.uid)
        elif line.thing is Thing.TASK:
            window.go_to_task(line.area_code, line.uid)
        elif line.thing is Thing.SHORTAGE:
            window.team_tab.show_shortage(line.area_code)
        elif line.household is None:
            window.status.show_notice(window.tr("“{0}”不涉及某一户，没有可打开的住户。").format(line.title))
        else:
            window.go_to_household(line.area_code, line.household)

    def _open_all(self, kind: Kind) -> None:
        """Show all of a section where its things are worked."""
        from gridapp.teams.pairing_contacts import Which

        window = self._window
        ways: dict[Kind, Callable[[], object]] = {
            Kind.EMERGENCY: window.emergency_tab.open,
            Kind.DUE: lambda: window.ledger_tab.show_view(View.OPEN),
            Kind.REPORT_BACK: window.ledger_tab.show_calls,
            Kind.VISIT: window.visits_tab.show_due,
            Kind.TASK: window.tasks_tab.show_open,
            Kind.SHORTAGE: window.team_tab.show_shortage,
            Kind.CONTACT: lambda: window.pairings.ask_list(Which.DUE),
        }
        ways[kind]()
