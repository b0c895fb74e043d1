"""What stands in the place of the ledger where it holds nothing: why that is so, and what leads out of it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal

from gridapp.issues.ledger import LedgerFilter, View
from gridapp.issues.ledger_words import view_text
from ui.issues.ledger_bar import Form
from ui.widgets.empty import EmptyState


class LedgerEmpty(EmptyState):
    """Emits ``asked`` with the filter that is wanted instead."""

    asked = Signal(object)
    register_asked = Signal()
    area_asked = Signal()

    def show_lack(self, area: str, form: Form, chosen: LedgerFilter, told: str) -> None:
        """Say why an area has nothing to show.

        Args:
            told: what is filtered by beside the view, in words.
        """
        if told:
            text = self.tr("{0}没有符合条件的民意。\n{1}").format(area, told)
            everything = LedgerFilter("", chosen.view, chosen.desk)
            self.show_text("magnifying-glass", text, [(self.tr("清除筛选"), lambda: self.asked.emit(everything))])
        elif form is Form.CALLS:
            self.show_text("phone-call", self.tr("{0}的反映人都已反馈过了。").format(area))
        elif chosen.view is View.ALL:
            self.show_text(
                "chat-text",
                self.tr("{0}还没有登记过民意。").format(area),
                [(self.tr("登记民意"), self.register_asked.emit)],
            )
        else:
            text = self.tr("{0}没有“{1}”的民意。").format(area, view_text(chosen))
            everything = replace(chosen, view=View.ALL, states=frozenset())
            self.show_text("check", text, [(self.tr("看全部"), lambda: self.asked.emit(everything))])

    def show_no_areas(self) -> None:
        """Say that there has to be an area first."""
        self.show_text(
            "tree-structure",
            self.tr("登记簿里还没有区域。\n先新增街道、社区和网格，再登记民意。"),
            [(self.tr("新增区域…"), self.area_asked.emit)],
        )
