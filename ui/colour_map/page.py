"""The colour-map page: how it is coloured and zoomed above, the map or the site plan below."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QImage, QPixmap, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from gridapp.areas.model import Level
from gridapp.areas.tree import Node
from gridapp.errors import UserError
from gridapp.households import address
from gridapp.households.batch import Chosen
from gridapp.households.colour_map import Building, ColourMap
from gridapp.households.laying_out import colour_map
from gridapp.ids import Uid
from gridapp.register import Register
from gridapp.site_plan.site import Site, site
from gridapp.store import blobs
from ui import theme
from ui.colour_map.colouring import COLOURINGS, Colouring
from ui.colour_map.legend import MapLegend
from ui.colour_map.view import ColourMapView
from ui.jobs import Jobs
from ui.site_plan.panel import SitePlanPanel
from ui.site_plan.view import SitePlanView
from ui.widgets.empty import EmptyState

_GRIDS_OFFERED = 6


class ColourMapPage(QWidget):
    """Shows the colour map of one grid, which is read when it is looked at.

    ``opened`` tells which household to open, ``selected`` which ones are selected; ``grid_asked`` carries the node
    of another grid, ``building_asked`` a grid's uid with the estate and name of the building whose record is wanted.
    """

    opened = Signal(object)
    selected = Signal(list)
    grid_asked = Signal(object)
    building_asked = Signal(object, str, str)
    import_asked = Signal()
    add_asked = Signal()
    area_asked = Signal()

    def __init__(
        self, register: Register, reads: Jobs, failed: Callable[[Exception], object], parent: QWidget | None = None
    ) -> None:
        """Make the page.

        Args:
            reads: runs what is read beside the window.
            failed: is told what cannot be read.
        """
        super().__init__(parent)
        self._register = register
        self._reads = reads
        self._failed = failed
        self._node: Node | None = None
        self._stale = False
        self._sought: tuple[str, str] | None = None
        self._map = ColourMap(())
        self._colouring = COLOURINGS[0]
        self.view = ColourMapView()
        self.plan = SitePlanPanel()
        self.legend = MapLegend()
        self.empty = EmptyState()
        self._build()
        self._connect()
        self.show_area(None)

    def show_area(self, node: Node | None) -> None:
        """Show another area's map; only grids have one."""
        self._node = node
        self._take_map(ColourMap(()))
        self.reload()

    def reload(self) -> None:
        """Read again what is shown, as soon as somebody looks."""
        self._stale = True
        if self.isVisible():
            self._read()

    def show_building(self, estate: str, building: str) -> None:
        """Go to a building, as soon as the map is read."""
        self._sought = estate, address.building_label(building)
        self.show_plan(False)
        if not self._stale:
            self._seek()

    def selection(self) -> Chosen | None:
        """The households in the selected cells, or None if there is none or the site plan is seen instead."""
        if self.is_plan:
            return None
        uids = [uid for cell in self.view.selected_cells() for uid in cell.uids]
        return Chosen(uids) if uids else None

    @property
    def is_plan(self) -> bool:
        """Whether the site plan is shown in the map's place."""
        return self._shown.currentWidget() is self.plan

    def show_plan(self, plan: bool) -> None:
        """Show the site plan, or the map of all dwellings."""
        self._shown.setCurrentWidget(self.plan if plan else self.view)
        (self._to_plan if plan else self._to_map).setChecked(True)
        self._selected.setVisible(not plan)
        self._show_scale()
        self._read_picture()

    def show_colouring(self, colouring: Colouring) -> None:
        """Colour the cells in another way."""
        self._colouring = colouring
        self._switch[colouring.key].setChecked(True)
        self.view.show_colouring(colouring)
        self.plan.view.show_colouring(colouring, frozenset())
        self.legend.show_map(self._map, colouring)

    def save_state(self, settings: QSettings) -> None:
        settings.setValue("colour_map/colouring", self._colouring.key)
        settings.setValue("colour_map/plan", self.is_plan)

    def restore_state(self, settings: QSettings) -> None:
        key = settings.value("colour_map/colouring")
        self.show_colouring(next((one for one in COLOURINGS if one.key == key), COLOURINGS[0]))
        self.show_plan(settings.value("colour_map/plan", False, bool) is True)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._read()

    # How it is built

    def _build(self) -> None:
        self._switch: dict[str, QToolButton] = {}
        self._switch_group = QButtonGroup(self)
        tools = QHBoxLayout()
        tools.setSpacing(2)
        self._to_map = self._mode_button("squares-four", self.tr("楼栋"), False)
        self._to_plan = self._mode_button("map-trifold", self.tr("平面图"), True)
        self._modes = QButtonGroup(self)
        for mode in (self._to_map, self._to_plan):
            self._modes.addButton(mode)
            tools.addWidget(mode)
        self._to_map.setChecked(True)
        tools.addSpacing(16)
        caption = QLabel(self.tr("着色"))
        caption.setProperty("secondary", True)
        tools.addWidget(caption)
        tools.addSpacing(theme.GAP)
        for colouring in COLOURINGS:
            button = QToolButton()
            button.setText(colouring.name())
            button.setCheckable(True)
            button.clicked.connect(lambda _checked=False, one=colouring: self.show_colouring(one))
            self._switch_group.addButton(button)
            self._switch[colouring.key] = button
            tools.addWidget(button)
        self._switch[self._colouring.key].setChecked(True)
        tools.addStretch()
        self._selected = QLabel()
        self._selected.setProperty("secondary", True)
        tools.addWidget(self._selected)
        tools.addSpacing(theme.GAP)
        self._scale = QLabel()
        self._scale.setMinimumWidth(44)
        self._scale.setAlignment(Qt.AlignmentFlag.AlignCenter)
        tools.addWidget(self._zoom_button("minus", self.tr("缩小 (-)"), lambda: self._seen().zoom_out()))
        tools.addWidget(self._scale)
        tools.addWidget(self._zoom_button("plus", self.tr("放大 (+)"), lambda: self._seen().zoom_in()))
        tools.addWidget(self._zoom_button("arrows-out", self.tr("显示全图 (0)"), lambda: self._seen().fit()))
        head = QWidget()
        lines = QVBoxLayout(head)
        lines.setContentsMargins(theme.GAP, theme.GAP, theme.GAP, theme.GAP)
        lines.setSpacing(theme.GAP)
        lines.addLayout(tools)
        lines.addWidget(self.legend)
        map_side = QWidget()
        below = QVBoxLayout(map_side)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addWidget(head)
        self._shown = QStackedWidget()
        self._shown.addWidget(self.view)
        self._shown.addWidget(self.plan)
        below.addWidget(self._shown, 1)
        self._sides = QStackedWidget()
        self._sides.addWidget(map_side)
        self._sides.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._sides)

    def _mode_button(self, icon: str, text: str, plan: bool) -> QToolButton:
        button = QToolButton()
        button.setIcon(theme.icon(icon))
        button.setText(text)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setCheckable(True)
        button.clicked.connect(lambda _checked=False: self.show_plan(plan))
        return button

    def _zoom_button(self, icon: str, tip: str, act: Callable[[], object]) -> QToolButton:
        button = QToolButton()
        button.setIcon(theme.icon(icon))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.clicked.connect(lambda _checked=False: act())
        return button

    def _connect(self) -> None:
        self.legend.changed.connect(self._light_up)
        self.plan.opened.connect(lambda building: self.show_building(building.estate, building.name))
        self.view.opened.connect(self.opened)
        self.view.building_asked.connect(self._ask_building)
        self.view.selected.connect(self._show_selected)
        self.view.zoomed.connect(lambda _scale: self._show_scale())
        self.plan.view.zoomed.connect(lambda _scale: self._show_scale())

    # What happens

    def _read(self) -> None:
        self._stale = False
        node = self._node
        if node is None or node.level is not Level.GRID:
            self._show_empty()
            return
        self._sides.setCurrentIndex(0)
        self._reads.start(
            "",
            lambda _progress, _cancel: (node, *_read(self._register, node.uid)),
            self._register,
            self._take,
            self._failed,
        )

    def _take(self, answer: tuple[Node, ColourMap, Site]) -> None:
        node, found, site = answer
        if self._node is not None and node.uid == self._node.uid:  # one may have gone elsewhere meanwhile
            self._take_map(found)
            self.plan.show_site(node, site)
            self._show_empty()
            self._seek()
            self._read_picture()

    def _read_picture(self) -> None:
        """Read the picture of the plan, once somebody looks at it."""
        digest = self.plan.needs_picture() if self.is_plan else None
        if digest is None:
            return
        self._reads.start(
            "",
            lambda _progress, _cancel: QImage.fromData(blobs.read(self._register, digest) or b""),
            self._register,
            lambda picture: self.plan.show_picture(digest, QPixmap.fromImage(picture)),
            self._failed,
        )

    def _seen(self) -> ColourMapView | SitePlanView:
        return self.plan.view if self.is_plan else self.view

    def _light_up(self) -> None:
        self.view.light_up(self.legend.chosen())
        self.plan.view.show_colouring(self._colouring, self.legend.chosen())

    def _show_scale(self) -> None:
        self._scale.setText(f"{self.plan.view.scale_ if self.is_plan else self.view.scale:.0%}")

    def _take_map(self, found: ColourMap) -> None:
        self._map = found
        self.view.show_map(found)
        self.legend.show_map(found, self._colouring)

    def _seek(self) -> None:
        if self._sought is not None and self._map.buildings:
            sought, self._sought = self._sought, None
            if self.view.show_building(*sought):
                self.view.setFocus()
            else:
                text = self.tr("分色图上还没有这栋楼：没有登记住户，档案里也没有写明层数和每层户数。")
                self._failed(UserError(text))

    def _ask_building(self, building: Building) -> None:
        if self._node is not None:
            self.building_asked.emit(self._node.uid, building.estate, building.name)

    def _show_selected(self, uids: list[Uid]) -> None:
        self._selected.setText(self.tr("已选 {0} 户").format(f"{len(uids):,}") if uids else "")
        self.selected.emit(uids)

    def _show_empty(self) -> None:
        self._sides.setCurrentIndex(0 if self._map.buildings else 1)
        if self._map.buildings:
            return
        if self._node is None:
            self.empty.show_text(
                "tree-structure",
                self.tr("登记簿里还没有区域。\n这里会按楼栋画出网格里的每一户。"),
                [(self.tr("新增区域…"), self.area_asked.emit)],
            )
        elif self._node.level is not Level.GRID:
            self.empty.show_text(
                "squares-four", self.tr("分色图一次画一个网格。\n请在左侧选一个网格。"), self._grids_below(self._node)
            )
        else:
            self.empty.show_text(
                "squares-four",
                self.tr("{0}还没有住户。\n登记以后，这里会按楼栋画出每一户。").format(self._node.name),
                [(self.tr("导入工作簿…"), self.import_asked.emit), (self.tr("登记第一户"), self.add_asked.emit)],
            )

    def _grids_below(self, node: Node) -> list[tuple[str, Callable[[], object]]]:
        """Buttons that lead to the first grids of a community."""
        grids = [child for child in node.children if child.level is Level.GRID][:_GRIDS_OFFERED]
        return [(grid.name, partial(self.grid_asked.emit, grid)) for grid in grids]


def _read(register: Register, grid: Uid) -> tuple[ColourMap, Site]:
    found = colour_map(register, grid)
    return found, site(register, grid, found)
