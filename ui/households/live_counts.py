"""Counts by colour of what the other filters leave, read beside the window."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from gridapp.households.filters import Filter
from gridapp.progress import CancelToken
from gridapp.register import Register
from gridapp.reports.counts import filtered_counts
from ui.jobs import Job, Jobs


class LiveCounts(QObject):
    """Of the counts that are asked for, only the last ones arrive."""

    arrived = Signal(list)
    failed = Signal(object)

    def __init__(self, register: Register, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._register = register
        self._jobs = Jobs(self)
        self._awaited: Job | None = None

    def ask(self, chosen: Filter) -> None:
        """Count what a filter leaves."""
        self.forget()
        register = self._register

        def work(_progress: object, cancel: CancelToken) -> list[int]:
            cancel.check()  # nobody waits for it any more, and those behind it do
            with register.unless(cancel):
                return filtered_counts(register, chosen)

        job = self._jobs.start("", work, register, lambda counts: self._take(job, counts), lambda e: self._fail(job, e))
        self._awaited = job

    def forget(self) -> None:
        """Let nothing arrive of what was asked for."""
        if self._awaited is not None:
            self._awaited.cancel.cancel()
            self._awaited = None

    def read(self, work: Callable[[], Any], finished: Callable[[Any], object]) -> None:
        """Read something else beside the window that is only offered, and missed by nobody where it cannot be read."""
        self._jobs.start("", lambda _progress, _cancel: work(), self._register, finished, lambda _error: None)

    def is_busy(self) -> bool:
        """Whether something is being counted."""
        return bool(self._jobs.running)

    def stop(self) -> None:
        """Count nothing any more."""
        self.forget()
        self._jobs.stop_all()

    def _take(self, job: Job, counts: list[int]) -> None:
        if job is self._awaited:
            self._awaited = None
            self.arrived.emit(counts)

    def _fail(self, job: Job, error: Exception) -> None:
        if job is self._awaited:
            self._awaited = None
            self.failed.emit(error)
