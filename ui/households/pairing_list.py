"""The pairings of an area in a table: who had no contact for long, first; each opens its household."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gridapp.areas.model import Level
from gridapp.areas.tree import Node
from gridapp.teams.model import CONTACT_WAYS
from gridapp.teams.pairing_contacts import Listing, PairingFilter, PairingRow, Which
from ui import theme
from ui.households.pairing_list_model import PairingListModel, columns
from ui.widgets.empty import EmptyState
from ui.widgets.filter_box import FilterBox
from ui.widgets.row_table import dress

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_GRID_COLUMN = 3
_PAUSE_MS = 200


class PairingListDialog(QDialog):
    """``asked`` comes when other rows are wanted, ``opened`` carries the row whose household is to be shown.

    ``contact_asked`` carries a row and a way, ``card_asked`` a row.
    """

    asked = Signal()
    opened = Signal(object)
    contact_asked = Signal(object, str)
    card_asked = Signal(object)

    def __init__(self, node: Node, which: Which, parent: QWidget | None = None) -> None:
        """Make the dialog.

        Args:
            which: the pairings to show first.
        """
        super().__init__(parent)
        self.node = node
        self._first = which
        self.setWindowTitle(self.tr("结对认亲 {0}").format(node.name))
        self.resize(1000, 600)
        self.model = PairingListModel(self)
        self.table = self._table()
        self.empty = EmptyState()
        self.box = FilterBox()
        self.box.setPlaceholderText(self.tr("筛选：队员、户主、住址"))
        self.box.setAccessibleName(self.tr("筛选结对"))
        self.box.setFixedWidth(220)
        self.views: dict[Which, QToolButton] = {}
        self._group = QButtonGroup(self)
        self._count = QLabel(self.tr("正在读取…"))
        self._count.setProperty("secondary", True)
        self.paused = QLabel()
        self.paused.setProperty("secondary", True)
        self.paused.setWordWrap(True)
        self.paused.setTextFormat(Qt.TextFormat.PlainText)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._buttons = QDialogButtonBox()
        self.open_button = self._buttons.addButton(self.tr("打开住户"), QDialogButtonBox.ButtonRole.ActionRole)
        self.open_button.setProperty("primary", True)
        self.contact_button = self._buttons.addButton(self.tr("登记联系"), QDialogButtonBox.ButtonRole.ActionRole)
        self.card_button = self._buttons.addButton(self.tr("承诺与记录"), QDialogButtonBox.ButtonRole.ActionRole)
        self._buttons.addButton(self.tr("关闭"), QDialogButtonBox.ButtonRole.RejectRole)
        self.menu = QMenu(self)
        for number, how in enumerate(CONTACT_WAYS, 1):
            self.menu.addAction(f"&{number} {how}", partial(self._contact, how))
        self._build()
        self._connect()
        self._show_state()

    def chosen(self) -> PairingFilter:
        """Which pairings are wanted."""
        which = next(which for which, chip in self.views.items() if chip.isChecked())
        return PairingFilter(self.node.code, which, self.box.text().strip())

    def show_listing(self, listing: Listing) -> None:
        """Show other pairings, the row that is current staying where it is."""
        if listing.filter != self.chosen():
            return  # one has gone on meanwhile
        position = max(0, self.table.currentIndex().row())
        self.model.show(listing)
        self.table.setColumnHidden(_GRID_COLUMN, self.node.level is Level.GRID)
        self.table.selectRow(min(position, listing.count - 1))
        self.views[Which.DUE].setText(self._due_text(listing.due))
        self._count.setText(self.tr("{0} 对").format(f"{listing.count:,}"))
        self.paused.setText(self.tr("{0}。").format(listing.paused))
        self.paused.setVisible(bool(listing.paused))
        self.table.setVisible(listing.count > 0)
        self.empty.setVisible(not listing.count)
        self.empty.show_text("handshake", self._why_empty(listing.filter, bool(listing.paused)))
        self._show_state()

    def current(self) -> PairingRow | None:
        """The pairing in the current row."""
        return self.model.row(self.table.currentIndex().row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self._open()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.box.hasFocus():
            self.table.setFocus()
        else:
            super().keyPressEvent(event)

    # How it is built

    def _table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setAccessibleName(self.tr("结对"))
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        dress(table, [column.width for column in columns()])
        return table

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(2)
        names = {
            Which.LASTING: self.tr("现有结对"),
            Which.DUE: self._due_text(0),
            Which.ENDED: self.tr("已结束"),
        }
        for which, name in names.items():
            chip = QToolButton()
            chip.setText(name)
            chip.setCheckable(True)
            chip.setChecked(which is self._first)
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            chip.clicked.connect(lambda _checked: self.asked.emit())
            self._group.addButton(chip)
            self.views[which] = chip
            top.addWidget(chip)
        top.addSpacing(theme.GAP)
        top.addWidget(self.box)
        top.addSpacing(theme.GAP)
        top.addWidget(self._count)
        top.addStretch()
        self.empty.hide()
        self.paused.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(theme.GAP)
        column.addLayout(top)
        column.addWidget(self.paused)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(self._buttons)
        for button in self._buttons.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter belongs to the row
        self.contact_button.setToolTip(self.tr("登记今天的联系：空格，再按 1 到 4"))
        self.table.setFocus()

    def _connect(self) -> None:
        self.box.textChanged.connect(lambda _text: self._pause.start())
        self._pause.timeout.connect(self.asked)
        self.table.doubleClicked.connect(lambda _index: self._open())
        self.table.selectionModel().currentRowChanged.connect(lambda _new, _old: self._show_state())
        self.open_button.clicked.connect(lambda: self._open())
        self.contact_button.clicked.connect(lambda: self._offer_ways())
        self.card_button.clicked.connect(lambda: self._ask_card())
        self._buttons.rejected.connect(self.reject)
        # A key of the table's own would only select its row once more.
        space = QKeySequence(Qt.Key.Key_Space)
        QShortcut(space, self.table, self._offer_ways, context=Qt.ShortcutContext.WidgetShortcut)

    # What happens

    def _due_text(self, number: int) -> str:
        text = self.tr("超过一个月未联系")
        return f"{text} {number:,}" if number else text

    def _why_empty(self, chosen: PairingFilter, is_paused: bool) -> str:
        if chosen.text:
            return self.tr("没有符合“{0}”的结对。").format(chosen.text)
        if chosen.which is Which.DUE and is_paused:
            return self.tr("应急期间不提醒联系，结束后自动恢复。")
        if chosen.which is Which.DUE:
            return self.tr("没有超过一个月未联系的结对。")
        if chosen.which is Which.ENDED:
            return self.tr("没有已结束的结对。")
        return self.tr("{0}还没有结对。\n在住户表单的“结对”一行添加。").format(self.node.name)

    def _show_state(self) -> None:
        row = self.current()
        self.open_button.setEnabled(row is not None)
        self.card_button.setEnabled(row is not None)
        self.contact_button.setEnabled(row is not None and row.until is None)

    def _open(self) -> None:
        row = self.current()
        if row is not None:
            self.accept()
            self.opened.emit(row)

    def _offer_ways(self) -> None:
        row = self.current()
        if row is not None and row.until is None:
            index = self.table.currentIndex()
            self.menu.popup(self.table.viewport().mapToGlobal(self.table.visualRect(index).bottomLeft()))

    def _contact(self, how: str) -> None:
        row = self.current()
        if row is not None:
            self.contact_asked.emit(row, how)

    def _ask_card(self) -> None:
        row = self.current()
        if row is not None:
            self.card_asked.emit(row)


def read(listing: Listing) -> Listing:
    """A listing once it has been read; for a whole district that takes a third of a second."""
    listing.prepare()
    assert listing.due >= 0
    assert listing.paused is not None
    return listing
