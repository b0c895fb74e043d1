"""The page of all shortcuts."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from ui import theme

_LINES_A_COLUMN = 12


class ShortcutsDialog(QDialog):
    """Lists every action that has a shortcut, and the keys that belong to no action."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("快捷键"))
        lines = [
            (action.iconText().rstrip("…"), action.shortcut().toString())
            for action in actions
            if not action.shortcut().isEmpty()
        ]
        lines += [
            (self.tr("按分类筛选"), "Alt+1 … Alt+7"),
            (self.tr("全部分类"), "Alt+0"),
            (self.tr("未走访、有未结民意"), "Alt+V  Alt+I"),
            (self.tr("更多筛选"), "Ctrl+Shift+F"),
            (self.tr("清除筛选"), "Alt+Delete"),
            (self.tr("保存表单"), "Ctrl+S"),
            (self.tr("取消表单里的改动"), "Esc"),
        ]
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(theme.GAP)
        for position, (text, keys) in enumerate(lines):
            block, row = divmod(position, _LINES_A_COLUMN)
            key = QLabel(keys)
            key.setProperty("key", True)
            grid.addWidget(QLabel(text), row, block * 3)
            grid.addWidget(key, row, block * 3 + 1, Qt.AlignmentFlag.AlignLeft)
            grid.setColumnMinimumWidth(block * 3 + 2, 16)
        buttons = QDialogButtonBox()
        buttons.addButton(self.tr("关闭"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addLayout(grid)
        column.addWidget(buttons)
