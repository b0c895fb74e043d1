"""Taking away what the household table shows: as a workbook, as a PDF file, or on paper."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox

from gridapp.errors import UserError
from gridapp.households.listing import Listing
from gridapp.households.shown import shown
from ui.tabs import Tab

if TYPE_CHECKING:
    from exports.report import ExportReport
    from ui.main_window import MainWindow


class ListCommands(QObject):
    """Exports and prints the rows of the table with their filter, their order and the columns that are seen."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def ask_export(self) -> None:
        """Ask for a file and write what is shown into it; its ending says what it shall be."""
        from exports.household_lists import DOCUMENT, WORKBOOK

        listing = self._listing()
        if listing is None:
            return
        kinds = {self.tr("工作簿 (*.xlsx)"): WORKBOOK, self.tr("PDF 文件 (*.pdf)"): DOCUMENT}
        name, kind = QFileDialog.getSaveFileName(
            self._window, self.tr("导出所示住户"), str(Path.home() / self._file_name(WORKBOOK)), ";;".join(kinds)
        )
        if not name:
            return
        path = Path(name)  # not every system's dialog puts the ending there
        if path.suffix.lower() not in kinds.values():
            path = path.with_name(f"{path.name}{kinds.get(kind, WORKBOOK)}")
        self.export(path)

    def export(self, path: Path) -> None:
        """Write what is shown into a file."""
        self._write(self.tr("导出所示住户"), path, lambda report: self._say(report, path))

    def print_list(self) -> None:
        """Make a PDF file of what is shown and open it in the system's viewer, which has the printers."""
        from exports.household_lists import DOCUMENT

        if self._listing() is not None:
            path = Path(tempfile.mkdtemp(prefix="gridapp-")) / self._file_name(DOCUMENT)
            self._write(self.tr("打印所示住户"), path, lambda report: self._open(report, path))

    def _write(self, title: str, path: Path, finished: Callable[[ExportReport], object]) -> None:
        from exports.household_lists import export_household_list

        listing = self._listing()
        if listing is None or not self._window.page.leave():
            return
        register, columns = self._window.register, self._window.page.table.shown_columns()
        self._window.run(
            title,
            lambda progress, cancel: export_household_list(shown(register, listing, columns), path, progress, cancel),
            finished,
        )

    def _listing(self) -> Listing | None:
        """What the table shows, which is brought up for it; where that is nothing, the user is told."""
        self._window.show_tab(Tab.HOUSEHOLDS)
        listing = self._window.page.model.listing
        if listing is None or not listing.count:
            self._window.tell(UserError(self.tr("住户表中没有住户，没有可导出的。")))
            return None
        return listing

    def _file_name(self, ending: str) -> str:
        from exports.household_lists import file_name

        node = self._window.node
        return file_name("".join(step.name for step in node.path[-2:]) if node else "", ending)

    def _say(self, report: ExportReport, path: Path) -> None:
        text = self.tr("已导出 {0} 户：{1}").format(f"{report.rows:,}", path.name)
        self._window.status.show_notice(text, self.tr("打开"), lambda: _view(path))
        self._remark(report)

    def _open(self, report: ExportReport, path: Path) -> None:
        text = self.tr("已做成 {0} 页，在打开的窗口中打印").format(report.pages)
        self._window.status.show_notice(text, self.tr("再次打开"), lambda: _view(path))
        _view(path)
        self._remark(report)

    def _remark(self, report: ExportReport) -> None:
        if report.remarks():
            box = QMessageBox(self._window)
            box.setWindowTitle(self.tr("导出所示住户"))
            box.setText("\n".join(report.remarks()))
            box.open()


def _view(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
