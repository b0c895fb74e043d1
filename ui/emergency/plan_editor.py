"""The dialog in which a plan for emergencies is changed for an area."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from gridapp.emergency.plans import LONGEST_TITLE, MOST_SEATS, SHIFTS, Plan, Step, checked, clock_text
from gridapp.errors import UserError
from gridapp.households.categories import CATEGORIES
from gridapp.teams.model import TEAM_ROLES
from ui import theme
from ui.emergency.plan_view import NOTE, PlanSteps
from ui.emergency.step_form import KeyChecks, StepForm
from ui.widgets.asking import AskingDialog
from ui.widgets.fields import Field

_NEW = Step("", "grid_worker", 60)
_ROWS_SHOWN = 7


class PlanEditor(AskingDialog):
    """``asked`` carries the plan as it was changed."""

    asked = Signal(object)

    def __init__(self, plan: Plan, area: str, is_own: bool, parent: QWidget | None = None) -> None:
        """Make a dialog for the plan of an area.

        Args:
            is_own: whether it was written for just this area.
        """
        intro = self.tr("{0}和下面没有自己预案的区域都按它处置；正在进行的应急响应仍按启动时的预案。")
        if not is_own:
            intro = self.tr("保存后{0}有自己的预案，下面没有自己预案的区域跟着它；可随时恢复。")
        super().__init__(self.tr("修改预案"), intro.format(area), self.tr("保存 (Ctrl+S)"), parent)
        self.setMinimumWidth(760)
        self._plan = plan
        self._steps = list(plan.steps)
        self._showing = False
        self.name, self.report_at = QLineEdit(plan.name), QLineEdit(plan.report_at)
        self.name.setMaxLength(LONGEST_TITLE)
        self.shift, self.seats = QComboBox(), QSpinBox()
        for hours in SHIFTS:
            self.shift.addItem(self.tr("{0} 小时").format(hours), hours)
        self.shift.setCurrentIndex(SHIFTS.index(plan.shift_hours))
        self.seats.setRange(1, MOST_SEATS)
        self.seats.setValue(plan.seats)
        self.head = [
            Field(self.tr("名称"), self.name),
            Field(self.tr("每班"), self.shift),
            Field(self.tr("每网格几人"), self.seats),
            Field(self.tr("每天几点前日报"), self.report_at),
        ]
        self.trigger = QPlainTextEdit(plan.trigger)
        self.trigger.setFixedHeight(64)
        self.trigger.setTabChangesFocus(True)
        self.call_first = KeyChecks([(one.key, one.name) for one in CATEGORIES])
        self.call_first.show_keys(plan.call_first)
        self.duty_roles = KeyChecks([(role.key, role.name) for role in TEAM_ROLES])
        self.duty_roles.show_keys(plan.duty_roles)
        self.steps = PlanSteps()
        self.steps.setFixedHeight((_ROWS_SHOWN + 1) * theme.ROW_HEIGHT)
        self.steps.hideColumn(NOTE)
        self.steps_field = Field(self.tr("处置步骤"), self.steps)
        self.form = StepForm()
        self.parts = QTabWidget()
        self.parts.setDocumentMode(True)
        self.parts.addTab(self._build_steps(), self.tr("处置步骤"))
        self.parts.addTab(self._build_rules(), self.tr("启动条件、电话和值班"))
        self._column.insertWidget(self._column.count() - 1, self.parts, 1)
        self._connect()
        self._show_steps(0)

    def _build_rules(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setSpacing(12)
        column.addWidget(self.head[0])
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        for field in self.head[1:]:
            row.addWidget(field)
        column.addLayout(row)
        column.addWidget(Field(self.tr("何时启动"), self.trigger))
        column.addWidget(Field(self.tr("先联系哪些住户"), self.call_first))
        column.addWidget(Field(self.tr("哪些职务参加值班"), self.duty_roles))
        column.addStretch()
        return page

    def _build_steps(self) -> QWidget:
        page, deeds = QWidget(), QWidget()
        line = QHBoxLayout(deeds)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.GAP)
        self.add = QPushButton(theme.icon("plus"), self.tr("加一步"))
        self.remove = QPushButton(theme.icon("trash"), self.tr("去掉这一步"))
        self.up = QPushButton(theme.icon("arrow-up"), self.tr("上移"))
        self.down = QPushButton(theme.icon("arrow-down"), self.tr("下移"))
        for button in (self.add, self.remove, self.up, self.down):
            button.setAutoDefault(False)
            line.addWidget(button)
        line.addStretch()
        column = QVBoxLayout(page)
        column.setSpacing(theme.GAP)
        for widget in (self.steps_field, deeds, self.form):
            column.addWidget(widget)
        return page

    def _connect(self) -> None:
        self.button.setDefault(True)
        self.add.clicked.connect(lambda _checked=False: self._add())
        self.remove.clicked.connect(lambda _checked=False: self._remove())
        self.up.clicked.connect(lambda _checked=False: self._move(-1))
        self.down.clicked.connect(lambda _checked=False: self._move(1))
        self.steps.currentCellChanged.connect(lambda *_cells: self._show_step())
        self.form.changed.connect(self._take_step)
        self.buttons.accepted.connect(self.ask)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.ask)

    def plan(self) -> Plan:
        """What stands in the dialog."""
        return replace(
            self._plan,
            name=self.name.text(),
            trigger=self.trigger.toPlainText(),
            steps=tuple(self._steps),
            shift_hours=self.shift.currentData(),
            seats=self.seats.value(),
            report_at=self.report_at.text(),
            call_first=self.call_first.keys(),
            duty_roles=self.duty_roles.keys(),
        )

    def ask(self) -> None:
        """Tell what was entered, or what cannot be."""
        for field in (*self.head, self.steps_field):
            field.set_remark("")
        if self.form.problem():
            self.parts.setCurrentIndex(0)
            self.form.within.setFocus()
            return
        try:
            clock_text(self.report_at.text())
        except UserError as error:
            self._refuse(self.head[3], error)
            return
        try:
            self.asked.emit(checked(self.plan()))
        except UserError as error:
            self.refuse(error)

    def refuse(self, error: UserError) -> None:
        """Say what cannot be; everything that was typed stays."""
        text = str(error)
        is_rule = any(word in text for word in ("名称", "启动条件", "职务参加值班", "每班"))
        self._refuse(self.head[0] if is_rule else self.steps_field, error)

    def _refuse(self, field: Field, error: UserError) -> None:
        self.parts.setCurrentIndex(0 if field is self.steps_field else 1)
        field.set_remark(str(error))

    # The steps

    def _row(self) -> int:
        return self.steps.currentRow()

    def _show_steps(self, row: int) -> None:
        self._showing = True
        self.steps.show_plan(replace(self._plan, steps=tuple(self._steps)))
        if self._steps:
            self.steps.setCurrentCell(min(max(row, 0), len(self._steps) - 1), 1)
        self._showing = False
        self._show_step()

    def _show_step(self) -> None:
        row = self._row()
        there = 0 <= row < len(self._steps)
        self.form.setEnabled(there)
        if there and not self._showing:
            self.form.show_step(self._steps[row])
        self.remove.setEnabled(there)
        self.up.setEnabled(row > 0)
        self.down.setEnabled(there and row < len(self._steps) - 1)

    def _take_step(self) -> None:
        row = self._row()
        if 0 <= row < len(self._steps):
            self._steps[row] = self.form.step(self._steps[row])
            self._showing = True
            self.steps.show_plan(replace(self._plan, steps=tuple(self._steps)))
            self._showing = False

    def _add(self) -> None:
        row = self._row() + 1
        self._steps.insert(row, _NEW)
        self._show_steps(row)
        self.form.title.setFocus()

    def _remove(self) -> None:
        row = self._row()
        del self._steps[row]
        self._show_steps(row)

    def _move(self, by: int) -> None:
        row = self._row()
        self._steps[row], self._steps[row + by] = self._steps[row + by], self._steps[row]
        self._show_steps(row + by)
