"""The menus and toolbar actions of the main window, with their shortcuts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence

from gridapp.areas.model import Level
from gridapp.areas.tree import Node
from gridapp.households.batch import add_category, remove_category
from ui import menus, theme
from ui.households.grouping_menu import GroupingMenu
from ui.tabs import Tab, tab_names

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_TAB_ICONS = {
    Tab.TODAY: "sun-horizon",
    Tab.OVERVIEW: "chart-bar",
    Tab.HOUSEHOLDS: "house",
    Tab.COLOUR_MAP: "squares-four",
    Tab.VISITS: "person-simple-walk",
    Tab.LEDGER: "notebook",
    Tab.TASKS: "check-square",
    Tab.TEAM: "users-three",
    Tab.EMERGENCY: "megaphone",
}


class Actions:
    """Every action by name, put into the window's menus."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._make_for_files()
        self._make_for_entries()
        self._make_for_cells()
        self._make_for_visits()
        self._make_for_households()
        self._make_for_areas()
        self._make_for_data()
        self._make_for_looking()
        menus.fill(window.menuBar(), self, window.tr)

    def all(self) -> list[QAction]:
        single = [value for value in vars(self).values() if isinstance(value, QAction)]
        return [*single, *self.on_tabs.values()]

    def show_undo(self, undo: str | None, redo: str | None) -> None:
        """Name in the menu what undo and redo would do."""
        tr = self._window.tr
        _name(self.undo, tr("撤销 {0}").format(undo) if undo else tr("撤销"))
        self.undo.setEnabled(undo is not None)
        _name(self.redo, tr("重做 {0}").format(redo) if redo else tr("重做"))
        self.redo.setEnabled(redo is not None)

    def show_area(self, chosen: bool) -> None:
        """Offer what needs an area only while one is shown."""
        for action in (
            *(self.buildings, self.pairings, self.export_roster, self.add_task),
            *self.on_emergency,
            self.import_,
            self.handbook,
            self.register,
            self.add,
            self.find,
            *self.on_cells,
            *self.on_households,
        ):
            action.setEnabled(chosen)

    def show_list(self, names: tuple[str, str] | None) -> None:
        """Name what would be exported and printed of what is seen; offer neither where there is nothing."""
        tr = self._window.tr
        for action, name in zip(self.on_list, names or (tr("导出所示…"), tr("打印所示")), strict=True):
            _name(action, name)
            action.setEnabled(names is not None)

    def show_level(self, node: Node | None) -> None:
        """Offer what can be done to an area of its level."""
        for action in self.on_areas:
            action.setEnabled(node is not None)
        self.move_area.setEnabled(node is not None and node.level > Level.DISTRICT)
        self.split_area.setEnabled(node is not None and node.level is Level.GRID)

    def _make_for_files(self) -> None:
        window, tr = self._window, self._window.tr
        self.new = self._action(tr("新建登记簿…"), "file-plus", window.files.new_register)
        self.open = self._action(tr("打开登记簿…"), "folder-open", window.files.ask_register, "Ctrl+O")
        self.import_ = self._action(tr("导入工作簿…"), "download-simple", window.files.ask_import, "Ctrl+I")
        self.handbook = self._action(tr("导出工作手册…"), "book-open", window.files.ask_handbook, "Ctrl+Shift+P")
        self.register = self._action(tr("导出住户台账…"), "table", window.files.ask_register_export, "Ctrl+E")
        self.export_list = self._action(tr("导出所示住户…"), "export", window.lists.ask_export, "Ctrl+Shift+E")
        self.print_list = self._action(tr("打印所示住户"), "printer", window.lists.print_list, "Ctrl+P")
        self.backup = self._action(tr("立即备份"), "floppy-disk-back", window.files.back_up)
        self.restore = self._action(tr("从备份恢复…"), "clock-counter-clockwise", window.files.ask_restore)
        self.quit = self._action(tr("退出"), "sign-out", window.close, "Ctrl+Q")
        self.on_list = [self.export_list, self.print_list]

    def _make_for_entries(self) -> None:
        window, tr = self._window, self._window.tr
        self.undo = self._action(tr("撤销"), "arrow-u-up-left", window.undo, QKeySequence.StandardKey.Undo)
        self.redo = self._action(tr("重做"), "arrow-u-up-right", window.redo, "Ctrl+Y")
        self.add = self._action(tr("登记住户"), "plus", window.add_household, "Ctrl+N")
        self.register_issue = self._action(
            tr("登记民意…"), "chat-text", lambda: window.issues.register(), "Ctrl+Shift+N"
        )
        self.issue_of_household = self._action(tr("为这一户登记民意…"), "chat-text", window.batch.register_issue)
        self.delete = self._action(tr("删除所选住户"), "trash", window.delete_households, "Ctrl+Delete")
        # Only where the table has the focus: in a line of text these keys delete a word.
        self.delete.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.find = self._action(tr("筛选住户"), "magnifying-glass", window.find_household, "Ctrl+F")
        self.search = self._action(tr("搜索"), "magnifying-glass", window.search.begin, "Ctrl+K")
        self.add_task = self._action(tr("新任务"), "plus-circle", window.add_task, "Ctrl+Shift+T")

    def _make_for_cells(self) -> None:
        window, tr = self._window, self._window.tr
        self.copy = self._action(tr("复制"), "copy", window.cells.copy, "Ctrl+C")
        self.copy_headed = self._action(tr("连同标题复制"), "copy-simple", window.cells.copy_headed, "Ctrl+Shift+C")
        self.paste = self._action(tr("粘贴"), "clipboard-text", window.cells.paste, "Ctrl+V")
        self.fill_down = self._action(tr("向下填充"), "arrow-fat-lines-down", window.cells.fill_down, "Ctrl+D")
        self.clear = self._action(tr("清除内容"), "eraser", window.cells.clear, "Delete")
        self.on_cells = [self.copy, self.copy_headed, self.paste, self.fill_down, self.clear]
        for action in self.on_cells:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _make_for_visits(self) -> None:
        window, tr = self._window, self._window.tr
        self.register_visit = self._action(
            tr("登记走访…"), "person-simple-walk", lambda: window.visits.ask(), "Ctrl+Shift+V"
        )
        self.enter_sheet = self._action(
            tr("录入走访表…"), "keyboard", lambda: window.visits.enter_sheet(), "Ctrl+Shift+L"
        )
        self.visit_frequency = self._action(tr("走访频次…"), "calendar", lambda: window.visits.ask_frequency())
        self.on_visits = [self.register_visit, self.enter_sheet, self.visit_frequency]

    def _make_for_households(self) -> None:
        window, tr = self._window, self._window.tr
        self.select_all = self._action(tr("全选住户"), "selection-all", window.batch.select_all, "Ctrl+A")
        self.set_categories = self._action(tr("设定分类…"), "palette", window.batch.ask_categories)
        self.move_households = self._action(tr("移到网格…"), "arrow-square-right", window.batch.ask_grid, "Ctrl+M")
        self.set_field = self._action(tr("批量修改…"), "pencil-line", window.batch.ask_field)
        for action in (self.select_all, self.move_households):
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.add_category = window.batch.menu(tr("增加分类"), "plus-circle", add_category).menuAction()
        self.remove_category = window.batch.menu(tr("去掉分类"), "minus-circle", remove_category).menuAction()
        self.family = window.family.menu().menuAction()
        self.on_map = [
            *(self.register_visit, self.issue_of_household),
            *(self.add_category, self.remove_category, self.set_categories),
            *(self.move_households, self.set_field),
        ]
        self.on_households = [
            self.select_all,
            self.register_visit,
            self.issue_of_household,
            self.add_category,
            self.remove_category,
            self.set_categories,
            self.move_households,
            self.set_field,
            self.family,
            self.delete,
        ]

    def _make_for_areas(self) -> None:
        window, tr = self._window, self._window.tr
        self.area = self._action(tr("新增区域…"), "tree-structure", window.files.ask_area)
        self.rename_area = self._action(tr("重命名…"), "pencil-simple", lambda: window.areas.ask_name(), "F2")
        self.recode_area = self._action(tr("改编码…"), "hash", lambda: window.areas.ask_code())
        self.move_area = self._action(tr("移动到…"), "arrow-elbow-down-right", lambda: window.areas.ask_place())
        self.merge_area = self._action(tr("合并到…"), "git-merge", lambda: window.areas.ask_merge())
        self.split_area = self._action(tr("拆分网格…"), "git-fork", lambda: window.areas.ask_split())
        self.delete_area = self._action(tr("删除区域"), "trash", lambda: window.areas.delete())
        self.rename_area.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.on_areas = [
            self.rename_area,
            self.recode_area,
            self.move_area,
            self.merge_area,
            self.split_area,
            self.delete_area,
        ]

    def _make_for_data(self) -> None:
        window, tr = self._window, self._window.tr
        self.buildings = self._action(tr("楼栋档案…"), "buildings", lambda: window.buildings.ask_list(), "Ctrl+B")
        self.pairings = self._action(tr("结对认亲…"), "handshake", lambda: window.pairings.ask_list(), "Ctrl+J")
        self.export_roster = self._action(tr("导出名册…"), "users-three", lambda: window.teams.ask_export())
        self.issue_categories = self._action(tr("民意分类…"), "tag", lambda: window.wording.ask_categories())
        self.issue_replies = self._action(tr("民意常用语…"), "chats", lambda: window.wording.ask_replies())
        self.on_wording = [self.issue_categories, self.issue_replies]
        self.activate = self._action(
            tr("启动应急响应…"), "megaphone", lambda: window.emergency.ask_activation(), "Ctrl+Shift+Y"
        )
        self.emergency_pack = self._action(
            tr("导出应急包…"), "file-pdf", lambda: window.emergency.ask_pack(), "Ctrl+Shift+K"
        )
        self.on_emergency = [self.activate, self.emergency_pack]

    def _make_for_looking(self) -> None:
        window, tr = self._window, self._window.tr
        names = tab_names()
        self.on_tabs = {
            tab: self._action(names[tab], icon, partial(window.show_tab, tab), f"Ctrl+{tab + 1}")
            for tab, icon in _TAB_ICONS.items()
        }
        self.columns = self._action(tr("列…"), "columns", window.cells.choose_columns)
        self.grouping = GroupingMenu(window).menuAction()
        self.tree = self._action(tr("转到区域筛选"), "funnel", window.focus_tree, "Ctrl+L")
        self.dark = self._action(tr("深色"), "moon", window.toggle_dark)
        self.dark.setCheckable(True)
        self.shortcuts = self._action(tr("快捷键"), "keyboard", window.help.show_shortcuts, "F1")
        self.about = self._action(tr("关于"), "info", window.help.show_about)

    def _action(
        self,
        text: str,
        icon: str,
        slot: Callable[[], object],
        shortcut: str | QKeySequence.StandardKey | None = None,
    ) -> QAction:
        action = QAction(theme.icon(icon), text, self._window)
        action.triggered.connect(lambda _checked=False: slot())
        if shortcut is not None:
            action.setShortcut(QKeySequence(shortcut))
        _name(action, text)
        return action


def _name(action: QAction, text: str) -> None:
    keys = action.shortcut().toString()
    action.setText(text)
    action.setIconText(text)
    action.setToolTip(f"{text} ({keys})" if keys else text)
