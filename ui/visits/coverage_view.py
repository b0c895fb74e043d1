"""How many households are covered: by the areas right below, and by colour. Figures open the rows behind them."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gridapp.areas.tree import Node
from gridapp.days import EARLIEST
from gridapp.households.categories import NO_PRECEDENCE, at
from gridapp.register import Register
from gridapp.visits.coverage import Coverage, Share, coverage
from gridapp.visits.periods import NAMES, Period, first_day
from ui import theme
from ui.households.loading import ListingLoader
from ui.jobs import Jobs
from ui.widgets import marks

HOUSEHOLDS, VISITED, VISITED_SHARE, DUE, ON_TIME_SHARE = range(1, 6)
_WIDTHS = {HOUSEHOLDS: 76, VISITED: 92, VISITED_SHARE: 72, DUE: 92, ON_TIME_SHARE: 72}
_NAME_WIDTH = 120
"""Beside the figures, in pixels; where two tables have less room, one stands below the other."""

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Asked:
    """The figure that is to be opened.

    Attributes:
        figure: ``HOUSEHOLDS``, ``VISITED`` or ``DUE``.
        code: of which area.
        colour: of which first colour, by position in precedence; None: of all.
    """

    figure: int
    code: str
    colour: int | None
    period: Period


class CoverageView(QWidget):
    """``asked`` carries the figure whose rows are to be opened."""

    asked = Signal(object)
    failed = Signal(object)

    def __init__(self, register: Register, reads: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._register = register
        self._node: Node | None = None
        self.loader: ListingLoader[_Counting] = ListingLoader(register, self, reads)
        self.period = QComboBox()
        self.period.setAccessibleName(self.tr("时段"))
        for period in (Period.WEEK, Period.MONTH, Period.QUARTER, Period.YEAR, Period.EVER):
            self.period.addItem(NAMES[period], period.value)
        self.period.setCurrentIndex(1)
        self.by_area = _Table(self.tr("区域"), self.tr("各区域的走访覆盖"), self)
        self.by_colour = _Table(self.tr("首要分类"), self.tr("各分类的走访覆盖"), self)
        self.told = QLabel(self.tr("“到期未访”按各户自己的频次算到今天；点数字或按回车打开这些住户。"))
        self.told.setProperty("secondary", True)
        self.told.setWordWrap(True)
        top = QHBoxLayout()
        top.setSpacing(2 * theme.GAP)
        top.addWidget(self.period)
        top.addWidget(self.told, 1)
        self._tables = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._tables.setSpacing(2 * theme.GAP)
        self._tables.addWidget(self.by_area, 1)
        self._tables.addWidget(self.by_colour, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, theme.GAP, 12, 0)
        column.setSpacing(theme.GAP)
        column.addLayout(top)
        column.addLayout(self._tables, 1)
        self.period.activated.connect(lambda _at: self.read())
        self.loader.arrived.connect(self._show)
        self.loader.failed.connect(self.failed)
        self.by_area.figure_asked.connect(lambda key, figure: self._ask(figure, str(key or ""), None))
        self.by_colour.figure_asked.connect(lambda key, figure: self._ask(figure, "", key))

    def show_area(self, node: Node | None) -> None:
        """Be about another area; it is read by ``read``."""
        self._node = node

    def read(self) -> None:
        """Count the shares of the area."""
        if self._node is None:
            self.by_area.show_shares([])
            self.by_colour.show_shares([])
            return
        self.loader.ask(_Counting(self._register, self._node, Period(self.period.currentData())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = event.size().width() >= 2 * (sum(_WIDTHS.values()) + _NAME_WIDTH)
        self._tables.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def _show(self, counted: "_Counting") -> None:
        node, found = counted.node, counted.found
        below = node.children or [node]
        rows = [(child.code, child.name, found.by_area.get(child.code, Share())) for child in below]
        whole = (None, self.tr("合计"), found.whole)
        self.by_area.show_shares([*rows, whole] if len(rows) > 1 else rows)
        colours = [
            (position, at(position).name, share)
            for position, share in enumerate(found.by_colour)
            if position < NO_PRECEDENCE or share.households
        ]
        self.by_colour.show_shares([*colours, whole], with_marks=True)

    def _ask(self, figure: int, code: str, colour: int | None) -> None:
        if self._node is not None:
            period = Period(self.period.currentData())
            self.asked.emit(Asked(figure, code or self._node.code, colour, period))


class _Counting:
    """The shares of an area, counted once."""

    def __init__(self, register: Register, node: Node, period: Period) -> None:
        self._register = register
        self.node = node
        self._period = period
        self.found = Coverage()

    def prepare(self) -> None:
        today = datetime.date.today()
        since = first_day(self._period, today) or EARLIEST
        self.found = coverage(self._register, self.node.code, since, today, today)


class _Table(QTableWidget):
    """Shares, one a row. ``figure_asked`` carries the key of a row and the column of the figure."""

    figure_asked = Signal(object, int)

    def __init__(self, first: str, name: str, view: QWidget) -> None:
        super().__init__(0, len(_WIDTHS) + 1)
        tr = view.tr
        self.setAccessibleName(name)
        headings = [first, tr("住户"), tr("期内走访"), tr("占比"), tr("到期未访"), tr("按期率")]
        for column, heading in enumerate(headings):
            item = QTableWidgetItem(heading)
            item.setTextAlignment(_RIGHT if column else _LEFT)
            self.setHorizontalHeaderItem(column, item)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setIconSize(marks.ICON_SIZE)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(56)
        for column, width in _WIDTHS.items():
            header.resizeSection(column, width)
        self.cellClicked.connect(self._open)

    def show_shares(self, shares: Sequence[tuple[object, str, Share]], with_marks: bool = False) -> None:
        """Show these instead; what is current stays so."""
        row, column = self.currentRow(), self.currentColumn()
        self.setRowCount(len(shares))
        for at_row, (key, name, share) in enumerate(shares):
            first = self._put(at_row, 0, name)
            first.setData(Qt.ItemDataRole.UserRole, key)
            if with_marks and isinstance(key, int):
                first.setIcon(marks.icon(at(key)))
            for at_column, number in ((HOUSEHOLDS, share.households), (VISITED, share.visited), (DUE, share.due)):
                self._put(at_row, at_column, f"{number:,}", opens=number > 0)
            self._put(at_row, VISITED_SHARE, _percent(share.visited_share))
            self._put(at_row, ON_TIME_SHARE, _percent(share.on_time_share))
        if shares:
            self.setCurrentCell(min(max(row, 0), len(shares) - 1), column if column >= 0 else DUE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self._open(self.currentRow(), self.currentColumn())
        else:
            super().keyPressEvent(event)

    def _put(self, row: int, column: int, text: str, opens: bool = False) -> QTableWidgetItem:
        item = QTableWidgetItem(text)
        if column:
            item.setTextAlignment(_RIGHT)
        if opens:
            font = item.font()
            font.setUnderline(True)
            item.setFont(font)
            item.setForeground(QColor(theme.current().accent))
        item.setToolTip(self.tr("打开这些住户") if opens else text)
        self.setItem(row, column, item)
        return item

    def _open(self, row: int, column: int) -> None:
        first, item = self.item(row, 0), self.item(row, column)
        if first is not None and item is not None and item.font().underline():
            self.figure_asked.emit(first.data(Qt.ItemDataRole.UserRole), column)


def _percent(share: float | None) -> str:
    return "—" if share is None else f"{share:.1%}"
