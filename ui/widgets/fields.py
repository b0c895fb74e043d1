"""A form field: its label above, what is wrong with it below."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget


class Field(QWidget):
    """A labelled editor with room for one remark in words."""

    def __init__(self, label: str, editor: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        editor.setAccessibleName(label)
        self._caption = caption = QLabel(label)
        caption.setProperty("secondary", True)
        caption.setBuddy(editor)
        self._remark = QLabel()
        self._remark.setTextFormat(Qt.TextFormat.PlainText)  # it may quote what somebody has typed
        self._remark.setWordWrap(True)
        self._remark.hide()
        self._blocking = True
        self._link: QPushButton | None = None  # made once it is needed, which is seldom
        self._go: Callable[[], object] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(caption)
        column.addWidget(editor)
        column.addWidget(self._remark)
        self.setFocusProxy(editor)

    def set_label(self, label: str) -> None:
        """Call the field by another name."""
        self._caption.setText(label)
        self.editor.setAccessibleName(label)

    def remark(self) -> str:
        """What is said of the field now; empty if nothing."""
        return self._remark.text()

    def set_remark(self, text: str, blocking: bool = True) -> None:
        """Say what is wrong with the field; an empty text takes it back."""
        if text == self._remark.text() and blocking == self._blocking:
            return
        self._blocking = blocking
        self._remark.setText(text)
        self._remark.setVisible(bool(text))
        self._remark.setProperty("problem", blocking)
        self._remark.setProperty("caution", not blocking)
        _repolish(self._remark)
        self.editor.setAccessibleDescription(text)
        self.editor.setProperty("invalid", bool(text) and blocking)
        _repolish(self.editor)

    def link(self) -> QPushButton | None:
        """The button below the remark, if there is one now."""
        return self._link if self._link is not None and not self._link.isHidden() else None

    def set_link(self, text: str, go: Callable[[], object] | None = None) -> None:
        """Offer, below the remark, to go where it points; an empty text takes it back."""
        self._go = go
        if self._link is None:
            if not text:
                return
            self._link = QPushButton()
            self._link.setProperty("link", True)
            self._link.clicked.connect(lambda: self._go() if self._go is not None else None)
            column = self.layout()
            assert isinstance(column, QVBoxLayout)
            column.addWidget(self._link, 0, Qt.AlignmentFlag.AlignLeft)
            QWidget.setTabOrder(self.editor, self._link)
        self._link.setText(text)
        self._link.setToolTip(text)
        self._link.setVisible(bool(text))


def _repolish(widget: QWidget) -> None:
    # Qt looks at a dynamic property only when the style is asked again.
    widget.style().unpolish(widget)
    widget.style().polish(widget)
