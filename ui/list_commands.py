"""Taking away what is seen, a table of households, the ledger or the call list: as a workbook, a PDF file, on paper."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox

from gridapp.errors import UserError
from ui.households.list_offer import households_offer
from ui.tabs import Tab
from ui.taking import DOCUMENT, WORKBOOK, Offer, Taken

if TYPE_CHECKING:
    from exports.report import ExportReport
    from ui.main_window import MainWindow


class ListCommands(QObject):
    """Exports and prints what is seen with its filter, its order and its columns."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def show_offer(self) -> None:
        """Let the actions say what would be taken away; where that is nothing, they are not offered."""
        offer = self._offer() if self._window.node is not None else None
        self._window.actions_.show_list((offer.export, offer.print) if offer is not None else None)

    def ask_export(self) -> None:
        """Ask for a file and write what is seen into it; its ending says what it shall be."""
        found = self._taken()
        if found is None:
            return
        offer, taken = found
        kinds = {self.tr("工作簿 (*.xlsx)"): WORKBOOK, self.tr("PDF 文件 (*.pdf)"): DOCUMENT}
        name, kind = QFileDialog.getSaveFileName(
            self._window, _title(offer.export), str(Path.home() / taken.file_name(WORKBOOK)), ";;".join(kinds)
        )
        if not name:
            return
        path = Path(name)  # not every system's dialog puts the ending there
        if path.suffix.lower() not in kinds.values():
            path = path.with_name(f"{path.name}{kinds.get(kind, WORKBOOK)}")
        self._write(_title(offer.export), taken, path, lambda report: self._say(offer, report, path))

    def print_list(self) -> None:
        """Make a PDF file of what is seen and open it in the system's viewer, which has the printers."""
        found = self._taken()
        if found is not None:
            offer, taken = found
            path = Path(tempfile.mkdtemp(prefix="gridapp-")) / taken.file_name(DOCUMENT)
            self._write(_title(offer.print), taken, path, lambda report: self._open(offer, report, path))

    def _write(self, title: str, taken: Taken, path: Path, finished: Callable[[ExportReport], object]) -> None:
        self._window.run(title, lambda progress, cancel: taken.write(path, progress, cancel), finished)

    def _offer(self) -> Offer | None:
        """What the tab that is seen has to offer."""
        tab = self._window.tabs.currentIndex()
        if tab == Tab.HOUSEHOLDS:
            return households_offer(self._window)
        return self._window.ledger_tab.list_offer() if tab == Tab.LEDGER else None

    def _taken(self) -> tuple[Offer, Taken] | None:
        """What is seen; where that is nothing, the user is told."""
        offer = self._offer()
        if offer is None or not self._window.page.leave():
            return None
        taken = offer.take()
        if taken is None:
            self._window.tell(UserError(offer.nothing))
            return None
        return offer, taken

    def _say(self, offer: Offer, report: ExportReport, path: Path) -> None:
        text = offer.done.format(f"{report.rows:,}", path.name)
        self._window.status.show_notice(text, self.tr("打开"), lambda: _view(path))
        self._remark(offer, report)

    def _open(self, offer: Offer, report: ExportReport, path: Path) -> None:
        text = self.tr("已做成 {0} 页，在打开的窗口中打印").format(report.pages)
        self._window.status.show_notice(text, self.tr("再次打开"), lambda: _view(path))
        _view(path)
        self._remark(offer, report)

    def _remark(self, offer: Offer, report: ExportReport) -> None:
        if report.remarks():
            box = QMessageBox(self._window)
            box.setWindowTitle(_title(offer.export))
            box.setText("\n".join(report.remarks()))
            box.open()


def _title(action: str) -> str:
    return action.removesuffix("…")


def _view(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
