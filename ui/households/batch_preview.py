"""Shows what a change to many households would do, before it is made."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gridapp.households.batch import Outcome
from ui import theme


class PreviewDialog(QDialog):
    """The number in a heading, the first households below with what they hold and what they would hold."""

    def __init__(self, outcome: Outcome, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("预览改动"))
        self.resize(720, 480)
        heading = QLabel(outcome.label)
        heading.setProperty("heading", True)
        heading.setWordWrap(True)
        told = QLabel(self._told(outcome))
        told.setProperty("secondary", True)
        told.setWordWrap(True)
        buttons = QDialogButtonBox()
        act = self.tr("修改 {0} 户").format(f"{len(outcome.changing):,}")
        self.button = buttons.addButton(act, QDialogButtonBox.ButtonRole.AcceptRole)
        self.button.setProperty("primary", True)
        self.button.setDefault(True)
        buttons.addButton(self.tr("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.table = self._table(outcome)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(theme.GAP)
        for widget in (heading, told, self.table, buttons):
            column.addWidget(widget)
        self.button.setFocus()

    def _told(self, outcome: Outcome) -> str:
        same, more = outcome.chosen - len(outcome.changing), len(outcome.changing) - len(outcome.samples)
        parts = [self.tr("选中 {0} 户").format(f"{outcome.chosen:,}")]
        if same:
            parts.append(self.tr("{0} 户已经是这样").format(f"{same:,}"))
        if more:
            parts.append(self.tr("下面是前 {0} 户").format(len(outcome.samples)))
        return self.tr("，").join(parts) + self.tr("。修改后可以撤销。")

    def _table(self, outcome: Outcome) -> QTableWidget:
        table = QTableWidget(len(outcome.samples), 4)
        table.setHorizontalHeaderLabels([self.tr("住址"), self.tr("户主"), self.tr("现在"), self.tr("改为")])
        table.setAccessibleName(self.tr("将要改动的住户"))
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        for row, one in enumerate(outcome.samples):
            for column, text in enumerate((one.address, one.head, one.before, one.after)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                table.setItem(row, column, item)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        for section, width in enumerate((200, 100, 170)):
            header.resizeSection(section, width)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        return table
