"""The fields that the category of an issue asks for."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from gridapp.issues.categories import Category, ExtraField
from ui import theme
from ui.widgets.fields import Field
from ui.widgets.layouts import clear


class ExtraFields(QWidget):
    """One line a field; what was typed for another category comes back with it. ``changed`` with each key."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: dict[str, str] = {}
        self._shown: tuple[ExtraField, ...] = ()
        self.editors: dict[str, QLineEdit | QComboBox] = {}
        self._fields: dict[str, Field] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.GAP)
        self.hide()

    def show_category(self, category: Category | None) -> None:
        """Ask for what this category wants to know."""
        fields = category.fields if category is not None else ()
        if fields == self._shown:
            return
        self._shown = fields
        self.editors, self._fields = {}, {}
        clear(self._grid)
        for place, one in enumerate(fields):
            editor = self.editors[one.key] = self._editor(one)
            field = self._fields[one.key] = Field(one.name, editor)
            self._grid.addWidget(field, place // 2, place % 2)
            self._put(one.key)
        self.setVisible(bool(fields))

    def values(self) -> dict[str, str]:
        """What was typed into the fields that are shown."""
        return {one.key: self._values[one.key] for one in self._shown if self._values.get(one.key, "").strip()}

    def set_values(self, values: Mapping[str, str]) -> None:
        """Show these."""
        self._values = dict(values)
        for key in self.editors:
            self._put(key)

    def point_out(self, key: str, text: str) -> None:
        """Say beside a field what it does not take, and go there."""
        if key in self._fields:
            self._fields[key].set_remark(text)
            self.editors[key].setFocus()

    def clear_remarks(self) -> None:
        """Say nothing any more of what was refused."""
        for field in self._fields.values():
            field.set_remark("")

    def _editor(self, one: ExtraField) -> QLineEdit | QComboBox:
        if one.kind == "choice":
            box = QComboBox()
            box.addItems(["", *one.choices])
            box.textActivated.connect(lambda text: self._note(one.key, text))
            return box
        line = QLineEdit()
        if one.kind == "date":
            line.setPlaceholderText(self.tr("如 2026-11-25"))
        line.textEdited.connect(lambda text: self._note(one.key, text))
        return line

    def _put(self, key: str) -> None:
        editor, value = self.editors[key], self._values.get(key, "")
        if isinstance(editor, QLineEdit):
            editor.setText(value)
            return
        if editor.findText(value) < 0:
            editor.addItem(value)  # it may have been told before the choices were others
        editor.setCurrentText(value)

    def _note(self, key: str, text: str) -> None:
        self._values[key] = text
        self.changed.emit()
