"""The household that is called now, in large letters, with what can be answered and the calls before."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from gridapp.emergency import calls
from gridapp.emergency.call_rows import Call, CallRow
from gridapp.emergency.model import NEEDS_HELP, NOT_REACHED, OUTCOME_NAMES, REACHED
from gridapp.emergency.running import Running
from gridapp.households.words import moment_text, people_text
from gridapp.ids import Uid
from gridapp.register import Register
from ui import theme
from ui.households.loading import ListingLoader
from ui.jobs import Jobs
from ui.widgets import marks
from ui.widgets.flow import FlowLayout
from ui.widgets.layouts import clear

WIDTH = 340
NARROW = 280
_ANSWERS = (
    (REACHED, "phone-call", "1"),
    (NOT_REACHED, "phone-x", "2"),
    (NEEDS_HELP, "lifebuoy", "3"),
)


class CallCard(QFrame):
    """``answered`` carries how the call ended and a note; ``left`` when whoever typed goes back to the list."""

    answered = Signal(str, str)
    left = Signal()
    household_asked = Signal()
    issue_asked = Signal(str, object)
    failed = Signal(object)

    def __init__(self, register: Register, reads: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self.setFixedWidth(WIDTH)
        self._register = register
        self._one: Running | None = None
        self._row: CallRow | None = None
        self._loader: ListingLoader[_History] = ListingLoader(register, self, reads)
        self._loader.arrived.connect(self._show_history)
        self._loader.failed.connect(self.failed)
        self._build()

    # What is shown

    def show_emergency(self, one: Running) -> None:
        """Be about calls of another emergency."""
        self._one = one

    def show_row(self, row: CallRow | None) -> None:
        """Show another household; what was begun to be typed for the same stays."""
        before, self._row = self._row, row
        if before is not None and before == row:
            return
        if before is None or row is None or before.uid != row.uid:
            self.clear()
        for widget in (*self.buttons.values(), self.note, self.open):
            widget.setEnabled(row is not None)
        self.marks.setVisible(row is not None)
        if row is None:
            for label in (self.who, self.phone, self.door, self.contacts):
                label.clear()
            clear(self._history)
            return
        self.marks.set_categories(row.categories)
        self.who.setText(row.head)
        self.phone.setText(row.phone or self.tr("没有电话"))
        self.door.setText("  ".join(filter(None, (row.address, people_text(row.people)))))
        self.contacts.setText(self._told(row))
        self._read_history()

    def clear(self) -> None:
        """Forget what was typed."""
        self.note.clear()
        self.remark.clear()
        self._ask_note()

    def leave(self) -> None:
        """Forget the household, and what was typed."""
        self._row = None
        self.clear()

    def begin_need(self) -> None:
        """Ask what the household needs; it is registered with Enter."""
        self._needs = True
        self.note.setPlaceholderText(self.tr("需要什么帮助？写好按回车，登记为紧急民意"))
        self.note.setAccessibleName(self.tr("需要什么帮助"))
        self.remark.setText(self.tr("需要帮助：写明后按回车登记，Esc 取消"))
        self.note.setFocus()

    def begin_note(self) -> None:
        """Let somebody type a note before saying how the call went."""
        self.note.setFocus()

    def is_need(self) -> bool:
        """Whether it is asked what the household needs."""
        return self._needs

    # How it is built

    def _build(self) -> None:
        self._needs = False
        self.marks = marks.MarkRow()
        self.who, self.phone, self.door, self.contacts, self.remark = (QLabel() for _ in range(5))
        self.who.setProperty("title", True)
        self.phone.setProperty("figure", True)
        self.remark.setProperty("caution", True)
        for label in (self.who, self.phone, self.door):
            label.setTextFormat(Qt.TextFormat.PlainText)
        for label in (self.who, self.phone, self.door, self.contacts, self.remark):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.note = QLineEdit()
        self.note.setMaxLength(calls.LONGEST_NOTE)
        self.note.installEventFilter(self)
        self.buttons: dict[str, QPushButton] = {}
        answers = FlowLayout(spacing=4)
        for outcome, icon, key in _ANSWERS:
            button = QPushButton(theme.icon(icon), f"{key}　{OUTCOME_NAMES[outcome]}")
            button.setProperty("answer", True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _checked=False, told=outcome: self._press(told))
            answers.addWidget(button)
            self.buttons[outcome] = button
        self.open = QPushButton(self.tr("打开住户（回车）"))
        self.open.setProperty("link", True)
        self.open.clicked.connect(lambda _checked=False: self.household_asked.emit())
        self._calls = QWidget()
        self._history = QVBoxLayout(self._calls)
        self._history.setContentsMargins(0, 0, 0, 0)
        self._history.setSpacing(4)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(theme.GAP)
        for widget in (self.marks, self.who, self.phone, self.door, self.contacts):
            column.addWidget(widget)
        column.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._calls)
        column.addStretch()
        # Below what scrolls: the answers are in sight, and in the same place, whatever is told of a household.
        below = QVBoxLayout()
        below.setContentsMargins(16, 0, 16, 12)
        below.setSpacing(theme.GAP)
        below.addLayout(answers)
        below.addWidget(self.note)
        below.addWidget(self.remark)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(body)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scroll, 1)
        around.addLayout(below)
        self._ask_note()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the line: Enter registers a need, or else goes back to the list, where a key says how it went."""
        if watched is self.note and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if self._needs:
                    self._press(NEEDS_HELP)
                else:
                    self.left.emit()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.clear()
                self.left.emit()
                return True
        return super().eventFilter(watched, event)

    # What happens

    def _press(self, outcome: str) -> None:
        if self._row is None:
            return
        note = self.note.text().strip()
        if outcome == NEEDS_HELP and not note:
            self.begin_need()
        else:
            self.answered.emit(outcome, note)

    def _ask_note(self) -> None:
        self._needs = False
        self.note.setPlaceholderText(self.tr("情况说明（可不填） N"))
        self.note.setAccessibleName(self.tr("情况说明"))
        self.remark.clear()

    def _told(self, row: CallRow) -> str:
        parts = (
            (self.tr("紧急联系人"), row.emergency_contact),
            (self.tr("结对"), row.paired),
            (self.tr("备注"), row.household_note),
        )
        lines = [f"<b>{name}</b>　{escape(text)}" for name, text in parts if text]
        return "<br>".join(lines)

    def _read_history(self) -> None:
        if self._one is not None and self._row is not None:
            self._loader.ask(_History(self._register, self._one.uid, self._row.uid))

    def _show_history(self, history: _History) -> None:
        if self._row is None or history.household != self._row.uid:
            return
        clear(self._history)
        if history.found:
            title = QLabel(self.tr("打过 {0} 次").format(len(history.found)))
            title.setProperty("heading", True)
            self._history.addWidget(title)
        for call in history.found:
            self._history.addWidget(self._line(call))
            if call.issue:
                link = QPushButton(self.tr("民意 {0}").format(call.issue))
                link.setProperty("link", True)
                code, issue = self._row.area_code, call.issue_uid
                link.clicked.connect(lambda _checked=False, at=code, uid=issue: self.issue_asked.emit(at, uid))
                self._history.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)

    def _line(self, call: Call) -> QLabel:
        told = (moment_text(call.called_at), OUTCOME_NAMES[call.outcome], call.called_by, call.note)
        label = QLabel("  ".join(filter(None, told)))
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setProperty("secondary", True)
        return label


class _History:
    """The calls to a household, read once."""

    def __init__(self, register: Register, emergency: Uid, household: Uid) -> None:
        self._register, self._emergency, self.household = register, emergency, household
        self.found: list[Call] = []

    def prepare(self) -> None:
        self.found = calls.calls_of(self._register, self._emergency, self.household)
