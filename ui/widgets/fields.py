"""A form field: its label above, what is wrong with it below."""

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget


class Field(QWidget):
    """A labelled editor with room for one remark in words."""

    def __init__(self, label: str, editor: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        editor.setAccessibleName(label)
        caption = QLabel(label)
        caption.setProperty("secondary", True)
        caption.setBuddy(editor)
        self._remark = QLabel()
        self._remark.setWordWrap(True)
        self._remark.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(caption)
        column.addWidget(editor)
        column.addWidget(self._remark)
        self.setFocusProxy(editor)

    def remark(self) -> str:
        """What is said of the field now; empty if nothing."""
        return self._remark.text()

    def set_remark(self, text: str, blocking: bool = True) -> None:
        """Say what is wrong with the field; an empty text takes it back."""
        self._remark.setText(text)
        self._remark.setVisible(bool(text))
        self._remark.setProperty("problem", blocking)
        self._remark.setProperty("caution", not blocking)
        _repolish(self._remark)
        self.editor.setAccessibleDescription(text)
        self.editor.setProperty("invalid", bool(text) and blocking)
        _repolish(self.editor)


def _repolish(widget: QWidget) -> None:
    # Qt looks at a dynamic property only when the style is asked again.
    widget.style().unpolish(widget)
    widget.style().polish(widget)
