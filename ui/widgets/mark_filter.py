"""Choosing among the categories by their marks, without counts."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from gridapp.households.categories import CATEGORIES
from ui.widgets import marks


class MarkFilter(QWidget):
    """Emits ``changed`` with the positions in precedence that are chosen; none chosen means all."""

    changed = Signal(frozenset)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("按首要分类筛选"))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        self.buttons: list[QToolButton] = []
        for category in CATEGORIES:
            button = QToolButton()
            button.setCheckable(True)
            button.setIcon(marks.icon(category))
            button.setIconSize(marks.ICON_SIZE)
            button.setProperty("chip", True)
            button.setAccessibleName(category.name)
            button.setToolTip(self.tr("只看{0}（首要分类）").format(category.name))
            button.toggled.connect(lambda _checked: self.changed.emit(self.chosen()))
            line.addWidget(button)
            self.buttons.append(button)

    def chosen(self) -> frozenset[int]:
        return frozenset(position for position, button in enumerate(self.buttons) if button.isChecked())

    def clear(self) -> None:
        """Choose none, and tell nobody."""
        for button in self.buttons:
            button.blockSignals(True)
            button.setChecked(False)
            button.blockSignals(False)
