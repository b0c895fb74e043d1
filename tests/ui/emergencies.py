"""A community of eight grids in the window, and what one does there in an emergency, by keys."""

import datetime
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from gridapp.emergency import activation
from gridapp.emergency.activation import Activated
from gridapp.register import Register
from tests.gridapp.emergency.scene import COMMUNITY
from tests.ui.driving import settle
from ui.emergency.activation_dialog import ActivationDialog
from ui.emergency.page import EmergencyPage, Which
from ui.main_window import MainWindow
from ui.tabs import Tab

SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
DialogT = TypeVar("DialogT", bound=QDialog)


def opened(qtbot: QtBot, window: MainWindow, kind: type[DialogT]) -> DialogT:
    """The dialog that is open."""
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(kind)), timeout=5_000)
    settle(qtbot, window)
    found = next(one for one in window.findChildren(kind) if one.isVisible())
    found.activateWindow()
    qtbot.waitUntil(found.isActiveWindow)
    return found


def press(qtbot: QtBot, widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    qtbot.keyClick(widget, key, modifier or Qt.KeyboardModifier.NoModifier)


def go_to(qtbot: QtBot, window: MainWindow, code: str = COMMUNITY) -> None:
    """Show an area."""
    window.dock.choose(window.dock.model.find(code))
    settle(qtbot, window)


def show(qtbot: QtBot, window: MainWindow, part: Which = Which.PROGRESS) -> EmergencyPage:
    """Show a part of the emergency of the area that is shown."""
    activate(qtbot, window)
    window.show_tab(Tab.EMERGENCY)
    page = window.emergency_tab.page
    page.show_part(part)
    settle(qtbot, window)
    return page


def activate(qtbot: QtBot, window: MainWindow) -> None:
    """Let the window have the keys: after the last dialog, none has."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def ask(qtbot: QtBot, window: MainWindow) -> ActivationDialog:
    """Ask for an activation by its keys."""
    activate(qtbot, window)
    press(qtbot, window, Qt.Key.Key_Y, CONTROL | SHIFT)
    return opened(qtbot, window, ActivationDialog)


def call(register: Register, kind: str = "flood", code: str = COMMUNITY, hours: int = 3) -> Activated:
    """Call an emergency that began some hours ago."""
    begun = datetime.datetime.now() - datetime.timedelta(hours=hours)
    return activation.activate(register, code, kind, "暴雨，3号楼进水", begun)


def figures(page: EmergencyPage) -> dict[str, str]:
    """What the figures of the progress say."""
    return {name: button.figure() for name, button in page.progress.figures.items()}


def cells(page: EmergencyPage, row: int) -> list[str]:
    """What a row of the table of grids says."""
    model = page.progress.model
    return [model.index(row, column).data() for column in range(model.columnCount())]
