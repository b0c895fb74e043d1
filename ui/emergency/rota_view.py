"""Who is on duty where and when in an emergency, and changing that by hand."""

from __future__ import annotations

import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from gridapp.areas.model import Level
from gridapp.areas.tree import Node
from gridapp.emergency import duties, running
from gridapp.emergency.running import Running
from gridapp.ids import Uid
from gridapp.register import Register
from ui import theme
from ui.emergency.part import Part
from ui.emergency.rota_model import Index, Place, Rota, RotaModel, arranged
from ui.households.loading import ListingLoader
from ui.jobs import Jobs
from ui.widgets.empty import EmptyState
from ui.widgets.flow import FlowLayout

_COLUMN = 132
_ROW = 34
_BACK = datetime.timedelta(hours=24)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RotaTable(QTableView):
    """``chosen`` with Enter or a double click, ``swapped`` with X, ``removed`` with Delete, ``given_up`` with Esc."""

    chosen = Signal()
    swapped = Signal()
    removed = Signal()
    given_up = Signal()

    def __init__(self, model: RotaModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setAccessibleName(self.tr("值班表"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDragDropOverwriteMode(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultSectionSize(_COLUMN)
        self.verticalHeader().setHighlightSections(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.doubleClicked.connect(lambda _index: self.chosen.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {Qt.Key.Key_X: self.swapped, Qt.Key.Key_Delete: self.removed, Qt.Key.Key_Escape: self.given_up}
        if event.key() in _ENTER:
            self.chosen.emit()
        elif not event.modifiers() and event.key() in keys:
            keys[Qt.Key(event.key())].emit()
        else:
            super().keyPressEvent(event)


class RotaView(Part):
    """``person_asked`` carries a place, a shift and the duties there; ``swap_asked`` two duties.

    ``remove_asked`` carries a duty, ``redraw_asked`` and ``extend_asked`` nothing.
    """

    person_asked = Signal(object, object, object)
    swap_asked = Signal(object, object)
    remove_asked = Signal(object)
    redraw_asked = Signal()
    extend_asked = Signal()

    def __init__(self, register: Register, reads: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(register, reads, parent)
        self.loader: ListingLoader[_Reading] = ListingLoader(register, self, reads)
        self.model = RotaModel(self)
        self.table = RotaTable(self.model)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.empty = EmptyState()
        self._shown = QStackedWidget()
        self._build()
        self._connect()

    def show_emergency(self, one: Running, node: Node) -> None:
        if not self.is_same(one, node.code):
            self.model.mark(None)
        super().show_emergency(one, node)

    def read(self) -> None:
        """Read the rota of the area."""
        if self.one is not None and self.node is not None:
            self.loader.ask(_Reading(self.register, self.one, self.node))

    def _build(self) -> None:
        self.person = QPushButton(theme.icon("user"), self.tr("换人（回车）"))
        self.swap = QPushButton(theme.icon("arrows-left-right"), self.tr("对调（X）"))
        self.remove = QPushButton(theme.icon("user-minus"), self.tr("取消这一班（Delete）"))
        self.redraw = QPushButton(theme.icon("arrows-clockwise"), self.tr("重排后面的班"))
        self.redraw.setToolTip(self.tr("有人请假或返岗以后：已经开始的班不变，后面的按现在在岗的人重排"))
        self.extend = QPushButton(theme.icon("calendar-plus"), self.tr("续排一天"))
        controls = QWidget()
        flow = FlowLayout(controls, theme.GAP)
        for button in (self.person, self.swap, self.remove, self.redraw, self.extend):
            flow.addWidget(button)
        self._shown.addWidget(self.table)
        self._shown.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, theme.GAP, 12, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(controls)
        column.addWidget(self.told)
        row = QHBoxLayout()
        row.addWidget(self._shown)
        column.addLayout(row, 1)
        self.setFocusProxy(self.table)
        for button, act in ((self.person, self._ask), (self.swap, self._swap), (self.remove, self._remove)):
            action = QAction(button.icon(), button.text(), self.table)
            action.triggered.connect(act)
            self.table.addAction(action)
            button.clicked.connect(lambda _checked=False, do=act: do())

    def _connect(self) -> None:
        self.redraw.clicked.connect(lambda _checked=False: self.redraw_asked.emit())
        self.extend.clicked.connect(lambda _checked=False: self.extend_asked.emit())
        self.table.chosen.connect(self._ask)
        self.table.swapped.connect(self._swap)
        self.table.removed.connect(self._remove)
        self.table.given_up.connect(lambda: self._mark(None))
        self.table.selectionModel().currentChanged.connect(lambda *_cells: self._offer())
        self.model.dropped.connect(self._drop)
        self.loader.arrived.connect(self._show)
        self.loader.failed.connect(self.failed)

    # What happens

    def _show(self, reading: _Reading) -> None:
        if not self.is_same(reading.one, reading.node.code):
            return
        before, is_first = self.table.currentIndex(), not self.model.rota.spans
        self.model.show(reading.found, datetime.datetime.now())
        self._tell()
        if not reading.found.spans or not reading.found.places:
            text = self.tr("还没有人值班。\n服务队里有在岗的人以后，点“续排一天”。")
            self.empty.show_text("calendar-plus", text)
            self._shown.setCurrentWidget(self.empty)
            return
        self._shown.setCurrentWidget(self.table)
        now = self.model.current_column()
        column = (now or 0) if is_first or not before.isValid() else before.column()
        row = min(max(before.row(), 0), self.model.rowCount() - 1)
        self.table.setCurrentIndex(self.model.index(row, min(column, self.model.columnCount() - 1)))
        if is_first and now is not None:
            self.table.scrollTo(self.model.index(row, now), QAbstractItemView.ScrollHint.PositionAtCenter)

    def _tell(self) -> None:
        missing = self.model.rota.short
        is_problem = missing > 0 and self.model.marked is None
        self.told.setProperty("secondary", not is_problem)
        self.told.setProperty("problem", is_problem)
        self.told.style().unpolish(self.told)
        self.told.style().polish(self.told)
        if self.model.marked is not None:
            self.told.setText(self.tr("选中另一班再按 X，两个人对调；Esc 取消。"))
        elif missing:
            self.told.setText(self.tr("还有 {0} 个班缺人，表里写着“没有人”或“缺人”的格子按回车选人。").format(missing))
        else:
            self.told.setText(self.tr("每班都有人。把一个人拖到另一个人上，两人对调。"))

    def _offer(self) -> None:
        index = self.table.currentIndex()
        there = index.isValid() and bool(self.model.duties(index))
        self.person.setEnabled(index.isValid())
        self.person.setText(self.tr("换人（回车）") if there else self.tr("选人（回车）"))
        self.swap.setEnabled(there)
        self.remove.setEnabled(there)

    def _ask(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            self.person_asked.emit(self.model.place(index), self.model.shift(index), self.model.duties(index))

    def _swap(self) -> None:
        """Mark a duty, or swap the one that is marked with the current one."""
        index = self.table.currentIndex()
        found = self.model.duties(index) if index.isValid() else ()
        if not found:
            return
        marked = self.model.marked
        if marked is None:
            self._mark(found[0].uid)
        elif marked in [duty.uid for duty in found]:
            self._mark(None)
        else:
            self._mark(None)
            self.swap_asked.emit(marked, found[0].uid)

    def _mark(self, duty: Uid | None) -> None:
        self.model.mark(duty)
        self._tell()

    def _remove(self) -> None:
        index = self.table.currentIndex()
        if index.isValid() and self.model.duties(index):
            self.remove_asked.emit(self.model.duties(index)[-1].uid)

    def _drop(self, duty: Uid, onto: Index) -> None:
        found = self.model.duties(onto)
        if found and duty not in [one.uid for one in found]:
            self.swap_asked.emit(duty, found[0].uid)


class _Reading:
    """The rota of an area, read once."""

    def __init__(self, register: Register, one: Running, node: Node) -> None:
        self._register, self.one, self.node = register, one, node
        self.found = Rota()

    def prepare(self) -> None:
        now = datetime.datetime.now()
        rows = duties.listing(self._register, self.one.uid, self.one.area_code, now - _BACK)
        plan = running.plan_of(self._register, self.one.uid)
        grids = [grid for grid in self.node.walk() if grid.level is Level.GRID]
        places = [Place(grid.uid, grid.code, grid.name) for grid in grids]
        self.found = arranged(places, rows, plan.seats, now)
