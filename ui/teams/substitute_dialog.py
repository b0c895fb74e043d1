"""Asks who stands in for somebody who is away: each gap with those who come into question, the most fitting first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gridapp.teams.candidates import Candidate
from gridapp.teams.substitution import Gap
from ui import theme
from ui.widgets.row_table import dress

_ROW = theme.ROW_HEIGHT
_MOST_GAPS = 4
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_GAP = Qt.ItemDataRole.UserRole


class SubstituteDialog(QDialog):
    """``asked`` carries a gap whose candidates are wanted, ``taken`` gap and member; nothing is written here."""

    asked = Signal(object)
    taken = Signal(object, object)

    def __init__(self, name: str, why: str, parent: QWidget | None = None) -> None:
        """Make the dialog without gaps.

        Args:
            name: who is away.
            why: from when until when and why, in words.
        """
        super().__init__(parent)
        self.setWindowTitle(self.tr("顶替 {0}").format(name))
        self.resize(820, 520)
        self._candidates: list[Candidate] = []
        self._skipped: set[tuple] = set()
        self._writes = False
        told = QLabel(self.tr("{0} {1}。下面是空出的岗位，每个岗位选一位顶替的人，到期自动结束。").format(name, why))
        told.setProperty("secondary", True)
        told.setWordWrap(True)
        self.gaps = QListWidget()
        self.gaps.setProperty("inset", True)
        self.gaps.setAccessibleName(self.tr("空出的岗位"))
        self.table = self._make_table()
        self.remark = QLabel()
        self.remark.setProperty("problem", True)
        self.remark.setWordWrap(True)
        self.remark.setTextFormat(Qt.TextFormat.PlainText)
        self.remark.hide()
        buttons = QDialogButtonBox()
        self.take_button = buttons.addButton(self.tr("由选中的人顶替"), QDialogButtonBox.ButtonRole.ActionRole)
        self.take_button.setProperty("primary", True)
        self.skip_button = buttons.addButton(self.tr("暂不顶替"), QDialogButtonBox.ButtonRole.ActionRole)
        self.skip_button.setToolTip(self.tr("暂不顶替这个岗位，以后在“缺口”里再找人 (Alt+N)"))
        self.skip_button.setShortcut("Alt+N")
        buttons.addButton(self.tr("关闭"), QDialogButtonBox.ButtonRole.RejectRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(theme.GAP)
        for widget in (told, self.gaps, self.table, self.remark, buttons):
            column.addWidget(widget)
        column.setStretchFactor(self.table, 1)
        buttons.rejected.connect(self.reject)
        self.take_button.clicked.connect(self._take)
        self.skip_button.clicked.connect(self._skip)
        self.table.cellDoubleClicked.connect(lambda _row, _column: self._take())
        self.table.itemSelectionChanged.connect(self._show_state)
        self.gaps.currentRowChanged.connect(lambda _row: self._ask())

    def show_gaps(self, gaps: Sequence[Gap]) -> bool:
        """Show the gaps as they are now, the first that wants somebody chosen; False if none does any more."""
        self._writes = False
        self.gaps.blockSignals(True)
        self.gaps.clear()
        for gap in gaps:
            item = QListWidgetItem(self._text(gap))
            item.setData(_GAP, gap)
            item.setSizeHint(QSize(0, _ROW))
            if gap.is_filled:
                item.setIcon(theme.icon("check-circle"))
            self.gaps.addItem(item)
        self.gaps.setFixedHeight(min(max(len(gaps), 1), _MOST_GAPS) * _ROW + 6)
        wanting = [at for at, gap in enumerate(gaps) if not gap.is_filled and _key(gap) not in self._skipped]
        if wanting:
            self.gaps.setCurrentRow(wanting[0])
        self.gaps.blockSignals(False)
        self._ask()
        return bool(wanting)

    def show_candidates(self, gap: Gap, candidates: Sequence[Candidate]) -> None:
        """Show who comes into question for a gap, if it still is the one that is chosen."""
        if self.gap() is not gap:
            return
        self._candidates = list(candidates)
        self.table.setRowCount(len(self._candidates))
        for row, one in enumerate(self._candidates):
            texts = (f"{row + 1}", one.name, one.reason, one.unit, one.phone)
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(row, column, item)
        if self._candidates:
            self.table.setCurrentCell(0, 0)
            self.table.setFocus()
            self.tell("")
        elif not gap.is_filled:
            self.tell(self.tr("这一带没有可以顶替的人：都已离岗、替补别处或已在这里任职。请在“缺口”里添加队员。"))
            self.skip_button.setFocus()
        self._show_state()

    def tell(self, text: str) -> None:
        """Say below the table what is wrong; an empty text takes it back."""
        self.remark.setText(text)
        self.remark.setVisible(bool(text))

    def gap(self) -> Gap | None:
        """The gap that is chosen."""
        item = self.gaps.currentItem()
        return item.data(_GAP) if item is not None else None

    def offered(self) -> list[str]:
        """Who is offered, from the top."""
        return [one.name for one in self._candidates]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            if self.focusWidget() is self.skip_button:
                self._skip()
            else:
                self._take()
        else:
            super().keyPressEvent(event)

    def reject(self) -> None:
        if not self._writes:  # else a refusal would find nobody
            super().reject()

    def release(self) -> None:
        """Let it be closed again: what was taken has failed."""
        self._writes = False
        self._show_state()

    def _ask(self) -> None:
        gap = self.gap()
        self._candidates = []
        self.table.setRowCount(0)
        self.tell("")
        self._show_state()
        if gap is not None and not gap.is_filled:
            self.asked.emit(gap)

    def _take(self) -> None:
        gap, row = self.gap(), self.table.currentRow()
        if gap is not None and 0 <= row < len(self._candidates) and self.take_button.isEnabled():
            self.take_button.setEnabled(False)
            self._writes = True
            self.taken.emit(gap, self._candidates[row].member)

    def _skip(self) -> None:
        gap = self.gap()
        if gap is None:
            return
        self._skipped.add(_key(gap))
        if not self.show_gaps([self.gaps.item(at).data(_GAP) for at in range(self.gaps.count())]):
            self.reject()

    def _show_state(self) -> None:
        gap = self.gap()
        wants = gap is not None and not gap.is_filled
        self.take_button.setEnabled(wants and 0 <= self.table.currentRow() < len(self._candidates))
        self.skip_button.setEnabled(wants)

    def _text(self, gap: Gap) -> str:
        who = "；".join(one.text for one in gap.stand_ins)
        state = who if gap.is_filled else self.tr("未顶替")
        if not gap.is_filled and _key(gap) in self._skipped:
            state = self.tr("暂不顶替")
        optional = self.tr("（不在 1 + 2 之内，可以不顶替）") if gap.optional else ""
        return f"{gap.area_name} {gap.role.name}  {gap.days_text}  {state}{optional}"

    def _make_table(self) -> QTableWidget:
        headings = ["", self.tr("姓名"), self.tr("为什么合适"), self.tr("单位"), self.tr("电话")]
        table = QTableWidget(0, len(headings))
        table.setAccessibleName(self.tr("可以顶替的人"))
        table.setHorizontalHeaderLabels(headings)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        dress(table, (32, 112, 0, 150, 112))
        return table


def _key(gap: Gap) -> tuple:
    return gap.area, gap.role.key
