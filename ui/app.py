"""Starts the window: application, fonts, theme, register."""

from __future__ import annotations

import sys

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication, QMessageBox

from gridapp.errors import UserError
from gridapp.places import default_register
from gridapp.register import DamagedRegister, Register, open_register
from gridapp.store import backups, dialects
from ui import crash, theme
from ui.main_window import MainWindow
from ui.memory import last_register, settings
from ui.sweeping import Sweeper


def make_application(chosen: theme.Theme | None = None) -> QApplication:
    """The application with its font and theme; made once a process."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("GridApp")
    app.setApplicationDisplayName("")
    app.setDesktopFileName("gridapp")
    Sweeper(app)
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

    address, gone = (url, None) if url else _remembered()
    if not open_window(address):
        return 1
    if gone is not None:
        text = windows[-1].tr("上次打开的登记簿 {0} 不在了，打开的是本机默认的登记簿。")
        windows[-1].status.show_refusal(text.format(gone))
    return app.exec()


def _remembered() -> tuple[str, str | None]:
    """The register that was open last; if its file is gone, this user's own, and which one is gone.

    One that is not there would be made anew, and its owner would take all for lost.
    """
    last = last_register(settings())
    if last and (dialects.is_postgres(last) or dialects.sqlite_path(last).exists()):
        return last, None
    return str(default_register()), last


def _open(url: str) -> Register | None:
    """The register, restored first if it is damaged and the user wants that; None after saying why not."""
    try:
        return open_register(url)
    except DamagedRegister as damage:
        if damage.backup is None or not _wants_restore(damage):
            if damage.backup is None:
                _say(damage)
            return None
        try:
            backups.restore(damage.path, damage.backup)
            return open_register(url)
        except UserError as error:
            _say(error)
            return None
    except UserError as error:
        _say(error)
        return None


def _title() -> str:
    return QCoreApplication.translate("start", "网格服务工作台")


def _say(error: UserError) -> None:
    QMessageBox.critical(None, _title(), str(error))


def _wants_restore(damage: DamagedRegister) -> bool:
    box = QMessageBox(QMessageBox.Icon.Critical, _title(), str(damage))
    box.setInformativeText(box.tr("损坏的文件会保留在旁边。"))
    restore = box.addButton(box.tr("从备份恢复"), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(box.tr("退出"), QMessageBox.ButtonRole.RejectRole)
    box.exec()
    return box.clickedButton() is restore
