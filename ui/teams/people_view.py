"""The people of an area and below, by state, role and text; or those in reserve alone."""

import datetime
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from gridapp.areas.model import Level
from gridapp.areas.tree import Node
from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.register import Register
from gridapp.teams.listing import NOW, STATE_NAMES, Listing, Order, PeopleFilter, PersonRow, State
from gridapp.teams.model import TEAM_ROLES
from ui import theme
from ui.households.loading import ListingLoader
from ui.jobs import Jobs
from ui.teams.choice_chips import ChoiceChips
from ui.teams.places import WIDTH, Places
from ui.teams.subject import Subject
from ui.teams.team_table import TeamTable
from ui.widgets.empty import EmptyState
from ui.widgets.filter_box import FilterBox
from ui.widgets.paged_table import Column

_SERVING = "serving"
_SORTED = {0: Order.NAME, 1: Order.ROLE, 2: Order.AREA, 3: Order.UNIT, 7: Order.SINCE}
_BY_AREA = 2
_YIELDS = {6: 1180, 5: 1060, 7: 900, 3: 740, 4: 500}
_BOX_WIDTH = 212


class PeopleView(QWidget):
    """``opened`` when somebody wants to edit the current one, ``add_asked`` when a new one is to be added."""

    opened = Signal()
    current_changed = Signal()
    add_asked = Signal()
    import_asked = Signal()
    area_asked = Signal()
    failed = Signal(object)

    def __init__(self, register: Register, reads: Jobs, reserve: bool = False, parent: QWidget | None = None) -> None:
        """Make the view.

        Args:
            reserve: those in reserve alone.
        """
        super().__init__(parent)
        self._register = register
        self._node: Node | None = None
        self._places = Places()
        self._reserve = reserve
        self._order, self._descending = Order.AREA, False
        self._wanted: Uid | None = None
        self.loader: ListingLoader[Listing] = ListingLoader(register, self, reads)
        self.box = FilterBox()
        self.box.setFixedWidth(_BOX_WIDTH)
        self.box.setPlaceholderText(self.tr("姓名、首字母、单位、电话"))
        self.box.setAccessibleName(self.tr("筛选队员"))
        states = {
            _SERVING: self.tr("现任"),
            State.AWAY: self.tr("离岗"),
            State.RESERVE: STATE_NAMES[State.RESERVE],
            State.AHEAD: STATE_NAMES[State.AHEAD],
            State.ENDED: self.tr("已离任"),
        }
        self.states = ChoiceChips(self.tr("状态"), states)
        self.roles = ChoiceChips(
            self.tr("职务"), {"": self.tr("全部职务"), **{role.key: role.name for role in TEAM_ROLES}}
        )
        self.told = QLabel()
        self.told.setProperty("secondary", True)
        self.table = TeamTable(
            self.tr("后备力量") if reserve else self.tr("服务队名册"), _columns(self, self._places), _YIELDS
        )
        self.empty = EmptyState()
        self._shown = QStackedWidget()
        self._build()
        self._connect()

    def show_area(self, node: Node | None) -> None:
        """Be about another area; it is read by ``read``."""
        self._node = node
        self._places.show_area(node)
        self.table.set_width(_BY_AREA, self._places.width)
        self.table.leave_out([_BY_AREA] if node is not None and node.level is Level.GRID else [])

    def read(self) -> None:
        """Read the people of the area, by what is chosen."""
        if self._node is None:
            told = self.tr("登记簿里还没有区域。\n建好网格以后，在这里登记它的服务队。")
            self._say("tree-structure", told, [(self.tr("新增区域…"), self.area_asked.emit)])
            return
        order = (self._order, self._descending)
        self.loader.ask(Listing(self._register, self.chosen(), datetime.date.today(), *order))

    def chosen(self) -> PeopleFilter:
        """The filter that stands in the controls."""
        code = self._node.code if self._node is not None else ""
        if self._reserve:
            return PeopleFilter(code, frozenset({State.RESERVE}), text=self.box.text())
        state = self.states.value()
        states = NOW if state == _SERVING else frozenset({state})
        role = "" if state == State.RESERVE else self.roles.value()
        return PeopleFilter(code, states, role, text=self.box.text())

    def row(self) -> PersonRow | None:
        """The row that is current."""
        return cast(PersonRow | None, self.table.current_row())

    def subject(self) -> Subject | None:
        """Whom the current row is about."""
        row = self.row()
        return Subject(row.member, row.name, row.service) if row is not None else None

    def show_everybody(self) -> None:
        """Take away what is filtered by."""
        for control in (self.states, self.roles, self.box):
            control.blockSignals(True)
        self.states.set_value(_SERVING)
        self.roles.set_value("")
        self.box.clear()
        for control in (self.states, self.roles, self.box):
            control.blockSignals(False)
        self.read()

    # How it is built

    def _build(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(2 * theme.GAP)
        line.addWidget(self.box)
        if self._reserve:
            line.addStretch()
        else:
            line.addWidget(self.states, 1)
        line.addWidget(self.told)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, theme.GAP, 12, 0)
        column.setSpacing(theme.GAP)
        column.addLayout(line)
        if not self._reserve:
            column.addWidget(self.roles)
        column.addWidget(self._shown, 1)
        self._shown.addWidget(self.table)
        self._shown.addWidget(self.empty)
        self.table.allow_sorting([_BY_AREA, *(column for column in _SORTED if column != _BY_AREA)])
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        for changed in (self.states.changed, self.roles.changed):
            changed.connect(self.read)
        self.box.textChanged.connect(lambda _text: self.read())
        self.box.returnPressed.connect(self.table.setFocus)
        self.loader.arrived.connect(self._show)
        self.loader.failed.connect(self.failed)
        self.table.paged.unread.connect(lambda text: self.failed.emit(UserError(text)))
        self.table.opened.connect(self.opened)
        self.table.current_changed.connect(self.current_changed)
        self.table.sorted_by.connect(self._sort)

    # What happens

    def _sort(self, column: int, descending: bool) -> None:
        self._order, self._descending = _SORTED[column], descending
        self.read()

    def _show(self, listing: Listing) -> None:
        counts = listing.counts
        if not self._reserve:
            number = sum(counts[state] for state in NOW)
            self.states.show_counts({_SERVING: number, **{one: counts[one] for one in State if one not in _PLAIN}})
            self.roles.setEnabled(self.states.value() != State.RESERVE)
        self.told.setText(self.tr("{0} 人次").format(f"{listing.count:,}"))
        self.table.show_rows(listing)
        if listing.count:
            self._shown.setCurrentWidget(self.table)
            self.current_changed.emit()
            return
        plain = not listing.filter.text and not listing.filter.role
        if not plain:
            steps = [(self.tr("清除筛选"), self.show_everybody)]
            self._say("funnel", self.tr("没有符合条件的队员。"), steps)
        elif self._reserve:
            told = self.tr("这里还没有后备力量。\n在名册里选中一位队员，按 Alt+H 设为后备；有人离岗时先从后备里找人。")
            self._say("users-three", told)
        elif self.states.value() == _SERVING:
            told = self.tr("这里还没有服务队。\n逐个添加队员，或导入一份服务队名册。")
            steps = [
                (self.tr("添加队员…"), self.add_asked.emit),
                (self.tr("导入名册…"), self.import_asked.emit),
            ]
            self._say("users-three", told, steps)
        else:
            self._say("users-three", self.tr("这里没有这样的队员。"))

    def _say(self, icon: str, text: str, steps: list | None = None) -> None:
        self.empty.show_text(icon, text, steps)
        self._shown.setCurrentWidget(self.empty)
        self.current_changed.emit()


_PLAIN = (State.PRESENT,)


def _columns(view: QWidget, places: Places) -> list[Column]:
    tr = view.tr
    return [
        Column(tr("姓名"), lambda row: row.name, 84),
        Column(tr("职务"), lambda row: row.role.name, 100),
        Column(tr("所在"), places.text, WIDTH),
        Column(tr("单位、职务"), lambda row: " ".join(filter(None, (row.unit, row.duty))), 150),
        Column(tr("电话"), lambda row: row.phone, 112),
        Column(tr("党支部"), lambda row: row.party_branch, 120),
        Column(tr("特长"), lambda row: row.skills, 120),
        Column(tr("任职自"), lambda row: row.since.isoformat() if row.since else "", 90),
        Column(
            tr("状态"), lambda row: row.state_text, 0, urgent=lambda row: row.away is not None and not row.stand_ins
        ),
    ]
