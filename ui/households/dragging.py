"""Dragging selected households onto a grid of the tree."""

from PySide6.QtCore import QCoreApplication, QMimeData, Qt
from PySide6.QtGui import QColor, QDrag, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.areas.tree_model import HOUSEHOLDS


def drag(widget: QWidget, households: int) -> None:
    """Drag what is selected in a widget; the cursor carries the number."""
    held = QDrag(widget)
    held.setMimeData(carried())
    text = QCoreApplication.translate("HouseholdTable", "{0} 户").format(f"{households:,}")
    held.setPixmap(_picture(text, widget))
    held.exec(Qt.DropAction.MoveAction)


def carried() -> QMimeData:
    """What is dragged. Which households these are is asked of what shows them when they are dropped."""
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
