"""The tab of the tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.tabs import LazyTab

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
        page.area_asked.connect(window.files.ask_area)
        page.code_asked.connect(lambda code: window.dock.choose(window.dock.model.find(code)))
        page.restore_state(self._memory)
        return page
