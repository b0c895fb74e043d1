"""Starts the window: application, fonts, theme, register."""

from __future__ import annotations

import sys

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication, QMessageBox

from gridapp.errors import UserError
from gridapp.places import default_register
from gridapp.register import DamagedRegister, Register, open_register
from gridapp.store import backups
from ui import crash, theme
from ui.main_window import MainWindow
from ui.memory import last_register, settings


def make_application(chosen: theme.Theme | None = None) -> QApplication:
    """The application with its font and theme; made once a process."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("GridApp")
    app.setApplicationDisplayName("")
    app.setDesktopFileName("gridapp")
    theme.load_fonts(app)
    remembered = theme.DARK if settings().value("theme") == theme.DARK.name else theme.LIGHT
    theme.prepare(app, chosen or remembered)
    translator = QTranslator(app)  # Qt's own words in its dialogs
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    return app


def start(url: str) -> MainWindow:
    """Open a register in a window that is shown at once.

    Raises:
        UserError: the register cannot be opened.
    """
    window = MainWindow(open_register(url))
    present(window)
    return window


def present(window: MainWindow) -> None:
    """Fill a window and show it."""
    window.load()
    theme.dress()
    window.show()


def run(url: str | None) -> int:
    """Show the window until it is closed and return the exit code."""
    app = make_application()
    crash.install()
    windows: list[MainWindow] = []

    def open_window(address: str) -> bool:
        register = _open(address)
        if register is None:
            return False
        if windows and not windows[-1].close():
            register.close(backup=False)
            return False
        if windows:
            windows[-1].deleteLater()
        window = MainWindow(register)
        window.another_register.connect(open_window)
        windows[:] = [window]
        present(window)
        return True

    if not open_window(url or str(last_register(settings()) or default_register())):
        return 1
    return app.exec()


def _open(url: str) -> Register | None:
    """The register, restored first if it is damaged and the user wants that; None after saying why not."""
    try:
        return open_register(url)
    except DamagedRegister as damage:
        if damage.backup is None or not _wants_restore(damage):
            if damage.backup is None:
                QMessageBox.critical(None, "网格服务工作台", str(damage))
            return None
        try:
            backups.restore(damage.path, damage.backup)
            return open_register(url)
        except UserError as error:
            QMessageBox.critical(None, "网格服务工作台", str(error))
            return None
    except UserError as error:
        QMessageBox.critical(None, "网格服务工作台", str(error))
        return None


def _wants_restore(damage: DamagedRegister) -> bool:
    box = QMessageBox(QMessageBox.Icon.Critical, "网格服务工作台", str(damage))
    box.setInformativeText(box.tr("损坏的文件会保留在旁边。"))
    restore = box.addButton(box.tr("从备份恢复"), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(box.tr("退出"), QMessageBox.ButtonRole.RejectRole)
    box.exec()
    return box.clickedButton() is restore
