"""The emergencies that have ended, each with its report."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gridapp.emergency import running
from gridapp.emergency.clock import lasted_text
from gridapp.emergency.running import Running
from gridapp.register import Register
from ui import theme
from ui.emergency.part import AreaPart
from ui.households.loading import ListingLoader
from ui.jobs import Jobs
from ui.widgets.empty import EmptyState

_MOST = 200
_WIDTHS = (136, 116, 140, 104, 0)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PastTable(QTableWidget):
    """``opened`` with Enter or a double click."""

    opened = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.opened.emit()
        else:
            super().keyPressEvent(event)


class PastView(AreaPart):
    """``report_asked`` carries the emergency of which the report is to be seen."""

    report_asked = Signal(object)

    def __init__(self, register: Register, reads: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(register, reads, parent)
        self.found: list[Running] = []
        self.loader: ListingLoader[_Past] = ListingLoader(register, self, reads)
        self.table = PastTable(0, len(_WIDTHS))
        self.empty = EmptyState()
        self._shown = QStackedWidget()
        self._build()
        self.loader.arrived.connect(self._show)
        self.loader.failed.connect(self.failed)

    def read(self) -> None:
        """Read those of the area."""
        if self.node is not None:
            self.loader.ask(_Past(self.register, self.node.code))

    def _build(self) -> None:
        tr, table = self.tr, self.table
        table.setAccessibleName(tr("以往的应急响应"))
        table.setHorizontalHeaderLabels([tr("启动"), tr("情形"), tr("区域"), tr("用时"), tr("总结")])
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(theme.ROW_HEIGHT)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        for column, width in enumerate(_WIDTHS):
            if width:
                header.resizeSection(column, width)
            else:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.button = QPushButton(theme.icon("file-text"), tr("看总结报告（回车）"))
        self.told = QLabel(tr("最近 {0} 次").format(_MOST))
        self.told.setProperty("secondary", True)
        self.told.hide()
        line = QHBoxLayout()
        line.addWidget(self.button)
        line.addWidget(self.told)
        line.addStretch()
        self._shown.addWidget(table)
        self._shown.addWidget(self.empty)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(12, theme.GAP, 12, 0)
        column_.setSpacing(theme.GAP)
        column_.addLayout(line)
        column_.addWidget(self._shown, 1)
        self.setFocusProxy(table)
        self.button.clicked.connect(lambda _checked=False: self._open())
        table.opened.connect(self._open)
        table.cellDoubleClicked.connect(lambda _row, _column: self._open())

    def _show(self, found: _Past) -> None:
        if self.node is None or found.code != self.node.code:
            return
        self.found = found.found
        self.button.setEnabled(bool(self.found))
        self.told.setVisible(len(self.found) == _MOST)
        row = max(0, self.table.currentRow())
        self.table.setRowCount(len(self.found))
        for position, one in enumerate(self.found):
            assert one.ended_at is not None
            lasted = lasted_text(one.started_at, one.ended_at)
            told = (f"{one.started_at:%Y-%m-%d %H:%M}", one.kind_name, one.area_name, lasted, one.summary)
            for column, text in enumerate(told):
                item = QTableWidgetItem(" ".join(text.split()))
                item.setToolTip(text)
                self.table.setItem(position, column, item)
        if self.found:
            self.table.setCurrentCell(min(row, len(self.found) - 1), 0)
            self._shown.setCurrentWidget(self.table)
        else:
            self.empty.show_text("clock-counter-clockwise", self.tr("这里还没有结束的应急响应。"))
            self._shown.setCurrentWidget(self.empty)

    def _open(self) -> None:
        row = self.table.currentRow()
        if 0 <= row < len(self.found):
            self.report_asked.emit(self.found[row])


class _Past:
    """Those that have ended, read once."""

    def __init__(self, register: Register, code: str) -> None:
        self._register, self.code = register, code
        self.found: list[Running] = []

    def prepare(self) -> None:
        self.found = running.past(self._register, self.code, _MOST)
