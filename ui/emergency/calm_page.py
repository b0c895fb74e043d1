"""What is prepared for emergencies while none goes on: the plans, and the emergencies of the past."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QTabWidget, QVBoxLayout, QWidget

from gridapp.areas.tree import Node
from gridapp.emergency.running import Running
from gridapp.register import Register
from ui import theme
from ui.emergency.past_view import PastView
from ui.emergency.plan_view import PlanView
from ui.jobs import Jobs
from ui.widgets.layouts import clear

_MOST_LINKS = 5


class CalmPage(QWidget):
    """``activation_asked`` carries a kind; ``code_asked`` the code of an area below in which an emergency goes on."""

    activation_asked = Signal(str)
    code_asked = Signal(str)
    failed = Signal(object)

    def __init__(self, register: Register, reads: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plans = PlanView(register, reads)
        self.past = PastView(register, reads)
        self._stale = {self.plans, self.past}
        self.parts = QTabWidget()
        self.parts.setDocumentMode(True)
        self.parts.addTab(self.plans, self.tr("预案"))
        self.parts.addTab(self.past, self.tr("以往的应急响应"))
        self.below = QFrame()
        self._links = QHBoxLayout(self.below)
        self._links.setContentsMargins(12, theme.GAP, 12, 0)
        self.below.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.below)
        column.addWidget(self.parts, 1)
        for view in (self.plans, self.past):
            view.failed.connect(self.failed)
        self.plans.activation_asked.connect(self.activation_asked)
        self.parts.currentChanged.connect(lambda _at: self._read())

    def show_area(self, node: Node, within: Sequence[Running]) -> None:
        """Show another area, with the emergencies that go on below it."""
        self.plans.show_area(node)
        self.past.show_area(node)
        clear(self._links)
        self.below.setVisible(bool(within))
        if within:
            self._links.addWidget(QLabel(self.tr("下级正在应急响应：")))
        for one in within[:_MOST_LINKS]:
            link = QPushButton(theme.icon("megaphone", "danger"), one.name)
            link.setProperty("link", True)
            link.clicked.connect(lambda _checked=False, code=one.area_code: self.code_asked.emit(code))
            self._links.addWidget(link)
        if len(within) > _MOST_LINKS:
            self._links.addWidget(QLabel(self.tr("等 {0} 处").format(len(within))))
        if within:
            self._links.addStretch()
        self.reload()

    def reload(self) -> None:
        """Show what was written in the meantime."""
        self._stale = {self.plans, self.past}
        self._read()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read()

    def _read(self) -> None:
        view = self.plans if self.parts.currentWidget() is self.plans else self.past
        if self.isVisible() and view in self._stale:
            self._stale.discard(view)
            view.read()
