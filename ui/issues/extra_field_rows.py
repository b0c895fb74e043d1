"""What else one wants to know of issues of a category, one row a field."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from gridapp.issues.categories import KIND_NAMES, ExtraField
from gridapp.issues.category_editing import new_key
from ui import theme
from ui.widgets.layouts import clear

_BETWEEN = "、"


class ExtraFieldRows(QWidget):
    """Name, kind and choices of each field; ``changed`` with each key."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[_Row] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self._nothing = QLabel(self.tr("没有。登记这类民意时需要多问一句的，加在这里，如“实测室温”。"))
        self._nothing.setProperty("secondary", True)
        self._nothing.setWordWrap(True)
        self.add = QPushButton(theme.icon("plus", "accent"), self.tr("增加一项"))
        self.add.setProperty("link", True)
        self.add.setAutoDefault(False)
        self.add.clicked.connect(lambda: self._add())
        line = QHBoxLayout()
        line.addWidget(self.add)
        line.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._nothing)
        column.addLayout(self._lines)
        column.addLayout(line)

    def show_fields(self, fields: tuple[ExtraField, ...]) -> None:
        """Show the fields of another category."""
        clear(self._lines)
        self.rows = []
        for one in fields:
            self._put(one)
        self._nothing.setVisible(not self.rows)

    def fields(self) -> tuple[ExtraField, ...]:
        """The fields as they stand here."""
        return tuple(row.field() for row in self.rows)

    def _add(self) -> None:
        row = self._put(ExtraField(new_key(), ""))
        self._nothing.hide()
        row.name.setFocus()
        self.changed.emit()

    def _put(self, one: ExtraField) -> _Row:
        row = _Row(one)
        row.changed.connect(self.changed)
        row.remove.clicked.connect(lambda: self._remove(row))
        self.rows.append(row)
        self._lines.addWidget(row)
        row.show()  # at once, so that it can be typed into
        before: QWidget = self.add.previousInFocusChain() or self
        for widget in (row.name, row.kind, row.choices, row.remove, self.add):  # as they stand, not as they came
            QWidget.setTabOrder(before, widget)
            before = widget
        return row

    def _remove(self, row: _Row) -> None:
        at = self.rows.index(row)
        self.rows.remove(row)
        self._lines.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._nothing.setVisible(not self.rows)
        (self.rows[min(at, len(self.rows) - 1)].name if self.rows else self.add).setFocus()
        self.changed.emit()


class _Row(QWidget):
    changed = Signal()

    def __init__(self, one: ExtraField) -> None:
        super().__init__()
        self._field = one
        self.name, self.choices, self.kind = QLineEdit(one.name), QLineEdit(_BETWEEN.join(one.choices)), QComboBox()
        self.name.setPlaceholderText(self.tr("名称，单位写在括号里"))
        self.name.setAccessibleName(self.tr("补充信息的名称"))
        self.choices.setPlaceholderText(self.tr("选项，用顿号隔开"))
        self.choices.setAccessibleName(self.tr("选项"))
        for kind, text in KIND_NAMES.items():
            self.kind.addItem(text, kind)
        self.kind.setAccessibleName(self.tr("种类"))
        self.kind.setCurrentIndex(self.kind.findData(one.kind))
        self.remove = QToolButton()
        self.remove.setIcon(theme.icon("trash"))
        self.remove.setToolTip(self.tr("删去这一项"))
        self.remove.setAccessibleName(self.tr("删去这一项"))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.GAP)
        line.addWidget(self.name, 3)
        line.addWidget(self.kind)
        line.addWidget(self.choices, 4)
        line.addWidget(self.remove)
        self._show_kind()
        self.name.textEdited.connect(self.changed)
        self.choices.textEdited.connect(self.changed)
        self.kind.activated.connect(lambda _index: self._take_kind())

    def field(self) -> ExtraField:
        """What stands in the row."""
        kind = str(self.kind.currentData())
        told = self.choices.text()
        for other in ",，;；":
            told = told.replace(other, _BETWEEN)
        choices = tuple(told.split(_BETWEEN)) if kind == "choice" and told else ()
        return dataclasses.replace(self._field, name=self.name.text(), kind=kind, choices=choices)

    def _take_kind(self) -> None:
        self._show_kind()
        if self.choices.isVisible():
            self.choices.setFocus()
        self.changed.emit()

    def _show_kind(self) -> None:
        policy = self.choices.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # so that the names stay under each other
        self.choices.setSizePolicy(policy)
        self.choices.setVisible(self.kind.currentData() == "choice")
