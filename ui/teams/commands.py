"""What can be done with the members of the teams: each asks for what it needs, is one step, and offers its undo."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog
from shiboken6 import isValid

from gridapp.areas.model import CODE_LENGTHS, Level
from gridapp.areas.tree import Node
from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.teams import absences, editing, joining, serving, substitution
from gridapp.teams.card import Card, card
from gridapp.teams.listing import PersonRow, State
from gridapp.teams.model import RESERVE
from gridapp.teams.presence import Away
from gridapp.teams.substitution import Gap
from ui.teams.absence_dialogs import AbsenceDialog, BackDialog
from ui.teams.asking import TeamDialog
from ui.teams.join_dialog import JoinDialog
from ui.teams.service_dialogs import EndDialog, MoveDialog, ServeDialog
from ui.teams.subject import Subject
from ui.teams.substitute_dialog import SubstituteDialog

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_MOST_CANDIDATES = 30
_COMMUNITY = CODE_LENGTHS[Level.COMMUNITY]
_DEEDS = ("登记", "修改", "结束", "添加", "删除")


class TeamCommands(QObject):
    """Works on a member; where it matters which service is meant, on the one of the row, else on the first."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    # Members and services

    def add(self, node: Node | None = None, role: str = "") -> None:
        """Ask who is to be added to the team of an area, the one that is shown unless told."""
        window = self._window
        register = window.register

        def known(name: str, take: Callable[[list[str]], object]) -> None:
            window.read(lambda: joining.namesakes(register, name), take)

        self._open(JoinDialog(window, node or window.node, role, known), self._done)

    def serve(self, subject: Subject) -> None:
        """Ask where else a member is to serve."""
        self._with_card(subject, lambda one: self._open(ServeDialog(self._window, one, self._window.node), self._done))

    def move(self, subject: Subject) -> None:
        """Ask where a member is to serve instead."""
        self._with_service(subject, lambda _card, row: self._open(MoveDialog(self._window, row), self._done))

    def end(self, subject: Subject) -> None:
        """Ask on which day a member served last."""
        self._with_service(subject, lambda _card, row: self._open(EndDialog(self._window, row), self._told))

    def lead(self, subject: Subject) -> None:
        """Make a member the grid leader of the community in which the service is."""
        self._with_service(subject, self._lead)

    def turn_reserve(self, subject: Subject) -> None:
        """Put a member in reserve, or out of it if the row is about that."""
        self._with_card(subject, lambda one: self._turn_reserve(one, subject))

    def delete(self, subject: Subject) -> None:
        """Delete a member to whom nothing refers."""
        register = self._window.register
        self._run(lambda: editing.delete(register, subject.member), self._told)

    def ask_export(self) -> None:
        """Ask for a file and write the roster of the area that is shown."""
        from exports.excel.roster import file_name

        window = self._window
        if window.node is None:
            return
        suggested = str(Path.home() / file_name(window.register, window.node.code))
        path, _ = QFileDialog.getSaveFileName(window, self.tr("导出名册"), suggested, self.tr("工作簿 (*.xlsx)"))
        if path:
            self.export(Path(path).with_suffix(".xlsx"))

    def export(self, path: Path) -> None:
        """Write the roster of the area that is shown into a file."""
        from exports.excel.roster import export_roster

        window, node = self._window, self._window.node
        if node is None:
            return
        told, register = self.tr("已导出 {0}").format(path.name), window.register
        window.run(
            self.tr("导出名册"),
            lambda progress, cancel: export_roster(register, node.code, path, progress, cancel),
            lambda _report: window.status.show_notice(told, self.tr("打开"), partial(_view, path)),
        )

    # Absences

    def leave(self, subject: Subject) -> None:
        """Ask from when until when a member is away, and then who stands in."""
        self._with_card(subject, lambda one: self._open(AbsenceDialog(self._window, one), self._left))

    def change_absence(self, one: Card, away: Away) -> None:
        """Ask what is to be changed of an absence."""
        self._open(AbsenceDialog(self._window, one, away), self._left)

    def come_back(self, subject: Subject) -> None:
        """Ask since when a member is back; an absence that has not begun is deleted."""
        self._with_card(subject, self._come_back)

    def substitute(self, subject: Subject) -> None:
        """Ask who stands in for a member who is away, or will be."""
        self._with_card(subject, self._substitute)

    def substitute_for(self, absence: Uid) -> None:
        """Ask who stands in during an absence; nothing is asked where nobody is wanted."""
        register = self._window.register

        def read() -> tuple[str, str, list[Gap]]:
            gaps = substitution.gaps_of(register, absence)
            told = absences.load(register, absence)
            away = Away(absence, b"", told.since, told.until, told.reason, told.note)
            return (gaps[0].name if gaps else ""), f"{told.since.isoformat()} 起，{away.text}", gaps

        self._window.read(read, lambda found: self._open_gaps(absence, *found))

    # What is asked

    def _turn_reserve(self, one: Card, subject: Subject) -> None:
        window, register = self._window, self._window.register
        held = [row for row in one.services if row.state is State.RESERVE]
        chosen = next((row for row in held if row.service == subject.service), held[0] if held else None)
        if chosen is not None:
            self._run(lambda: serving.end(register, chosen.service), self._told)
            return
        row = _service_of(one, subject)
        code = row.area_code[:_COMMUNITY] if row is not None else ""
        node = window.dock.model.find(code) if code else window.node
        self._open(ServeDialog(window, one, node, reserve=True), self._done)

    def _lead(self, one: Card, row: PersonRow) -> None:
        window, register = self._window, self._window.register
        node = window.dock.model.find(row.area_code[:_COMMUNITY])
        if node is None or len(row.area_code) < _COMMUNITY:
            window.tell(UserError(self.tr("网格长按社区确定，请在社区或网格的名册里选人。")))
            return
        self._run(lambda: serving.set_leader(register, node.uid, one.uid), self._done)

    def _come_back(self, one: Card) -> None:
        today, register = datetime.date.today(), self._window.register
        away = _absence_of(one, today)
        if away is None:
            self._window.tell(UserError(self.tr("{0}现在没有离岗，也没有登记好的请假。").format(one.member.name)))
        elif away.since >= today:
            self._run(lambda: absences.delete(register, away.uid, today), self._told)
        else:
            self._open(BackDialog(self._window, one.member.name, away), self._told)

    def _substitute(self, one: Card) -> None:
        away = _absence_of(one, datetime.date.today())
        if away is None:
            told = self.tr("{0}没有离岗，不用顶替。请先登记请假。")
            self._window.tell(UserError(told.format(one.member.name)))
        else:
            self.substitute_for(away.uid)

    def _left(self, answer: tuple[Uid, str]) -> None:
        self._done(answer)
        self.substitute_for(answer[0])

    def _open_gaps(self, absence: Uid, name: str, why: str, gaps: list[Gap]) -> None:
        window = self._window
        if not gaps:
            return
        if all(gap.is_filled for gap in gaps):
            window.status.show_notice(self.tr("{0}空出的岗位都已有人顶替。").format(name))
            return
        dialog = SubstituteDialog(name, why, window)
        dialog.asked.connect(partial(self._offer, dialog))
        dialog.taken.connect(partial(self._take, dialog, absence))
        dialog.finished.connect(dialog.deleteLater)
        dialog.show_gaps(gaps)
        dialog.open()

    def _offer(self, dialog: SubstituteDialog, gap: Gap) -> None:
        register = self._window.register
        self._window.read(
            lambda: substitution.candidates(register, gap, _MOST_CANDIDATES),
            lambda found: dialog.show_candidates(gap, found) if isValid(dialog) else None,
        )

    def _take(self, dialog: SubstituteDialog, absence: Uid, gap: Gap, member: Uid) -> None:
        register = self._window.register

        def work() -> tuple[str, list[Gap]]:
            _uid, told = substitution.accept(register, gap, member)
            return told, substitution.gaps_of(register, absence)

        def finish(answer: tuple[str, list[Gap]]) -> None:
            self._told(answer[0])
            if not dialog.show_gaps(answer[1]):
                dialog.accept()

        def show_again(gaps: list[Gap], why: str) -> None:
            if isValid(dialog):
                dialog.show_gaps(gaps)
                dialog.tell(why)

        def fail(error: Exception) -> None:
            dialog.release()
            if not isinstance(error, UserError):
                self._window.tell(error)
                return
            text = str(error)
            self._window.read(
                lambda: substitution.gaps_of(register, absence),
                lambda gaps: show_again(gaps, text),
            )

        self._window.jobs.start(self.tr("登记顶替"), lambda _progress, _cancel: work(), register, finish, fail)

    # What all of them need

    def _with_card(self, subject: Subject, then: Callable[[Card], object]) -> None:
        register = self._window.register
        self._window.read(lambda: card(register, subject.member), then)

    def _with_service(self, subject: Subject, then: Callable[[Card, PersonRow], object]) -> None:
        def go(one: Card) -> None:
            row = _service_of(one, subject)
            if row is None:
                told = self.tr("{0}现在没有任职；按“任职…”登记。")
                self._window.tell(UserError(told.format(one.member.name)))
            else:
                then(one, row)

        self._with_card(subject, go)

    def _open(self, dialog: TeamDialog, done: Callable[[Any], object]) -> None:
        dialog.changed.connect(done)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _run(self, work: Callable[[], Any], done: Callable[[Any], object]) -> None:
        self._window.run(self.tr("服务队"), lambda _progress, _cancel: work(), done)

    def _done(self, answer: tuple[Uid, str]) -> None:
        self._told(answer[1])

    def _told(self, label: str) -> None:
        window = self._window
        # Some labels begin with what was done, others with who it was.
        told = self.tr("已{0}") if label.startswith(_DEEDS) else self.tr("已登记：{0}")
        window.status.show_notice(told.format(label), self.tr("撤销"), window.undo)


def _view(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _service_of(one: Card, subject: Subject) -> PersonRow | None:
    """The service that is meant: the one of the row, else the first that holds and is no reserve."""
    open_ones = [row for row in one.services if row.state is not State.ENDED]
    meant = next((row for row in open_ones if row.service == subject.service), None)
    return meant or next((row for row in open_ones if row.role is not RESERVE), None)


def _absence_of(one: Card, day: datetime.date) -> Away | None:
    """The absence that lasts, or else the next one."""
    still = [away for away in one.absences if away.until is None or away.until >= day]
    return min(still, key=lambda away: away.since, default=None)
