"""The household table as a view."""

from PySide6.QtCore import QItemSelectionModel, QMimeData, QSettings, Qt, Signal
from PySide6.QtGui import QColor, QDrag, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from gridapp.households.columns import COLUMNS, POSITIONS
from gridapp.households.listing import SortBy
from ui import theme
from ui.areas.tree_model import HOUSEHOLDS
from ui.households.delegate import CategoryDelegate
from ui.households.table_model import HouseholdTableModel

_WIDTHS = {
    "category": 84,
    "place": 72,
    "address": 140,
    "head": 92,
    "people": 52,
    "phone": 104,
    "visited": 92,
    "issues": 56,
    "note": 48,
}


class HouseholdTable(QTableView):
    """Emits ``sort_asked`` with what to sort by and whether downwards, ``current_changed`` with a position."""

    sort_asked = Signal(object, bool)
    current_changed = Signal(int)

    def __init__(self, model: HouseholdTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setObjectName("households")
        self.setAccessibleName(self.tr("住户"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setItemDelegateForColumn(0, CategoryDelegate(self))
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(theme.ROW_HEIGHT)
        columns = self.horizontalHeader()
        columns.setHighlightSections(False)
        columns.setSectionsMovable(True)
        columns.setStretchLastSection(True)
        columns.setSortIndicatorShown(True)
        columns.setSectionsClickable(True)
        columns.setMinimumSectionSize(48)
        # In painting, a heading asks every row of its column whether it is selected: seconds, for a whole district.
        columns.setSelectionModel(QItemSelectionModel(model, columns))
        columns.sectionClicked.connect(self._sort_by)
        for position, column in enumerate(COLUMNS):
            self.setColumnWidth(position, _WIDTHS[column.key])
        self.show_sort(SortBy.ADDRESS, False)
        self.selectionModel().currentRowChanged.connect(lambda now, _before: self.current_changed.emit(now.row()))

    def show_sort(self, sort: SortBy, descending: bool) -> None:
        """Show by which column the rows are sorted."""
        self._shown = (sort, descending)
        columns = [position for position, column in enumerate(COLUMNS) if column.sort is sort]
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(columns[-1], order)

    def show_places(self, shown: bool) -> None:
        """Show or hide the column that names the grid, which says nothing within a grid."""
        self.setColumnHidden(POSITIONS["place"], not shown)

    def go_to(self, position: int) -> None:
        """Make a row the current one, in the middle if it was out of sight."""
        index = self.model().index(position, 0)
        if position != self.currentIndex().row() or not self.selectionModel().isSelected(index):
            self.setCurrentIndex(index)  # which leaves only this row selected
        self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)

    def selected(self) -> list[range]:
        """The positions that are selected, from the top."""
        found = {(part.top(), part.bottom()) for part in self.selectionModel().selection().toList()}
        return [range(top, bottom + 1) for top, bottom in sorted(found)]

    def shown_columns(self) -> list[str]:
        """The keys of the columns that are seen, from the left."""
        header = self.horizontalHeader()
        sections = [header.logicalIndex(place) for place in range(header.count())]
        return [COLUMNS[section].key for section in sections if not header.isSectionHidden(section)]

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Drag the selected rows, of which the cursor carries the number."""
        count = sum(len(part) for part in self.selected())
        if count:
            drag = QDrag(self)
            drag.setMimeData(carried())
            drag.setPixmap(_picture(self.tr("{0} 户").format(f"{count:,}"), self))
            drag.exec(Qt.DropAction.MoveAction)

    def save_state(self, settings: QSettings) -> None:
        settings.setValue("households/columns", self.horizontalHeader().saveState())

    def restore_state(self, settings: QSettings) -> None:
        state = settings.value("households/columns")
        if state is not None:
            self.horizontalHeader().restoreState(state)

    def _sort_by(self, column: int) -> None:
        sort = COLUMNS[column].sort
        if sort is None:
            self.show_sort(*self._shown)  # the heading has taken the arrow along; this column has no order
        else:
            downwards = self.horizontalHeader().sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
            self.sort_asked.emit(sort, downwards)


def carried() -> QMimeData:
    """What is dragged. Which rows these are is asked of the table when they are dropped."""
    data = QMimeData()
    data.setData(HOUSEHOLDS, b"")
    return data


def _picture(text: str, widget: QWidget) -> QPixmap:
    """A label of the accent colour, drawn for the screen that the widget is on."""
    metrics, ratio = widget.fontMetrics(), widget.devicePixelRatioF()
    width, height = metrics.horizontalAdvance(text) + 2 * theme.GAP, metrics.height() + theme.GAP
    picture = QPixmap(round(width * ratio), round(height * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(widget.font())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.current().accent))
    painter.drawRoundedRect(0, 0, width, height, 4, 4)
    painter.setPen(QColor(theme.current().on_accent))
    painter.drawText(0, 0, width, height, Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    return picture
