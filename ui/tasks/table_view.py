"""The table of tasks, worked by keys like a to-do list."""

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView, QWidget

from gridapp.ids import Uid
from gridapp.tasks.listing import TaskRow
from ui import theme
from ui.tasks.table_model import AREA, RULE, WHO, TaskTableModel, columns
from ui.widgets.row_table import dress

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_WIDE = 640
"""From how many pixels on every column has room."""

_NARROW = 480


class TaskTable(QTableView):
    """Space finishes what is selected or brings it back, Delete gives it up, Enter leads to the side.

    ``toggle_asked``, ``cancel_asked`` carry the rows, ``skip_asked`` one; ``opened`` when Enter is pressed,
    ``below`` when somebody goes down from the last row, where a new task is typed; ``current_changed`` with the row.
    """

    toggle_asked = Signal(list)
    cancel_asked = Signal(list)
    skip_asked = Signal(object)
    opened = Signal()
    below = Signal()
    current_changed = Signal(object)

    def __init__(self, rows: TaskTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self.setModel(rows)
        self.setAccessibleName(self.tr("任务清单"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setMinimumSectionSize(24)
        dress(self, [column.width for column in columns()])
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.selectionModel().currentRowChanged.connect(lambda new, _old: self._tell(new.row()))
        rows.toggled.connect(lambda row: self.toggle_asked.emit([row]))

    def current(self) -> TaskRow | None:
        """The task in the current row."""
        return self._rows.row(self.currentIndex().row())

    def selected(self) -> list[TaskRow]:
        """The tasks in the selected rows, from the top."""
        positions = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [row for row in map(self._rows.row, positions) if row is not None]

    def choose(self, uid: Uid | None, otherwise: int) -> None:
        """Let a task be current, or what stands in a row once it is gone; in an empty table nothing is."""
        position = self._rows.row_of(uid) if uid is not None else None
        if position is None:
            position = min(max(otherwise, 0), self._rows.rowCount() - 1)
        if position < 0:
            self.current_changed.emit(None)
            return
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(self._rows.index(position, 1), flags)
        self.scrollTo(self._rows.index(position, 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = event.size().width()
        for column, least in ((RULE, _WIDE), (AREA, _WIDE), (WHO, _NARROW)):  # which the side tells too
            self.setColumnHidden(column, width < least)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if key == Qt.Key.Key_Space and plain and self.selected():
            self.toggle_asked.emit(self.selected())
        elif key == Qt.Key.Key_Delete and plain and self.selected():
            self.cancel_asked.emit(self.selected())
        elif key in _ENTER and plain:
            self.opened.emit()
        elif key == Qt.Key.Key_Down and plain and self.currentIndex().row() >= self._rows.rowCount() - 1:
            self.below.emit()
        else:
            super().keyPressEvent(event)

    def menu(self) -> QMenu:
        """What can be done with the selected rows."""
        menu = QMenu(self)
        rows = self.selected()
        are_open = any(row.is_open for row in rows)
        done = self._action(menu, "check", self.tr("完成") if are_open else self.tr("恢复"), self.tr("空格"))
        done.triggered.connect(lambda: self.toggle_asked.emit(rows))
        if len(rows) == 1 and rows[0].is_open and rows[0].rule.text:
            skip = self._action(menu, "skip-forward", self.tr("跳过这一次"), "")
            skip.triggered.connect(lambda: self.skip_asked.emit(rows[0]))
        cancel = self._action(menu, "x-circle", self.tr("取消任务"), "Delete")
        cancel.setEnabled(are_open)
        cancel.triggered.connect(lambda: self.cancel_asked.emit(rows))
        return menu

    def _tell(self, position: int) -> None:
        self.current_changed.emit(self._rows.row(position))

    def _action(self, menu: QMenu, icon: str, text: str, keys: str) -> QAction:
        return menu.addAction(theme.icon(icon), f"{text}\t{keys}" if keys else text)

    def _show_menu(self, place: QPoint) -> None:
        if self.selected():
            self.menu().popup(self.viewport().mapToGlobal(place))
