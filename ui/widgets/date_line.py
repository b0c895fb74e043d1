"""A line for a day to come, which is understood as people write it and told in full beside."""

import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from gridapp.dates import day_of
from gridapp.households import words
from ui import theme

_WEEKDAYS = "一二三四五六日"


class DateLine(QWidget):
    """Takes ``下周五``, ``+5``, ``8-30`` and the like; emits ``changed`` with each key."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit()
        self.line.setPlaceholderText(self.tr("下周五、+5、8-30、月底"))
        self._told = QLabel()
        self._told.setProperty("secondary", True)
        self._told.setMinimumWidth(130)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        row.addWidget(self.line, 1)
        row.addWidget(self._told)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(lambda _text: self._tell())

    def day(self) -> datetime.date | None:
        """The day that stands there; None for none, or for what is not understood."""
        return day_of(self.line.text(), datetime.date.today())

    def is_misread(self) -> bool:
        """Whether something stands there that is no day."""
        return bool(self.line.text().strip()) and self.day() is None

    def told(self) -> str:
        """The day in full, as it stands beside the line."""
        return self._told.text()

    def _tell(self) -> None:
        day = self.day()
        if day is not None:
            weekday = self.tr("周{0}").format(_WEEKDAYS[day.weekday()])
            self._told.setText(f"{words.day_text(day, datetime.date.today())} {weekday}")
        else:
            self._told.setText(self.tr("看不懂这个日期") if self.is_misread() else "")
        self.changed.emit()
