"""Shows where one is in a table: the row of the current cell tinted beneath the cells, and a frame around the cell.

Painted once a view; as a delegate's work it would be asked of Python for every cell.
"""

from PySide6.QtCore import QModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QTableView

from ui import theme

_FRAME = 2


def tint(view: QTableView, current: QModelIndex) -> None:
    """Tint the row of the current cell, as far as there are columns."""
    if not current.isValid():
        return
    top, height = view.rowViewportPosition(current.row()), view.rowHeight(current.row())
    heading = view.horizontalHeader()
    if -height < top < view.viewport().height():
        painter = QPainter(view.viewport())
        width = heading.length() - heading.offset()
        painter.fillRect(0, top, width, height, QColor(theme.current().hover))
        painter.end()


def frame(view: QTableView, current: QModelIndex, focused: bool) -> None:
    """Frame the current cell, as far as it is seen."""
    if not current.isValid() or view.isColumnHidden(current.column()):
        return
    place = view.visualRect(current)
    if place.intersects(view.viewport().rect()):
        painter = QPainter(view.viewport())
        paint_frame(painter, QRectF(place), focused)
        painter.end()


def paint_frame(painter: QPainter, place: QRectF, focused: bool) -> None:
    """Paint such a frame, within its place."""
    colour = theme.current().accent if focused else theme.current().disabled
    painter.setPen(
        QPen(QColor(colour), _FRAME, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap, Qt.PenJoinStyle.MiterJoin)
    )
    painter.drawRect(place.adjusted(_FRAME / 2, _FRAME / 2, -_FRAME / 2, -_FRAME / 2))
