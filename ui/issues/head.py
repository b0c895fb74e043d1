"""The head of an issue: its number, how far it has come, and until when it has to be done."""

from __future__ import annotations

import datetime

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gridapp.areas.model import LEVEL_NAMES
from gridapp.households import words
from gridapp.issues.deadlines import Urgency, in_words, urgency
from gridapp.issues.reading import Whole
from gridapp.issues.states import STATE_NAMES, State, satisfaction_name
from ui import theme
from ui.widgets.elided import ElidedLabel

_ICON = 16
LOOKS = {
    Urgency.NONE: ("check-circle", "secondary"),
    Urgency.LATER: ("clock", "secondary"),
    Urgency.SOON: ("clock", "warning"),
    Urgency.TODAY: ("alarm", "warning"),
    Urgency.OVERDUE: ("warning-circle", "danger"),
}


def deadline_text(whole: Whole, now: datetime.datetime) -> str:
    """Until when an issue has to be done, or how it ended, in words."""
    values = whole.values
    if values["pending_at"] is not None:
        due = values["pending_at"]
        until = words.day_text(due.date(), now.date())
        return QCoreApplication.translate("IssueHead", "{0}（{1}前）").format(in_words(due, now), until)
    if whole.state is State.SUSPENDED and values["review_on"] is not None:
        day = words.day_text(values["review_on"], now.date())
        return QCoreApplication.translate("IssueHead", "{0} 复查").format(day)
    if values["resolved_on"] is not None:
        day = words.day_text(values["resolved_on"], now.date())
        late = values["due_at"] is not None and values["resolved_on"] > values["due_at"].date()
        told = "{0} 办结，逾期" if late else "{0} 按期办结"
        return QCoreApplication.translate("IssueHead", told).format(day)
    return ""


class IssueHead(QWidget):
    """Two lines of words; icons and colours only repeat them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number = QLabel()
        self.number.setProperty("title", True)
        self.state = QLabel()
        self.state.setProperty("key", True)
        self._icon = QLabel()
        self.deadline = QLabel()
        self.urgent = QLabel(self.tr("紧急"))
        self.about = ElidedLabel()
        self.about.setProperty("secondary", True)
        first = QHBoxLayout()
        first.setSpacing(theme.GAP)
        for widget in (self.number, self.state, self.urgent, self._icon, self.deadline):
            first.addWidget(widget)
        first.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(first)
        column.addWidget(self.about)

    def show_issue(self, whole: Whole, now: datetime.datetime) -> None:
        """Show where an issue stands."""
        values = whole.values
        self.number.setText(values["number"])
        self.state.setText(STATE_NAMES[whole.state])
        self.urgent.setVisible(values["urgent"])
        self.urgent.setStyleSheet(f"color: {theme.current().danger}; font-weight: bold")
        near = urgency(values["pending_at"], now)
        icon, colour = LOOKS[near]
        text = deadline_text(whole, now)
        self.deadline.setText(text)
        self.deadline.setStyleSheet(f"color: {getattr(theme.current(), colour)}")
        self._icon.setVisible(bool(text))
        self._icon.setPixmap(theme.icon(icon, colour).pixmap(_ICON, _ICON))
        handler = values["handler"] or self.tr("还没有承办人")
        content = satisfaction_name(values["satisfaction"])
        parts = (LEVEL_NAMES[whole.level], whole.category_name or self.tr("未分类"), handler, content)
        self.about.setText(" · ".join(filter(None, parts)))
