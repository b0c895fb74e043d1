"""The page of visits: who is due, what was visited, how many are covered."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QSettings, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QTabWidget, QWidget

from gridapp.areas.tree import Node
from gridapp.ids import Uid
from gridapp.register import Register
from gridapp.visits.plan import Who
from ui.day import DayWatch
from ui.jobs import Jobs
from ui.visits.coverage_view import DUE, VISITED, Asked, CoverageView
from ui.visits.plan_view import PlanView
from ui.visits.visited_view import VisitedView


class Part(IntEnum):
    """The parts of the page, from the left."""

    PLAN = 0
    VISITED = 1
    COVERAGE = 2


class VisitsPage(QTabWidget):
    """Reads what is seen, when it is seen. ``area_asked`` with the code of an area that is to be shown instead."""

    area_asked = Signal(str)
    failed = Signal(object)

    def __init__(self, register: Register, reads: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDocumentMode(True)
        self.plan = PlanView(register, reads)
        self.visited = VisitedView(register, reads)
        self.coverage = CoverageView(register, reads)
        self._views = (self.plan, self.visited, self.coverage)
        names = (self.tr("要走访的"), self.tr("走访记录"), self.tr("覆盖率"))
        for view, name in zip(self._views, names, strict=True):
            self.addTab(view, name)
        for failed in (self.plan.failed, self.visited.failed, self.coverage.failed):
            failed.connect(self.failed)
        for part, name in zip(Part, names, strict=True):
            self.setTabToolTip(part, self.tr("{0} (Ctrl+Tab 切换)").format(name))
        self._stale = set(Part)
        self._days = DayWatch(parent=self)
        self._days.turned.connect(self.reload)
        self.currentChanged.connect(lambda _at: self._read())
        self.coverage.asked.connect(self._open_figure)

    def show_area(self, node: Node | None) -> None:
        """Show another area."""
        for view in self._views:
            view.show_area(node)
        self.reload()

    def show_due(self) -> None:
        """Show who is due by today, of all buildings and colours."""
        self._stale.discard(Part.PLAN)
        self.setCurrentIndex(Part.PLAN)
        self.plan.ask_for(Who.DUE, frozenset())
        self.plan.table.setFocus()

    def reload(self) -> None:
        """Show what was written in the meantime."""
        self._stale = set(Part)
        self._read()

    def selected(self) -> list[Uid]:
        """The households that are selected in the part that is seen."""
        if self.currentIndex() == Part.PLAN:
            return self.plan.selected()
        return self.visited.selected() if self.currentIndex() == Part.VISITED else []

    def save_state(self, settings: QSettings) -> None:
        """Note how it stands."""
        settings.setValue("visits/part", Part(self.currentIndex()).name)
        self.plan.save_state(settings)
        self.visited.save_state(settings)

    def restore_state(self, settings: QSettings) -> None:
        """Stand as it was noted."""
        self.plan.restore_state(settings)
        self.visited.restore_state(settings)
        part = str(settings.value("visits/part"))
        if part in Part.__members__:
            self.setCurrentIndex(Part[part])

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read()

    def _read(self) -> None:
        part = Part(self.currentIndex())
        if self.isVisible() and part in self._stale:
            self._stale.discard(part)
            self._views[part].read()

    def _open_figure(self, asked: Asked) -> None:
        """Show the rows behind a figure: in the area that it is of, which becomes the one that is shown."""
        self.area_asked.emit(asked.code)
        first = frozenset(() if asked.colour is None else (asked.colour,))
        part = Part.VISITED if asked.figure == VISITED else Part.PLAN
        self._stale.discard(part)
        self.setCurrentIndex(part)
        if part is Part.VISITED:
            self.visited.ask_for(asked.period, first)
            self.visited.table.setFocus()
        else:
            self.plan.ask_for(Who.DUE if asked.figure == DUE else Who.ALL, first)
            self.plan.table.setFocus()
