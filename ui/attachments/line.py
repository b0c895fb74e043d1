"""The line under the attachments: the button that adds some, what is going on, and why files were refused."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import theme

_TOLD = 6
"""How many refusals are told one by one."""


class AddingLine(QWidget):
    """What the buttons do is connected by whose line it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = QPushButton(theme.icon("paperclip"), self.tr("添加照片或文件…"))
        self.hint, self.going_on, self.refused = QLabel(), QLabel(), QLabel()
        self.hint.setProperty("secondary", True)
        self.going_on.setProperty("secondary", True)
        self.refused.setProperty("problem", True)
        for label in (self.hint, self.going_on, self.refused):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.cancel = QPushButton(self.tr("取消"))
        dismiss = QPushButton(self.tr("知道了"))
        for button in (self.cancel, dismiss):
            button.setProperty("link", True)
        for button in (self.button, self.cancel, dismiss):
            button.setAutoDefault(False)  # Enter in another field of a dialog does not mean them
        dismiss.clicked.connect(lambda: self.tell([]))
        line = QHBoxLayout()
        line.setSpacing(theme.GAP)
        for widget in (self.button, self.hint, self.going_on, self.cancel):
            line.addWidget(widget, 1 if widget in (self.hint, self.going_on) else 0)
        self._refusal = QWidget()
        told = QHBoxLayout(self._refusal)
        told.setContentsMargins(0, 0, 0, 0)
        told.addWidget(self.refused, 1)
        told.addWidget(dismiss, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addLayout(line)
        column.addWidget(self._refusal)
        self._refusal.hide()

    def show_state(self, adding: bool, editable: bool, empty: bool, dropping: bool) -> None:
        """Show what can be done: while files are added, nothing but waiting or stopping."""
        self.button.setVisible(editable)
        if not editable:
            self.hint.setText(self.tr("没有照片和文件"))
        else:
            self.hint.setText(self.tr("松开即添加") if dropping else self.tr("可拖入文件，或按 Ctrl+V 粘贴"))
        self.hint.setVisible(not adding and (editable or empty))
        self.going_on.setVisible(adding)
        self.cancel.setVisible(adding)
        if not adding:
            self.going_on.clear()

    def show_progress(self, done: int, total: int, text: str) -> None:
        """Show how far adding is."""
        self.going_on.setText(f"{done + 1}/{total}  {text}" if total > 1 else text)

    def tell(self, refused: Sequence[str]) -> None:
        """Tell why files were refused, or take that back."""
        more = len(refused) - _TOLD
        lines = [*refused[:_TOLD], *([self.tr("另有 {0} 个文件没有添加。").format(more)] if more > 0 else [])]
        self.refused.setText("\n".join(lines))
        self._refusal.setVisible(bool(lines))
