"""What is done to the selected households at once: shown beforehand where it is more than one, then made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from gridapp.areas.model import Level
from gridapp.areas.tree import Node
from gridapp.errors import UserError
from gridapp.households import batch, editing
from gridapp.households.batch import Chosen, Edit, Outcome, Selection
from gridapp.households.categories import CATEGORIES
from gridapp.ids import Uid
from ui import theme
from ui.households.batch_dialogs import CategoriesDialog, FieldDialog, GridDialog
from ui.households.batch_preview import PreviewDialog
from ui.tabs import Tab
from ui.widgets import marks

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_EditOf = Callable[[str], Edit]


class BatchCommands(QObject):
    """Works on the households that are selected in the table or on the colour map, whichever is seen."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def menu(self, title: str, icon: str, edit_of: _EditOf) -> QMenu:
        """A menu of the categories; each does to the selected households what ``edit_of`` says of its key."""
        menu = QMenu(title, self._window)
        menu.setIcon(theme.icon(icon))
        for category in CATEGORIES:
            action = menu.addAction(marks.icon(category), category.name)
            action.triggered.connect(lambda _checked=False, key=category.key: self.ask(edit_of(key)))
        return menu

    def select_all(self) -> None:
        """Select every household that the filter leaves, or every one on the map if that is seen."""
        if self._window.is_map_seen:
            self._window.colour_map.view.select_all()
            return
        self._window.show_tab(Tab.HOUSEHOLDS)
        self._window.page.table.selectAll()
        self._window.page.table.setFocus()

    def ask_categories(self) -> None:
        """Ask which categories the selected households shall carry."""
        self._open(CategoriesDialog)

    def ask_field(self) -> None:
        """Ask for a field and what it shall hold."""
        self._open(FieldDialog)

    def ask_grid(self) -> None:
        """Ask into which grid the selected households shall go."""
        nodes = [node for root in self._window.dock.model.roots for node in root.walk()]
        grids = [node for node in nodes if node.level is Level.GRID]
        self._open(lambda count, parent: GridDialog(self._window.register, grids, count, parent))

    def move_selected(self, grid: Node) -> None:
        """Move the selected households into a grid without a further question: it is seen where they were dropped."""
        try:
            edit = batch.move_to(self._window.register, grid.uid)
        except UserError as error:
            self._window.tell(error)
        else:
            self._with_selection(lambda uids: self._make(edit, uids))

    def ask(self, edit: Edit) -> None:
        """Make an edit, after showing what it would change if that is more than one household."""
        self._with_selection(lambda uids: self._make(edit, uids) if len(uids) == 1 else self._foresee(edit, uids))

    def register_issue(self) -> None:
        """Ask for an issue that the selected household raises."""
        self._with_selection(self._register_issue)

    def _register_issue(self, uids: Sequence[Uid]) -> None:
        if len(uids) == 1:
            self._window.issues.register(uids[0])
        else:
            self._window.tell(UserError(self.tr("登记民意时请只选中一户。")))

    def delete(self, label: str, uids: Sequence[Uid]) -> None:
        """Delete households, which is undone as it is done."""
        window = self._window
        window.run(
            label,
            lambda progress, cancel: editing.delete(window.register, uids, label, progress, cancel),
            lambda _nothing: window.status.show_notice(self.tr("已{0}").format(label), self.tr("撤销"), window.undo),
        )

    def _open(self, make: Callable[..., CategoriesDialog | FieldDialog | GridDialog]) -> None:
        selected = self._selection()
        if selected is not None:
            dialog = make(selected.count, self._window)
            dialog.asked.connect(self.ask)
            dialog.open()

    def _with_selection(self, act: Callable[[Sequence[Uid]], object]) -> None:
        """Go on with the uids of what is selected now; positions may mean others once something is written."""
        selected, page = self._selection(), self._window.page
        if selected is not None and (page.cells.is_open or page.side.is_changed):
            selected = Chosen(selected.uids())
        if selected is not None and page.leave():
            self._window.read(selected.uids, act)

    def _foresee(self, edit: Edit, uids: Sequence[Uid]) -> None:
        register = self._window.register
        self._window.run(
            self.tr("预览改动"),
            lambda progress, cancel: batch.run(register, uids, edit, progress, cancel, dry_run=True),
            self._show,
        )

    def _show(self, outcome: Outcome) -> None:
        if len(outcome.changing) > 1:
            dialog = PreviewDialog(outcome, self._window)
            dialog.accepted.connect(lambda: self._make(outcome.edit, outcome.changing))
            dialog.open()
        else:
            self._make(outcome.edit, outcome.changing)

    def _make(self, edit: Edit, uids: Sequence[Uid]) -> None:
        register = self._window.register
        self._window.run(
            edit.label(len(uids)),
            lambda progress, cancel: batch.run(register, uids, edit, progress, cancel),
            self._say_done,
        )

    def _say_done(self, outcome: Outcome) -> None:
        if outcome.changing:
            text = self.tr("已完成：{0}").format(outcome.label)
            self._window.status.show_notice(text, self.tr("撤销"), self._window.undo)
        else:
            self._window.status.show_notice(self.tr("所选的住户已经是这样，没有改动。"))

    def _selection(self) -> Selection | Chosen | None:
        """What is selected in the table or the map that is seen; where that is nothing, the user is told."""
        window = self._window
        selected: Selection | Chosen | None = None
        if window.is_map_seen:
            selected = window.colour_map.selection()
        elif window.tabs.currentWidget() is window.page:
            selected = window.page.selection()
        if selected is None:
            self._window.tell(UserError(self.tr("请先在住户表或分色图中选中住户；全选用 Ctrl+A。")))
        return selected
