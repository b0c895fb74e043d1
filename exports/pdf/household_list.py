"""A list of households as it is shown, as an A4 document in landscape."""

from collections.abc import Sequence
from pathlib import Path

from exports.fonts.pdf import register_fonts
from exports.pdf import listed
from exports.pdf.flow import Flow
from exports.pdf.furniture import LANDSCAPE, Section
from exports.pdf.page import Page
from exports.pdf.sharing import Wish, shared
from exports.pdf.table import BEFORE_MARKS, Column, Row, Table
from exports.pdf.typesetting import Typesetter
from exports.report import ExportReport
from gridapp.households import columns, listing
from gridapp.households.shown import Shown
from gridapp.progress import CancelToken, Progress, silent

_MARK_PITCH = 13.0
_UNBROKEN = ("phone", "visited")
_LOOK_EVERY = 20


def export_household_list(
    shown: Shown, path: Path, progress: Progress = silent, cancel: CancelToken | None = None
) -> ExportReport:
    """Write the households of a list in its order, under its columns, as a PDF file, whole or not at all.

    Raises:
        UserError: there are too many of them, or the file cannot be written.
        Cancelled: the token was set.
    """
    listed.refuse_too_many(shown.count, "户")
    cancel = cancel or CancelToken()
    register_fonts(progress, cancel)
    homes = list(shown.rows(progress, cancel))
    typesetter = Typesetter()
    pages = lay_out(typesetter, shown, homes, cancel)
    listed.write(path, shown, pages, LANDSCAPE, "住户名单", progress, cancel)
    return ExportReport([path], pages=len(pages), rows=len(homes), unprintable=_affected(homes, typesetter.unprintable))


def lay_out(
    typesetter: Typesetter, shown: Shown, homes: Sequence[listing.Row], cancel: CancelToken | None = None
) -> list[Page]:
    """Every page of a list, ready to be drawn."""
    told = [column for column in shown.columns if column.key != "category"]
    has_marks = len(told) < len(shown.columns)
    told = told or list(shown.columns)  # with nothing beside them, the marks are also said in words
    texts = [[column.text(home) for column in told] for home in homes]
    marks = _MARK_PITCH * max([2, *(len(home.categories) for home in homes)]) + 4 if has_marks else 0.0
    wishes = [
        Wish(
            column.name,
            {part for row in texts for part in _lines_of_phones(column, row[at]).splitlines()},
            is_number=column.number,
            is_rigid=column.number or column.key in _UNBROKEN,
        )
        for at, column in enumerate(told)
    ]
    size, widths = shared(typesetter, wishes, LANDSCAPE.measure - BEFORE_MARKS - marks)
    heads = [
        Column(column.name, width, right=column.number, strong=column.key == "head")
        for column, width in zip(told, widths, strict=True)
    ]
    laid = Table(typesetter, heads, marks, LANDSCAPE, size)
    flow = Flow(Section(f"{shown.count:,} 户"), laid.head, LANDSCAPE)
    listed.begin(typesetter, flow, shown)
    flow.y = laid.head(flow.page, flow.y)
    for done, (home, row) in enumerate(zip(homes, texts, strict=True)):
        if cancel is not None and done % _LOOK_EVERY == 0:
            cancel.check()
        cells = [
            laid.broken(_lines_of_phones(column, text), at)
            for at, (column, text) in enumerate(zip(told, row, strict=True))
        ]
        laid.add(flow, Row(cells, marks=home.categories if has_marks else ()))
    listed.furnish(typesetter, flow.pages, shown, f"住户名单 · {shown.count:,} 户", LANDSCAPE, shown.order)
    return flow.pages


def _lines_of_phones(column: columns.Column, text: str) -> str:
    """Several numbers stand one under the other, none torn apart."""
    return text.replace("、", "\n") if column.key == "phone" else text


def _affected(homes: Sequence[listing.Row], missing: set[str]) -> dict[str, str]:
    """Whose lines hold characters that could not be printed → those characters."""
    found = {}
    for home in homes if missing else ():
        here = missing.intersection(home.address + home.head + home.phone + home.note + home.emergency_contact)
        if here:
            found[f"{home.address} {home.head}"] = "".join(sorted(here))
    return found
