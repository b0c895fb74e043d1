"""What the colours of the map mean, each a button that lets the others fade; in two lines where one is too narrow."""

from collections import Counter
from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from gridapp.households.categories import UNCLASSED
from gridapp.households.colour_map import ColourMap
from ui import theme
from ui.colour_map import painting
from ui.colour_map.colouring import UNKNOWN, VACANT, Colouring
from ui.widgets import marks
from ui.widgets.layouts import clear

_GAP = 2
_ONLY_WHERE_ANY = (UNCLASSED.key, VACANT, UNKNOWN)


class MapLegend(QWidget):
    """Emits ``changed`` when other keys are chosen; none chosen means all."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = QHBoxLayout(), QHBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP)
        for line in self._lines:
            line.setSpacing(_GAP)
            column.addLayout(line)
        self._colouring: Colouring | None = None
        self._buttons: dict[str, QToolButton] = {}
        self._all = QToolButton()
        self._broken: tuple[list[QToolButton], list[QToolButton]] = ([], [])
        self.setMinimumWidth(1)  # or else the window could never become narrow enough to break it

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._break_lines()

    def _build(self, colouring: Colouring) -> None:
        for line in self._lines:
            clear(line)
        self._buttons = {}
        for entry in colouring.entries():
            button = QToolButton()
            button.setCheckable(True)
            button.setIcon(painting.icon(entry))
            button.setIconSize(marks.ICON_SIZE)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setProperty("name", entry.name)
            button.toggled.connect(self._tell)
            self._buttons[entry.key] = button
        self._all = QToolButton()
        self._all.setText(self.tr("全部"))
        self._all.setIcon(theme.icon("x"))
        self._all.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._all.setToolTip(self.tr("不再突出 (Alt+0)"))
        self._all.setShortcut(QKeySequence("Alt+0"))
        self._all.clicked.connect(self.clear)
        self._all.hide()
        self._break_lines()

    def _count(self, numbers: Mapping[str, int]) -> None:
        for position, (key, button) in enumerate(self._buttons.items(), 1):
            name, number = button.property("name"), numbers.get(key, 0)
            keys = f"Alt+{position}"
            button.setText(f"{name} {number:,}")
            button.setShortcut(QKeySequence(keys))  # which a new text has taken away
            button.setAccessibleName(f"{name} {number}")
            button.setToolTip(self.tr("突出{0}：图上 {1} 处，其余淡化 ({2})").format(name, f"{number:,}", keys))
            button.setVisible(key not in _ONLY_WHERE_ANY or number > 0 or button.isChecked())
        self._break_lines()

    def _tell(self, _checked: bool = False) -> None:
        self._all.setVisible(bool(self.chosen()))
        self._break_lines()
        self.changed.emit()

    def _break_lines(self) -> None:
        """Put into the second line what finds no room in the first."""
        left, first = self.width(), True
        wanted: tuple[list[QToolButton], list[QToolButton]] = ([], [])
        for button in (*self._buttons.values(), self._all):
            taken = 0 if button.isHidden() else button.sizeHint().width() + _GAP
            first = first and taken <= left
            left -= taken
            wanted[0 if first else 1].append(button)
        if wanted == self._broken:
            return
        self._broken = wanted
        for line, buttons in zip(self._lines, wanted, strict=True):
            while line.takeAt(0) is not None:
                pass
            for button in buttons:
                line.addWidget(button)
            if buttons:
                line.addStretch()
