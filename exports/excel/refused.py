"""The rows that an import refused, as a workbook in which they can be mended and imported again."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from openpyxl import Workbook

from exports.excel.table import TEXT, Column, Look, Table
from exports.excel.workbook import writing
from gridapp.intake.report import ImportReport, Refused, SheetRead
from gridapp.progress import CancelToken

_NAME = "未导入的行"
_ILLEGAL = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 26
"""Characters of a sheet's name; Excel takes 31, and a number may have to go behind."""
_AS_TEXT = Look(TEXT)
_WHY = (Column("工作表", 14, _AS_TEXT), Column("行", 7, Look(align="right")), Column("原因", 44, Look(wrap=True)))
_WIDTH = 16


def export_refused(reports: Sequence[ImportReport], path: Path) -> None:
    """Write the refused rows of imports: sheet, row, reason, and what the row holds, all of it as text.

    Each sheet they come from has one of its own, with its title and headings, so that it can be imported once mended.

    Raises:
        UserError: the file cannot be written.
    """
    with writing(path, CancelToken()) as book:
        for report in reports:
            for sheet, rows in groupby(sorted(report.refused, key=_place), key=lambda one: one.sheet):
                _write(book, report, sheet, rows)
        if not book.worksheets:
            Table(book, _NAME, f"{_NAME}：没有", _WHY, _NAME).finish()


def _write(book: Workbook, report: ImportReport, name: str, rows: Iterator[Refused]) -> None:
    layout = report.sheets.get(name, SheetRead((), ()))
    columns = [*_WHY, *(Column(label, _WIDTH, _AS_TEXT) for label in layout.labels)]
    # The title often says in which building the rows are.
    title = layout.title[-1] if layout.title else name
    table = Table(book, _sheet_name(name), title, columns, f"{report.file} {_NAME}")
    for one in rows:
        cells = (*one.cells, *[""] * len(layout.labels))[: len(layout.labels)]
        table.append((one.sheet, one.row, one.reason, *cells))
    table.finish()


def _place(refused: Refused) -> tuple[str, int]:
    return refused.sheet, refused.row


def _sheet_name(name: str) -> str:
    return _ILLEGAL.sub("_", name).strip("'")[:_LONGEST_NAME] or _NAME
