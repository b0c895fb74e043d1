"""The tab of the colour map, whose page is made when it is first seen, as not every start comes to it."""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QStackedWidget

from gridapp.areas.tree import Node

if TYPE_CHECKING:
    from ui.colour_map.page import ColourMapPage
    from ui.main_window import MainWindow

_SHOWN = {"household", "resident", "visit", "issue", "building", "site_plan"}


class ColourMapTab(QStackedWidget):
    """Tells the page what happens in the window, once there is one."""

    def __init__(self, window: MainWindow, memory: QSettings) -> None:
        super().__init__()
        self._window = window
        self._memory = memory
        self._page: ColourMapPage | None = None

    @property
    def page(self) -> ColourMapPage:
        """The page, with the area that is shown."""
        if self._page is None:
            from ui.colour_map.page import ColourMapPage

            window = self._window
            self._page = page = ColourMapPage(window.register, window.reads, window.tell)
            page.view.addActions(window.actions_.on_map)
            page.opened.connect(window.open_household)
            page.grid_asked.connect(window.dock.choose)
            page.building_asked.connect(window.buildings.edit)
            window.site_plan.serve(page.plan)
            page.import_asked.connect(window.files.ask_import)
            page.add_asked.connect(window.add_household)
            page.area_asked.connect(window.files.ask_area)
            page.restore_state(self._memory)
            page.show_area(window.node)
            self.addWidget(page)
        return self._page

    def show_area(self, node: Node | None) -> None:
        """Show the map of another area."""
        if self._page is not None:
            self._page.show_area(node)

    def follow(self, tables: Set[str]) -> None:
        """Show what was written in these tables."""
        if self._page is not None and tables & _SHOWN:
            self._page.reload()

    def save_state(self, settings: QSettings) -> None:
        if self._page is not None:
            self._page.save_state(settings)
