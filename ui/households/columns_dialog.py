"""The dialog in which the columns of the household table are chosen and put in order."""

from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gridapp.households.columns import COLUMNS
from ui import theme
from ui.households.column_layout import ColumnLayout

_ROW_HEIGHT = 26
_KEY = Qt.ItemDataRole.UserRole


class ColumnsDialog(QDialog):
    """``changed`` carries the layout after every step, so that one sees at once what it does."""

    changed = Signal(object)

    def __init__(self, layout: ColumnLayout, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before = self._layout = layout
        self.setWindowTitle(self.tr("列"))
        self.resize(360, 640)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("列"))
        self.list.setDragDropMode(QListWidget.DragDropMode.InternalMove)
        self.frozen = QComboBox()
        self.frozen.addItem(self.tr("不冻结"))
        self.frozen.addItems([self.tr("{0} 列").format(count) for count in range(1, len(COLUMNS) + 1)])
        self.frozen.setAccessibleName(self.tr("冻结左边的列数"))
        self.up = QPushButton(theme.icon("arrow-up"), self.tr("上移"))
        self.down = QPushButton(theme.icon("arrow-down"), self.tr("下移"))
        self.up.setToolTip(self.tr("上移 (Alt+↑)"))
        self.down.setToolTip(self.tr("下移 (Alt+↓)"))
        self._build()
        self._fill()
        self.list.setCurrentRow(0)
        self._connect()

    def _build(self) -> None:
        moving = QHBoxLayout()
        moving.setSpacing(theme.GAP)
        frozen = QLabel(self.tr("冻结左边的列数"))
        frozen.setBuddy(self.frozen)
        for widget in (self.up, self.down):
            moving.addWidget(widget)
        moving.addStretch()
        moving.addWidget(frozen)
        moving.addWidget(self.frozen)
        buttons = QDialogButtonBox()
        self.reset = buttons.addButton(self.tr("恢复默认"), QDialogButtonBox.ButtonRole.ResetRole)
        self.close_ = buttons.addButton(self.tr("完成"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.close_.setProperty("primary", True)
        buttons.addButton(self.tr("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        told = QLabel(self.tr("打勾的列显示在表中；拖动或用按钮改变次序。"))
        told.setProperty("secondary", True)
        told.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(theme.GAP)
        column.addWidget(told)
        column.addWidget(self.list, 1)
        column.addLayout(moving)
        column.addWidget(buttons)

    def _connect(self) -> None:
        self.list.itemChanged.connect(lambda _item: self._take_over())
        self.list.model().rowsMoved.connect(lambda *_moved: self._take_over())
        self.frozen.currentIndexChanged.connect(lambda _count: self._take_over())
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self.reset.clicked.connect(self._reset)
        QShortcut(QKeySequence("Alt+Up"), self).activated.connect(lambda: self._move(-1))
        QShortcut(QKeySequence("Alt+Down"), self).activated.connect(lambda: self._move(1))

    def reject(self) -> None:
        self.changed.emit(self._before)
        super().reject()

    def _fill(self) -> None:
        columns = {column.key: column for column in COLUMNS}
        self.list.clear()
        for key in self._layout.order:
            hint = columns[key].hint
            item = QListWidgetItem(f"{columns[key].name}（{hint}）" if hint else columns[key].name)
            item.setData(_KEY, key)
            item.setSizeHint(QSize(0, _ROW_HEIGHT))
            item.setCheckState(Qt.CheckState.Unchecked if key in self._layout.hidden else Qt.CheckState.Checked)
            self.list.addItem(item)
        self.frozen.setCurrentIndex(min(self._layout.frozen, len(COLUMNS)))

    def _take_over(self) -> None:
        items = [self.list.item(row) for row in range(self.list.count())]
        hidden = {item.data(_KEY) for item in items if item.checkState() is Qt.CheckState.Unchecked}
        if len(hidden) == len(items):
            self.list.currentItem().setCheckState(Qt.CheckState.Checked)  # one column has to stay
            return
        order = tuple(item.data(_KEY) for item in items)
        self._layout = replace(self._layout, order=order, hidden=frozenset(hidden), frozen=self.frozen.currentIndex())
        self.changed.emit(self._layout)

    def _move(self, by: int) -> None:
        row = self.list.currentRow()
        if 0 <= row + by < self.list.count():
            self.list.blockSignals(True)
            item = self.list.takeItem(row)
            self.list.insertItem(row + by, item)
            self.list.setCurrentItem(item)
            self.list.blockSignals(False)
            self._take_over()

    def _reset(self) -> None:
        self._layout = ColumnLayout()
        self.list.blockSignals(True)
        self.frozen.blockSignals(True)
        self._fill()
        self.list.blockSignals(False)
        self.frozen.blockSignals(False)
        self.changed.emit(self._layout)
