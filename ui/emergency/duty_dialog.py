"""Who is to be on duty for a shift: chosen from those who can."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QListWidget, QListWidgetItem, QWidget

from gridapp.emergency.duties import DutyRow
from gridapp.households import pinyin
from gridapp.ids import Uid
from ui import theme
from ui.widgets.asking import AskingDialog
from ui.widgets.filter_box import FilterBox

_UID = Qt.ItemDataRole.UserRole
_WORDS = Qt.ItemDataRole.UserRole + 1
_MORE = b""


class DutyDialog(AskingDialog):
    """``asked`` carries the duty that somebody takes over, or None for one more, and the member."""

    asked = Signal(object, object)

    def __init__(
        self,
        where: str,
        there: Sequence[DutyRow],
        people: Sequence[tuple[Uid, str, str]],
        with_seat: bool,
        parent: QWidget | None = None,
    ) -> None:
        """Make a dialog.

        Args:
            where: place and shift, in words.
            there: who is on duty then.
            people: who can be, as member, name and phone.
            with_seat: whether one more is missing.
        """
        intro = self.tr("{0}：下面是这段时间在岗、没有别的班的人，本网格的在前。").format(where)
        super().__init__(self.tr("安排值班"), intro, self.tr("安排 (回车)"), parent)
        self.whom = QComboBox()
        if with_seat or not there:
            self.whom.addItem(self.tr("补上缺的人"), _MORE)
        for duty in there:
            self.whom.addItem(self.tr("替下 {0}").format(duty.name), bytes(duty.uid))
        if self.whom.count() > 1:
            self.put_field(self.tr("怎么排"), self.whom)
        self.box = FilterBox()
        self.box.setPlaceholderText(self.tr("姓名、拼音首字母、电话"))
        self.put_field(self.tr("找人"), self.box)
        self.list = QListWidget()
        self.list.setMinimumHeight(240)
        self.field = self.put_field(self.tr("谁来值班"), self.list)
        for member, name, phone in people:
            item = QListWidgetItem(f"{name}　{phone}".strip())
            item.setData(_UID, bytes(member))
            item.setSizeHint(QSize(0, theme.ROW_HEIGHT))
            item.setData(_WORDS, f"{name} {pinyin.initials(name)} {phone}".lower())
            self.list.addItem(item)
        if people:
            self.list.setCurrentRow(0)
        else:
            self.field.set_remark(self.tr("这段时间没有在岗又没班的人。请先找人顶替，或另排别的时间。"))
            self.button.setEnabled(False)
        self.box.textChanged.connect(self._sift)
        self.box.installEventFilter(self)
        self.list.itemDoubleClicked.connect(lambda _item: self.ask())
        self.buttons.accepted.connect(self.ask)
        self.button.setDefault(True)
        self.box.setFocus()

    def ask(self) -> None:
        """Tell who was chosen."""
        item = self.list.currentItem()
        if item is not None and not item.isHidden():
            self.asked.emit(self.whom.currentData() or None, item.data(_UID))

    def names(self) -> list[str]:
        """Who is offered, from the top."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return [item.text().split("　")[0] for item in items if not item.isHidden()]

    def refuse(self, text: str) -> None:
        """Say why it cannot be."""
        self.field.set_remark(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down go through the list while one types."""
        if watched is not self.box or not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step(1 if event.key() == Qt.Key.Key_Down else -1)
            return True
        return False

    def _sift(self, text: str) -> None:
        needle = text.strip().lower()
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setHidden(needle not in item.data(_WORDS))
        current = self.list.currentItem()
        if current is None or current.isHidden():
            self.list.setCurrentRow(-1)
            self._step(1)

    def _step(self, by: int) -> None:
        row = self.list.currentRow() + by
        while 0 <= row < self.list.count() and self.list.item(row).isHidden():
            row += by
        if 0 <= row < self.list.count():
            self.list.setCurrentRow(row)
