"""Cells of a household table as spreadsheets exchange them: lines with tabs between, and a table in HTML."""

import csv
import html
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gridapp.errors import UserError
from gridapp.households.batch import Selection
from gridapp.households.columns import COLUMNS, POSITIONS, Column
from gridapp.households.listing import Row
from gridapp.progress import CancelToken, Progress, silent

MOST_ROWS = 100_000
_MOST_IN_COLOUR = 10_000
_CHUNK = 500
_FORMAT = "mso-number-format:'\\@'"  # by which Excel and WPS keep the noughts at the front of a phone number
_HEAD = '<html><head><meta charset="utf-8"></head><body><table>\n'
_FOOT = "</table></body></html>"


@dataclass(frozen=True)
class Copied:
    """The same cells twice; ``html`` is empty where there are too many rows for colours."""

    rows: int
    text: str
    html: str


def copied(
    selection: Selection,
    columns: Sequence[str],
    headed: bool = False,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> Copied:
    """The cells of the selected rows in these columns, given by their keys from the left.

    Args:
        headed: whether the headings stand above them.

    Raises:
        UserError: there are too many rows.
        Cancelled: the token was set.
    """
    if selection.count > MOST_ROWS:
        raise UserError(
            f"一次最多复制 {MOST_ROWS:,} 户，选中了 {selection.count:,} 户，没有复制。整个区域请用“导出住户台账”。"
        )
    chosen = [COLUMNS[POSITIONS[key]] for key in columns]
    in_colour = selection.count <= _MOST_IN_COLOUR
    lines = [_line(column.name for column in chosen)] if headed else []
    cells = ["<tr>" + "".join(f"<th>{column.name}</th>" for column in chosen) + "</tr>\n"] if headed else []
    for row in _rows(selection, progress, cancel):
        texts = [column.text(row) for column in chosen]
        lines.append(_line(texts))
        if in_colour:
            cells.append(_html_row(row, chosen, texts))
    return Copied(selection.count, "".join(lines), _HEAD + "".join(cells) + _FOOT if in_colour else "")


def tabbed(rows: Iterable[Sequence[str]]) -> str:
    """Rows of cells as one text, quoted as Excel quotes."""
    return "".join(map(_line, rows))


def read_tabbed(text: str) -> list[list[str]]:
    """The rows of cells that a spreadsheet put into one text."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True))
    except csv.Error:  # a quotation mark that quotes nothing, or a text of a hundred thousand characters
        rows = [line.split("\t") for line in text.replace("\r\n", "\n").removesuffix("\n").split("\n")]
    return [row or [""] for row in rows] or [[""]]


def _rows(selection: Selection, progress: Progress, cancel: CancelToken | None) -> Iterator[Row]:
    done = 0
    for part in selection.parts:
        for start in range(part.start, part.stop, _CHUNK):
            if cancel is not None:
                cancel.check()
            progress(done, selection.count, "")
            found = selection.listing.page(start, min(_CHUNK, part.stop - start))
            done += len(found)
            yield from found


def _line(cells: Iterable[str]) -> str:
    return "\t".join(map(_quoted, cells)) + "\r\n"


def _quoted(cell: str) -> str:
    if any(character in cell for character in '\t\n\r"'):
        doubled = cell.replace('"', '""')
        return f'"{doubled}"'
    return cell


def _html_row(row: Row, columns: Sequence[Column], texts: Sequence[str]) -> str:
    cells = (_html_cell(row, column, text) for column, text in zip(columns, texts, strict=True))
    return f"<tr>{''.join(cells)}</tr>\n"


def _html_cell(row: Row, column: Column, text: str) -> str:
    shown = html.escape(text).replace("\r\n", "\n").replace("\n", '<br style="mso-data-placement:same-cell">')
    if column.number:
        return f"<td>{shown}</td>"
    style = _FORMAT
    if column.key in ("category", "first") and row.mask:
        first = row.first_category
        style += f";background:{first.colour};color:{first.text_colour}"
    return f'<td style="{style}">{shown}</td>'
