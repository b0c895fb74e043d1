"""A table whose cells are gone through and selected as in a spreadsheet."""

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from ui.households.moving import Step, step_of

_Select = QItemSelectionModel.SelectionFlag


class CellTable(QTableView):
    """Cells are selected in the order in which the columns are seen, whatever order the model has them in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._anchor = QPersistentModelIndex()  # where the selection began
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(True)

    def seen_columns(self) -> list[int]:
        """The columns of the model that are seen, from the left."""
        heading = self.horizontalHeader()
        columns = (heading.logicalIndex(visual) for visual in range(heading.count()))
        return [column for column in columns if not self.isColumnHidden(column)]

    def selected(self) -> list[range]:
        """The positions of the rows that the selection touches, from the top."""
        found: list[range] = []
        for top, bottom in sorted((part.top(), part.bottom()) for part in self.selectionModel().selection().toList()):
            if found and top <= found[-1].stop:
                found[-1] = range(found[-1].start, max(found[-1].stop, bottom + 1))
            else:
                found.append(range(top, bottom + 1))
        return found

    def selected_columns(self) -> list[int]:
        """The columns that the selection touches and that are seen, from the left."""
        parts = self.selectionModel().selection().toList()
        touched = {column for part in parts for column in range(part.left(), part.right() + 1)}
        return [column for column in self.seen_columns() if column in touched]

    def has_range(self) -> bool:
        """Whether more than one cell is selected."""
        parts = self.selectionModel().selection().toList()
        return sum(part.width() * part.height() for part in parts) > 1

    def select_rows_whole(self) -> None:
        """Select every cell of the rows that the selection touches."""
        model, chosen = self.model(), QItemSelection()
        for part in self.selected():
            last = model.index(part.stop - 1, model.columnCount() - 1)
            chosen.append(QItemSelectionRange(model.index(part.start, 0), last))
        self.selectionModel().select(chosen, _Select.ClearAndSelect)

    def select_columns_whole(self) -> None:
        """Select every cell of the columns that the selection touches."""
        model, chosen = self.model(), QItemSelection()
        for column in self.selected_columns():
            chosen.append(QItemSelectionRange(model.index(0, column), model.index(model.rowCount() - 1, column)))
        self.selectionModel().select(chosen, _Select.ClearAndSelect)

    def step(self, step: Step, selects: bool = False) -> None:
        """Move the current cell, with the selection following or growing."""
        columns = self.seen_columns()
        now = self.currentIndex()
        if not columns or not self.model().rowCount():
            return
        at = columns.index(now.column()) if now.column() in columns else 0
        row, column = step.from_(max(now.row(), 0), at, self.model().rowCount(), len(columns))
        index = self.model().index(row, columns[column])
        if selects:
            self.select_to(index)
        else:
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def select_to(self, index: QModelIndex) -> None:
        """Select what lies between where the selection began and a cell, which becomes the current one."""
        now, model = self.currentIndex(), self.model()
        start = self._anchor if self._anchor.isValid() else now
        columns = self.seen_columns()
        if not start.isValid() or index.column() not in columns:
            self.setCurrentIndex(index)
            return
        first = columns.index(start.column()) if start.column() in columns else 0
        left, right = sorted((first, columns.index(index.column())))
        top, bottom = sorted((start.row(), index.row()))
        chosen = QItemSelection()
        for column in columns[left : right + 1]:
            chosen.append(QItemSelectionRange(model.index(top, column), model.index(bottom, column)))
        self.selectionModel().select(chosen, _Select.ClearAndSelect)
        self.selectionModel().setCurrentIndex(index, _Select.NoUpdate)
        self.scrollTo(index)

    def setCurrentIndex(self, index: QModelIndex | QPersistentModelIndex) -> None:
        if index.isValid():  # Qt would look at which keys are held, and with Ctrl leave the cell unselected
            self.selectionModel().setCurrentIndex(index, _Select.ClearAndSelect)
        else:
            super().setCurrentIndex(index)
        self._anchor = QPersistentModelIndex(index)

    # Qt tells

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        step = step_of(event)
        if step is not None:
            before = self.currentIndex()
            self.step(step, selects=shifted and not step.turns)
            event.setAccepted(self.currentIndex() != before or not step.turns)  # so that Tab leaves at an end
        elif event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            self.select_rows_whole()
        elif event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.select_columns_whole()
        else:
            super().keyPressEvent(event)
            if not shifted:
                self._anchor = QPersistentModelIndex(self.currentIndex())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        only_shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and only_shift and index.isValid():
            self.select_to(index)
            return
        super().mousePressEvent(event)
        if not only_shift:
            self._anchor = QPersistentModelIndex(self.currentIndex())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.repaint_cells()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.repaint_cells()

    def keyboardSearch(self, _text: str) -> None:
        """Typing edits; Qt would read row after row for one that begins so, of a whole district."""

    def repaint_cells(self) -> None:
        """Paint what is seen again: another cell is current."""
        self.viewport().update()
