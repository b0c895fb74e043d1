"""The fields that the category of an issue asks for."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from gridapp.issues.categories import Category
from ui import theme
from ui.widgets.fields import Field
from ui.widgets.layouts import clear


class ExtraFields(QWidget):
    """One line a field; what was typed for another category comes back with it. ``changed`` with each key."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: dict[str, str] = {}
        self._shown: tuple[str, ...] = ()
        self.lines: dict[str, QLineEdit] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.GAP)
        self.hide()

    def show_category(self, category: Category | None) -> None:
        """Ask for what this category wants to know."""
        fields = category.fields if category is not None else ()
        keys = tuple(one.key for one in fields)
        if keys == self._shown:
            return
        self._shown = keys
        self.lines = {}
        clear(self._grid)
        for place, one in enumerate(fields):
            line = QLineEdit(self._values.get(one.key, ""))
            if one.kind == "date":
                line.setPlaceholderText(self.tr("如 2026-11-25"))
            line.textEdited.connect(lambda text, key=one.key: self._note(key, text))
            self.lines[one.key] = line
            self._grid.addWidget(Field(one.name, line), place // 2, place % 2)
        self.setVisible(bool(fields))

    def values(self) -> dict[str, str]:
        """What was typed into the fields that are shown."""
        return {key: self._values[key] for key in self._shown if self._values.get(key, "").strip()}

    def set_values(self, values: Mapping[str, str]) -> None:
        """Show these."""
        self._values = dict(values)
        for key, line in self.lines.items():
            line.setText(self._values.get(key, ""))

    def _note(self, key: str, text: str) -> None:
        self._values[key] = text
        self.changed.emit()
