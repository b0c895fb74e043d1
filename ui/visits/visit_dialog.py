"""Asks for what is to be registered of a visit, to one household or to several at once, or to be changed of one."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QDialogButtonBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from gridapp.days import Sense
from gridapp.errors import UserError
from gridapp.register import Register
from gridapp.visits import phrases
from gridapp.visits.members import LEAST, Visitor, company_remark
from gridapp.visits.registering import Home, VisitDraft, problems
from ui.attachments.strip import AttachmentStrip
from ui.attachments.taking import TakesFiles
from ui.attachments.writing import Writing
from ui.jobs import Jobs
from ui.visits.members_box import MembersBox
from ui.widgets.asking import AskingDialog
from ui.widgets.day_line import DayLine
from ui.widgets.fields import Field
from ui.widgets.flow import FlowLayout

_NAMED = 3
_WIDTH = 620
_SUMMARY_HEIGHT = 76


class VisitDialog(AskingDialog):
    """``asked`` carries the draft, whether what was promised before is done, and whether an issue is to follow.

    It stays until it is accepted. ``strip`` holds what is to be attached, of one household; ``failed`` carries an error
    that is no mistake of the user.
    """

    asked = Signal(object, bool, bool)
    failed = Signal(object)

    def __init__(
        self,
        homes: Sequence[Home],
        visitors: Sequence[Visitor],
        draft: VisitDraft,
        writing: tuple[Register, Jobs],
        is_new: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """Make the dialog.

        Args:
            draft: what stands in the fields at first.
            writing: where it is written.
        """
        title = QCoreApplication.translate("VisitDialog", "登记走访" if is_new else "修改走访")
        act = QCoreApplication.translate("VisitDialog", "登记" if is_new else "保存")
        super().__init__(title, _told(homes), act, parent)
        self.setMinimumWidth(_WIDTH)
        self._base = draft
        self.day = DayLine(Sense.BEHIND)
        self.members = MembersBox()
        self.summary = QPlainTextEdit()
        self.needs = QLineEdit()
        self.follow_up = QLineEdit()
        self.follow_up_on = DayLine(Sense.AHEAD)
        self.keeps_promise = QCheckBox()
        self._fields = self._build(homes, is_new)
        register, jobs = writing
        self.writing = Writing(self, register, jobs)
        self._preparing = Jobs(self)
        self.strip = AttachmentStrip(self._preparing)
        self.strip.setVisible(len(homes) == 1)  # a photo is of one home
        self._remark_below = QLabel()
        self._remark_below.setProperty("problem", True)
        self._remark_below.setWordWrap(True)
        self._remark_below.hide()
        for widget in (self.strip, self._remark_below):
            self._column.insertWidget(self._column.count() - 1, widget)
        self.issue_button = self.buttons.addButton(self.tr("登记并转为民意…"), QDialogButtonBox.ButtonRole.ActionRole)
        self.issue_button.setVisible(is_new and len(homes) == 1)
        self.issue_button.clicked.connect(lambda: self._ask(raise_issue=True))
        self.buttons.accepted.connect(self._ask)
        self.writing.failed.connect(self._refuse)
        self.writing.turned.connect(lambda writing: self.buttons.setDisabled(writing))
        if len(homes) == 1:
            TakesFiles(self, self.strip)
        self._show(draft)
        self.members.offer(visitors)
        self.members.changed.connect(self._remark)
        for line in (self.day, self.follow_up_on, self.follow_up):
            line.textEdited.connect(lambda _text: self._clear())
        self._remark()
        (self.summary if draft.members and is_new else self.members.line).setFocus()

    def draft(self) -> VisitDraft:
        """What stands in the fields.

        Raises:
            UserError: a day cannot be read.
        """
        return VisitDraft(
            self._day("visited_on", self.day) or self._base.visited_on,
            self.members.members(),
            phrases.expand(self.summary.toPlainText()),
            self.needs.text(),
            self.follow_up.text(),
            self._day("follow_up_on", self.follow_up_on),
            self._base.followed_up_on,
        )

    def remark(self, name: str) -> str:
        """What is said of a field."""
        return self._fields[name].remark()

    def done(self, result: int) -> None:
        if self.writing.is_busy():
            return  # what comes of it has still to be told
        self._preparing.stop_all()
        super().done(result)

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            # How high the names and the replies stand is known once they have their width.
            needed = self._column.totalMinimumHeightForWidth(self.width())
            if needed > self.height():
                self.resize(self.width(), needed)
        return done

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._ask(raise_issue=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)

    # How it is built

    def _build(self, homes: Sequence[Home], is_new: bool) -> dict[str, Field]:
        self.summary.setMinimumHeight(_SUMMARY_HEIGHT)
        self.summary.setTabChangesFocus(True)
        self.summary.setPlaceholderText(self.tr("说了什么、看到什么；开头可写代号，如 13"))
        self.needs.setPlaceholderText(self.tr("没有就空着"))
        self.follow_up.setPlaceholderText(self.tr("没有就空着"))
        fields = {"visited_on": self.put_field(self.tr("走访日期"), self.day)}
        fields["members"] = self.put_field(self.tr("走访人"), self.members)
        fields["summary"] = self.put_field(self.tr("走访情况"), self.summary)
        self._column.insertWidget(self._column.count() - 1, self._phrases())
        fields["needs"] = self.put_field(self.tr("需求"), self.needs)
        row = ((self.tr("需要跟进的事"), self.follow_up), (self.tr("跟进日期"), self.follow_up_on))
        fields["follow_up"], fields["follow_up_on"] = self.put_row(row)
        promised = [text for home in homes for text in home.follow_ups]
        if promised and is_new:
            told = "；".join(dict.fromkeys(filter(None, promised)))[:60]
            self.keeps_promise.setText(self.tr("以前答应的事这次已办：{0}").format(told))
            self.keeps_promise.setChecked(True)
            self._column.insertWidget(self._column.count() - 1, self.keeps_promise)
        return fields

    def _phrases(self) -> QWidget:
        """The short replies as buttons; Alt and the digit press them."""
        body = QWidget()
        flow = FlowLayout(body)
        self.phrases: list[QPushButton] = []
        for number, phrase in enumerate(phrases.phrases(), 1):
            button = QPushButton(f"&{number} {phrase}")
            button.setProperty("suggestion", True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, text=phrase: self._say(text))
            flow.addWidget(button)
            self.phrases.append(button)
        return body

    # What happens

    def _show(self, draft: VisitDraft) -> None:
        self.day.show_day(draft.visited_on)
        self.members.set_members(draft.members)
        self.summary.setPlainText(draft.summary)
        self.needs.setText(draft.needs)
        self.follow_up.setText(draft.follow_up)
        self.follow_up_on.show_day(draft.follow_up_on)

    def _say(self, phrase: str) -> None:
        self.summary.setPlainText(phrases.added(phrases.expand(self.summary.toPlainText()), phrase))
        self.summary.moveCursor(self.summary.textCursor().MoveOperation.End)

    def _remark(self) -> None:
        """Point out who ought not to go alone; it is no mistake."""
        company = company_remark(self.members.members())
        text = self.tr("{0}：按“1+2+N”要求应至少{1}人同去。").format(company, LEAST) if company else ""
        self._fields["members"].set_remark(text, blocking=False)

    def _clear(self) -> None:
        for name in ("visited_on", "follow_up_on"):
            self._fields[name].set_remark("")

    def _day(self, name: str, line: DayLine):  # type: ignore[no-untyped-def]
        try:
            return line.day()
        except UserError as error:
            self._fields[name].set_remark(str(error))
            line.setFocus()
            raise

    def _ask(self, raise_issue: bool = False) -> None:
        refusal = self.writing.refusal(self.strip)
        self._say_below(refusal)
        if refusal or self.writing.is_busy():
            return
        try:
            draft = self.draft()
        except UserError:
            return  # it is said beside the field
        found = problems(draft)
        for name, text in found.items():
            self._fields[name].set_remark(text)
        if found:
            self._fields[next(iter(found))].setFocus()
            return
        self.asked.emit(draft, self.keeps_promise.isChecked(), raise_issue and not self.issue_button.isHidden())

    def _refuse(self, error: Exception) -> None:
        """Say what cannot be; everything that was typed and added stays."""
        if isinstance(error, UserError):
            self._say_below(str(error))
        else:
            self.failed.emit(error)

    def _say_below(self, text: str) -> None:
        self._remark_below.setText(text)
        self._remark_below.setVisible(bool(text))


def _told(homes: Sequence[Home]) -> str:
    named = "、".join(home.label for home in homes[:_NAMED])
    if len(homes) <= _NAMED:
        return named
    return QCoreApplication.translate("VisitDialog", "{0} 等 {1} 户，登记同一次走访").format(named, f"{len(homes):,}")
