"""A note with words at hand that are used again and again."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QToolButton, QVBoxLayout, QWidget

from gridapp.issues import replies
from gridapp.register import Register
from ui import theme
from ui.widgets.labels import as_label

_HEIGHT = 72
_LONGEST = 40
_DIGITS = 9


class ReplyMenu(QMenu):
    """The words for one step, each by its digit; ``picked`` carries one of them."""

    picked = Signal(str)

    def __init__(self, register: Register, step: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._register = register
        self._step = step
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Offer the words as they are now."""
        self.clear()
        for place, text in enumerate(replies.of(self._register).get(self._step, ()), 1):
            key = f"&{place} " if place <= _DIGITS else ""
            short = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
            action = self.addAction(f"{key}{as_label(short)}")
            action.triggered.connect(lambda _checked=False, text=text: self.picked.emit(text))
        self.addSeparator()
        edit = self.addAction(theme.icon("pencil-simple"), self.tr("编辑常用语…"))
        edit.triggered.connect(lambda _checked=False: self._ask())

    def _ask(self) -> None:
        from ui.issues.replies_dialog import RepliesDialog

        dialog = RepliesDialog(self._register, self._step, self.window())
        dialog.finished.connect(lambda _result: dialog.deleteLater())
        dialog.open()


class ReplyNote(QWidget):
    """A few lines to type into; Alt+Down offers words, which a digit puts where the cursor is."""

    def __init__(self, register: Register, step: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = QPlainTextEdit()
        self.editor.setTabChangesFocus(True)
        self.editor.setFixedHeight(_HEIGHT)
        self.menu = ReplyMenu(register, step, self)
        self.menu.picked.connect(self.insert)
        self.button = QToolButton()
        self.button.setText(self.tr("常用语 (Alt+↓)"))
        self.button.setIcon(theme.icon("chat-text"))
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.clicked.connect(self.offer)
        key = QShortcut(QKeySequence("Alt+Down"), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self.offer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.editor)
        column.addWidget(self.button)
        self.setFocusProxy(self.editor)

    def text(self) -> str:
        """What stands there."""
        return self.editor.toPlainText()

    def offer(self) -> None:
        """Show what can be put in."""
        self.menu.popup(self.button.mapToGlobal(QPoint(0, self.button.height())))

    def insert(self, text: str) -> None:
        """Put words where the cursor is."""
        self.editor.insertPlainText(text)
        self.editor.setFocus()
