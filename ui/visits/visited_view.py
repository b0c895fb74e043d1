"""What was visited, the newest first: of a period, with what is typed in it."""

import datetime

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QComboBox, QLabel, QStackedWidget, QVBoxLayout, QWidget

from gridapp.areas.tree import Node
from gridapp.errors import UserError
from gridapp.households.categories import CATEGORIES, from_mask
from gridapp.households.words import categories_text
from gridapp.ids import Uid
from gridapp.register import Register
from gridapp.visits.listing import VisitedRow, VisitFilter, VisitListing
from gridapp.visits.periods import NAMES, Period, first_day
from ui import theme
from ui.households.loading import ListingLoader
from ui.jobs import Jobs
from ui.widgets import marks
from ui.widgets.empty import EmptyState
from ui.widgets.filter_box import FilterBox
from ui.widgets.flow import FlowLayout
from ui.widgets.paged_table import Column, PagedTable


class VisitedView(QWidget):
    """``edit_asked`` with a visit, ``delete_asked`` and ``done_asked`` with visits, ``opened`` with a row."""

    edit_asked = Signal(object)
    delete_asked = Signal(list)
    done_asked = Signal(list)
    opened = Signal(object)
    failed = Signal(object)

    def __init__(self, register: Register, reads: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._register = register
        self._node: Node | None = None
        self.loader: ListingLoader[VisitListing] = ListingLoader(register, self, reads)
        self.period = QComboBox()
        self.period.setAccessibleName(self.tr("时段"))
        for period, name in NAMES.items():
            self.period.addItem(name, period.value)
        self.period.setCurrentIndex(list(NAMES).index(Period.MONTH))
        self.colour = QComboBox()
        self.colour.setAccessibleName(self.tr("首要分类"))
        self.colour.setIconSize(marks.ICON_SIZE)
        self.colour.addItem(self.tr("全部分类"), None)
        for position, category in enumerate(CATEGORIES):
            self.colour.addItem(marks.icon(category), category.name, position)
        self.box = FilterBox()
        self.box.setPlaceholderText(self.tr("住户、走访人、情况、需求"))
        self.box.setAccessibleName(self.tr("筛选走访记录"))
        self.box.setFixedWidth(220)
        self.told = QLabel()
        self.told.setProperty("secondary", True)
        self.table = PagedTable(self.tr("走访记录"), _columns(self))
        self.empty = EmptyState()
        self._shown = QStackedWidget()
        self._build()
        self._connect()

    # What is shown

    def show_area(self, node: Node | None) -> None:
        """Be about another area; it is read by ``read``."""
        self._node = node

    def read(self) -> None:
        """Read the visits of the area, by what is chosen."""
        if self._node is None:
            self._say("tree-structure", self.tr("登记簿里还没有区域，也没有走访过的住户。"))
            return
        since = first_day(Period(self.period.currentData()), datetime.date.today())
        colour = self.colour.currentData()
        first = None if colour is None else frozenset({colour})
        told = VisitFilter(self._node.code, since, None, self.box.text(), first)
        self.loader.ask(VisitListing(self._register, told))

    def ask_for(self, period: Period, first: frozenset[int]) -> None:
        """Show the visits of a period to households of these colours."""
        for control in (self.period, self.colour, self.box):
            control.blockSignals(True)
        self.period.setCurrentIndex(list(NAMES).index(period))
        self.colour.setCurrentIndex(min(first) + 1 if first else 0)
        self.box.clear()
        for control in (self.period, self.colour, self.box):
            control.blockSignals(False)
        self.read()

    def selected(self) -> list[Uid]:
        """The households of the visits that are selected."""
        rows = (self.table.paged.row(index.row()) for index in self.table.selectionModel().selectedRows())
        return list(dict.fromkeys(row.household for row in rows if row is not None))

    def save_state(self, settings: QSettings) -> None:
        settings.setValue("visits/period", str(self.period.currentData()))

    def restore_state(self, settings: QSettings) -> None:
        names = [period.value for period in NAMES]
        stored = str(settings.value("visits/period") or "")
        if stored in names:
            self.period.setCurrentIndex(names.index(stored))

    # How it is built

    def _build(self) -> None:
        controls = QWidget()
        flow = FlowLayout(controls, 2 * theme.GAP)
        for control in (self.period, self.colour, self.box, self.told):
            flow.addWidget(control)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, theme.GAP, 12, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(controls)
        column.addWidget(self._shown, 1)
        self._shown.addWidget(self.table)
        self._shown.addWidget(self.empty)
        self.edit_action = self._action("pencil-simple", self.tr("修改…（回车）"))
        self.done_action = self._action("check-circle", self.tr("标为已跟进"), "Ctrl+Return")
        self.delete_action = self._action("trash", self.tr("删除（Delete）"))
        self.open_action = self._action("house", self.tr("打开住户"), "Alt+Return")
        self.table.addActions([self.edit_action, self.done_action, self.delete_action, self.open_action])

    def _action(self, icon: str, text: str, keys: str = "") -> QAction:
        action = QAction(theme.icon(icon), text, self.table)
        if keys:
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        return action

    def _connect(self) -> None:
        self.period.activated.connect(lambda _at: self.read())
        self.colour.activated.connect(lambda _at: self.read())
        self.box.textChanged.connect(lambda _text: self.read())
        self.loader.arrived.connect(self._show)
        self.loader.failed.connect(self.failed)
        self.table.paged.unread.connect(lambda text: self.failed.emit(UserError(text)))
        self.table.opened.connect(self._edit)
        self.table.removed.connect(self._delete)
        self.edit_action.triggered.connect(self._edit)
        self.delete_action.triggered.connect(self._delete)
        self.done_action.triggered.connect(self._done)
        self.open_action.triggered.connect(self._open)

    # What happens

    def _show(self, visits: VisitListing) -> None:
        self.told.setText(self.tr("{0} 次").format(f"{visits.count:,}"))
        self.table.show_rows(visits)
        if visits.count:
            self._shown.setCurrentWidget(self.table)
        else:
            self._say("person-simple-walk", self.tr("这段时间里没有符合条件的走访。"))

    def _say(self, icon: str, text: str) -> None:
        self.empty.show_text(icon, text)
        self._shown.setCurrentWidget(self.empty)

    def _edit(self) -> None:
        uid = self.table.current_uid()
        if uid is not None:
            self.edit_asked.emit(uid)

    def _delete(self) -> None:
        uids = self.table.selected_uids()
        if uids:
            self.delete_asked.emit(uids)

    def _done(self) -> None:
        uids = self.table.selected_uids()
        if uids:
            self.done_asked.emit(uids)

    def _open(self) -> None:
        row = self.table.paged.row(self.table.currentIndex().row())
        if row is not None:
            self.opened.emit(row)


def _columns(view: QWidget) -> list[Column]:
    tr = view.tr
    return [
        Column(tr("日期"), lambda row: row.visit.visited_on.isoformat(), 92),
        Column(tr("分类"), lambda row: categories_text(row.mask), 96, marks=lambda row: from_mask(row.mask)),
        Column(tr("住址"), lambda row: row.address, 160),
        Column(tr("户主或单位"), lambda row: row.head, 100),
        Column(tr("走访人"), _went, 170, urgent=lambda row: bool(row.visit.company)),
        Column(tr("走访情况"), lambda row: " ".join(row.visit.summary.split()), 0),
        Column(tr("需求"), lambda row: " ".join(row.visit.needs.split()), 150),
        Column(tr("跟进"), _follow_up, 200, urgent=lambda row: _is_open(row)),
    ]


def _went(row: VisitedRow) -> str:
    company = row.visit.company
    return f"{row.visit.members}（{company}）" if company else row.visit.members


def _follow_up(row: VisitedRow) -> str:
    return f"{row.visit.follow_up_state} {row.visit.follow_up}".strip()


def _is_open(row: VisitedRow) -> bool:
    return row.visit.follow_up_on is not None and row.visit.followed_up_on is None
