"""The list below the search box: what was found, kind by kind under headings."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from gridapp.finding import HOUSEHOLDS, ISSUES, MEMBERS, RESIDENTS, Answer, Found
from gridapp.households.categories import BY_KEY, UNCLASSED
from ui import theme
from ui.widgets import marks

FOUND = Qt.ItemDataRole.UserRole
_HEADING_HEIGHT = 26
_MOST_HEIGHT = 720
_EDGE = 12
_TITLE_SHARE = 0.36
_ICONS = {ISSUES: "clipboard-text", MEMBERS: "users-three"}


class Results(QListWidget):
    """Shows an answer. It never has the focus; the box moves in it with ``step`` and takes ``current``."""

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("found")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setItemDelegate(_Delegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(self.tr("搜索结果"))
        self.setMouseTracking(True)
        self.itemClicked.connect(self._pick)
        self._names = {
            HOUSEHOLDS: self.tr("住户"),
            RESIDENTS: self.tr("居民"),
            ISSUES: self.tr("民意"),
            MEMBERS: self.tr("服务队"),
        }
        self.hide()

    def show_answer(self, answer: Answer) -> None:
        """Show what was found, the first of it chosen."""
        self.clear()
        kind = ""
        for found in answer.found:
            if found.kind != kind:
                kind = found.kind
                self._say(self._names[kind])
            item = QListWidgetItem(found.title)
            item.setData(FOUND, found)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{self._names[kind]} {found.title} {found.detail}")
            item.setToolTip(f"{found.title}\n{found.detail}")
            self.addItem(item)
        if not answer.found:
            self._say(self.tr("没有找到“{0}”。可以换成姓名、首字母、电话尾号或门牌再试。").format(answer.text.strip()))
        if not answer.is_complete:
            self._say(self.tr("搜索索引还在建立，暂时只找住户和居民。"))
        self.step(1)
        self.scrollToTop()

    def needed_height(self) -> int:
        """Pixels that all lines take, as far as they are shown at once."""
        return min(_MOST_HEIGHT, sum(self.sizeHintForRow(row) for row in range(self.count())) + 10)

    def current(self) -> Found | None:
        """What is chosen, or None where nothing was found."""
        item = self.currentItem()
        return item.data(FOUND) if item is not None else None

    def step(self, by: int) -> None:
        """Choose the next or the previous line, over headings, round from the end to the beginning."""
        rows = [row for row in range(self.count()) if self.item(row).data(FOUND) is not None]
        if not rows:
            self.setCurrentRow(-1)
            return
        here = self.currentRow()
        at = rows.index(here) if here in rows else (-1 if by > 0 else 0)
        row = rows[(at + by) % len(rows)]
        self.setCurrentRow(row)
        self.scrollToItem(self.item(max(0, row - 1)))  # the heading comes along with its first line
        self.scrollToItem(self.item(row))

    def _say(self, text: str) -> None:
        item = QListWidgetItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.addItem(item)

    def _pick(self, item: QListWidgetItem) -> None:
        if item.data(FOUND) is not None:
            self.picked.emit(item.data(FOUND))


class _Delegate(QStyledItemDelegate):
    """A heading in small grey type; a line with its mark, its name, and in grey where it is."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, _HEADING_HEIGHT if index.data(FOUND) is None else theme.ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        look, found = theme.current(), index.data(FOUND)
        painter.save()
        place: QRect = option.rect
        if found is None:
            painter.setPen(QColor(look.secondary))
            _write(painter, place.adjusted(_EDGE, 0, -_EDGE, 0), index.data())
        else:
            if option.state & QStyle.StateFlag.State_Selected:
                painter.fillRect(place, QColor(look.selection))
                painter.fillRect(QRect(place.left(), place.top(), 3, place.height()), QColor(look.accent))
            elif option.state & QStyle.StateFlag.State_MouseOver:
                painter.fillRect(place, QColor(look.hover))
            self._paint_found(painter, place.adjusted(_EDGE, 0, -_EDGE, 0), found)
        painter.restore()

    def _paint_found(self, painter: QPainter, place: QRect, found: Found) -> None:
        look = theme.current()
        square = QRect(place.left(), place.center().y() - marks.SIZE // 2 + 1, marks.SIZE, marks.SIZE)
        if found.is_past:
            theme.icon("clock-counter-clockwise", "secondary").paint(painter, square)
        elif found.kind in _ICONS:
            theme.icon(_ICONS[found.kind]).paint(painter, square)
        else:
            marks.paint(painter, QRectF(square), BY_KEY.get(found.category, UNCLASSED))
        left = square.right() + theme.GAP + 1
        width = round((place.right() - left) * _TITLE_SHARE)
        painter.setPen(QColor(look.ink))
        _write(painter, QRect(left, place.top(), width, place.height()), found.title)
        painter.setPen(QColor(look.secondary))
        rest = QRect(left + width + theme.GAP, place.top(), place.right() - left - width - theme.GAP, place.height())
        _write(painter, rest, found.detail)


def _write(painter: QPainter, place: QRect, text: str) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
