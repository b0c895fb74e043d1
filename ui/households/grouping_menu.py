"""The menu that says by what the households of the table are gathered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from gridapp.households.grouping import GroupBy
from ui import theme

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class GroupingMenu(QMenu):
    """By nothing, by building or by entrance; and all groups opened or closed at once."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window.tr("分组"), window)
        self._window = window
        self.setIcon(theme.icon("rows"))
        choice = QActionGroup(self)
        self._choices = {}
        for by, text in (
            (None, self.tr("不分组")),
            (GroupBy.BUILDING, self.tr("按楼栋")),
            (GroupBy.ENTRANCE, self.tr("按楼门")),
        ):
            action = self._choices[by] = self.addAction(text)
            action.setCheckable(True)
            choice.addAction(action)
            action.triggered.connect(lambda _checked=False, one=by: window.cells.gather(one))
        self.addSeparator()
        self._open = self.addAction(self.tr("全部展开"), lambda: window.page.collapse_all(False))
        self._close = self.addAction(self.tr("全部收起"), lambda: window.page.collapse_all(True))
        self.aboutToShow.connect(self._show_choice)

    def _show_choice(self) -> None:
        page = self._window.page
        self._choices[page.group_by].setChecked(True)
        for action in (self._open, self._close):
            action.setEnabled(page.is_gathered())
