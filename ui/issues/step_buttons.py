"""The steps that an issue can take now, as buttons with their keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from gridapp.issues.workflow import Step, Transition
from ui.widgets.flow import FlowLayout
from ui.widgets.layouts import clear

_DIGITS = 9


class StepButtons(QWidget):
    """What the workflow allows, the likeliest first; Alt with a digit takes one. ``asked`` carries a step."""

    asked = Signal(object)

    def __init__(self, keys_of: QWidget, parent: QWidget | None = None) -> None:
        """Make no buttons yet.

        Args:
            keys_of: the widget within which the keys count.
        """
        super().__init__(parent)
        self._flow = FlowLayout(self, 6)
        self._steps: list[Step] = []
        self.buttons: dict[Step, QPushButton] = {}
        for place in range(_DIGITS):
            key = QShortcut(QKeySequence(f"Alt+{place + 1}"), keys_of)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(lambda place=place: self._press(place))

    def show_steps(self, rows: Sequence[Transition]) -> None:
        """Offer these."""
        steps = [row.step for row in rows]
        if steps == self._steps:
            return  # whoever has the focus on one keeps it
        self._steps = steps
        clear(self._flow)
        self.buttons = {}
        for place, row in enumerate(rows):
            button = QPushButton(f"{place + 1} {row.name}" if place < _DIGITS else row.name)
            button.setAccessibleName(row.name)
            if place < _DIGITS:
                button.setToolTip(self.tr("{0} (Alt+{1})").format(row.name, place + 1))
            button.setProperty("primary", place == 0)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, step=row.step: self.asked.emit(step))
            self.buttons[row.step] = button
            self._flow.addWidget(button)
            button.show()  # now, so that it can be given the focus at once
        self.updateGeometry()

    def _press(self, place: int) -> None:
        if place < len(self._steps):
            self.asked.emit(self._steps[place])
