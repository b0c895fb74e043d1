"""The page of all shortcuts."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

_COLUMNS = 3
_EDGE = 24


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
            (self.tr("任务：未完成、逾期、今天…"), "Alt+0 … Alt+7"),
            (self.tr("新任务：直接添加"), self.tr("Ctrl+回车")),
            (self.tr("服务队：添加队员"), "Insert"),
            (self.tr("服务队：请假、顶替、销假"), "Alt+Q  Alt+T  Alt+X"),
            (self.tr("服务队：任职、调动、结束任职"), "Alt+R  Alt+D  Alt+J"),
            (self.tr("服务队：网格长、后备"), "Alt+W  Alt+H"),
            (self.tr("登记结对联系"), self.tr("空格，再按 1–4")),
            (self.tr("民意账单：表格、看板、电话单"), "Alt+Q  Alt+W  Alt+E"),
            (self.tr("民意账单：只看紧急的"), "Alt+J"),
            (self.tr("民意账单：办理右边这一条"), "Alt+1 … Alt+9"),
            (self.tr("民意账单：办理选中的各条"), self.tr("Ctrl+回车")),
            (self.tr("看板：移到另一状态"), "1 … 6、Ctrl+←→"),
            (self.tr("电话单：满意、基本、不满意"), "1  2  3"),
            (self.tr("电话单：无法联系、写反馈"), "0  N"),
            (self.tr("办理意见：选常用语"), "Alt+↓"),
            (self.tr("应急电话：接通、没接、求助"), "1  2  3"),
            (self.tr("应急电话：写说明、打开住户"), self.tr("N、回车")),
            (self.tr("值守：换人、对调、取消"), self.tr("回车、X、Delete")),
            (self.tr("日报：零报告、上报"), self.tr("0、Ctrl+回车")),
        ]
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        a_column = -(-len(lines) // _COLUMNS)
        for position, (text, keys) in enumerate(lines):
            block, row = divmod(position, a_column)
            key = QLabel(keys)
            key.setProperty("key", True)
            grid.addWidget(QLabel(text), row, block * 3)
            grid.addWidget(key, row, block * 3 + 1, Qt.AlignmentFlag.AlignLeft)
            grid.setColumnMinimumWidth(block * 3 + 2, 16 if block + 1 < _COLUMNS else 0)
        buttons = QDialogButtonBox()
        buttons.addButton(self.tr("关闭"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        self.lines = QScrollArea()
        self.lines.setFrameShape(QFrame.Shape.NoFrame)
        self.lines.setWidgetResizable(True)
        self.lines.setWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, _EDGE, _EDGE, 16)
        column.setSpacing(16)
        column.addWidget(self.lines)
        column.addWidget(buttons)
        for label in page.findChildren(QLabel):
            label.ensurePolished()  # the frame round a key counts
        bar = self.lines.verticalScrollBar().sizeHint().width()
        around = QSize(2 * _EDGE + bar, _EDGE + 2 * 16 + buttons.sizeHint().height())
        whole = page.sizeHint() + around
        # All lines where the screen is high enough for them, else they scroll.
        self.resize(whole.width(), min(whole.height(), self.screen().availableSize().height()))
