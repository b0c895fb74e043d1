"""The page of emergencies: the one that goes on with its parts, or else plans and those of the past."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import cached_property
from typing import TypeVar

from PySide6.QtCore import QSettings, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from gridapp.areas.tree import Node
from gridapp.emergency.running import Running
from gridapp.ids import Uid
from gridapp.register import Register
from ui import theme
from ui.emergency.call_view import CallView
from ui.emergency.calm_page import CalmPage
from ui.emergency.part import Part, Which
from ui.emergency.progress_view import ProgressView
from ui.emergency.report_view import ReportView
from ui.emergency.rota_view import RotaView
from ui.emergency.task_view import TaskView
from ui.emergency.watch import EmergencyWatch
from ui.jobs import Jobs
from ui.widgets.elided import ElidedLabel
from ui.widgets.empty import EmptyState

_PAUSE_MS = 60
PartT = TypeVar("PartT", bound=Part)


class EmergencyPage(QStackedWidget):
    """Makes and reads what is seen, when it is first seen; ``made`` says which part there is now, and has it.

    ``code_asked`` carries the code of an area that is to be shown instead; ``activation_asked`` a kind, or nothing;
    ``end_asked``, ``pack_asked`` an emergency.
    """

    area_asked = Signal()
    code_asked = Signal(str)
    activation_asked = Signal(str)
    end_asked = Signal(object)
    pack_asked = Signal()
    made = Signal(object, object)
    failed = Signal(object)

    def __init__(self, register: Register, reads: Jobs, alarm: EmergencyWatch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._register, self._reads, self._alarm = register, reads, alarm
        self._node: Node | None = None
        self._holding: list[Running] = []
        self._stale: set[Which] = set()
        # Whoever calls one household after the other writes more often than what is shown has to be read.
        self._later = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._later.timeout.connect(self._show_again)
        self._made: dict[Which, Part] = {}
        self.calm = CalmPage(register, reads)
        self.empty = EmptyState()
        self._build()
        self._connect()

    # Its parts

    @cached_property
    def progress(self) -> ProgressView:
        """How far the response has come."""
        view = self._taken_in(Which.PROGRESS, ProgressView(self._register, self._reads))
        view.calls_asked.connect(self._open_calls)
        view.tasks_asked.connect(self._open_tasks)
        view.part_asked.connect(self.show_part)
        view.code_asked.connect(self.code_asked)
        return view

    @cached_property
    def calls(self) -> CallView:
        """Whom to call."""
        return self._taken_in(Which.CALLS, CallView(self._register, self._reads))

    @cached_property
    def rota(self) -> RotaView:
        """Who is on duty."""
        return self._taken_in(Which.ROTA, RotaView(self._register, self._reads))

    @cached_property
    def tasks(self) -> TaskView:
        """What is to be done."""
        return self._taken_in(Which.TASKS, TaskView(self._register, self._reads))

    @cached_property
    def reports(self) -> ReportView:
        """What is reported of each day."""
        return self._taken_in(Which.REPORTS, ReportView(self._register, self._reads))

    def _taken_in(self, which: Which, view: PartT) -> PartT:
        """Put a part that was made in its place, about what is shown."""
        view.failed.connect(self.failed)
        self._made[which] = view
        place = self.parts.widget(which)
        layout = place.layout() if place is not None else None
        assert place is not None and layout is not None
        layout.addWidget(view)
        place.setFocusProxy(view)
        if self.one is not None and self._node is not None:
            view.show_emergency(self.one, self._node)
        self.made.emit(which, view)
        return view

    def _part(self, which: Which) -> Part:
        parts: dict[Which, Callable[[], Part]] = {
            Which.PROGRESS: lambda: self.progress,
            Which.CALLS: lambda: self.calls,
            Which.ROTA: lambda: self.rota,
            Which.TASKS: lambda: self.tasks,
            Which.REPORTS: lambda: self.reports,
        }
        return parts[which]()

    # What is shown

    @property
    def one(self) -> Running | None:
        """The emergency that is shown."""
        at = self.which.currentIndex()
        return self._holding[at] if 0 <= at < len(self._holding) else None

    def show_area(self, node: Node | None) -> None:
        """Show another area, or that other emergencies hold for it."""
        before = self.one
        self._node = node
        if node is None:
            self._holding = []
            text = self.tr("登记簿里还没有区域。\n建好区域、登记住户和服务队以后，可以在这里启动应急响应。")
            self.empty.show_text("tree-structure", text, [(self.tr("新增区域…"), self.area_asked.emit)])
            self.setCurrentWidget(self.empty)
            return
        self._holding = self._alarm.over(node.code)
        self._offer(before.uid if before is not None else None)
        if self._holding:
            self._show()
        else:
            self.calm.show_area(node, self._alarm.within(node.code))
            self.setCurrentWidget(self.calm)

    def show_part(self, part: Which) -> None:
        """Show a part of the emergency that goes on."""
        self.parts.setCurrentIndex(part)

    def reload(self) -> None:
        """Show what was written in the meantime."""
        self._stale = set(Which)
        self._later.start()

    def is_busy(self) -> bool:
        """Whether something that was written is about to be shown."""
        return self._later.isActive()

    def save_state(self, settings: QSettings) -> None:
        """Note how it stands."""
        settings.setValue("emergency/part", Which(self.parts.currentIndex()).name)

    def restore_state(self, settings: QSettings) -> None:
        """Stand as it was noted."""
        part = str(settings.value("emergency/part"))
        if part in Which.__members__:
            self.parts.setCurrentIndex(Which[part])

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read()

    # How it is built

    def _build(self) -> None:
        self.which = QComboBox()
        self.which.setAccessibleName(self.tr("哪一次应急响应"))
        self.told = ElidedLabel()
        self.told.setProperty("secondary", True)
        self.pack = QPushButton(theme.icon("file-pdf"), self.tr("应急包"))
        self.pack.setToolTip(self.tr("预案、值班表、电话单和分色图，一册 PDF，印出来带上门"))
        self.another = QPushButton(theme.icon("plus"), self.tr("另启动…"))
        self.end = QPushButton(theme.icon("check-circle"), self.tr("结束响应…"))
        head = QHBoxLayout()
        head.setContentsMargins(12, theme.GAP, 12, 0)
        head.setSpacing(theme.GAP)
        head.addWidget(self.which)
        head.addWidget(self.told, 1)
        head.addStretch()
        for button in (self.pack, self.another, self.end):
            head.addWidget(button)
        self.parts = QTabWidget()
        self.parts.setDocumentMode(True)
        names = (self.tr("进展"), self.tr("电话"), self.tr("值守"), self.tr("任务"), self.tr("日报"))
        for part, name in zip(Which, names, strict=True):
            place = QWidget()
            QVBoxLayout(place).setContentsMargins(0, 0, 0, 0)
            self.parts.addTab(place, name)
            self.parts.setTabToolTip(part, self.tr("{0} (Ctrl+Tab 切换)").format(name))
        self.response = QWidget()
        column = QVBoxLayout(self.response)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.parts, 1)
        for widget in (self.calm, self.response, self.empty):
            self.addWidget(widget)

    def _connect(self) -> None:
        self.calm.failed.connect(self.failed)
        self.calm.code_asked.connect(self.code_asked)
        self.calm.activation_asked.connect(self.activation_asked)
        self.parts.currentChanged.connect(lambda _at: self._read())
        self.which.activated.connect(lambda _at: self._show())
        self.pack.clicked.connect(lambda _checked=False: self.pack_asked.emit())
        self.another.clicked.connect(lambda _checked=False: self.activation_asked.emit(""))
        self.end.clicked.connect(lambda _checked=False: self.end_asked.emit(self.one))

    # What happens

    def _offer(self, before: Uid | None) -> None:
        """Offer those that hold for the area; the one that was shown stays."""
        self.which.clear()
        self.which.addItems([one.name for one in self._holding])
        self.which.setVisible(len(self._holding) > 1)
        found = [at for at, one in enumerate(self._holding) if one.uid == before]
        self.which.setCurrentIndex(found[0] if found else 0)

    def _show(self) -> None:
        one, node = self.one, self._node
        if one is None or node is None:
            return
        for view in self._made.values():
            view.show_emergency(one, node)
        self.setCurrentWidget(self.response)
        self._show_again()

    def _show_again(self) -> None:
        self._later.stop()
        self._stale = set(Which)
        self._tell()
        self._read()
        self.calm.reload()

    def _tell(self) -> None:
        if self.one is not None:
            begun = self.one.told(datetime.datetime.now())
            self.told.setText(f"{begun}：{self.one.reason}")

    def _read(self) -> None:
        part = Which(self.parts.currentIndex())
        if self.isVisible() and self.currentWidget() is self.response and part in self._stale:
            self._stale.discard(part)
            self._part(part).read()

    def _open_calls(self, code: str, view: str, only_first: bool) -> None:
        """Show the rows behind a figure of the calls, in the area that it is of."""
        self.code_asked.emit(code)
        self._stale.discard(Which.CALLS)
        self.parts.setCurrentIndex(Which.CALLS)
        self.calls.ask_for(view, only_first)

    def _open_tasks(self, code: str, view: str) -> None:
        self.code_asked.emit(code)
        self._stale.discard(Which.TASKS)
        self.parts.setCurrentIndex(Which.TASKS)
        self.tasks.ask_for(view)
