"""A small dialog that asks for what one action needs."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.fields import Field


class AskingDialog(QDialog):
    """Fields under a line of explanation, over two buttons; what ``buttons`` accept does is connected by its kinds."""

    def __init__(self, title: str, intro: str, act: str, parent: QWidget | None = None) -> None:
        """Make a dialog without fields.

        Args:
            act: what the button says that does it.
        """
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(440)
        self.told = told = QLabel(intro)
        told.setProperty("secondary", True)
        told.setWordWrap(True)
        self.buttons = QDialogButtonBox()
        self.button = self.buttons.addButton(act, QDialogButtonBox.ButtonRole.AcceptRole)
        self.button.setProperty("primary", True)
        self.buttons.addButton(self.tr("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.rejected.connect(self.reject)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 16, 16, 16)
        self._column.setSpacing(theme.GAP)
        self._column.addWidget(told)
        self._column.addWidget(self.buttons)

    def put_field(self, label: str, editor: QWidget) -> Field:
        """Put a field below those that are there."""
        field = Field(label, editor)
        self._column.insertWidget(self._column.count() - 1, field)
        return field

    def put_row(self, editors: Sequence[tuple[str, QWidget]]) -> list[Field]:
        """Put fields, of which each is little, beside each other."""
        fields = [Field(label, editor) for label, editor in editors]
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        for field in fields:
            row.addWidget(field)
        self._column.insertLayout(self._column.count() - 1, row)
        return fields
