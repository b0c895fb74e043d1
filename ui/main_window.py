"""The main window: the tree at the left, the pages of the chosen area at the right, what is going on at the bottom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from gridapp.areas import tree
from gridapp.areas.tree import Node
from gridapp.errors import UserError
from gridapp.households.filters import Filter
from gridapp.register import Register, Written
from gridapp.store import undo
from gridapp.teams.roster import roster
from ui import crash, remembering, theme
from ui.actions import Actions
from ui.areas.dock import AreaDock
from ui.areas.overdue import OverdueCounts
from ui.areas.shortage import ShortageCounts
from ui.colour_map.tab import ColourMapTab
from ui.commands import FileCommands, HelpCommands
from ui.emergency.banner import EmergencyBanner
from ui.emergency.tab import EmergencyTab, tell
from ui.emergency.watch import EmergencyWatch
from ui.header import Header
from ui.households.batch_commands import BatchCommands
from ui.households.cell_commands import CellCommands
from ui.households.family_commands import FamilyCommands
from ui.households.page import HouseholdPage
from ui.issues.tab import LedgerTab
from ui.jobs import Jobs, Work
from ui.leaving import Leaving
from ui.list_commands import ListCommands
from ui.memory import settings, strings
from ui.on_demand import OnDemand
from ui.overview.figures import AreaFigures
from ui.overview.page import OverviewPage
from ui.search.box import SearchBox
from ui.search.going import go_to, make_index
from ui.status import StatusBar
from ui.tabs import LazyTab, MainTabs, Tab
from ui.tasks.tab import TasksTab
from ui.teams.tab import TeamTab
from ui.today.tab import TodayTab
from ui.visits.tab import VisitsTab

if TYPE_CHECKING:
    from ui.households.form import HouseholdForm

_FIRST_PAINT_MS = 20


class MainWindow(OnDemand, QMainWindow):
    """Shows one register. ``ready`` comes once, when the first figures stand on screen."""

    ready = Signal()
    another_register = Signal(str)
    _written = Signal(object)

    def __init__(self, register: Register, memory: QSettings | None = None) -> None:
        """Make the window of an open register, which it closes with itself.

        Args:
            memory: where its state is remembered; this user's own settings unless told.
        """
        super().__init__()
        self.register = register
        self._memory = memory or settings()
        self._node: Node | None = None
        self.leaving = Leaving(self, self._memory)
        self.setWindowTitle(self.tr("{0} — 网格服务工作台").format(register.name))
        self.files = FileCommands(self)
        self.help = HelpCommands(self)
        self.batch = BatchCommands(self)
        self.overdue = OverdueCounts(self)
        self.lacking = ShortageCounts(self)
        self.figures = AreaFigures(self)
        self.alarm = EmergencyWatch(self)
        self.family = FamilyCommands(self)
        self.cells = CellCommands(self)
        self.lists = ListCommands(self)
        self.jobs = Jobs(self)
        self.reads = Jobs(self)
        self._build()
        self._connect()
        remembering.restore(self, self._memory, Tab.HOUSEHOLDS)
        self.unsubscribe = register.subscribe(self._written.emit)

    def load(self) -> None:
        """Read the tree and show the area that was shown last."""
        # What is counted beside the window would take the processor from painting it.
        self.reads.hold()
        QTimer.singleShot(_FIRST_PAINT_MS, self.reads.let_go)
        remembered = self._memory
        opened = set(strings(remembered.value("areas/opened")))
        self.dock.show_tree(tree.roots(self.register), str(remembered.value("areas/current") or ""), opened)
        self.figures.count()
        self.overdue.count()
        self.lacking.count()
        self.alarm.count()
        self._show_undo()
        self._make_page(self.tabs.currentIndex())
        (self.today_tab.page if self.tabs.currentIndex() == Tab.TODAY else self.page.table).setFocus()
        make_index(self)

    # What other parts ask for

    def as_window(self) -> MainWindow:
        return self

    def undo(self) -> None:
        """Take back the last batch of this user."""
        self._step(self.tr("撤销"), undo.undo, self.tr("已撤销 {0}"), self.tr("重做"), self.redo)

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._step(self.tr("重做"), undo.redo, self.tr("已重做 {0}"), self.tr("撤销"), self.undo)

    def _step(
        self, title: str, step: Callable[..., str], done: str, back: str, take_back: Callable[[], object]
    ) -> None:
        if self.page.leave():
            self.run(
                title,
                lambda progress, cancel: step(self.register, progress=progress, cancel=cancel),
                lambda label: self.status.show_notice(done.format(label), back, take_back),
            )

    def run(self, title: str, work: Work, finished: Callable[[Any], object]) -> None:
        """Run long work beside the window; what goes wrong is said in the status bar."""
        self.jobs.start(title, work, self.register, finished, self.tell)

    def read(self, work: Callable[[], Any], finished: Callable[[Any], object]) -> None:
        """Read beside the window, also while a long job runs."""
        self.reads.start("", lambda _progress, _cancel: work(), self.register, finished, self.tell)

    def tell(self, error: Exception) -> None:
        """Say a mistake of the user in the status bar, show a bug in full."""
        if isinstance(error, UserError):
            self.status.show_refusal(str(error))
        else:
            crash.show(error, self)

    def is_busy(self) -> bool:
        """Whether something is still being read or done beside the window."""
        page = self.page
        beside = (page.side, page.loader, page.display.live_counts, self.search, self.emergency_tab)
        reads = self.reads.running or any(one.is_busy() for one in beside)
        return bool(self.jobs.running or reads)

    @property
    def node(self) -> Node | None:
        """The area that is shown."""
        return self._node

    def show_counts(self, counts: Sequence[int]) -> None:
        """Show how many households of the area have each colour first."""
        self.page.set_counts(counts)
        self.overview.set_counts(counts)
        self.tabs.tell_count(Tab.HOUSEHOLDS, sum(counts))

    def toggle_dark(self) -> None:
        """Change between the light and the dark theme."""
        self._memory.setValue("theme", theme.toggle().name)

    # How it is built

    def _build(self) -> None:
        self.search = SearchBox(self.register, self)
        self.actions_ = Actions(self)
        self.menuBar().setCornerWidget(self.search.in_corner())
        self.dock = AreaDock(self)
        self.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, self.dock)
        self.header = Header(self.actions_)
        self.overview = OverviewPage()
        self.page = HouseholdPage(self.register)
        on_table = [*self.actions_.on_cells, *self.actions_.on_households, *self.actions_.on_list]
        self.page.table.addActions(on_table)
        self.page.side.made.connect(self.family.connect_to)
        self.page.side.made.connect(lambda form: form.tabs.visit_asked.connect(lambda: self.visits.ask()))
        self.page.side.made.connect(self._connect_issues)
        self.dock.view.addActions(self.actions_.on_areas)
        memory = self._memory
        self.today_tab, self.map_tab = TodayTab(self, memory), ColourMapTab(self, memory)
        self.visits_tab, self.ledger_tab = VisitsTab(self, memory), LedgerTab(self, memory)
        self.tasks_tab, self.team_tab = TasksTab(self, memory), TeamTab(self, memory)
        self.emergency_tab = EmergencyTab(self, memory)
        self.tabs = MainTabs(
            {
                Tab.TODAY: self.today_tab,
                Tab.OVERVIEW: self.overview,
                Tab.HOUSEHOLDS: self.page,
                Tab.COLOUR_MAP: self.map_tab,
                Tab.VISITS: self.visits_tab,
                Tab.LEDGER: self.ledger_tab,
                Tab.TASKS: self.tasks_tab,
                Tab.TEAM: self.team_tab,
                Tab.EMERGENCY: self.emergency_tab,
            }
        )
        self.status = StatusBar()
        self.setStatusBar(self.status)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.banner = EmergencyBanner()
        column.addWidget(self.header)
        column.addWidget(self.banner)
        column.addWidget(self.tabs, 1)
        self.setCentralWidget(body)
        self.status.show_register(self.register)

    def _connect(self) -> None:
        self.dock.chosen.connect(self._show_area)
        self.dock.chosen.connect(self.actions_.show_level)
        self.dock.chosen.connect(self.lacking.tell)
        self.dock.entered.connect(lambda: self.read(self.dock.model.prepare, lambda _nothing: None))
        self.dock.model.dropped.connect(self.batch.move_selected)
        self.header.chosen.connect(self.dock.choose)
        self.header.shortage_asked.connect(lambda: self.team_tab.show_shortage())
        self.overview.shortage_asked.connect(lambda: self.team_tab.show_shortage())
        self.overview.colour_asked.connect(self._open_colour)
        self.overview.issues_asked.connect(self.ledger_tab.show_view)
        self.page.notice.connect(lambda text: self.status.show_notice(text, self.tr("撤销"), self.undo))
        self.page.filter_kept.connect(lambda text, back: self.status.show_notice(text, self.tr("撤销"), back))
        self.page.delete_asked.connect(self.batch.delete)
        self.page.refused.connect(self.status.show_refusal)
        self.page.side.typed.connect(self.status.clear_refusal)
        self.page.import_asked.connect(self.files.ask_import)
        self.page.area_asked.connect(self.files.ask_area)
        self.page.household_asked.connect(self.go_to_household)
        self.page.failed.connect(self.tell)
        self.tabs.currentChanged.connect(self._make_page)
        self.tabs.currentChanged.connect(lambda _tab: self.lists.show_offer())
        self.jobs.started.connect(self.status.follow)
        self.jobs.idle.connect(self.status.end_job)
        self.jobs.idle.connect(lambda: self.status.show_register(self.register))
        self.figures.counted.connect(self.ready)
        self.search.chosen.connect(lambda found: go_to(self, found))
        self.search.failed.connect(self.tell)
        self._written.connect(self._refresh)
        tell(self)

    def share_width(self) -> None:
        """Give the tree what is its due of the window's width, as at a first start."""
        self.resizeDocks([self.dock], [280 if self.width() > 1280 else 200], Qt.Orientation.Horizontal)

    def _connect_issues(self, form: HouseholdForm) -> None:
        form.tabs.issue_asked.connect(lambda uid: self.issues.open(uid))
        form.tabs.registering_asked.connect(lambda: self.issues.register(self.page.side.current))

    # What happens

    def _make_page(self, position: int) -> None:
        tab = self.tabs.widget(position)
        if isinstance(tab, LazyTab):
            _ = tab.page

    def _show_area(self, node: Node | None) -> None:
        if node is not None and self._node is not None and node.uid == self._node.uid:
            self._node = node  # the tree may have been read anew
            return
        if not self.page.leave():
            if self._node is not None:
                QTimer.singleShot(0, lambda: self.dock.choose(self._node))
            return
        try:
            team = roster(self.register, node.code) if node else []
        except UserError as error:  # the server is away; the tree goes back to what is shown
            self.tell(error)
            QTimer.singleShot(0, lambda: self.dock.choose(self._node))
            return
        self._node = node
        self.header.show_area(node, team)
        self.actions_.show_area(node is not None)
        self.lists.show_offer()
        if node is not None:
            self.overview.show_team(node, team)
        self.page.show_area(node)
        for tab in self.tabs.lazy:
            tab.show_area(node)
        self.alarm.show_area()
        self.figures.show()

    def _show_place(self) -> None:
        """Show the name, the place and the team of the same area as they are now."""
        if self._node is None:
            return
        try:
            team = roster(self.register, self._node.code)
        except UserError as error:
            self.tell(error)
            return
        self.header.show_area(self._node, team)
        self.overview.show_team(self._node, team)
        self.page.follow(self._node)

    def _open_colour(self, position: int) -> None:
        self.show_tab(Tab.HOUSEHOLDS)
        self.page.filter_by(Filter("", frozenset({position})))  # just those that were counted

    def _refresh(self, written: Written) -> None:
        """Show what was just written, here or in a job."""
        if self.leaving.is_done:
            return
        self.search.forget()
        if "area" in written.tables:
            self.dock.refresh(tree.roots(self.register))
            self._show_place()
        if written.tables & {"household", "resident", "visit", "issue"}:
            self.page.reload()
            self.page.refresh_form()
        if written.tables & {"pairing", "pairing_contact", "member", "service", "absence"}:
            self.page.refresh_form()
        if written.tables & {"member", "service", "absence"}:
            self._show_place()
        for tab in self.tabs.lazy:
            tab.follow(written.tables)
        if "issues" in vars(self):
            self.issues.written.emit(written.tables)
        self.figures.follow(written.tables)
        self.overdue.follow(written.tables)
        self.lacking.follow(written.tables)
        self.alarm.follow(written.tables)
        self._show_undo()
        make_index(self)

    def _show_undo(self) -> None:
        self.actions_.show_undo(undo.undoable(self.register), undo.redoable(self.register))

    # When it closes

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.leaving.try_to():
            event.accept()
        else:
            event.ignore()
