"""Asks with which member of the service teams a household is to be paired."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from gridapp.households import pinyin
from gridapp.teams.pairing import Candidate
from ui.widgets.asking import AskingDialog
from ui.widgets.filter_box import FilterBox
from ui.widgets.row_table import dress

_ROW = 28
_HEIGHT = 8 * _ROW + 34
_WIDTH = 560
_PROMISES_HEIGHT = 60


class PairingDialog(AskingDialog):
    """Emits ``picked`` with the uid of a member, note and promises. Typing filters, the arrows choose, Enter pairs.

    It stays until it is accepted, once they are paired.
    """

    picked = Signal(object, str, str)

    def __init__(self, home: str, candidates: Sequence[Candidate], parent: QWidget | None = None) -> None:
        """Make the dialog.

        Args:
            home: how one says the household.
            candidates: in the order in which they are offered.
        """
        told = QCoreApplication.translate("PairingDialog", "{0} 与哪位队员结对？先列本网格的，再列社区和街道的。")
        act = QCoreApplication.translate("PairingDialog", "结对")
        super().__init__(act, told.format(home), act, parent)
        self.setMinimumWidth(_WIDTH)
        self._candidates = list(candidates)
        self._words = [_words(one) for one in self._candidates]
        self.box = FilterBox()
        self.box.setPlaceholderText(self.tr("姓名、首字母、职务、单位或电话"))
        self.table = self._build_table()
        self.promises = QPlainTextEdit()
        self.promises.setTabChangesFocus(True)
        self.promises.setPlaceholderText(self.tr("一行一条，例如：每周打一次电话"))
        self.promises.setFixedHeight(_PROMISES_HEIGHT)
        self.note = QLineEdit()
        self.put_field(self.tr("筛选"), self.box)
        self._field = self.put_field(self.tr("队员"), self.table)
        self.put_field(self.tr("承诺（可不填）"), self.promises)
        self.put_field(self.tr("备注（可不填）"), self.note)
        self.box.textChanged.connect(self._filter)
        self.box.installEventFilter(self)
        self.table.itemSelectionChanged.connect(self._show_button)
        self.table.cellDoubleClicked.connect(lambda _row, _column: self._accept())
        self.buttons.accepted.connect(self._accept)
        self._filter("")
        self.box.setFocus()

    def chosen(self) -> Candidate | None:
        """Whose row is chosen, or None."""
        row = self.table.currentRow()
        is_shown = row >= 0 and not self.table.isRowHidden(row)
        return self._candidates[row] if is_shown and self.table.selectedItems() else None

    def shown(self) -> list[str]:
        """The names that the filter leaves, from the top."""
        return [one.name for row, one in enumerate(self._candidates) if not self.table.isRowHidden(row)]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.box and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                self._step(step)
                return True
        return super().eventFilter(watched, event)

    def _build_table(self) -> QTableWidget:
        headings = [self.tr("姓名"), self.tr("职务"), self.tr("所在"), self.tr("单位"), self.tr("电话")]
        table = QTableWidget(len(self._candidates), len(headings))
        table.setHorizontalHeaderLabels(headings)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        dress(table, (80, 110, 96, 120, 0))
        table.verticalHeader().setDefaultSectionSize(_ROW)
        for row, one in enumerate(self._candidates):
            for column, text in enumerate((one.name, one.role.name, one.place, one.unit, one.phone)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                table.setItem(row, column, item)
        table.setFixedHeight(_HEIGHT)
        return table

    def refuse(self, text: str) -> None:
        """Say why the two were not paired; what was typed stays."""
        self._field.set_remark(text)

    def _filter(self, text: str) -> None:
        needles = text.lower().split()
        for row, words in enumerate(self._words):
            self.table.setRowHidden(row, not all(any(needle in word for word in words) for needle in needles))
        self.table.clearSelection()
        self.table.setCurrentCell(-1, -1)
        self._step(1)
        if not self._candidates:
            self._field.set_remark(self.tr("这个网格和它的上级还没有可结对的队员，请先登记服务队。"), blocking=False)
        else:
            self._field.set_remark("" if self.shown() else self.tr("没有这样的队员，请换个词。"), blocking=False)
        self._show_button()

    def _step(self, by: int) -> None:
        """Choose the next row that is shown, or the one before."""
        row = self.table.currentRow() + by
        while 0 <= row < self.table.rowCount() and self.table.isRowHidden(row):
            row += by
        if 0 <= row < self.table.rowCount():
            self.table.setCurrentCell(row, 0)

    def _show_button(self) -> None:
        self.button.setEnabled(self.chosen() is not None)

    def _accept(self) -> None:
        one = self.chosen()
        if one is not None:
            self.picked.emit(one.member, self.note.text(), self.promises.toPlainText())


def _words(one: Candidate) -> tuple[str, ...]:
    words = (one.name, pinyin.initials(one.name), one.role.name, one.place, one.unit, one.phone)
    return tuple(word.lower() for word in words)
