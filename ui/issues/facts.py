"""What an issue says: its text, where it is, what its category asks for, and how it was settled."""

from __future__ import annotations

import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gridapp.households import words
from gridapp.issues.reading import Whole
from ui import theme
from ui.widgets.labels import as_label
from ui.widgets.layouts import clear

_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


class IssueFacts(QWidget):
    """Text to read and copy. ``household_asked`` carries the household that it is about."""

    household_asked = Signal(bytes)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._household = b""
        self.text = plain_label()
        self.home = QPushButton()
        self.home.setProperty("link", True)
        self.home.setProperty("flush", True)
        self.home.clicked.connect(lambda _checked=False: self.household_asked.emit(self._household))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self.text)
        column.addWidget(self.home, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._grid)

    def show_issue(self, whole: Whole, today: datetime.date) -> None:
        """Show what an issue says."""
        values = whole.values
        self.text.setText(values["description"])
        self._household = values["household"] or b""
        self.home.setVisible(bool(whole.home))
        self.home.setText(as_label(whole.home))
        self.home.setToolTip(self.tr("在住户表中查看 {0}").format(whole.home))
        clear(self._grid)
        rows = [
            (self.tr("地点"), values["place"]),
            (self.tr("所在"), whole.area_path),
            (self.tr("登记"), words.day_text(values["registered_on"], today)),
            *whole.fields,
            (self.tr("结果"), values["result"]),
            (self.tr("并入"), whole.original),
        ]
        for row, (name, text) in enumerate((name, text) for name, text in rows if text):
            caption = QLabel(name)
            caption.setTextFormat(Qt.TextFormat.PlainText)
            caption.setProperty("secondary", True)
            shown = plain_label(text)
            self._grid.addWidget(caption, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(shown, row, 1)


def plain_label(text: str = "") -> QLabel:
    """A label for what people have written, to be read and copied."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(_SELECTABLE)
    label.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    return label
