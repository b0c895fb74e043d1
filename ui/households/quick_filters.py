"""The filters beside the colours: those that are wanted every day as switches, the others behind a button."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from gridapp.households.filter_words import parts
from gridapp.households.filters import Filter
from ui import theme
from ui.households.saved_menu import SavedFilters


class QuickFilters(QWidget):
    """Emits ``asked`` with the filter that is wanted instead, ``panel_asked`` when the others are to be seen."""

    asked = Signal(object)
    panel_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = Filter("")
        self._days = 0
        self.unvisited = self._switch("person-simple-walk")
        self.open_issues = self._switch("chat-text")
        self._name(self.open_issues, self.tr("有未结民意"), "Alt+I")
        self.open_issues.setToolTip(self.tr("只看有未结民意的住户 (Alt+I)"))
        self.past = self._switch("clock-counter-clockwise")
        self.past.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)  # it is wanted less often
        self._name(self.past, self.tr("已迁出"), "Alt+9")
        self.past.setToolTip(self.tr("只看迁出、去世、并入他户等已离开的住户 (Alt+9)"))
        self.past.clicked.connect(lambda checked: self.asked.emit(replace(self._shown, past=checked)))
        self.more = QToolButton()
        self.more.setIcon(theme.icon("funnel"))
        self.more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.saved = SavedFilters()
        self.saved.asked.connect(self.asked)
        self.unvisited.clicked.connect(self._switch_unvisited)
        self.open_issues.clicked.connect(
            lambda checked: self.asked.emit(replace(self._shown, open_issues=checked)),
        )
        self.more.clicked.connect(self.panel_asked)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        for button in (self.unvisited, self.open_issues, self.past, self.more, self.saved):
            line.addWidget(button)

    def show_filter(self, chosen: Filter, days: int) -> None:
        """Show which of them are on.

        Args:
            days: how many the switch for visits asks for.
        """
        self._shown, self._days = chosen, days
        self.unvisited.setChecked(chosen.unvisited_days is not None)
        self.open_issues.setChecked(chosen.open_issues)
        self.past.setChecked(chosen.past)
        self._name(self.unvisited, self.tr("{0}天未走访").format(days), "Alt+V")
        self.unvisited.setToolTip(self.tr("只看{0}天以上没有走访、或从未走访过的住户 (Alt+V)").format(days))
        others = len(parts(replace(chosen, first=None, text="", unvisited_days=None, open_issues=False, past=False)))
        self._name(self.more, self.tr("筛选 {0}").format(others) if others else self.tr("筛选"), "Ctrl+Shift+F")
        self.more.setToolTip(self.tr("按楼栋、年龄、居民情况等筛选 (Ctrl+Shift+F)"))
        self.saved.show_filter(chosen)

    def _switch_unvisited(self, checked: bool) -> None:
        self.asked.emit(replace(self._shown, unvisited_days=self._days if checked else None))

    def _switch(self, icon: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(theme.icon(icon))
        button.setCheckable(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def _name(self, button: QToolButton, text: str, keys: str) -> None:
        if button.text() != text:
            button.setText(text)
            button.setShortcut(QKeySequence(keys))  # which a new text has taken away
