"""The first columns of a table, which stay in sight while the others are scrolled sideways."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui.households import current_cell

if TYPE_CHECKING:
    from ui.households.table_view import HouseholdTable

_MOUSE = {
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.MouseMove,
}


class FrozenColumns(QTableView):
    """Lies over the left of a table and paints; whatever the mouse does in it, the table below does.

    So there is one selection, one current cell and one editor, and the table alone knows where a frozen cell is seen.
    """

    def __init__(self, table: HouseholdTable) -> None:
        super().__init__(table)
        self._table = table
        self.setModel(table.model())
        self.setSelectionModel(table.selectionModel())
        self.setObjectName("frozen")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionBehavior(table.selectionBehavior())
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(table.verticalHeader().defaultSectionSize())
        self._build_heading()
        scrolled = table.verticalScrollBar()
        scrolled.valueChanged.connect(self.verticalScrollBar().setValue)
        scrolled.rangeChanged.connect(lambda _low, _high: self._follow())
        self.hide()

    def show_columns(self, columns: Sequence[int]) -> None:
        """Show these columns, from the left; none hides it."""
        heading, source = self.horizontalHeader(), self._table.horizontalHeader()
        heading.blockSignals(True)
        for visual in range(source.count()):
            logical = source.logicalIndex(visual)
            heading.moveSection(heading.visualIndex(logical), visual)
            self.setColumnHidden(logical, logical not in columns)
            if logical in columns:
                heading.resizeSection(logical, source.sectionSize(logical))
        heading.setSortIndicator(source.sortIndicatorSection(), source.sortIndicatorOrder())
        heading.blockSignals(False)
        self.setVisible(bool(columns))
        self.place()

    def place(self) -> None:
        """Lie where the table's cells begin."""
        table = self._table
        heading = table.horizontalHeader()
        left = table.viewport().x()
        self.setGeometry(
            left, heading.y(), self.horizontalHeader().length() + 1, table.viewport().height() + heading.height()
        )
        self.horizontalHeader().setFixedHeight(heading.height())
        self._follow()
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        table = self._table
        if table.is_gathered:
            super().paintEvent(event)
            return
        current_cell.tint(self, table.currentIndex())
        super().paintEvent(event)
        current_cell.frame(self, table.currentIndex(), table.hasFocus())

    def viewportEvent(self, event: QEvent) -> bool:
        """Hand what the mouse does over to the table, which finds the cell by the same place."""
        below = self._table.viewport()
        if event.type() in _MOUSE and isinstance(event, QMouseEvent):
            place = self.viewport().mapTo(self._table, event.position().toPoint()) - below.pos()
            handed = QMouseEvent(
                event.type(), place, event.globalPosition(), event.button(), event.buttons(), event.modifiers()
            )
            return QCoreApplication.sendEvent(below, handed)
        if event.type() == QEvent.Type.Wheel:
            return QCoreApplication.sendEvent(below, event)
        if isinstance(event, QContextMenuEvent):
            place = self._below(event.pos())
            return QCoreApplication.sendEvent(below, QContextMenuEvent(event.reason(), place, event.globalPos()))
        if isinstance(event, QHelpEvent):
            return QCoreApplication.sendEvent(
                below, QHelpEvent(event.type(), self._below(event.pos()), event.globalPos())
            )
        return super().viewportEvent(event)

    def _below(self, place: QPoint) -> QPoint:
        return self.viewport().mapTo(self._table, place) - self._table.viewport().pos()

    def _build_heading(self) -> None:
        heading, source = self.horizontalHeader(), self._table.horizontalHeader()
        heading.setHighlightSections(False)
        heading.setSectionsClickable(True)
        heading.setSortIndicatorShown(True)
        heading.setMinimumSectionSize(source.minimumSectionSize())
        heading.setSelectionModel(QItemSelectionModel(self.model(), heading))  # for the same reason as in the table
        heading.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def _follow(self) -> None:
        self.verticalScrollBar().setValue(self._table.verticalScrollBar().value())
