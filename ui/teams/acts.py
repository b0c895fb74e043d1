"""The actions of the page of the teams, with their keys: they work wherever on the page one is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.teams.commands import TeamCommands
from ui.teams.subject import Subject


class TeamActs:
    """``on_member`` holds what needs somebody to be chosen, in the order in which menus show it."""

    def __init__(self, page: QWidget, commands: TeamCommands, subject: Callable[[], Subject | None]) -> None:
        self._page, self._subject = page, subject
        tr = page.tr
        self.add = self._act(tr("添加队员…"), "user-plus", "Ins", commands.add)
        self.leave = self._on(tr("请假…"), "calendar-x", "Alt+Q", commands.leave)
        self.substitute = self._on(tr("顶替…"), "swap", "Alt+T", commands.substitute)
        self.back = self._on(tr("销假…"), "sign-in", "Alt+X", commands.come_back)
        self.serve = self._on(tr("任职…"), "identification-badge", "Alt+R", commands.serve)
        self.move = self._on(tr("调动…"), "arrows-left-right", "Alt+D", commands.move)
        self.end = self._on(tr("结束任职…"), "sign-out", "Alt+J", commands.end)
        self.lead = self._on(tr("设为社区网格长"), "star", "Alt+W", commands.lead)
        self.reserve = self._on(tr("设为后备 / 取消后备"), "shield-check", "Alt+H", commands.turn_reserve)
        self.delete = self._on(tr("删除队员"), "trash", "", commands.delete)
        self.on_member = [
            *(self.leave, self.serve, self.substitute, self.back, self.move, self.end),
            *(self.lead, self.reserve, self.delete),
        ]
        page.addActions([self.add, *self.on_member])

    def show_subject(self, subject: Subject | None) -> None:
        """Offer what needs somebody only while somebody is chosen."""
        for action in self.on_member:
            action.setEnabled(subject is not None)

    def _on(self, text: str, icon: str, keys: str, slot: Callable[[Subject], object]) -> QAction:
        def go() -> None:
            subject = self._subject()
            if subject is not None:
                slot(subject)

        return self._act(text, icon, keys, go)

    def _act(self, text: str, icon: str, keys: str, slot: Callable[[], object]) -> QAction:
        action = QAction(theme.icon(icon), text, self._page)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setToolTip(f"{text} ({keys})" if keys else text)
        action.triggered.connect(lambda _checked=False: slot())
        return action
