"""The chips that say what the household table is filtered by."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from gridapp.households.filter_words import parts
from gridapp.households.filters import Filter
from ui.widgets.chips import Chips


class FilterChips(Chips):
    """Emits ``asked`` with the filter that is wanted instead. Hidden while nothing is filtered."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("FilterChips", "显示全部住户"), parent)
        self.show_filter(Filter(""))

    def show_filter(self, chosen: Filter) -> None:
        """Show what a filter asks for."""
        self.show_parts(parts(chosen), Filter(""))
