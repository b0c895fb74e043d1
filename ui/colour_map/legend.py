"""What the colours of the map mean, each line a button that lets the others fade."""

from collections import Counter
from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from gridapp.households.categories import UNCLASSED
from gridapp.households.colour_map import ColourMap
from ui import theme
from ui.colour_map import painting
from ui.colour_map.colouring import UNKNOWN, VACANT, Colouring
from ui.widgets import marks
from ui.widgets.layouts import clear

_ONLY_WHERE_ANY = (UNCLASSED.key, VACANT, UNKNOWN)


class MapLegend(QWidget):
    """Emits ``changed`` when other keys are chosen; none chosen means all."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(2)
        self._colouring: Colouring | None = None
        self._buttons: dict[str, QToolButton] = {}
        self._all = QToolButton()
        self.setMinimumWidth(1)  # a narrow window cuts it rather than being kept wide

    def show_map(self, shown: ColourMap, colouring: Colouring) -> None:
        """List the colours of a way of colouring with the number of cells that bear each."""
        if colouring is not self._colouring:
            self._colouring = colouring
            self._build(colouring)
        self._count(Counter(key for cell in shown.cells for key in colouring.keys(cell)))

    def chosen(self) -> frozenset[str]:
        return frozenset(key for key, button in self._buttons.items() if button.isChecked())

    def clear(self) -> None:
        """Choose none, and tell it once."""
        self.blockSignals(True)
        for button in self._buttons.values():
            button.setChecked(False)
        self.blockSignals(False)
        self._tell()

    def button(self, key: str) -> QToolButton:
        """The button of a legend's line."""
        return self._buttons[key]

    def _build(self, colouring: Colouring) -> None:
        clear(self._line)
        self._buttons = {}
        for entry in colouring.entries():
            button = QToolButton()
            button.setCheckable(True)
            button.setIcon(painting.icon(entry))
            button.setIconSize(marks.ICON_SIZE)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setProperty("name", entry.name)
            button.toggled.connect(self._tell)
            self._line.addWidget(button)
            self._buttons[entry.key] = button
        self._all = QToolButton()
        self._all.setText(self.tr("全部"))
        self._all.setIcon(theme.icon("x"))
        self._all.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._all.setToolTip(self.tr("不再突出 (Alt+0)"))
        self._all.setShortcut(QKeySequence("Alt+0"))
        self._all.clicked.connect(self.clear)
        self._all.hide()
        self._line.addWidget(self._all)
        self._line.addStretch()

    def _count(self, numbers: Mapping[str, int]) -> None:
        for position, (key, button) in enumerate(self._buttons.items(), 1):
            name, number = button.property("name"), numbers.get(key, 0)
            keys = f"Alt+{position}"
            button.setText(f"{name} {number:,}")
            button.setShortcut(QKeySequence(keys))  # which a new text has taken away
            button.setAccessibleName(f"{name} {number}")
            button.setToolTip(self.tr("突出{0}：图上 {1} 处，其余淡化 ({2})").format(name, f"{number:,}", keys))
            button.setVisible(key not in _ONLY_WHERE_ANY or number > 0 or button.isChecked())

    def _tell(self, _checked: bool = False) -> None:
        self._all.setVisible(bool(self.chosen()))
        self.changed.emit()
