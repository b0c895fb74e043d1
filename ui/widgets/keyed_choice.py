"""One of a few by a single key: its number, or the first letter of its name."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from gridapp.households import pinyin
from ui.widgets.choice import Choice


class KeyedChoice(Choice):
    """Radio buttons that bear their numbers; ``keyed`` comes when one was chosen by its key."""

    keyed = Signal()

    def __init__(self, names: Mapping[Any, str], parent: QWidget | None = None) -> None:
        super().__init__({value: f"{place} {name}" for place, (value, name) in enumerate(names.items(), 1)}, parent)
        self._by_key = {str(place): value for place, value in enumerate(names, 1)}
        for value, name in names.items():
            self._by_key.setdefault(pinyin.initials(name)[:1], value)
        for button in self.buttons.values():
            button.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            typed = event.text().lower()
            if typed in self._by_key:
                value = self._by_key[typed]
                self.set_value(value)
                self.buttons[value].setFocus()
                self.changed.emit()
                self.keyed.emit()
                return True
        return False
