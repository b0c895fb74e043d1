"""The screens of emergencies, brought up one after the other to be pictured, on a register that may be written."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QWidget

from gridapp.areas.model import Level
from gridapp.emergency import activation, calls, reports
from gridapp.emergency.call_rows import CallFilter
from gridapp.emergency.calls import Listing
from gridapp.emergency.model import NEEDS_HELP, NOT_REACHED, REACHED
from ui.emergency.page import Which
from ui.tabs import Tab

if TYPE_CHECKING:
    from gridapp.areas.tree import Node
    from ui.main_window import MainWindow

_BEGAN = datetime.timedelta(hours=3, minutes=12)
_CALLED = 12
_OUTCOMES = (NEEDS_HELP, REACHED, REACHED, NOT_REACHED)
_NEED = "家里进水，行动不便，需要转移"


class EmergencyPictures:
    """Brings up the screens of a window; where it has no community, none is pictured."""

    def __init__(self, window: MainWindow, settle: Callable[[], None], close: Callable[[], None]) -> None:
        """Be ready for a window.

        Args:
            settle: lets the window read and paint what it has to.
            close: closes the dialog that is open.
        """
        self._window, self._settle, self._close = window, settle, close

    def screens(self) -> Iterator[tuple[str, QWidget]]:
        """Every screen with its name."""
        window = self._window
        nodes = (node for root in window.dock.model.roots for node in root.walk())
        community = next((node for node in nodes if node.level is Level.COMMUNITY and node.children), None)
        if community is None:
            return
        window.dock.choose(community)
        window.show_tab(Tab.EMERGENCY)
        yield "60-emergency-plans", window
        window.emergency.ask_activation("flood")
        yield "61-activation", self._dialog()
        self._close()
        self._flood(community)
        self._settle()
        page = window.emergency_tab.page
        names = ("62-progress", "63-calls", "64-duties", "65-emergency-tasks", "66-daily-reports")
        for part, name in zip(Which, names, strict=True):
            page.show_part(part)
            yield name, window
        window.show_tab(Tab.TODAY)
        yield "67-today-in-an-emergency", window
        if page.one is not None:
            window.emergency.endings.ask(page.one)
            yield "68-stand-down", self._dialog()
            self._close()
            window.emergency.endings.show_report(page.one)
            yield "69-after-action", self._dialog()
            self._close()

    def _flood(self, community: Node) -> None:
        """Call an emergency that began some hours ago, with calls and a report."""
        register = self._window.register
        begun = datetime.datetime.now() - _BEGAN
        made = activation.activate(register, community.code, "flood", "暴雨红色预警，低洼处积水", begun)
        for number, row in enumerate(Listing(register, CallFilter(made.uid, community.code)).page(0, _CALLED)):
            outcome = _OUTCOMES[number % len(_OUTCOMES)]
            calls.record(register, made.uid, row.uid, outcome, _NEED if outcome == NEEDS_HELP else "")
        reports.report(register, made.uid, community.children[0].code)

    def _dialog(self) -> QWidget:
        self._settle()
        return next(one for one in self._window.findChildren(QDialog) if one.isVisible())
