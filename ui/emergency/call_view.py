"""The call list of an emergency: who is called next, one after the other, by keys alone."""

from __future__ import annotations

import datetime
from typing import Any

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gridapp.areas.model import Level
from gridapp.areas.tree import Node
from gridapp.emergency.call_rows import VIEW_NAMES, CallFilter, CallRow, View
from gridapp.emergency.calls import Listing
from gridapp.emergency.model import NEEDS_HELP, NOT_REACHED, REACHED
from gridapp.emergency.people import People, Serving
from gridapp.emergency.running import Running
from gridapp.errors import UserError
from gridapp.households.words import categories_text
from gridapp.ids import Uid
from gridapp.register import Register
from ui import theme
from ui.emergency.call_card import NARROW, WIDTH, CallCard
from ui.emergency.part import Part
from ui.households.loading import ListingLoader
from ui.jobs import Jobs
from ui.widgets.empty import EmptyState
from ui.widgets.filter_box import FilterBox
from ui.widgets.flow import FlowLayout
from ui.widgets.mark_filter import MarkFilter
from ui.widgets.paged_table import Column, PagedTable

_ROW = 38
_WIDE = 960
_PHONE = 2
_MOST_CALLERS = 200
_KEYS = {Qt.Key.Key_1: REACHED, Qt.Key.Key_2: NOT_REACHED}
_VIEWS = (View.NOT_CALLED, View.NOT_REACHED, View.NEEDS_HELP, View.REACHED, View.ALL)


class CallTable(PagedTable):
    """Keys say how a call went; ``keyed`` carries them."""

    keyed = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.key() in (*_KEYS, Qt.Key.Key_3, Qt.Key.Key_N):
            self.keyed.emit(event.key())
        else:
            super().keyPressEvent(event)


class CallView(Part):
    """``answered`` carries a row, how the call ended, a note and who called.

    ``household_asked`` and ``issue_asked`` carry a code and the uid of what is to be seen.
    """

    answered = Signal(object, str, str, object)
    household_asked = Signal(str, object)
    issue_asked = Signal(str, object)

    def __init__(self, register: Register, reads: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(register, reads, parent)
        self.loader: ListingLoader[Listing] = ListingLoader(register, self, reads)
        self.views = {view: QRadioButton() for view in _VIEWS}
        self.only_first = QCheckBox(self.tr("只看重点户"))
        self.only_first.setToolTip(self.tr("预案里要先联系的分类"))
        self.grid = QComboBox()
        self.grid.setAccessibleName(self.tr("网格"))
        self.caller = QComboBox()
        self.caller.setAccessibleName(self.tr("谁在打电话"))
        self.caller.setToolTip(self.tr("记下是谁打的；不选就不记"))
        self.caller.setMinimumContentsLength(7)
        self.people: ListingLoader[_Callers] = ListingLoader(register, self, reads)
        self.marks = MarkFilter()
        self.box = FilterBox()
        self.box.setPlaceholderText(self.tr("户主、住址、电话"))
        self.box.setAccessibleName(self.tr("筛选要联系的住户"))
        self.box.setFixedWidth(160)
        self.table = CallTable(self.tr("要联系的住户"), _columns(self))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.verticalHeader().setDefaultSectionSize(_ROW)
        self.card = CallCard(register, reads)
        self.empty = EmptyState()
        self._shown = QStackedWidget()
        self._build()
        self._connect()

    # What is shown

    def show_emergency(self, one: Running, node: Node) -> None:
        if not self.is_same(one, node.code):
            self.card.leave()
            self._offer_grids(node)
            self._offer_callers(_Callers(self.register, node.code))
            if node.level >= Level.COMMUNITY:  # a street has hundreds
                self.people.ask(_Callers(self.register, node.code))
        super().show_emergency(one, node)
        self.card.show_emergency(one)

    def read(self) -> None:
        """Read the list, by what is chosen."""
        if self.one is not None:
            self.loader.ask(Listing(self.register, self.chosen(self.one)))

    def chosen(self, one: Running) -> CallFilter:
        """The filter that stands in the controls."""
        first = self.marks.chosen() or None
        code = self.grid.currentData() or self.code
        return CallFilter(one.uid, code, self.view(), first, self.only_first.isChecked(), self.box.text())

    def view(self) -> View:
        """Which households are looked at."""
        return next(view for view, button in self.views.items() if button.isChecked())

    def ask_for(self, view: str, only_first: bool) -> None:
        """Show these instead, of all colours."""
        controls: tuple[QWidget, ...] = (self.box, self.marks, self.only_first, *self.views.values())
        for control in controls:
            control.blockSignals(True)
        self.views[View(view)].setChecked(True)
        self.only_first.setChecked(only_first)
        self.box.clear()
        self.marks.clear()
        self.grid.setCurrentIndex(0)
        for control in controls:
            control.blockSignals(False)
        self.read()
        self.table.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < _WIDE
        self.card.setFixedWidth(NARROW if is_narrow else WIDTH)
        self.table.setColumnHidden(_PHONE, is_narrow)  # the card has it in large

    def row(self) -> CallRow | None:
        """The household that is called now."""
        found: CallRow | None = self.table.paged.row(self.table.currentIndex().row())
        return found

    # How it is built

    def _build(self) -> None:
        controls = QWidget()
        flow = FlowLayout(controls, 2 * theme.GAP)
        group = QButtonGroup(self)
        for view, button in self.views.items():
            button.setText(VIEW_NAMES[view])
            group.addButton(button)
            flow.addWidget(button)
        self.views[View.NOT_CALLED].setChecked(True)
        for control in (self.only_first, self.marks, self.grid, self.box, self.caller):
            flow.addWidget(control)
        self._shown.addWidget(self.table)
        self._shown.addWidget(self.empty)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self._shown, 1)
        body.addWidget(self.card)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, theme.GAP, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(controls)
        column.addLayout(body, 1)
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        for button in self.views.values():
            button.toggled.connect(lambda checked: self.read() if checked else None)
        self.only_first.toggled.connect(lambda _checked: self.read())
        self.marks.changed.connect(lambda _chosen: self.read())
        self.box.textChanged.connect(lambda _text: self.read())
        self.grid.activated.connect(lambda _at: self.read())
        self.people.arrived.connect(self._offer_callers)
        self.people.failed.connect(self.failed)
        self.loader.arrived.connect(self._show)
        self.loader.failed.connect(self.failed)
        self.table.paged.unread.connect(lambda text: self.failed.emit(UserError(text)))
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._show_row())
        self.table.keyed.connect(self._key)
        self.table.opened.connect(self._open)
        self.card.answered.connect(self._answer)
        self.card.left.connect(self.table.setFocus)
        self.card.household_asked.connect(self._open)
        self.card.issue_asked.connect(self.issue_asked)
        self.card.failed.connect(self.failed)

    # What happens

    def _offer_grids(self, node: Node) -> None:
        """Offer the grids of a community; those of a street are chosen in the tree."""
        self.grid.clear()
        self.grid.addItem(self.tr("全部网格"), "")
        self.grid.setVisible(node.level is Level.COMMUNITY and len(node.children) > 1)
        if self.grid.isVisibleTo(self):
            for child in node.children:
                self.grid.addItem(child.name, child.code)

    def _offer_callers(self, found: _Callers) -> None:
        """Offer those who serve there; whoever has been calling goes on."""
        before = self.caller.currentData()
        self.caller.clear()
        self.caller.addItem(self.tr("谁在打电话"), None)
        for one in found.found:
            self.caller.addItem(one.name, one.member)
        self.caller.setCurrentIndex(max(0, self.caller.findData(before)) if before is not None else 0)

    def _show(self, listing: Listing) -> None:
        if self.one is None or listing.filter.emergency != self.one.uid:
            return
        for view, button in self.views.items():
            button.setText(f"{VIEW_NAMES[view]} {listing.counts[view]:,}")
        self.table.show_rows(listing)
        if listing.count:
            self._shown.setCurrentWidget(self.table)
        else:
            self._say(listing)
        self._show_row()

    def _say(self, listing: Listing) -> None:
        """Say why nobody is listed."""
        if not listing.counts[View.ALL]:
            self.empty.show_text("magnifying-glass", self.tr("没有符合条件的住户。"))
        elif listing.filter.view is View.NOT_CALLED:
            unreached = listing.counts[View.NOT_REACHED]
            step = (self.tr("再打未联系上的 {0} 户").format(unreached), lambda: self._look_at(View.NOT_REACHED))
            self.empty.show_text("check-circle", self.tr("都打过了。"), [step] if unreached else [])
        else:
            self.empty.show_text("check-circle", self.tr("没有“{0}”的住户。").format(VIEW_NAMES[listing.filter.view]))
        self._shown.setCurrentWidget(self.empty)

    def _look_at(self, view: View) -> None:
        self.views[view].setChecked(True)
        self.table.setFocus()

    def _show_row(self) -> None:
        self.card.show_row(self.row() if self.table.paged.rowCount() else None)

    def _key(self, key: int) -> None:
        row = self.row()
        if row is None:
            return
        if key == Qt.Key.Key_3:
            self.card.begin_need()
        elif key == Qt.Key.Key_N:
            self.card.begin_note()
        else:
            self._answer(_KEYS[Qt.Key(key)], self.card.note.text())

    def _answer(self, outcome: str, note: str) -> None:
        """Have it registered, and go on to the next, who comes into the place of the one that is called."""
        row = self.row()
        if row is None:
            return
        if outcome == NEEDS_HELP and not note.strip():
            self.card.begin_need()
            return
        self.answered.emit(row, outcome, note, self.caller.currentData())

    def go_on(self, done: Uid) -> None:
        """Go to the household behind one whose call was registered."""
        if self.table.current_uid() != done:
            return
        following = self.table.currentIndex().row() + 1
        if following < self.table.paged.rowCount():
            index = self.table.paged.index(following, 0)
            chosen = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.table.selectionModel().setCurrentIndex(index, chosen)
            self.table.scrollTo(index)
        self.card.clear()
        self.table.setFocus()

    def come_back(self, refused: Uid, note: str) -> None:
        """Go back to the household whose call could not be registered, with what was typed."""
        rows = self.table.paged.rows
        position = rows.position_of(refused) if rows is not None else None
        if position is not None:
            self.table.selectRow(position)
            self.card.note.setText(note)

    def _open(self) -> None:
        row = self.row()
        if row is not None:
            self.household_asked.emit(row.area_code, row.uid)


class _Callers:
    """Those who serve in an area and below it today, who may be calling; of a large area the first of them."""

    def __init__(self, register: Register, code: str) -> None:
        self._register, self._code = register, code
        self.found: list[Serving] = []

    def prepare(self) -> None:
        today = datetime.date.today()
        people = People(self._register, self._code, today, today).everyone()
        self.found = [one for one in people if one.is_there(datetime.datetime.now())][:_MOST_CALLERS]


def _columns(view: QWidget) -> list[Column]:
    tr = view.tr
    now = datetime.datetime.now

    def state(row: Any) -> str:
        return "  ".join(filter(None, (row.state_text(now()), row.note)))

    return [
        Column(tr("分类"), lambda row: categories_text(row.mask), 92, marks=lambda row: row.categories),
        Column(tr("户主或单位"), lambda row: row.head, 100),
        Column(tr("电话"), lambda row: row.phone or tr("没有电话"), 118, urgent=lambda row: not row.phone),
        Column(tr("住址"), lambda row: row.address, 190),
        Column(tr("情况"), state, 0, urgent=lambda row: row.outcome == NEEDS_HELP and row.issue_is_open),
    ]
