"""The plans for emergencies that an area follows: what each asks for, from where it has it, and changing it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gridapp.areas.model import LEVEL_NAMES
from gridapp.emergency import plans
from gridapp.emergency.model import KIND_NAMES
from gridapp.emergency.plans import Held, Plan
from gridapp.households.categories import BY_KEY
from gridapp.register import Register
from gridapp.teams.model import ROLE_BY_KEY
from ui import theme
from ui.emergency.part import AreaPart
from ui.households.loading import ListingLoader
from ui.jobs import Jobs
from ui.widgets.flow import FlowLayout

_KIND = Qt.ItemDataRole.UserRole
_WIDTHS = (34, 0, 88, 76, 76, 136, 0)
_TITLE = 1
NOTE = 6
_KIND_HEIGHT = 36
_NOTES_FROM = 920
"""How many pixels across the notes on the steps have room beside what is to be done."""


class PlanSteps(QTableWidget):
    """The steps of a plan, one a row, to be read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, len(_WIDTHS), parent)
        tr = self.tr
        self.setAccessibleName(tr("处置步骤"))
        headings = ("", tr("要做的事"), tr("谁来做"), tr("时限"), tr("派到"), tr("对象"), tr("说明"))
        self.setHorizontalHeaderLabels(list(headings))
        for column in range(len(headings)):
            heading = self.horizontalHeaderItem(column)
            assert heading is not None
            heading.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(28)
        for column, width in enumerate(_WIDTHS):
            if width:
                header.resizeSection(column, width)
            else:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def show_plan(self, plan: Plan) -> None:
        """Show the steps of another plan."""
        row = max(0, self.currentRow())
        self.setRowCount(len(plan.steps))
        for position, step in enumerate(plan.steps):
            role = ROLE_BY_KEY[step.role].name if step.role in ROLE_BY_KEY else step.role
            told = (
                *(
                    f"{position + 1}",
                    step.title,
                    role,
                    step.within_text,
                    self.tr("每个{0}").format(LEVEL_NAMES[step.level]),
                ),
                *(step.whom_text or self.tr("所有住户"), step.note),
            )
            for column, text in enumerate(told):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.setItem(position, column, item)
        if plan.steps:
            self.setCurrentCell(min(row, len(plan.steps) - 1), _TITLE)


class PlanView(AreaPart):
    """``activation_asked`` and ``reset_asked`` carry a kind, ``edit_asked`` the plan that is followed."""

    activation_asked = Signal(str)
    edit_asked = Signal(object)
    reset_asked = Signal(str)

    def __init__(self, register: Register, reads: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(register, reads, parent)
        self.held: dict[str, Held] = {}
        self.loader: ListingLoader[_Plans] = ListingLoader(register, self, reads)
        self.kinds = QListWidget()
        self.kinds.setAccessibleName(self.tr("应急情形"))
        self.kinds.setProperty("inset", True)
        self.kinds.setFixedWidth(168)
        for kind, name in KIND_NAMES.items():
            item = QListWidgetItem(name)
            item.setData(_KIND, kind)
            item.setSizeHint(QSize(0, _KIND_HEIGHT))
            self.kinds.addItem(item)
        self.kinds.setCurrentRow(0)
        self.steps = PlanSteps()
        self._name, self._from, self._trigger, self._duty = (QLabel() for _ in range(4))
        self._build()
        self.loader.arrived.connect(self._take)
        self.loader.failed.connect(self.failed)

    def read(self) -> None:
        """Read which plans the area follows."""
        if self.node is not None:
            self.loader.ask(_Plans(self.register, self.node.code))

    def kind(self) -> str:
        """The kind that is chosen."""
        return str(self.kinds.currentItem().data(_KIND))

    def choose(self, kind: str) -> None:
        """Show the plan of a kind."""
        self.kinds.setCurrentRow(list(KIND_NAMES).index(kind))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.steps.setColumnHidden(NOTE, event.size().width() < _NOTES_FROM)

    def _build(self) -> None:
        self._name.setProperty("title", True)
        for label in (self._from, self._duty):
            label.setProperty("secondary", True)
        for label in (self._trigger, self._duty):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.start = QPushButton(theme.icon("megaphone", "on_accent"), self.tr("启动应急…"))
        self.start.setProperty("primary", True)
        self.edit = QPushButton(theme.icon("note-pencil"), self.tr("修改预案…"))
        self.reset = QPushButton(theme.icon("arrow-u-up-left"), self.tr("恢复原预案"))
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._name)
        head.addWidget(self._from)
        head.addStretch()
        deeds = QWidget()
        flow = FlowLayout(deeds, theme.GAP)
        for button in (self.start, self.edit, self.reset):
            flow.addWidget(button)
        right = QVBoxLayout()
        right.setContentsMargins(16, theme.GAP, 12, 0)
        right.setSpacing(theme.GAP)
        right.addLayout(head)
        right.addWidget(self._trigger)
        right.addWidget(self._duty)
        right.addWidget(deeds)
        right.addWidget(self.steps, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.kinds)
        row.addLayout(right, 1)
        self.setFocusProxy(self.kinds)
        self.kinds.currentRowChanged.connect(lambda _row: self._show())
        self.kinds.itemActivated.connect(lambda _item: self.activation_asked.emit(self.kind()))
        self.start.clicked.connect(lambda _checked=False: self.activation_asked.emit(self.kind()))
        self.edit.clicked.connect(lambda _checked=False: self._edit())
        self.reset.clicked.connect(lambda _checked=False: self.reset_asked.emit(self.kind()))

    def _take(self, found: _Plans) -> None:
        if self.node is not None and found.code == self.node.code:
            self.held = found.held
            self._show()

    def _show(self) -> None:
        held, node = self.held.get(self.kind()), self.node
        if held is None or node is None:
            return
        plan = held.plan
        is_own = held.area_code == node.code
        self._name.setText(plan.name)
        if held.is_template:
            self._from.setText(self.tr("系统预案"))
        else:
            self._from.setText(self.tr("本级预案") if is_own else self.tr("沿用{0}的预案").format(held.area_name))
        self._trigger.setText(self.tr("何时启动：{0}").format(plan.trigger))
        self._duty.setText(duty_text(self, plan))
        self.reset.setVisible(is_own)
        self.steps.show_plan(plan)

    def _edit(self) -> None:
        held = self.held.get(self.kind())
        if held is not None:
            self.edit_asked.emit(held)


class _Plans:
    """The plans of all kinds that an area follows, read once."""

    def __init__(self, register: Register, code: str) -> None:
        self._register, self.code = register, code
        self.held: dict[str, Held] = {}

    def prepare(self) -> None:
        self.held = {kind: plans.plan_of(self._register, self.code, kind) for kind in KIND_NAMES}


def duty_text(widget: QWidget, plan: Plan) -> str:
    """``先联系孤老户、独居 · 每班 8 小时，每网格 1 人 · 每天 17:00 前日报 · 参加值班：网格员、机关干部``."""
    first = "、".join(BY_KEY[key].name for key in plan.call_first if key in BY_KEY)
    roles = "、".join(ROLE_BY_KEY[key].name for key in plan.duty_roles if key in ROLE_BY_KEY)
    told = [widget.tr("先联系{0}").format(first)] if first else []
    told.append(widget.tr("每班 {0} 小时，每网格 {1} 人").format(plan.shift_hours, plan.seats))
    told.append(widget.tr("每天 {0} 前日报").format(plan.report_at))
    told.append(widget.tr("参加值班：{0}").format(roles))
    return " · ".join(told)
