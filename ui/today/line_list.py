"""A list of lines, each of which leads to a thing: mark, what it is, where, and by when."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gridapp.households.categories import at
from gridapp.issues.deadlines import Urgency
from gridapp.today.lines import Line
from ui import theme
from ui.widgets import marks

_ROW = 34
_EDGE = 12
_LEAST_DETAIL = 80
_TITLE_SHARE = 0.55
_LINE = Qt.ItemDataRole.UserRole
_ICONS = {Urgency.OVERDUE: "warning-circle", Urgency.TODAY: "clock"}
_OPENS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)

Index = QModelIndex | QPersistentModelIndex


class LineList(QListWidget):
    """As tall as its lines. A click, Enter or the space bar opens one: ``opened`` carries the line."""

    opened = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setItemDelegate(_LineDelegate(self))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.itemClicked.connect(self._open)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these; the current line stays where it is."""
        row = self.currentRow()
        self.clear()
        for line in lines:
            item = QListWidgetItem(line.title)
            item.setData(_LINE, line)
            told = "，".join(filter(None, (line.title, line.detail, line.when)))
            item.setToolTip(told)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, told)
            self.addItem(item)
        self.setFixedHeight(_ROW * len(lines))
        self.setVisible(bool(lines))
        if lines and row >= 0:
            self.setCurrentRow(min(row, len(lines) - 1))

    def lines(self) -> list[Line]:
        """What is shown."""
        return [self.item(row).data(_LINE) for row in range(self.count())]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OPENS and self.currentItem() is not None:
            self._open(self.currentItem())
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.currentRow() < 0:
            self.setCurrentRow(0)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.clearSelection()

    def _open(self, item: QListWidgetItem) -> None:
        self.opened.emit(item.data(_LINE))


class _LineDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        option.text = ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        worn = theme.current()
        if option.state & QStyle.StateFlag.State_MouseOver and not option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(worn.hover))
        line: Line = index.data(_LINE)
        place = QRectF(option.rect).adjusted(_EDGE, 0, -_EDGE, 0)
        painter.save()
        left = self._paint_mark(painter, place, line)
        right = self._paint_when(painter, place, line, option.font)
        metrics = QFontMetrics(option.font)
        room = right - left - theme.GAP
        title = metrics.horizontalAdvance(line.title)
        if title + _LEAST_DETAIL > room:
            title = min(title, int(room * _TITLE_SHARE) if line.detail else int(room))
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        self._text(painter, QRectF(left, place.top(), title + 1, place.height()), line.title, metrics)
        painter.setPen(QColor(worn.secondary))
        begins = left + title + 2 * theme.GAP
        self._text(
            painter, QRectF(begins, place.top(), right - theme.GAP - begins, place.height()), line.detail, metrics
        )
        painter.restore()

    def _paint_mark(self, painter: QPainter, place: QRectF, line: Line) -> float:
        if line.precedence is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.current().disabled))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawEllipse(QPointF(place.left() + marks.SIZE / 2, place.center().y()), 3, 3)
            return place.left() + marks.SIZE + theme.GAP
        return (
            marks.paint_row(painter, QPointF(place.left(), place.center().y()), (at(line.precedence),)) + theme.GAP / 2
        )

    def _paint_when(self, painter: QPainter, place: QRectF, line: Line, font: QFont) -> float:
        """Write by when, with a sign before what presses, and return where it begins."""
        worn = theme.current()
        colour = {Urgency.OVERDUE: "danger", Urgency.TODAY: "warning"}.get(line.urgency, "secondary")
        painter.setPen(QColor(getattr(worn, colour)))
        painter.setFont(font)
        width = QFontMetrics(font).horizontalAdvance(line.when)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, line.when)
        begins = place.right() - width
        if line.urgency in _ICONS and line.when:
            begins -= 18
            sign = theme.icon(_ICONS[line.urgency], colour)
            sign.paint(painter, int(begins), int(place.center().y()) - 7, 14, 14)
        return begins

    def _text(self, painter: QPainter, place: QRectF, text: str, metrics: QFontMetrics) -> None:
        if place.width() > 0:
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(place.width()))
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
