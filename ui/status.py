"""The status bar: the register's name, what was just done with its undo, and what is running."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QStatusBar, QWidget

from gridapp.households import words
from gridapp.register import Register
from gridapp.store import backups
from ui import theme
from ui.jobs import Job
from ui.widgets.elided import ElidedLabel

_NOTICE_MS = 12_000


class StatusBar(QStatusBar):
    """Notices come and go at the left; a job stays at the right until it ends."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._register = QLabel()
        self._notice = ElidedLabel(least=16)
        self._act = QPushButton()
        self._act.setProperty("link", True)
        self._act.clicked.connect(self._do)
        self._action: Callable[[], object] | None = None
        self._timer = QTimer(self, singleShot=True, interval=_NOTICE_MS)
        self._timer.timeout.connect(self.clear_notice)
        left = QWidget()
        line = QHBoxLayout(left)
        line.setContentsMargins(12, 0, 0, 0)
        line.setSpacing(theme.GAP)
        line.addWidget(self._register)
        line.addSpacing(16)
        line.addWidget(self._notice)
        line.addWidget(self._act)
        line.addStretch()
        self.addWidget(left, 1)
        self.addPermanentWidget(self._build_job())
        self.clear_notice()

    def show_register(self, register: Register) -> None:
        """Say which register is open, and when it was backed up last."""
        path = register.path
        shown = self.tr("本机登记簿 · {0}").format(register.name) if path else register.name
        self._register.setText(f"{shown}{self._backup_text(path)}" if path else shown)
        self.setToolTip(str(path or register.name))  # the name of a shared one says that it is

    def _backup_text(self, path: Path) -> str:
        taken = backups.last_taken(path)
        return self.tr(" · 备份于 {0}").format(words.moment_text(taken)) if taken else self.tr(" · 还没有备份")

    def show_notice(self, text: str, act: str = "", action: Callable[[], object] | None = None) -> None:
        """Say what was done, and offer one thing to do about it."""
        self._notice.setProperty("problem", False)
        self._say(text, act, action)

    def show_refusal(self, text: str) -> None:
        """Say what was not done, and why; it stays until something else is said, or nothing is refused any more."""
        if not text:
            self.clear_refusal()
            return
        self._notice.setProperty("problem", True)
        self._say(text, "", None)
        self._timer.stop()

    def notice(self) -> str:
        """What is said now."""
        return self._notice.text()

    def clear_refusal(self) -> None:
        """Take back a refusal, since what was refused is gone; a notice stays."""
        if self._notice.property("problem"):
            self.clear_notice()

    def clear_notice(self) -> None:
        self._notice.clear()
        self._act.hide()
        self._action = None

    def follow(self, job: Job) -> None:
        """Show how far a job is, with a button that stops it."""
        self._job = job
        self._title.setText(job.title)
        self._bar.setRange(0, 0)
        self._percent.clear()
        self._cancel.setEnabled(True)
        self._box.show()
        job.progressed.connect(self._show_progress)

    def end_job(self) -> None:
        self._box.hide()

    def _say(self, text: str, act: str, action: Callable[[], object] | None) -> None:
        self._notice.style().unpolish(self._notice)
        self._notice.style().polish(self._notice)
        self._notice.setText(text)
        self._notice.setToolTip(text)
        self._action = action
        self._act.setText(act)
        self._act.setVisible(action is not None)
        self._timer.start()

    def _do(self) -> None:
        action = self._action
        self.clear_notice()
        if action is not None:
            action()

    def _build_job(self) -> QWidget:
        self._box = QWidget()
        self._title, self._percent = QLabel(), QLabel()
        self._bar = QProgressBar()
        self._bar.setFixedWidth(140)
        self._bar.setTextVisible(False)
        self._cancel = QPushButton(self.tr("取消"))
        self._cancel.setProperty("link", True)
        self._cancel.clicked.connect(self._stop)
        line = QHBoxLayout(self._box)
        line.setContentsMargins(0, 0, 12, 0)
        line.setSpacing(theme.GAP)
        for widget in (self._title, self._bar, self._percent, self._cancel):
            line.addWidget(widget)
        self._box.hide()
        return self._box

    def _stop(self) -> None:
        self._job.cancel.cancel()
        self._cancel.setEnabled(False)
        self._title.setText(self.tr("正在取消…"))

    def _show_progress(self, done: int, total: int, _message: str) -> None:
        # A progress bar counts to 2³¹ at most, so it is given per mille.
        self._bar.setRange(0, 1000 if total else 0)
        self._bar.setValue(done * 1000 // total if total else 0)
        self._percent.setText(f"{done * 100 // total}%" if total else "")
