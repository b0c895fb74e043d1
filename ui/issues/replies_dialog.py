"""The dialog in which the sentences are kept that are offered with the steps of issues."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from gridapp.errors import UserError
from gridapp.issues import replies
from gridapp.issues.replies import Replies, UnfitReply
from gridapp.issues.workflow import BY_STEP
from gridapp.register import Register
from ui import theme
from ui.widgets.asking import AskingDialog

_WIDTH, _HEIGHT = 560, 460
_DIGITS = 9
_EDITABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable


class RepliesDialog(AskingDialog):
    """``saved`` comes once what was changed is kept, as one step."""

    saved = Signal()

    def __init__(self, register: Register, step: str, parent: QWidget | None = None) -> None:
        """Make the dialog of the words of a register.

        Args:
            step: whose sentences are shown first.
        """
        translate = QCoreApplication.translate
        super().__init__(
            translate("RepliesDialog", "常用语"),
            translate("RepliesDialog", "办理民意时可以选用的句子，前九句按数字选。本登记簿的所有人共用。"),
            translate("RepliesDialog", "保存 (Ctrl+S)"),
            parent,
        )
        self._register = register
        self._warned = False
        self._read = known = replies.of(register)
        self._lines = {one.value: list(known.get(one.value, ())) for one in replies.STEPS}
        self.resize(_WIDTH, _HEIGHT)
        self.steps = QComboBox()
        for one in replies.STEPS:
            self.steps.addItem(BY_STEP[one].name, one.value)
        self.steps.setMaxVisibleItems(self.steps.count())
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setProperty("framed", True)
        self.list.setItemDelegate(_Numbered(self.list))
        self._build()
        self._connect()
        self.steps.setCurrentIndex(max(0, self.steps.findData(step)))
        self._fill()
        self.list.setFocus()

    @property
    def step(self) -> str:
        """The step whose sentences are shown."""
        return str(self.steps.currentData())

    def remark(self) -> str:
        """What is said below the sentences; empty if nothing."""
        return self._field.remark()

    def refuse(self, error: UserError) -> None:
        """Say what cannot be kept; everything that was typed stays."""
        if isinstance(error, UnfitReply):
            self.steps.setCurrentIndex(self.steps.findData(error.step))
            self.list.setCurrentRow(error.place)
            self.list.setFocus()
        self._field.set_remark(str(error))

    def changed(self) -> Replies:
        """The steps whose sentences differ from what was read."""
        return {step: lines for step, lines in self._lines.items() if lines != list(self._read.get(step, ()))}

    def reject(self) -> None:
        """Leave, after a word of warning where something would be lost."""
        if self.changed() and not self._warned:
            self._field.set_remark(self.tr("改动还没有保存。要放弃，请再按一次“取消”。"), blocking=False)
            self._warned = True
            return
        super().reject()

    # How it is built

    def _build(self) -> None:
        self.add = self._button("plus", self.tr("增加"), "Ins")
        self.edit = self._button("pencil-simple", self.tr("修改"), "F2")
        self.remove = self._button("trash", self.tr("删除"), "Del")
        self.up = self._button("arrow-up", self.tr("上移"), "Alt+↑")
        self.down = self._button("arrow-down", self.tr("下移"), "Alt+↓")
        self.reset = self.buttons.addButton(self.tr("恢复默认"), QDialogButtonBox.ButtonRole.ResetRole)
        self.reset.setAutoDefault(False)
        self.put_field(self.tr("办理步骤"), self.steps)
        self._field = self.put_field(self.tr("句子"), self.list)
        self._column.setStretchFactor(self._field, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        for button in (self.add, self.edit, self.remove, self.up, self.down):
            row.addWidget(button)
        row.addStretch()
        self._column.insertLayout(self._column.count() - 1, row)

    def _button(self, icon: str, text: str, keys: str) -> QPushButton:
        button = QPushButton(theme.icon(icon), text)
        button.setToolTip(f"{text} ({keys})")
        button.setAutoDefault(False)  # Enter belongs to the list
        return button

    def _connect(self) -> None:
        self.steps.currentIndexChanged.connect(lambda _index: self._fill())
        # Slots of this dialog, which hear nothing any more of a list that goes with it while somebody types.
        self.list.itemChanged.connect(self._take_over)
        self.list.currentRowChanged.connect(self._show_state)
        self.list.itemDelegate().closeEditor.connect(self._drop_blank)
        self.add.clicked.connect(lambda: self._add())
        self.edit.clicked.connect(lambda: self.list.editItem(self.list.currentItem()))
        self.remove.clicked.connect(lambda: self._remove())
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self.reset.clicked.connect(lambda: self._reset())
        self.buttons.accepted.connect(self._save)
        deeds = {
            "Ins": self._add,
            "Delete": self._remove,
            "Alt+Up": lambda: self._move(-1),
            "Alt+Down": lambda: self._move(1),
        }
        for keys, deed in deeds.items():
            key = QShortcut(QKeySequence(keys), self.list)
            key.setContext(Qt.ShortcutContext.WidgetShortcut)  # in a line that is typed into, they are the line's
            key.activated.connect(deed)
        for keys in ("Ctrl+S", "Ctrl+Return"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._save)

    # What happens

    def _fill(self, row: int = 0) -> None:
        self._field.set_remark("")
        self.list.blockSignals(True)
        self.list.clear()
        for line in self._lines[self.step]:
            self.list.addItem(_item(line))
        self.list.setCurrentRow(min(row, self.list.count() - 1))
        self.list.blockSignals(False)
        self._show_state()

    def _take_over(self, _item: object = None) -> None:
        self._lines[self.step] = [self.list.item(row).text() for row in range(self.list.count())]
        self._field.set_remark("")
        self._warned = False
        self._show_state()

    def _show_state(self, _row: int = 0) -> None:
        row, count = self.list.currentRow(), self.list.count()
        for button in (self.edit, self.remove):
            button.setEnabled(row >= 0)
        self.up.setEnabled(row > 0)
        self.down.setEnabled(0 <= row < count - 1)
        self.reset.setEnabled(self._lines[self.step] != list(replies.built_in().get(self.step, ())))

    def _add(self) -> None:
        row = self.list.currentRow() + 1
        self.list.blockSignals(True)
        self.list.insertItem(row, _item(""))
        self.list.blockSignals(False)
        self.list.setCurrentRow(row)
        self.list.editItem(self.list.item(row))

    def _drop_blank(self, _editor: object = None, _hint: object = None) -> None:
        """A line that was left empty is no sentence."""
        rows = [row for row in range(self.list.count()) if not self.list.item(row).text().strip()]
        for row in reversed(rows):
            self.list.takeItem(row)
        self._take_over()

    def _remove(self) -> None:
        row = self.list.currentRow()
        if row >= 0:
            self.list.takeItem(row)
            self._take_over()

    def _move(self, by: int) -> None:
        row = self.list.currentRow()
        if row >= 0 and 0 <= row + by < self.list.count():
            self.list.blockSignals(True)
            self.list.insertItem(row + by, self.list.takeItem(row))
            self.list.setCurrentRow(row + by)
            self.list.blockSignals(False)
            self._take_over()

    def _reset(self) -> None:
        self._lines[self.step] = list(replies.built_in().get(self.step, ()))
        self._fill()

    def _save(self) -> None:
        self.setFocus()  # what is still being typed counts
        try:
            if self._register.is_written_elsewhere:
                raise UserError(self.tr("正在写入登记簿，请等右下角的任务结束后再试。"))
            done = replies.save(self._register, self.changed(), self._read)
        except UserError as error:
            self.refuse(error)
            return
        self.accept()
        if done:
            self.saved.emit()


class _Numbered(QStyledItemDelegate):
    """Rows as high as the line in which they are typed over, the first with the digits by which they are picked."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        option.text = f"{index.row() + 1}  {option.text}" if index.row() < _DIGITS else f"    {option.text}"

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width(), max(theme.ROW_HEIGHT, size.height() + theme.GAP))


def _item(text: str) -> QListWidgetItem:
    item = QListWidgetItem(text)
    item.setFlags(_EDITABLE)
    return item
