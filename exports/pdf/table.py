"""Long tables, laid out row by row; the head is repeated on every page."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from exports.fonts.pdf import BOLD, REGULAR
from exports.look import GROUND, INK, LINE, SECONDARY
from exports.pdf.flow import Flow
from exports.pdf.furniture import PORTRAIT, Frame, put_mark
from exports.pdf.page import Page, Style
from exports.pdf.typesetting import Typesetter
from gridapp.households.categories import Category

SIZE = 8.5
LEADING = 11.6
GAP = 6.0
"""Between a column's text and the next column."""

RIGHT_GAP = 12.0
"""The same after a column that is set to the right, where text meets text."""

_PAD = 4.2
_ASCENT = 7.5 / SIZE
_LEAST_PARTS = 3
_HEAD_SIZE = 7.5
_HEAD_HEIGHT = 18.0
_BAND = 3.0
_MARK_SIDE = 11.0
_MARK_GAP = 2.0
BEFORE_MARKS = _BAND + 5


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
    """Columns at their places within a frame.

    Args:
        marks: the width of the column of marks in front, 0 where there is none.
        size: of the text, in points.
    """

    def __init__(
        self,
        typesetter: Typesetter,
        columns: Sequence[Column],
        marks: float = 0.0,
        frame: Frame = PORTRAIT,
        size: float = SIZE,
    ) -> None:
        self._typesetter = typesetter
        self.columns = columns
        self._frame = frame
        self._size = size
        self._leading = LEADING * size / SIZE
        self._text: Style = (REGULAR, size, INK)
        self._strong: Style = (BOLD, size, INK)
        self._marks_in_line = max(1, int(marks // (_MARK_SIDE + _MARK_GAP)))
        self._has_marks = marks > 0
        self._marks_left = frame.left + BEFORE_MARKS
        self._edges = [self._marks_left + marks]
        for column in columns:
            self._edges.append(self._edges[-1] + column.width)

    def broken(self, text: str, column: int) -> list[str]:
        """A text as the lines of a column."""
        return self._typesetter.lines(text, self.columns[column].width - GAP, self._size)

    def broken_below(self, text: str) -> list[str]:
        """A text as lines over the whole measure."""
        return self._typesetter.lines(text, self._frame.right - self._edges[0] - GAP, self._size)

    def head(self, page: Page, y: float) -> float:
        """Put the headings below ``y``, and say where the rows begin."""
        page.fills[GROUND].append((self._frame.left, y - _HEAD_HEIGHT, self._frame.measure, _HEAD_HEIGHT))
        page.rule(SECONDARY, 0.6, self._frame.left, y - _HEAD_HEIGHT, self._frame.right, y - _HEAD_HEIGHT)
        style = (REGULAR, min(_HEAD_SIZE, self._size), SECONDARY)
        baseline = y - 12
        if self._has_marks:
            self._typesetter.put(page, style, self._marks_left, baseline, "分类")
        for x, edge, column in zip(self._edges, self._edges[1:], self.columns, strict=False):
            if column.right:
                self._typesetter.put_right(page, style, edge - RIGHT_GAP, baseline, column.heading)
            else:
                self._typesetter.put(page, style, x, baseline, column.heading)
        return y - _HEAD_HEIGHT

    def add(self, flow: Flow, row: Row) -> None:
        """Put a row where the flow is; one that is longer than a page goes on over as many as it takes."""
        height = self.height(row)
        if height > flow.room_on_fresh_page:
            flow.need(_LEAST_PARTS * self._leading + 2 * _PAD)  # it is torn anyway, so no page stays empty for it
            self._add_in_parts(flow, row)
            return
        flow.need(height)
        self._put(flow.page, flow.y, height, row)
        flow.y -= height

    def height(self, row: Row) -> float:
        marks = -(-len(row.marks) // self._marks_in_line)
        lines = max(marks, *map(len, row.cells)) + len(row.below)
        return lines * self._leading + 2 * _PAD

    def _add_in_parts(self, flow: Flow, row: Row) -> None:
        cells, below = [list(lines) for lines in row.cells], list(row.below)
        marks = row.marks
        while any(cells) or below:
            fitting = max(1, int((flow.room - 2 * _PAD) // self._leading))
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
        baseline = y - _PAD - _ASCENT * self._size
        put = self._typesetter.put
        for x, edge, column, lines in zip(self._edges, self._edges[1:], self.columns, row.cells, strict=False):
            style = self._strong if column.strong else self._text
            for position, line in enumerate(lines):
                if not line:
                    continue
                if column.right:
                    self._typesetter.put_right(page, style, edge - RIGHT_GAP, baseline - position * self._leading, line)
                else:
                    put(page, style, x, baseline - position * self._leading, line)
        if row.below:
            first = max(map(len, row.cells))
            for position, line in enumerate(row.below, first):
                put(page, self._text, self._edges[0], baseline - position * self._leading, line)
        page.rule(LINE, 0.5, self._frame.left, y - height, self._frame.right, y - height)

    def _put_marks(self, page: Page, y: float, height: float, marks: Sequence[Category]) -> None:
        page.fills[marks[0].colour].append((self._frame.left, y - height + 0.5, _BAND, height - 1))
        below = y - _PAD - _MARK_SIDE + 0.6
        for position, category in enumerate(marks):
            line, place = divmod(position, self._marks_in_line)
            x = self._marks_left + place * (_MARK_SIDE + _MARK_GAP)
            put_mark(page, category, x, below - line * self._leading, _MARK_SIDE)
