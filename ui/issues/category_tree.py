"""The two levels of categories as a tree, with how many issues each has."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from gridapp.issues.categories import Category
from gridapp.issues.category_editing import Tops

_KEY = Qt.ItemDataRole.UserRole
_NAME, _COUNT = range(2)
_COUNT_WIDTH = 104


class CategoryTree(QTreeWidget):
    """Shows categories; ``chosen`` carries the key of the current one, or None."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: Mapping[str, int] = {}
        self._items: dict[str, QTreeWidgetItem] = {}
        self.setColumnCount(2)
        self.setHeaderLabels([self.tr("分类"), self.tr("民意（件）")])
        self.headerItem().setTextAlignment(_COUNT, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setAccessibleName(self.tr("民意分类"))
        self.setProperty("framed", True)
        self.setUniformRowHeights(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.header().setSectionsMovable(False)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(_COUNT, QHeaderView.ResizeMode.Fixed)
        self.header().resizeSection(_COUNT, _COUNT_WIDTH)
        self.currentItemChanged.connect(self._tell)

    def key(self) -> str | None:
        """The key of the current category."""
        item = self.currentItem()
        return str(item.data(_NAME, _KEY)) if item is not None else None

    def show_tops(self, tops: Tops, key: str | None) -> None:
        """Show other categories, the one with this key as the current one; what was open stays so."""
        opened = {known for known, item in self._items.items() if item.isExpanded()}
        self.blockSignals(True)
        self.clear()
        self._items = {}
        for top in tops:
            item = self._put(top)
            self.addTopLevelItem(item)
            for child in top.children:
                item.addChild(self._put(child))
            item.setExpanded(top.key in opened)
        self._show_counts()
        self.blockSignals(False)
        self.choose(key)

    def choose(self, key: str | None) -> None:
        """Make a category the current one; the first where there is none with this key."""
        item = self._items.get(key or "") or self.topLevelItem(0)
        self.blockSignals(True)
        if item is not None:
            self.setCurrentItem(item)
            self.scrollToItem(item)
        self.blockSignals(False)
        self.chosen.emit(self.key())  # once, also where it was the current one before and says something else now

    def show_name(self, key: str, name: str) -> None:
        """Show a category under another name."""
        self._items[key].setText(_NAME, name)
        self._items[key].setToolTip(_NAME, name)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many issues each has."""
        self._counts = counts
        self._show_counts()

    def _tell(self, _new: object = None, _old: object = None) -> None:
        self.chosen.emit(self.key())

    def _put(self, one: Category) -> QTreeWidgetItem:
        item = self._items[one.key] = QTreeWidgetItem([one.name])
        item.setData(_NAME, _KEY, one.key)
        item.setToolTip(_NAME, one.name)
        item.setTextAlignment(_COUNT, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return item

    def _show_counts(self) -> None:
        for key, item in self._items.items():
            children = [item.child(at) for at in range(item.childCount())]
            keys = [key, *(str(child.data(_NAME, _KEY)) for child in children if child is not None)]
            count = sum(self._counts.get(one, 0) for one in keys)
            item.setText(_COUNT, f"{count:,}" if count else "")
