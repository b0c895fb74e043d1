"""Those who raised an issue, and whether they have heard how it ended."""

from __future__ import annotations

import datetime

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gridapp.households import words
from gridapp.ids import Uid
from gridapp.issues.reading import Raiser, Whole
from gridapp.issues.states import CHANNEL_NAMES, Channel, satisfaction_name
from gridapp.issues.workflow import Step, is_allowed
from ui import theme
from ui.issues.facts import plain_label
from ui.widgets.layouts import clear

_ICON = 16


class PeopleList(QWidget):
    """``told_asked`` carries a reporter who is to be told; ``household_asked`` the household of one."""

    told_asked = Signal(bytes)
    household_asked = Signal(bytes)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = QLabel()
        self._title.setProperty("heading", True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.GAP)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addLayout(self._rows)

    def show_issue(self, whole: Whole, today: datetime.date) -> None:
        """Show who raised an issue."""
        people = whole.reporters
        waiting = len(whole.waiting)
        told = self.tr("反映人 {0}").format(len(people))
        if whole.state.awaits_report_back and waiting:
            told = self.tr("反映人 {0}，还有 {1} 人没有反馈").format(len(people), waiting)
        self._title.setText(told)
        clear(self._rows)
        may_tell = is_allowed(Step.REPORT_BACK, whole.state, whole.level)
        for one in people:
            self._rows.addWidget(self._row(one, today, may_tell and not one.is_settled))

    def _row(self, one: Raiser, today: datetime.date, may_tell: bool) -> QWidget:
        picture = QLabel()
        icon, colour = ("check-circle", "accent") if one.is_settled else ("circle-dashed", "secondary")
        picture.setPixmap(theme.icon(icon, colour).pixmap(_ICON, _ICON))
        name = one.name or self.tr("匿名")
        first = plain_label("  ".join(filter(None, (name, one.phone))))
        first.setProperty("heading", True)
        second = plain_label(self._told(one, today))
        second.setProperty("secondary", True)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(first)
        lines.addWidget(second)
        shown = QWidget()
        row = QHBoxLayout(shown)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(lines, 1)
        if one.household is not None:
            row.addWidget(self._link(self.tr("住户"), self.household_asked, one.household, name))
        if may_tell:
            row.addWidget(self._link(self.tr("反馈…"), self.told_asked, one.uid, name))
        return shown

    def _link(self, text: str, signal: SignalInstance, uid: Uid, name: str) -> QPushButton:
        link = QPushButton(text)
        link.setProperty("link", True)
        link.setAccessibleName(f"{text} {name}")
        link.clicked.connect(lambda _checked=False: signal.emit(uid))
        return link

    def _told(self, one: Raiser, today: datetime.date) -> str:
        raised = self.tr("{0} {1}反映").format(words.day_text(one.reported_on, today), one.source_name)
        if one.reported_back_on is not None:
            channel = CHANNEL_NAMES[Channel(one.channel)] if one.channel else ""
            day = words.day_text(one.reported_back_on, today)
            told = self.tr("{0} {1}反馈").format(day, channel)
            return "，".join(filter(None, (raised, told, satisfaction_name(one.satisfaction))))
        if one.excuse:
            return self.tr("{0}，无法反馈：{1}").format(raised, one.excuse)
        return self.tr("{0}，未反馈").format(raised)
