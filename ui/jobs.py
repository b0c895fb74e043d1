"""Long work beside the window: one function in a thread, with progress, cancel and an answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from gridapp.progress import CancelToken, Progress
from gridapp.register import Register

Work = Callable[[Progress, CancelToken], Any]


class Job(QObject):
    """One piece of work. Its signals come in the thread that made it."""

    begun = Signal()
    progressed = Signal(object, object, str)  # done, total: may exceed 32 bits
    finished = Signal(object)
    failed = Signal(object)
    ended = Signal()
    _reported = Signal(str, object)

    def __init__(self, title: str, work: Work, register: Register | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.cancel = CancelToken()
        self._work = work
        self._register = register
        # A slot of this object, so that Qt carries the report over to its thread.
        self._reported.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)

    def run(self) -> None:
        """Do the work in the calling thread; meant for a worker thread."""
        self._reported.emit("begun", None)
        try:
            answer = self._work(lambda *step: self._reported.emit("progressed", step), self.cancel)
            outcome, value = "finished", answer
        except BaseException as error:  # told to the window, which knows mistakes from bugs; libraries may panic
            outcome, value = "failed", error
        try:
            if self._register is not None:
                self._register.release()
        finally:
            self._reported.emit(outcome, value)

    @Slot(str, object)
    def _pass_on(self, kind: str, value: Any) -> None:
        if kind == "begun":
            self.begun.emit()
            return
        if kind == "progressed":
            self.progressed.emit(*value)
            return
        (self.finished if kind == "finished" else self.failed).emit(value)
        self.ended.emit()


class _Runner(QRunnable):
    def __init__(self, job: Job) -> None:
        super().__init__()
        self._job = job

    def run(self) -> None:
        self._job.run()


class Jobs(QObject):
    """The jobs of a window, run one after the other, since they share one disk.

    ``started`` tells that it is a job's turn, ``idle`` that none is left.
    """

    started = Signal(Job)
    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._running: list[Job] = []
        self._last: Job | None = None

    @property
    def running(self) -> list[Job]:
        return list(self._running)

    def start(
        self,
        title: str,
        work: Work,
        register: Register | None,
        finished: Callable[[Any], object],
        failed: Callable[[Exception], object],
    ) -> Job:
        """Run work in a thread and call back in this one."""
        job = Job(title, work, register, self)
        job.begun.connect(lambda: self.started.emit(job))
        job.finished.connect(finished)
        job.failed.connect(failed)
        job.ended.connect(self._forget)
        self._running.append(job)
        self._pool.start(_Runner(job))
        return job

    def hold(self) -> None:
        """Let jobs wait for ``let_go``."""
        self._pool.setMaxThreadCount(0)

    def let_go(self) -> None:
        """Run the jobs that were held."""
        self._pool.setMaxThreadCount(1)

    def stop_all(self) -> None:
        """Ask every job to stop and wait until all have."""
        self.let_go()
        for job in self._running:
            job.cancel.cancel()
        self._pool.waitForDone()

    @Slot()
    def _forget(self) -> None:
        job = self.sender()
        if job in self._running:
            self._running.remove(job)
            # Its thread may still be on the way back from telling its end; that of the one before it has come back.
            before, self._last = self._last, job
            if before is not None:
                before.deleteLater()
        if not self._running:
            self.idle.emit()
