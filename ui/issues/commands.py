"""What can be done with issues: registering one, opening one, taking a step with one or many."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.issues import history, reading, replies, stepping
from gridapp.issues.reading import Whole
from gridapp.issues.registering import Registered
from gridapp.issues.states import Satisfaction, Source
from gridapp.issues.stepping import Entry, Overtaken, Taken
from gridapp.issues.workflow import BY_STEP, Step, Transition
from gridapp.progress import CancelToken, Progress
from ui.issues.draft import Draft

if TYPE_CHECKING:
    from ui.issues.form import IssueForm
    from ui.issues.step_dialog import StepDialog
    from ui.main_window import MainWindow

_REASONS_SHOWN = 12


class IssueCommands(QObject):
    """Asks in a dialog, does it at once, tells what was done and offers to take it back.

    ``registered`` carries the uid of a new issue, or of the one that somebody was added to, and the uid of the visit
    that brought it to light, if one did. ``refused`` carries the issue with which a step could not be taken,
    ``written`` the names of tables in which something was just written, here or in a job.
    """

    registered = Signal(bytes, object)
    refused = Signal(bytes)
    written = Signal(object)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._draft: Draft | None = None

    # Registering

    def register(self, household: Uid | None = None) -> None:
        """Ask for a new issue.

        Args:
            household: of whoever raises it, if that is known.
        """
        self._register(household, Draft())

    def register_from_visit(self, household: Uid, text: str, visit: Uid | None = None) -> None:
        """Ask for a new issue that a visit to a household has brought to light."""
        self._register(household, Draft(source=Source.VISIT, text=text, visit=visit))

    def _register(self, household: Uid | None, begun: Draft) -> None:
        from ui.issues.form import IssueForm

        window = self._window
        if not window.page.leave():
            return
        form = IssueForm(window.register, window.node, window.jobs, window)
        form.failed.connect(window.tell)
        form.show_draft(begun)
        if household is not None:
            form.who.choose(household)
        form.before.offer(self._draft)
        empty = form.draft()
        form.registered.connect(lambda done: self._say_registered(done, begun.visit))
        form.joined.connect(lambda uid, told: self._say_joined(uid, told, begun.visit))
        form.finished.connect(lambda _result: self._keep(form, empty))
        form.open()
        if household is None:
            form.who.focus_first()
        else:
            form.fields.source.setFocus()

    def _keep(self, form: IssueForm, empty: Draft) -> None:
        """Keep what was typed and not registered, to be offered next time."""
        if form.is_done:
            if form.before.offered is None:
                self._draft = None
        elif (typed := form.draft()) != empty and typed.summary:
            self._draft = typed
        form.deleteLater()

    def _say_registered(self, done: Registered, visit: Uid | None) -> None:
        window = self._window
        window.status.show_notice(window.tr("已{0}").format(done.label), window.tr("撤销"), window.undo)
        self.registered.emit(done.uid, visit)

    def _say_joined(self, issue: Uid, told: str, visit: Uid | None) -> None:
        window = self._window
        window.status.show_notice(told, window.tr("撤销"), window.undo)
        self.registered.emit(issue, visit)

    # Opening

    def open(self, issue: Uid) -> None:
        """Show an issue in the ledger."""
        window = self._window
        try:
            whole = reading.read(window.register, issue)
        except UserError as error:
            window.tell(error)
            return
        go = getattr(window, "go_to_issue", None)
        if go is not None:
            go(whole.area_code, issue)
            return
        from ui.issues.detail_dialog import DetailDialog

        DetailDialog(window, issue).open()

    # Steps

    def take(self, issues: Sequence[Uid], step: Step, seen: Uid | None = None, begun: Entry | None = None) -> None:
        """Take a step with one issue or with many, after asking for what it needs.

        Args:
            seen: the latest step of a single issue that the user knew of; the one of now unless told.
            begun: what the dialog begins with.
        """
        row, one = BY_STEP[step], None
        if len(issues) == 1:
            try:
                one = reading.read(self._window.register, issues[0])
            except UserError as error:
                self._window.tell(error)
                return
            seen = seen or one.seen
        from ui.issues.step_dialog import has_questions

        if has_questions(row):
            self._ask(list(issues), row, one, seen, begun or Entry())
        elif issues:
            self._do(list(issues), row, begun or Entry(), seen, None)

    def _ask(self, issues: list[Uid], row: Transition, one: Whole | None, seen: Uid | None, begun: Entry) -> None:
        from ui.issues.need_fields import Case
        from ui.issues.step_dialog import StepDialog

        window = self._window
        node = window.node
        code = one.area_code if one is not None else node.code if node is not None else ""
        text = " ".join(one.values["description"].split()) if one is not None else ""
        about = window.tr("所选 {0} 条民意").format(len(issues))
        if one is not None:
            about = f"{one.values['number']}  {text}"
        dialog = StepDialog(Case(window.register, row, one, code), about, window.jobs, window)
        dialog.begin(begun)
        dialog.seen = seen
        dialog.asked.connect(lambda entry: self._do(issues, row, entry, dialog.seen, dialog))
        dialog.strip.failed.connect(window.tell)
        dialog.writing.failed.connect(partial(self._refuse, issues[0], dialog))
        dialog.finished.connect(lambda _result: dialog.deleteLater())
        dialog.open()

    def _do(
        self, issues: list[Uid], row: Transition, entry: Entry, seen: Uid | None, dialog: StepDialog | None
    ) -> None:
        window = self._window
        if dialog is None and window.register.is_written_elsewhere:
            window.tell(UserError(window.tr("正在写入登记簿，请等右下角的任务结束后再试。")))
        elif len(issues) > 1:
            self._take_many(issues, row, entry, dialog)
        else:
            self._take_one(issues[0], row, entry, seen, dialog)

    def _take_many(self, issues: list[Uid], row: Transition, entry: Entry, dialog: StepDialog | None) -> None:
        window = self._window

        def take(progress: Progress, cancel: CancelToken) -> Taken:
            return stepping.take_many(window.register, issues, row.step, entry, progress=progress, cancel=cancel)

        title, finish = window.tr("批量{0}").format(row.name), partial(self._say_taken, row)
        if dialog is None:
            window.run(title, take, finish)
        else:
            dialog.writing.start_aside(title, take, finish)

    def _take_one(self, issue: Uid, row: Transition, entry: Entry, seen: Uid | None, dialog: StepDialog | None) -> None:
        register = self._window.register

        def take() -> str:
            return stepping.take(register, issue, row.step, entry, seen)

        if dialog is not None:
            dialog.writing.start(row.name, bool(entry.files), take, partial(self._end, issue, row, entry, dialog))
            return
        try:
            label = take()
        except UserError as error:
            self._window.tell(error)
            self.refused.emit(issue)
        else:
            self._end(issue, row, entry, None, label)

    def _end(self, issue: Uid, row: Transition, entry: Entry, dialog: StepDialog | None, label: str) -> None:
        window = self._window
        if dialog is not None:
            dialog.accept()
        window.status.show_notice(window.tr("已完成：{0}").format(label), window.tr("撤销"), window.undo)
        if row.step is Step.REPORT_BACK and entry.satisfaction is Satisfaction.NOT:
            self._offer_reopening(issue)

    def _refuse(self, issue: Uid, dialog: StepDialog, error: Exception) -> None:
        if not isinstance(error, UserError):
            self._window.tell(error)
            return
        dialog.refuse(error)
        if isinstance(error, Overtaken):
            self._offer_again(dialog, issue, error)
        self.refused.emit(issue)

    def _offer_again(self, dialog: StepDialog, issue: Uid, error: Overtaken) -> None:
        """Who has read what somebody else did may take the step all the same, with what was typed."""
        last = history.last_step(self._window.register, issue)
        dialog.seen = bytes(last.uid) if last is not None else None
        again = self._window.tr("仍要{0}，请再按一次。").format(dialog.row.name)
        dialog.refuse(UserError(f"{error}{again}"))

    def _offer_reopening(self, issue: Uid) -> None:
        """Who is not content may have it taken up again at once."""
        words = replies.of(self._window.register).get(Step.REOPEN.value, ())
        self.take([issue], Step.REOPEN, begun=Entry(note=words[0] if words else ""))

    def _say_taken(self, row: Transition, taken: Taken) -> None:
        window = self._window
        done, refused = len(taken.done), len(taken.refused)
        if not refused:
            text = window.tr("已{0} {1} 条民意").format(row.done, done)
        else:
            text = window.tr("已{0} {1} 条，{2} 条不能{0}").format(row.done, done, refused)
        window.status.show_notice(text, window.tr("撤销") if done else "", window.undo if done else None)
        if refused:
            self._show_refused(text, taken)

    def _show_refused(self, text: str, taken: Taken) -> None:
        from PySide6.QtWidgets import QMessageBox

        reasons = [reason for _number, reason in taken.refused]
        shown = reasons[:_REASONS_SHOWN]
        if len(reasons) > len(shown):
            shown.append(self._window.tr("……另有 {0} 条").format(len(reasons) - len(shown)))
        box = QMessageBox(self._window)
        box.setWindowTitle(self._window.tr("有民意没有办成"))
        box.setText(text)
        box.setInformativeText("\n".join(shown))
        box.addButton(self._window.tr("知道了"), QMessageBox.ButtonRole.AcceptRole)
        box.open()
