"""The lines of a sheet: who stands there, and which are entered."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from gridapp.visits.entering import Door
from ui import theme

_ROW = 26
_WIDTHS = (48, 240, 140)


class SheetLines(QTableWidget):
    """``chosen`` carries the number of a line that is clicked twice."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, len(_WIDTHS) + 1, parent)
        self.setHorizontalHeaderLabels([self.tr("行"), self.tr("住址"), self.tr("户主或单位"), self.tr("状态")])
        self.setAccessibleName(self.tr("走访表的各行"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # the keyboard has the fields
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for section, width in enumerate(_WIDTHS):
            header.resizeSection(section, width)
        header.setSectionResizeMode(len(_WIDTHS), QHeaderView.ResizeMode.Stretch)
        self.cellDoubleClicked.connect(lambda row, _column: self.chosen.emit(self._numbers[row]))
        self._numbers: list[int] = []

    def show_doors(self, doors: Sequence[Door]) -> None:
        """Show these lines instead."""
        self._numbers = [door.number for door in doors]
        self.setRowCount(len(doors))
        for row, door in enumerate(doors):
            state = self.tr("已登记 {0}").format(door.visited_on.isoformat()) if door.visited_on else ""
            for column, text in enumerate((str(door.number), door.label, door.head, state)):
                item = QTableWidgetItem(text)
                if door.visited_on is not None:
                    item.setForeground(QColor(theme.current().secondary))
                self.setItem(row, column, item)

    def go_to(self, number: int) -> None:
        """Mark a line."""
        if number in self._numbers:
            row = self._numbers.index(number)
            self.selectRow(row)
            self.scrollTo(self.model().index(row, 0), QAbstractItemView.ScrollHint.PositionAtCenter)
