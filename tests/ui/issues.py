"""Working with issues as a person does: keys that go to whatever has the focus, and what is read on the screen."""

from __future__ import annotations

import datetime
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gridapp.areas import tree
from gridapp.issues import reading
from gridapp.issues.model import Issue
from gridapp.issues.reading import Whole
from gridapp.issues.registering import NewIssue, NewReporter, register_issue
from gridapp.issues.workflow import Need, Step
from gridapp.register import Register
from tests.ui import people
from tests.ui.driving import ALT, CONTROL, LEFT, settle, type_text
from ui.issues.detail import IssueDetail
from ui.issues.form import IssueForm
from ui.issues.step_dialog import StepDialog
from ui.main_window import MainWindow

DialogT = TypeVar("DialogT", bound=QDialog)
NO_KEYS = Qt.KeyboardModifier.NoModifier
TODAY = datetime.date.today()


class Keys:
    """A keyboard that counts: keys by ``pressed``, characters that an input method hands over by ``written``."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.pressed = self.written = 0

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_KEYS) -> None:
        """Press a key where the focus is."""
        self._qtbot.keyClick(_focused(), key, modifier)
        self.pressed += 1

    def write(self, text: str) -> None:
        """Type a text where the focus is."""
        type_text(self._qtbot, _focused(), text)
        if text.isascii():
            self.pressed += len(text)
        else:
            self.written += len(text)


def _focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def activate(qtbot: QtBot, window: QWidget) -> None:
    """Give a window the keyboard: without a display, none has it after a dialog."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def opened(qtbot: QtBot, window: MainWindow, kind: type[DialogT]) -> DialogT:
    """The dialog of a kind that is open and has the keyboard."""

    def find() -> DialogT | None:
        return next((one for one in window.findChildren(kind) if one.isVisible()), None)

    qtbot.waitUntil(lambda: find() is not None, timeout=5_000)
    found = find()
    assert found is not None
    activate(qtbot, found)
    return found


def is_open(window: MainWindow, kind: type[QDialog]) -> bool:
    """Whether a dialog of a kind is in sight."""
    return any(one.isVisible() for one in window.findChildren(kind))


def open_form(qtbot: QtBot, window: MainWindow) -> IssueForm:
    """Ctrl+Shift+N in the window."""
    activate(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_N, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    return opened(qtbot, window, IssueForm)


def wait_for(qtbot: QtBot, form: IssueForm) -> None:
    """Wait until nothing is looked for."""
    qtbot.waitUntil(lambda: not form.is_busy(), timeout=10_000)


def issues(register: Register) -> list[Whole]:
    """Every issue, in the order in which they were registered."""
    uids = register.all(Issue.select(Issue.uid).order_by(Issue.uid).tuples())
    return [reading.read(register, uid) for (uid,) in uids]


def register_one(register: Register, text: str = "楼道灯不亮", *reporters: str, **values: Any) -> bytes:
    """An issue of today in the third grid, raised by these by telephone."""
    grid = tree.find(register, people.THIRD).uid
    raised = [NewReporter(name, f"1392000000{place}") for place, name in enumerate(reporters or ("马玉兰",))]
    return register_issue(register, NewIssue(text, area=grid, reporters=raised, **values)).uid


def show_issue(qtbot: QtBot, window: MainWindow, issue: bytes) -> IssueDetail:
    """Open an issue in the ledger, and return its pane."""
    window.issues.open(issue)
    settle(qtbot, window)
    pane = window.ledger_tab.page.detail
    qtbot.waitUntil(lambda: pane.issue == issue)
    return pane


def press_step(qtbot: QtBot, pane: IssueDetail, step: Step) -> None:
    """Click the button of a step in the pane."""
    qtbot.mouseClick(pane.steps.buttons[step], LEFT)


def key_step(qtbot: QtBot, pane: IssueDetail, step: Step) -> None:
    """Press the key that stands on the button of a step."""
    place = list(pane.steps.buttons).index(step)
    activate(qtbot, pane.window())
    pane.note.line.setFocus()
    qtbot.keyClick(pane.note.line, Qt.Key(Qt.Key.Key_1 + place), ALT)


def dialog(qtbot: QtBot, window: MainWindow) -> StepDialog:
    """The dialog that asks for what a step needs."""
    return opened(qtbot, window, StepDialog)


def write_note(qtbot: QtBot, asked: StepDialog, text: str) -> None:
    """Type the note of a step."""
    editor = asked.widget(Need.NOTE).editor
    editor.setFocus()
    type_text(qtbot, editor, text)


def confirm(qtbot: QtBot, window: MainWindow, asked: StepDialog) -> None:
    """Ctrl+Enter where the cursor stands, and wait for what comes of it."""
    qtbot.keyClick(asked.focusWidget() or asked, Qt.Key.Key_Return, CONTROL)
    settle(qtbot, window)


def state(pane: IssueDetail) -> str:
    """In which state the issue is, as the pane says."""
    return pane.head.state.text()


def last_line(pane: IssueDetail) -> str:
    """What the timeline tells of the latest step."""
    return pane.timeline.text().splitlines()[-1]


def do(qtbot: QtBot, window: MainWindow, pane: IssueDetail, step: Step, note: str = "") -> None:
    """Take a step by its button; with a note, in the dialog that asks for it."""
    press_step(qtbot, pane, step)
    if note:
        asked = dialog(qtbot, window)
        write_note(qtbot, asked, note)
        confirm(qtbot, window, asked)
        assert not is_open(window, StepDialog)
    settle(qtbot, window)


def shown_texts(widget: QWidget) -> list[str]:
    """What the labels and buttons in sight within a widget say."""
    QApplication.processEvents()  # what has just come into a layout is shown then
    found = [*widget.findChildren(QLabel), *widget.findChildren(QPushButton)]
    return [one.text() for one in found if one.isVisibleTo(widget) and one.text()]
