"""A small dialog that asks for what one change of an area needs, and makes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from gridapp.errors import UserError
from ui.jobs import Work
from ui.widgets.asking import AskingDialog
from ui.widgets.fields import Field

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class ChangeDialog(AskingDialog):
    """Fields under a line of explanation. ``changed`` carries what the work answered, once it is done.

    What is refused is said beside the field that it concerns, or else beside the first.
    """

    changed = Signal(object)

    def __init__(self, window: MainWindow, title: str, act: str, intro: str, work: Callable[[], Work]) -> None:
        """Make an empty dialog.

        Args:
            act: what the button says.
            work: gives the work to be done, of what stands in the fields when the button is pressed.
        """
        super().__init__(title, intro, act, window)
        self._window = window
        self._work = work
        self._fields: list[Field] = []
        self._writes = False
        self._concerned: dict[type[UserError], Field] = {}
        self.buttons.accepted.connect(self._begin)

    def add_field(self, label: str, editor: QWidget, concerns: type[UserError] = UserError) -> Field:
        """Put a field below the others; refusals of the kind that ``concerns`` it are said there."""
        field = self.put_field(label, editor)
        self._fields.append(field)
        self._concerned.setdefault(concerns, field)
        if len(self._fields) == 1:
            editor.setFocus()
            if isinstance(editor, QLineEdit):
                editor.selectAll()
        return field

    def refuse(self, error: UserError) -> None:
        """Say beside a field why it cannot be."""
        field = self._concerned.get(type(error), self._fields[0])
        field.set_remark(str(error))
        field.editor.setFocus()

    def reject(self) -> None:
        if not self._writes:  # else a refusal would find nobody
            super().reject()

    def _begin(self) -> None:
        for field in self._fields:
            field.set_remark("")
        if self._window.jobs.running:
            self.refuse(UserError(self.tr("正在写入登记簿，请等右下角的任务结束后再试。")))
            return
        self.button.setEnabled(False)
        self._writes = True
        self._window.jobs.start(self.windowTitle(), self._work(), self._window.register, self._end, self._fail)

    def _end(self, answer: Any) -> None:
        self.accept()
        self.changed.emit(answer)

    def _fail(self, error: Exception) -> None:
        self._writes = False
        self.button.setEnabled(True)
        if isinstance(error, UserError):
            self.refuse(error)
        else:
            self._window.tell(error)
