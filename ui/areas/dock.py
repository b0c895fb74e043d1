"""The dock with the tree of areas and its filter box."""

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QDockWidget, QHBoxLayout, QTreeView, QVBoxLayout, QWidget

from gridapp.areas.tree import Node
from ui import theme
from ui.areas.delegate import AreaDelegate
from ui.areas.tree_model import NODE, SEARCH, AreaFilter, AreaTreeModel
from ui.widgets.filter_box import FilterBox

_LEAST_WIDTH = 190
"""A grid four levels down still shows its name."""

_OPENS_MS = 600
"""An area over which something is held for so long opens."""


class AreaDock(QDockWidget):
    """Emits ``chosen`` with the node that was chosen."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("areas")
        self.setWindowTitle(self.tr("区域"))
        self.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetMovable)
        self.setTitleBarWidget(QWidget())  # the filter box says enough
        self._chosen: Node | None = None
        self._filtering = False
        self.model = AreaTreeModel(self)
        self._filter = AreaFilter(self)
        self._filter.setSourceModel(self.model)
        self.box = FilterBox()
        self.box.setPlaceholderText(self.tr("筛选区域：名称、拼音或编码"))
        self.box.setAccessibleName(self.tr("筛选区域"))
        self.box.textChanged.connect(self._filter_by)
        self.view = QTreeView()
        self.view.setModel(self._filter)
        self.view.setItemDelegate(AreaDelegate(self.view))
        self.view.setHeaderHidden(True)
        self.view.setUniformRowHeights(True)
        self.view.setIndentation(14)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setAccessibleName(self.tr("区域"))
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.view.setAcceptDrops(True)
        self.view.setDragDropMode(QAbstractItemView.DragDropMode.DropOnly)
        self.view.setDragDropOverwriteMode(True)  # onto an area, never between two
        self.view.setAutoExpandDelay(_OPENS_MS)
        self.view.selectionModel().currentChanged.connect(self._tell)
        body = QWidget()
        body.setMinimumWidth(_LEAST_WIDTH)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, theme.GAP, 0, 0)
        column.setSpacing(theme.GAP)
        row = QHBoxLayout()
        row.setContentsMargins(theme.GAP, 0, theme.GAP, 0)
        row.addWidget(self.box)
        column.addLayout(row)
        column.addWidget(self.view)
        self.setWidget(body)
        down = QShortcut(QKeySequence(Qt.Key.Key_Down), self.box, context=Qt.ShortcutContext.WidgetShortcut)
        down.activated.connect(self._go_into_tree)

    def show_tree(self, roots: list[Node], code: str | None = None, opened: set[str] | None = None) -> None:
        """Show a tree and choose the area with a code, or else the first grid of it.

        Args:
            opened: codes of the areas that stand open.
        """
        self._chosen = None
        self.view.selectionModel().blockSignals(True)
        self.model.set_roots(roots)
        self.view.selectionModel().blockSignals(False)
        for node in self._nodes():
            if node.code in (opened or set()) or node.parent is None:
                self.view.expand(self._index(node))
        wanted = self.model.find(code) if code else None
        self.choose(wanted or next(self._grids(), None) or next(self._nodes(), None))

    def refresh(self, roots: list[Node]) -> None:
        """Show the tree as it is now: what stood open stays open, what was chosen is, or else what lies above it."""
        there = {node.uid: node for root in roots for node in root.walk()}
        opened = {there[node.uid].code for node in self._opened() if node.uid in there}
        path = self._chosen.path if self._chosen else []
        chosen = next((there[node.uid] for node in reversed(path) if node.uid in there), None)
        self.show_tree(roots, chosen.code if chosen else None, opened)

    def choose(self, node: Node | None) -> None:
        """Make a node the current one, opening what is above it."""
        if node is None:
            self.chosen.emit(None)
            return
        index = self._index(node)
        if not index.isValid():
            self.box.clear()
            index = self._index(node)
        above = index.parent()
        while above.isValid():
            self.view.expand(above)
            above = above.parent()
        self.view.setCurrentIndex(index)
        self.view.scrollTo(index)

    def current(self) -> Node | None:
        return self.view.currentIndex().data(NODE)

    def opened_codes(self) -> set[str]:
        """Codes of the areas that stand open, to be remembered."""
        return {node.code for node in self._opened()}

    def _opened(self) -> Iterator[Node]:
        return (node for node in self._nodes() if node.children and self.view.isExpanded(self._index(node)))

    def _index(self, node: Node) -> QModelIndex:
        return self._filter.mapFromSource(self.model.index_of(node))

    def _nodes(self) -> Iterator[Node]:
        return (node for root in self.model.roots for node in root.walk())

    def _grids(self) -> Iterator[Node]:
        return (node for node in self._nodes() if not node.children)

    def _filter_by(self, text: str) -> None:
        # Qt goes to another row where the current one is filtered out; nobody has chosen that one.
        self._filtering = True
        self._filter.setFilterFixedString(text.strip())
        if text.strip():
            self.view.expandAll()
        index = self._index(self._chosen) if self._chosen else QModelIndex()
        self.view.setCurrentIndex(index)
        self.view.scrollTo(index)
        self._filtering = False

    def _go_into_tree(self) -> None:
        self.view.setFocus()
        typed = self.box.text().strip().lower()
        if typed and not self.view.currentIndex().isValid():
            found = (node for node in self._nodes() if typed in self.model.index_of(node).data(SEARCH).lower())
            first = next(found, None)
            if first is not None:
                self.choose(first)

    def _tell(self, current: QModelIndex, _previous: QModelIndex) -> None:
        node = current.data(NODE)
        if node is not None and not self._filtering:
            self._chosen = node
            self.chosen.emit(node)
