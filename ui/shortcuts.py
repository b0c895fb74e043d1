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
            (self.tr("保存表单"), "Ctrl+S"),
            (self.tr("取消表单里的改动"), "Esc"),
            (self.tr("分色图：逐格、逐栋移动"), self.tr("方向键  PgUp  PgDn")),
            (self.tr("分色图：多选"), self.tr("Shift+方向键  空格")),
            (self.tr("分色图：打开住户"), "Enter"),
            (self.tr("分色图：楼栋档案"), "Alt+Enter"),
            (self.tr("分色图：缩小、放大、全图"), "-  +  0"),
            (self.tr("平面图：移动、取下楼栋"), self.tr("Ctrl+方向键  Delete")),
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
