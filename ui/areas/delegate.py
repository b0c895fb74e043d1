"""Draws a line of the area tree: name, colour shares, number of households."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gridapp.households.categories import at
from ui import theme
from ui.areas.tree_model import COUNTS, Index

_BAR_WIDTH = 40
_BAR_HEIGHT = 8
_NUMBER_WIDTH = 56
_LEAST_NAME = 72


class AreaDelegate(QStyledItemDelegate):
    """The number stands at the right edge, the shares before it; a narrow tree gives up the shares first."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), 28)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        name, option.text = option.text, ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        counts = index.data(COUNTS)
        colours = theme.current()
        place = QRectF(option.rect).adjusted(4, 0, -8, 0)
        painter.save()
        if counts is not None:
            number = QRectF(place.right() - _NUMBER_WIDTH, place.top(), _NUMBER_WIDTH, place.height())
            painter.setPen(QColor(colours.secondary))
            painter.drawText(number, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{sum(counts):,}")
            bars_right = number.left() - 4
            place.setRight(number.right() - painter.fontMetrics().horizontalAdvance(f"{sum(counts):,}") - theme.GAP)
            if bars_right - place.left() - _BAR_WIDTH - theme.GAP >= _LEAST_NAME and sum(counts):
                bar = QRectF(bars_right - _BAR_WIDTH, place.center().y() - _BAR_HEIGHT / 2, _BAR_WIDTH, _BAR_HEIGHT)
                _paint_shares(painter, bar, counts)
                place.setRight(bar.left() - theme.GAP)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        text = QFontMetrics(option.font).elidedText(name, Qt.TextElideMode.ElideRight, int(place.width()))
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()


def _paint_shares(painter: QPainter, bar: QRectF, counts: Sequence[int]) -> None:
    left = bar.left()
    total = sum(counts)
    for position, count in enumerate(counts):
        width = bar.width() * count / total
        painter.fillRect(QRectF(left, bar.top(), width, bar.height()), QColor(at(position).colour))
        left += width
