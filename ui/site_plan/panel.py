"""The site plan with the buildings that wait to be placed beside it, or the offer to import a picture."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gridapp.areas.tree import Node
from gridapp.households.colour_map import Building
from gridapp.ids import Uid
from gridapp.site_plan.site import Site
from ui import theme
from ui.site_plan.view import SitePlanView
from ui.widgets.empty import EmptyState

_SIDE_WIDTH = 196
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SitePlanPanel(QWidget):
    """Asks for what is to be done: ``import_asked`` and ``remove_asked`` carry the uid of the plan's area,
    ``place_asked`` and ``take_down_asked`` the grid's with estate and name of the building.
    """

    opened = Signal(object)
    import_asked = Signal(object)
    remove_asked = Signal(object)
    place_asked = Signal(object, str, str, float, float)
    take_down_asked = Signal(object, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._node: Node | None = None
        self.site = Site(None, ())
        self.picture: bytes | None = None
        self.view = SitePlanView()
        self.waiting = _WaitingList()
        self.empty = EmptyState()
        self._build()
        self._connect()

    def show_site(self, node: Node, site: Site) -> None:
        """Show the plan of a grid."""
        self._node, self.site = node, site
        self._sides.setCurrentIndex(0 if site.plan is not None else 1)
        if site.plan is None:
            self.picture = None
            self._offer_import(node)
            return
        if self.needs_picture() is not None:
            self.picture = None
            self.view.show_picture(QPixmap())  # none rather than another place's, until it is read
        whose = self.tr("社区") if site.plan.area != node.uid else self.tr("网格")
        self._whose.setText(self.tr("{0}平面图：{1}").format(whose, site.plan.area_name))
        self.waiting.show_buildings([card.building for card in site.waiting])
        self._shown.setText(
            self.tr("待放置 {0} 栋").format(len(site.waiting)) if site.waiting else self.tr("楼栋都已放置。")
        )
        self._hint.setVisible(bool(site.waiting))
        self.view.show_site(site)

    def needs_picture(self) -> bytes | None:
        """The digest of the picture that is to be shown, if another or none stands there."""
        plan = self.site.plan
        return plan.picture if plan is not None and plan.picture != self.picture else None

    def show_picture(self, digest: bytes, picture: QPixmap) -> None:
        """Show the picture with a digest."""
        if self.site.plan is not None and self.site.plan.picture == digest:
            self.picture = digest
            self.view.show_picture(picture)

    # How it is built

    def _build(self) -> None:
        self._whose, self._shown, self._hint = (
            QLabel(),
            QLabel(),
            QLabel(self.tr("拖到图上；或选中后按 Enter，放在图中央。")),
        )
        self._whose.setWordWrap(True)
        self._shown.setProperty("heading", True)
        for label in (self._whose, self._hint):
            label.setProperty("secondary", True)
            label.setWordWrap(True)
        side = QWidget()
        side.setFixedWidth(_SIDE_WIDTH)
        column = QVBoxLayout(side)
        column.setContentsMargins(theme.GAP, theme.GAP, theme.GAP, theme.GAP)
        column.setSpacing(theme.GAP)
        for widget in (self._whose, self._shown, self._hint):
            column.addWidget(widget)
        column.addWidget(self.waiting, 1)
        column.addWidget(self._button("image", self.tr("更换图片…"), self.import_asked.emit))
        column.addWidget(self._button("trash", self.tr("移除平面图"), self.remove_asked.emit))
        shown = QWidget()
        line = QHBoxLayout(shown)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.view, 1)
        line.addWidget(side)
        self._sides = QStackedWidget()
        self._sides.addWidget(shown)
        self._sides.addWidget(self.empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._sides)

    def _button(self, icon: str, text: str, ask: Callable[[Uid], object]) -> QPushButton:
        button = QPushButton(theme.icon(icon), text)
        button.clicked.connect(lambda: ask(self.site.plan.area) if self.site.plan is not None else None)
        return button

    def _connect(self) -> None:
        self.view.opened.connect(self.opened)
        self.view.placed.connect(self._ask_place)
        self.view.carried_in.connect(self._place_current)
        self.view.taken_down.connect(self._ask_take_down)
        self.waiting.entered.connect(lambda: self._place_current(*self.view.middle()))

    # What happens

    def _place_current(self, x: float, y: float) -> None:
        building = self.waiting.current()
        if building is not None:
            self._ask_place(building, x, y)

    def _ask_place(self, building: Building, x: float, y: float) -> None:
        if self._node is not None:
            self.place_asked.emit(self._node.uid, building.estate, building.name, x, y)

    def _ask_take_down(self, building: Building) -> None:
        if self._node is not None:
            self.take_down_asked.emit(self._node.uid, building.estate, building.name)

    def _offer_import(self, node: Node) -> None:
        steps: list[tuple[str, Callable[[], object]]] = [
            (self.tr("为{0}导入图片…").format(node.name), lambda: self.import_asked.emit(node.uid))
        ]
        above = node.parent
        if above is not None:
            steps.append((self.tr("为{0}导入图片…").format(above.name), lambda: self.import_asked.emit(above.uid)))
        text = self.tr("{0}还没有平面图。\n导入一张 PNG 或 JPG 图片，再把楼栋拖到各自的位置上。").format(node.name)
        self.empty.show_text("map-trifold", text, steps)


class _WaitingList(QListWidget):
    """The buildings that have no place yet; ``entered`` when the current one shall get one."""

    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDragEnabled(True)
        self.setSpacing(2)
        self.setAccessibleName(self.tr("待放置的楼栋"))
        self.itemDoubleClicked.connect(lambda _item: self.entered.emit())

    def show_buildings(self, buildings: list[Building]) -> None:
        row = max(self.currentRow(), 0)
        self.clear()
        for one in buildings:
            item = QListWidgetItem(self.tr("{0}  {1}户").format(one.label, one.households), self)
            item.setData(Qt.ItemDataRole.UserRole, one)
        self.setCurrentRow(min(row, len(buildings) - 1))

    def current(self) -> Building | None:
        item = self.currentItem()
        return item.data(Qt.ItemDataRole.UserRole) if item is not None else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.entered.emit()
        else:
            super().keyPressEvent(event)
