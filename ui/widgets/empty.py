"""What stands where there is nothing yet: what would be here, and the step that fills it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.layouts import clear


class EmptyState(QWidget):
    """A line of text with buttons under it, in the middle of its place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)  # it may quote what somebody has typed
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text.setWordWrap(True)
        self._text.setProperty("secondary", True)
        self._buttons = QVBoxLayout()
        self._buttons.setSpacing(theme.GAP)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(self._picture)
        column.addSpacing(theme.GAP)
        column.addWidget(self._text)
        column.addSpacing(theme.GAP)
        column.addLayout(self._buttons)
        column.addStretch(3)

    def show_text(self, icon: str, text: str, steps: list[tuple[str, Callable[[], object]]] | None = None) -> None:
        """Say what would be here.

        Args:
            steps: label and action of each button; the first is the primary one.
        """
        self._picture.setPixmap(theme.icon(icon, "disabled").pixmap(48, 48))
        self._text.setText(text)
        clear(self._buttons)
        for position, (label, action) in enumerate(steps or []):
            button = QPushButton(label)
            button.setProperty("primary", position == 0)
            button.clicked.connect(lambda _checked=False, act=action: act())
            self._buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
