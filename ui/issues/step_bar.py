"""What can be done with all selected issues, as a row of buttons and as a menu."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from gridapp.issues.workflow import Transition
from ui import theme
from ui.widgets.layouts import clear

_BUTTONS = 7


class StepBar(QWidget):
    """Emits ``asked`` with a step. What has no room stands in the menu of the last button."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: list[Transition] = []
        self.told = QLabel()
        self.told.setProperty("secondary", True)
        self._line = QHBoxLayout()
        self._line.setSpacing(2)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.GAP, 4, theme.GAP, 4)
        line.setSpacing(theme.GAP)
        line.addWidget(self.told)
        line.addLayout(self._line)
        line.addStretch()
        self.offer(0, [])

    def offer(self, count: int, steps: Sequence[Transition], refusal: str = "") -> None:
        """Offer what so many selected issues can take together.

        Args:
            refusal: why nothing is offered, where more than nothing is selected.
        """
        if not count:
            self.told.setText(self.tr("选中一条或多条后可在此办理（Ctrl+回车）"))
        else:
            text = self.tr("已选 {0} 条").format(f"{count:,}")
            self.told.setText(f"{text}　{refusal}" if refusal else text)
        if list(steps) == self._steps:
            return
        self._steps = list(steps)
        clear(self._line)
        for row in steps[:_BUTTONS]:
            button = QToolButton()
            button.setText(row.name)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setProperty("condition", True)
            button.clicked.connect(lambda _checked=False, step=row.step: self.asked.emit(step))
            self._line.addWidget(button)
        if len(steps) > _BUTTONS:
            more = QToolButton()
            more.setIcon(theme.icon("dots-three"))
            more.setToolTip(self.tr("更多步骤"))
            more.setAccessibleName(more.toolTip())
            more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            menu = QMenu(more)
            self._fill(menu, steps[_BUTTONS:])
            more.setMenu(menu)
            self._line.addWidget(more)

    def steps(self) -> list[Transition]:
        """What is offered."""
        return list(self._steps)

    def menu(self, parent: QWidget) -> QMenu:
        """All that is offered; digits choose among the first nine."""
        menu = QMenu(parent)
        menu.aboutToHide.connect(menu.deleteLater)
        self._fill(menu, self._steps, numbered=True)
        if not self._steps:
            menu.addAction(self.tr("所选各条没有共同的步骤")).setEnabled(False)
        return menu

    def _fill(self, menu: QMenu, steps: Sequence[Transition], numbered: bool = False) -> None:
        for number, row in enumerate(steps, 1):
            text = f"&{number}  {row.name}" if numbered and number <= 9 else row.name
            action = menu.addAction(text)
            action.triggered.connect(lambda _checked=False, step=row.step: self.asked.emit(step))
