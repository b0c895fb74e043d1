"""What is done with site plans: pictures imported and removed, buildings placed and taken down."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from gridapp.ids import Uid
from gridapp.site_plan import planning

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.site_plan.panel import SitePlanPanel


class SitePlanCommands(QObject):
    """Does what the panel asks for; what was done is said with its undo."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def serve(self, panel: SitePlanPanel) -> None:
        """Do what a panel asks for."""
        panel.import_asked.connect(self.ask_picture)
        panel.remove_asked.connect(self.remove)
        panel.place_asked.connect(self.place)
        panel.take_down_asked.connect(self.take_down)

    def ask_picture(self, area: Uid) -> None:
        """Ask for a picture file and import it."""
        path, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("导入平面图"), str(Path.home()), self.tr("图片 ({0})").format("*.png *.jpg *.jpeg")
        )
        if path:
            self.import_picture(area, Path(path))

    def import_picture(self, area: Uid, path: Path) -> None:
        """Let a picture be the plan of an area."""
        register = self._window.register
        self._run(self.tr("导入平面图"), lambda: planning.import_picture(register, area, path))

    def remove(self, area: Uid) -> None:
        """Take an area's plan away."""
        register = self._window.register
        self._run(self.tr("移除平面图"), lambda: planning.remove(register, area))

    def place(self, grid: Uid, estate: str, building: str, x: float, y: float) -> None:
        """Put a building on the plan of a grid."""
        register = self._window.register
        self._run(self.tr("放置楼栋"), lambda: planning.place(register, grid, estate, building, x, y))

    def take_down(self, grid: Uid, estate: str, building: str) -> None:
        """Take a building off the plan of a grid."""
        register = self._window.register
        self._run(self.tr("取下楼栋"), lambda: planning.take_down(register, grid, estate, building))

    def _run(self, title: str, act: Callable[[], str]) -> None:
        window = self._window
        window.jobs.start(
            title,
            lambda _progress, _cancel: act(),
            window.register,
            lambda label: window.status.show_notice(self.tr("已{0}").format(label), self.tr("撤销"), window.undo),
            self._fail,
        )

    def _fail(self, error: Exception) -> None:
        self._window.tell(error)
        self._window.colour_map.reload()  # a card goes back to where it was
