"""Where each building and each cell of a colour map stands at a scale and a width."""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from PySide6.QtCore import QPointF, QRectF, QSizeF

from gridapp.households.colour_map import Building, Cell, ColourMap

CELL_WIDTH, CELL_HEIGHT = 76.0, 36.0
ROOM_SCALE = 0.7
"""Below it, there is no room for room numbers; the marks stay."""
MARK_SCALE = 0.42
"""Below it, there are colours only."""
SMALLEST, LARGEST = 0.12, 2.5
TITLE_HEIGHT = 24.0
COUNTS_HEIGHT = 18.0
_MARGIN = 12.0
_INSET = 6.0
_BLOCK_GAP = 28.0
_ENTRANCE_GAP = 10.0
_GUTTER = 52.0
_ENTRANCE_HEIGHT = 20.0

Measure = Callable[[Building], float]
"""The width of a building's title in pixels."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell in its place."""

    rect: QRectF
    cell: Cell


@dataclass(frozen=True)
class Block:
    """A building in its place: ``title`` is its name, ``body`` what lies below that and the names of entrances."""

    building: Building
    rect: QRectF
    title: QRectF
    body: QRectF
    cells: tuple[Placed, ...]
    entrances: tuple[tuple[str, QRectF], ...]
    storeys: tuple[tuple[str, QRectF], ...]

    def title_from(self, left: float) -> QRectF:
        """Where its name stands while the map is seen from ``left`` on: it stays in sight as long as the building."""
        shift = min(left + _INSET - self.title.left(), self.rect.right() - self.title.right())
        return self.title.translated(max(0.0, shift), 0.0)


class Arrangement:
    """Buildings side by side like words of a text, as many in a line as the width holds."""

    def __init__(self, shown: ColourMap, scale: float, width: float, title_width: Measure) -> None:
        self.scale = scale
        self.blocks: list[Block] = []
        left, top, line_height, right = _MARGIN, _MARGIN, 0.0, 0.0
        for building in shown.buildings:
            size = _size(building, scale, title_width(building))
            if left > _MARGIN and left + size.width() + _MARGIN > width:
                left, top, line_height = _MARGIN, top + line_height + _gap(scale), 0.0
            name = QRectF(left, top, title_width(building), TITLE_HEIGHT)
            self.blocks.append(_block(building, scale, QRectF(QPointF(left, top), size), name))
            left += size.width() + _gap(scale)
            line_height = max(line_height, size.height())
            right = max(right, self.blocks[-1].rect.right())
        self.size = QSizeF(right + _MARGIN, top + line_height + _MARGIN)
        self.cells = [placed for block in self.blocks for placed in block.cells]
        self.firsts = [0, *accumulate(len(block.cells) for block in self.blocks)][: len(self.blocks)]

    def at(self, point: QPointF) -> int | None:
        """The position of the cell at a point."""
        for first, block in zip(self.firsts, self.blocks, strict=True):
            if block.rect.contains(point):
                inside = (n for n, placed in enumerate(block.cells) if placed.rect.contains(point))
                position = next(inside, None)
                return None if position is None else first + position
        return None

    def title_at(self, point: QPointF, left: float) -> Block | None:
        """The building whose name stands at a point while the map is seen from ``left`` on."""
        return next((block for block in self.blocks if block.title_from(left).contains(point)), None)

    def block_of(self, position: int) -> Block:
        """The building that a cell is in."""
        return self.blocks[bisect_right(self.firsts, position) - 1]

    def within(self, area: QRectF) -> Iterator[int]:
        """The positions of the cells that an area touches."""
        return (position for position, placed in enumerate(self.cells) if placed.rect.intersects(area))

    def beside(self, position: int, right: int, down: int) -> int:
        """The nearest cell in a direction, of which one of ``right`` and ``down`` is 1 or -1; the same if none is."""
        here = self.cells[position].rect.center()
        half = self.cells[position].rect.height() / 2
        best, least = position, float("inf")
        for other, placed in enumerate(self.cells):
            way = placed.rect.center() - here
            ahead, aside = (way.x() * right, abs(way.y())) if right else (way.y() * down, abs(way.x()))
            if ahead <= 0.5 or (right and aside > half):
                continue
            # The next row before a better column: one walks line by line.
            cost = ahead + aside * (0.01 if right else 2.0)
            if cost < least:
                best, least = other, cost
        return best


def fitting_scale(shown: ColourMap, width: float, height: float, title_width: Measure) -> float:
    """The largest scale at which everything can be seen at once."""
    low, high = SMALLEST, 1.5
    for _ in range(9):
        middle = (low + high) / 2
        size = Arrangement(shown, middle, width, title_width).size
        low, high = (middle, high) if size.width() <= width and size.height() <= height else (low, middle)
    return low


def head_height(scale: float) -> float:
    """The height of a building's title, with its counts where there is room for words."""
    return TITLE_HEIGHT + (COUNTS_HEIGHT if scale >= MARK_SCALE else 0.0)


def _gap(scale: float) -> float:
    return max(12.0, _BLOCK_GAP * min(scale, 1.0))


def gutter(scale: float) -> float:
    """The width of the names of storeys at the left of a building."""
    return _GUTTER * min(max(scale, 0.8), 1.4) if scale >= MARK_SCALE else 0.0


def _entrance_height(building: Building, scale: float) -> float:
    named = any(entrance.name for entrance in building.entrances)
    return _ENTRANCE_HEIGHT * max(scale, 0.8) if named and scale >= MARK_SCALE else 0.0


def _size(building: Building, scale: float, title_width: float) -> QSizeF:
    gaps = max(0, len(building.entrances) - 1) * _ENTRANCE_GAP * scale
    width = gutter(scale) + building.columns * CELL_WIDTH * scale + gaps
    height = head_height(scale) + _entrance_height(building, scale) + building.rows * CELL_HEIGHT * scale
    return QSizeF(max(width, title_width), height)


def _block(building: Building, scale: float, rect: QRectF, title: QRectF) -> Block:
    above = head_height(scale) + _entrance_height(building, scale)
    body = rect.adjusted(gutter(scale), above, 0, 0)
    starts = [entrance.column for entrance in building.entrances[1:]]
    # What stands to the left of a column, the gaps between entrances included.
    edges = [
        body.left() + (column * CELL_WIDTH + sum(start <= column for start in starts) * _ENTRANCE_GAP) * scale
        for column in range(building.columns)
    ]
    wide, high = CELL_WIDTH * scale, CELL_HEIGHT * scale
    air = min(2.0, 3.0 * scale)
    cells = tuple(
        Placed(
            QRectF(
                edges[cell.column],
                body.top() + cell.row * high,
                edges[cell.column + cell.span - 1] + wide - edges[cell.column] - air,
                high - air,
            ),
            cell,
        )
        for cell in building.cells
    )
    entrances = tuple(
        (
            one.name,
            QRectF(
                edges[one.column],
                rect.top() + head_height(scale),
                edges[one.column + one.columns - 1] + wide - edges[one.column] - air,
                _entrance_height(building, scale),
            ),
        )
        for one in building.entrances
        if one.name
    )
    storeys = tuple(
        (strip.name, QRectF(rect.left(), body.top() + strip.row * high, gutter(scale) - 8, high - air))
        for strip in building.storeys
    )
    return Block(building, rect, title, body, cells, entrances, storeys)
