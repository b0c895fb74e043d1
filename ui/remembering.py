"""How a window comes up as it was left."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings, QSize

from ui import theme
from ui.tabs import Tab

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def restore(window: MainWindow, memory: QSettings, tab: Tab) -> None:
    """Put a window where it stood.

    Args:
        tab: which one is shown where none is remembered on a day that has begun before.
    """
    window.resize(QSize(1440, 900).boundedTo(window.screen().availableSize()))
    geometry, state = memory.value("window/geometry"), memory.value("window/state")
    if isinstance(geometry, QByteArray):
        window.restoreGeometry(geometry)
    if isinstance(state, QByteArray):
        window.restoreState(state)
    else:
        window.share_width()
    window.page.restore_state(memory)
    window.actions_.dark.setChecked(theme.current() is theme.DARK)
    # Each day begins with what there is to do; later one goes on where one was.
    shown, day = str(memory.value("window/tab", tab.name)), str(memory.value("window/day"))
    known = shown in Tab.__members__ and day == datetime.date.today().isoformat()
    window.show_tab(Tab[shown] if known else Tab.TODAY)


def remember(window: MainWindow, memory: QSettings) -> None:
    """Note how a window stands."""
    memory.setValue("window/geometry", window.saveGeometry())
    memory.setValue("window/state", window.saveState())
    memory.setValue("window/day", datetime.date.today().isoformat())
    memory.setValue("window/tab", Tab(window.tabs.currentIndex()).name)
    memory.setValue("areas/opened", sorted(window.dock.opened_codes()))
    memory.setValue("areas/current", window.node.code if window.node else "")
    memory.setValue("register", window.register.url)
    window.page.save_state(memory)
    for tab in window.tabs.lazy:
        tab.save_state(memory)
