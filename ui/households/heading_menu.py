"""The menu on a heading of the household table: which columns there are, how wide, and which stay in sight."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from gridapp.households.columns import COLUMNS
from ui import theme
from ui.households.column_layout import ColumnLayout

if TYPE_CHECKING:
    from ui.households.table_view import HouseholdTable


class HeadingMenu(QObject):
    """Made anew each time, for the column on which it is asked."""

    def __init__(self, table: HouseholdTable) -> None:
        super().__init__(table)
        self._table = table

    def open(self, column: int, place: QPoint) -> None:
        """Open it at a place of the screen, for a column, or for none if there is none."""
        menu = self.menu(column)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def menu(self, column: int) -> QMenu:
        """What can be done with a column, and with all of them."""
        menu = QMenu(self._table)
        if 0 <= column < len(COLUMNS):
            self._add_column(menu, column)
            menu.addSeparator()
        self._add_choice(menu)
        menu.addSeparator()
        menu.addAction(theme.icon("columns"), self.tr("列…"), self._table.columns_asked.emit)
        menu.addAction(self.tr("恢复默认"), lambda: self._table.show_layout(ColumnLayout()))
        return menu

    def _add_column(self, menu: QMenu, column: int) -> None:
        table, key = self._table, COLUMNS[column].key
        shown = table.shown_columns()
        hide = menu.addAction(theme.icon("eye-slash"), self.tr("隐藏“{0}”").format(COLUMNS[column].name))
        hide.triggered.connect(lambda: table.show_layout(table.layout_of_columns().with_shown(key, False)))
        hide.setEnabled(len(shown) > 1)
        menu.addAction(self.tr("列宽适合内容"), lambda: table.fit(column))
        count = shown.index(key) + 1 if key in shown else 0
        if count == table.layout_of_columns().frozen:
            menu.addAction(theme.icon("push-pin-slash"), self.tr("取消冻结"), lambda: table.freeze(0))
        else:
            menu.addAction(theme.icon("push-pin"), self.tr("冻结到这一列"), lambda: table.freeze(count))
            if table.layout_of_columns().frozen:
                menu.addAction(theme.icon("push-pin-slash"), self.tr("取消冻结"), lambda: table.freeze(0))

    def _add_choice(self, menu: QMenu) -> None:
        layout = self._table.layout_of_columns()
        names = {column.key: column.name for column in COLUMNS}
        for key in layout.order:
            action = menu.addAction(names[key])
            action.setCheckable(True)
            action.setChecked(key not in layout.hidden)
            action.toggled.connect(lambda shown, one=key: self._show(one, shown))

    def _show(self, key: str, shown: bool) -> None:
        layout = self._table.layout_of_columns()
        self._table.show_layout(replace(layout.with_shown(key, shown)))
