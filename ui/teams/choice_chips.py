"""One of several, each a chip with the number of what it stands for."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QToolButton, QWidget

from ui.widgets.flow import FlowLayout


class ChoiceChips(QWidget):
    """Emits ``changed`` when the user chooses another; the arrows go from one to the next."""

    changed = Signal()

    def __init__(self, name: str, choices: Mapping[Any, str], parent: QWidget | None = None) -> None:
        """Make the chips; the first is chosen."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self._names = dict(choices)
        self._group = QButtonGroup(self)
        self.chips: dict[Any, QToolButton] = {}
        line = FlowLayout(self, 4)
        line.setContentsMargins(0, 0, 0, 0)
        for value, text in choices.items():
            chip = QToolButton()
            chip.setText(text)
            chip.setCheckable(True)
            chip.setProperty("chip", True)
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            chip.clicked.connect(lambda _checked: self.changed.emit())
            self._group.addButton(chip)
            self.chips[value] = chip
            line.addWidget(chip)
        next(iter(self.chips.values())).setChecked(True)

    def value(self) -> Any:
        """What is chosen."""
        return next(value for value, chip in self.chips.items() if chip.isChecked())

    def set_value(self, value: Any) -> None:
        """Choose one of them."""
        self.chips[value].setChecked(True)

    def show_counts(self, counts: Mapping[Any, int]) -> None:
        """Show how many there are of each."""
        for value, number in counts.items():
            self.chips[value].setText(f"{self._names[value]} {number:,}")
