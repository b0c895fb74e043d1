"""The page of all shortcuts."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from ui import theme

_LINES_A_COLUMN = 18


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
            (self.tr("分色图：逐格、逐栋移动"), self.tr("方向键  PgUp  PgDn")),
            (self.tr("分色图：多选"), self.tr("Shift+方向键  空格")),
            (self.tr("分色图：打开住户"), "Enter"),
            (self.tr("分色图：楼栋档案"), "Alt+Enter"),
            (self.tr("分色图：缩小、放大、全图"), "-  +  0"),
            (self.tr("平面图：移动、取下楼栋"), self.tr("Ctrl+方向键  Delete")),
            (self.tr("走访：打开住户、标为已跟进"), self.tr("Alt+回车、Ctrl+回车")),
            (self.tr("登记走访：写一句、登记"), self.tr("Alt+1 … Alt+9、Ctrl+回车")),
            (self.tr("表格与表单之间"), "F6"),
            (self.tr("改单元格"), self.tr("F2 或直接输入")),
            (self.tr("保存单元格并下移、右移"), self.tr("回车、Tab")),
            (self.tr("放弃单元格里的改动"), "Esc"),
            (self.tr("备注里换行"), self.tr("Alt+回车")),
            (self.tr("扩大选区"), self.tr("Shift+方向键")),
            (self.tr("选整行、整列"), self.tr("Shift+空格、Ctrl+空格")),
            (self.tr("行首、行尾"), "Home、End"),
            (self.tr("首格、末格"), "Ctrl+Home、Ctrl+End"),
            (self.tr("收起、展开一组"), "←、→"),
            (self.tr("任务：完成或恢复、取消"), self.tr("空格、Delete")),
            (self.tr("任务：未完成、逾期、今天、本周…"), "Alt+0 … Alt+7"),
            (self.tr("新任务：直接添加"), self.tr("Ctrl+回车")),
            (self.tr("服务队：添加队员"), "Insert"),
            (self.tr("服务队：请假、顶替、销假"), "Alt+Q  Alt+T  Alt+X"),
            (self.tr("服务队：任职、调动、结束任职"), "Alt+R  Alt+D  Alt+J"),
            (self.tr("服务队：网格长、后备"), "Alt+W  Alt+H"),
            (self.tr("登记结对联系"), self.tr("空格，再按 1–4")),
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
