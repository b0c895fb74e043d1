"""What can be done about emergencies: calling one, registering calls, changing the rota, finishing tasks."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from gridapp.emergency import activation, calls, duties, plans
from gridapp.emergency.activation import Activated
from gridapp.emergency.call_rows import CallRow
from gridapp.emergency.duties import Drawn, DutyRow
from gridapp.emergency.plans import Held
from gridapp.emergency.rota import Span
from gridapp.emergency.running import Running
from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.register import Register
from gridapp.tasks import editing
from ui.emergency import asked_job
from ui.emergency.endings import Endings
from ui.emergency.part import Which
from ui.emergency.rota_model import Place, shift_text

if TYPE_CHECKING:
    from ui.emergency.activation_dialog import ActivationDialog
    from ui.emergency.duty_dialog import DutyDialog
    from ui.emergency.page import EmergencyPage
    from ui.main_window import MainWindow

_AT_ONCE = 20
"""So many tasks are changed within a blink."""


class EmergencyCommands(QObject):
    """Works on the emergency that the page shows."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._page: EmergencyPage | None = None
        self.endings = Endings(window, self.write)

    def serve(self, page: EmergencyPage) -> None:
        """Do what is asked for on the page of emergencies."""
        self._page = page
        page.activation_asked.connect(self.ask_activation)
        page.pack_asked.connect(self.ask_pack)
        page.calm.plans.edit_asked.connect(self.edit_plan)
        page.calm.plans.reset_asked.connect(self.reset_plan)
        page.made.connect(self._serve_part)
        self.endings.serve(page)

    def _serve_part(self, which: Which, part: Any) -> None:
        """Do what is asked for on a part of the page, which has just been made."""
        window = self._window
        match which:
            case Which.CALLS:
                part.answered.connect(self.record)
                part.household_asked.connect(window.go_to_household)
                part.issue_asked.connect(window.go_to_issue)
            case Which.TASKS:
                part.finish_asked.connect(partial(self._change_tasks, self.tr("完成任务"), editing.finish))
                part.reopen_asked.connect(partial(self._change_tasks, self.tr("恢复任务"), editing.reopen))
                part.task_asked.connect(lambda row: window.go_to_task(row.area_code, row.uid))
            case Which.ROTA:
                part.person_asked.connect(self.ask_person)
                part.swap_asked.connect(lambda one, other: self.write(lambda: duties.swap(window.register, one, other)))
                part.remove_asked.connect(lambda duty: self.write(lambda: duties.remove(window.register, duty)))
                part.redraw_asked.connect(self.redraw)
                part.extend_asked.connect(self.extend)
            case Which.REPORTS:
                part.reported.connect(self.endings.report)

    @property
    def one(self) -> Running | None:
        """The emergency that is shown; while the page is not seen, the one that the banner tells of."""
        is_seen = self._page is not None and self._window.emergency_tab.isVisible()
        return self._page.one if is_seen and self._page is not None else self._window.alarm.nearest()

    # Calling one

    def ask_activation(self, kind: str = "") -> None:
        """Ask what is to be called for the area that is shown."""
        from ui.emergency.activation_dialog import ActivationDialog

        window, node = self._window, self._window.node
        if node is None:
            window.tell(UserError(self.tr("请先在左边选一个区域，再启动应急响应。")))
            return
        if not window.page.leave():
            return
        dialog = ActivationDialog(window.register, node, window.read, kind, window)
        dialog.asked.connect(partial(self._activate, dialog, node.code))
        dialog.gaps_asked.connect(lambda: self._show_gaps(dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _activate(
        self,
        dialog: ActivationDialog,
        code: str,
        kind: str,
        reason: str,
        at: datetime.datetime | None,
        report_at: str,
    ) -> None:
        register = self._window.register

        def done(made: Activated) -> None:
            text = self.tr("已{0}：{1} 项任务，{2} 班值守。").format(made.label, f"{made.tasks:,}", f"{made.duties:,}")
            self._told(" ".join([text, *made.remarks()]))
            self._window.emergency_tab.open()

        asked_job.start(
            self._window,
            dialog,
            self.tr("启动应急响应"),
            lambda progress, cancel: activation.activate(
                register, code, kind, reason, at, report_at=report_at, progress=progress, cancel=cancel
            ),
            done,
            dialog.refuse,
        )

    def _show_gaps(self, dialog: ActivationDialog) -> None:
        """Show who is missing in the teams."""
        dialog.reject()
        self._window.team_tab.show_shortage()

    # Plans

    def edit_plan(self, held: Held) -> None:
        """Change the plan of the area that is shown; one that comes from elsewhere becomes its own by that."""
        from ui.emergency.plan_editor import PlanEditor

        window, node = self._window, self._window.node
        if node is None:
            return
        base = held.plan if held.area_code == node.code else None
        dialog = PlanEditor(held.plan, node.name, is_own=base is not None, parent=window)

        def save(plan: plans.Plan) -> None:
            if self.write(lambda: plans.save(window.register, node.uid, plan, base), dialog.refuse):
                dialog.accept()

        dialog.asked.connect(save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def reset_plan(self, kind: str) -> None:
        """Let the area follow the plan above it again."""
        window, node = self._window, self._window.node
        if node is not None:
            self.write(lambda: plans.reset(window.register, node.uid, kind))

    # Calls

    def record(self, row: CallRow, outcome: str, note: str, member: Uid | None = None) -> None:
        """Register how a call of some member ended, and go on to the next."""
        one, page, register = self.one, self._page, self._window.register
        if one is None or page is None:
            return

        def act() -> str:
            return calls.record(register, one.uid, row.uid, outcome, note, member=member).label

        # What is written is shown anew at once, so that one has to have gone on before.
        page.calls.go_on(row.uid)
        if not self.write(act):
            page.calls.come_back(row.uid, note)

    # Tasks

    def _change_tasks(self, title: str, change: Callable[[Register, Sequence[Uid]], str], uids: Sequence[Uid]) -> None:
        """Finish tasks or bring them back; many of them beside the window."""
        register = self._window.register
        if len(uids) <= _AT_ONCE:
            self.write(lambda: change(register, uids))
        else:
            self._window.run(
                title,
                lambda _progress, _cancel: change(register, uids),
                lambda done: self._told(self.tr("已{0}").format(done)),
            )

    # The rota

    def ask_person(self, place: Place, span: Span, there: Sequence[DutyRow]) -> None:
        """Ask who is to be on duty in a place for a shift."""
        one, register = self.one, self._window.register
        if one is not None:
            self._window.read(
                lambda: duties.available(register, one.uid, place.code, span),
                lambda people: self._open_people(one, place, span, there, people),
            )

    def _open_people(
        self,
        one: Running,
        place: Place,
        span: Span,
        there: Sequence[DutyRow],
        people: Sequence[tuple[Uid, str, str]],
    ) -> None:
        from ui.emergency.duty_dialog import DutyDialog

        assert self._page is not None
        where = f"{place.name} {shift_text(span, datetime.datetime.now())}"
        with_seat = len(there) < self._page.rota.model.rota.seats
        dialog = DutyDialog(where, there, people, with_seat, self._window)
        dialog.asked.connect(partial(self._assign, dialog, one, place, span))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _assign(
        self, dialog: DutyDialog, one: Running, place: Place, span: Span, duty: Uid | None, member: Uid
    ) -> None:
        register = self._window.register

        def act() -> str:
            if duty is not None:
                return duties.replace(register, duty, member)
            return duties.assign(register, one.uid, place.uid, member, span.starts_at, span.ends_at)[1]

        if self.write(act, lambda error: dialog.refuse(str(error))):
            dialog.accept()

    def redraw(self) -> None:
        """Draw the shifts that have not begun anew."""
        self._draw(self.tr("重排值班表"), duties.redraw)

    def extend(self) -> None:
        """Draw the rota up for another day."""
        self._draw(self.tr("续排值班表"), lambda register, uid, **how: duties.extend(register, uid, 1, **how))

    def _draw(self, title: str, draw: Callable[..., tuple[Drawn, str]]) -> None:
        one, register = self.one, self._window.register
        if one is None:
            return

        def done(found: tuple[Drawn, str]) -> None:
            drawn, label = found
            text = self.tr("已{0}，排了 {1} 班。").format(label, f"{drawn.duties:,}")
            self._told(f"{text}{drawn.told}")

        self._window.run(
            title, lambda progress, cancel: draw(register, one.uid, progress=progress, cancel=cancel), done
        )

    # The pack

    def ask_pack(self) -> None:
        """Ask for a file and write the pack of the area that is shown."""
        self.endings.ask_pack(self.one)

    # What all of them need

    def write(self, act: Callable[[], str], refused: Callable[[UserError], Any] | None = None) -> bool:
        """Do what is written at once, with its undo, and say whether it was done.

        Args:
            refused: is told why not; the status bar unless told.
        """
        window = self._window
        refuse = refused or window.tell
        if window.register.is_written_elsewhere:
            # Waiting for a long import to end would leave the window standing still.
            refuse(UserError(self.tr("正在写入登记簿，请等右下角的任务结束后再试。")))
            return False
        try:
            done = act()
        except UserError as error:
            refuse(error)
            return False
        self._told(self.tr("已{0}").format(done))
        return True

    def _told(self, text: str) -> None:
        self._window.status.show_notice(text, self.tr("撤销"), self._window.undo)
