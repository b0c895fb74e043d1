"""Shows what an import left out or was unsure of, row by row."""

from PySide6.QtCore import Qt, Signal
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

from gridapp.intake.report import ImportReport
from ui import theme


class ImportReportDialog(QDialog):
    """One line a row of the workbook that was refused or that needs a second look.

    ``save_asked`` tells that the refused rows are wanted as a workbook, to be mended there.
    """

    save_asked = Signal()

    def __init__(self, report: ImportReport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("导入结果"))
        self.resize(760, 480)
        summary = QLabel(report.summary().splitlines()[0])
        summary.setProperty("heading", True)
        summary.setWordWrap(True)
        refused = [(one.sheet, one.row, self.tr("未导入"), one.reason) for one in report.refused]
        doubtful = [(one.sheet, one.row, self.tr("请核对"), one.text) for one in report.warnings]
        lines = [*refused, *doubtful]
        table = QTableWidget(len(lines), 4)
        table.setHorizontalHeaderLabels([self.tr("工作表"), self.tr("行"), self.tr("结果"), self.tr("说明")])
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        for row, line in enumerate(lines):
            for column, value in enumerate(line):
                table.setItem(row, column, QTableWidgetItem(str(value)))
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        for section, width in enumerate((120, 56, 72)):
            header.resizeSection(section, width)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        buttons = QDialogButtonBox()
        if report.refused:
            save = buttons.addButton(self.tr("未导入的行存为工作簿…"), QDialogButtonBox.ButtonRole.ActionRole)
            save.clicked.connect(self.save_asked)
        buttons.addButton(self.tr("关闭"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(theme.GAP)
        for widget in (summary, table, buttons):
            layout.addWidget(widget)
