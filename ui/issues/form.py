"""The dialog that registers an issue, in the order in which one asks on the telephone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gridapp.areas.model import Level
from gridapp.areas.tree import Node, path_label
from gridapp.errors import UserError
from gridapp.issues import categories, registering
from gridapp.issues.lookalikes import Asked, Lookalike
from gridapp.issues.registering import NewIssue, Registered, Unfit, register_issue
from gridapp.register import Register
from ui import theme
from ui.attachments.strip import AttachmentStrip
from ui.attachments.taking import TakesFiles
from ui.attachments.writing import Writing
from ui.issues.draft import Draft
from ui.issues.draft_line import DraftLine
from ui.issues.form_fields import FormFields
from ui.issues.lookalike_list import LookalikeList
from ui.issues.reporter_part import ReporterPart
from ui.jobs import Jobs
from ui.widgets.fields import Field

_WIDTH, _BESIDE = 900, 300


class IssueForm(QDialog):
    """Asks for everything and registers it. What is refused is told beside its field, and nothing typed is lost.

    ``registered`` carries what was registered, ``joined`` the uid of an issue that somebody was added to and that in
    words, ``failed`` an error that is no mistake of the user. ``draft`` tells what stands here when it is closed.
    """

    registered = Signal(object)
    joined = Signal(bytes, str)
    failed = Signal(object)

    def __init__(self, register: Register, node: Node | None, jobs: Jobs, parent: QWidget | None = None) -> None:
        """Make an empty form.

        Args:
            node: the area that is shown, in which is registered what no household tells the place of.
            jobs: where what has files is written, which may take a while.
        """
        super().__init__(parent)
        self.setWindowTitle(self.tr("登记民意"))
        self._register = register
        self._visit: bytes | None = None
        self.is_done = False
        self._writing = Writing(self, register, jobs)
        self._preparing = Jobs(self)
        self.strip = AttachmentStrip(self._preparing)
        self.who = ReporterPart(register)
        self.fields = FormFields(register, categories.of(register))
        self.alike = LookalikeList(register)
        self.before = DraftLine(self)
        self.area = QComboBox()
        self._offer_areas(node)
        self._build()
        self._connect()
        self._follow()

    # What stands here

    def draft(self) -> Draft:
        """What was typed so far."""
        fields, area = self.fields, self._area()
        return Draft(
            who=self.who.who(),
            source=fields.source.value(),
            text=fields.text.toPlainText(),
            category=fields.category.key(),
            by_hand=fields.category.by_hand,
            urgent=fields.urgent.isChecked(),
            place=fields.place.text(),
            handler=fields.handler.text(),
            area=area.uid if area is not None else None,
            extra=fields.extra.values(),
            visit=self._visit,
            files=tuple(self.strip.files),
        )

    def show_draft(self, draft: Draft) -> None:
        """Put what was typed back."""
        self._visit = draft.visit
        self.fields.show_draft(draft)
        self.strip.show_waiting(draft.files)
        for place in range(self.area.count()):
            if self.area.itemData(place).uid == draft.area:
                self.area.setCurrentIndex(place)
        self.who.show_who(draft.who)
        self.before.offer(None)
        self._follow()

    def is_busy(self) -> bool:
        """Whether something is still being looked for."""
        beside = (self.who, self.alike, self.strip, self._writing)
        return any(one.is_busy() for one in beside)

    # What happens

    def save(self) -> None:
        """Register the issue, or say what is missing."""
        self._clear_remarks()
        if self._refuse_while_busy():
            return
        try:
            new = self._issue()
        except Unfit as error:
            self._point_out(error)
            return
        register = self._register
        self._writing.start(
            self.tr("登记民意"), bool(new.files), lambda: register_issue(register, new), self._end_registering
        )

    def join(self, one: Lookalike) -> None:
        """Add whoever raises it to an issue that is there, instead of registering another."""
        self._clear_remarks()
        if self._refuse_while_busy():
            return
        try:
            reporter = self.who.reporter(self.fields.source.value())
        except Unfit as error:
            self._point_out(error)
            return
        register, files = self._register, self.strip.files
        self._writing.start(
            self.tr("增加反映人"),
            bool(files),
            lambda: registering.join(register, one.uid, reporter, files=files),
            lambda told: self._end_joining(one, told),
        )

    def done(self, result: int) -> None:
        if self._writing.is_busy():
            return  # what comes of it has still to be told
        self.who.stop()
        self.alike.stop()
        self._preparing.stop_all()
        super().done(result)

    def _end_registering(self, done: Registered) -> None:
        self._finish()
        self.registered.emit(done)

    def _end_joining(self, one: Lookalike, told: str) -> None:
        self._finish()
        self.joined.emit(one.uid, told)

    def _finish(self) -> None:
        self.is_done = True
        self.accept()

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, Unfit):
            self._point_out(error)
        elif isinstance(error, UserError):
            self._say(str(error))
        else:
            self.failed.emit(error)

    def _issue(self) -> NewIssue:
        fields, home = self.fields, self.who.home
        reporter = self.who.reporter(fields.source.value())
        place, area = fields.place.text(), self._area()
        # A place in words says that it is not about the household of who raised it.
        about = home.uid if home is not None and not place.strip() else None
        return NewIssue(
            fields.text.toPlainText(),
            area=home.area if home is not None else area.uid if area is not None else None,
            household=about,
            place=place,
            category=fields.category.key(),
            urgent=fields.urgent.isChecked(),
            handler=fields.handler.text(),
            reporters=(reporter,),
            extra=fields.extra.values(),
            files=tuple(self.strip.files),
            visit=self._visit,
        )

    def _area(self) -> Node | None:
        node: Node | None = self.area.currentData()
        return node

    def _follow(self) -> None:
        """Show what follows from what stands here."""
        home, area = self.who.home, self._area()
        self._area_field.setVisible(home is None)
        level = Level.GRID if home is not None else area.level if area is not None else Level.GRID
        self.fields.show_promise(level)
        code = self.who.area_code or (area.code if area is not None else "")
        self.fields.area_code = code
        self.alike.ask(
            Asked(
                code,
                self.fields.text.toPlainText(),
                self.fields.category.key(),
                home.estate if home is not None else "",
                home.building if home is not None else "",
                self.fields.place.text(),
            )
            if code
            else None
        )

    def _refuse_while_busy(self) -> bool:
        told = self._writing.refusal(self.strip)
        self._say(told)
        return bool(told) or self._writing.is_busy()

    def _point_out(self, error: Unfit) -> None:
        if error.field == "description":
            self.fields.text_field.set_remark(str(error))
            self.fields.text.setFocus()
        elif error.field == "area":
            self._area_field.set_remark(str(error))
            self.area.setFocus()
        elif error.field == "extra":
            self.fields.extra.point_out(error.key, str(error))
        else:
            self._who_remark.setText(str(error))
            self._who_remark.show()
            self.who.focus_first()

    def _clear_remarks(self) -> None:
        self.fields.text_field.set_remark("")
        self._area_field.set_remark("")
        self.fields.extra.clear_remarks()
        self._who_remark.hide()
        self._say("")

    def _say(self, text: str) -> None:
        self._remark.setText(text)
        self._remark.setVisible(bool(text))

    def _take_up(self, draft: Draft) -> None:
        self.show_draft(draft)
        self.fields.text.setFocus()

    # How it is built

    def _offer_areas(self, node: Node | None) -> None:
        nodes: Sequence[Node] = [*node.path, *node.children] if node is not None else []
        for one in nodes:
            self.area.addItem(path_label(one.path[-2:]), one)
        if node is not None:
            self.area.setCurrentIndex(len(node.path) - 1)

    def _connect(self) -> None:
        self.before.taken.connect(self._take_up)
        self.who.settled.connect(self.fields.source.setFocus)
        self.who.changed.connect(self._follow)
        self.who.failed.connect(self.failed)
        self.fields.changed.connect(self._follow)
        self.area.activated.connect(lambda _place: self._follow())
        self.alike.same_asked.connect(self.join)
        self.alike.failed.connect(self.failed)
        self.strip.failed.connect(self.failed)
        self._writing.failed.connect(self._refuse)
        self._writing.turned.connect(lambda writing: self.button.setDisabled(writing))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.save)

    def _build(self) -> None:
        self._who_remark = QLabel()
        self._who_remark.setProperty("problem", True)
        self._who_remark.hide()
        self._area_field = Field(self.tr("登记到"), self.area)
        left = QVBoxLayout()
        left.setSpacing(theme.GAP)
        left.addWidget(self.before)
        left.addWidget(self.who)
        left.addWidget(self._who_remark)
        self.fields.grid.addWidget(self._area_field, *self.fields.AREA)
        left.addWidget(self.fields)
        left.addWidget(self.strip)
        left.addStretch()
        beside = QWidget()
        beside.setFixedWidth(_BESIDE)
        right = QVBoxLayout(beside)
        right.setContentsMargins(0, 0, 0, 0)
        right.addWidget(self.alike)
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addLayout(left, 1)
        body.addWidget(beside)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(theme.GAP)
        column.addLayout(body, 1)
        column.addLayout(self._build_buttons())
        TakesFiles(self, self.strip)
        self.resize(_WIDTH, self.sizeHint().height())

    def _build_buttons(self) -> QHBoxLayout:
        self._remark = QLabel()
        self._remark.setProperty("problem", True)
        self._remark.setWordWrap(True)
        self._remark.hide()
        self.button = QPushButton(self.tr("登记 (Ctrl+回车)"))
        self.button.setProperty("primary", True)
        self.button.clicked.connect(self.save)
        cancel = QPushButton(self.tr("关闭"))
        cancel.clicked.connect(self.reject)
        for button in (self.button, cancel):
            button.setAutoDefault(False)  # Enter goes on in the form; it does not save
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(self._remark, 1)
        row.addStretch()
        row.addWidget(self.button)
        row.addWidget(cancel)
        row.setAlignment(Qt.AlignmentFlag.AlignRight)
        return row
