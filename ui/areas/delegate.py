"""Draws a line of the area tree: name, sign of a team that lacks somebody, colours, households, late issues."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gridapp.households.categories import at
from ui import theme
from ui.areas.tree_model import COUNTS, EMERGENCY, LACKING, OVERDUE, Index

_BAR_WIDTH = 40
_BAR_HEIGHT = 8
_NUMBER_WIDTH = 50
_LEAST_NAME = 72
_BADGE_HEIGHT = 16
_BADGE_FONT = 11
_BADGE_EDGE = 5
_BADGE_ROOM = 34
_ROOMY = 236
"""Pixels across from which on every line keeps room for late issues, so that numbers stand below each other."""

_MOST_TOLD = 99
_SIGN, _SIGN_GAP, _CIRCLE = 12, 2, 4
_ALARM = 14


class AreaDelegate(QStyledItemDelegate):
    """The circled number of late issues stands at the right edge, before it that of households, before it the shares.

    The sign of a team that is not complete stands behind the name. A narrow tree gives up the shares first, then the
    room that is kept for late issues where there are none.
    """

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), 28)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        name, option.text = option.text, ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        metrics = QFontMetrics(option.font)
        place = QRectF(option.rect).adjusted(4, 0, -8, 0)
        painter.save()
        emergency = index.data(EMERGENCY)
        if emergency is not None:
            _paint_alarm(painter, place, emergency)
        late = index.data(OVERDUE)
        if late is not None:
            _paint_badge(painter, place, late)
        counts = index.data(COUNTS)
        if counts is not None:
            _paint_counts(painter, place, counts, min(_LEAST_NAME, metrics.horizontalAdvance(name)))
        if index.data(LACKING) and not option.state & QStyle.StateFlag.State_Open:  # of an open one those below tell
            _paint_lacking(painter, place, metrics.horizontalAdvance(name))
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(place.width()))
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()


def _paint_alarm(painter: QPainter, place: QRectF, is_here: bool) -> None:
    """Paint the sign of an emergency before the name, fainter where it goes on below alone, and leave the rest."""
    sign = theme.icon("megaphone-fill" if is_here else "megaphone", "danger" if is_here else "secondary")
    sign.paint(painter, QRect(int(place.left()), int(place.center().y()) - _ALARM // 2, _ALARM, _ALARM))
    place.setLeft(place.left() + _ALARM + theme.GAP / 2)


def badge_text(late: int) -> str:
    """``3``; of more than can be told apart at a glance ``99+``."""
    return f"{late}" if late <= _MOST_TOLD else f"{_MOST_TOLD}+"


def _paint_badge(painter: QPainter, place: QRectF, late: int) -> None:
    """Paint the number of late issues, if there are any, and leave the rest of the place."""
    kept: float = _BADGE_ROOM if place.right() >= _ROOMY else 0
    if late:
        painter.save()
        font = QFont(painter.font())
        font.setPixelSize(_BADGE_FONT)
        font.setBold(True)
        painter.setFont(font)
        text = badge_text(late)
        width = max(_BADGE_HEIGHT, painter.fontMetrics().horizontalAdvance(text) + 2 * _BADGE_EDGE)
        badge = QRectF(place.right() - width, place.center().y() - _BADGE_HEIGHT / 2, width, _BADGE_HEIGHT)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.current().danger), 1.2))
        painter.drawRoundedRect(badge.adjusted(0.6, 0.6, -0.6, -0.6), _BADGE_HEIGHT / 2, _BADGE_HEIGHT / 2)
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()
        kept = kept or width + theme.GAP / 2
    place.setRight(place.right() - kept)


def _paint_lacking(painter: QPainter, place: QRectF, name: int) -> None:
    """Paint the sign of a team that is not complete right behind the name, and leave the rest of the place.

    Where the name leaves no room for it, a small circle stands in the gap before what follows.
    """
    left = place.left() + name + _SIGN_GAP
    if left + _SIGN <= place.right() + theme.GAP / 2:
        sign = QRectF(left, place.center().y() - _SIGN / 2, _SIGN, _SIGN).toRect()
        theme.icon("user-minus", "warning").paint(painter, sign)
        place.setRight(left)
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.current().warning), 1.5))
    left = min(left, place.right() + 1)
    painter.drawEllipse(QRectF(left, place.center().y() - _CIRCLE / 2, _CIRCLE, _CIRCLE))
    painter.restore()


def _paint_counts(painter: QPainter, place: QRectF, counts: Sequence[int], name: int) -> None:
    """Paint how many households there are, and their shares by colour where there is room, and leave the rest.

    Args:
        name: pixels that the name takes.
    """
    total = f"{sum(counts):,}"
    number = QRectF(place.right() - _NUMBER_WIDTH, place.top(), _NUMBER_WIDTH, place.height())
    painter.setPen(QColor(theme.current().secondary))
    painter.drawText(number, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, total)
    bars_right = number.left() - 4
    place.setRight(number.right() - painter.fontMetrics().horizontalAdvance(total) - theme.GAP)
    if bars_right - place.left() - _BAR_WIDTH - theme.GAP >= name and any(counts):
        bar = QRectF(bars_right - _BAR_WIDTH, place.center().y() - _BAR_HEIGHT / 2, _BAR_WIDTH, _BAR_HEIGHT)
        _paint_shares(painter, bar, counts)
        place.setRight(bar.left() - theme.GAP)


def _paint_shares(painter: QPainter, bar: QRectF, counts: Sequence[int]) -> None:
    left = bar.left()
    total = sum(counts)
    for position, count in enumerate(counts):
        width = bar.width() * count / total
        painter.fillRect(QRectF(left, bar.top(), width, bar.height()), QColor(at(position).colour))
        left += width
