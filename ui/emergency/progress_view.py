"""How far the response has come: the figures of the area, and those of its grids, each of which opens its rows."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from gridapp.areas.model import Level
from gridapp.areas.tree import Node
from gridapp.emergency.call_rows import View
from gridapp.emergency.progress import Figures, Grid, Progress, progress
from gridapp.emergency.running import Running
from gridapp.households.words import moment_text
from gridapp.register import Register
from gridapp.tasks.listing import View as TaskView
from ui import theme
from ui.emergency.figure_button import FigureButton
from ui.emergency.part import Part, Which
from ui.households.loading import ListingLoader
from ui.jobs import Jobs
from ui.widgets.flow import FlowLayout

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_AREA, _FIRST, _CALLED, _REACHED, _UNREACHED, _NEEDS, _MET, _TASKS, _LATE, _DUTY, _REPORT = range(11)


@dataclass(frozen=True)
class Column:
    """A column: its heading, what it says of an area, by what it is sorted, and what it opens.

    Attributes:
        opens: the view of the call list or of the tasks that has its rows; None where it opens none.
        urgent: whether what it says stands out.
    """

    heading: str
    text: Callable[[Grid], str]
    key: Callable[[Grid], Any]
    width: int
    opens: View | TaskView | None = None
    urgent: Callable[[Grid], bool] = lambda _one: False


class ProgressModel(QAbstractTableModel):
    """The areas in whatever order was asked for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = _columns(self)
        self._rows: list[Grid] = []
        self._order = (_AREA, Qt.SortOrder.AscendingOrder)

    def show(self, rows: Sequence[Grid]) -> None:
        """Show other areas."""
        self.beginResetModel()
        self._rows = self._sorted(rows)
        self.endResetModel()

    def row(self, position: int) -> Grid | None:
        """The area in a row."""
        return self._rows[position] if 0 <= position < len(self._rows) else None

    def opens(self, index: Index) -> View | TaskView | None:
        """What a figure opens; None where there is none, or nothing behind it."""
        column = self.columns[index.column()]
        grid = self._rows[index.row()]
        return column.opens if column.opens is not None and column.key(grid) else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.layoutAboutToBeChanged.emit()
        self._order = (column, order)
        self._rows = self._sorted(self._rows)
        self.layoutChanged.emit()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column, grid = self.columns[index.column()], self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return column.text(grid)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        if role == Qt.ItemDataRole.FontRole and self.opens(index) is not None:
            font = QFont()
            font.setUnderline(True)
            return font
        if role == Qt.ItemDataRole.ForegroundRole:
            if column.urgent(grid):
                return QColor(theme.current().danger)
            return QColor(theme.current().accent) if self.opens(index) is not None else None
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return self.columns[section].heading if role == Qt.ItemDataRole.DisplayRole else None

    def _sorted(self, rows: Sequence[Grid]) -> list[Grid]:
        column, order = self._order
        by_code = sorted(rows, key=lambda one: one.area_code)
        return sorted(by_code, key=self.columns[column].key, reverse=order == Qt.SortOrder.DescendingOrder)


class ProgressTable(QTableView):
    """``opened`` carries the index of what was clicked, or on which Enter was pressed."""

    opened = Signal(object)

    def __init__(self, model: ProgressModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setAccessibleName(self.tr("各网格的进展"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(48)
        for position, column in enumerate(model.columns):
            header.resizeSection(position, column.width)
        header.setSectionResizeMode(_DUTY, QHeaderView.ResizeMode.Stretch)
        self.setSortingEnabled(True)
        self.sortByColumn(_AREA, Qt.SortOrder.AscendingOrder)
        self.clicked.connect(lambda index: self.opened.emit(index))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class ProgressView(Part):
    """``calls_asked`` and ``tasks_asked`` carry a code and a view; ``part_asked`` the part that tells more."""

    calls_asked = Signal(str, str, bool)
    tasks_asked = Signal(str, str)
    part_asked = Signal(int)
    code_asked = Signal(str)

    def __init__(self, register: Register, reads: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(register, reads, parent)
        self.loader: ListingLoader[_Counting] = ListingLoader(register, self, reads)
        self.found: Progress | None = None
        self.model = ProgressModel(self)
        self.table = ProgressTable(self.model)
        self.by_grid = QCheckBox(self.tr("按网格列出"))
        self.by_grid.setChecked(True)
        self.figures = {name: FigureButton() for name in ("first", "reached", "unreached", "needs", "tasks", "duty")}
        self._build()
        self.loader.arrived.connect(self._show)
        self.loader.failed.connect(self.failed)
        self.table.opened.connect(self._open)
        self.by_grid.toggled.connect(lambda _checked: self._fill())

    def show_emergency(self, one: Running, node: Node) -> None:
        if not self.is_same(one, node.code):
            self.by_grid.setVisible(node.level < Level.COMMUNITY)
        super().show_emergency(one, node)

    def read(self) -> None:
        """Count how far it has come."""
        if self.one is not None:
            self.loader.ask(_Counting(self.register, self.one, self.code))

    def _build(self) -> None:
        line = QWidget()
        flow = FlowLayout(line, theme.GAP)
        for button in self.figures.values():
            flow.addWidget(button)
        flow.addWidget(self.by_grid)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, theme.GAP, 12, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(line)
        row = QHBoxLayout()
        row.addWidget(self.table)
        column.addLayout(row, 1)
        self.setFocusProxy(self.table)
        tasks, which = self.tasks_asked, self.calls_asked
        asked: dict[str, Callable[[], object]] = {
            "first": lambda: which.emit(self.code, View.ALL.value, True),
            "reached": lambda: which.emit(self.code, View.REACHED.value, False),
            "unreached": lambda: which.emit(self.code, View.NOT_REACHED.value, False),
            "needs": lambda: which.emit(self.code, View.NEEDS_HELP.value, False),
            "tasks": lambda: tasks.emit(self.code, TaskView.OPEN.value),
            "duty": lambda: self.part_asked.emit(Which.ROTA),
        }
        for name, button in self.figures.items():
            button.clicked.connect(lambda _checked=False, act=asked[name]: act())

    def _show(self, counted: _Counting) -> None:
        if not self.is_same(counted.one, counted.code) or counted.found is None:
            return
        self.found = counted.found
        self._fill()
        self._tell(counted.found.of(self.code), counted.found)

    def _fill(self) -> None:
        """Show the grids of the area, or the areas right below it."""
        if self.found is None:
            return
        current = self.table.currentIndex()
        grids = [one for one in self.found.grids if one.area_code.startswith(self.code)]
        below = self.found.below(self.code)
        self.model.show(grids if self.by_grid.isChecked() or not below else below)
        if self.model.rowCount():
            row = min(max(current.row(), 0), self.model.rowCount() - 1)
            self.table.setCurrentIndex(self.model.index(row, max(current.column(), 0)))

    def _tell(self, told: Figures, found: Progress) -> None:
        on_duty = sum(len(one.on_duty) for one in found.grids if one.area_code.startswith(self.code))
        late = self.tr("，逾期 {0}").format(f"{told.tasks_late:,}") if told.tasks_late else ""
        met = self.tr("，已解决 {0}").format(f"{told.needs_met:,}") if told.needs_met else ""
        show = self.figures
        show["first"].show_figure(f"{told.first_called:,}/{told.first:,}", self.tr("重点户已打"))
        show["reached"].show_figure(f"{told.reached:,}", self.tr("已联系，共 {0} 户").format(f"{told.households:,}"))
        show["unreached"].show_figure(f"{told.not_reached:,}", self.tr("未联系上"))
        show["needs"].show_figure(f"{told.needs:,}", self.tr("需要帮助{0}").format(met), told.needs > told.needs_met)
        done = f"{told.tasks_done:,}/{told.tasks:,}"
        show["tasks"].show_figure(done, self.tr("任务已完成{0}").format(late), told.tasks_late > 0)
        show["duty"].show_figure(f"{on_duty:,}", self.tr("人正在值守"))

    def _open(self, index: QModelIndex) -> None:
        grid = self.model.row(index.row())
        if grid is None:
            return
        opens = self.model.opens(index)
        if isinstance(opens, View):
            self.calls_asked.emit(grid.area_code, opens.value, index.column() == _FIRST)
        elif isinstance(opens, TaskView):
            self.tasks_asked.emit(grid.area_code, opens.value)
        elif index.column() == _DUTY:
            self.part_asked.emit(Which.ROTA)
        elif index.column() == _REPORT:
            self.part_asked.emit(Which.REPORTS)
        elif index.column() == _AREA and grid.area_code != self.code:
            self.code_asked.emit(grid.area_code)


class _Counting:
    """The progress of an area, counted once."""

    def __init__(self, register: Register, one: Running, code: str) -> None:
        self._register, self.one, self.code = register, one, code
        self.found: Progress | None = None

    def prepare(self) -> None:
        self.found = progress(self._register, self.one.uid, datetime.datetime.now(), self.code)


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if column in (_AREA, _DUTY, _REPORT) else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter


def _columns(model: QObject) -> list[Column]:
    tr = model.tr

    def part(done: int, of: int) -> str:
        return f"{done:,}/{of:,}"

    def reported(one: Grid) -> str:
        return moment_text(one.reported_at) if one.reported_at is not None else tr("未报")

    def of(name: str) -> Callable[[Grid], Any]:
        return lambda one: getattr(one.figures, name)

    def number(name: str) -> Callable[[Grid], str]:
        return lambda one: f"{getattr(one.figures, name):,}"

    return [
        Column(tr("区域"), lambda one: one.area_name, lambda one: one.area_code, 120),
        Column(
            tr("重点户已打"),
            lambda one: part(one.figures.first_called, one.figures.first),
            lambda one: one.figures.first and (one.figures.first_share or 1e-9),
            *(88, View.ALL),
        ),
        Column(tr("打过"), number("called"), of("called"), 52),
        Column(tr("已联系"), number("reached"), of("reached"), 62, View.REACHED),
        Column(tr("未联系上"), number("not_reached"), of("not_reached"), 76, View.NOT_REACHED),
        Column(
            *(tr("需帮助"), number("needs_help"), of("needs_help"), 62, View.NEEDS_HELP),
            lambda one: one.figures.needs > one.figures.needs_met,
        ),
        Column(tr("已解决"), lambda one: part(one.figures.needs_met, one.figures.needs), of("needs_met"), 62),
        Column(
            *(tr("任务"), lambda one: part(one.figures.tasks_done, one.figures.tasks), of("tasks"), 62, TaskView.ALL),
        ),
        Column(
            *(tr("逾期"), number("tasks_late"), of("tasks_late"), 50, TaskView.OVERDUE),
            lambda one: one.figures.tasks_late > 0,
        ),
        Column(
            *(tr("正在值守"), lambda one: "、".join(one.on_duty) or tr("无人值守"), lambda one: one.on_duty, 160, None),
            lambda one: one.level == Level.GRID and not one.on_duty,
        ),
        Column(tr("最近日报"), reported, lambda one: one.reported_at or datetime.datetime.min, 96),
    ]
