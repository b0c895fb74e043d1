"""The line above the tabs: where one is, who serves there, and what can be taken away from it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from gridapp.areas.model import Level
from gridapp.areas.tree import Node
from gridapp.teams.roster import Serving, is_complete, strength, worker_text
from ui import theme
from ui.actions import Actions
from ui.widgets.elided import ElidedButton, ElidedLabel
from ui.widgets.layouts import clear

_LEAST_OF_TITLE = 10
"""Characters of the area's name that stay when the team's line and the areas above have given way."""


class Header(QWidget):
    """Breadcrumbs that can be clicked, the team in short, and the export buttons."""

    chosen = Signal(object)
    shortage_asked = Signal()

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.GAP, theme.GAP, 12, 0)
        line.setSpacing(0)
        self._path = QHBoxLayout()
        self._path.setSpacing(0)
        self._team = ElidedLabel()
        self._team.setProperty("secondary", True)
        line.addLayout(self._path)
        line.addStretch()
        line.addSpacing(theme.GAP)
        line.addWidget(self._team)
        self.lacking = QPushButton()
        self.lacking.setProperty("link", True)
        self.lacking.setProperty("caution", True)
        self.lacking.setIcon(theme.icon("user-minus", "warning"))
        self.lacking.setToolTip(self.tr("查看缺口，找人顶替或添加队员"))
        self.lacking.clicked.connect(lambda _checked=False: self.shortage_asked.emit())
        self.lacking.hide()
        line.addWidget(self.lacking)
        line.addSpacing(16)
        self._handbook = QPushButton(self.tr("导出手册"))
        self._handbook.setProperty("primary", True)
        self._handbook.clicked.connect(actions.handbook.trigger)
        self._handbook.setToolTip(actions.handbook.toolTip())
        line.addWidget(self._handbook)
        line.addSpacing(theme.GAP)
        for action, text in (
            (actions.register, self.tr("导出台账")),
            (actions.import_, self.tr("导入")),
            (actions.undo, ""),
            (actions.redo, ""),
        ):
            line.addWidget(_button(action, text))

    def show_area(self, node: Node | None, team: list[Serving]) -> None:
        """Show where one is and who serves there."""
        clear(self._path)
        path = node.path if node else []
        for position, step in enumerate(path):
            if position:
                arrow = QLabel("›")
                arrow.setProperty("secondary", True)
                self._path.addWidget(arrow)
            last = step is node
            part = ElidedLabel(step.name, least=_LEAST_OF_TITLE) if last else ElidedButton(step.name)
            if isinstance(part, ElidedButton):
                part.setProperty("link", True)
                part.clicked.connect(lambda _checked=False, to=step: self.chosen.emit(to))
            else:
                part.setProperty("title", True)
                part.setContentsMargins(6, 0, 0, 0)
            self._path.addWidget(part)
        self._handbook.setEnabled(node is not None)
        self._team.setText(self._team_text(node, team))
        self._team.setVisible(bool(self._team.text()))
        of_grid = node is not None and node.level is Level.GRID
        self.show_lacking(self.tr("缺员") if of_grid and team and not is_complete(team) else "")

    def show_lacking(self, text: str) -> None:
        """Say what is lacking of the teams, which leads to where it can be seen; nothing for an empty text."""
        self.lacking.setText(text)
        self.lacking.setVisible(bool(text))

    def _team_text(self, node: Node | None, team: list[Serving]) -> str:
        if node is None or node.level is not Level.GRID:
            return ""
        if not team:
            return self.tr("还没有服务队")
        state = self.tr("齐") if is_complete(team) else ""
        told = self.tr("网格员 {0}    {1} {2}")
        return told.format(worker_text(team) or self.tr("空缺"), strength(team), state).rstrip()


def _button(action: QAction, text: str) -> QToolButton:
    button = QToolButton()
    if text:
        action.setIconText(text)  # a button takes its text from there whenever the action changes
    button.setDefaultAction(action)
    if text:
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    else:
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    return button
