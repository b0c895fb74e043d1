"""Looking at pictures that are attached: upright, one after the other, near and from afar."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPixmap, QResizeEvent, QTransform, QWheelEvent
from PySide6.QtWidgets import (
    QDialog,
    QGraphicsScene,
    QGraphicsView,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gridapp import pictures
from gridapp.attachments.kinds import PICTURES
from gridapp.errors import UserError
from gridapp.register import Register
from gridapp.sizes import size_text
from ui import theme
from ui.attachments.items import Item, missing_text
from ui.jobs import Jobs
from ui.widgets.elided import ElidedLabel

_LONGEST = 4_000
"""Pixels of the longer side of what is shown: more than any screen has, and soon handed over to it."""
_SMALLEST, _LARGEST = 0.05, 8.0
_STEP = 1.25
_SHARE = 0.85
_LEAST = QSize(480, 360)


class AttachmentViewer(QDialog):
    """Shows pictures. ``open_asked`` and ``save_asked`` carry the item that is shown."""

    open_asked = Signal(object)
    save_asked = Signal(object)

    def __init__(
        self,
        items: Sequence[Item],
        position: int,
        register: Register | None,
        reads: Jobs,
        parent: QWidget | None = None,
    ) -> None:
        """Make a viewer of pictures.

        Args:
            position: which is shown first.
            register: where their contents are read, in a job of ``reads``.
        """
        super().__init__(parent)
        self._items = list(items)
        self._position = position
        self._register = register
        self._reads = reads
        self.canvas = PictureCanvas()
        self.said = QLabel()
        self._build()
        if parent is not None:
            self.resize((parent.window().size() * _SHARE).expandedTo(_LEAST))
        self.finished.connect(self.deleteLater)
        self._show()

    @property
    def item(self) -> Item:
        """The one that is shown."""
        return self._items[self._position]

    def step(self, by: int) -> None:
        """Show one of those before or behind, as far as there are any."""
        position = min(max(self._position + by, 0), len(self._items) - 1)
        if position != self._position:
            self._position = position
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = {
            Qt.Key.Key_Left: lambda: self.step(-1),
            Qt.Key.Key_Right: lambda: self.step(1),
            Qt.Key.Key_PageUp: lambda: self.step(-1),
            Qt.Key.Key_PageDown: lambda: self.step(1),
            Qt.Key.Key_Home: lambda: self.step(-len(self._items)),
            Qt.Key.Key_End: lambda: self.step(len(self._items)),
            Qt.Key.Key_Plus: self.canvas.zoom_in,
            Qt.Key.Key_Equal: self.canvas.zoom_in,
            Qt.Key.Key_Minus: self.canvas.zoom_out,
            Qt.Key.Key_0: self.canvas.fit,
            Qt.Key.Key_1: self.canvas.show_pixels,
        }.get(Qt.Key(event.key()))
        if act is not None:
            act()
        else:
            super().keyPressEvent(event)

    # How it is built

    def _build(self) -> None:
        self.said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setProperty("secondary", True)
        self._sides = QStackedWidget()
        self._sides.addWidget(self.canvas)
        self._sides.addWidget(self.said)
        self._name, self._details = ElidedLabel(least=8), QLabel()
        self._name.setProperty("heading", True)
        self._place, self._scale = QLabel(), QLabel()
        for label in (self._details, self._place, self._scale):
            label.setProperty("secondary", True)
        self._before = self._button("caret-left", self.tr("上一张（←）"), lambda: self.step(-1))
        self._behind = self._button("caret-right", self.tr("下一张（→）"), lambda: self.step(1))
        self.canvas.zoomed.connect(lambda scale: self._scale.setText(f"{scale:.0%}"))
        line = QHBoxLayout()
        line.setContentsMargins(12, 6, 12, 6)
        line.setSpacing(theme.GAP)
        line.addWidget(self._name)
        line.addWidget(self._details)
        line.addStretch()
        for widget in (self._before, self._place, self._behind):
            line.addWidget(widget)
        line.addSpacing(theme.GAP)
        nearer = self._button("magnifying-glass-plus", self.tr("放大（+）"), self.canvas.zoom_in)
        farther = self._button("magnifying-glass-minus", self.tr("缩小（-）"), self.canvas.zoom_out)
        fitting = self._button("corners-out", self.tr("适合窗口（0）"), self.canvas.fit)
        self._zooming = (farther, nearer, fitting)
        self._scale.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._scale.setMinimumWidth(self._scale.fontMetrics().horizontalAdvance("888%"))
        for widget in (farther, self._scale, nearer, fitting):
            line.addWidget(widget)
        line.addSpacing(theme.GAP)
        opens, saves = self.tr("用其他程序打开"), self.tr("另存为…")
        line.addWidget(self._button("arrow-square-out", opens, lambda: self.open_asked.emit(self.item)))
        line.addWidget(self._button("floppy-disk", saves, lambda: self.save_asked.emit(self.item)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._sides, 1)
        column.addLayout(line)

    def _button(self, icon: str, tip: str, act: Callable[[], object]) -> QToolButton:
        button = QToolButton()
        button.setIcon(theme.icon(icon))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # clicked, it leaves the arrow keys to the picture
        button.clicked.connect(lambda: act())
        return button

    # What happens

    def _show(self) -> None:
        item = self.item
        self.setWindowTitle(item.name)
        self._name.setText(item.name)
        self._details.setText(f"{item.width}×{item.height}  {size_text(item.size)}")
        self._place.setText(f"{self._position + 1} / {len(self._items)}")
        self._place.setVisible(len(self._items) > 1)
        for button, by in ((self._before, -1), (self._behind, 1)):
            button.setVisible(len(self._items) > 1)
            button.setEnabled(0 <= self._position + by < len(self._items))
        self.canvas.setAccessibleName(item.name)
        self._say(self.tr("正在打开 {0} …").format(item.name))
        register = self._register
        self._reads.start(
            "", lambda _progress, _cancel: (item, _read(item, register)), register, self._take, self._fail
        )

    def _take(self, answer: tuple[Item, QImage | str]) -> None:
        item, picture = answer
        if item is not self.item:  # somebody has gone on meanwhile
            return
        if isinstance(picture, str):
            self._say(picture)
            return
        self._show_side(0)
        self.canvas.show_picture(QPixmap.fromImage(picture))
        self.canvas.setFocus()

    def _fail(self, error: Exception) -> None:
        self._say(str(error))
        if not isinstance(error, UserError):
            raise error

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self._show_side(1)
        self._scale.clear()

    def _show_side(self, position: int) -> None:
        self._sides.setCurrentIndex(position)
        for button in self._zooming:
            button.setEnabled(position == 0)


class PictureCanvas(QGraphicsView):
    """A picture that is zoomed with the wheel and shoved with the mouse; whole, unless somebody goes nearer."""

    zoomed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setScene(QGraphicsScene(self))
        self._picture = self.scene().addPixmap(QPixmap())
        self._picture.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self._fits = True
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)

    def show_picture(self, picture: QPixmap) -> None:
        """Show another picture, all of it."""
        self._picture.setPixmap(picture)
        self.scene().setSceneRect(QRectF(picture.rect()))
        self.fit()

    @property
    def scale_(self) -> float:
        """Pixels of the window a pixel of the picture."""
        return self.transform().m11()

    def zoom_in(self) -> None:
        self._zoom(self.scale_ * _STEP)

    def zoom_out(self) -> None:
        self._zoom(self.scale_ / _STEP)

    def show_pixels(self) -> None:
        """Show each pixel of the picture as one of the window."""
        self._zoom(1.0)

    def fit(self) -> None:
        """Show the whole picture, now and whenever the window gets another size; a small one no larger than it is."""
        self._fits = True
        size = self._picture.pixmap().size()
        if size.isEmpty():
            return
        room = self.viewport().size()
        self._set_scale(min(1.0, room.width() / size.width(), room.height() / size.height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fits:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y()
        if turned:
            self._zoom(self.scale_ * _STEP ** (turned / 120))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()  # the arrow keys go on to the next picture, and do not shove this one

    def _zoom(self, scale: float) -> None:
        if not self._picture.pixmap().isNull():
            self._fits = False
            self._set_scale(min(max(scale, _SMALLEST), _LARGEST))

    def _set_scale(self, scale: float) -> None:
        self.setTransform(QTransform.fromScale(scale, scale))
        self.zoomed.emit(scale)


def _read(item: Item, register: Register | None) -> QImage | str:
    """The picture as it is looked at, or in words why it cannot be shown."""
    content = item.content(register)
    if content is None:
        return missing_text(item.name)
    try:
        shown = pictures.pixels(content, item.name, PICTURES, _LONGEST)
    except UserError as error:
        return str(error)
    return QImage(shown.data, shown.width, shown.height, 3 * shown.width, QImage.Format.Format_RGB888).copy()
