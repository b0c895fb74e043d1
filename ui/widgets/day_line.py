"""A line to type a day into as one says it, alone or with the day told beside it."""

import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from gridapp.days import Sense, said_day, typed_day
from gridapp.errors import UserError
from gridapp.households import words
from ui import theme

_TOLD_WIDTH = 130
_WEEKDAYS = "一二三四五六日"


class DayLine(QLineEdit):
    """A day in words: ``明天``, ``周五``, ``8-30``."""

    def __init__(self, sense: Sense = Sense.NEAREST, parent: QWidget | None = None) -> None:
        """Make an empty line.

        Args:
            sense: which day is meant where its year or its week is left out.
        """
        super().__init__(parent)
        self._day: datetime.date | None = None
        self._sense = sense
        examples = {
            Sense.BEHIND: self.tr("今天、昨天、8-30…"),
            Sense.AHEAD: self.tr("下周五、+5、8-30、月底"),
            Sense.NEAREST: self.tr("明天、周五、8-30…"),
        }
        self.setPlaceholderText(examples[sense])
        self.editingFinished.connect(self._complete)

    def show_day(self, day: datetime.date | None) -> None:
        """Show a day in words; the tool tip has it in figures."""
        said = said_day(day, datetime.date.today())
        if day == self._day and said == self.text():
            self.setModified(False)
            return  # whoever has marked it to type over it goes on doing so
        self._day = day
        self.setText(said)
        self.setToolTip(day.isoformat() if day else "")
        self.setModified(False)

    def day(self) -> datetime.date | None:
        """The day that stands there; None if nothing does.

        Raises:
            UserError: what stands there is no day.
        """
        return typed_day(self.text(), datetime.date.today(), self._sense) if self.isModified() else self._day

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() not in (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.PopupFocusReason):
            self.selectAll()

    def _complete(self) -> None:
        """Say in the tool tip which day was understood."""
        try:
            day = self.day()
        except UserError:
            return  # it is said when the whole is to be saved
        self.setToolTip(day.isoformat() if day else "")


class ToldDayLine(QWidget):
    """A line for a day to come, which is told in full beside it while it is typed; ``changed`` comes with each key."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = DayLine(Sense.AHEAD)
        self._told = QLabel()
        self._told.setProperty("secondary", True)
        self._told.setMinimumWidth(_TOLD_WIDTH)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        row.addWidget(self.line, 1)
        row.addWidget(self._told)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(lambda _text: self._tell())

    def day(self) -> datetime.date | None:
        """The day that stands there; None if nothing does.

        Raises:
            UserError: what stands there is no day.
        """
        return self.line.day()

    def told(self) -> str:
        """The day in full, as it stands beside the line."""
        return self._told.text()

    def _tell(self) -> None:
        try:
            day = self.day()
        except UserError:
            self._told.setText(self.tr("看不懂这个日期"))
        else:
            weekday = self.tr("周{0}").format(_WEEKDAYS[day.weekday()]) if day is not None else ""
            self._told.setText(f"{words.day_text(day, datetime.date.today())} {weekday}".strip())
        self.changed.emit()
