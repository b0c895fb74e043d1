"""Tables of any length on worksheets, ready to be read, filtered and printed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties

from exports.look import GROUND, INK, SECONDARY

MOST_ROWS = 1_048_576
"""Rows of a sheet, in every program that reads this format (ECMA-376 sets no limit; Excel does)."""

_MOST_CHARACTERS = 32_767
_FIRST_DATE = 1900
_PAPER_A4 = 9
_LINE = 14.5
_ROOM = 3.0
"""Heights in points: of a line of text, and of what is left free above and below all lines of a row."""

_MOST_HEIGHT = 409.0
_MARGIN = 2.0
"""Characters of a column's width that its text does not get: indent and padding."""

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 has no place for."""

_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\U00020000-\U0003ffff]"
)
"""East Asian wide characters, by the ranges of Unicode Standard Annex 11 that occur in Chinese text."""

TEXT = "@"
DAY = "yyyy-mm-dd"


@dataclass(frozen=True)
class Look:
    """How a cell looks. Colours as ``#RRGGBB``; no fill where empty."""

    number_format: str = "General"
    fill: str = ""
    colour: str = INK
    bold: bool = False
    size: float = 11
    wrap: bool = False
    align: str = "left"
    indent: int = 1


@dataclass(frozen=True)
class Column:
    """A column: ``width`` in characters of the standard font, a Chinese one counting two."""

    heading: str
    width: float
    look: Look = field(default=Look())


class Pen(Cell):
    """A cell that is written again and again with other values in one look.

    openpyxl works out a cell's style at every writing; here that is done once. The value is written as what it is:
    a text never turns into a formula, whatever it begins with.
    """

    __slots__ = ("_style_id",)
    has_style = True

    def __init__(self, sheet: Any, look: Look) -> None:
        super().__init__(sheet, row=1, column=1)  # it is told where it stands as it is written
        model = WriteOnlyCell(sheet)
        model.number_format = look.number_format
        # The typeface is the theme's, which has one for Chinese.
        model.font = Font("Calibri", look.size, look.bold, scheme="minor", family=2, color=_argb(look.colour))
        model.alignment = Alignment(look.align, "center", wrap_text=look.wrap or None, indent=look.indent)
        if look.fill:
            model.fill = PatternFill("solid", fgColor=_argb(look.fill))
        self._style_id = model.style_id

    @property
    def style_id(self) -> int:
        return self._style_id

    def __repr__(self) -> str:
        return "Pen"  # openpyxl asks for each cell that it takes, and throws the answer away

    def holding(self, value: Any) -> "Pen":
        """This cell with a value, to be appended at once."""
        kind, held = "n", value
        if isinstance(value, str):
            kind, held = "s", value if value.isprintable() else clean(value)
        elif isinstance(value, date) and value.year >= _FIRST_DATE:
            kind = "d"
        elif isinstance(value, date):
            kind, held = "s", value.isoformat()  # before the first day that a workbook can count
        self.data_type, self._value = kind, held
        return self


def clean(text: str) -> str:
    """A text without the characters that a workbook cannot hold, and no longer than a cell takes."""
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))[:_MOST_CHARACTERS]


class Table:
    """Rows under a title and headings; what is too long for a sheet goes on in the next.

    Args:
        name: of the sheet; further ones are numbered from 2.
        footer: who exported it, and when.
        told: lines between title and headings.
        most_rows: rows of a sheet, title and headings included.
    """

    def __init__(
        self,
        book: Workbook,
        name: str,
        title: str,
        columns: Sequence[Column],
        footer: str,
        most_rows: int = MOST_ROWS,
        told: Sequence[str] = (),
    ) -> None:
        self._book = book
        self._name = name
        self._title = title
        self._columns = columns
        self._footer = footer
        self._most_rows = most_rows
        self._told = told
        self._heading_row = 2 + len(told)
        self._parts = 0
        self._sheet: Any = None
        self._wrapping = [(n, column.width - _MARGIN) for n, column in enumerate(columns) if column.look.wrap]
        self._begin()

    def append(self, values: Sequence[Any], looks: Mapping[int, Look] | None = None) -> None:
        """Add a row; None and empty texts leave a cell empty.

        Args:
            looks: cells that look different from their column, by position.
        """
        if self._row == self._most_rows:
            self.finish()
            self._begin()
        cells = [
            None if value is None or value == "" else pen.holding(value)
            for pen, value in zip(self._pens, values, strict=True)
        ]
        for position, look in (looks or {}).items():
            if cells[position] is not None:
                cells[position] = self._pen(look, position).holding(values[position])
        self._row += 1
        lines = max([1, *(_lines(values[position], width) for position, width in self._wrapping)])
        if lines > 1:
            # Told here, since not every program works it out for itself when it opens or prints a workbook.
            self._sheet.row_dimensions[self._row].height = min(lines * _LINE + _ROOM, _MOST_HEIGHT)
            self._sheet.append(cells)
            del self._sheet.row_dimensions[self._row]  # it is written by now, and a district has many
        else:
            self._sheet.append(cells)

    def finish(self) -> None:
        """Say where the rows end, once all are there."""
        self._sheet.auto_filter.ref = f"A{self._heading_row}:{get_column_letter(len(self._columns))}{self._row}"

    def _begin(self) -> None:
        self._parts += 1
        name = self._name if self._parts == 1 else f"{self._name}{self._parts}"
        place = len(self._book.worksheets) if self._sheet is None else self._book.index(self._sheet) + 1
        self._sheet = self._book.create_sheet(name, place)
        self._set_up()
        self._styled: dict[tuple[Look, int], Pen] = {}
        self._pens = [Pen(self._sheet, column.look) for column in self._columns]
        self._sheet.append([self._pen(_TITLE).holding(self._title)])
        for line in self._told:
            self._sheet.append([self._pen(_TOLD).holding(line)])
        headings = [replace(_HEADING, align=column.look.align) for column in self._columns]
        pens = [Pen(self._sheet, look) for look in headings]
        self._sheet.append([pen.holding(column.heading) for pen, column in zip(pens, self._columns, strict=True)])
        self._row = self._heading_row

    def _pen(self, look: Look, position: int = 0) -> Pen:
        """The pen for a look; each cell of a row has its own, since it holds the value until the row is written."""
        key = (look, position)
        if key not in self._styled:
            self._styled[key] = Pen(self._sheet, look)
        return self._styled[key]

    def _set_up(self) -> None:
        sheet = self._sheet
        sheet.freeze_panes = f"A{self._heading_row + 1}"
        sheet.print_title_rows = f"1:{self._heading_row}"
        for position, column in enumerate(self._columns, 1):
            sheet.column_dimensions[get_column_letter(position)].width = column.width
        width = sum(column.width for column in self._columns) - _MARGIN
        for row, text in enumerate((self._title, *self._told), 1):
            sheet.merged_cells.add(f"A{row}:{get_column_letter(len(self._columns))}{row}")
            if row > 1:
                sheet.row_dimensions[row].height = min(_lines(text, width) * _LINE + _ROOM, _MOST_HEIGHT)
        sheet.row_dimensions[1].height = 28
        sheet.row_dimensions[self._heading_row].height = 22
        sheet.page_setup.paperSize = _PAPER_A4
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.fitToWidth = 1
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.print_options.gridLines = True
        sheet.print_options.horizontalCentered = True
        sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6, header=0.3, footer=0.3)
        footer = sheet.HeaderFooter.oddFooter
        footer.left.text = self._footer.replace("&", "&&")
        footer.right.text = "第 &P 页，共 &N 页"


def _lines(text: str | None, width: float) -> int:
    """How many lines a text takes in a column that is so many characters wide, a Chinese one counting two."""
    if not text or ((2 * len(text) <= width or (len(text) <= width and text.isascii())) and text.isprintable()):
        return 1
    lengths = (len(line) + len(_WIDE.findall(line)) for line in text.splitlines())
    return max(1, sum(max(1, ceil(length / width)) for length in lengths))


_TITLE = Look(bold=True, size=14)
_TOLD = Look(colour=SECONDARY, wrap=True)
_HEADING = Look(bold=True, fill=GROUND)


def _argb(colour: str) -> str:
    return colour.replace("#", "FF")
