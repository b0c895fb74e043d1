"""A line to type a day into as one says it."""

import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from gridapp.tasks import days


class DayEdit(QLineEdit):
    """A day in words: ``明天``, ``周五``, ``8-30``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._day: datetime.date | None = None
        self.setPlaceholderText(self.tr("明天、周五、8-30…"))

    def show_day(self, day: datetime.date | None) -> None:
        """Show a day in words; the tool tip has it in figures."""
        said = days.say(day, datetime.date.today())
        if day == self._day and said == self.text():
            self.setModified(False)
            return  # whoever has marked it to type over it goes on doing so
        self._day = day
        self.setText(said)
        self.setToolTip(day.isoformat() if day else "")
        self.setModified(False)

    def day(self) -> datetime.date | None:
        """The day that stands there.

        Raises:
            UserError: it is none.
        """
        return days.read(self.text(), datetime.date.today()) if self.isModified() else self._day

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() not in (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.PopupFocusReason):
            self.selectAll()
