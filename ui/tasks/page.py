"""The page of the tasks: the list with what is known of one of them, or the work plan in its place."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from gridapp.areas.tree import Node
from gridapp.ids import Uid
from gridapp.register import Register
from gridapp.tasks import assigning, plans
from gridapp.tasks.assigning import Assignable
from gridapp.tasks.editing import TaskDraft
from gridapp.tasks.listing import VIEW_NAMES, Listing, TaskFilter, TaskRow, View, rows
from gridapp.tasks.plans import Plan
from ui import theme
from ui.day import DayWatch
from ui.jobs import Jobs
from ui.tasks.add_line import AddLine
from ui.tasks.commands import TaskCommands
from ui.tasks.filter_bar import TaskFilterBar
from ui.tasks.plan_page import PlanPage
from ui.tasks.side import NARROW, WIDTH, TaskSide
from ui.tasks.table_model import TaskTableModel
from ui.tasks.table_view import TaskTable
from ui.widgets.empty import EmptyState

_WIDE = 940
"""From how many pixels on the side has all of its width."""


@dataclass(frozen=True)
class _Answer:
    node: Node
    listing: Listing
    beside: TaskRow | None
    known: Sequence[Assignable]
    assigned: Sequence[Assignable]
    plan: Plan | None
    fields: dict[str, str]


class TasksPage(QWidget):
    """Shows the tasks and the plan of an area, which are read when they are looked at.

    ``area_asked`` when there is no area yet, ``code_asked`` carries the code of another that is to be shown.
    """

    area_asked = Signal()
    code_asked = Signal(str)

    def __init__(
        self, register: Register, reads: Jobs, failed: Callable[[Exception], object], parent: QWidget | None = None
    ) -> None:
        """Make the page.

        Args:
            reads: runs what is read beside the window.
            failed: is told what cannot be read.
        """
        super().__init__(parent)
        self._register = register
        self._reads = reads
        self._failed = failed
        self._node: Node | None = None
        self._stale = False
        self._wanted: Uid | None = None
        self.commands = TaskCommands(register, self)
        self.bar = TaskFilterBar()
        self.model = TaskTableModel(self)
        self.table = TaskTable(self.model)
        self.add_line = AddLine()
        self.side = TaskSide()
        self.plan = PlanPage(self.commands)
        self.empty = EmptyState()
        self._days = DayWatch(parent=self)
        self._build()
        self._connect()

    def show_area(self, node: Node | None) -> None:
        """Show another area."""
        self._leave_task()
        self._node = node
        self.model.show(None)
        self.side.show_task(None)
        self.plan.leave()
        self.reload()

    def reload(self) -> None:
        """Read again what is shown, as soon as somebody looks."""
        self._stale = True
        if self.isVisible():
            self._read()

    @property
    def is_plan(self) -> bool:
        """Whether the work plan is shown in the list's place."""
        return self._sides.currentWidget() is self.plan

    def show_plan(self, plan: bool) -> None:
        """Show the work plan, or the list."""
        self._sides.setCurrentWidget(self.plan if plan else self._list)
        (self._to_plan if plan else self._to_list).setChecked(True)
        self.bar.setVisible(not plan)
        self._filler.setVisible(plan)

    def begin_task(self) -> None:
        """Let somebody type a new task."""
        self.show_plan(False)
        self.add_line.begin()

    def go_to(self, uid: Uid) -> None:
        """Show a task of the area, as soon as the list is read."""
        self.show_plan(False)
        self._wanted = uid
        self.bar.show_view(View.ALL)

    def show_view(self, view: View) -> None:
        """Show one of the everyday looks."""
        self.show_plan(False)
        self.bar.show_view(view)
        self.table.setFocus()

    def save_state(self, settings: QSettings) -> None:
        self.side.commit()
        self.plan.leave()
        settings.setValue("tasks/plan", self.is_plan)
        self.bar.save_state(settings)

    def restore_state(self, settings: QSettings) -> None:
        self.bar.restore_state(settings)
        self.show_plan(settings.value("tasks/plan", False, bool) is True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.setFixedWidth(WIDTH if self.width() >= _WIDE else NARROW)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._read()

    # How it is built

    def _build(self) -> None:
        self._to_list = self._mode("check-square", self.tr("任务清单"), False)
        self._to_plan = self._mode("file-text", self.tr("工作方案"), True)
        self._modes = QButtonGroup(self)
        head = QHBoxLayout()
        head.setContentsMargins(theme.GAP, theme.GAP, 0, 0)
        head.setSpacing(2)
        for button in (self._to_list, self._to_plan):
            self._modes.addButton(button)
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._to_list.setChecked(True)
        head.addSpacing(theme.GAP)
        head.addWidget(self.bar, 1)
        self._filler = QWidget()  # without which the switch would move from under the mouse
        self._filler.hide()
        head.addWidget(self._filler, 1)
        self._rows = QStackedWidget()
        self._rows.addWidget(self.table)
        self._rows.addWidget(self.empty)
        left = QWidget()
        lines = QVBoxLayout(left)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(self._rows, 1)
        lines.addWidget(self.add_line)
        self._list = QWidget()
        body = QHBoxLayout(self._list)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(left, 1)
        body.addWidget(self.side)
        self._sides = QStackedWidget()
        self._sides.addWidget(self._list)
        self._sides.addWidget(self.plan)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addLayout(head)
        column.addWidget(self._sides, 1)

    def _mode(self, icon: str, text: str, plan: bool) -> QToolButton:
        button = QToolButton()
        button.setIcon(theme.icon(icon))
        button.setText(text)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda _checked=False: self.show_plan(plan))
        return button

    def _connect(self) -> None:
        commands, table, side = self.commands, self.table, self.side
        self.bar.changed.connect(self.reload)
        self._days.turned.connect(self.reload)
        self.model.unread.connect(commands.refused)
        table.current_changed.connect(self._show_beside)
        table.opened.connect(side.begin)
        table.below.connect(self.add_line.begin)
        table.toggle_asked.connect(self._toggle)
        table.cancel_asked.connect(lambda found: commands.cancel([row.uid for row in found]))
        table.skip_asked.connect(lambda row: commands.skip(row.uid))
        side.edited.connect(self._save)
        side.progressed.connect(self._progress)
        side.toggle_asked.connect(lambda row: self._toggle([row]))
        side.cancel_asked.connect(lambda row: commands.cancel([row.uid]))
        side.skip_asked.connect(lambda row: commands.skip(row.uid))
        side.back.connect(self._leave_side)
        self.add_line.asked.connect(self._add)
        self.add_line.refused.connect(commands.refused)
        self.add_line.above.connect(self._go_up)
        commands.created.connect(self._expect)
        self.plan.code_asked.connect(self.code_asked)

    # What happens

    def _read(self) -> None:
        self._stale = False
        node = self._node
        if node is None:
            self._show_empty(None)
            return
        beside = self.side.row
        question = (self._register, node, self.bar.chosen(node.code), beside.uid if beside else None)
        self._reads.start("", lambda _progress, _cancel: _answer(*question), self._register, self._take, self._failed)

    def _take(self, answer: _Answer) -> None:
        node = self._node
        if node is None or answer.node.uid != node.uid or answer.listing.filter != self.bar.chosen(node.code):
            return  # one has gone on meanwhile
        self._take_list(answer)
        self.bar.show_counts(answer.listing.counts)
        self.bar.show_assigned(answer.assigned)
        self.add_line.set_known(answer.known)
        self.side.set_known(answer.known)
        self.plan.show_plan(node, answer.plan, answer.fields)
        self._show_empty(node)

    def _take_list(self, answer: _Answer) -> None:
        before, position = self.side.row, self.table.currentIndex().row()
        is_edited = self.side.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        blocked = self.table.blockSignals(True)
        self.model.show(answer.listing)
        wanted, self._wanted = self._wanted or (before.uid if before else None), None
        stays = wanted is not None and self.model.row_of(wanted) is not None
        if not stays and is_edited and answer.beside is not None:
            # What is being edited has left the list by that; whoever types goes on typing in it.
            self.table.blockSignals(blocked)
            self.side.show_task(answer.beside)
            return
        self.table.choose(wanted, position)
        self.table.blockSignals(blocked)
        self.side.show_task(self.table.current())

    def _show_beside(self, row: TaskRow | None) -> None:
        self._leave_task()
        self.side.show_task(row)

    def _leave_task(self) -> None:
        """Store what was typed of the task beside the list, and say what could not be."""
        self.side.commit()
        if self.side.unread and self.side.row is not None:
            told = self.tr("“{0}”的期限没有改。{1}").format(self.side.row.title, self.side.unread)
            self.commands.refused.emit(told)

    def _show_empty(self, node: Node | None) -> None:
        """Say why there is no row, where there is none."""
        there = self.model.rowCount() > 0
        self._rows.setCurrentWidget(self.table if there else self.empty)
        self.add_line.setEnabled(node is not None)
        if there:
            return
        if node is None:
            step = (self.tr("新增区域…"), self.area_asked.emit)
            self.empty.show_text("tree-structure", self.tr("登记簿里还没有区域。"), [step])
        elif self.bar.is_active():
            view = VIEW_NAMES[self.bar.chosen("").view]
            told = self.tr("{0}没有符合条件的任务（{1}）。").format(node.name, view)
            self.empty.show_text("magnifying-glass", told, [(self.tr("看全部未完成"), self.bar.clear)])
        else:
            told = self.tr("{0}没有要做的任务。\n在下面一行输入内容，回车，再写期限和负责人。").format(node.name)
            self.empty.show_text("check-square", told, [(self.tr("新任务"), self.add_line.begin)])

    def _add(self, draft: TaskDraft) -> None:
        if self._node is not None and self.commands.create(self._node.uid, draft):
            self.add_line.clear()

    def _expect(self, uid: Uid) -> None:
        self._wanted = uid

    def _save(self, row: TaskRow, draft: TaskDraft, base: TaskDraft) -> None:
        if not self.commands.save(row.uid, draft, base):
            self.side.take_back(base)

    def _progress(self, row: TaskRow, percent: int) -> None:
        if not self.commands.set_progress(row.uid, percent):
            self.side.show_task(row)

    def _toggle(self, found: Sequence[TaskRow]) -> None:
        """Finish what is to be done of some tasks, or if nothing is, bring them back."""
        to_be_done = [row.uid for row in found if row.is_open]
        if to_be_done:
            self.commands.finish(to_be_done)
        elif found:
            self.commands.reopen([row.uid for row in found])

    def _leave_side(self) -> None:
        self.table.setFocus()

    def _go_up(self) -> None:
        if self.model.rowCount():
            self.table.setFocus()


def _answer(register: Register, node: Node, chosen: TaskFilter, beside: Uid | None) -> _Answer:
    listing = Listing(register, chosen, datetime.date.today())
    listing.prepare()
    found = rows(register, [beside]) if beside is not None else []
    return _Answer(
        node,
        listing,
        found[0] if found else None,
        assigning.assignable(register, node.code),
        assigning.assigned(register, node.code),
        plans.plan_of(register, node.code),
        plans.fields_of(register, node.code),
    )
