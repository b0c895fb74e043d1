"""Where a key leads to on the colour map, and how that is brought into sight."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QAbstractScrollArea

from ui.colour_map.arranging import Arrangement, gutter

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


AROUND = 16.0
"""So much of what is beside is seen too, in pixels."""


def target(arranged: Arrangement, current: int | None, key: Qt.Key) -> int | None:
    """The position of the cell that a key leads to from the current one, or None if it is no key to move by."""
    if not arranged.cells:
        return None
    if key == Qt.Key.Key_Home:
        return 0
    if key == Qt.Key.Key_End:
        return len(arranged.cells) - 1
    if key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
        return _neighbouring_building(arranged, current or 0, 1 if key == Qt.Key.Key_PageDown else -1)
    if key in _ARROWS:
        return 0 if current is None else arranged.beside(current, *_ARROWS[key])
    return None


def bring_into_sight(area: QAbstractScrollArea, rect: QRectF, scale: float) -> None:
    """Scroll no further than it takes to see a rectangle of the map beside the names of storeys."""
    rect = rect.adjusted(-AROUND - gutter(scale), -AROUND, AROUND, AROUND)
    seen = area.viewport().size()
    for bar, near, far, length in (
        (area.horizontalScrollBar(), rect.left(), rect.right(), seen.width()),
        (area.verticalScrollBar(), rect.top(), rect.bottom(), seen.height()),
    ):
        if near < bar.value():
            bar.setValue(round(near))
        elif far > bar.value() + length:
            bar.setValue(round(far - length))


def _neighbouring_building(arranged: Arrangement, current: int, step: int) -> int:
    """The first cell of the next building, or of this one and then the one before."""
    firsts = arranged.firsts
    here = max(number for number, start in enumerate(firsts) if start <= current)
    wanted = here if step < 0 and firsts[here] < current else here + step
    return firsts[min(max(wanted, 0), len(firsts) - 1)]
