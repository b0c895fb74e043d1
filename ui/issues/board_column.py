"""One column of the board: its name and count over its cards, of which only what is seen is read."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractItemView, QLabel, QListView, QStyleOptionViewItem, QVBoxLayout, QWidget

from gridapp.issues.board import BOARD, Board
from gridapp.issues.ledger_listing import LedgerRow
from ui.issues.board_card import HEIGHT, CardDelegate
from ui.issues.table_model import ROW
from ui.widgets.pages import Pages

CARD = "application/x-gridapp-issue"
_PAGE, _PAGES_KEPT = 40, 10
_LEAST_WIDTH = 168


class CardModel(QAbstractListModel):
    """The issues of one column."""

    def __init__(self, column: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._column = column
        self.pages: Pages[LedgerRow] = Pages(_PAGE, _PAGES_KEPT, self)

    def show(self, board: Board | None) -> None:
        """Show the column of a board."""
        self.beginResetModel()
        column = self._column
        if board is None:
            self.pages.show(0, None)
        else:
            self.pages.show(board.count(column), lambda offset, limit: board.page(column, offset, limit))
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.pages)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (ROW, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return None
        row = self.pages.row(index.row())
        if role == ROW or row is None:
            return row
        return f"{row.number} {row.description}"

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled


class Cards(QListView):
    """Emits ``dropped`` when a card was let go over it, ``crossed`` when an arrow leads to another column.

    ``carried`` carries by how many columns the current card is to be moved, ``sent`` to which one.
    """

    dropped = Signal(bytes)
    crossed = Signal(int)
    carried = Signal(int)
    sent = Signal(int)
    lifted = Signal(object)
    let_go = Signal()
    opened = Signal()
    came = Signal()

    def __init__(self, model: CardModel, name: str) -> None:
        super().__init__()
        self.setModel(model)
        self.delegate = CardDelegate(self)
        self.setItemDelegate(self.delegate)
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setMinimumWidth(_LEAST_WIDTH)
        self.takes = False
        """Whether the card that is being dragged may be let go here."""
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    def row(self) -> LedgerRow | None:
        """The current card."""
        found: LedgerRow | None = self.currentIndex().data(ROW)
        return found

    def go_to(self, position: int) -> None:
        """Make a card the current one."""
        last = self.model().rowCount() - 1
        if last >= 0:
            self.setCurrentIndex(self.model().index(max(0, min(position, last)), 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            (self.carried if control else self.crossed).emit(-1 if key == Qt.Key.Key_Left else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control:
            if self.row() is not None:
                self.opened.emit()
        elif Qt.Key.Key_1 <= key < Qt.Key.Key_1 + len(BOARD) and not control:
            self.sent.emit(key - Qt.Key.Key_1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.go_to(0)
        self.came.emit()

    # Dragging

    def startDrag(self, actions: Qt.DropAction) -> None:
        row = self.row()
        if row is None:
            return
        data = QMimeData()
        data.setData(CARD, row.uid)
        drag = QDrag(self)
        drag.setMimeData(data)
        drag.setPixmap(self._picture())
        self.lifted.emit(row)
        drag.exec(Qt.DropAction.MoveAction)
        self.let_go.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._judge(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._judge(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        if self.takes and event.mimeData().hasFormat(CARD):
            event.acceptProposedAction()
            self.dropped.emit(event.mimeData().data(CARD).data())
        else:
            event.ignore()

    def _judge(self, event: QDragMoveEvent) -> None:
        if self.takes and event.mimeData().hasFormat(CARD):
            event.acceptProposedAction()
        else:
            event.ignore()

    def _picture(self) -> QPixmap:
        size, scale = QSize(self.viewport().width(), HEIGHT), self.devicePixelRatioF()
        picture = QPixmap(size * scale)
        picture.setDevicePixelRatio(scale)
        picture.fill(Qt.GlobalColor.transparent)
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.rect.setSize(size)
        option.rect.moveTo(0, 0)
        painter = QPainter(picture)
        self.delegate.paint(painter, option, self.currentIndex())
        painter.end()
        return picture


class BoardColumnView(QWidget):
    """The heading of a column over its cards."""

    def __init__(self, column: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = column
        self._name = BOARD[column].name
        self.model = CardModel(column, self)
        self.cards = Cards(self.model, self._name)
        self._heading, self._mark = QLabel(), QLabel()
        self._heading.setProperty("heading", True)
        self._mark.setProperty("secondary", True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 4, 0, 0)
        box.setSpacing(2)
        box.addWidget(self._heading)
        box.addWidget(self._mark)
        box.addWidget(self.cards, 1)
        self.mark(None)

    def show_board(self, board: Board | None) -> None:
        """Show its part of a board; the current card stays so, or else the one that has come to its place."""
        before, scrolled = self.cards.currentIndex().row(), self.cards.verticalScrollBar().value()
        card = self.cards.row()
        if board is not None:
            again = board.position_in(self._column, card.uid) if card is not None else None
            before = before if again is None else again
            self.cards.delegate.now = board.now
        self.model.show(board)
        self._heading.setText(f"{self._name}　{len(self.model.pages):,}")
        if before >= 0:
            self.cards.go_to(before)
        self.cards.verticalScrollBar().setValue(scrolled)

    def mark(self, step: str | None, reachable: bool = True) -> None:
        """While a card is lifted, say by which step it comes here, or that it does not."""
        self.cards.takes = bool(step)
        self.cards.delegate.dimmed = not reachable
        self._heading.setEnabled(reachable)
        self._mark.setText(f"→ {step}" if step else ("" if reachable else self.tr("不能移到这里")))
        self.cards.viewport().update()
