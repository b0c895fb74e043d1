"""Working the page of the teams as a person does: by its rows, its keys and its dialogs."""

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from gridapp.register import Register
from gridapp.teams.model import Member, Service
from tests.ui.driving import ALT, CONTROL, settle
from ui.main_window import MainWindow
from ui.tabs import Tab
from ui.teams.page import Part, TeamPage

DialogT = TypeVar("DialogT", bound=QDialog)


def go_to_teams(qtbot: QtBot, window: MainWindow) -> TeamPage:
    """The page of the teams, reached by its key."""
    qtbot.keyClick(window, Qt.Key.Key_8, CONTROL)
    settle(qtbot, window)
    assert window.tabs.currentIndex() == Tab.TEAM
    window.team_tab.page.show_part(Part.PEOPLE)
    return window.team_tab.page


def names(page: TeamPage) -> list[str]:
    """Who is listed in the part that is seen, from the top."""
    model = page.view.table.paged
    return [model.row(at).name for at in range(model.rowCount())]


def choose(qtbot: QtBot, window: MainWindow, name: str) -> None:
    """Go to the row of somebody by the arrows."""
    page = window.team_tab.page
    table = page.view.table
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Home, CONTROL)
    for _ in range(names(page).index(name)):
        qtbot.keyClick(table, Qt.Key.Key_Down)
    settle(qtbot, window)


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = ALT) -> None:
    """Press a key in the table that is seen."""
    window.activateWindow()  # without a display, none is after a dialog
    qtbot.waitUntil(window.isActiveWindow)
    page = window.team_tab.page
    qtbot.keyClick(page.view.table, key, modifier)
    settle(qtbot, window)


def is_open(window: MainWindow, kind: type[QDialog]) -> bool:
    """Whether a dialog of a kind stands open."""
    return any(one.isVisible() for one in window.findChildren(kind))


def opened(window: MainWindow, kind: type[DialogT]) -> DialogT:
    """The dialog of a kind that stands open."""
    found = [one for one in window.findChildren(kind) if one.isVisible()]
    return found[-1]


def undo(qtbot: QtBot, window: MainWindow) -> None:
    """Take back what was done last."""
    window.undo()
    settle(qtbot, window)


def enter(qtbot: QtBot, window: MainWindow, dialog: QDialog) -> None:
    """Press Enter where the cursor stands in a dialog."""
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    settle(qtbot, window)


def member_of(register: Register, name: str) -> bytes:
    """The uid of a member by name."""
    return bytes(register.value(Member.select(Member.uid).where(Member.name == name)))


def service_of(register: Register, name: str) -> bytes:
    """The uid of the service of somebody who has one."""
    return bytes(register.value(Service.select(Service.uid).where(Service.member == member_of(register, name))))
