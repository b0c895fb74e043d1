"""The small dialog that asks for what a step needs, made of the workflow's own table."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QWidget

from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.issues.registering import Unfit
from gridapp.issues.stepping import Entry, Missing
from gridapp.issues.workflow import Need, Transition
from ui.attachments.strip import AttachmentStrip
from ui.attachments.taking import TakesFiles
from ui.attachments.writing import Writing
from ui.issues.need_fields import Case, NeedField, field_for
from ui.jobs import Jobs
from ui.widgets.asking import AskingDialog
from ui.widgets.fields import Field


def has_questions(row: Transition) -> bool:
    """Whether a step asks for more than a note that may be left out."""
    return bool(row.needs) or row.asks not in ((), (Need.NOTE,))


class StepDialog(AskingDialog):
    """``asked`` carries the entry that was described; the dialog stays until it is accepted.

    ``seen`` is the latest step of the issue that whoever fills it in knows of.
    """

    asked = Signal(object)

    def __init__(self, case: Case, about: str, jobs: Jobs, parent: QWidget) -> None:
        """Make a dialog.

        Args:
            about: which issues, in words.
            jobs: where a step that has files is written, which may take a while.
        """
        row = case.row
        super().__init__(row.name, about, self.tr("{0} (Ctrl+回车)").format(row.name), parent)
        self.row = row
        self.seen: Uid | None = None
        self.fields: dict[Need, tuple[NeedField, Field]] = {}
        for need in (*row.needs, *row.asks):
            made = field_for(need, case)
            if made is not None:
                self.fields[need] = (made, self.put_field(made.label, made.widget))
        self.writing = Writing(self, case.register, jobs)
        self._preparing = Jobs(self)
        self.strip = AttachmentStrip(self._preparing)
        self._column.insertWidget(self._column.count() - 1, self.strip)
        TakesFiles(self, self.strip)
        self._remark = QLabel()
        self._remark.setProperty("problem", True)
        self._remark.setWordWrap(True)
        self._remark.hide()
        self._column.insertWidget(self._column.count() - 1, self._remark)
        self.writing.turned.connect(lambda writing: self.button.setDisabled(writing))
        self.buttons.accepted.connect(self.ask)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.ask)
        if self.fields:
            next(iter(self.fields.values()))[1].setFocus()

    def widget(self, need: Need) -> Any:
        """What asks for something."""
        return self.fields[need][0].widget

    def begin(self, begun: Entry) -> None:
        """Begin with a note, which can be typed over, and with somebody who is to be told."""
        if begun.note and Need.NOTE in self.fields:
            note = self.widget(Need.NOTE)
            note.insert(begun.note)
            note.editor.selectAll()
        if begun.reporter is not None and Need.REPORTER in self.fields:
            box = self.widget(Need.REPORTER)
            # Qt does not find bytes again, so that it would be another one who is told.
            uids = [box.itemData(place) for place in range(box.count())]
            box.setCurrentIndex(uids.index(begun.reporter) if begun.reporter in uids else 0)

    def ask(self) -> None:
        """Tell what was entered, or what cannot be."""
        for _made, field in self.fields.values():
            field.set_remark("")
        refusal = self.writing.refusal(self.strip)
        self._say(refusal)
        if refusal or self.writing.is_busy():
            return
        try:
            told: dict[str, Any] = {"files": tuple(self.strip.files)}
            for made, _field in self.fields.values():
                told |= made.tell()
            entry = Entry(**told)
        except UserError as error:
            self.refuse(error)
            return
        self.asked.emit(entry)

    def refuse(self, error: UserError) -> None:
        """Say beside its field, or else below all of them, what cannot be; everything that was typed stays."""
        need = error.need if isinstance(error, Missing) else Need.NEW_REPORTER if isinstance(error, Unfit) else None
        if need in self.fields:
            field = self.fields[need][1]
            field.set_remark(str(error))
            field.setFocus()
        else:
            self._say(str(error))

    def done(self, result: int) -> None:
        if self.writing.is_busy():
            return  # what comes of it has still to be told
        self._preparing.stop_all()
        super().done(result)

    def is_busy(self) -> bool:
        """Whether files are being added, or the step is being written."""
        return self.writing.is_busy() or self.strip.is_busy()

    def _say(self, text: str) -> None:
        self._remark.setText(text)
        self._remark.setVisible(bool(text))
