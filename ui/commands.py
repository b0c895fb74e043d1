"""What the main window's file and help menus do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox

import gridapp
from gridapp.areas.model import Level
from gridapp.errors import UserError
from gridapp.store import backups
from ui import crash

if TYPE_CHECKING:
    from gridapp.intake.report import ImportReport
    from ui.main_window import MainWindow

_WORKBOOKS = "*.xlsx *.xlsm *.xls *.ods"


class FileCommands(QObject):
    """Registers, workbooks, documents and backups."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def new_register(self) -> None:
        """Ask where a new register shall be and open it."""
        path, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("新建登记簿"), str(Path.home() / self.tr("登记簿.db")), self.tr("登记簿 (*.db)")
        )
        if path and Path(path).exists():
            self._window.tell(UserError(self.tr("{0} 已经存在，没有新建。请用“打开登记簿”。").format(path)))
        elif path:
            self._window.another_register.emit(path)

    def ask_register(self) -> None:
        """Ask which register to open instead of this one."""
        folder = str(self._window.register.path.parent if self._window.register.path else Path.home())
        path, _ = QFileDialog.getOpenFileName(self._window, self.tr("打开登记簿"), folder, self.tr("登记簿 (*.db)"))
        if path:
            self._window.another_register.emit(path)

    def ask_import(self) -> None:
        """Ask for a workbook and import it into the area that is shown."""
        if self._window.node is None:
            self._window.tell(UserError(self.tr("请先新增区域，再导入。")))
            return
        path, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("导入工作簿"), "", self.tr("工作簿 ({0})").format(_WORKBOOKS)
        )
        if path:
            self.import_file(Path(path))

    def import_file(self, path: Path) -> None:
        """Import a workbook into the area that is shown."""
        from gridapp.intake.importing import import_workbook

        node = self._window.node
        if node is None or not self._window.page.leave():
            return
        self._window.run(
            self.tr("导入 {0}").format(path.name),
            lambda progress, cancel: import_workbook(
                self._window.register, path, node.code, progress=progress, cancel=cancel
            ),
            self._show_import,
        )

    def _show_import(self, report: ImportReport) -> None:
        from ui.intake.report_dialog import ImportReportDialog

        if report.taken:
            text = self.tr("已导入 {0}").format(report.taken)
            self._window.status.show_notice(text, self.tr("撤销"), self._window.undo)
        else:
            self._window.status.show_notice(report.summary().splitlines()[0])
        if report.refused or report.warnings:
            dialog = ImportReportDialog(report, self._window)
            dialog.save_asked.connect(lambda: self._ask_refused_export(report))
            dialog.open()

    def _ask_refused_export(self, report: ImportReport) -> None:
        suggested = str(Path.home() / self.tr("{0} 未导入的行.xlsx").format(Path(report.file).stem))
        path = self._ask_workbook(self.tr("未导入的行存为工作簿"), suggested)
        if path is not None:
            self.export_refused(report, path)

    def export_refused(self, report: ImportReport, path: Path) -> None:
        """Write the rows that an import left out into a workbook, to be mended there and imported again."""
        from exports.excel.refused import export_refused

        self._window.run(
            self.tr("未导入的行存为工作簿"),
            lambda _progress, _cancel: export_refused([report], path),
            lambda _nothing: self._window.status.show_notice(
                self.tr("已导出 {0}").format(path.name), self.tr("打开"), lambda: _open(path)
            ),
        )

    def ask_handbook(self) -> None:
        """Ask for a folder and write the handbook of each grid of the area that is shown."""
        folder = self._ask_folder(self.tr("手册存放到"))
        if folder is not None:
            self.export_handbooks(folder)

    def export_handbooks(self, folder: Path) -> None:
        """Write the handbook of each grid of the area that is shown into a folder."""
        from exports.handbooks import export_handbooks

        node = self._window.node
        if node is None or not self._window.page.leave():
            return
        self._window.run(
            self.tr("导出工作手册"),
            lambda progress, cancel: export_handbooks(self._window.register, node.code, folder, progress, cancel),
            self._show_handbooks,
        )

    def _show_handbooks(self, report: Any) -> None:
        first = report.paths[0]
        if len(report.paths) == 1:
            self._window.status.show_notice(
                self.tr("已导出 {0}").format(first.name), self.tr("打开"), lambda: _open(first)
            )
        else:
            self._window.status.show_notice(
                self.tr("已导出 {0} 册手册").format(len(report.paths)),
                self.tr("打开文件夹"),
                lambda: _open(first.parent),
            )
        remarks = report.remarks()
        if remarks:
            box = QMessageBox(self._window)
            box.setWindowTitle(self.tr("导出工作手册"))
            box.setText("\n".join(remarks))
            box.open()

    def ask_register_export(self) -> None:
        """Ask for a file and write the household register of the area that is shown."""
        from exports.excel.register import file_name

        if self._window.node is None:
            return
        suggested = str(Path.home() / file_name(self._window.register, self._window.node.code))
        path = self._ask_workbook(self.tr("导出住户台账"), suggested)
        if path is not None:
            self.export_register(path)

    def export_register(self, path: Path) -> None:
        """Write the household register of the area that is shown into a file."""
        from exports.excel.register import export_register

        node = self._window.node
        if node is None or not self._window.page.leave():
            return
        self._window.run(
            self.tr("导出住户台账"),
            lambda progress, cancel: export_register(self._window.register, node.code, path, progress, cancel),
            lambda _report: self._window.status.show_notice(
                self.tr("已导出 {0}").format(path.name), self.tr("打开"), lambda: _open(path)
            ),
        )

    def ask_area(self) -> None:
        """Ask for the code and names of a new area."""
        from ui.areas.add_dialog import AddAreaDialog

        above = self._window.node
        if above is not None and above.level is Level.GRID:
            above = above.parent
        path = "/".join(step.name for step in above.path) + "/" if above else ""
        dialog = AddAreaDialog(self._window.register, above.code if above else "", path, self._window)
        dialog.accepted.connect(lambda: self._window.dock.choose(self._window.dock.model.find(dialog.code)))
        dialog.open()

    def back_up(self) -> None:
        """Make a backup now."""
        path = self._window.register.path
        if path is None:
            self._window.tell(UserError(self.tr("共享登记簿由服务器备份。")))
            return
        self._window.run(
            self.tr("备份"),
            lambda progress, _cancel: backups.rotate(path, progress=progress),
            lambda made: self._window.status.show_notice(
                self.tr("已备份到 {0}").format(made.name), self.tr("打开文件夹"), lambda: _open(made.parent)
            ),
        )

    def ask_restore(self) -> None:
        """Ask for a backup and put it in the register's place."""
        path = self._window.register.path
        if path is None:
            self._window.tell(UserError(self.tr("共享登记簿由服务器备份。")))
            return
        source, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("从备份恢复"), str(backups.folder(path)), self.tr("备份 (*.db)")
        )
        if source:
            self.restore(Path(source))

    def restore(self, source: Path) -> None:
        """Put a backup in the register's place and show what it holds; the window closes for that."""
        path = self._window.register.path
        if path is None:
            return
        try:
            backups.ensure_whole(source)  # while there is still a window to go on in
            # Taken aside, since closing makes a backup, for which the chosen one may have to go.
            chosen = backups.back_up(source, path.with_name(f"{path.name}.chosen"))
        except UserError as error:
            self._window.tell(error)
            return
        try:
            if not self._window.close():
                return
            backups.restore(path, chosen)
        except UserError as error:
            crash.warn(str(error), self._window)
        finally:
            backups.discard(chosen)
        self._window.another_register.emit(str(path))

    def _ask_workbook(self, title: str, suggested: str) -> Path | None:
        name, _ = QFileDialog.getSaveFileName(self._window, title, suggested, self.tr("工作簿 (*.xlsx)"))
        if not name:
            return None
        path = Path(name)  # not every system's dialog puts the ending there
        return path if path.suffix.lower() == ".xlsx" else path.with_name(f"{path.name}.xlsx")

    def _ask_folder(self, title: str) -> Path | None:
        if self._window.node is None:
            return None
        folder = QFileDialog.getExistingDirectory(self._window, title, str(Path.home()))
        return Path(folder) if folder else None


class HelpCommands(QObject):
    """What the program says of itself."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def show_shortcuts(self) -> None:
        """Show every action that has a shortcut."""
        from ui.shortcuts import ShortcutsDialog

        ShortcutsDialog(self._window.actions_.all(), self._window).open()

    def show_about(self) -> None:
        """Show name, version and where the register lies."""
        box = QMessageBox(self._window)
        box.setWindowTitle(self.tr("关于"))
        box.setText(self.tr("网格服务工作台 {0}").format(gridapp.__version__))
        where = self._window.register.path or self._window.register.name
        box.setInformativeText(self.tr("登记簿：{0}").format(where))
        box.addButton(self.tr("关闭"), QMessageBox.ButtonRole.RejectRole)
        box.open()


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
