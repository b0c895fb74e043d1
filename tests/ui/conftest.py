"""Fixtures for the window: fonts and theme once, and a window over a small register, shown and at rest."""

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gridapp.register import Register, open_register
from tests.ui import people
from tests.ui.driving import settle
from ui import theme
from ui.main_window import MainWindow
from ui.sweeping import Sweeper

MakeWindow = Callable[[Register], MainWindow]


@pytest.fixture(autouse=True)
def homeless(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that a test does reaches this user's own settings, registers or logs."""
    for kind in ("CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path_factory.mktemp(kind.lower())))


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    """The application with the packaged fonts and the light theme."""
    Sweeper(qapp)
    theme.load_fonts(qapp)
    theme.apply(qapp, theme.LIGHT)
    yield qapp
    # Without a display, what was copied lies in Qt's own memory, which is freed after Python is gone.
    qapp.clipboard().clear()


@pytest.fixture
def memory(tmp_path: Path) -> QSettings:
    """Where windows of this test remember their state."""
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    settings.setValue("window/day", datetime.date.today().isoformat())  # a day that has begun before
    return settings


@pytest.fixture
def make_window(dressed: QApplication, memory: QSettings, qtbot: QtBot) -> Iterator[MakeWindow]:
    """Brings up windows that are gone when the test ends, whatever stands in their forms."""
    made: list[MainWindow] = []

    def bring_up(register: Register) -> MainWindow:
        window = MainWindow(register, memory)
        made.append(window)
        window.resize(1440, 900)
        window.load()
        window.show()
        window.activateWindow()
        qtbot.waitExposed(window)
        qtbot.waitUntil(window.isActiveWindow)  # without the focus, no shortcut is one
        settle(qtbot, window)
        return window

    yield bring_up
    for window in made:
        if window.isVisible():
            window.page.side.cancel()
            window.jobs.stop_all()
            settle(qtbot, window)
            window.register._written = False  # no test is about the backup made when it ends
            window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def filled(register: Register) -> Register:
    """Two communities, three grids, 32 households of all colours; nothing of it can be undone by this user."""
    people.move_in(register)
    return register


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """The file of a register with the same people in it, closed."""
    path = tmp_path / "登记簿.db"
    register = open_register(str(path))
    people.move_in(register)
    register.close(backup=False)
    return path


@pytest.fixture
def window(make_window: MakeWindow, filled: Register) -> MainWindow:
    """A window that shows 第三网格."""
    return make_window(filled)
