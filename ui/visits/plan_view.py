"""Who is to be visited next: by day, colour, building and text, in walking order or the most urgent first."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from gridapp.areas.model import Level
from gridapp.areas.tree import Node
from gridapp.errors import UserError
from gridapp.households import estates
from gridapp.households.filter_words import place_text
from gridapp.households.filters import Place
from gridapp.households.words import categories_text, day_text, people_text
from gridapp.ids import Uid
from gridapp.register import Register
from gridapp.visits.frequency import days_text
from gridapp.visits.plan import Plan, PlanFilter, PlanOrder, Who
from ui import theme
from ui.households.legend import Legend
from ui.households.loading import ListingLoader
from ui.jobs import Jobs
from ui.widgets.choice import Choice
from ui.widgets.empty import EmptyState
from ui.widgets.filter_box import FilterBox
from ui.widgets.flow import FlowLayout
from ui.widgets.paged_table import Column, PagedTable

_SOON = 7
_TODAY, _WEEK, _PROMISED, _ALL = range(4)


class PlanView(QWidget):
    """``registering_asked`` with the households chosen, ``opened`` with one that is to be seen in its table.

    ``sheet_asked`` carries the filter of what is shown; ``entering_asked`` and ``frequency_asked`` carry nothing.
    """

    registering_asked = Signal(list)
    opened = Signal(object)
    sheet_asked = Signal(object)
    entering_asked = Signal()
    frequency_asked = Signal()
    area_asked = Signal()
    failed = Signal(object)

    def __init__(self, register: Register, reads: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._register = register
        self._reads = reads
        self._node: Node | None = None
        self._places: list[Place] = []
        self._places_of = ""
        self.loader: ListingLoader[Plan] = ListingLoader(register, self, reads)
        self.who = Choice(
            {
                _TODAY: self.tr("已到期"),
                _WEEK: self.tr("7天内到期"),
                _PROMISED: self.tr("待跟进"),
                _ALL: self.tr("全部"),
            }
        )
        self.order = QComboBox()
        self.order.setAccessibleName(self.tr("次序"))
        self.order.addItem(self.tr("按走访路线"), PlanOrder.WALKING.value)
        self.order.addItem(self.tr("最急的在前"), PlanOrder.URGENT.value)
        self.building = QComboBox()
        self.building.setAccessibleName(self.tr("楼栋"))
        self.building.setMinimumContentsLength(10)
        self.box = FilterBox()
        self.box.setPlaceholderText(self.tr("户主、住址、电话"))
        self.box.setAccessibleName(self.tr("筛选要走访的住户"))
        self.box.setFixedWidth(160)
        self.legend = Legend()
        self.told = QLabel()
        self.told.setProperty("secondary", True)
        self.table = PagedTable(self.tr("要走访的住户"), _columns(self))
        self.empty = EmptyState()
        self._shown = QStackedWidget()
        self._build()
        self._connect()

    # What is shown

    def show_area(self, node: Node | None) -> None:
        """Be about another area; it is read by ``read``."""
        self._node = node
        if self.building.currentIndex() > 0:
            self._offer(())
        self._places_of = ""

    def read(self) -> None:
        """Read the plan of the area, by what is chosen."""
        if self._node is None:
            told = self.tr("登记簿里还没有区域。\n建好区域、登记住户以后，这里列出到期要走访的。")
            self._say("tree-structure", told, [(self.tr("新增区域…"), self.area_asked.emit)])
            self.sheet_button.setEnabled(False)
            self.register_button.setEnabled(False)
            return
        self._read_places()
        self.loader.ask(Plan(self._register, self.chosen()))

    def chosen(self) -> PlanFilter:
        """The filter that stands in the controls."""
        today = datetime.date.today()
        which = self.who.value()
        place = self._place()
        who = {_PROMISED: Who.FOLLOW_UP, _ALL: Who.ALL}.get(which, Who.DUE)
        soon = today + datetime.timedelta(days=_SOON if which in (_WEEK, _PROMISED) else 0)
        return PlanFilter(
            self._node.code if self._node is not None else "",
            soon,
            who,
            self.legend.chosen() or None,
            (place,) if place is not None else (),
            self.box.text(),
            PlanOrder(self.order.currentData()),
        )

    def ask_for(self, who: Who, first: frozenset[int]) -> None:
        """Show these instead, of all buildings."""
        for control in (self.who, self.building, self.box, self.legend):
            control.blockSignals(True)
        self.who.set_value(_ALL if who is Who.ALL else _TODAY)
        self.building.setCurrentIndex(0)
        self.box.clear()
        self.legend.choose(first)
        for control in (self.who, self.building, self.box, self.legend):
            control.blockSignals(False)
        self.read()

    def selected(self) -> list[Uid]:
        """The households that are selected."""
        return self.table.selected_uids()

    def save_state(self, settings: QSettings) -> None:
        settings.setValue("visits/order", self.order.currentIndex())

    def restore_state(self, settings: QSettings) -> None:
        stored = str(settings.value("visits/order") or "")
        self.order.setCurrentIndex(int(stored) if stored in ("0", "1") else 0)

    # How it is built

    def _build(self) -> None:
        self.register_button = QPushButton(theme.icon("person-simple-walk", "on_accent"), self.tr("登记走访"))
        self.register_button.setProperty("primary", True)
        self.sheet_button = QPushButton(theme.icon("printer"), self.tr("制作走访表…"))
        self.enter_button = QPushButton(theme.icon("keyboard"), self.tr("录入走访表…"))
        self.often_button = QPushButton(theme.icon("calendar"), self.tr("走访频次…"))
        controls = QWidget()
        flow = FlowLayout(controls, 2 * theme.GAP)
        for control in (self.who, self.building, self.order, self.box):
            flow.addWidget(control)
        deeds = QWidget()
        deeds_flow = FlowLayout(deeds, theme.GAP)
        for button in (self.register_button, self.sheet_button, self.enter_button, self.often_button):
            deeds_flow.addWidget(button)
        colours = QHBoxLayout()
        colours.addWidget(self.legend, 1)
        colours.addWidget(self.told)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, theme.GAP, 12, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(controls)
        column.addWidget(deeds)
        column.addLayout(colours)
        column.addWidget(self._shown, 1)
        self._shown.addWidget(self.table)
        self._shown.addWidget(self.empty)
        self._offer(())
        self.open_action = QAction(theme.icon("house"), self.tr("打开住户"), self.table)
        self.open_action.setShortcut(QKeySequence("Alt+Return"))
        self.open_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.register_action = QAction(theme.icon("person-simple-walk"), self.tr("登记走访（回车）"), self.table)
        self.table.addActions([self.register_action, self.open_action])

    def _connect(self) -> None:
        self.who.changed.connect(self.read)
        self.order.activated.connect(lambda _at: self.read())
        self.building.activated.connect(lambda _at: self.read())
        self.box.textChanged.connect(lambda _text: self.read())
        self.legend.changed.connect(lambda _chosen: self.read())
        self.loader.arrived.connect(self._show)
        self.loader.failed.connect(self._fail)
        self.table.paged.unread.connect(lambda text: self.failed.emit(UserError(text)))
        self.table.opened.connect(self._register_selected)
        self.register_button.clicked.connect(self._register_selected)
        self.register_action.triggered.connect(self._register_selected)
        self.open_action.triggered.connect(self._open)
        self.sheet_button.clicked.connect(lambda: self.sheet_asked.emit(self.chosen()))
        self.enter_button.clicked.connect(lambda: self.entering_asked.emit())
        self.often_button.clicked.connect(lambda: self.frequency_asked.emit())

    # What happens

    def _show(self, plan: Plan) -> None:
        self.legend.set_counts(plan.counts)
        homes = self.tr("{0} 户").format(f"{plan.count:,}")
        self.told.setText(self.tr("应急期间暂停 · {0}").format(homes) if plan.paused else homes)
        self.told.setToolTip(plan.paused)
        self.sheet_button.setEnabled(plan.count > 0)
        self.register_button.setEnabled(plan.count > 0)
        self.table.show_rows(plan)
        if plan.count:
            self._shown.setCurrentWidget(self.table)
        elif plan.paused:
            self._say("megaphone", self.tr("{0}，结束后自动恢复。").format(plan.paused))
        elif replace(plan.filter, order=PlanOrder.WALKING) == PlanFilter(plan.filter.area_code, plan.filter.by):
            self._say("check-circle", self.tr("这里没有到期要走访的住户。"))
        else:
            self._say("funnel", self.tr("没有符合条件的住户。"))

    def _say(self, icon: str, text: str, steps: list[tuple[str, Callable[[], object]]] | None = None) -> None:
        self.empty.show_text(icon, text, steps)
        self._shown.setCurrentWidget(self.empty)

    def _fail(self, error: Exception) -> None:
        self.failed.emit(error)

    def _register_selected(self) -> None:
        self.registering_asked.emit(self.selected())

    def _open(self) -> None:
        row = self.table.paged.row(self.table.currentIndex().row())
        if row is not None:
            self.opened.emit(row.home)

    def _read_places(self) -> None:
        """Read which buildings there are, once for each area."""
        node = self._node
        self.building.setEnabled(node is not None and node.level >= Level.COMMUNITY)  # a street has thousands
        if node is None or node.code == self._places_of or not self.building.isEnabled():
            return
        self._places_of = node.code
        register, code = self._register, node.code

        def read() -> list[Place]:
            return [place for place in estates.places(register, code) if place.entrance is None]

        self._reads.start(
            "", lambda _progress, _cancel: read(), register, lambda found: self._take_places(code, found), self._fail
        )

    def _take_places(self, code: str, found: list[Place]) -> None:
        if self._node is not None and self._node.code == code:
            self._offer(found)

    def _offer(self, places: Sequence[Place]) -> None:
        chosen, self._places = self._place(), list(places)
        self.building.clear()
        self.building.addItem(self.tr("全部楼栋"))
        self.building.addItems([place_text(place) for place in places])
        self.building.setCurrentIndex(self._places.index(chosen) + 1 if chosen in self._places else 0)

    def _place(self) -> Place | None:
        """The building that is chosen."""
        at = self.building.currentIndex() - 1
        return self._places[at] if at >= 0 else None


def _columns(view: QWidget) -> list[Column]:
    tr = view.tr
    return [
        Column(tr("分类"), lambda row: categories_text(row.home.mask), 96, marks=lambda row: row.home.categories),
        Column(tr("住址"), lambda row: row.home.address, 170),
        Column(tr("户主或单位"), lambda row: row.home.head, 110),
        Column(tr("人数"), lambda row: people_text(row.home.people), 56, right=True),
        Column(tr("电话"), lambda row: row.home.phone, 118),
        Column(tr("频次"), lambda row: days_text(row.days), 72),
        Column(tr("上次走访"), lambda row: day_text(row.home.last_visit), 96),
        Column(tr("到期"), lambda row: row.state, 104, urgent=lambda row: (row.days_late or 0) > 0),
        Column(tr("要看的事"), lambda row: "；".join(row.look_at), 0),
    ]
