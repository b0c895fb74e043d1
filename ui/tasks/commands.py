"""What is done to tasks and work plans, each at once and with its undo."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.register import Register
from gridapp.tasks import editing, plans
from gridapp.tasks.editing import TaskDraft
from gridapp.tasks.plans import PlanDraft


class TaskCommands(QObject):
    """Each says whether it was done. ``notice`` carries what was done, ``refused`` what was not, and why."""

    notice = Signal(str)
    refused = Signal(str)
    created = Signal(object)  # the uid of a new task

    def __init__(self, register: Register, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._register = register

    def create(self, area: Uid, draft: TaskDraft) -> bool:
        """Put a task on the list of an area."""

        def act() -> str:
            uid, label = editing.create(self._register, area, draft)
            self.created.emit(uid)
            return label

        return self._write(act)

    def save(self, uid: Uid, draft: TaskDraft, base: TaskDraft) -> bool:
        """Write what was changed of a task."""
        return self._write(lambda: editing.save(self._register, uid, draft, base))

    def set_progress(self, uid: Uid, percent: int) -> bool:
        """Say how far a task has come."""
        return self._write(lambda: editing.set_progress(self._register, uid, percent))

    def finish(self, uids: Sequence[Uid]) -> bool:
        """Say that tasks are done."""
        return self._write(lambda: editing.finish(self._register, uids))

    def reopen(self, uids: Sequence[Uid]) -> bool:
        """Let tasks be to be done again."""
        return self._write(lambda: editing.reopen(self._register, uids))

    def cancel(self, uids: Sequence[Uid]) -> bool:
        """Give tasks up."""
        return self._write(lambda: editing.cancel(self._register, uids))

    def skip(self, uid: Uid) -> bool:
        """Let a task that comes again be due the next time."""
        return self._write(lambda: editing.skip(self._register, uid))

    def save_plan(self, area: Uid, draft: PlanDraft, base: PlanDraft | None) -> bool:
        """Write the own plan of an area."""
        return self._write(lambda: plans.save(self._register, area, draft, base))

    def give_plan_up(self, area: Uid) -> bool:
        """Let an area go back to the plan above it."""
        return self._write(lambda: plans.give_up(self._register, area))

    def _write(self, act: Callable[[], str]) -> bool:
        if self._register.is_written_elsewhere:
            # Waiting for a long import to end would leave the window standing still.
            self.refused.emit(self.tr("正在写入登记簿，请等右下角的任务结束后再试。"))
            return False
        try:
            done = act()
        except UserError as error:
            self.refused.emit(str(error))
            return False
        self.notice.emit(self.tr("已{0}").format(done))
        return True
