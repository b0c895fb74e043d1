"""The line under the task table into which a new task is typed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from gridapp.errors import UserError
from gridapp.tasks.assigning import Assignable
from gridapp.tasks.editing import LONGEST_TITLE, TaskDraft
from ui import theme
from ui.tasks.who_edit import WhoEdit
from ui.widgets.day_line import DayLine

_DUE_WIDTH, _WHO_WIDTH = 172, 180
_LEAST_WIDTH = 84


class AddLine(QWidget):
    """Enter leads from the title to the day, from there to whom it is for, and adds the task; Ctrl+Enter adds at once.

    ``asked`` carries the draft, ``refused`` why there is none, ``above`` that somebody goes up into the table.
    """

    asked = Signal(object)
    refused = Signal(str)
    above = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLineEdit()
        self.title.setMaxLength(LONGEST_TITLE)
        self.title.setPlaceholderText(self.tr("新任务：输入内容，回车"))
        self.title.setAccessibleName(self.tr("新任务"))
        self.due = DayLine()
        self.due.setAccessibleName(self.tr("期限"))
        self.due.setMaximumWidth(_DUE_WIDTH)
        self.who = WhoEdit()
        self.who.setAccessibleName(self.tr("负责人"))
        self.who.setMaximumWidth(_WHO_WIDTH)
        self.button = QPushButton(self.tr("添加"))
        self.button.setToolTip(self.tr("添加任务 (Ctrl+回车)"))
        self.button.setEnabled(False)
        self.button.clicked.connect(self.add)
        mark = QLabel()
        mark.setPixmap(theme.icon("plus").pixmap(16, 16))
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.GAP, theme.GAP, theme.GAP, theme.GAP)
        line.setSpacing(theme.GAP)
        line.addWidget(mark)
        line.addWidget(self.title, 3)
        for widget in (self.due, self.who):
            widget.setMinimumWidth(_LEAST_WIDTH)
            line.addWidget(widget, 1)
        line.addWidget(self.button)
        self.title.textChanged.connect(lambda text: self.button.setEnabled(bool(text.strip())))
        self.title.returnPressed.connect(self._go_on)
        self.due.returnPressed.connect(self._check_day)
        self.who.returnPressed.connect(self.add)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.add, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def set_known(self, known: Sequence[Assignable]) -> None:
        """Offer these as whom a task is for."""
        self.who.set_known(known)

    def begin(self) -> None:
        """Let somebody type."""
        self.title.setFocus()

    def add(self) -> None:
        """Ask for the task that stands there."""
        try:
            due = self.due.day()
        except UserError as error:
            self._refuse(error)
            return
        assignee, role = self.who.who()
        self.asked.emit(TaskDraft(self.title.text(), assignee, role, due))

    def clear(self) -> None:
        """Make room for the next, once it has been added."""
        self.title.clear()
        self.due.show_day(None)
        self.who.show_who("", "")
        self.title.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Up and self.title.hasFocus():
            self.above.emit()
        elif event.key() == Qt.Key.Key_Escape and any(one.text() for one in (self.title, self.due, self.who)):
            self.clear()
        else:
            super().keyPressEvent(event)

    def _go_on(self) -> None:
        if self.title.text().strip():
            self.due.setFocus(Qt.FocusReason.TabFocusReason)

    def _check_day(self) -> None:
        try:
            self.due.show_day(self.due.day())
        except UserError as error:
            self._refuse(error)
        else:
            self.refused.emit("")
            self.who.setFocus(Qt.FocusReason.TabFocusReason)

    def _refuse(self, error: UserError) -> None:
        self.refused.emit(str(error))
        self.due.setFocus()
        self.due.selectAll()
