"""A line that offers, while one types, what may be meant."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui import theme

_ROWS = 8
_LEAST_WIDTH = 320
_EDGE = 10
_OFFER = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Offer:
    """Something that can be chosen; ``detail`` stands behind its title, in grey."""

    value: Any
    title: str
    detail: str = ""


class TypeAhead(QLineEdit):
    """Up and down go through what is offered below the line, Enter, Tab or a click takes one.

    ``chosen`` carries the offer that was taken by hand.
    """

    chosen = Signal(object)
    TAKES_FIRST = True
    """Whether what is offered first is meant unless another is gone to; else the text counts as it stands."""

    def __init__(self, offer: Callable[[str], Sequence[Offer]], parent: QWidget | None = None) -> None:
        """Make an empty line.

        Args:
            offer: what to offer for a text; for an empty one, all.
        """
        super().__init__(parent)
        self._offer = offer
        self._value: Any = None
        self._list: QListWidget | None = None
        self.textEdited.connect(self._type)

    def value(self) -> Any:
        """What was chosen; None while the text is only a text."""
        return self._value

    def set_value(self, value: Any, title: str) -> None:
        """Show something chosen."""
        self._value = value
        self.setText(title)
        self.setCursorPosition(0)
        self.close_list()

    @property
    def offered(self) -> QListWidget:
        """What is offered; made when it is first needed, since it lies above the whole window."""
        if self._list is None:
            self._list = QListWidget(self.window())
            self._list.setObjectName("offers")
            self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._list.setFrameShape(QFrame.Shape.Box)
            self._list.setItemDelegate(_Delegate(self._list))
            self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self._list.setMouseTracking(True)
            self._list.setAccessibleName(self.accessibleName())
            self._list.itemClicked.connect(self._take)
            self._list.hide()
        return self._list

    def is_open(self) -> bool:
        """Whether something is offered."""
        return self._list is not None and self._list.isVisible()

    def open_list(self, text: str = "") -> None:
        """Offer what a text may mean."""
        shown = self.offered
        shown.clear()
        for offer in self._offer(text):
            item = QListWidgetItem(offer.title)
            item.setData(_OFFER, offer)
            item.setToolTip(f"{offer.title} {offer.detail}".strip())
            shown.addItem(item)
        if not shown.count():
            self.close_list()
            return
        shown.setCurrentRow(0 if self.TAKES_FIRST else -1)
        shown.setGeometry(self._place(shown.count()))
        shown.show()
        shown.raise_()

    def close_list(self) -> None:
        """Offer nothing any more."""
        if self._list is not None:
            self._list.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_open():
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._step(1 if event.key() == Qt.Key.Key_Down else -1)
                return
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_KEYPAD:
                self._take(self.offered.currentItem())
                self.close_list()
                return
            if event.key() == Qt.Key.Key_Escape:
                self.close_list()
                return
        elif event.key() == Qt.Key.Key_Down:
            self.open_list()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        taken = self.is_open() and event.reason() == Qt.FocusReason.TabFocusReason
        if taken and self.text().strip():
            self._take(self.offered.currentItem())
        self.close_list()
        super().focusOutEvent(event)

    def _step(self, by: int) -> None:
        here, count = self.offered.currentRow(), self.offered.count()
        self.offered.setCurrentRow((here + by) % count if here >= 0 else (0 if by > 0 else count - 1))

    def _type(self, text: str) -> None:
        self._value = None
        if text.strip():
            self.open_list(text)
        else:
            self.close_list()

    def _take(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        offer: Offer = item.data(_OFFER)
        self.set_value(offer.value, offer.title)
        self.chosen.emit(offer)

    def _place(self, count: int) -> QRect:
        """Below the line, or above it where the window has no room below."""
        window = self.window()
        top = self.mapTo(window, QPoint(0, self.height() + 2))
        size = QSize(max(self.width(), _LEAST_WIDTH), min(count, _ROWS) * theme.ROW_HEIGHT + 4)
        left = max(0, min(top.x(), window.width() - size.width() - 4))
        if top.y() + size.height() > window.height():
            top.setY(max(0, self.mapTo(window, QPoint(0, 0)).y() - size.height() - 2))
        return QRect(QPoint(left, top.y()), size)


_KEYPAD = Qt.KeyboardModifier.KeypadModifier


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, theme.ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        look, place, offer = theme.current(), option.rect, index.data(_OFFER)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(place, QColor(look.selection))
            painter.fillRect(QRect(place.left(), place.top(), 3, place.height()), QColor(look.accent))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(place, QColor(look.hover))
        inner = place.adjusted(_EDGE, 0, -_EDGE, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        metrics = painter.fontMetrics()
        title = metrics.elidedText(offer.title, Qt.TextElideMode.ElideRight, inner.width())
        painter.setPen(QColor(look.ink))
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignLeft, title)
        painter.setPen(QColor(look.secondary))
        rest = inner.width() - metrics.horizontalAdvance(title) - 2 * theme.GAP
        if rest > 3 * metrics.averageCharWidth():
            detail = metrics.elidedText(offer.detail, Qt.TextElideMode.ElideRight, rest)
            painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, detail)
        painter.restore()
