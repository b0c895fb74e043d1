"""The page of the issue ledger: views and filters above, table, board or call list left, the issue right."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from gridapp.areas.tree import Node
from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.issues import board as boards
from gridapp.issues import categories, replies
from gridapp.issues.board import Board
from gridapp.issues.ledger import VIEW_NAMES, Desk, LedgerFilter, View
from gridapp.issues.ledger_listing import LedgerListing, LedgerSort, kinds
from gridapp.issues.ledger_words import parts
from gridapp.issues.shared_steps import shared
from gridapp.issues.workflow import Step
from ui.day import DayWatch
from ui.households.loading import ListingLoader
from ui.issues.board_view import BoardView
from ui.issues.call_list import CallList
from ui.issues.calling import Calling
from ui.issues.ledger_bar import Form, LedgerBar
from ui.issues.ledger_empty import LedgerEmpty
from ui.issues.prepared import CallsRead, CountsRead
from ui.issues.remembered import Stand, recall, remember
from ui.issues.step_bar import StepBar
from ui.issues.table_model import LedgerTableModel
from ui.issues.table_view import LedgerTable
from ui.issues.views import ViewBar
from ui.widgets.chips import Chips

if TYPE_CHECKING:
    from ui.main_window import MainWindow

MOST = 500
"""How many issues can be seen to at once."""

_PANE_PAUSE_MS = 60
"""While one runs through the rows, the pane waits until one stays."""


class LedgerPage(QWidget):
    """Shows the ledger of one area. ``form_told`` comes when it is shown in another form."""

    form_told = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window
        self._register = window.register
        self._node: Node | None = None
        self._sort = (LedgerSort.DEADLINE, False)
        self._goal: Uid | None = None  # the issue to go to once a listing arrives
        self._from_top = False
        self._pane_stays = False
        self.form = Form.TABLE
        self.chosen = LedgerFilter("", View.OPEN)
        self.loader: ListingLoader[Any] = ListingLoader(self._register, self, window.reads)
        # What the views hold is told beside the rows, which do not wait for it.
        self.counting: ListingLoader[CountsRead] = ListingLoader(self._register, self, window.reads, at_once=False)
        self.model = LedgerTableModel(self)
        self.views, self.bar = ViewBar(), LedgerBar()
        self.chips = Chips(self.tr("显示这个视图的全部民意"))
        self.table, self.board = LedgerTable(self.model), BoardView()
        self.calls = CallList(lambda: replies.of(self._register).get(Step.EXCUSE.value, ()))
        self.calling = Calling(window, self.calls)
        self.steps, self.empty = StepBar(), LedgerEmpty()
        self.watch = DayWatch(_this_hour, self)
        self._pane = QTimer(self, singleShot=True, interval=_PANE_PAUSE_MS)
        self._build()
        self._connect()

    # What the window asks

    def show_area(self, node: Node | None) -> None:
        """Show another area's ledger, the filter staying as it is."""
        self._node = node
        if node is not None and self.bar.isHidden():  # there was no area before
            self.bar.show()
            self.detail.setVisible(self.form is Form.TABLE)
        self._from_top = True
        self.reload()

    def reload(self) -> None:
        """Read again what is shown, keeping what is selected."""
        chosen = self.shown_filter()
        if chosen is None:
            self.loader.forget()
            self.counting.forget()
            self._show_nothing()
            return
        try:
            sorts = categories.of(self._register)
        except UserError as error:  # the server is away
            self._window.tell(error)
            return
        self.views.show_view(self._view(), chosen.desk.name if chosen.desk is not None else "")
        self.views.offer({Form.TABLE: tuple(VIEW_NAMES), Form.BOARD: boards.VIEWS, Form.CALLS: ()}[self.form])
        self.views.setVisible(self.form is not Form.CALLS)
        self.bar.show_filter(self.chosen, sorts)
        self.bar.show_form(self.form)
        self.chips.show_parts(parts(self.chosen, sorts), LedgerFilter("", self.chosen.view, self.chosen.desk))
        now = datetime.datetime.now()
        if self.form is Form.TABLE:
            self.loader.ask(LedgerListing(self._register, chosen, *self._sort, now))
        elif self.form is Form.BOARD:
            self.loader.ask(Board(self._register, chosen, now))
        else:
            self.loader.ask(CallsRead(self._register, chosen))
        self.counting.ask(CountsRead(self._register, chosen, now))

    def shown_filter(self) -> LedgerFilter | None:
        """What is asked for of the area that is shown, if one is."""
        return replace(self.chosen, area_code=self._node.code) if self._node is not None else None

    def filter_by(self, chosen: LedgerFilter) -> None:
        """Show what another filter leaves of the area, its desk being that of who sits here."""
        self.chosen = replace(chosen, area_code="", desk=self.chosen.desk)
        self._from_top = True
        self.reload()

    def show_filtered(self, chosen: LedgerFilter) -> None:
        """Show in the table what a filter leaves, as for a figure that was clicked."""
        self._take_form(Form.TABLE)
        self.filter_by(chosen)
        self.table.setFocus()

    def take_view(self, view: View) -> None:
        """Take another of the everyday looks; for "mine", ask first whose, where nobody has said."""
        if view is View.MINE and self.chosen.desk is None:
            self.views.show_view(self._view(), "")
            self.ask_desk(then_mine=True)
            return
        self.filter_by(replace(self.chosen, view=view, states=frozenset()))

    def show_form(self, form: Form) -> None:
        """Show table, board or call list."""
        self._take_form(form)
        self._from_top = True
        self.reload()
        self._focus()

    def show_issue(self, uid: Uid) -> None:
        """Go to an issue of the area in the table, clearing a filter that hides it."""
        self._take_form(Form.TABLE)
        self._goal = uid
        shown = replace(self.chosen, area_code=self._node.code if self._node else "")
        if not LedgerListing(self._register, shown).holds(uid):
            self.chosen = LedgerFilter("", View.ALL, self.chosen.desk)
        self.reload()
        self.table.setFocus()

    def ask_desk(self, then_mine: bool = False) -> None:
        """Ask who sits here, so that "mine" has a meaning."""
        from ui.issues.desk_dialog import DeskDialog

        dialog = DeskDialog(self._register, self._node.code if self._node else "", self.chosen.desk, self.window())
        dialog.chosen.connect(lambda desk: self._sit(desk, then_mine))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save_state(self, settings: QSettings) -> None:
        self.table.save_state(settings)
        remember(Stand(*self._sort, self.chosen.view, self.form, self.chosen.desk), settings)
        settings.setValue("ledger/split", self._split.saveState())

    def restore_state(self, settings: QSettings) -> None:
        self.table.restore_state(settings)
        stand = recall(settings)
        self._sort, self.chosen = (stand.sort, stand.descending), stand.chosen
        self.table.show_sort(*self._sort)
        self._take_form(stand.form)
        split = settings.value("ledger/split")
        if split is not None:
            self._split.restoreState(split)

    # How it is built

    def _build(self) -> None:
        from ui.issues.detail import IssueDetail

        self.detail = IssueDetail(self._window)
        self._stack = QStackedWidget()
        for widget in (self.table, self.board, self.calls, self.empty):
            self._stack.addWidget(widget)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        column.addWidget(self.steps)
        self._split = QSplitter()
        self._split.addWidget(left)
        self._split.addWidget(self.detail)
        self._split.setStretchFactor(0, 1)
        self._split.setStretchFactor(1, 0)
        self._split.setSizes([760, 400])
        self._split.setCollapsible(0, False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.views)
        column.addWidget(self.bar)
        column.addWidget(self.chips)
        column.addWidget(self._split, 1)
        self.setFocusProxy(self._stack)

    def _connect(self) -> None:
        window = self._window
        self.loader.arrived.connect(self._show)
        self.loader.waiting.connect(lambda _what: self.bar.count.setText(self.tr("正在读取…")))
        self.counting.arrived.connect(self._show_counts)
        for loader in (self.loader, self.counting):
            loader.failed.connect(window.tell)
        self.views.asked.connect(self.take_view)
        self.bar.asked.connect(self.filter_by)
        self.bar.form_asked.connect(self.show_form)
        self.bar.desk_asked.connect(self.ask_desk)
        self.bar.register_asked.connect(lambda: window.issues.register())
        self.chips.asked.connect(self.filter_by)
        self.table.sort_asked.connect(self._sort_by)
        self.table.selection_told.connect(self._offer_steps)
        self.table.current_told.connect(lambda _row: self._pane.start())
        self.table.opened.connect(self.enter_pane)
        self.table.customContextMenuRequested.connect(
            lambda place: self.open_steps(self.table.viewport().mapToGlobal(place))
        )
        self.model.pages.unread.connect(window.status.show_refusal, Qt.ConnectionType.QueuedConnection)
        self.board.current_told.connect(self._follow_card)
        self.board.opened.connect(self.enter_pane)
        self.board.refused.connect(window.status.show_refusal)
        self.board.step_asked.connect(lambda uid, step: window.issues.take([uid], step))
        self.board.menu_asked.connect(lambda _row, place: self.open_steps(place))
        self.calls.current_told.connect(lambda _uid: self._pane.start())
        self.calling.reopen_asked.connect(lambda uid: window.issues.take([uid], Step.REOPEN))
        self.steps.asked.connect(self.take_step)
        self.empty.asked.connect(self.filter_by)
        self.empty.register_asked.connect(lambda: window.issues.register())
        self.empty.area_asked.connect(lambda: window.files.ask_area())
        self._pane.timeout.connect(self._show_pane)
        self.detail.household_asked.connect(self._go_to_household)
        self.watch.turned.connect(self.reload)
        across = QShortcut(QKeySequence("F6"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        across.activated.connect(self._go_across)
        steps = QShortcut(QKeySequence("Ctrl+Return"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        steps.activated.connect(self._open_steps_at_current)

    # What happens

    def selected(self) -> list[Uid]:
        """The issues that steps are meant for."""
        if self.form is Form.TABLE:
            return self.table.selected_uids(MOST)
        if self.form is Form.BOARD:
            card = self.board.current()
            return [card.uid] if card is not None else []
        line = self.calls.line()
        return [line.told.issue] if line is not None else []

    def take_step(self, step: Step) -> None:
        """Take a step with what is selected."""
        uids = self.selected()
        if uids:
            self._window.issues.take(uids, step)

    def open_steps(self, place: QPoint) -> None:
        """Offer at a place of the screen what can be done with what is selected."""
        if self.selected():
            self.steps.menu(self).popup(place)

    def enter_pane(self) -> None:
        """Show the current issue in the pane, and go there."""
        self.detail.show()
        if not self._split.sizes()[1]:
            self._split.setSizes([760, 400])
        self._show_pane()
        first = next(iter(self.detail.steps.buttons.values()), None)
        (first or self.detail.note).setFocus()

    def _take_form(self, form: Form) -> None:
        """Beside board and call list, which need the width, the pane stands only once it is asked for."""
        self.form = form
        self.detail.setVisible(form is Form.TABLE)
        self.form_told.emit()

    def _view(self) -> View:
        if self.form is Form.BOARD and self.chosen.view not in boards.VIEWS:
            return View.ALL
        return self.chosen.view

    def _show(self, what: Any) -> None:
        if isinstance(what, LedgerListing):
            self._show_listing(what)
            count = what.count
        elif isinstance(what, Board):
            self.board.show_board(what)
            count = sum(what.count(column) for column in range(len(boards.BOARD)))
        else:
            self.calls.show_calls(what.found)
            count = sum(len(call.told) for call in what.found)
        self.bar.count.setText(self.tr("{0} 条").format(f"{count:,}"))
        self._show_form(count)
        self._offer_steps()
        self._pane.start()

    def _show_listing(self, listing: LedgerListing) -> None:
        kept = [] if self._from_top else self.table.selected_uids(MOST)
        self._pane_stays = not self._from_top
        self.model.show(listing)
        goal, self._goal = self._goal, None
        position = self.model.row_of(goal) if goal is not None else None
        if position is not None:
            self.table.go_to(position)
        elif kept:
            self.table.select_again(kept)
        elif self._from_top and listing.count:
            self.table.scrollToTop()
            self.table.go_to(0)
        self._from_top = False

    def _show_form(self, count: int) -> None:
        shown: QWidget = {Form.TABLE: self.table, Form.BOARD: self.board, Form.CALLS: self.calls}[self.form]
        had_focus = self._stack.isAncestorOf(focused) if (focused := self.window().focusWidget()) else False
        if count or self.form is Form.BOARD:
            self._stack.setCurrentWidget(shown)
        else:
            self._show_empty()
        self._stack.setFocusProxy(shown)
        self.steps.setVisible(self.form is Form.TABLE)
        if had_focus:
            self._focus()

    def _focus(self) -> None:
        (self.board if self.form is Form.BOARD else self.calls if self.form is Form.CALLS else self.table).setFocus()

    def _show_empty(self) -> None:
        self._stack.setCurrentWidget(self.empty)
        name = self._node.name if self._node is not None else ""
        told = "、".join(part.text for part in parts(self.chosen, categories.of(self._register)))
        self.empty.show_lack(name, self.form, self.chosen, told)

    def _show_nothing(self) -> None:
        self.model.show(None)
        self.board.show_board(None)
        self.calls.show_calls([])
        self.detail.show_issue(None)
        for widget in (self.views, self.bar, self.chips, self.steps, self.detail):
            widget.hide()  # none of it means anything without an area
        self._stack.setCurrentWidget(self.empty)
        self.empty.show_no_areas()

    def _show_counts(self, read: CountsRead) -> None:
        self.views.show_counts(read.found.views)

    def _sort_by(self, sort: LedgerSort, descending: bool) -> None:
        self._sort = (sort, descending)
        self.table.show_sort(sort, descending)
        self.reload()

    def _sit(self, desk: Desk | None, then_mine: bool) -> None:
        view = View.MINE if then_mine and desk is not None else self.chosen.view
        self.chosen = replace(self.chosen, desk=desk, view=view)
        self.reload()

    def _offer_steps(self) -> None:
        count = self.table.selected_count() if self.form is Form.TABLE else len(self.selected())
        if count > MOST:
            self.steps.offer(count, [], self.tr("一次最多办理 {0} 条").format(MOST))
            return
        try:
            found = kinds(self._register, self.selected())
        except UserError as error:
            self._window.tell(error)
            return
        self.steps.offer(count, shared(found))

    def _open_steps_at_current(self) -> None:
        if self.form is Form.BOARD:
            self.open_steps(self.board.mapToGlobal(self.board.rect().center()))
        elif self.form is Form.TABLE:
            place = self.table.visualRect(self.table.currentIndex()).bottomLeft() + QPoint(60, 0)
            self.open_steps(self.table.viewport().mapToGlobal(place))

    def _follow_card(self, _row: object) -> None:
        self._offer_steps()
        self._pane.start()

    def _show_pane(self) -> None:
        self._pane.stop()
        if self.detail.isHidden():
            return
        if self.form is Form.TABLE:
            row = self.model.row(self.table.currentIndex().row())
            if row is not None or not self._pane_stays:
                self.detail.show_issue(row.uid if row is not None else None)
            # else a step has led it out of this view, and whoever took that goes on with it
        else:
            self.detail.show_issue(next(iter(self.selected()), None))

    def _go_across(self) -> None:
        within = self.window().focusWidget()
        if within is not None and self.detail.isAncestorOf(within):
            self.detail.setVisible(self.form is Form.TABLE)
            self._focus()
        else:
            self.enter_pane()

    def _go_to_household(self, uid: Uid) -> None:
        node = self._node
        if node is not None:
            self._window.go_to_household(node.code, uid)


def _this_hour() -> datetime.datetime:
    """Deadlines by the clock are told in hours."""
    return datetime.datetime.now().replace(minute=0, second=0, microsecond=0)
