"""The tab of the colour map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.tabs import LazyTab

if TYPE_CHECKING:
    from ui.colour_map.page import ColourMapPage


class ColourMapTab(LazyTab["ColourMapPage"]):
    """Makes the page and connects it to the window."""

    TABLES = frozenset({"household", "resident", "visit", "issue", "building", "site_plan"})

    def make(self) -> ColourMapPage:
        from ui.colour_map.page import ColourMapPage

        window = self._window
        page = ColourMapPage(window.register, window.reads, window.tell)
        page.view.addActions(window.actions_.on_map)
        page.opened.connect(window.open_household)
        page.grid_asked.connect(window.dock.choose)
        page.building_asked.connect(window.buildings.edit)
        window.site_plan.serve(page.plan)
        page.import_asked.connect(window.files.ask_import)
        page.add_asked.connect(window.add_household)
        page.area_asked.connect(window.files.ask_area)
        page.restore_state(self._memory)
        return page
