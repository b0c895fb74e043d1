"""A line for a day, typed as one writes it: ``9-3``, ``+7``, ``昨天``."""

import datetime

from PySide6.QtWidgets import QLineEdit, QWidget

from gridapp.days import typed_day
from gridapp.errors import UserError


class DayLine(QLineEdit):
    """Says the whole day once one has gone on.

    Args:
        ahead: whether a day without a year is one to come.
    """

    def __init__(self, ahead: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ahead = ahead
        self.setPlaceholderText(self.tr("如 9-3、+7（7天后）") if ahead else self.tr("如 9-3、昨天"))
        self.editingFinished.connect(self._complete)

    def day(self) -> datetime.date | None:
        """The day that stands there; None if nothing does.

        Raises:
            UserError: what stands there is no day.
        """
        return typed_day(self.text(), datetime.date.today(), self._ahead)

    def set_day(self, day: datetime.date | None) -> None:
        """Show a day."""
        self.setText(day.isoformat() if day is not None else "")

    def _complete(self) -> None:
        try:
            self.set_day(self.day())
        except UserError:
            return  # it is said when the whole is to be saved
