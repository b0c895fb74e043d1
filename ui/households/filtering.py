"""The filter of the household table: what colours, box, quick switches and panel ask for, put together."""

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QLineEdit

from gridapp.households.filter_words import UNVISITED_DAYS, parts
from gridapp.households.filters import Filter
from ui.households.legend import Legend

_TYPING_PAUSE_MS = 250


class Filtering(QObject):
    """Emits ``changed`` once something else is asked for; while one types, only after a pause."""

    changed = Signal()

    def __init__(self, legend: Legend, box: QLineEdit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._legend = legend
        self._box = box
        self._more = Filter("")
        self._days = UNVISITED_DAYS
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MS)
        self._pause.timeout.connect(self.changed)
        self._showing = False
        legend.changed.connect(lambda _chosen: self._tell())
        box.textChanged.connect(lambda _text: self._pause.start())

    def of(self, area_code: str) -> Filter:
        """What is asked for, in an area."""
        first = self._legend.chosen() or None
        return replace(self._more, area_code=area_code, first=first, text=self._box.text())

    def is_active(self) -> bool:
        """Whether anything is asked for."""
        return bool(parts(self.of("")))

    def is_beyond_colours(self) -> bool:
        """Whether anything but first colours is asked for."""
        return bool(parts(replace(self.of(""), first=None)))

    def is_of_the_past(self) -> bool:
        """Whether households that have left are asked for, and nothing else."""
        return self.of("") == Filter("", past=True)

    @property
    def days(self) -> int:
        """How long a visit has to be ago that is asked for, or was asked for last."""
        return self._days

    def show(self, chosen: Filter) -> None:
        """Ask for something else and tell it once."""
        self._more = replace(chosen, area_code="", first=None, text="")
        self._days = chosen.unvisited_days or self._days
        self._showing = True
        if self._box.text() != chosen.text:
            self._box.setText(chosen.text)
        self._legend.choose(chosen.first or frozenset())
        self._showing = False
        self._pause.stop()
        self.changed.emit()

    def clear(self) -> None:
        """Ask for everything."""
        self.show(Filter(""))

    def _tell(self) -> None:
        if not self._showing:
            self.changed.emit()
