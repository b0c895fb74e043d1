"""What happens to a family: asked for in a dialog, done at once, taken back by one click."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from types import ModuleType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from gridapp.errors import UserError
from gridapp.households import families
from gridapp.households.editing import HouseholdDraft, ResidentDraft
from gridapp.households.families import Done
from gridapp.households.model import DIED, ENTERPRISE, MOVED
from gridapp.households.past import Former
from ui import theme

if TYPE_CHECKING:
    from ui.households.family_dialogs import Deed, FamilyDialog
    from ui.households.form import HouseholdForm
    from ui.main_window import MainWindow


class FamilyCommands(QObject):
    """Works on the household that stands in the form."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._of_home = [
            self._action(self.tr("迁入居民…"), "user-plus", self.ask_move_in),
            self._action(self.tr("整户迁出…"), "sign-out", self.ask_leave),
            self._action(self.tr("分户…"), "git-fork", self.ask_split),
            self._action(self.tr("与另一户合并…"), "git-merge", self.ask_merge),
        ]
        self._back = self._action(self.tr("恢复这一户"), "arrow-u-up-left", self.come_back)
        self._of_person = [
            self._action(self.tr("迁出…"), "sign-out", lambda: self.ask_resident_leaves(MOVED)),
            self._action(self.tr("去世…"), "flower-lotus", lambda: self.ask_resident_leaves(DIED)),
            self._action(self.tr("移到另一户…"), "arrow-square-right", self.ask_move),
            self._action(self.tr("分户…"), "git-fork", self.ask_split_off),
        ]

    def menu(self) -> QMenu:
        """A menu of what can be done to the household."""
        menu = QMenu(self.tr("家庭变动"), self._window)
        menu.setIcon(theme.icon("users"))
        menu.addActions(self._of_home)
        menu.addSeparator()
        menu.addAction(self._back)
        menu.aboutToShow.connect(self._offer)
        return menu

    def connect_to(self, form: HouseholdForm) -> None:
        """Give a form its menus, and do what is asked for there."""
        form.more.setMenu(self.menu())
        people = QMenu(self._window)
        people.addActions(self._of_person)
        people.aboutToShow.connect(self._offer)
        form.residents.more.setMenu(people)
        form.residents.list.addActions(self._of_person)
        form.banner.back_asked.connect(self.come_back)
        form.past_lines.back_asked.connect(self.ask_back)

    # What can be asked for

    def ask_leave(self) -> None:
        """Ask how the whole household has left."""
        self._with_home(lambda home: _dialogs().LeaveDialog(self._window.register, home, self._window))

    def ask_move_in(self) -> None:
        """Ask who joins the household."""
        self._with_home(lambda home: _dialogs().MoveInDialog(self._window.register, home, self._window))

    def ask_merge(self) -> None:
        """Ask with which other household it is merged."""
        self._with_home(lambda home: _dialogs().MergeDialog(self._window.register, home, self._window), family=True)

    def ask_split(self) -> None:
        """Ask who parts from the household."""
        self._with_home(self._split, family=True)

    def ask_split_off(self) -> None:
        """Ask who parts from the household together with the resident that is chosen."""
        self._with_person(lambda home, one: self._split(home, one))

    def ask_resident_leaves(self, how: str) -> None:
        """Ask when the resident that is chosen has left."""
        self._with_person(
            lambda home, one: _dialogs().ResidentLeavesDialog(self._window.register, home, one, how, self._window)
        )

    def ask_move(self) -> None:
        """Ask into which other household the resident that is chosen goes."""
        self._with_person(lambda home, one: _dialogs().MoveDialog(self._window.register, home, one, self._window))

    def ask_back(self, former: Former) -> None:
        """Ask since when somebody who had left is here again."""
        self._with_home(
            lambda home: _dialogs().BackDialog(self._window.register, home, former.resident, former.name, self._window)
        )

    def come_back(self) -> None:
        """Let a household that has left be here again."""
        draft = self._shown()
        if draft is None or draft.uid is None or not draft.is_past:
            self._window.tell(UserError(self.tr("请先在“已迁出”中选中要恢复的一户。")))
            return
        uid, register = draft.uid, self._window.register
        self._window.run(self.tr("恢复"), lambda _progress, _cancel: families.come_back(register, uid), self._say_done)

    # How it is done

    def _with_person(self, make: Callable[[HouseholdDraft, ResidentDraft], FamilyDialog | None]) -> None:
        page = self._window.page
        chosen = page.form.residents.current()
        if chosen is None or not chosen.name.strip():
            self._window.tell(UserError(self.tr("请先选中一位居民。")))
            return
        row = page.form.residents.list.currentRow()

        def with_home(home: HouseholdDraft) -> FamilyDialog | None:
            # Saving has read all of them again.
            alike = [one for one in home.residents if chosen.uid in (None, one.uid) and one.name == chosen.name.strip()]
            if not alike:
                return None
            page.form.residents.list.setCurrentCell(min(row, len(home.residents) - 1), 0)
            return make(home, alike[-1])

        self._with_home(with_home)

    def _with_home(self, make: Callable[[HouseholdDraft], FamilyDialog | None], family: bool = False) -> None:
        """Open a dialog about the household in the form, once what was typed there is in safety."""
        page = self._window.page
        seen = self._window.tabs.currentWidget() is page
        draft = page.form.draft if seen and page.side.current is not None else None
        if draft is None or sum(len(part) for part in page.table.selected()) > 1:
            self._window.tell(UserError(self.tr("请先在住户表中选中一户；家庭变动一次只能办理一户。")))
            return
        if not page.leave():
            return
        draft = page.form.draft
        if draft is None or draft.uid is None:
            return
        if draft.is_past:
            self._window.tell(UserError(self.tr("这一户已经离开，请先恢复。")))
        elif family and draft.kind == ENTERPRISE:
            self._window.tell(UserError(self.tr("企业不能分户或合并。")))
        elif (dialog := make(draft.copy())) is not None:
            dialog.asked.connect(partial(self._do, dialog))
            dialog.open()

    def _do(self, dialog: FamilyDialog, deed: Deed) -> None:
        register = self._window.register
        if register.is_written_elsewhere:
            dialog.refuse(self.tr("正在写入登记簿，请等右下角的任务结束后再试。"))
            return

        def finish(done: Done) -> None:
            dialog.accept()
            self._say_done(done)

        def refuse(error: Exception) -> None:
            if isinstance(error, UserError):
                dialog.refuse(str(error))
            else:
                dialog.reject()
                self._window.tell(error)

        self._window.jobs.start(dialog.windowTitle(), lambda _progress, _cancel: deed(), register, finish, refuse)

    def _split(self, home: HouseholdDraft, chosen: ResidentDraft | None = None) -> FamilyDialog | None:
        if not home.residents:
            self._window.tell(UserError(self.tr("这一户没有登记居民，无法分户。")))
            return None
        return _dialogs().SplitDialog(self._window.register, home, self._window, chosen)

    def _say_done(self, done: Done) -> None:
        window = self._window
        if done.household is not None:
            window.go_to_household(families.grid_of(window.register, done.household) or "", done.household)
        window.status.show_notice(self.tr("已完成：{0}").format(done.label), self.tr("撤销"), window.undo)

    def _shown(self) -> HouseholdDraft | None:
        """What stands in the form that is seen; a form that is closed still holds the household before."""
        page = self._window.page
        return page.form.draft if page.side.current is not None else None

    def _offer(self) -> None:
        draft = self._shown()
        here = draft is not None and draft.uid is not None and not draft.is_past
        for action in (*self._of_home, *self._of_person):
            action.setEnabled(here)
        self._back.setEnabled(draft is not None and draft.is_past)

    def _action(self, text: str, icon: str, slot: Callable[[], object]) -> QAction:
        action = QAction(theme.icon(icon), text, self)
        action.triggered.connect(lambda _checked=False: slot())
        return action


def _dialogs() -> ModuleType:
    # Imported once one is asked for, so that the window stands a little sooner.
    from ui.households import family_dialogs

    return family_dialogs
