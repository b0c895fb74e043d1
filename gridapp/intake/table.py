"""A sheet with a header becomes rows of data: merged cells filled; headings, totals and blank rows left out."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from gridapp.intake.addresses import Place, band_place, title_place
from gridapp.intake.cells import text_of
from gridapp.intake.headers import Header
from gridapp.intake.words import load
from gridapp.intake.workbook import Cells, Sheet

_WIDE = 3
"""Columns over which a cell has to be merged for its row to be a heading or a remark instead of data."""


class Line(NamedTuple):
    """One row of data.

    Attributes:
        row: as Excel counts.
        cells: with what merged cells hold filled in.
        place: what the title and headings above it say of where it is.
    """

    row: int
    cells: Cells
    place: Place


@dataclass(eq=False)
class Table:
    """A sheet whose columns are known.

    ``skipped`` counts its headings, totals and remarks, once ``lines`` is through.
    """

    sheet: Sheet
    header: Header
    skipped: int = field(default=0, init=False)

    @property
    def one_person_a_row(self) -> bool:
        """Whether rows are the people of a household, rather than households."""
        fields = self.header.fields
        return "relation" in fields or ("name" in fields and "head" in fields) or self._rooms_are_merged

    @property
    def _rooms_are_merged(self) -> bool:
        columns = {self.header.column(name) for name in ("room", "address")}
        return any(
            top > self.header.last and bottom > top and left in columns
            for top, left, bottom, _ in self.sheet.merged or ()
        )

    @cached_property
    def name_column(self) -> int:
        """The column without which a row says nothing: of names, or of what was raised."""
        columns = [self.header.column(name) for name in ("name", "head", "description")]
        return next((column for column in columns if column is not None), 0)

    def lines(self) -> Iterator[Line]:
        """The rows of data, from the top."""
        self.skipped = 0
        place = self._place
        merged = _MergedDown(self.sheet, self.header.last)
        for at, cells in enumerate(self.sheet.rows()):
            if at <= self.header.last:
                continue
            first = cells[0] if cells[0] != "" else next((value for value in cells if value != ""), None)
            wide = at in merged.wide
            own = None
            if cells[self.name_column] == "" or wide:
                own = [column for column, value in enumerate(cells) if value != ""]
            merged.fill(at, cells)
            if first is None:
                continue
            band = self._band(cells, own, wide)
            if band is not None:
                place = _below(place, band)
            if band is not None or self._is_no_data(first, cells) or (wide and own is not None and len(own) == 1):
                self.skipped += 1
                continue
            if own is not None and self._unread.issuperset(own):
                continue  # numbered in advance, but nothing was entered
            yield Line(at + 1, cells, place)

    @cached_property
    def _place(self) -> Place:
        """What the title, or else the sheet's name, says of where the rows are."""
        for text in (*reversed(self.header.title), self.sheet.name):
            found = title_place(text)
            if any(found):
                return found
        return Place()

    def _band(self, cells: Cells, own: list[int] | None, wide: bool) -> Place | None:
        """The building or entrance that a row names for those below it, if that is all it says."""
        if own is None or len(own) != 1 or not (wide or own[0] == 0):
            return None
        return band_place(text_of(cells[own[0]]))

    def _is_no_data(self, first: object, cells: Cells) -> bool:
        """Whether a row is a total, a remark, or the header once more at the top of a printed page."""
        if isinstance(first, str) and "".join(first.split()).startswith(self._footers):
            return True
        name = cells[self.name_column]
        if type(name) is not str or name not in self._no_names:
            return False
        if name in self._footers:
            return True
        return sum(text_of(cell) == label != "" for cell, label in zip(cells, self.header.labels, strict=False)) > 0

    @cached_property
    def _footers(self) -> tuple[str, ...]:
        return tuple(load("rows")["footers"])

    @cached_property
    def _no_names(self) -> frozenset[object]:
        header = [row for at, row in zip(range(self.header.last + 1), self.sheet.rows(), strict=False)]
        return frozenset({row[self.name_column] for row in header if row[self.name_column] != ""} | set(self._footers))

    @cached_property
    def _unread(self) -> frozenset[int]:
        read = {column for columns in self.header.fields.values() for column in columns}
        return frozenset(set(range(len(self.header.labels))) - read - set(self.header.flags))


class _MergedDown:
    """Gives the lower cells of a merged range the value of its topmost, row after row."""

    def __init__(self, sheet: Sheet, header: int) -> None:
        spans = [span for span in sheet.merged or () if span[0] > header]
        self.wide = {top for top, left, _, right in spans if right - left + 1 >= _WIDE}
        self._from: dict[int, list[tuple[int, int]]] = {}
        for top, left, bottom, _ in spans:
            if bottom > top:
                self._from.setdefault(top, []).append((left, bottom))
        self._now: dict[int, tuple[int, object]] = {}

    def fill(self, at: int, cells: Cells) -> None:
        """Fill a row; rows have to come from the top, each of them."""
        if not self._from:
            return
        for column, (bottom, value) in list(self._now.items()):
            if at > bottom:
                del self._now[column]
            elif cells[column] == "":
                cells[column] = value
        for column, bottom in self._from.get(at, ()):
            if column < len(cells):
                self._now[column] = (bottom, cells[column])


def _below(place: Place, band: Place) -> Place:
    """Where rows are after a heading: with a new building its entrances begin anew."""
    if band.building:
        return band._replace(estate=band.estate or place.estate)
    return place._replace(entrance=band.entrance)
