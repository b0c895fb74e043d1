"""The tabs of the main window, and those of them whose page is made when it is first seen."""

from __future__ import annotations

from collections.abc import Mapping, Set
from enum import IntEnum
from typing import TYPE_CHECKING, ClassVar, Generic, Protocol, TypeVar

from PySide6.QtCore import QCoreApplication, QSettings
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QTabWidget, QWidget

from gridapp.areas.tree import Node

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class Tab(IntEnum):
    """The tabs, from the left."""

    TODAY = 0
    OVERVIEW = 1
    HOUSEHOLDS = 2
    COLOUR_MAP = 3
    VISITS = 4
    LEDGER = 5
    TASKS = 6
    TEAM = 7
    EMERGENCY = 8


def tab_names() -> dict[Tab, str]:
    """How the tabs are called."""
    tr = QCoreApplication.translate
    return {
        Tab.TODAY: tr("Tab", "今日"),
        Tab.OVERVIEW: tr("Tab", "概况"),
        Tab.HOUSEHOLDS: tr("Tab", "住户"),
        Tab.COLOUR_MAP: tr("Tab", "分色图"),
        Tab.VISITS: tr("Tab", "走访"),
        Tab.LEDGER: tr("Tab", "民意账单"),
        Tab.TASKS: tr("Tab", "任务"),
        Tab.TEAM: tr("Tab", "服务队"),
        Tab.EMERGENCY: tr("Tab", "应急"),
    }


class Page(Protocol):
    """What fills a tab."""

    def show_area(self, node: Node | None) -> None:
        """Show another area."""

    def reload(self) -> None:
        """Show what was written in the meantime."""

    def save_state(self, settings: QSettings) -> None:
        """Note how it stands."""


PageT = TypeVar("PageT", bound=Page)


class LazyTab(QStackedWidget, Generic[PageT]):
    """Tells a page what happens in the window, once there is one; not every start comes to it.

    A page that is not seen is told when it next is, so that it does not read while another is waited for.
    """

    TABLES: ClassVar[Set[str]] = frozenset()
    """The tables whose contents the page shows."""

    def __init__(self, window: MainWindow, memory: QSettings) -> None:
        super().__init__()
        self._window = window
        self._memory = memory
        self._page: PageT | None = None
        self._is_behind = False
        self._is_elsewhere = False

    def make(self) -> PageT:
        """Make the page, connected to the window; ``show_area`` comes after."""
        raise NotImplementedError

    @property
    def page(self) -> PageT:
        """The page, with the area that is shown."""
        if self._page is not None:
            self.catch_up()
        else:
            self._page = page = self.make()
            self._is_elsewhere = self._is_behind = False
            page.show_area(self._window.node)
            assert isinstance(page, QWidget)
            self.addWidget(page)
        return self._page

    def show_area(self, node: Node | None) -> None:
        """Show another area."""
        self._is_elsewhere = not self.isVisible()
        if self._page is not None and self.isVisible():
            self._page.show_area(node)

    def follow(self, tables: Set[str]) -> None:
        """Show what was written in these tables."""
        if self._page is None or not tables & self.TABLES:
            return
        if self.isVisible():
            self._page.reload()
        else:
            self._is_behind = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.catch_up()

    def catch_up(self) -> None:
        """Tell the page what it was not told while nobody saw it."""
        is_elsewhere, self._is_elsewhere = self._is_elsewhere, False
        is_behind, self._is_behind = self._is_behind, False
        if self._page is None:
            return
        if is_elsewhere:
            self._page.show_area(self._window.node)
        elif is_behind:
            self._page.reload()

    def save_state(self, settings: QSettings) -> None:
        """Note how the page stands, if there is one."""
        if self._page is not None:
            self._page.save_state(settings)


class MainTabs(QTabWidget):
    """The tabs by their names, some with a number behind it."""

    def __init__(self, pages: Mapping[Tab, QWidget]) -> None:
        """Make them, in the order of ``Tab``."""
        super().__init__()
        self.setDocumentMode(True)
        self._names = tab_names()
        for tab in Tab:
            self.addTab(pages[tab], self._names[tab])
        self.lazy = [page for page in pages.values() if isinstance(page, LazyTab)]
        """Those whose page is made when it is first seen."""

    def tell_count(self, tab: Tab, count: int) -> None:
        """Say behind the name of a tab how much it holds, if anything."""
        self.setTabText(tab, f"{self._names[tab]} {count:,}" if count else self._names[tab])
