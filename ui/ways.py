"""The ways through the main window: to its tabs, and from anywhere to a household, an issue, a task or a building."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gridapp.areas.tree import Node
from gridapp.ids import Uid
from ui.tabs import Tab

if TYPE_CHECKING:
    from ui.colour_map.page import ColourMapPage
    from ui.main_window import MainWindow


class Ways:
    """The part of a window that knows where things are shown."""

    def as_window(self) -> MainWindow:
        """The window of which this is a part."""
        raise NotImplementedError

    @property
    def is_map_seen(self) -> bool:
        """Whether the tab of the colour map is the one that is seen."""
        return self.as_window().tabs.currentIndex() == Tab.COLOUR_MAP

    @property
    def colour_map(self) -> ColourMapPage:
        """The page of the colour map, made when it is first asked for."""
        return self.as_window().map_tab.page

    def show_tab(self, tab: Tab) -> None:
        """Show one of the tabs."""
        self.as_window().tabs.setCurrentIndex(tab)

    def focus_tree(self) -> None:
        """Let somebody type the name of an area."""
        box = self.as_window().dock.box
        box.setFocus()
        box.selectAll()

    def find_household(self) -> None:
        """Let somebody type what a household is looked for by."""
        self.show_tab(Tab.HOUSEHOLDS)
        box = self.as_window().page.box
        box.setFocus()
        box.selectAll()

    def add_household(self) -> None:
        """Open an empty form."""
        self.show_tab(Tab.HOUSEHOLDS)
        self.as_window().page.add()

    def add_task(self) -> None:
        """Let somebody type a new task for the area that is shown."""
        self.show_tab(Tab.TASKS)
        self.as_window().tasks_tab.page.begin_task()

    def delete_households(self) -> None:
        """Delete those that are selected, where their table is seen."""
        window = self.as_window()
        if window.tabs.currentIndex() == Tab.HOUSEHOLDS:
            window.page.delete()

    def go_to_household(self, code: str, uid: Uid) -> None:
        """Show a household in its row: in the area that is shown if it lies there, else in its grid."""
        window = self.as_window()
        self.show_tab(Tab.HOUSEHOLDS)
        if not window.page.leave() or window.page.go_to(uid):
            return
        grid = window.dock.model.find(code)
        if grid is not None and (window.node is None or not code.startswith(window.node.code)):
            window.dock.choose(grid)
        if not window.page.show_household(uid):
            window.status.show_refusal(window.tr("这一户已被删除。"))

    def open_household(self, uid: Uid) -> None:
        """Show a household of the area that is shown in its row, ready for the keyboard."""
        window = self.as_window()
        if window.node is not None:
            self.go_to_household(window.node.code, uid)
            window.page.table.setFocus()

    def go_to_issue(self, code: str, uid: Uid) -> None:
        """Show an issue in the ledger: of the area that is shown if it lies there, else of its own."""
        self.as_window().ledger_tab.go_to(code, uid)

    def go_to_task(self, code: str, uid: Uid) -> None:
        """Show a task in the list of the area that is shown if it holds it, else in its own."""
        self.as_window().tasks_tab.go_to(code, uid)

    def show_building(self, grid: Node, estate: str, building: str) -> None:
        """Show a building on the colour map of its grid."""
        self.as_window().dock.choose(grid)
        self.show_tab(Tab.COLOUR_MAP)
        self.colour_map.show_building(estate, building)
