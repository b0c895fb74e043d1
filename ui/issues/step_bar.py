"""What can be done with all selected issues, as a row of buttons and as a menu."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from gridapp.issues.workflow import Transition
from ui import theme
from ui.widgets.layouts import clear


class StepBar(QWidget):
    """Emits ``asked`` with a step. What has no room stands in the menu of the last button."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: list[Transition] = []
        self._buttons: list[QToolButton] = []
        self._more: QToolButton | None = None
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
            self._arrange()  # what is told beside them may be longer now
            return
        self._steps = list(steps)
        clear(self._line)
        self._buttons = [self._button(row) for row in steps]
        for button in self._buttons:
            self._line.addWidget(button)
        self._more = self._more_button()
        self._line.addWidget(self._more)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        # As many buttons as there are must not keep the table from being narrow.
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _button(self, row: Transition) -> QToolButton:
        button = QToolButton()
        button.setText(row.name)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setProperty("condition", True)
        button.clicked.connect(lambda _checked=False: self.asked.emit(row.step))
        return button

    def _more_button(self) -> QToolButton:
        more = QToolButton()
        more.setIcon(theme.icon("dots-three"))
        more.setToolTip(self.tr("更多步骤"))
        more.setAccessibleName(more.toolTip())
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        more.setMenu(QMenu(more))
        return more

    def _arrange(self) -> None:
        """Show the buttons that have room, and the others in the menu behind them."""
        if self._more is None:
            return
        widths = [button.sizeHint().width() + self._line.spacing() for button in self._buttons]
        room = self.width() - self.told.sizeHint().width() - 3 * theme.GAP
        if sum(widths) > room:
            room -= self._more.sizeHint().width()
        shown = sum(1 for end in accumulate(widths) if end <= room)
        for place, button in enumerate(self._buttons):
            button.setVisible(place < shown)
        self._more.setVisible(shown < len(self._buttons))
        menu = self._more.menu()
        menu.clear()
        self._fill(menu, self._steps[shown:])

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
