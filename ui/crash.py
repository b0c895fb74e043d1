"""What happens when something goes wrong that no user can mend: it is written down, shown, and nothing is lost."""

import logging
import sys
import traceback
from logging.handlers import RotatingFileHandler
from types import TracebackType

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QMessageBox, QWidget

from gridapp.errors import UserError
from gridapp.places import data_folder

_log = logging.getLogger("gridapp")
_shown: list[QMessageBox] = []
"""The dialog that is open, held here since without a parent nothing else keeps it."""

_told: set[str] = set()
"""What was said of mistakes that nobody caught."""


def install() -> None:
    """Write bugs to a log file, and show those that reach the top of the event loop."""
    folder = data_folder() / "log"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # an engine's error may quote a row
        handler = RotatingFileHandler(folder / "gridapp.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8")
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        _log.addHandler(handler)
    except OSError:
        _log.addHandler(logging.StreamHandler())  # a home that cannot be written must not keep the window shut
    _told.clear()
    sys.excepthook = _hook


def show(error: BaseException, parent: QWidget | None = None) -> None:
    """Log a bug in full and show it in a dialog whose text can be copied.

    While one is open others are only logged: a bug in painting comes back with every stroke.
    """
    details = "".join(traceback.format_exception(error))
    _log.error(details)
    if _shown:
        return
    box = QMessageBox(parent)
    _shown.append(box)
    box.destroyed.connect(lambda: _shown.clear())
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Critical)
    box.setWindowTitle(box.tr("程序出错"))
    box.setText(box.tr("程序遇到一个没有料到的错误。登记簿没有受影响，可以继续使用。"))
    box.setInformativeText(box.tr("请把下面的详细信息发给维护人员。"))
    box.setDetailedText(details)
    box.open()


def warn(text: str, parent: QWidget | None = None) -> None:
    """Say something that the user has to know before going on."""
    QMessageBox.warning(parent, parent.tr("请注意") if parent else "", text)


def _tell(text: str) -> None:
    """Say a mistake that nobody caught: once, since one that is met in painting comes back with every stroke."""
    if text not in _told:
        _told.add(text)
        QTimer.singleShot(0, lambda: warn(text))  # painting has to be over before a dialog can be painted


def _hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
    elif isinstance(error, UserError):
        _tell(str(error))
    else:
        show(error)
