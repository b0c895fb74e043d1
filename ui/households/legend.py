"""The colours with their counts, each a button that filters the table."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from gridapp.households.categories import CATEGORIES, NO_PRECEDENCE, UNCLASSED
from ui import theme
from ui.widgets import marks


class Legend(QWidget):
    """Emits ``changed`` with the positions in precedence that are chosen; none chosen means all."""

    changed = Signal(frozenset)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        self._buttons: list[QToolButton] = []
        for category in (*CATEGORIES, UNCLASSED):
            button = QToolButton()
            button.setCheckable(True)
            button.setIcon(marks.icon(category))
            button.setIconSize(marks.ICON_SIZE)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.toggled.connect(self._tell)
            line.addWidget(button)
            self._buttons.append(button)
        self._all = QToolButton()
        self._all.setText(self.tr("全部"))
        self._all.setIcon(theme.icon("x"))
        self._all.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._all.setToolTip(self.tr("不再按分类筛选 (Alt+0)"))
        self._all.setShortcut(QKeySequence("Alt+0"))
        self._all.clicked.connect(self.clear)
        self._all.hide()
        line.addWidget(self._all)
        line.addStretch()
        self.set_counts([0] * (NO_PRECEDENCE + 1))

    def set_counts(self, counts: Sequence[int]) -> None:
        """Show how many households have each colour as their first."""
        for position, (button, category) in enumerate(zip(self._buttons, (*CATEGORIES, UNCLASSED), strict=True)):
            keys = f"Alt+{position + 1}"
            button.setText(f"{counts[position]:,}")
            button.setShortcut(QKeySequence(keys))  # which a new text has taken away
            button.setAccessibleName(f"{category.name} {counts[position]}")
            button.setToolTip(
                self.tr("只看{0}（首要分类），共 {1} 户 ({2})").format(category.name, f"{counts[position]:,}", keys)
            )
        self._buttons[NO_PRECEDENCE].setVisible(counts[NO_PRECEDENCE] > 0 or self._buttons[NO_PRECEDENCE].isChecked())

    def chosen(self) -> frozenset[int]:
        return frozenset(position for position, button in enumerate(self._buttons) if button.isChecked())

    def choose(self, positions: frozenset[int]) -> None:
        """Choose these colours and tell it once."""
        self.blockSignals(True)
        for position, button in enumerate(self._buttons):
            button.setChecked(position in positions)
        self.blockSignals(False)
        self._tell()

    def clear(self) -> None:
        self.choose(frozenset())

    def _tell(self, _checked: bool = False) -> None:
        chosen = self.chosen()
        self._all.setVisible(bool(chosen))
        self.changed.emit(chosen)
