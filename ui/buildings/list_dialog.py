"""The buildings of an area in a table that can be filtered; each opens its record or its place on the colour map."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from gridapp.areas.model import Level
from gridapp.areas.tree import Node
from gridapp.buildings.listing import Line
from ui import theme
from ui.buildings.table_model import COLUMNS, GRID_COLUMN, BuildingTableModel
from ui.widgets.filter_box import FilterBox
from ui.widgets.row_table import dress

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class BuildingListDialog(QDialog):
    """``record_asked`` carries the record to be opened, ``map_asked`` that of the building to be shown on the map."""

    record_asked = Signal(object)
    map_asked = Signal(object)

    def __init__(self, node: Node, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.node = node
        self.setWindowTitle(self.tr("楼栋档案 {0}").format(node.name))
        self.resize(980, 560)
        self.model = BuildingTableModel(self)
        self.box = FilterBox()
        self.box.setPlaceholderText(self.tr("筛选：小区、楼栋、物业、网格"))
        self.box.setAccessibleName(self.tr("筛选楼栋"))
        self.box.setFixedWidth(260)
        self._count = QLabel(self.tr("正在读取…"))
        self._count.setProperty("secondary", True)
        self.table = self._table()
        self._buttons = QDialogButtonBox()
        self.open_button = self._buttons.addButton(self.tr("打开档案"), QDialogButtonBox.ButtonRole.ActionRole)
        self.open_button.setProperty("primary", True)
        self.map_button = self._buttons.addButton(self.tr("在分色图上看"), QDialogButtonBox.ButtonRole.ActionRole)
        self._buttons.addButton(self.tr("关闭"), QDialogButtonBox.ButtonRole.RejectRole)
        self._build()
        self._connect()
        self._show_state()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other buildings, the current one staying where it still is."""
        current = self.current()
        self.model.show(lines)
        self.table.setColumnHidden(GRID_COLUMN, self.node.level is Level.GRID)
        key = current.record if current else None
        row = next((row for row, one in enumerate(self.model.shown) if key and _same(one.record, key)), 0)
        self.table.selectRow(row)
        self._show_state()

    def current(self) -> Line | None:
        """The building that stands in the current row."""
        row = self.table.currentIndex().row()
        return self.model.shown[row] if 0 <= row < len(self.model.shown) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self._open()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.box.hasFocus():
            self.table.setFocus()
        else:
            super().keyPressEvent(event)

    # How it is built

    def _table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setAccessibleName(self.tr("楼栋"))
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        dress(table, [column.width for column in COLUMNS])
        table.setSortingEnabled(True)
        table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        return table

    def _build(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.box)
        top.addWidget(self._count)
        top.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(theme.GAP)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addWidget(self._buttons)
        for button in self._buttons.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter belongs to the row
        self.box.setFocus()

    def _connect(self) -> None:
        self.box.textChanged.connect(self._filter)
        self.table.doubleClicked.connect(lambda _index: self._open())
        self.table.selectionModel().currentRowChanged.connect(lambda _new, _old: self._show_state())
        self.open_button.clicked.connect(lambda: self._open())
        self.map_button.clicked.connect(self._go_to_map)
        self._buttons.rejected.connect(self.reject)

    # What happens

    def _filter(self, text: str) -> None:
        self.model.filter(text)
        self.table.selectRow(0)
        self._show_state()

    def _show_state(self) -> None:
        there = self.current() is not None
        self.open_button.setEnabled(there)
        self.map_button.setEnabled(there)
        if self.model.lines is not None:
            recorded = sum(line.record.uid is not None for line in self.model.shown)
            self._count.setText(self.tr("{0} 栋，{1} 栋有档案").format(f"{len(self.model.shown):,}", f"{recorded:,}"))

    def _open(self) -> None:
        line = self.current()
        if line is not None:
            self.record_asked.emit(line.record)

    def _go_to_map(self) -> None:
        line = self.current()
        if line is not None:
            self.accept()
            self.map_asked.emit(line.record)


def _same(one: object, other: object) -> bool:
    place = ("area", "estate", "building")
    return all(getattr(one, name) == getattr(other, name) for name in place)
