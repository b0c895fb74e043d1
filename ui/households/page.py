"""The household page: legend and filter above, table left, form right; and what they tell each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from gridapp.areas.model import Level
from gridapp.areas.tree import Node
from gridapp.households.batch import Selection
from gridapp.households.editing import HouseholdDraft
from gridapp.households.filters import Filter
from gridapp.households.grouping import GroupBy
from gridapp.households.listing import Listing, SortBy
from gridapp.ids import Uid
from gridapp.register import Register
from ui.households import emptiness
from ui.households.bar import FilterBar
from ui.households.cell_editing import CellEditing
from ui.households.columns_dialog import ColumnsDialog
from ui.households.filter_display import FilterDisplay
from ui.households.filtering import Filtering
from ui.households.form_side import FormSide
from ui.households.legend import Legend
from ui.households.loading import ListingLoader
from ui.households.table_model import HouseholdTableModel
from ui.households.table_view import HouseholdTable
from ui.widgets.empty import EmptyState
from ui.widgets.filter_box import FilterBox

if TYPE_CHECKING:
    from ui.households.form import HouseholdForm


class HouseholdPage(QWidget):
    """Shows the households of one area.

    ``notice`` carries what was done; ``refused`` what was not, and why, or an empty text once that is settled.
    ``delete_asked`` says in words what is to be deleted, and the uids of the households.
    """

    notice = Signal(str)
    filter_kept = Signal(str, object)  # what was done to a saved filter, and what takes it back
    delete_asked = Signal(str, list)
    refused = Signal(str)
    import_asked = Signal()
    area_asked = Signal()
    household_asked = Signal(str, object)  # the code of a grid, and the uid of a household in it
    failed = Signal(object)

    def __init__(self, register: Register, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._register = register
        self._node: Node | None = None
        self._sort = (SortBy.ADDRESS, False)
        self._group_by: GroupBy | None = None
        self._moving = False
        self.model = HouseholdTableModel(self)
        self.legend = Legend()
        self.table = HouseholdTable(self.model)
        self.loader: ListingLoader[Listing] = ListingLoader(register, self)
        self._goal: Uid | None = None  # the household to go to once a listing arrives
        self._from_top = False
        self.side = FormSide(register, self.table)
        self.cells = CellEditing(self.table, register, self.side.leave)
        self.table.editing = self.cells
        self._put_off = False  # whether something was written while a cell was edited
        self.empty = EmptyState()
        self.box = FilterBox()
        self.filtering = Filtering(self.legend, self.box, self)
        self._bar = FilterBar(self.legend, self.box)
        self.display = FilterDisplay(register, self.filtering, self.legend, self._bar, self)
        self.quick, self.chips, self.panel = self.display.quick, self.display.chips, self.display.panel
        self._build()
        self._connect()

    @property
    def form(self) -> HouseholdForm:
        """The form of the current household."""
        return self.side.form

    def show_area(self, node: Node | None) -> None:
        """Show another area's households, the filter staying as it is."""
        if not self.leave():
            return
        self._node = node
        self.side.close_form()
        self.table.show_places(node is not None and node.level < Level.GRID)
        self._add.setEnabled(node is not None and node.level is Level.GRID)
        self._add.setToolTip(self.tr("登记一户 (Ctrl+N)") if self._add.isEnabled() else self._where_to_add())
        self._from_top = True
        self.reload()

    def follow(self, node: Node) -> None:
        """Go on showing the same area, which may have another code or place now."""
        if self._node is not None and self._node.uid == node.uid:
            recoded, self._node = self._node.code != node.code, node
            if recoded:
                self.reload()

    def selection(self) -> Selection | None:
        """The selected households, or None if there is none."""
        listing, parts = self.model.listing, self.model.positions_in(self.table.selected())
        return Selection(listing, parts, self.model.uids_seen(parts)) if listing is not None and parts else None

    def take_selection(self) -> Selection | None:
        """The selected households, what was typed being in safety; None where that is refused, or has moved them."""
        selected = self.selection()
        if selected is None or not (self.cells.is_open or self.side.is_changed):
            return selected
        uids = selected.uids()
        if not self.leave():
            return None
        selected = self.selection()
        if selected is not None and selected.uids() == uids:
            return selected
        self.refused.emit(self.tr("刚才的修改已保存，行的顺序随之变了，请重新选择。"))
        return None

    def set_counts(self, counts: Sequence[int]) -> None:
        """Show how many households of the area have each colour first."""
        self.display.set_counts(counts, self.model.listing)

    def filter_by(self, chosen: Filter) -> None:
        """Show what another filter leaves of the area."""
        if self.leave():
            self.filtering.show(chosen)
        else:
            self.display.show(self._node.code if self._node else "")  # the switches go back to what is asked for

    def reload(self) -> None:
        """Read again what is shown, keeping the current household where it still is."""
        if self.cells.is_open:  # whose row would be taken away
            self._put_off = True
            return
        if self._node is None:
            self.loader.forget()
            self.model.show(None)
            self.display.show("")
            self._show_empty()
            return
        self.display.show(self._node.code)
        self.loader.ask(Listing(self._register, self.filtering.of(self._node.code), *self._sort, self._group_by))

    def go_to(self, uid: Uid) -> bool:
        """Make a household the current one, and say whether the table shows it, or will once it is read."""
        if self.loader.awaited is not None:
            self._goal = uid if self.loader.awaited.holds(uid) else None
            return self._goal is not None
        self.model.reveal(uid)
        row = self.model.row_of(uid)
        if row is None:
            return False
        self.table.go_to(row)
        return True

    def clear_filter(self) -> None:
        """Show every household that there is in the area."""
        self.filtering.clear()

    def show_household(self, uid: Uid) -> bool:
        """Go to a household of the area, or of its past, clearing a filter that hides it; say whether it is there."""
        if not self.leave():
            return True  # why not is said already
        if not self.go_to(uid):
            self.clear_filter()
            if not self.go_to(uid):
                self.filtering.show(Filter("", past=True))
            if not self.go_to(uid):
                self.clear_filter()
                return False
        self.table.setFocus()
        return True

    def add(self) -> None:
        """Begin a new household, at the address of the current one."""
        if self._node is None or self._node.level is not Level.GRID:
            self.refused.emit(self._where_to_add())
            return
        if not self.leave():
            return
        if self.filtering.of("").past:  # what is added would not be among them
            self.clear_filter()
        near = self.form.draft if self.side.current is not None else None
        draft = HouseholdDraft(area=self._node.uid)
        if near is not None:
            draft.estate, draft.building, draft.entrance = near.estate, near.building, near.entrance
        # A listing that is on its way must not lead to a household that stands there.
        self._from_top, self._goal = False, None
        self._select_nothing()
        self.side.begin(draft)

    def delete(self) -> None:
        """Ask for the selected households to be deleted."""
        selected = self.selection()
        if selected is None:
            return
        # By uid, and now: behind a job that waits, others might stand at these positions.
        uids = selected.uids()
        row = self.model.row_at(selected.parts[0].start)
        if len(uids) == 1 and row is not None:
            self.delete_asked.emit(self.tr("删除 {0}").format(row.address + " " + row.head), uids)
        elif uids:
            self.delete_asked.emit(self.tr("删除 {0} 户").format(f"{len(uids):,}"), uids)

    @property
    def group_by(self) -> GroupBy | None:
        """By what the households are gathered while they stand in walking order."""
        return self._group_by

    def is_gathered(self) -> bool:
        """Whether the rows stand in groups now, as they do in walking order only."""
        return self.model.is_group(0)

    def gather(self, by: GroupBy | None) -> None:
        """Gather the households by building or entrance, in walking order, or by nothing."""
        if self.leave():
            self._group_by = by
            if by is not None and self._sort[0] is not SortBy.ADDRESS:
                self._sort = (SortBy.ADDRESS, False)
                self.table.show_sort(*self._sort)
            self.reload()

    def collapse_all(self, collapsed: bool) -> None:
        """Hide or show the households of all groups."""
        if self.leave():
            self._moving = True
            self.model.collapse_all(collapsed)
            self._moving = False
            self._return_to_current()

    def choose_columns(self) -> None:
        """Let the user choose which columns there are, and their order."""
        dialog = ColumnsDialog(self.table.layout_of_columns(), self.window())
        dialog.changed.connect(self.table.show_layout)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def leave(self) -> bool:
        """Put what was typed in safety before something else is shown; False if it has to be mended first."""
        return self.cells.finish() and self.side.leave()

    def refresh_form(self) -> None:
        """Show the current household as it is stored now, unless something unsaved stands in the form."""
        self.side.refresh()

    def save_state(self, settings: QSettings) -> None:
        self.table.save_state(settings)
        sort, descending = self._sort
        settings.setValue("households/sort", f"-{sort.value}" if descending else sort.value)
        settings.setValue("households/group_by", self._group_by.value if self._group_by else "")
        settings.setValue("households/split", self._split.saveState())

    def restore_state(self, settings: QSettings) -> None:
        self.table.restore_state(settings)
        kept = str(settings.value("households/sort") or "")
        if kept.removeprefix("-") in set(SortBy):
            self._sort = (SortBy(kept.removeprefix("-")), kept.startswith("-"))
        gathered = str(settings.value("households/group_by") or "")
        self._group_by = GroupBy(gathered) if gathered in set(GroupBy) else None
        self.quick.saved.restore_state(settings)
        self.table.show_sort(*self._sort)
        state = settings.value("households/split")
        if state is not None:
            self._split.restoreState(state)

    # How it is built

    def _build(self) -> None:
        self.box.setPlaceholderText(self.tr("筛选：姓名、首字母、电话、住址"))
        self.box.setToolTip(self.tr("筛选住户 (Ctrl+F)"))
        self.box.setAccessibleName(self.tr("筛选住户"))
        self._shown, self._add = self._bar.shown, self._bar.add
        self._table_side = QStackedWidget()
        self._table_side.addWidget(self.table)
        self._table_side.addWidget(self.empty)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setHandleWidth(1)
        self._split.addWidget(self._table_side)
        self._split.addWidget(self.side)
        self._split.setStretchFactor(0, 1)
        self._split.setStretchFactor(1, 0)
        self._split.setSizes([752, 420])
        self._split.setCollapsible(0, False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self.chips)
        column.addWidget(self._split, 1)

    def _connect(self) -> None:
        self.loader.arrived.connect(self._show)
        self.loader.waiting.connect(self._wait)
        self.loader.failed.connect(self._fail)
        self.filtering.changed.connect(self._refilter)
        self.display.asked.connect(self.filter_by)
        self.display.failed.connect(self.failed)
        self.quick.saved.done.connect(self.filter_kept)
        self.model.unread.connect(self.refused, Qt.ConnectionType.QueuedConnection)  # it comes while painting
        self.table.sort_asked.connect(self._sort_by)
        self.cells.saved.connect(self.notice)
        self.cells.refused.connect(self.refused)
        self.cells.left.connect(self._go_to_cell)
        self.cells.closed.connect(self._catch_up)
        self.table.columns_asked.connect(self.choose_columns)
        self.table.current_changed.connect(self._show_row)
        self.side.saved.connect(self._return_to_current)
        self.side.gone.connect(self.reload)
        self.side.given_up.connect(self.table.setFocus)
        self.side.notice.connect(self.notice)
        self.side.refused.connect(self.refused)
        self.side.household_asked.connect(self.household_asked)
        self.side.failed.connect(self.failed)
        self._add.clicked.connect(self.add)
        across = QShortcut(QKeySequence("F6"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        across.activated.connect(self._go_across)

    # What happens

    def _show(self, listing: Listing) -> None:
        if self.cells.is_open:  # begun while the listing was on its way; the cell's row would be taken away
            self._put_off = True
            return
        self._moving = True
        self.model.show(listing)
        self._moving = False
        self.display.show_number(listing)
        self._show_empty()
        self._return_to_current()
        goal, self._goal = self._goal, None
        if goal is not None:
            self.model.reveal(goal)
        position = self.model.row_of(goal) if goal is not None else None
        if position is None and self._from_top and self.side.current is None and self.model.rowCount():
            position = 1 if self.model.is_group(0) and not self.model.is_collapsed(0) else 0
        self._from_top = False
        if position is not None:
            self.table.go_to(position)

    def _wait(self, listing: Listing) -> None:
        """Go on showing the rows that stand there, as long as they are of the same area."""
        self._shown.setText(self.tr("正在读取…"))
        shown = self.model.listing
        if shown is None or shown.filter.area_code != listing.filter.area_code:
            self._moving = True
            self.model.show(None)
            self._moving = False
            self._table_side.setCurrentWidget(self.table)
        else:
            self.model.reread()

    def _fail(self, error: Exception) -> None:
        """What is shown stays, and no longer says that something else is on its way."""
        self._goal = None
        self.display.show_number(self.model.listing)
        self.failed.emit(error)

    def _catch_up(self) -> None:
        """Show what was written while a cell was edited."""
        if self._put_off:
            self._put_off = False
            self.reload()

    def _go_to_cell(self, uid: Uid, column: int) -> None:
        self.table.column_is(column)
        self.go_to(uid)

    def _go_across(self) -> None:
        """From the form to the table, and from anywhere else into the form."""
        within = self.focusWidget()
        shown = self.side.currentWidget() is self.form
        if shown and not (within is not None and self.side.isAncestorOf(within)):
            self.form.categories.setFocus()
        else:
            self.table.setFocus()

    def _refilter(self) -> None:
        if self.leave():
            self.reload()

    def _sort_by(self, sort: SortBy, descending: bool) -> None:
        if self.leave():
            self._sort = (sort, descending)
            self.table.show_sort(sort, descending)
            self.reload()

    def _show_row(self, position: int) -> None:
        if self._moving:
            return
        row = self.model.row(position)
        if row is None or row.uid == self.side.current:
            return
        if not self.leave():
            if self.side.current is None:  # a new household, which has no row yet; Qt selects the other only after this
                QTimer.singleShot(0, self._select_nothing)
            else:
                self._return_to_current()
            return
        # Saving may have moved rows, so the one that was chosen is sought by its uid.
        if self.side.show_household(row.uid):
            self._return_to_current()

    def _return_to_current(self) -> None:
        current = self.side.current
        position = self.model.row_of(current) if current is not None else None
        if position is None:
            if self.loader.awaited is not None:  # which may hold it
                return
            if current is not None:
                self.side.close_form()
            self.table.scrollToTop()
            return
        self._moving = True
        self.table.go_to(position)
        self._moving = False

    def _select_nothing(self) -> None:
        self._moving = True
        self.table.clearSelection()
        self.table.setCurrentIndex(self.model.index(-1, -1))
        self._moving = False

    def _show_empty(self) -> None:
        if self.model.rowCount():
            self._table_side.setCurrentWidget(self.table)
        else:
            self._table_side.setCurrentWidget(self.empty)
            emptiness.show(self, self._node)

    def _where_to_add(self) -> str:
        return self.tr("请先在左侧选一个网格，再登记住户")
