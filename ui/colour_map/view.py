"""The colour map as one sees it: scrolled, zoomed, and worked by mouse and keys."""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QRubberBand, QToolTip, QWidget

from gridapp.households.colour_map import Building, Cell, ColourMap
from gridapp.ids import Uid
from ui.colour_map import menus, walking, wording
from ui.colour_map.arranging import CELL_HEIGHT, LARGEST, SMALLEST, Arrangement, Block, fitting_scale
from ui.colour_map.colouring import COLOURINGS, Colouring
from ui.colour_map.painting import MapPainter, rings, title_width
from ui.colour_map.selection import Selection
from ui.households.dragging import drag

_STEP = 1.25
_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class ColourMapView(QAbstractScrollArea):
    """Shows a map. ``opened`` tells which household to open, ``selected`` which are selected, ``zoomed`` the scale.

    ``building_asked`` carries the building whose record is asked for.
    """

    opened = Signal(object)
    building_asked = Signal(object)
    selected = Signal(list)
    zoomed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._map = ColourMap(())
        self._colouring: Colouring = COLOURINGS[0]
        self._lit: frozenset[str] = frozenset()
        self._scale = 1.0
        self._fits = False
        self._selection = Selection()
        self._arranged = Arrangement(self._map, 1.0, 0.0, title_width)
        self._pressed: QPointF | None = None
        self._pointed_at: Block | None = None
        self._held: int | None = None
        self._kept: frozenset[int] = frozenset()
        self._band = QRubberBand(QRubberBand.Shape.Rectangle, self.viewport())
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(self.tr("分色图"))

    # What is shown

    def show_map(self, shown: ColourMap) -> None:
        """Show a map, keeping what is selected where it still is."""
        before = self._selection.uids()
        self._map = shown
        self._selection.show(shown.cells)
        self._arrange()
        if self._selection.uids() != before:
            self._tell_selected()

    def show_colouring(self, colouring: Colouring) -> None:
        """Colour the cells in another way."""
        self._colouring = colouring
        self._lit = frozenset()
        self.viewport().update()

    def light_up(self, keys: frozenset[str]) -> None:
        """Let all cells fade but those under these keys of the legend; with none, let none fade."""
        self._lit = keys
        self.viewport().update()

    @property
    def scale(self) -> float:
        """Pixels of the window a pixel of the map at 100 %."""
        return self._scale

    def zoom_in(self) -> None:
        self._zoom(self._scale * _STEP)

    def zoom_out(self) -> None:
        self._zoom(self._scale / _STEP)

    def zoom_to(self, scale: float) -> None:
        self._zoom(scale)

    def fit(self) -> None:
        """Show everything at once, now and whenever the window gets another size."""
        self._fits = True
        self._arrange()

    def cell_rect(self, cell: Cell) -> QRect:
        """Where a cell stands in the viewport, whether or not it is in sight."""
        place = next(placed.rect for placed in self._arranged.cells if placed.cell is cell)
        return place.translated(-self._offset()).toRect()

    def title_rect(self, building: Building) -> QRect:
        """Where the name of a building stands in the viewport."""
        left = self._offset().x()
        title = next(block.title_from(left) for block in self._arranged.blocks if block.building is building)
        return title.translated(-self._offset()).toRect()

    def show_building(self, estate: str, name: str) -> bool:
        """Go to the first cell of a building, and say whether it is there."""
        for first, block in zip(self._arranged.firsts, self._arranged.blocks, strict=True):
            if (block.building.estate, block.building.name) == (estate, name):
                self.verticalScrollBar().setValue(round(block.rect.top() - walking.AROUND))
                self.horizontalScrollBar().setValue(round(block.rect.left() - walking.AROUND))
                self._selection.only(first)
                self._changed()
                return True
        return False

    def current_cell(self) -> Cell | None:
        """The cell that the keys are at."""
        position = self._selection.current
        return None if position is None else self._selection.cells[position]

    def selected_cells(self) -> list[Cell]:
        return [self._selection.cells[position] for position in sorted(self._selection.chosen)]

    def select_all(self) -> None:
        """Select every cell."""
        self._selection.take(range(len(self._selection.cells)))
        self._changed()

    def sizeHint(self) -> QSize:
        return QSize(800, 500)

    # Places

    def _offset(self) -> QPointF:
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _arrange(self) -> None:
        # As wide as with the scroll bar: or else it would come and go by itself.
        width = float(self.width() - self.verticalScrollBar().sizeHint().width())
        if self._fits and self._map.buildings:
            self._scale = fitting_scale(self._map, width, float(self.height()), title_width)
        self._arranged = Arrangement(self._map, self._scale, width, title_width)
        self._pointed_at = None
        self._set_range()
        self.zoomed.emit(self._scale)
        self.viewport().update()

    def _set_range(self) -> None:
        size, seen = self._arranged.size, self.viewport().size()
        step = round(CELL_HEIGHT * self._scale)
        for bar, whole, page in (
            (self.horizontalScrollBar(), size.width(), seen.width()),
            (self.verticalScrollBar(), size.height(), seen.height()),
        ):
            bar.setRange(0, max(0, round(whole) - page))
            bar.setPageStep(page)
            bar.setSingleStep(max(8, step))

    def _zoom(self, scale: float, at: QPoint | None = None) -> None:
        """Zoom so that the cell under the pointer, or the current one, stays where it is."""
        point = QPointF(at) if at is not None else QPointF(self.viewport().rect().center())
        position = self._arranged.at(point + self._offset()) if at is not None else self._selection.current
        before = self._arranged.cells[position].rect.center() - self._offset() if position is not None else point
        self._fits = False
        self._scale = min(max(scale, SMALLEST), LARGEST)
        self._arrange()
        if position is not None:
            wanted = self._arranged.cells[position].rect.center() - before
            self.horizontalScrollBar().setValue(round(wanted.x()))
            self.verticalScrollBar().setValue(round(wanted.y()))

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        offset = self._offset()
        painter.translate(-offset)
        area = QRectF(event.rect()).translated(offset).adjusted(-4, -4, 4, 4)
        map_painter = MapPainter(self._colouring, self._scale)
        for block in self._arranged.blocks:
            if not block.rect.intersects(area):
                continue
            map_painter.block(painter, block, offset.x(), block is self._pointed_at)
            for placed in block.cells:
                if placed.rect.intersects(area):
                    map_painter.cell(painter, placed, self._is_faded(placed.cell))
            map_painter.storeys(painter, block, offset.x())
        cells, chosen, current = self._arranged.cells, self._selection.chosen, self._selection.current
        seen = [cells[position].rect for position in chosen if cells[position].rect.intersects(area)]
        rings(painter, seen, cells[current].rect if current is not None and self.hasFocus() else None)
        painter.end()

    def _is_faded(self, cell: Cell) -> bool:
        return bool(self._lit) and not self._lit & self._colouring.keys(cell)

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed = event.position() + self._offset()
        keeps = event.modifiers() & (_CONTROL | _SHIFT)
        self._kept = frozenset(self._selection.chosen) if keeps else frozenset()
        position = self._arranged.at(self._pressed)
        title = self._arranged.title_at(self._pressed, self._offset().x())
        if title is not None:
            self._pressed = None
            self.building_asked.emit(title.building)
        elif position is None:
            if not keeps and self._selection.chosen:
                self._selection.take(())
                self._changed()
        elif not keeps and position in self._selection.chosen and len(self._selection.chosen) > 1:
            self._held = position  # which are dragged together; let go of without that, this one is meant
        elif event.modifiers() & _CONTROL:
            self._selection.toggle(position)
            self._changed()
        elif event.modifiers() & _SHIFT:
            self._selection.extend(position)
            self._changed()
        else:
            self._selection.only(position)
            self._changed()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        here = event.position() + self._offset()
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            self._point_at(self._arranged.title_at(here, self._offset().x()))
            return
        far = (here - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if not self._band.isVisible() and not far:
            return
        if self._held is not None:
            self._pressed = self._held = None
            drag(self, len(self._selection.uids()))
            return
        caught = QRectF(self._pressed, here).normalized()
        self._band.setGeometry(caught.translated(-self._offset()).toRect())
        self._band.show()
        self._selection.take(self._arranged.within(caught), self._kept)
        self._changed()

    def _point_at(self, block: Block | None) -> None:
        if block is not self._pointed_at:
            self._pointed_at = block
            hand, arrow = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(hand if block is not None else arrow)
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        held, self._held = self._held, None
        if held is not None:
            self._selection.only(held)
            self._changed()
        self._pressed = None
        self._band.hide()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        position = self._arranged.at(event.position() + self._offset())
        if position is not None and event.button() == Qt.MouseButton.LeftButton:
            self._open(position)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        position = self._selection.current if by_key else self._arranged.at(QPointF(event.pos()) + self._offset())
        if position is None:
            return
        if position not in self._selection.chosen:
            self._selection.only(position)
            self._changed()
        building = self._arranged.block_of(position).building
        homes = self._selection.cells[position].households
        menu = menus.of_cell(self, homes, self.opened.emit, lambda: self.building_asked.emit(building), self.actions())
        menu.popup(self._corner(position) if by_key else event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & _CONTROL:
            super().wheelEvent(event)
            return
        turns = event.angleDelta().y() / 120
        self._zoom(self._scale * _STEP**turns, event.position().toPoint())
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            position = self._arranged.at(QPointF(event.pos()) + self._offset())
            if self._pointed_at is not None:
                QToolTip.showText(event.globalPos(), self.tr("楼栋档案 (Alt+Enter)"), self.viewport())
            elif position is None:
                QToolTip.hideText()
            else:
                placed = self._arranged.cells[position]
                here = placed.rect.translated(-self._offset()).toRect()
                QToolTip.showText(event.globalPos(), "\n".join(wording.lines(placed.cell)), self.viewport(), here)
            return True
        return super().viewportEvent(event)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._zoom_by_key(event) and not self._move_by_key(event) and not self._select_by_key(event):
            event.ignore()

    def _zoom_by_key(self, event: QKeyEvent) -> bool:
        acts = {"+": self.zoom_in, "=": self.zoom_in, "-": self.zoom_out, "0": self.fit, "1": lambda: self._zoom(1.0)}
        act = acts.get(event.text())
        if act is None:
            return False
        act()
        return True

    def _move_by_key(self, event: QKeyEvent) -> bool:
        to = walking.target(self._arranged, self._selection.current, Qt.Key(event.key()))
        if to is None:
            return False
        if event.modifiers() & _SHIFT:
            self._selection.extend(to)
        elif event.modifiers() & _CONTROL:
            self._selection.move(to)
        else:
            self._selection.only(to)
        walking.bring_into_sight(self, self._arranged.cells[to].rect, self._scale)
        self._changed()
        return True

    def _select_by_key(self, event: QKeyEvent) -> bool:
        current = self._selection.current
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current is not None:
            if event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.building_asked.emit(self._arranged.block_of(current).building)
            else:
                self._open(current)
            return True
        if event.key() == Qt.Key.Key_Space and current is not None:
            self._selection.toggle(current)
        elif event.key() == Qt.Key.Key_A and event.modifiers() & _CONTROL:
            self.select_all()
            return True
        elif event.key() == Qt.Key.Key_Escape and self._selection.chosen:
            self._selection.take(())
        else:
            return False
        self._changed()
        return True

    # What happens

    def _open(self, position: int) -> None:
        homes = self._selection.cells[position].households
        if len(homes) == 1:
            self.opened.emit(homes[0].uid)
        elif homes:
            menus.of_households(self, homes, self.opened.emit).popup(self._corner(position))

    def _corner(self, position: int) -> QPoint:
        """Where a menu of a cell comes up."""
        place = self._arranged.cells[position].rect.translated(-self._offset()).bottomLeft().toPoint()
        return self.viewport().mapToGlobal(place)

    def _changed(self) -> None:
        cell = self.current_cell()
        if cell is not None:
            # Told by the name of the view, since its cells are no widgets that a screen reader could find.
            self.setAccessibleName(self.tr("分色图 {0}").format(wording.name(cell)))
            self.setAccessibleDescription("，".join(wording.lines(cell)[1:]))
        self.viewport().update()
        self._tell_selected()

    def _tell_selected(self) -> None:
        uids: list[Uid] = self._selection.uids()
        self.selected.emit(uids)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._selection.current is None and self._selection.cells:
            self._selection.move(0)
            self._changed()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()
