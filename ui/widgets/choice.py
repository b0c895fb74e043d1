"""One of a few, all of them in sight."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QWidget

from ui import theme


class Choice(QWidget):
    """Radio buttons side by side; emits ``changed`` when the user chooses another."""

    changed = Signal()

    def __init__(self, names: Mapping[Any, str], parent: QWidget | None = None) -> None:
        """Make the buttons.

        Args:
            names: what is chosen → what its button says; the first is chosen.
        """
        super().__init__(parent)
        self.buttons = {value: QRadioButton(name) for value, name in names.items()}
        group = QButtonGroup(self)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2 * theme.GAP)
        for button in self.buttons.values():
            group.addButton(button)
            line.addWidget(button)
            button.clicked.connect(lambda _checked: self.changed.emit())
        line.addStretch()
        first = next(iter(self.buttons.values()))
        first.setChecked(True)
        self.setFocusProxy(first)

    def value(self) -> Any:
        """What is chosen."""
        return next(value for value, button in self.buttons.items() if button.isChecked())

    def set_value(self, value: Any) -> None:
        """Choose one of them."""
        self.buttons[value].setChecked(True)
