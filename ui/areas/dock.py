"""The dock with the tree of areas and its filter box."""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QDockWidget, QHBoxLayout, QTreeView, QVBoxLayout, QWidget

from gridapp.areas.tree import Node
from ui import theme
from ui.areas.delegate import AreaDelegate
from ui.areas.tree_model import NODE, AreaTreeModel
from ui.widgets.filter_box import FilterBox

_LEAST_WIDTH = 190
"""A grid four levels down still shows its name."""

_OPENS_MS = 600
"""An area over which something is held for so long opens."""


class AreaDock(QDockWidget):
    """Emits ``chosen`` with the node that was chosen, and ``entered`` once somebody is about to type a filter."""

    chosen = Signal(object)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("areas")
        self.setWindowTitle(self.tr("区域"))
        self.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetMovable)
        self.setTitleBarWidget(QWidget())  # the filter box says enough
        self._chosen: Node | None = None
        self._filtering = False
        self._entered = False
        self._unfiltered: set[str] | None = None  # what stood open before a filter was typed
        self.model = AreaTreeModel(self)
        self.box = FilterBox()
        self.box.setPlaceholderText(self.tr("筛选区域：名称、拼音或编码"))
        self.box.setAccessibleName(self.tr("筛选区域"))
        self.box.textChanged.connect(self._filter_by)
        self.box.installEventFilter(self)
        self.view = QTreeView()
        self.view.setModel(self.model)
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
        self.model.numbers_changed.connect(self.view.viewport().update)
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
        self._open(opened or set())
        wanted = self.model.find(code) if code else None
        node = wanted or next(self._grids(), None) or next(self._nodes(), None)
        if node is not None and not self._index(node).isValid():  # a filter hides it, and stays
            self._chosen = node
            self.chosen.emit(node)
        else:
            self.choose(node)

    def refresh(self, roots: list[Node]) -> None:
        """Show the tree as it is now: what stood open stays open, what was chosen is, or else what lies above it."""
        there = {node.uid: node for root in roots for node in root.walk()}
        codes = self.opened_codes()
        opened = {there[node.uid].code for node in self._nodes() if node.code in codes and node.uid in there}
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
        if self._unfiltered is not None:
            return self._unfiltered
        return {node.code for node in self._nodes() if node.children and self.view.isExpanded(self._index(node))}

    def _open(self, codes: set[str]) -> None:
        """Open the areas with these codes and the top ones; while a filter stands, all that it leaves."""
        if self._unfiltered is not None:
            self._unfiltered = codes
            self.view.expandAll()
            return
        for node in self._nodes():
            if node.children and (node.code in codes or node.parent is None):
                self.view.expand(self._index(node))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and watched is self.box and not self._entered:
            self._entered = True
            self.entered.emit()
        return super().eventFilter(watched, event)

    def _index(self, node: Node) -> QModelIndex:
        return self.model.index_of(node)

    def _nodes(self) -> Iterator[Node]:
        return (node for root in self.model.roots for node in root.walk())

    def _grids(self) -> Iterator[Node]:
        return (node for node in self._nodes() if not node.children)

    def _filter_by(self, text: str) -> None:
        # The tree forgets what was chosen and what stood open; nobody has chosen anything else by typing.
        self._filtering = True
        opened = self.opened_codes()
        self._unfiltered = opened if text.strip() else None
        self.model.set_filter(text.strip())
        self._open(opened)
        index = self._index(self._chosen) if self._chosen else QModelIndex()
        self.view.setCurrentIndex(index)
        self.view.scrollTo(index)
        self._filtering = False

    def _go_into_tree(self) -> None:
        self.view.setFocus()
        if self.model.found and not self.view.currentIndex().isValid():
            self.choose(self.model.found[0])

    def _tell(self, current: QModelIndex, _previous: QModelIndex) -> None:
        node = current.data(NODE)
        if node is not None and not self._filtering:
            self._chosen = node
            self.chosen.emit(node)
