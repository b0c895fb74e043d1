"""One issue whole: where it stands, what can be done with it, who raised it, and what has happened."""

from __future__ import annotations

import datetime
from collections.abc import Set
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.issues import reading, stepping, workflow
from gridapp.issues.history import ISSUES
from gridapp.issues.reading import Whole
from gridapp.issues.stepping import Entry
from gridapp.issues.workflow import Step
from ui import theme
from ui.attachments.strip import AttachmentStrip
from ui.issues.editor import IssueEditor
from ui.issues.facts import IssueFacts
from ui.issues.head import IssueHead
from ui.issues.note_line import NoteLine
from ui.issues.people import PeopleList
from ui.issues.step_buttons import StepButtons
from ui.issues.timeline import Timeline
from ui.widgets.empty import EmptyState

if TYPE_CHECKING:
    from ui.main_window import MainWindow

TABLES = frozenset({"issue", "reporter", "issue_step", "household", "area", "setting"})
_ELSEWHERE = (Step.NOTE,)
"""Steps that have a place of their own in the pane."""


class IssueDetail(QFrame):
    """Shows an issue and follows what is written of it. ``household_asked`` carries a household to go to."""

    household_asked = Signal(bytes)

    def __init__(self, window: MainWindow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self._window = window
        self._whole: Whole | None = None
        self._notes: dict[Uid, str] = {}
        self._typed: dict[Uid, tuple[dict[str, Any], dict[str, Any]]] = {}
        self.head, self.facts, self.people = IssueHead(), IssueFacts(), PeopleList()
        self.timeline = Timeline(window.register, window.reads)
        self.strip = AttachmentStrip(window.jobs, window.reads)
        self.editor = IssueEditor(window.register)
        self.note = NoteLine(window.register)
        self.steps = StepButtons(self)
        self._build()
        self._connect()
        self.show_issue(None)

    @property
    def issue(self) -> Uid | None:
        """The issue that is shown."""
        return self._whole.uid if self._whole is not None else None

    @property
    def whole(self) -> Whole | None:
        """The same, as it was read last."""
        return self._whole

    def show_issue(self, uid: Uid | None) -> None:
        """Show an issue, or none. What was typed of the one before is kept and stands there again later."""
        if uid is not None and uid == self.issue:
            self.refresh()  # whoever types in it goes on
            return
        self._put_aside()
        whole = self._read(uid)
        self._whole = whole
        if whole is None:
            self._pages.setCurrentWidget(self._empty)
            return
        self._pages.setCurrentWidget(self._full)
        self.note.set_text(self._notes.pop(whole.uid, ""))
        self._show(anew=True)
        kept = self._typed.pop(whole.uid, None)
        if kept is not None and whole.state.is_open:
            self.editor.resume(whole, *kept)
            self._middle.setCurrentWidget(self.editor)
        else:
            self._middle.setCurrentWidget(self.facts)
        self._scroll.verticalScrollBar().setValue(0)

    def refresh(self) -> None:
        """Read again what is shown; what is being typed stays."""
        if self._whole is None:
            return
        self._whole = self._read(self._whole.uid)
        if self._whole is None:
            self._pages.setCurrentWidget(self._empty)
        else:
            self._show(anew=False)

    def follow(self, tables: Set[str]) -> None:
        """Read again if something was written that stands here."""
        if tables & TABLES:
            self.refresh()
        if self._whole is not None:
            self.strip.follow(frozenset(tables))

    def show_latest(self) -> None:
        """Scroll to what has happened last."""
        bar = self._scroll.verticalScrollBar()
        bar.setValue(bar.maximum())

    def edit(self) -> None:
        """Correct what was written, in its place."""
        if self._whole is not None and not self.is_editing:
            self.editor.edit(self._whole)
            self._middle.setCurrentWidget(self.editor)
            self.editor.description.setFocus()

    @property
    def is_editing(self) -> bool:
        """Whether what was written is being corrected."""
        return self._middle.currentWidget() is self.editor

    # What happens

    def _read(self, uid: Uid | None) -> Whole | None:
        if uid is None:
            return None
        try:
            return reading.read(self._window.register, uid)
        except UserError as error:
            self._empty.show_text("chat-text", str(error))
            return None

    def _put_aside(self) -> None:
        if self._whole is None:
            self._empty.show_text("chat-text", self.tr("选中一条民意，在这里查看和办理"))
            return
        if self.note.text().strip():
            self._notes[self._whole.uid] = self.note.text()
        if self.is_editing and self.editor.is_changed():
            self._typed[self._whole.uid] = (self.editor.values(), self.editor.base)
        self._empty.show_text("chat-text", self.tr("选中一条民意，在这里查看和办理"))

    def _show(self, anew: bool) -> None:
        whole, now = self._whole, datetime.datetime.now()
        assert whole is not None
        self.head.show_issue(whole, now)
        self.facts.show_issue(whole, now.date())
        self.people.show_issue(whole, now.date())
        self.timeline.show_events(whole.events, anew)
        if anew:
            self.strip.show_owner(self._window.register, ISSUES, whole.uid)
        rows = [row for row in workflow.allowed(whole.state, whole.level) if row.step not in _ELSEWHERE]
        self.steps.show_steps(rows)

    def _take(self, step: Step) -> None:
        whole = self._whole
        if whole is None:
            return
        if step is Step.EDIT:
            self.edit()
        else:
            self._window.issues.take([whole.uid], step, whole.seen)

    def _tell(self, reporter: Uid) -> None:
        if self._whole is not None:
            begun = Entry(reporter=reporter)
            self._window.issues.take([self._whole.uid], Step.REPORT_BACK, self._whole.seen, begun)

    def _write_note(self, text: str) -> None:
        whole, window = self._whole, self._window
        if whole is None:
            return
        try:
            if window.register.is_written_elsewhere:
                raise UserError(self.tr("正在写入登记簿，请等右下角的任务结束后再试。"))
            label = stepping.take(window.register, whole.uid, Step.NOTE, Entry(note=text))
        except UserError as error:
            window.tell(error)
            return
        self.note.set_text("")
        window.status.show_notice(self.tr("已完成：{0}").format(label), self.tr("撤销"), window.undo)
        self.refresh()
        self.show_latest()

    def _rebase(self) -> None:
        """Somebody else was faster: read again, and keep what was typed on top of it."""
        conflict = self.editor.conflict
        self.refresh()
        if self._whole is not None:
            self.editor.rebase(self._whole, conflict)

    def _leave_editor(self) -> None:
        self._middle.setCurrentWidget(self.facts)
        self.refresh()
        first = next(iter(self.steps.buttons.values()), None)
        if first is not None:
            first.setFocus()

    def _say_saved(self, text: str) -> None:
        self._window.status.show_notice(text, self.tr("撤销"), self._window.undo)

    # How it is built

    def _connect(self) -> None:
        self.steps.asked.connect(self._take)
        self.people.told_asked.connect(self._tell)
        self.people.household_asked.connect(self.household_asked)
        self.strip.done.connect(self._say_saved)
        for one in (self.strip, self.timeline):
            one.failed.connect(self._window.tell)
        self.facts.household_asked.connect(self.household_asked)
        self.note.entered.connect(self._write_note)
        self.editor.saved.connect(self._say_saved)
        self.editor.left.connect(self._leave_editor)
        self.editor.stale.connect(self._rebase)
        self._window.issues.refused.connect(self._read_refused)
        self._window.issues.written.connect(self.follow)

    def _read_refused(self, issue: Uid) -> None:
        if issue == self.issue:
            self.refresh()

    def _build(self) -> None:
        self._middle = _Current()
        self._middle.addWidget(self.facts)
        self._middle.addWidget(self.editor)
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(16, 8, 16, 12)
        inner.setSpacing(16)
        for widget in (self._middle, self.strip, self.people, self.timeline):
            inner.addWidget(widget)
        inner.addStretch()
        self._scroll = QScrollArea()
        self._scroll.setWidget(body)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._full = QWidget()
        column = QVBoxLayout(self._full)
        column.setContentsMargins(0, 12, 0, 12)
        column.setSpacing(theme.GAP)
        column.addWidget(_inset(self.head))
        column.addWidget(_inset(self.steps))
        column.addWidget(self._scroll, 1)
        column.addWidget(_inset(self.note))
        self._empty = EmptyState()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._full)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)


class _Current(QWidget):
    """Shows one of several pages; as high as that one, where a stack would be as high as the highest of them."""

    def __init__(self) -> None:
        super().__init__()
        self._current: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def addWidget(self, page: QWidget) -> None:
        """Put a page behind the others; the first is shown at first."""
        self._column.addWidget(page)
        page.setVisible(self._current is None)
        self._current = self._current or page

    def currentWidget(self) -> QWidget | None:
        """The page that is shown."""
        return self._current

    def setCurrentWidget(self, page: QWidget) -> None:
        """Show another page."""
        if page is not self._current and self._current is not None:
            self._current.hide()
            self._current = page
            page.show()


def _inset(widget: QWidget) -> QWidget:
    framed = QWidget()
    row = QVBoxLayout(framed)
    row.setContentsMargins(16, 0, 16, 0)
    row.addWidget(widget)
    return framed
