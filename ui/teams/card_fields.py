"""What is known of a member, edited in place: each field is stored as soon as one leaves it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QToolButton, QVBoxLayout, QWidget

from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.register import Register
from gridapp.store.changes import Conflict
from gridapp.teams import editing
from gridapp.teams.editing import MemberDraft
from ui import theme
from ui.widgets.fields import Field

_NOTE_HEIGHT = 64
_LINES = ("name", "phone", "unit", "duty", "party_branch", "skills")


class CardFields(QWidget):
    """``stored`` tells in words what was written, ``refused`` what was not; ``copied`` the number that was copied."""

    stored = Signal(str)
    refused = Signal(str)
    copied = Signal(str)

    def __init__(self, register: Register, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._register = register
        self._member: Uid | None = None
        self._base = MemberDraft()
        self.lines = {name: QLineEdit() for name in _LINES}
        self.note = QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(_NOTE_HEIGHT)
        self.note.installEventFilter(self)
        self.copy = QToolButton()
        self.copy.setIcon(theme.icon("copy"))
        self.copy.setToolTip(self.tr("复制电话"))
        self.copy.setAccessibleName(self.tr("复制电话"))
        self.copy.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lines["skills"].setPlaceholderText(self.tr("用顿号分开，如：电工、手语"))
        names = {
            "name": self.tr("姓名"),
            "phone": self.tr("电话"),
            "unit": self.tr("单位"),
            "duty": self.tr("职务"),
            "party_branch": self.tr("党支部"),
            "skills": self.tr("特长"),
        }
        self.fields = {name: Field(label, self.lines[name]) for name, label in names.items()}
        self.fields["note"] = Field(self.tr("备注"), self.note)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        for row in (("phone",), ("unit", "duty"), ("party_branch", "skills"), ("note",)):
            column.addLayout(self._row(row))
        for name, line in self.lines.items():
            line.editingFinished.connect(lambda one=name: self.commit(one))
        self.copy.clicked.connect(self._copy)

    @property
    def member(self) -> Uid | None:
        """Who is shown."""
        return self._member

    def show_member(self, member: Uid, draft: MemberDraft) -> None:
        """Show a member, or the same as the register has it now; what is being typed stays and is told of."""
        is_other = member != self._member
        before, self._base, self._member = self._base, draft, member
        for name in self.fields:
            stored, was = getattr(draft, name), getattr(before, name)
            if is_other or self._text(name) == was:
                self._put(name, stored)
                if is_other or stored != was:
                    self.fields[name].set_remark("")
            elif stored != was and stored != self._text(name):
                self._tell_overtaken(name, stored)

    def draft(self) -> MemberDraft:
        """What stands in the fields."""
        return MemberDraft(**{name: self._text(name) for name in self.fields})

    def is_changed(self) -> bool:
        """Whether something is typed that is not stored."""
        return editing.tidied(self.draft()) != editing.tidied(self._base)

    def commit(self, name: str = "") -> None:
        """Store what was typed, of one field or of all; what is wrong is said beside it."""
        for one in [name] if name else list(self.fields):
            self._commit(one)

    def take_back(self) -> bool:
        """Take back what was typed and is not stored; whether there was any."""
        if not self.is_changed():
            return False
        for name, field in self.fields.items():
            self._put(name, getattr(self._base, name))
            field.set_remark("")
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.note and event.type() == QEvent.Type.FocusOut:
            self.commit("note")
        return False

    # What happens

    def _commit(self, name: str) -> None:
        member, base = self._member, self._base
        if member is None:
            return
        draft = dataclasses.replace(base, **{name: self._text(name)})
        tidy = editing.tidied(draft)
        if getattr(tidy, name) == getattr(editing.tidied(base), name):
            self._put(name, getattr(base, name))
            self.fields[name].set_remark("")
            return
        wrong = [one.text for one in editing.problems(draft, base) if one.field == name]
        if wrong:
            self._refuse(name, wrong[0])
            return
        if self._register.is_written_elsewhere:
            # Waiting for a long import to end would leave the window standing still.
            self._refuse(name, self.tr("正在写入登记簿，请等右下角的任务结束后再试。"))
            return
        self._write(name, lambda: editing.save(self._register, member, draft, base), getattr(tidy, name))

    def _write(self, name: str, save: Callable[[], str], value: str) -> None:
        try:
            label = save()
        except Conflict:
            assert self._member is not None
            stored = editing.load(self._register, self._member)
            self._base = dataclasses.replace(self._base, **{name: getattr(stored, name)})
            self._tell_overtaken(name, getattr(stored, name))
        except UserError as error:
            self._refuse(name, str(error))
        else:
            self._base = dataclasses.replace(self._base, **{name: value})
            self._put(name, value)
            self.fields[name].set_remark("")
            self.stored.emit(label)

    def _tell_overtaken(self, name: str, stored: str) -> None:
        text = self.tr("别人刚改为“{0}”，再按回车则保存这里写的，按 Esc 则用别人写的。").format(stored)
        self.fields[name].set_remark(text, blocking=False)

    def _refuse(self, name: str, text: str) -> None:
        self.fields[name].set_remark(text)
        self.refused.emit(self.tr("没有保存：{0}").format(text))

    def _copy(self) -> None:
        number = self.lines["phone"].text().strip()
        if number:
            QGuiApplication.clipboard().setText(number)
            self.copied.emit(number)

    def _text(self, name: str) -> str:
        return self.note.toPlainText() if name == "note" else self.lines[name].text()

    def _put(self, name: str, text: str) -> None:
        if self._text(name) == text:
            return
        if name == "note":
            self.note.setPlainText(text)
        else:
            self.lines[name].setText(text)
            self.lines[name].setCursorPosition(0)

    def _row(self, names: tuple[str, ...]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        for name in names:
            row.addWidget(self.fields[name], 1)
        if names == ("phone",):
            row.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignBottom)
        return row
