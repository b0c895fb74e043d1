"""The ledger as a board of cards; a card that is put into another column takes the step that leads there."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget

from gridapp.ids import Uid
from gridapp.issues.board import BOARD, Board
from gridapp.issues.ledger_listing import LedgerRow
from gridapp.issues.shared_steps import leading
from gridapp.issues.workflow import BY_STEP
from ui import theme
from ui.issues.board_column import BoardColumnView, Cards


class BoardView(QScrollArea):
    """Emits ``step_asked`` with an issue and a step, ``current_told`` with the current issue."""

    step_asked = Signal(bytes, object)
    refused = Signal(str)
    current_told = Signal(object)
    opened = Signal()
    menu_asked = Signal(object, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setAccessibleName(self.tr("看板"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lifted: LedgerRow | None = None
        self._column = 0
        body = QWidget()
        line = QHBoxLayout(body)
        line.setContentsMargins(theme.GAP, 0, theme.GAP, theme.GAP)
        line.setSpacing(theme.GAP)
        self.columns = [BoardColumnView(position) for position in range(len(BOARD))]
        for position, column in enumerate(self.columns):
            line.addWidget(column, 1)
            self._connect(position, column.cards)
        self.setWidget(body)
        self.setFocusProxy(self.columns[0].cards)

    def show_board(self, board: Board | None) -> None:
        """Show a board that is prepared."""
        for column in self.columns:
            column.show_board(board)

    def current(self) -> LedgerRow | None:
        """The card that keys are meant for."""
        return self.columns[self._column].cards.row()

    def go_to(self, column: int, position: int) -> None:
        """Make a card the current one, ready for the keyboard."""
        self._column = column
        self.setFocusProxy(self.columns[column].cards)
        self.columns[column].cards.go_to(position)
        self.ensureWidgetVisible(self.columns[column], 0, 0)

    def _connect(self, position: int, cards: Cards) -> None:
        cards.came.connect(lambda: self._come(position))
        cards.selectionModel().currentChanged.connect(lambda *_which: self._tell(position))
        cards.crossed.connect(lambda by: self._cross(position, by))
        cards.carried.connect(lambda by: self._carry(position, by))
        cards.sent.connect(lambda to: self._send(position, to))
        cards.dropped.connect(lambda uid: self._drop(position, uid))
        cards.lifted.connect(self.lift)
        cards.let_go.connect(self.let_go)
        cards.opened.connect(self.opened)
        cards.customContextMenuRequested.connect(
            lambda place: self.menu_asked.emit(cards.row(), cards.viewport().mapToGlobal(place))
        )

    def lift(self, row: LedgerRow) -> None:
        """Show where a card can be put."""
        self._lifted = row
        for position, column in enumerate(self.columns):
            step = leading(row.state, row.level, BOARD[position].states)
            is_here = row.state in BOARD[position].states
            column.mark(BY_STEP[step].name if step is not None else None, step is not None or is_here)

    def let_go(self) -> None:
        """The card is not held any more."""
        self._lifted = None
        for column in self.columns:
            column.mark(None)

    def _come(self, position: int) -> None:
        self._column = position
        self.setFocusProxy(self.columns[position].cards)
        self._tell(position)

    def _tell(self, position: int) -> None:
        if position == self._column:
            self.current_told.emit(self.columns[position].cards.row())

    def _cross(self, position: int, by: int) -> None:
        """To the card at the same height in the next column that has any."""
        cards = self.columns[position].cards
        height = cards.visualRect(cards.currentIndex()).center().y()
        goal = position + by
        while 0 <= goal < len(self.columns):
            other = self.columns[goal].cards
            if other.model().rowCount():
                found = other.indexAt(QPoint(other.viewport().width() // 2, max(0, height)))
                other.go_to(found.row() if found.isValid() else other.model().rowCount() - 1)
                other.setFocus()
                self.ensureWidgetVisible(self.columns[goal], 0, 0)
                return
            goal += by

    def _carry(self, position: int, by: int) -> None:
        """Into the next column in this direction that the workflow leads to."""
        row = self.columns[position].cards.row()
        goal = position + by
        while row is not None and 0 <= goal < len(BOARD):
            if leading(row.state, row.level, BOARD[goal].states) is not None:
                self._ask(row, goal)
                return
            goal += by
        if row is not None:
            self.refused.emit(self.tr("{0} 现在是“{1}”，不能再往这边移。").format(row.number, row.state_name))

    def _send(self, position: int, goal: int) -> None:
        row = self.columns[position].cards.row()
        if row is not None and goal != position:
            self._ask(row, goal)

    def _drop(self, goal: int, uid: Uid) -> None:
        lifted = self._lifted
        if lifted is not None and lifted.uid == uid:
            QTimer.singleShot(0, self, lambda: self._ask(lifted, goal))  # once the card is let go

    def _ask(self, row: LedgerRow, goal: int) -> None:
        step = leading(row.state, row.level, BOARD[goal].states)
        if step is None:
            told = self.tr("{0} 现在是“{1}”，不能直接移到“{2}”。")
            self.refused.emit(told.format(row.number, row.state_name, BOARD[goal].name))
        else:
            self.step_asked.emit(row.uid, step)
