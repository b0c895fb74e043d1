"""How an emergency is reported and ended in the window, and what is left of it: summaries and documents."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from gridapp.emergency import after_action, progress, reports, standing_down
from gridapp.emergency.after_action import AfterAction
from gridapp.emergency.progress import Figures
from gridapp.emergency.running import Running
from gridapp.emergency.standing_down import StoodDown
from gridapp.errors import UserError
from ui.emergency import asked_job
from ui.jobs import Work

if TYPE_CHECKING:
    from exports.report import ExportReport
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

        def done(ended: StoodDown) -> None:
            told = self.tr("已{0}").format("，".join(filter(None, (ended.label, ended.told))))
            window.status.show_notice(told, self.tr("撤销"), window.undo)
            self.show_report(one)

        asked_job.start(
            window,
            dialog,
            self.tr("结束应急响应"),
            lambda _progress, _cancel: standing_down.stand_down(register, one.uid, summary, at),
            done,
            dialog.refuse,
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
        folder = self._ask_folder(self.tr("应急处置复盘存放到"))
        if folder is not None:
            self.export_report(found.emergency, folder)

    def export_report(self, one: Running, folder: Path) -> None:
        """Write what came of an emergency as a PDF into a folder."""
        from exports.emergencies import export_after_action

        register = self._window.register
        self._export(
            self.tr("导出应急处置复盘"),
            lambda progress, cancel: export_after_action(register, one.uid, folder, progress, cancel),
        )

    def ask_pack(self, one: Running | None) -> None:
        """Ask for a folder and write the pack of the area that is shown into it."""
        node = self._window.node
        if node is None:
            return
        if one is None:
            text = self.tr("{0}现在没有进行中的应急响应；启动以后才能导出应急包。")
            self._window.tell(UserError(text.format(node.name)))
            return
        folder = self._ask_folder(self.tr("应急包存放到"))
        if folder is not None:
            self.export_pack(one, node.code, folder)

    def export_pack(self, one: Running, code: str, folder: Path) -> None:
        """Write the pack of an area as a PDF into a folder."""
        from exports.emergencies import export_emergency_pack

        register = self._window.register
        self._export(
            self.tr("导出应急包"),
            lambda progress, cancel: export_emergency_pack(
                register, one.uid, code, folder, progress=progress, cancel=cancel
            ),
        )

    def _export(self, title: str, work: Work) -> None:
        self._window.run(title, work, self._show_export)

    def _show_export(self, report: ExportReport) -> None:
        (path, *_others) = report.paths
        text = " ".join([self.tr("已导出 {0}").format(path.name), *report.remarks()])
        self._window.status.show_notice(text, self.tr("打开"), partial(_view, path))

    def _ask_folder(self, title: str) -> Path | None:
        folder = QFileDialog.getExistingDirectory(self._window, title, str(Path.home()))
        return Path(folder) if folder else None


def _view(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
