"""What the plan of an emergency asks for, with deadlines by the clock; a key says that it is done."""

from __future__ import annotations

import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from gridapp.errors import UserError
from gridapp.register import Register
from gridapp.tasks.listing import Listing, State, TaskFilter, TaskRow, View
from ui import theme
from ui.emergency.part import Part
from ui.households.loading import ListingLoader
from ui.jobs import Jobs
from ui.widgets.choice import Choice
from ui.widgets.empty import EmptyState
from ui.widgets.filter_box import FilterBox
from ui.widgets.flow import FlowLayout
from ui.widgets.paged_table import Column, PagedTable


class TaskTable(PagedTable):
    """``toggled`` with the space bar: what is selected is done, or to be done again."""

    toggled = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.toggled.emit()
        else:
            super().keyPressEvent(event)


class TaskView(Part):
    """``finish_asked`` and ``reopen_asked`` carry the uids of tasks, ``task_asked`` a row that is to be seen whole."""

    finish_asked = Signal(list)
    reopen_asked = Signal(list)
    task_asked = Signal(object)

    def __init__(self, register: Register, reads: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(register, reads, parent)
        self.loader: ListingLoader[Listing] = ListingLoader(register, self, reads)
        names = {View.OPEN: self.tr("未完成"), View.OVERDUE: self.tr("逾期"), View.DONE: self.tr("已完成")}
        self.view = Choice({view.value: name for view, name in (*names.items(), (View.ALL, self.tr("全部")))})
        self.box = FilterBox()
        self.box.setPlaceholderText(self.tr("任务、负责人"))
        self.box.setAccessibleName(self.tr("筛选应急任务"))
        self.box.setFixedWidth(160)
        self.told = QLabel()
        self.told.setProperty("secondary", True)
        self.done = QPushButton(theme.icon("check"), self.tr("完成或恢复（空格）"))
        self.table = TaskTable(self.tr("应急任务"), _columns(self))
        self.empty = EmptyState()
        self._shown = QStackedWidget()
        self._build()
        self._connect()

    def read(self) -> None:
        """Read the tasks, by what is chosen."""
        if self.one is None:
            return
        now = datetime.datetime.now()
        view = View(self.view.value())
        chosen = TaskFilter(self.code, view, text=self.box.text(), emergency=self.one.uid, moment=now)
        self.loader.ask(Listing(self.register, chosen, now.date()))

    def ask_for(self, view: str) -> None:
        """Show these instead, whatever was typed."""
        self.view.set_value(view)
        self.box.blockSignals(True)
        self.box.clear()
        self.box.blockSignals(False)
        self.read()
        self.table.setFocus()

    def _build(self) -> None:
        controls = QWidget()
        flow = FlowLayout(controls, 2 * theme.GAP)
        for control in (self.view, self.box, self.done, self.told):
            flow.addWidget(control)
        self._shown.addWidget(self.table)
        self._shown.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, theme.GAP, 12, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(controls)
        row = QHBoxLayout()
        row.addWidget(self._shown)
        column.addLayout(row, 1)
        self.setFocusProxy(self.table)
        toggle = QAction(theme.icon("check"), self.tr("完成或恢复（空格）"), self.table)
        toggle.triggered.connect(self._toggle)
        self.table.addAction(toggle)

    def _connect(self) -> None:
        self.view.changed.connect(self.read)
        self.box.textChanged.connect(lambda _text: self.read())
        self.done.clicked.connect(lambda _checked=False: self._toggle())
        self.table.toggled.connect(self._toggle)
        self.table.opened.connect(self._open)
        self.table.paged.unread.connect(lambda text: self.failed.emit(UserError(text)))
        self.loader.arrived.connect(self._show)
        self.loader.failed.connect(self.failed)

    def _show(self, listing: Listing) -> None:
        if self.one is None or listing.filter.emergency != self.one.uid:
            return
        late = listing.counts[View.OVERDUE]
        told = self.tr("未完成 {0}").format(f"{listing.counts[View.OPEN]:,}")
        self.told.setText(told + (self.tr("，逾期 {0}").format(f"{late:,}") if late else ""))
        self.done.setEnabled(listing.count > 0)
        self.table.show_rows(listing)
        if listing.count:
            self._shown.setCurrentWidget(self.table)
            return
        open_left = listing.filter.view is View.OPEN and not listing.filter.text
        text = self.tr("这里的任务都完成了。") if open_left else self.tr("没有符合条件的任务。")
        self.empty.show_text("check-circle", text)
        self._shown.setCurrentWidget(self.empty)

    def _rows(self) -> list[TaskRow]:
        positions = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        found = (self.table.paged.row(position) for position in positions)
        return [row for row in found if row is not None]

    def _toggle(self) -> None:
        """Finish what is to be done of what is selected, or if nothing is, bring it back."""
        rows = self._rows()
        to_be_done = [row.uid for row in rows if row.is_open]
        if to_be_done:
            self.finish_asked.emit(to_be_done)
        elif rows:
            self.reopen_asked.emit([row.uid for row in rows])

    def _open(self) -> None:
        row = self.table.paged.row(self.table.currentIndex().row())
        if row is not None:
            self.task_asked.emit(row)


def _columns(view: QWidget) -> list[Column]:
    tr = view.tr
    now = datetime.datetime.now

    def is_late(row: TaskRow) -> bool:
        return row.state(now()) is State.OVERDUE

    return [
        Column(tr("期限"), lambda row: row.due_text(now()), 116, urgent=is_late),
        Column(tr("状态"), lambda row: row.state_text(now()), 92, urgent=is_late),
        Column(tr("任务"), lambda row: row.title, 0),
        Column(tr("负责人"), lambda row: row.who, 104),
        Column(tr("区域"), lambda row: row.area_name, 110),
        Column(tr("对象和说明"), lambda row: " ".join(row.note.split()), 240),
    ]
