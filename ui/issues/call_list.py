"""The call list: who has still to hear how an issue ended, one after the other, by keys alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QGridLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from gridapp.ids import Uid
from gridapp.issues.calls import Call, Told
from gridapp.issues.states import SATISFACTION_NAMES, Satisfaction
from ui import theme
from ui.households.row_numbers import RowNumbers
from ui.widgets.flow import FlowLayout

Index = QModelIndex | QPersistentModelIndex
_KEYS = {
    Qt.Key.Key_1: Satisfaction.SATISFIED,
    Qt.Key.Key_2: Satisfaction.MOSTLY,
    Qt.Key.Key_3: Satisfaction.NOT,
}
_UNREACHED = Qt.Key.Key_0
_CARD_EDGE, _CARD_GAP = 16, 24


@dataclass(frozen=True)
class Line:
    """One issue of one call; ``is_first`` where somebody else is called than before."""

    call: Call
    told: Told
    is_first: bool


class CallModel(QAbstractTableModel):
    """One line an issue, those of one call together."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[Line] = []

    def show(self, calls: list[Call]) -> None:
        """Show other calls."""
        self.beginResetModel()
        self._lines = [Line(call, told, not at) for call in calls for at, told in enumerate(call.told)]
        self.endResetModel()

    def line(self, row: int) -> Line | None:
        """The line in a row, or None behind the end."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def row_of(self, reporter: Uid) -> int | None:
        """In which row somebody has to hear of an issue, or None if they have not to any more."""
        return next((row for row, line in enumerate(self._lines) if line.told.reporter == reporter), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.headings())

    def headings(self) -> list[str]:
        """What stands above the columns."""
        return [self.tr("姓名"), self.tr("电话"), self.tr("编号"), self.tr("问题"), self.tr("办理结果")]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        line = self._lines[index.row()]
        again = "" if role == Qt.ItemDataRole.ToolTipRole or line.is_first else "〃"
        told = line.told
        return (
            again or line.call.name,
            again or line.call.phone or self.tr("没有电话"),
            told.number,
            " ".join(told.description.split()),
            " ".join(told.result.split()),
        )[index.column()]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation == Qt.Orientation.Horizontal:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self.headings()[section] if orientation == Qt.Orientation.Horizontal else f"{section + 1}"


class CallTable(QTableView):
    """Keys say how it went; ``keyed`` carries them."""

    keyed = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.key() in (*_KEYS, _UNREACHED, Qt.Key.Key_R, Qt.Key.Key_N):
            self.keyed.emit(event.key())
        else:
            super().keyPressEvent(event)


class CallList(QSplitter):
    """Emits ``told`` with a line, how content they are and a note, ``unreached`` with a line and why.

    ``reopen_asked`` carries the issue with which somebody was not content.
    """

    told = Signal(object, object, str)
    unreached = Signal(object, str)
    reopen_asked = Signal(bytes)
    current_told = Signal(object)

    def __init__(self, excuses: Callable[[], Sequence[str]], parent: QWidget | None = None) -> None:
        """Make it empty.

        Args:
            excuses: says which reasons are offered why somebody cannot be told.
        """
        super().__init__(Qt.Orientation.Vertical, parent)
        self._excuses = excuses
        self._discontent: Told | None = None
        self._was_moved = False
        self.splitterMoved.connect(self._keep_where_moved)
        self.model = CallModel(self)
        self.table = CallTable()
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("反馈电话单"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        numbers = RowNumbers(self.table)
        self.table.setVerticalHeader(numbers)
        self.model.modelReset.connect(lambda: numbers.reach(self.model.rowCount()))
        heading = self.table.horizontalHeader()
        heading.setHighlightSections(False)
        for section, width in enumerate((112, 116, 96, 260)):
            heading.resizeSection(section, width)
        heading.setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
        self.addWidget(self.table)
        self.addWidget(self._build_card())
        self.setStretchFactor(0, 1)
        self.setCollapsible(0, False)
        self.setCollapsible(1, False)
        self.setFocusProxy(self.table)
        self.table.keyed.connect(self._key)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._show_line())
        self.note.returnPressed.connect(self.table.setFocus)

    def show_calls(self, calls: list[Call]) -> None:
        """Show who is to be called, staying with whoever is called now, or else going on where one was."""
        line, note = self.line(), self.note.text()
        before = max(0, self.table.currentIndex().row())
        self.model.show(calls)
        again = self.model.row_of(line.told.reporter) if line is not None else None
        self._go_to(before if again is None else again)
        if again is not None:
            self.note.setText(note)  # others write as well, while one is on the telephone

    def line(self) -> Line | None:
        """Who is called now, about what."""
        return self.model.line(self.table.currentIndex().row())

    def offer_reopening(self, told: Told | None) -> None:
        """Offer that an issue with which somebody is not content is handled again; None takes the offer back."""
        self._discontent = told
        self.offer.setVisible(told is not None)
        if told is not None:
            self.offer.setText(self.tr("{0} 不满意：重新办理…  R").format(told.number))

    def _go_to(self, row: int) -> None:
        last = self.model.rowCount() - 1
        if last >= 0:
            self.table.setCurrentIndex(self.model.index(min(row, last), 0))
        self._show_line()

    # The card of the current call

    def _build_card(self) -> QWidget:
        card = QFrame()
        card.setProperty("panel", True)
        self.who, self.phone, self.text = QLabel(), QLabel(), QLabel()
        self.who.setProperty("title", True)
        self.phone.setProperty("figure", True)
        self.text.setWordWrap(True)
        for label in (self.who, self.phone, self.text):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.note = QLineEdit()
        self.note.setPlaceholderText(self.tr("反馈情况（可不填）  N"))
        self.note.setAccessibleName(self.tr("反馈情况"))
        self.offer = QPushButton()
        self.offer.setProperty("link", True)
        self.offer.hide()
        self.offer.clicked.connect(lambda: self._key(Qt.Key.Key_R))
        self.buttons: dict[int, QPushButton] = {}
        answers = FlowLayout(spacing=theme.GAP)
        icons = ("smiley", "smiley-meh", "smiley-sad")
        for (key, satisfaction), icon in zip(_KEYS.items(), icons, strict=True):
            button = QPushButton(theme.icon(icon), f"{SATISFACTION_NAMES[satisfaction]}  {key - Qt.Key.Key_0}")
            answers.addWidget(button)
            self.buttons[key] = button
        self.buttons[_UNREACHED] = QPushButton(theme.icon("phone-x"), self.tr("无法联系  0"))
        answers.addWidget(self.buttons[_UNREACHED])
        answers.addWidget(self.offer)
        for answer, button in self.buttons.items():
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _checked=False, one=answer: self._key(one))
        grid = QGridLayout()
        grid.setHorizontalSpacing(_CARD_GAP)
        grid.addWidget(self.who, 0, 0)
        grid.addWidget(self.phone, 1, 0)
        grid.addWidget(self.text, 0, 1, 3, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(2, 1)
        column = QVBoxLayout(card)
        column.setContentsMargins(_CARD_EDGE, 12, _CARD_EDGE, 12)
        column.setSpacing(theme.GAP)
        column.addLayout(grid)
        column.addWidget(self.note)
        column.addLayout(answers)
        return card

    def _show_line(self) -> None:
        line = self.line()
        for button in self.buttons.values():
            button.setEnabled(line is not None)
        self.who.setText(line.call.name if line else "")
        self.phone.setText((line.call.phone or self.tr("没有电话")) if line else "")
        self.text.setText(line.told.to_read_out if line else "")
        self.note.clear()
        self._give_room()
        self.current_told.emit(line.told.issue if line else None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()

    def _keep_where_moved(self) -> None:
        self._was_moved = True

    def _give_room(self) -> None:
        """Keep what is read out whole, which the splitter would cut where it takes many lines."""
        beside = max(self.who.sizeHint().width(), self.phone.sizeHint().width()) + _CARD_GAP + 2 * _CARD_EDGE
        height = self.text.heightForWidth(max(1, self.width() - beside))
        self.text.setMinimumHeight(max(0, min(height, self.height() // 2)))
        if not self._was_moved:
            self.setSizes([self.height(), 0])  # the card takes what it needs

    # What is said of a call

    def _key(self, key: int) -> None:
        line, note = self.line(), self.note.text().strip()
        if key == Qt.Key.Key_R:
            if self._discontent is not None:
                self.reopen_asked.emit(self._discontent.issue)
        elif key == Qt.Key.Key_N:
            self.note.setFocus()
        elif line is not None and key == _UNREACHED:
            if note:
                self.unreached.emit(line, note)
            else:
                self._ask_excuse(line)
        elif line is not None:
            self.told.emit(line, _KEYS[Qt.Key(key)], note)

    def excuse_menu(self, line: Line) -> QMenu:
        """Why somebody cannot be told: digits choose among what is often so."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for number, text in enumerate(self._excuses()[:9], 1):
            action = menu.addAction(f"&{number}  {text}")
            action.triggered.connect(lambda _checked=False, told=text: self.unreached.emit(line, told))
        menu.addSeparator()
        menu.addAction(self.tr("其他原因：写在“反馈情况”里再按 0"), self.note.setFocus)
        return menu

    def _ask_excuse(self, line: Line) -> None:
        button = self.buttons[_UNREACHED]
        menu = self.excuse_menu(line)
        menu.popup(button.mapToGlobal(QPoint(0, -menu.sizeHint().height())))
