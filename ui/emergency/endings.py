"""How an emergency is reported and ended in the window, and what is left of it: summaries and documents."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog
from shiboken6 import isValid

from gridapp.emergency import after_action, progress, reports, standing_down
from gridapp.emergency.after_action import AfterAction
from gridapp.emergency.progress import Figures
from gridapp.emergency.running import Running
from gridapp.emergency.standing_down import StoodDown
from gridapp.errors import UserError

if TYPE_CHECKING:
    from ui.emergency.page import EmergencyPage
    from ui.emergency.stand_down_dialog import StandDownDialog
    from ui.main_window import MainWindow

Write = Callable[..., bool]


class Endings(QObject):
    """Works on the emergency that it is given."""

    def __init__(self, window: MainWindow, write: Write) -> None:
        super().__init__(window)
        self._window, self._write = window, write
        self._page: EmergencyPage | None = None

    def serve(self, page: EmergencyPage) -> None:
        """Do what is asked for on the page."""
        self._page = page
        page.reports.reported.connect(self.report)
        page.end_asked.connect(self.ask)
        page.calm.past.report_asked.connect(self.show_report)

    def report(self, code: str, text: str, day: datetime.date) -> None:
        """Report a day of an area, and go on to the next that has not reported."""
        page, register = self._page, self._window.register
        if page is None or page.one is None:
            return
        one = page.one
        if self._write(lambda: self.tr("上报{0}").format(reports.report(register, one.uid, code, text, day)[1])):
            page.reports.go_on(code)

    # The end

    def ask(self, one: Running) -> None:
        """Ask for the summary of an emergency that is to end."""
        register, now = self._window.register, datetime.datetime.now()
        self._window.read(
            lambda: progress.figures_of(register, one.uid, one.area_code, now), lambda found: self._open(one, found)
        )

    def _open(self, one: Running, figures: Figures) -> None:
        from ui.emergency.stand_down_dialog import StandDownDialog

        dialog = StandDownDialog(one, figures, self._window)
        dialog.asked.connect(partial(self._end, dialog, one))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _end(self, dialog: StandDownDialog, one: Running, summary: str, at: datetime.datetime | None) -> None:
        register, window = self._window.register, self._window
        dialog.setEnabled(False)

        def failed(error: Exception) -> None:
            if isinstance(error, UserError) and isValid(dialog):
                dialog.setEnabled(True)
                dialog.refuse(error)
            else:
                _close(dialog)
                window.tell(error)

        def done(ended: StoodDown) -> None:
            _close(dialog)
            told = self.tr("已{0}").format("，".join(filter(None, (ended.label, ended.told))))
            window.status.show_notice(told, self.tr("撤销"), window.undo)
            self.show_report(one)

        window.jobs.start(
            self.tr("结束应急响应"),
            lambda _progress, _cancel: standing_down.stand_down(register, one.uid, summary, at),
            register,
            done,
            failed,
        )

    # What is left of it

    def show_report(self, one: Running) -> None:
        """Show what came of an emergency."""
        register = self._window.register
        self._window.read(lambda: after_action.assemble(register, one.uid), self._show_report)

    def _show_report(self, found: AfterAction) -> None:
        from ui.emergency.after_action_dialog import AfterActionDialog

        dialog = AfterActionDialog(found, self._window)
        dialog.export_asked.connect(lambda: self._ask_report_file(found))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_report_file(self, found: AfterAction) -> None:
        path = self._ask_pdf(self.tr("导出应急处置复盘"), found.title)
        if path is not None:
            self.export_report(found, path)

    def export_report(self, found: AfterAction, path: Path) -> None:
        """Write what came of an emergency into a PDF."""
        from exports.pdf.after_action import export_after_action

        register = self._window.register
        self._export(
            self.tr("导出应急处置复盘"),
            path,
            lambda: export_after_action(register, found.emergency.uid, path),
        )

    def ask_pack(self, one: Running | None) -> None:
        """Ask for a file and write the pack of the area that is shown."""
        node = self._window.node
        if node is None:
            return
        path = self._ask_pdf(self.tr("导出应急包"), self.tr("{0}应急包").format(node.name))
        if path is not None:
            self.export_pack(one, path)

    def export_pack(self, one: Running | None, path: Path) -> None:
        """Write the pack of the area that is shown into a PDF."""

    def _export(self, title: str, path: Path, work: Callable[[], object]) -> None:
        self._window.run(
            title,
            lambda _progress, _cancel: work(),
            lambda _report: self._window.status.show_notice(
                self.tr("已导出 {0}").format(path.name), self.tr("打开"), partial(_view, path)
            ),
        )

    def _ask_pdf(self, title: str, name: str) -> Path | None:
        suggested = str(Path.home() / f"{name}.pdf")
        chosen, _ = QFileDialog.getSaveFileName(self._window, title, suggested, self.tr("PDF (*.pdf)"))
        if not chosen:
            return None
        path = Path(chosen)  # not every system's dialog puts the ending there
        return path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")


def _view(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _close(dialog: QDialog) -> None:
    """Close a dialog that somebody may have closed while the job ran."""
    if isValid(dialog):
        dialog.setEnabled(True)
        dialog.accept()
