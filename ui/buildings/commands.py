"""What is done with building records: shown, stored, deleted, and listed for the area that is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gridapp.areas.tree import Node
from gridapp.buildings import editing, history
from gridapp.buildings.editing import BuildingDraft
from gridapp.buildings.listing import buildings
from gridapp.buildings.seen import seen
from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.register import Register
from ui.buildings.editor import BuildingDialog, Opened
from ui.buildings.list_dialog import BuildingListDialog

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class BuildingCommands(QObject):
    """Opens the dialogs over the window and does what they ask for; what was done is said with its undo."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def edit(self, area: Uid, estate: str, building: str) -> None:
        """Show the record of a building."""
        if not self._window.page.leave():
            return
        register = self._window.register
        self._window.read(lambda: _opened(register, area, estate, building), self._show)

    def ask_list(self) -> None:
        """List the buildings of the area that is shown."""
        node = self._window.node
        if node is None or not self._window.page.leave():
            return
        dialog = BuildingListDialog(node, self._window)
        dialog.record_asked.connect(lambda one: self.edit(one.area, one.estate, one.building))
        dialog.map_asked.connect(self._show_on_map)
        self._fill(dialog)
        # What was stored or taken back meanwhile is shown at once.
        fill = partial(self._fill, dialog)
        self._window.jobs.idle.connect(fill)
        dialog.finished.connect(lambda _result: self._window.jobs.idle.disconnect(fill))
        dialog.open()

    def _fill(self, dialog: BuildingListDialog) -> None:
        register, code = self._window.register, dialog.node.code
        self._window.read(lambda: buildings(register, code), dialog.show_lines)

    def _show(self, opened: Opened) -> None:
        node = next((one for one in self._nodes() if one.uid == opened.draft.area), None)
        over = self._window.findChild(BuildingListDialog)
        dialog = BuildingDialog(opened, node.name if node else "", over if over and over.isVisible() else self._window)
        dialog.save_asked.connect(lambda draft, base: self._save(dialog, draft, base))
        dialog.delete_asked.connect(lambda draft: self._delete(dialog, draft))
        dialog.open()

    def _save(self, dialog: BuildingDialog, draft: BuildingDraft, base: BuildingDraft) -> None:
        register = self._window.register
        self._run(dialog, self.tr("保存楼栋档案"), lambda: editing.save(register, draft, base))

    def _delete(self, dialog: BuildingDialog, draft: BuildingDraft) -> None:
        register = self._window.register
        self._run(dialog, self.tr("删除楼栋档案"), lambda: editing.delete(register, draft))

    def _run(self, dialog: BuildingDialog, title: str, act: Callable[[], str]) -> None:
        def done(label: str) -> None:
            dialog.accept()
            self._window.status.show_notice(self.tr("已{0}").format(label), self.tr("撤销"), self._window.undo)

        def failed(error: Exception) -> None:
            if isinstance(error, UserError):
                dialog.refuse(error)
            else:
                self._window.tell(error)

        if self._window.jobs.running:
            dialog.refuse(UserError(self.tr("正在写入登记簿，请等右下角的任务结束后再试。")))
            return
        self._window.jobs.start(title, lambda _progress, _cancel: act(), self._window.register, done, failed)

    def _show_on_map(self, record: BuildingDraft) -> None:
        node = next((one for one in self._nodes() if one.uid == record.area), None)
        if node is not None:
            self._window.show_building(node, record.estate, record.building)

    def _nodes(self) -> Iterator[Node]:
        return (node for root in self._window.dock.model.roots for node in root.walk())


def _opened(register: Register, area: Uid, estate: str, building: str) -> Opened:
    draft = editing.load(register, area, estate, building)
    entries = history.entries(register, draft.uid) if draft.uid is not None else []
    return Opened(draft, seen(register, area, draft.estate, draft.building), entries)
