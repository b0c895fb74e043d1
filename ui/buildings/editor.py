"""The editor of one building's record: its facts, what the households tell beside them, and its history."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from gridapp.buildings import editing
from gridapp.buildings.editing import ANSWERS, FIELD_NAMES, BuildingDraft
from gridapp.buildings.seen import Seen
from gridapp.errors import UserError
from gridapp.households.editing import Problem
from gridapp.households.history import Entry
from gridapp.households.words import moment_text
from gridapp.store.changes import Conflict
from ui import theme
from ui.households.records import Happened, RecordView
from ui.widgets.asking import AskingDialog
from ui.widgets.fields import Field

_PLACES = {
    "storeys": (0, 0),
    "entrances": (0, 1),
    "rooms_a_storey": (1, 0),
    "built_in": (1, 1),
    "lift": (2, 0),
    "gas": (2, 1),
    "property_company": (3, 0),
    "property_phone": (3, 1),
    "note": (4, 0),
}
"""Row and column of each field; the note takes the whole row."""
_HISTORY_HEIGHT = 150


@dataclass(frozen=True)
class Opened:
    """A building's record as it was read, with what is told beside it."""

    draft: BuildingDraft
    seen: Seen
    entries: Sequence[Entry] = ()


class BuildingDialog(AskingDialog):
    """Shows a record; ``save_asked`` carries what shall be stored and what was read, ``delete_asked`` the record."""

    save_asked = Signal(object, object)
    delete_asked = Signal(object)

    def __init__(self, opened: Opened, place: str, parent: QWidget | None = None) -> None:
        """Make the editor of a record that was read.

        Args:
            place: the grid that the building stands in.
        """
        draft = opened.draft
        super().__init__(self.tr("楼栋档案 {0}").format(draft.label), _intro(opened, place), self.tr("保存"), parent)
        self.opened = opened
        self.setMinimumWidth(560)
        self.fields: dict[str, Field] = {}
        self._build()
        self._fill()
        self.buttons.accepted.connect(self._ask_to_save)
        if draft.uid is not None:
            delete = self.buttons.addButton(self.tr("删除档案"), QDialogButtonBox.ButtonRole.ResetRole)
            delete.setAutoDefault(False)
            delete.clicked.connect(lambda: self.delete_asked.emit(draft))
        self.button.setDefault(True)
        self.fields["storeys"].editor.setFocus()

    def refuse(self, error: UserError) -> None:
        """Say why it was not stored, beside the field that it concerns or else the first."""
        self.button.setEnabled(True)
        concerned = error.fields[0] if isinstance(error, Conflict) and error.fields else "storeys"
        field = self.fields[concerned]
        field.set_remark(str(error))
        field.editor.setFocus()

    # How it is built

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(theme.GAP)
        for name, (row, column) in _PLACES.items():
            field = self.fields[name] = Field(FIELD_NAMES[name], self._editor(name))
            grid.addWidget(field, row, column, 1, 2 if name == "note" else 1, Qt.AlignmentFlag.AlignTop)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        self._column.insertLayout(self._column.count() - 1, grid)
        if self.opened.entries:
            history = RecordView(self.tr("这份档案的改动记录"))
            history.show_records([_happened(one) for one in self.opened.entries])
            history.setFixedHeight(_HISTORY_HEIGHT)
            self._column.insertWidget(self._column.count() - 1, history)

    def _editor(self, name: str) -> QWidget:
        if name in ANSWERS:
            box = QComboBox()
            for text, value in ((self.tr("不详"), None), (self.tr("有"), True), (self.tr("没有"), False)):
                box.addItem(text, value)
            return box
        if name == "note":
            note = QPlainTextEdit()
            note.setTabChangesFocus(True)
            note.setFixedHeight(64)
            return note
        line = QLineEdit()
        line.textEdited.connect(lambda _text: self.fields[name].set_remark(""))
        line.editingFinished.connect(self._point_out)
        seen = getattr(self.opened.seen, name, None)
        if seen is not None:
            line.setPlaceholderText(self.tr("住户中见到 {0}").format(seen))
        return line

    def _fill(self) -> None:
        for name, value in self.opened.draft.values.items():
            editor = self.fields[name].editor
            if isinstance(editor, QComboBox):
                editor.setCurrentIndex(editor.findData(value))
            elif isinstance(editor, QPlainTextEdit):
                editor.setPlainText(value)
            elif isinstance(editor, QLineEdit):
                editor.setText("" if value is None else str(value))

    # What happens

    def _read(self) -> tuple[BuildingDraft, list[Problem]]:
        """What stands in the fields now, and what is wrong with it."""
        texts: dict[str, str] = {}
        answers: dict[str, Any] = {}
        for name, field in self.fields.items():
            editor = field.editor
            if isinstance(editor, QComboBox):
                answers[name] = editor.currentData()
            elif isinstance(editor, QPlainTextEdit):
                texts[name] = editor.toPlainText()
            elif isinstance(editor, QLineEdit):
                texts[name] = editor.text()
        draft, wrong = editing.typed(self.opened.draft, texts)
        return dataclasses.replace(draft, **answers), [*wrong, *editing.problems(draft, self.opened.seen)]

    def _point_out(self) -> list[Problem]:
        """Say beside each field what is wrong with it, and return what has to be mended."""
        _draft, found = self._read()
        first: dict[str, Problem] = {}
        for problem in sorted(found, key=lambda one: not one.blocking):
            first.setdefault(problem.field, problem)
        for name, field in self.fields.items():
            one = first.get(name)
            field.set_remark(one.text if one else "", one.blocking if one else True)
        return [problem for problem in first.values() if problem.blocking]

    def _ask_to_save(self) -> None:
        blocking = self._point_out()
        if blocking:
            self.fields[min(blocking, key=lambda one: _PLACES[one.field]).field].editor.setFocus()
            return
        draft, _none = self._read()
        if draft == self.opened.draft:
            self.reject()  # nothing was changed
            return
        self.button.setEnabled(False)
        self.save_asked.emit(draft, self.opened.draft)


def _intro(opened: Opened, place: str) -> str:
    seen = opened.seen
    if not seen.households:
        return _tr("{0} · 还没有登记住户").format(place)
    return _tr("{0} · 登记了 {1} 户、{2} 个房号").format(place, f"{seen.households:,}", f"{seen.rooms:,}")


def _happened(entry: Entry) -> Happened:
    when = f"{moment_text(entry.moment)}  {entry.actor}"
    return Happened(when, entry.label, entry.lines, _tr("已撤销") if entry.undone else "")


def _tr(text: str) -> str:
    return QCoreApplication.translate("BuildingDialog", text)
