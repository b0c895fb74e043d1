"""Which action stands in which menu of the main window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenuBar

if TYPE_CHECKING:
    from ui.actions import Actions


def fill(bar: QMenuBar, actions: Actions, tr: Callable[[str], str]) -> None:
    """Put actions into the menus of a bar, parted where ``None`` stands."""
    menus: list[tuple[str, list[QAction | None]]] = [
        (
            tr("文件"),
            [
                actions.new,
                actions.open,
                None,
                actions.import_,
                None,
                actions.handbook,
                actions.register,
                *actions.on_list,
                None,
                actions.backup,
                actions.restore,
                None,
                actions.quit,
            ],
        ),
        (
            tr("编辑"),
            [
                actions.undo,
                actions.redo,
                None,
                *actions.on_cells,
                None,
                actions.add,
                actions.register_issue,
                actions.add_task,
                None,
                *actions.on_households,
                None,
                actions.find,
                actions.search,
            ],
        ),
        (
            tr("查看"),
            [
                *actions.on_tabs.values(),
                None,
                actions.columns,
                actions.grouping,
                None,
                actions.tree,
                None,
                actions.dark,
            ],
        ),
        (
            tr("数据"),
            [
                actions.area,
                None,
                *actions.on_areas,
                None,
                actions.buildings,
                actions.pairings,
                actions.export_roster,
                None,
                *actions.on_visits,
                None,
                *actions.on_wording,
                None,
                *actions.on_emergency,
            ],
        ),
        (tr("帮助"), [actions.shortcuts, actions.about]),
    ]
    for title, listed in menus:
        menu = bar.addMenu(title)
        for action in listed:
            if action is None:
                menu.addSeparator()
            else:
                menu.addAction(action)
