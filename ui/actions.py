"""The menus and toolbar actions of the main window, with their shortcuts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from ui import theme

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class Actions:
    """Every action by name, put into the window's menus."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        tr = window.tr
        self.new = self._action(tr("新建登记簿…"), "file-plus", window.files.new_register)
        self.open = self._action(tr("打开登记簿…"), "folder-open", window.files.ask_register, "Ctrl+O")
        self.import_ = self._action(tr("导入工作簿…"), "download-simple", window.files.ask_import, "Ctrl+I")
        self.handbook = self._action(tr("导出工作手册…"), "book-open", window.files.ask_handbook, "Ctrl+P")
        self.register = self._action(tr("导出住户台账…"), "table", window.files.ask_register_export, "Ctrl+E")
        self.backup = self._action(tr("立即备份"), "floppy-disk-back", window.files.back_up)
        self.restore = self._action(tr("从备份恢复…"), "clock-counter-clockwise", window.files.ask_restore)
        self.quit = self._action(tr("退出"), "sign-out", window.close, "Ctrl+Q")
        self.undo = self._action(tr("撤销"), "arrow-u-up-left", window.undo, QKeySequence.StandardKey.Undo)
        self.redo = self._action(tr("重做"), "arrow-u-up-right", window.redo, "Ctrl+Y")
        self.add = self._action(tr("登记住户"), "plus", window.add_household, "Ctrl+N")
        self.delete = self._action(tr("删除所选住户"), "trash", window.delete_households, "Ctrl+Delete")
        # Only where the table has the focus: in a line of text these keys delete a word.
        self.delete.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.find = self._action(tr("筛选住户"), "magnifying-glass", window.find_household, "Ctrl+F")
        self.area = self._action(tr("新增区域…"), "tree-structure", window.files.ask_area)
        self.overview = self._action(tr("概况"), "chart-bar", lambda: window.show_tab(0), "Ctrl+1")
        self.households = self._action(tr("住户"), "house", lambda: window.show_tab(1), "Ctrl+2")
        self.tree = self._action(tr("转到区域筛选"), "funnel", window.focus_tree, "Ctrl+L")
        self.dark = self._action(tr("深色"), "moon", window.toggle_dark)
        self.dark.setCheckable(True)
        self.shortcuts = self._action(tr("快捷键"), "keyboard", window.help.show_shortcuts, "F1")
        self.about = self._action(tr("关于"), "info", window.help.show_about)
        self._build_menus()

    def all(self) -> list[QAction]:
        return [value for value in vars(self).values() if isinstance(value, QAction)]

    def show_undo(self, undo: str | None, redo: str | None) -> None:
        """Name in the menu what undo and redo would do."""
        tr = self._window.tr
        _name(self.undo, tr("撤销 {0}").format(undo) if undo else tr("撤销"))
        self.undo.setEnabled(undo is not None)
        _name(self.redo, tr("重做 {0}").format(redo) if redo else tr("重做"))
        self.redo.setEnabled(redo is not None)

    def show_area(self, chosen: bool) -> None:
        """Offer what needs an area only while one is shown."""
        for action in (self.import_, self.handbook, self.register, self.add, self.delete, self.find):
            action.setEnabled(chosen)

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

    def _build_menus(self) -> None:
        tr = self._window.tr
        menus: list[tuple[str, list[QAction | None]]] = [
            (
                tr("文件"),
                [
                    self.new,
                    self.open,
                    None,
                    self.import_,
                    None,
                    self.handbook,
                    self.register,
                    None,
                    self.backup,
                    self.restore,
                    None,
                    self.quit,
                ],
            ),
            (tr("编辑"), [self.undo, self.redo, None, self.add, self.delete, None, self.find]),
            (tr("查看"), [self.overview, self.households, None, self.tree, None, self.dark]),
            (tr("数据"), [self.area]),
            (tr("帮助"), [self.shortcuts, self.about]),
        ]
        for title, actions in menus:
            menu: QMenu = self._window.menuBar().addMenu(title)
            for action in actions:
                if action is None:
                    menu.addSeparator()
                else:
                    menu.addAction(action)


def _name(action: QAction, text: str) -> None:
    keys = action.shortcut().toString()
    action.setText(text)
    action.setIconText(text)
    action.setToolTip(f"{text} ({keys})" if keys else text)
