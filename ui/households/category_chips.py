"""The seven categories as buttons to switch on and off."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QToolButton, QWidget

from gridapp.households.categories import CATEGORIES
from ui.widgets import marks

_A_ROW = 4


class CategoryChips(QWidget):
    """Holds a mask of categories; emits ``changed`` when the user switches one."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(2)
        self._buttons: list[QToolButton] = []
        for position, category in enumerate(CATEGORIES):
            button = QToolButton()
            button.setText(category.name)
            button.setIcon(marks.icon(category))
            button.setIconSize(marks.ICON_SIZE)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setCheckable(True)
            button.setProperty("chip", True)
            button.clicked.connect(lambda _checked: self.changed.emit())
            grid.addWidget(button, position // _A_ROW, position % _A_ROW)
            self._buttons.append(button)
        grid.setColumnStretch(_A_ROW, 1)
        self.setFocusProxy(self._buttons[0])

    def button(self, position: int) -> QToolButton:
        """The button of the category at a position in precedence."""
        return self._buttons[position]

    def categories(self) -> int:
        return sum(1 << position for position, button in enumerate(self._buttons) if button.isChecked())

    def set_categories(self, mask: int) -> None:
        for position, button in enumerate(self._buttons):
            button.setChecked(bool(mask >> position & 1))
