"""Shows what a change to many households would do, before it is made."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QListWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gridapp.households.batch import Outcome
from gridapp.households.pasting import Plan
from ui import theme


class PreviewDialog(QDialog):
    """The number in a heading, the first households below with what they hold and what they would hold."""

    def __init__(self, outcome: Outcome | Plan, parent: QWidget | None = None, remarks: Sequence[str] = ()) -> None:
        """Make it for what would change.

        Args:
            remarks: what is not changed, and why.
        """
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
        self.button.setEnabled(bool(outcome.changing))
        buttons.addButton(self.tr("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.table = self._table(outcome)
        self.remarks = self._remarks(remarks)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(theme.GAP)
        self.table.setVisible(bool(outcome.samples))
        for widget in (heading, told, self.table, self.remarks, buttons):
            column.addWidget(widget)
        self.button.setFocus()

    def _remarks(self, remarks: Sequence[str]) -> QListWidget:
        found = QListWidget()
        found.setAccessibleName(self.tr("没有改动的"))
        found.setVisible(bool(remarks))
        found.setWordWrap(True)
        found.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        for remark in remarks:
            found.addItem(remark)
            found.item(found.count() - 1).setIcon(theme.icon("warning", "warning"))
        found.setMaximumHeight(140)
        return found

    def _told(self, outcome: Outcome | Plan) -> str:
        refused = len(outcome.refused) if isinstance(outcome, Plan) else 0
        same = outcome.chosen - len(outcome.changing) - refused
        more = len(outcome.changing) - len(outcome.samples)
        parts = [self.tr("选中 {0} 户").format(f"{outcome.chosen:,}")]
        if same:
            parts.append(self.tr("{0} 户已经是这样").format(f"{same:,}"))
        if refused:
            parts.append(self.tr("{0} 户不能这样改，保持原样").format(f"{refused:,}"))
        if more:
            parts.append(self.tr("下面是前 {0} 户").format(len(outcome.samples)))
        return self.tr("，").join(parts) + self.tr("。修改后可以撤销。")

    def _table(self, outcome: Outcome | Plan) -> QTableWidget:
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
