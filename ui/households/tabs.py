"""The tabs of a household: its form, and what is known of its visits, its issues and its past."""

import datetime
from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gridapp.households import words
from gridapp.households.history import Entry
from gridapp.issues.listing import IssueRow
from gridapp.visits.listing import VisitRow
from ui import theme
from ui.households.records import Happened, RecordView
from ui.widgets.empty import EmptyState


class Tab(IntEnum):
    """The tabs, from the left."""

    FORM = 0
    VISITS = 1
    ISSUES = 2
    HISTORY = 3


READ = (Tab.VISITS, Tab.ISSUES, Tab.HISTORY)
"""The tabs whose contents others read."""


class HouseholdTabs(QTabWidget):
    """Shows what others read. ``more_asked`` when the user wants to see more than the current tab holds.

    ``issue_asked`` carries an issue to be opened, ``registering_asked`` comes when a new one is to be registered.
    """

    more_asked = Signal()
    visit_asked = Signal()
    issue_asked = Signal(bytes)
    registering_asked = Signal()

    def __init__(self, form: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDocumentMode(True)
        # Tab goes from the table straight into the form; Ctrl+Tab goes from one of these to the next.
        self.tabBar().setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.tabBar().setAccessibleName(self.tr("资料、走访、民意、历史"))
        self._names = {
            Tab.FORM: self.tr("资料"),
            Tab.VISITS: self.tr("走访"),
            Tab.ISSUES: self.tr("民意"),
            Tab.HISTORY: self.tr("历史"),
        }
        self.views = {tab: RecordView(self._names[tab]) for tab in READ}
        self._stacks = {tab: _Stack(self.views[tab]) for tab in READ}
        self.addTab(form, self._names[Tab.FORM])
        for tab in READ:
            self.addTab(self._stacks[tab], self._names[tab])
            self.views[tab].more_asked.connect(self.more_asked)
        self._visit = QToolButton()
        self._visit.setIcon(theme.icon("plus"))
        self._visit.setText(self.tr("登记走访"))
        self._visit.setToolTip(self.tr("登记走访 (Ctrl+Shift+V)"))
        self._visit.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._visit.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._visit.clicked.connect(lambda: self.visit_asked.emit())
        self._visit.hide()
        self.setCornerWidget(self._visit)
        self.currentChanged.connect(lambda tab: self._visit.setVisible(tab == Tab.VISITS))
        self.views[Tab.ISSUES].opened.connect(lambda name: self.issue_asked.emit(bytes.fromhex(name)))
        self.registering = QPushButton(theme.icon("plus"), self.tr("登记民意"))
        self.registering.clicked.connect(lambda _checked=False: self.registering_asked.emit())
        self._stacks[Tab.ISSUES].put_below(self.registering)
        for tab in Tab:
            self.setTabToolTip(tab, self.tr("{0} (Ctrl+Tab 切换)").format(self._names[tab]))

    @property
    def current(self) -> Tab:
        return Tab(self.currentIndex())

    def show_nothing(self, stored: bool) -> None:
        """Forget what was shown of another household.

        Args:
            stored: whether the household is in the register; else there is nothing to be read of it.
        """
        for tab in READ:
            self.setTabText(tab, self._names[tab])
            self.setTabEnabled(tab, stored)
            self._stacks[tab].show_records([])
        if not stored:
            self.setCurrentIndex(Tab.FORM)

    def show_counts(self, counts: dict[Tab, int]) -> None:
        """Say in the names of the tabs how much there is in each."""
        for tab, count in counts.items():
            self.setTabText(tab, f"{self._names[tab]} {count:,}")

    def show_visits(self, visits: Sequence[VisitRow], more: bool) -> None:
        today = datetime.date.today()
        shown = [self._visit_told(one, today) for one in visits]
        self._stacks[Tab.VISITS].show_records(shown, "person-simple-walk", self.tr("还没有走访过这一户。"), more)

    def show_issues(self, issues: Sequence[IssueRow], more: bool) -> None:
        shown = [self._issue(one) for one in issues]
        self._stacks[Tab.ISSUES].show_records(shown, "chat-text", self.tr("这一户还没有反映过民意。"), more)

    def show_history(self, entries: Sequence[Entry], more: bool) -> None:
        shown = [self._entry(one) for one in entries]
        text = self.tr("还没有改动记录。")
        self._stacks[Tab.HISTORY].show_records(shown, "clock-counter-clockwise", text, more)

    def _visit_told(self, visit: VisitRow, today: datetime.date) -> Happened:
        lines = [*_given(visit.members)]
        if visit.needs:
            lines.append(self.tr("需求：{0}").format(visit.needs))
        if visit.follow_up_on is not None:
            lines.append(f"{visit.follow_up_state} {visit.follow_up}".strip())
        when = words.day_text(visit.visited_on, today)
        return Happened(when, visit.summary or self.tr("没有写内容"), tuple(lines), visit.company, bool(visit.company))

    def _entry(self, entry: Entry) -> Happened:
        when = f"{words.moment_text(entry.moment)}  {entry.actor}"
        return Happened(when, entry.label, entry.lines, self.tr("已撤销") if entry.undone else "")

    def _issue(self, issue: IssueRow) -> Happened:
        today = datetime.date.today()
        when = self.tr("{0} 登记").format(words.day_text(issue.registered_on, today))
        if issue.resolved_on is not None:
            when += self.tr("，{0} 办结").format(words.day_text(issue.resolved_on, today))
        about = "  ".join(filter(None, (issue.number, issue.category, issue.handler, issue.satisfaction)))
        state = "  ".join(filter(None, (issue.state_name, issue.deadline)))
        return Happened(when, issue.description, _given(about), state, issue.is_open, issue.uid.hex())


class _Stack(QWidget):
    """A list, or a sentence where there is nothing to list, and what can be done below it."""

    def __init__(self, view: RecordView) -> None:
        super().__init__()
        self._view = view
        self._empty = EmptyState()
        self._pages = QStackedWidget()
        self._pages.addWidget(view)
        self._pages.addWidget(self._empty)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._pages, 1)

    def put_below(self, button: QPushButton) -> None:
        """Put a button below the list."""
        row = QHBoxLayout()
        row.setContentsMargins(16, 8, 16, 12)
        row.addWidget(button)
        row.addStretch()
        self._column.addLayout(row)

    def show_records(self, records: Sequence[Happened], icon: str = "", empty: str = "", more: bool = False) -> None:
        self._view.show_records(records, more)
        if not records and empty:
            self._empty.show_text(icon, empty)
        self._pages.setCurrentWidget(self._view if records or not empty else self._empty)


def _given(line: str) -> tuple[str, ...]:
    return (line,) if line else ()
