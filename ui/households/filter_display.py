"""What tells of the filter around the table: chips, switches, panel, counts by colour, and how many are shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel, QWidget

from gridapp.households.estates import places
from gridapp.households.listing import Listing
from gridapp.register import Register
from ui.households.bar import FilterBar
from ui.households.filter_chips import FilterChips
from ui.households.filter_panel import FilterPanel
from ui.households.filtering import Filtering
from ui.households.legend import Legend
from ui.households.live_counts import LiveCounts


class FilterDisplay(QObject):
    """Shows what ``filtering`` asks for; ``asked`` comes with the filter that is wanted instead."""

    asked = Signal(object)
    failed = Signal(object)

    def __init__(
        self, register: Register, filtering: Filtering, legend: Legend, bar: FilterBar, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._register = register
        self._filtering = filtering
        self._legend = legend
        self._number: QLabel = bar.shown
        self._counts: Sequence[int] | None = None
        self._code = ""
        self.quick, self.chips, self.panel = bar.quick, FilterChips(), FilterPanel(parent)
        self.live_counts = LiveCounts(register, self)
        for part in (self.chips, self.quick, self.panel):
            part.asked.connect(self.asked)
        self.quick.panel_asked.connect(self._open_panel)
        self.live_counts.arrived.connect(legend.set_counts)
        self.live_counts.failed.connect(self.failed)

    def set_counts(self, counts: Sequence[int], listing: Listing | None) -> None:
        """Show how many households of the area have each colour first, unless others are filtered out."""
        self._counts = counts
        if not self._filtering.is_beyond_colours():
            self._legend.set_counts(counts)
        self.show_number(listing)

    def show(self, code: str) -> None:
        """Show what is asked for in an area, and count by colour what the rest of it leaves; no code: no area."""
        self._code = code
        chosen = self._filtering.of(code)
        self.chips.show_filter(chosen)
        self.quick.show_filter(chosen, self._filtering.days)
        self.panel.show_filter(chosen)
        if code and self._filtering.is_beyond_colours():
            self.live_counts.ask(chosen)
        else:
            self.live_counts.forget()
            if self._counts is not None:
                self._legend.set_counts(self._counts)

    def show_number(self, listing: Listing | None) -> None:
        """Say how many households are shown, and of how many where they are filtered."""
        number = f"{listing.count if listing is not None else 0:,}"
        here = not self._filtering.of("").past  # those who have left are no part of those who are here
        if here and self._filtering.is_active() and self._counts is not None:
            self._say(self.tr("{0} / {1} 户").format(number, f"{sum(self._counts):,}"))
        else:
            self._say(self.tr("{0} 户").format(number))

    def _say(self, text: str) -> None:
        self._number.setText(text)
        self.panel.count.setText(text)

    def _open_panel(self) -> None:
        code, register = self._code, self._register
        if code:
            # Beside the window: which buildings there are to choose from.
            self.live_counts.read(lambda: places(register, code), self.panel.places.offer)
            self.panel.open_below(self.quick.more)
