"""The attachments as tiles: a thumbnail, or the mark of the kind, with the name under it."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui import theme
from ui.attachments.items import ITEM, PICTURE, AttachmentModel, Item

BOX = QSize(112, 84)
_PAD = 6
_TEXT_HEIGHT = 20
_TILE = QSize(BOX.width() + 2 * _PAD, BOX.height() + _TEXT_HEIGHT + 3 * _PAD)
_STEP = QSize(_TILE.width() + theme.GAP, _TILE.height() + theme.GAP)
_LINES = 3
"""How many lines of tiles are in sight; what is more is scrolled to."""
_ICON = 32
_SMALL_PX = 12
_ICONS = {
    "image": "image",
    "video": "film-strip",
    "audio": "microphone",
    "application/pdf": "file-pdf",
    "application/vnd.ms-excel": "table",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "table",
    "text": "file-text",
    "application/msword": "file-text",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "file-text",
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TileView(QListView):
    """As high as its tiles take. ``opened`` is for the current one, ``removed`` for all that are selected."""

    opened = Signal()
    removed = Signal()

    def __init__(self, model: AttachmentModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setGridSize(_STEP)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setDragEnabled(False)
        self.setAcceptDrops(False)  # what is dropped is for the whole strip
        self.setProperty("tiles", True)
        self.setAccessibleName(self.tr("照片和文件"))
        self.setItemDelegate(_Tile(self))
        self.setModel(model)
        self.doubleClicked.connect(lambda _index: self.opened.emit())
        for change in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            change.connect(self._fit_height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self.currentIndex().isValid():
            if (
                self.state() != QAbstractItemView.State.EditingState
            ):  # where it finishes the name, and no more than that
                self.opened.emit()
        elif event.key() == Qt.Key.Key_Delete and self.selectedIndexes():
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()

    def _fit_height(self) -> None:
        count = self.model().rowCount()
        columns = max(1, self.width() // _STEP.width())
        lines = -(-count // columns)
        if lines > _LINES:  # a scroll bar takes some of the width
            inner = self.width() - self.verticalScrollBar().sizeHint().width()
            lines = -(-count // max(1, inner // _STEP.width()))
        shown = min(lines, _LINES) * _STEP.height() + (_STEP.height() // 3 if lines > _LINES else 0)
        if self.height() != shown or self.minimumHeight() != shown:
            self.setFixedHeight(shown)
        self.setVisible(count > 0)


class _Tile(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return _TILE

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        item: Item = index.data(ITEM)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tile = QRect(option.rect.topLeft(), _TILE)
        self._paint_ground(painter, tile, option.state)
        box = QRect(tile.left() + _PAD, tile.top() + _PAD, BOX.width(), BOX.height())
        picture = index.data(PICTURE)
        if picture is not None and not picture.isNull():
            _paint_picture(painter, box, picture)
        else:
            missing = picture is not None
            self._paint_mark(painter, box, item, self.tr("内容缺失") if missing else item.kind_name, missing)
        painter.setPen(QColor(theme.current().ink))
        line = QRect(box.left(), box.bottom() + _PAD, box.width(), _TEXT_HEIGHT)
        name = painter.fontMetrics().elidedText(item.name, Qt.TextElideMode.ElideMiddle, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, name)
        painter.restore()

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        height = editor.sizeHint().height()
        bottom = option.rect.top() + _TILE.height()
        editor.setGeometry(option.rect.left(), bottom - height, _TILE.width(), height)

    def _paint_ground(self, painter: QPainter, tile: QRect, state: QStyle.StateFlag) -> None:
        worn = theme.current()
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        ground = worn.selection if chosen else worn.hover if hovered else worn.paper
        painter.setBrush(QColor(ground))
        painter.setPen(QPen(QColor(worn.accent if focused or chosen else worn.line), 2 if focused else 1))
        inset = 1.0 if focused else 0.5
        painter.drawRoundedRect(QRectF(tile).adjusted(inset, inset, -inset, -inset), 4, 4)

    def _paint_mark(self, painter: QPainter, box: QRect, item: Item, text: str, missing: bool) -> None:
        """Of what has no thumbnail, an icon and in words what it is."""
        name = "warning" if missing else _ICONS.get(item.kind, _ICONS.get(item.kind.partition("/")[0], "file"))
        place = QRect(box.center().x() - _ICON // 2, box.top() + box.height() // 2 - _ICON + 8, _ICON, _ICON)
        theme.icon(name, "danger" if missing else "secondary").paint(painter, place)
        font = painter.font()
        painter.save()
        font.setPixelSize(_SMALL_PX)
        painter.setFont(font)
        painter.setPen(QColor(theme.current().danger if missing else theme.current().secondary))
        painter.drawText(
            QRect(box.left(), place.bottom() + 4, box.width(), _TEXT_HEIGHT), Qt.AlignmentFlag.AlignCenter, text
        )
        painter.restore()


def _paint_picture(painter: QPainter, box: QRect, picture: QPixmap) -> None:
    size = picture.deviceIndependentSize()
    left = box.left() + (box.width() - size.width()) / 2
    top = box.top() + (box.height() - size.height()) / 2
    painter.drawPixmap(QRectF(left, top, size.width(), size.height()).toRect(), picture)
