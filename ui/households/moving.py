"""Where the keys of a spreadsheet lead from a cell."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent


@dataclass(frozen=True)
class Step:
    """So many rows and columns further, or to an end.

    Attributes:
        to_row, to_column: -1 for the first, 1 for the last, 0 for neither.
        turns: whether Shift turns it round, instead of letting the selection grow.
    """

    rows: int = 0
    columns: int = 0
    to_row: int = 0
    to_column: int = 0
    turns: bool = False

    def from_(self, row: int, column: int, rows: int, columns: int) -> tuple[int, int]:
        """Where it leads in a table of so many rows and columns; behind the end of a row the next begins."""
        row += self.rows
        column += self.columns
        if self.turns and not 0 <= column < columns:
            wrapped = row + (1 if column >= columns else -1)
            row, column = (wrapped, column % columns) if 0 <= wrapped < rows else (row, column)
        if self.to_row:
            row = rows - 1 if self.to_row > 0 else 0
        if self.to_column:
            column = columns - 1 if self.to_column > 0 else 0
        return min(max(row, 0), rows - 1), min(max(column, 0), columns - 1)


_DOWN, _UP = Step(rows=1, turns=True), Step(rows=-1, turns=True)
_RIGHT, _LEFT = Step(columns=1, turns=True), Step(columns=-1, turns=True)
_ARROWS = {
    Qt.Key.Key_Up: (Step(rows=-1), Step(to_row=-1)),
    Qt.Key.Key_Down: (Step(rows=1), Step(to_row=1)),
    Qt.Key.Key_Left: (Step(columns=-1), Step(to_column=-1)),
    Qt.Key.Key_Right: (Step(columns=1), Step(to_column=1)),
    Qt.Key.Key_Home: (Step(to_column=-1), Step(to_row=-1, to_column=-1)),
    Qt.Key.Key_End: (Step(to_column=1), Step(to_row=1, to_column=1)),
}
"""For each key what it does alone, and with Ctrl."""


def step_of(event: QKeyEvent) -> Step | None:
    """Where a key leads, or None if it leads nowhere."""
    back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    key = event.key()
    if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not held:
        return _UP if back else _DOWN
    if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and not held:
        return _LEFT if back or key == Qt.Key.Key_Backtab else _RIGHT
    if key in _ARROWS and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
        alone, with_control = _ARROWS[Qt.Key(key)]
        return with_control if event.modifiers() & Qt.KeyboardModifier.ControlModifier else alone
    return None
