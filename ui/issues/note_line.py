"""One line to note something of an issue, kept for each until Enter writes it down."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from gridapp.issues.workflow import Step
from gridapp.register import Register
from ui import theme
from ui.issues.reply_note import ReplyMenu


class NoteLine(QWidget):
    """``entered`` carries what shall be noted; the line is emptied by ``clear`` once it is."""

    entered = Signal(str)

    def __init__(self, register: Register, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit()
        self.line.setPlaceholderText(self.tr("记一笔，回车写入经过"))
        self.line.setAccessibleName(self.tr("记一笔"))
        self.line.returnPressed.connect(self._enter)
        self.menu = ReplyMenu(register, Step.NOTE.value, self)
        self.menu.picked.connect(self.line.insert)
        button = QToolButton()
        button.setIcon(theme.icon("chat-text"))
        button.setToolTip(self.tr("常用语 (Alt+↓)"))
        button.setAccessibleName(self.tr("常用语"))
        button.clicked.connect(self._offer)
        key = QShortcut(QKeySequence("Alt+Down"), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self._offer)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.line, 1)
        row.addWidget(button)
        self.setFocusProxy(self.line)

    def text(self) -> str:
        """What stands there."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Show what was typed before."""
        self.line.setText(text)

    def _enter(self) -> None:
        if self.line.text().strip():
            self.entered.emit(self.line.text().strip())

    def _offer(self) -> None:
        self.menu.popup(self.line.mapToGlobal(QPoint(0, self.line.height())))
