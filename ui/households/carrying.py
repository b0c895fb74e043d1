"""Dragging rows of the household table."""

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QColor, QDrag, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.areas.tree_model import HOUSEHOLDS


def carry(count: int, table: QWidget) -> None:
    """Drag so many households; which these are is asked of the table when they are dropped."""
    if count:
        drag = QDrag(table)
        drag.setMimeData(carried())
        drag.setPixmap(_picture(table.tr("{0} 户").format(f"{count:,}"), table))
        drag.exec(Qt.DropAction.MoveAction)


def carried() -> QMimeData:
    """What is dragged."""
    data = QMimeData()
    data.setData(HOUSEHOLDS, b"")
    return data


def _picture(text: str, widget: QWidget) -> QPixmap:
    """A label of the accent colour, drawn for the screen that the widget is on."""
    metrics, ratio = widget.fontMetrics(), widget.devicePixelRatioF()
    width, height = metrics.horizontalAdvance(text) + 2 * theme.GAP, metrics.height() + theme.GAP
    picture = QPixmap(round(width * ratio), round(height * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(widget.font())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.current().accent))
    painter.drawRoundedRect(0, 0, width, height, 4, 4)
    painter.setPen(QColor(theme.current().on_accent))
    painter.drawText(0, 0, width, height, Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    return picture
