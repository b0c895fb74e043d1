"""What is known of one task, beside the table; each field is stored as soon as one leaves it."""

import datetime
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSlider,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gridapp.errors import UserError
from gridapp.tasks.assigning import Assignable
from gridapp.tasks.editing import LONGEST_TITLE, TaskDraft
from gridapp.tasks.listing import TaskRow
from gridapp.tasks.recurrence import MOST, ONCE, Frequency, Rule
from ui import theme
from ui.tasks.who_edit import WhoEdit
from ui.widgets.day_line import DayLine
from ui.widgets.empty import EmptyState
from ui.widgets.fields import Field

WIDTH, NARROW = 340, 280
_STEP = 10


class TaskSide(QStackedWidget):
    """``edited`` carries row, draft and what it was before; ``progressed`` the row and percent.

    ``toggle_asked``, ``cancel_asked`` and ``skip_asked`` carry the row, ``back`` comes with Esc. ``unread`` says why
    the day that stands there is not stored.
    """

    edited = Signal(object, object, object)
    progressed = Signal(object, int)
    toggle_asked = Signal(object)
    cancel_asked = Signal(object)
    skip_asked = Signal(object)
    back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self._row: TaskRow | None = None
        self._base = TaskDraft()
        self._loading = False
        self.unread = ""
        self._build()
        self._connect()
        self.show_task(None)

    @property
    def row(self) -> TaskRow | None:
        """The task that is shown."""
        return self._row

    def set_known(self, known: Sequence[Assignable]) -> None:
        """Offer these as whom a task is for."""
        self.who.set_known(known)

    def show_task(self, row: TaskRow | None) -> None:
        """Show another task, or the same as it is now; what is just being typed of it stays."""
        same = row is not None and self._row is not None and row.uid == self._row.uid
        self._row = row
        self.setCurrentIndex(0 if row is None else 1)
        if row is None:
            return
        self._loading = True
        before, self._base = self._base, _draft(row)
        self._show_line(self.title, row.title, same)
        # What was typed is stored as one leaves the field; until then it is nobody else's.
        if not (same and self.due.isModified()):
            self.due.show_day(row.due_on)
        if not (same and self.who.isModified() and self.who.who() != (row.assignee, row.role)):
            self.who.show_who(row.assignee, row.role)
        self._show_rule(row.rule)
        if not (same and self.note.hasFocus() and self.note.toPlainText() != before.note):
            self.note.setPlainText(row.note)
        self.progress.setValue(row.progress)
        self.percent.setText(f"{row.progress}%")
        self._show_state(row)
        if not same:
            self.unread = ""
            self._due_field.set_remark("")
        self._loading = False

    def begin(self) -> None:
        """Let somebody edit the task."""
        if self._row is not None:
            self.title.setFocus(Qt.FocusReason.TabFocusReason)
            self.title.selectAll()

    def commit(self) -> None:
        """Ask for what was typed to be stored; a day that cannot be read keeps nothing else from it."""
        if self._loading or self._row is None:
            return
        due, self.unread = self._base.due_on, ""
        try:
            due = self.due.day()
        except UserError as error:
            self.unread = str(error)
        self._due_field.set_remark(self.unread)
        before = (self._base.assignee, self._base.role)
        assignee, role = self.who.who() if self.who.isModified() else before
        draft = TaskDraft(self.title.text(), assignee, role, due, self.rule(), self.note.toPlainText().strip())
        if not self.unread:
            self.due.show_day(due)
        self.title.setModified(False)
        if draft != self._base:
            base, self._base = self._base, draft
            self.edited.emit(self._row, draft, base)

    def take_back(self, base: TaskDraft) -> None:
        """What was asked for was not stored; what stands in the fields stays there."""
        self._base = base
        for line in (self.title, self.due):
            line.setModified(True)

    def rule(self) -> Rule:
        """How the task comes again."""
        frequency = self.frequency.currentData()
        return Rule(Frequency(frequency), self.every.value()) if frequency else ONCE

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.note and event.type() == QEvent.Type.FocusOut:
            self.commit()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back.emit()
        else:
            super().keyPressEvent(event)

    # How it is built

    def _build(self) -> None:
        self._empty = EmptyState()
        self._empty.show_text("check-square", self.tr("选中一项任务，在这里查看和修改"))
        self.addWidget(self._empty)
        self.title = QLineEdit()
        self.title.setMaxLength(LONGEST_TITLE)
        self.due, self.who = DayLine(), WhoEdit()
        self.frequency = QComboBox()
        self.frequency.addItem(self.tr("不重复"), "")
        for one in Frequency:
            self.frequency.addItem(Rule(one).text, one.value)
        self.every = QSpinBox()
        self.every.setRange(1, MOST)
        self.every.setAccessibleName(self.tr("间隔"))
        self.every.setPrefix(self.tr("每 "))
        self.every.setKeyboardTracking(False)
        self.progress = QSlider(Qt.Orientation.Horizontal)
        self.progress.setRange(0, 100)
        self.progress.setSingleStep(_STEP)
        self.progress.setPageStep(_STEP)
        self.progress.setTracking(False)
        self.percent = QLabel()
        self.percent.setMinimumWidth(36)
        self.percent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.note = QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.note.installEventFilter(self)
        self.place = QLabel()
        self.state = QLabel()
        self.told = QLabel()
        for label in (self.place, self.told):
            label.setProperty("secondary", True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.state.setProperty("heading", True)
        self.done = QPushButton()
        self.done.setProperty("primary", True)
        self.skip = QPushButton(self.tr("跳过这一次"))
        self.cancel = QPushButton(self.tr("取消任务"))
        self.addWidget(self._form())

    def _form(self) -> QWidget:
        panel = QFrame()
        panel.setProperty("panel", True)
        whole = QVBoxLayout(panel)
        whole.setContentsMargins(0, 0, 0, 2 * theme.GAP)
        whole.setSpacing(0)
        body = QWidget()
        scroll = QScrollArea()  # on a small screen not everything has room
        scroll.setWidgetResizable(True)
        scroll.setWidget(body)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole.addWidget(scroll, 1)
        column = QVBoxLayout(body)
        column.setContentsMargins(2 * theme.GAP, 2 * theme.GAP, 2 * theme.GAP, theme.GAP)
        column.setSpacing(theme.GAP)
        top = QHBoxLayout()
        top.addWidget(self.state)
        top.addStretch()
        top.addWidget(self.place)
        column.addLayout(top)
        self._due_field = Field(self.tr("期限"), self.due)
        progress = QWidget()
        row = QHBoxLayout(progress)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.progress, 1)
        row.addWidget(self.percent)
        progress.setFocusProxy(self.progress)
        repeats = QWidget()
        row = QHBoxLayout(repeats)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.frequency, 1)
        row.addWidget(self.every)
        repeats.setFocusProxy(self.frequency)
        for field in (
            Field(self.tr("任务"), self.title),
            self._due_field,
            Field(self.tr("负责人"), self.who),
            Field(self.tr("重复"), repeats),
            Field(self.tr("进度"), progress),
        ):
            column.addWidget(field)
        self.progress.setAccessibleName(self.tr("进度"))
        self.frequency.setAccessibleName(self.tr("重复"))
        column.addWidget(Field(self.tr("备注"), self.note), 1)
        column.addWidget(self.told)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(2 * theme.GAP, 0, 2 * theme.GAP, 0)
        for button in (self.done, self.skip, self.cancel):
            buttons.addWidget(button)
        buttons.addStretch()
        whole.addLayout(buttons)
        return panel

    def _connect(self) -> None:
        self.title.editingFinished.connect(self.commit)
        self.due.editingFinished.connect(self.commit)
        self.who.editingFinished.connect(self.commit)
        self.who.chosen.connect(self.commit)
        self.frequency.activated.connect(lambda _index: self._choose_frequency())
        self.every.valueChanged.connect(lambda _value: self._choose_frequency())
        self.progress.sliderMoved.connect(lambda value: self.percent.setText(f"{_rounded(value)}%"))
        self.progress.valueChanged.connect(self._move)
        self.done.clicked.connect(lambda: self.toggle_asked.emit(self._row))
        self.cancel.clicked.connect(lambda: self.cancel_asked.emit(self._row))
        self.skip.clicked.connect(lambda: self.skip_asked.emit(self._row))

    # What happens

    def _choose_frequency(self) -> None:
        self._show_every(self.rule())
        self.commit()

    def _move(self, value: int) -> None:
        self.percent.setText(f"{value}%")
        if not self._loading and self._row is not None and _rounded(value) != self._row.progress:
            self.progressed.emit(self._row, _rounded(value))

    def _show_line(self, line: QLineEdit, text: str, same: bool) -> None:
        if line.text() != text and not (same and line.isModified()):
            line.setText(text)

    def _show_rule(self, rule: Rule) -> None:
        key = rule.frequency.value if rule.frequency else ""
        self.frequency.setCurrentIndex(self.frequency.findData(key))
        self.every.setValue(rule.every)
        self._show_every(rule)

    def _show_every(self, rule: Rule) -> None:
        units = {
            Frequency.DAILY: self.tr(" 天"),
            Frequency.WEEKLY: self.tr(" 周"),
            Frequency.MONTHLY: self.tr(" 个月"),
            Frequency.QUARTERLY: self.tr(" 个季度"),
            Frequency.YEARLY: self.tr(" 年"),
        }
        self.every.setVisible(rule.frequency is not None)
        self.every.setSuffix(units[rule.frequency] if rule.frequency else "")

    def _show_state(self, row: TaskRow) -> None:
        self.state.setText(row.state_text(datetime.datetime.now()))
        self.place.setText(row.area_name)
        days = [
            self.tr("{0}开始").format(row.started_on) if row.started_on and row.is_open else "",
            self.tr("{0}完成").format(row.done_on) if row.done_on else "",
            self.tr("{0}取消").format(row.cancelled_on) if row.cancelled_on else "",
        ]
        self.told.setText("，".join(filter(None, days)))
        self.told.setVisible(any(days))
        self.done.setText(self.tr("完成") if row.is_open else self.tr("恢复"))
        self.skip.setVisible(row.is_open and bool(row.rule.text))
        self.cancel.setVisible(row.is_open)
        self.progress.setEnabled(row.is_open)


def _draft(row: TaskRow) -> TaskDraft:
    return TaskDraft(row.title, row.assignee, row.role, row.due_on, row.rule, row.note)


def _rounded(value: int) -> int:
    return 5 * round(value / 5)
