"""The views of the ledger as a row of buttons, each with how many issues it holds."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QToolButton, QWidget

from gridapp.issues.ledger import VIEW_NAMES, View
from ui import theme
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import as_label

_ICONS = {
    View.OPEN: "tray",
    View.MINE: "user",
    View.TODAY: "alarm",
    View.OVERDUE: "warning",
    View.SOON: "clock",
    View.SUSPENDED: "pause-circle",
    View.REVIEW: "calendar-check",
    View.REPORT_BACK: "phone-outgoing",
    View.FOLLOW_UP: "chat-circle-text",
    View.CLOSED: "archive",
    View.ALL: "list",
}
_COLOURS = {View.OVERDUE: "danger", View.TODAY: "warning", View.REVIEW: "warning"}
"""Of what is pressing while there is any of it."""


class ViewBar(QWidget):
    """Emits ``asked`` with a view. One button is always down; arrow keys go from one to the next."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("视图"))
        self._counts: Mapping[View, int] = {}
        self._desk = ""
        self.buttons: dict[View, QToolButton] = {}
        group = QButtonGroup(self)
        line = FlowLayout(self, spacing=2)
        line.setContentsMargins(theme.GAP, theme.GAP, theme.GAP, 0)
        for view in VIEW_NAMES:
            button = QToolButton()
            button.setCheckable(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(lambda _checked=False, one=view: self.asked.emit(one))
            group.addButton(button)
            line.addWidget(button)
            self.buttons[view] = button
        self.buttons[View.OPEN].setChecked(True)
        self._name()

    def show_view(self, view: View, desk: str) -> None:
        """Show which view is taken, and whose "mine" are."""
        self.buttons[view].setChecked(True)
        self._desk = desk
        self._name()

    def show_counts(self, counts: Mapping[View, int]) -> None:
        """Show how many issues each view holds."""
        self._counts = counts
        self._name()

    def offer(self, views: Collection[View]) -> None:
        """Offer just these."""
        for view, button in self.buttons.items():
            button.setVisible(view in views)

    def _name(self) -> None:
        for view, button in self.buttons.items():
            name = VIEW_NAMES[view]
            if view is View.MINE and self._desk:
                name = f"{name}·{self._desk}"
            count = self._counts.get(view)
            button.setText(as_label(name if count is None else f"{name} {count:,}"))
            button.setIcon(theme.icon(_ICONS[view], _COLOURS.get(view, "secondary") if count else "secondary"))
