"""Draws an issue as a card of the board."""

from __future__ import annotations

import datetime

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gridapp.issues.deadlines import Urgency
from gridapp.issues.ledger_listing import LedgerRow
from ui import theme
from ui.issues.table_model import EMERGENCY_ICON, ROW, URGENCY_LOOKS

HEIGHT = 84
_GAP, _PAD, _LINE = 3, 8, 20
_ICON = 14
_DIMMED = 0.35
_MOST_OF_PEOPLE = 0.6
"""How much of the last line the names may take, so that they leave some room for what it is."""


class CardDelegate(QStyledItemDelegate):
    """Number and deadline, what it is about in two lines, then its category and who raised it."""

    dimmed = False
    now = datetime.datetime.min

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(ROW)
        if row is None:
            return
        look = theme.current()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        card = QRectF(option.rect).adjusted(_GAP, _GAP, -_GAP, -_GAP)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(_DIMMED if self.dimmed else 1.0)
        painter.setBrush(QColor(look.selection if chosen else look.paper))
        painter.setPen(QPen(QColor(look.accent if focused else look.line), 2 if focused else 1))
        painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        inner = card.adjusted(_PAD, 5, -_PAD, -5)
        self._paint_head(painter, inner, row, option.font)
        self._paint_text(painter, inner, row, option.font)
        painter.restore()

    def _paint_head(self, painter: QPainter, inner: QRectF, row: LedgerRow, font: QFont) -> None:
        look = theme.current()
        line = QRectF(inner.left(), inner.top(), inner.width(), _LINE)
        painter.setFont(font)
        words, urgency = row.deadline(self.now), row.urgency(self.now)
        icon, colour = URGENCY_LOOKS.get(urgency, ("clock", "secondary"))
        if row.urgent and row.state.is_pending:
            icon, words = EMERGENCY_ICON[0], " ".join(filter(None, (self.tr("紧急"), words)))
        bold = QFont(font)
        bold.setBold(urgency is Urgency.OVERDUE)
        painter.setFont(bold)
        width = painter.fontMetrics().horizontalAdvance(words)
        painter.setPen(QColor(getattr(look, colour)))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
        if words:
            left = line.right() - width - _ICON - 3
            place = QRectF(left, line.center().y() - _ICON / 2, _ICON, _ICON)
            theme.icon(icon, colour).paint(painter, place.toRect())
        painter.setFont(font)
        painter.setPen(QColor(look.secondary))
        room = line.width() - (width + _ICON + 3 + _PAD if words else 0)
        number = painter.fontMetrics().elidedText(
            row.number, Qt.TextElideMode.ElideLeft, int(room)
        )  # its end tells it apart
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, number)

    def _paint_text(self, painter: QPainter, inner: QRectF, row: LedgerRow, font: QFont) -> None:
        look, metrics = theme.current(), painter.fontMetrics()
        line = QRectF(inner.left(), inner.top() + _LINE + 2, inner.width(), _LINE)
        painter.setPen(QColor(look.ink))
        text = " ".join(row.description.split())
        told = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(line.width()))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, told)
        line.translate(0, _LINE + 2)
        painter.setPen(QColor(look.secondary))
        people = metrics.elidedText(row.raised_by, Qt.TextElideMode.ElideRight, int(line.width() * _MOST_OF_PEOPLE))
        width = metrics.horizontalAdvance(people)
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, people)
        about = "  ".join(filter(None, (row.category, row.where or row.area_name)))
        about = metrics.elidedText(about, Qt.TextElideMode.ElideRight, int(line.width() - width - _PAD))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, about)
