"""Writes what a dialog asks for: at once, or beside the window where files come with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog

from gridapp.errors import UserError
from gridapp.register import Register
from ui.attachments.strip import AttachmentStrip
from ui.jobs import Jobs, Work


class Writing(QObject):
    """``failed`` carries why nothing was written, ``turned`` whether something is being written now."""

    failed = Signal(object)
    turned = Signal(bool)

    def __init__(self, dialog: QDialog, register: Register, jobs: Jobs) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self._register, self._jobs = register, jobs
        self._is_busy = False

    def is_busy(self) -> bool:
        """Whether something is being written."""
        return self._is_busy

    def refusal(self, strip: AttachmentStrip | None = None) -> str:
        """Why nothing can be written just now; empty where it can."""
        if strip is not None and strip.is_adding():
            return self.tr("照片和文件还在添加，请稍候再保存。")
        if self._register.is_written_elsewhere and not self._is_busy:
            return self.tr("正在写入登记簿，暂时不能保存。请等右下角的任务结束后再保存。")
        return ""

    def start(self, title: str, beside: bool, work: Callable[[], Any], finished: Callable[[Any], object]) -> None:
        """Write, and hand over the answer.

        Args:
            beside: whether it may take longer than one waits.
        """
        if self._is_busy:
            return
        if not beside:
            try:
                answer = work()
            except UserError as error:
                self.failed.emit(error)
            else:
                finished(answer)
            return
        self._turn(True)

        def end(told: Callable[[Any], object], value: Any) -> None:
            self._turn(False)
            told(value)

        self._jobs.start(
            title,
            lambda _progress, _cancel: work(),
            self._register,
            lambda answer: end(finished, answer),
            lambda error: end(self.failed.emit, error),
        )

    def start_aside(self, title: str, work: Work, finished: Callable[[Any], object]) -> None:
        """Write what takes long and can be given up; the dialog makes room, and comes back if that fails."""

        def end(answer: Any) -> None:
            self._dialog.accept()
            finished(answer)

        def fail(error: Exception) -> None:
            self._dialog.open()
            self.failed.emit(error)

        self._dialog.hide()
        self._jobs.start(title, work, self._register, end, fail)

    def _turn(self, writing: bool) -> None:
        self._is_busy = writing
        self.turned.emit(writing)
