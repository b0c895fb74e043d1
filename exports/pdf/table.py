"""Long tables, laid out row by row; the head is repeated on every page."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from exports.fonts.pdf import BOLD, REGULAR
from exports.look import GROUND, INK, LINE, SECONDARY
from exports.pdf.flow import Flow
from exports.pdf.furniture import LEFT, RIGHT, put_mark
from exports.pdf.page import Page, Style
from exports.pdf.typesetting import Typesetter
from gridapp.households.categories import Category

SIZE = 8.5
LEADING = 11.6
GAP = 6.0
"""Between a column's text and the next column."""

_RIGHT_GAP = 12.0
"""The same after a column that is set to the right, where text meets text."""

_PAD = 4.2
_ASCENT = 7.5
_LEAST_PART = 3 * LEADING + 2 * _PAD
_HEAD_SIZE = 7.5
_HEAD_HEIGHT = 18.0
_BAND = 3.0
_MARK_SIDE = 11.0
_MARK_GAP = 2.0
_MARKS_LEFT = LEFT + _BAND + 5
_TEXT: Style = (REGULAR, SIZE, INK)
_STRONG: Style = (BOLD, SIZE, INK)


@dataclass(frozen=True)
class Column:
    """One column: ``width`` includes the gap to the next."""

    heading: str
    width: float
    right: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row, broken into lines.

    Attributes:
        cells: the lines of each column.
        below: lines over the whole measure, under the cells: what is too long for its column.
        marks: categories, the first of which gives the band at the left edge.
    """

    cells: Sequence[list[str]]
    below: list[str] = field(default_factory=list)
    marks: Sequence[Category] = ()


class Table:
    """Columns at their places; ``marks`` is the width of the column of marks in front, 0 where there is none."""

    def __init__(self, typesetter: Typesetter, columns: Sequence[Column], marks: float = 0.0) -> None:
        self._typesetter = typesetter
        self.columns = columns
        self._marks_in_line = max(1, int(marks // (_MARK_SIDE + _MARK_GAP)))
        self._has_marks = marks > 0
        self._edges = [LEFT + _BAND + 5 + marks]
        for column in columns:
            self._edges.append(self._edges[-1] + column.width)

    def broken(self, text: str, column: int) -> list[str]:
        """A text as the lines of a column."""
        return self._typesetter.lines(text, self.columns[column].width - GAP, SIZE)

    def broken_below(self, text: str) -> list[str]:
        """A text as lines over the whole measure."""
        return self._typesetter.lines(text, RIGHT - self._edges[0] - GAP, SIZE)

    def head(self, page: Page, y: float) -> float:
        """Put the headings below ``y``, and say where the rows begin."""
        page.fills[GROUND].append((LEFT, y - _HEAD_HEIGHT, RIGHT - LEFT, _HEAD_HEIGHT))
        page.rule(SECONDARY, 0.6, LEFT, y - _HEAD_HEIGHT, RIGHT, y - _HEAD_HEIGHT)
        style = (REGULAR, _HEAD_SIZE, SECONDARY)
        baseline = y - 12
        if self._has_marks:
            self._typesetter.put(page, style, _MARKS_LEFT, baseline, "分类")
        for x, edge, column in zip(self._edges, self._edges[1:], self.columns, strict=False):
            if column.right:
                self._typesetter.put_right(page, style, edge - _RIGHT_GAP, baseline, column.heading)
            else:
                self._typesetter.put(page, style, x, baseline, column.heading)
        return y - _HEAD_HEIGHT

    def add(self, flow: Flow, row: Row) -> None:
        """Put a row where the flow is; one that is longer than a page goes on over as many as it takes."""
        height = self.height(row)
        if height > flow.room_on_fresh_page:
            flow.need(_LEAST_PART)  # it is torn anyway, so no page stays empty for it
            self._add_in_parts(flow, row)
            return
        flow.need(height)
        self._put(flow.page, flow.y, height, row)
        flow.y -= height

    def height(self, row: Row) -> float:
        marks = -(-len(row.marks) // self._marks_in_line)
        lines = max(marks, *map(len, row.cells)) + len(row.below)
        return lines * LEADING + 2 * _PAD

    def _add_in_parts(self, flow: Flow, row: Row) -> None:
        cells, below = [list(lines) for lines in row.cells], list(row.below)
        marks = row.marks
        while any(cells) or below:
            fitting = max(1, int((flow.room - 2 * _PAD) // LEADING))
            taken = max(1, min(fitting, max(map(len, cells))))
            part = [lines[:taken] for lines in cells]
            cells = [lines[taken:] for lines in cells]
            under = [] if any(cells) else below[: max(0, fitting - max(map(len, part)))]
            below = below[len(under) :]
            piece = Row(part, under, marks)
            height = self.height(piece)
            self._put(flow.page, flow.y, height, piece)
            flow.y -= height
            if any(cells) or below:
                flow.new_page()

    def _put(self, page: Page, y: float, height: float, row: Row) -> None:
        if row.marks:
            self._put_marks(page, y, height, row.marks)
        baseline = y - _PAD - _ASCENT
        put = self._typesetter.put
        for x, edge, column, lines in zip(self._edges, self._edges[1:], self.columns, row.cells, strict=False):
            style = _STRONG if column.strong else _TEXT
            for position, line in enumerate(lines):
                if not line:
                    continue
                if column.right:
                    self._typesetter.put_right(page, style, edge - _RIGHT_GAP, baseline - position * LEADING, line)
                else:
                    put(page, style, x, baseline - position * LEADING, line)
        if row.below:
            first = max(map(len, row.cells))
            for position, line in enumerate(row.below, first):
                put(page, _TEXT, self._edges[0], baseline - position * LEADING, line)
        page.rule(LINE, 0.5, LEFT, y - height, RIGHT, y - height)

    def _put_marks(self, page: Page, y: float, height: float, marks: Sequence[Category]) -> None:
        page.fills[marks[0].colour].append((LEFT, y - height + 0.5, _BAND, height - 1))
        below = y - _PAD - _MARK_SIDE + 0.6
        for position, category in enumerate(marks):
            line, place = divmod(position, self._marks_in_line)
            x = _MARKS_LEFT + place * (_MARK_SIDE + _MARK_GAP)
            put_mark(page, category, x, below - line * LEADING, _MARK_SIDE)
