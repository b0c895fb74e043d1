"""Cutting the buildings of a colour map into pieces that fit a page, and finding each piece its place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import ceil

from gridapp.households.colour_map import Building, Cell, Strip

CELL_WIDTH, CELL_HEIGHT = 40.0, 19.0
LEAST_WIDTH, LEAST_HEIGHT = 32.0, 16.0
"""A cell may shrink so far where that keeps a building, or an entrance, in one piece."""

GUTTER = 31.0
"""Left of the cells, for the names of storeys."""

TITLE, COUNTS, NAMES = 15.0, 11.0, 13.0
ENTRANCE_GAP = 6.0
GAP_ACROSS, GAP_DOWN = 18.0, 16.0
_SLACK = 1e-6
"""What sums of fractions may be out by."""


@dataclass(frozen=True)
class Piece:
    """A building, or as much of it as stands in one place: some of its columns on some of its rows.

    Attributes:
        wide, high: of one cell, with the air around it; in points.
        number, total: which piece of its building it is, from 1.
        title: how wide its title is.
    """

    building: Building
    columns: range
    rows: range
    wide: float
    high: float
    title: float = 0.0
    number: int = 1
    total: int = 1

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        return tuple(c for c in self.building.cells if c.column in self.columns and c.row in self.rows)

    @cached_property
    def households(self) -> int:
        return sum(len(cell.households) for cell in self.cells)

    @cached_property
    def edges(self) -> list[float]:
        """Where each column begins, and where the last one ends; from the left of the piece."""
        starts = [one.column for one in self.building.entrances[1:]]
        gaps = [sum(self.columns.start < start <= column for start in starts) for column in self.columns]
        left = [GUTTER + at * self.wide + gap * ENTRANCE_GAP for at, gap in enumerate(gaps)]
        return [*left, left[-1] + self.wide]

    @property
    def head(self) -> float:
        """How high its title, its counts and the names of its entrances are."""
        return head_of(self.building)

    @property
    def width(self) -> float:
        return max(self.edges[-1], self.title)

    @property
    def height(self) -> float:
        return self.head + len(self.rows) * self.high

    def span(self, cell: Cell) -> tuple[float, float]:
        """The left and the right edge of a cell; one that reaches into another piece ends with this one."""
        first = cell.column - self.columns.start
        last = min(first + cell.span, len(self.columns)) - 1
        return self.edges[first], self.edges[last] + self.wide

    def top(self, row: int) -> float:
        """How far below the top of the piece a row begins."""
        return self.head + (row - self.rows.start) * self.high

    @property
    def entrances(self) -> Iterator[tuple[str, float, float]]:
        """The names of the entrances with their left and right edges."""
        for one in self.building.entrances:
            first = max(one.column, self.columns.start)
            last = min(one.column + one.columns, self.columns.stop) - 1
            if one.name and first <= last:
                edges = (self.edges[at - self.columns.start] for at in (first, last))
                yield one.name, next(edges), next(edges) + self.wide

    @property
    def storeys(self) -> Iterator[tuple[Strip, int]]:
        """The storeys with the row on which each is named here."""
        for strip in self.building.storeys:
            first = max(strip.row, self.rows.start)
            if first < min(strip.row + strip.rows, self.rows.stop):
                yield strip, first


def head_of(building: Building) -> float:
    """How high the head of a building is."""
    return TITLE + COUNTS + (NAMES if any(one.name for one in building.entrances) else 2.0)


def cut(building: Building, width: float, height: float, title: float = 0.0) -> list[Piece]:
    """The pieces of a building, none larger than told; an entrance is torn apart only where it fits nowhere.

    Args:
        width, height: what a page holds, in points.
        title: how wide the building's name is.
    """
    columns, wide = _columns(building, width - GUTTER)
    rows, high = _rows(building, height - head_of(building))
    title = min(title, width)
    found = [Piece(building, across, down, wide, high, title) for across in columns for down in rows]
    found = [piece for piece in found if piece.cells]
    return [
        Piece(building, one.columns, one.rows, wide, high, title, number, len(found))
        for number, one in enumerate(found, 1)
    ]


def packed(
    sizes: Sequence[tuple[float, float]], width: float, first: float, others: float
) -> list[tuple[int, float, float]]:
    """The page, and how far from its left and its top, of each of so many boxes, in their order.

    They stand side by side like words in a line; what is low goes below what is low before it, beside what is high.

    Args:
        first, others: the height of the first page and of all that follow.
    """
    found: list[tuple[int, float, float]] = []
    page, room, top, line = 0, first, 0.0, 0.0  # where the line of boxes begins, and how high it is
    left, across, down = 0.0, 0.0, 0.0  # of the stack of boxes that stands last in that line
    for wide, high in sizes:
        if across and wide <= across and down + GAP_DOWN + high <= line:
            found.append((page, left, top + down + GAP_DOWN))
            down += GAP_DOWN + high
            continue
        beside = left + across + GAP_ACROSS if across else 0.0
        if across and (beside + wide > width or top + high > room + _SLACK):
            top, line, beside = top + line + GAP_DOWN, 0.0, 0.0
        if top + high > room + _SLACK and (top > 0 or not page):
            page, room, top, line, beside = page + 1, others, 0.0, 0.0, 0.0
        found.append((page, beside, top))
        left, across, down, line = beside, wide, high, max(line, high)
    return found


def _columns(building: Building, width: float) -> tuple[list[range], float]:
    """Runs of columns that stand together, and how wide a column is."""
    gaps = max(0, len(building.entrances) - 1) * ENTRANCE_GAP
    if building.columns * LEAST_WIDTH + gaps <= width:
        return [range(building.columns)], min(CELL_WIDTH, (width - gaps) / building.columns)
    most = int(width // LEAST_WIDTH)
    units = [part for unit in _units(building) for part in _torn(unit, most)]
    wide = min(CELL_WIDTH, width / max(map(len, units)))
    found = [units[0]]
    for unit in units[1:]:
        whole = range(found[-1].start, unit.stop)
        inner = sum(whole.start < one.column < whole.stop for one in building.entrances)
        if len(whole) * wide + inner * ENTRANCE_GAP <= width:
            found[-1] = whole
        else:
            found.append(unit)
    return found, wide


def _units(building: Building) -> list[range]:
    """Columns that belong together: those of each entrance, and those that only shops reach into."""
    starts = sorted({0, *(one.column for one in building.entrances), *_ends(building)})
    return [range(*edges) for edges in pairwise([*(one for one in starts if one < building.columns), building.columns])]


def _ends(building: Building) -> Iterator[int]:
    for one in building.entrances[-1:]:
        yield one.column + one.columns


def _torn(unit: range, most: int) -> list[range]:
    parts = ceil(len(unit) / most)
    size = ceil(len(unit) / parts)
    return [unit[first : first + size] for first in range(0, len(unit), size)]


def _rows(building: Building, height: float) -> tuple[list[range], float]:
    """Runs of rows that stand together, and how high a row is."""
    if building.rows * LEAST_HEIGHT <= height:
        return [range(building.rows)], min(CELL_HEIGHT, height / building.rows)
    return _torn(range(building.rows), int(height // CELL_HEIGHT)), CELL_HEIGHT
