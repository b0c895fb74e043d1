"""What a table is filtered by: a chip for each condition, which a click takes away, in lines that come and go."""

from collections.abc import Sequence
from html import escape
from typing import Any, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from ui import theme
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import as_label
from ui.widgets.layouts import clear

_LONGEST = 32


class Part(Protocol):
    """One thing that a filter asks for, and the filter without it."""

    @property
    def text(self) -> str: ...

    @property
    def rest(self) -> Any: ...


class Chips(QWidget):
    """Emits ``asked`` with the filter that is wanted instead. Hidden while nothing is filtered."""

    asked = Signal(object)

    def __init__(self, told: str, parent: QWidget | None = None) -> None:
        """Make it without a chip.

        Args:
            told: what is shown once nothing is filtered any more, in words.
        """
        super().__init__(parent)
        self._told = told
        self._everything: Any = None
        self.setAccessibleName(self.tr("筛选条件"))
        self._line = FlowLayout(self)
        self._line.setContentsMargins(theme.GAP, 0, theme.GAP, theme.GAP)
        self._shown: list[Part] = []
        # Not the button's own, which comes and goes with each condition.
        self._key = QShortcut(QKeySequence("Alt+Delete"), self, self._clear)
        self.hide()

    def show_parts(self, told: Sequence[Part], everything: Any) -> None:
        """Show what a filter asks for.

        Args:
            everything: the filter that asks for none of it.
        """
        self._everything = everything
        told = list(told)
        if told != self._shown:
            self._shown = told
            self._fill(told)
        self.setVisible(bool(told))

    def texts(self) -> list[str]:
        """What the chips say, from the left."""
        return [part.text for part in self._shown]

    def _fill(self, told: list[Part]) -> None:
        had_focus = self.isAncestorOf(focused) if (focused := self.window().focusWidget()) else False
        clear(self._line)
        chips = [self._chip(part) for part in told]
        for chip in chips:
            self._line.addWidget(chip)
        if chips:
            button = QPushButton(self.tr("清除筛选"))
            button.setProperty("link", True)
            button.setToolTip(f"{self._told} (Alt+Delete)")
            button.clicked.connect(self._clear)
            self._line.addWidget(button)
            if had_focus:  # one of them was taken away; whoever takes away by keys goes on doing so
                chips[-1].setFocus()

    def _clear(self) -> None:
        self.asked.emit(self._everything)

    def _chip(self, part: Part) -> QToolButton:
        chip, text = QToolButton(), part.text
        chip.setText(as_label(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"))
        chip.setIcon(theme.icon("x"))
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the cross stands behind the words
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        chip.setProperty("condition", True)
        chip.setToolTip(f"{escape(text)}<br>{self.tr('点击去掉这个条件')}")
        chip.setAccessibleName(self.tr("去掉条件：{0}").format(text))
        chip.clicked.connect(lambda: self.asked.emit(part.rest))
        return chip
