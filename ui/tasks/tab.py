"""The tab of the tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gridapp.ids import Uid
from ui.tabs import LazyTab, Tab

if TYPE_CHECKING:
    from ui.tasks.page import TasksPage


class TasksTab(LazyTab["TasksPage"]):
    """Makes the page and connects it to the window."""

    TABLES = frozenset({"task", "work_plan", "member", "service", "area"})

    def make(self) -> TasksPage:
        from ui.tasks.page import TasksPage

        window = self._window
        page = TasksPage(window.register, window.reads, window.tell)
        page.commands.notice.connect(
            lambda text: window.status.show_notice(text, self.tr("撤销"), window.undo),
        )
        page.commands.refused.connect(window.status.show_refusal)
        page.plan.dropped.connect(
            lambda: window.status.show_notice(self.tr("工作方案没有保存"), self.tr("继续写"), page.plan.take_up),
        )
        page.area_asked.connect(window.files.ask_area)
        page.code_asked.connect(lambda code: window.dock.choose(window.dock.model.find(code)))
        page.restore_state(self._memory)
        return page

    def go_to(self, code: str, uid: Uid) -> None:
        """Show a task: in the area that is shown if its list holds it, else in its own."""
        window = self._window
        area = window.dock.model.find(code)
        shown = window.node.code if window.node is not None else ""
        if area is not None and not (code.startswith(shown) or shown.startswith(code)):
            window.dock.choose(area)
        window.show_tab(Tab.TASKS)
        self.page.go_to(uid)

    def show_open(self) -> None:
        """Show all that is to be done, what is late first."""
        from gridapp.tasks.listing import View

        self._window.show_tab(Tab.TASKS)
        self.page.show_view(View.OPEN)
