"""A dialog for one step of the teams: fields, what will become of it in words, and refusals beside the field."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QLabel, QSizePolicy

from gridapp.areas.tree import Node
from gridapp.errors import UserError
from gridapp.teams.model import ROLES, Role
from ui.areas.change_dialog import ChangeDialog
from ui.jobs import Work
from ui.teams.area_line import AreaLine
from ui.widgets.day_line import DayLine, ToldDayLine
from ui.widgets.fields import Field

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class FieldError(UserError):
    """A mistake in one field of a dialog."""

    def __init__(self, field: Field, text: str) -> None:
        super().__init__(text)
        self.field = field


class TeamDialog(ChangeDialog):
    """What is wrong with a field is found when the button is pressed, before anything is written."""

    def __init__(self, window: MainWindow, title: str, act: str, intro: str, work: Callable[[], Work]) -> None:
        super().__init__(window, title, act, intro, lambda: self._ready)
        self._make = work
        self._ready: Work = lambda _progress, _cancel: None
        self.becomes = QLabel()
        self.becomes.setProperty("secondary", True)
        self.becomes.setWordWrap(True)
        self._column.insertWidget(self._column.count() - 1, self.becomes)
        self.becomes.hide()

    def put(self, label: str, editor: object) -> Field:
        """Put a field above what is told."""
        field = self.add_field(label, editor)  # type: ignore[arg-type]
        self._column.removeWidget(self.becomes)
        self._column.insertWidget(self._column.count() - 1, self.becomes)
        return field

    def tell(self, text: str) -> None:
        """Say what will become of it."""
        self.becomes.setText(text)
        self.becomes.setVisible(bool(text))
        if self.isVisible():
            self.adjustSize()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.adjustSize()  # lines that wrap need more height than was known before

    def refuse(self, error: UserError) -> None:
        if isinstance(error, FieldError):
            error.field.set_remark(str(error))
            error.field.editor.setFocus()
        else:
            super().refuse(error)

    def day_in(self, field: Field, needed: str = "") -> datetime.date | None:
        """The day that stands in a field.

        Args:
            needed: what is said if none does; without it, none may.

        Raises:
            FieldError: what stands there is no day.
        """
        line = field.editor
        assert isinstance(line, (DayLine, ToldDayLine))
        try:
            day = line.day()
        except UserError as error:
            raise FieldError(field, str(error)) from error
        if day is None and needed:
            raise FieldError(field, needed)
        return day

    def area_in(self, field: Field) -> Node:
        """The area that stands in a field.

        Raises:
            FieldError: none does.
        """
        line = field.editor
        assert isinstance(line, AreaLine)
        node = line.area()
        if node is None:
            told = self.tr("没有“{0}”，请从列表中选一个。").format(line.text().strip())
            raise FieldError(field, told if line.text().strip() else self.tr("请选一个区域。"))
        return node

    def _begin(self) -> None:
        for field in self._fields:
            field.set_remark("")
        try:
            self._ready = self._make()
        except UserError as error:
            self.refuse(error)
            return
        super()._begin()


class RoleBox(QComboBox):
    """The roles of a team."""

    def __init__(self, roles: tuple[Role, ...] = ROLES) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for role in roles:
            self.addItem(role.name, role.key)

    def role(self) -> str:
        """The key of the role that is chosen."""
        return str(self.currentData())

    def set_role(self, key: str) -> None:
        """Choose a role."""
        self.setCurrentIndex(max(0, self.findData(key)))
