"""What can be done with visits: registering them for whoever is selected, changing them, sheets to go with."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.progress import CancelToken, Progress, silent
from gridapp.visits import frequency, registering
from gridapp.visits.members import Visitor, visitors
from gridapp.visits.model import Visit
from gridapp.visits.plan import PlanFilter
from gridapp.visits.registering import Home, VisitDraft
from ui.tabs import Tab

if TYPE_CHECKING:
    from exports.report import ExportReport
    from gridapp.households.batch import Chosen, Selection
    from gridapp.visits.frequency import Frequency
    from ui.main_window import MainWindow
    from ui.visits.page import VisitsPage
    from ui.visits.visit_dialog import VisitDialog


class VisitCommands(QObject):
    """Works on the households that are selected in whatever is seen."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._members = ""

    def serve(self, page: VisitsPage) -> None:
        """Do what is asked for on the page of visits."""
        page.plan.registering_asked.connect(self._ask_for)
        page.plan.sheet_asked.connect(self.make_sheets)
        page.plan.entering_asked.connect(self.enter_sheet)
        page.plan.frequency_asked.connect(self.ask_frequency)
        page.plan.area_asked.connect(self._window.files.ask_area)
        page.plan.opened.connect(lambda home: self._window.go_to_household(home.area_code, home.uid))
        page.visited.edit_asked.connect(self.edit)
        page.visited.delete_asked.connect(self.delete)
        page.visited.done_asked.connect(self.mark_done)
        page.visited.opened.connect(lambda row: self._window.go_to_household(row.area_code, row.household))

    # Registering

    def ask(self) -> None:
        """Ask for a visit to the households that are selected."""
        window = self._window
        if window.tabs.currentIndex() == Tab.VISITS:
            self._ask_for(window.visits_tab.page.selected())
            return
        selected: Selection | Chosen | None = None
        if window.is_map_seen:
            selected = window.colour_map.selection()
        elif window.tabs.currentWidget() is window.page:
            selected = window.page.take_selection()
            if selected is None and window.page.selection() is not None:
                return  # it says why
        if selected is None:
            self._ask_for([])
        else:
            window.read(selected.uids, self._ask_for)

    def ask_about(self, household: Uid) -> None:
        """Ask for a visit to one household."""
        if self._window.page.leave():
            self._ask_for([household])

    def _ask_for(self, uids: Sequence[Uid]) -> None:
        if not uids:
            self._window.tell(UserError(self.tr("请先选中要登记走访的住户；住户表、分色图和走访计划里都可以选。")))
            return
        register = self._window.register

        def read() -> tuple[list[Home], list[Visitor]]:
            homes = registering.homes(register, uids)
            return homes, visitors(register, [home.area_code for home in homes])

        self._window.read(read, lambda found: self._open(*found))

    def _open(self, homes: list[Home], team: list[Visitor]) -> None:
        from ui.visits.visit_dialog import VisitDialog

        if not homes:
            self._window.tell(UserError(self.tr("所选的住户已被删除，请重新选择。")))
            return
        window, draft = self._window, VisitDraft(datetime.date.today(), self._members)
        writing = (window.register, window.jobs)
        dialog = VisitDialog(homes, team, draft, writing, parent=window)
        dialog.asked.connect(partial(self._register, homes, dialog))
        self._open_dialog(dialog)

    def _open_dialog(self, dialog: VisitDialog) -> None:
        dialog.failed.connect(self._window.tell)
        dialog.strip.failed.connect(self._window.tell)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _register(
        self, homes: Sequence[Home], dialog: VisitDialog, draft: VisitDraft, follows_up: bool, raise_issue: bool
    ) -> None:
        self._members = draft.members
        register, uids, files = self._window.register, [home.uid for home in homes], dialog.strip.files
        told = homes[0].label if len(homes) == 1 else self.tr("{0} 户").format(f"{len(homes):,}")

        def finish(visits: Sequence[Uid]) -> None:
            if len(uids) == 1:
                dialog.accept()
            self._done(self.tr("已登记走访 {0}").format(told))
            if raise_issue:
                self._window.issues.register_from_visit(uids[0], draft.needs or draft.summary, visits[0])

        def work(progress: Progress = silent, cancel: CancelToken | None = None) -> list[Uid]:
            return registering.register_visits(register, uids, draft, follows_up, progress, cancel, files=files)

        if len(uids) == 1:
            dialog.writing.start(self.tr("登记走访"), True, work, finish)
        else:  # of very many it takes a while
            dialog.writing.start_aside(self.tr("登记走访"), work, finish)

    # What is on record

    def edit(self, visit: Uid) -> None:
        """Ask what is to be changed of a visit."""
        register = self._window.register

        def read() -> tuple[VisitDraft, list[Home], list[Visitor]]:
            draft, home = registering.load(register, visit), registering.home_of(register, visit)
            return draft, [home], visitors(register, [home.area_code])

        self._window.read(read, lambda found: self._open_stored(visit, *found))

    def _open_stored(self, visit: Uid, draft: VisitDraft, homes: list[Home], team: list[Visitor]) -> None:
        from ui.visits.visit_dialog import VisitDialog

        window = self._window
        dialog = VisitDialog(homes, team, draft, (window.register, window.jobs), is_new=False, parent=window)
        dialog.strip.show_owner(window.register, Visit.table(), visit)
        dialog.strip.done.connect(self._done)
        dialog.asked.connect(lambda changed, _done, _issue: self._save(dialog, visit, changed, draft))
        self._open_dialog(dialog)

    def _save(self, dialog: VisitDialog, visit: Uid, changed: VisitDraft, base: VisitDraft) -> None:
        register = self._window.register

        def finish(_nothing: None) -> None:
            dialog.accept()
            self._done(self.tr("已修改走访"))

        dialog.writing.start(
            self.tr("修改走访"), True, lambda: registering.edit(register, visit, changed, base), finish
        )

    def delete(self, visits: Sequence[Uid]) -> None:
        """Delete visits, which is undone as it is done."""
        register = self._window.register
        told = self.tr("已删除走访 {0} 次").format(f"{len(visits):,}")
        self._run(lambda: registering.delete(register, visits), told)

    def mark_done(self, visits: Sequence[Uid]) -> None:
        """Note that what was promised at these visits is done, today."""
        register = self._window.register
        self._run(lambda: registering.follow_up(register, visits), self.tr("已标为跟进"))

    # Sheets and frequency

    def make_sheets(self, chosen: PlanFilter) -> None:
        """Make the sheets of what is shown, one a grid, and open them in the system's viewer."""
        from exports.visit_sheets import export_visit_sheets

        register = self._window.register
        folder = Path(tempfile.mkdtemp(prefix="gridapp-"))
        self._window.run(
            self.tr("制作走访表"),
            lambda progress, cancel: export_visit_sheets(register, chosen, folder, progress, cancel),
            self._show_sheets,
        )

    def enter_sheet(self) -> None:
        """Open the list of sheets, whose lines are entered back."""
        from gridapp.visits.sheet import recent

        register, node = self._window.register, self._window.node
        code = node.code if node is not None else ""
        self._window.read(lambda: recent(register, code), self._open_sheets)

    def _open_sheets(self, sheets: Sequence[Any]) -> None:
        from ui.visits.sheet_dialog import SheetDialog

        dialog = SheetDialog(self._window.register, sheets, self._members, self._window)
        dialog.entered.connect(self._done)
        dialog.members_used.connect(self._remember)
        dialog.failed.connect(self._window.tell)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def ask_frequency(self) -> None:
        """Ask how often households are visited."""
        from ui.visits.frequency_dialog import FrequencyDialog

        dialog = FrequencyDialog(frequency.load(self._window.register), self._window)
        dialog.asked.connect(self._agree)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _agree(self, agreed: Frequency) -> None:
        register = self._window.register
        self._run(lambda: frequency.save(register, agreed), self.tr("已设定走访频次"))

    # What all of them need

    def _remember(self, members: str) -> None:
        self._members = members

    def _run(self, work: Callable[[], object], told: str) -> None:
        self._window.run(told, lambda _progress, _cancel: work(), lambda _nothing: self._done(told))

    def _done(self, text: str) -> None:
        self._window.status.show_notice(text, self.tr("撤销"), self._window.undo)

    def _show_sheets(self, report: ExportReport) -> None:
        (first, *others) = report.paths
        seen = first.parent if others else first
        text = self.tr("已做成 {0} 张走访表，共 {1} 户").format(len(report.paths), f"{report.rows:,}")
        self._window.status.show_notice(" ".join([text, *report.remarks()]), self.tr("再次打开"), partial(_view, seen))
        _view(seen)


def _view(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
