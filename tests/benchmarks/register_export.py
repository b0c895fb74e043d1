"""Writing the register workbook of an area, against bare openpyxl in write-only mode with the same cells and fills."""

import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks.measuring import Stopwatch

TITLE = "register workbook"
LIMIT = 1.3
SCALE = "district"
ROUNDS = 2
CASES = ("",)
_CHUNK = 5_000
_SAMPLE = 3_000
Cells = list[tuple[Any, str, str | None]]
"""One row: value, number format, fill as ARGB."""


def prepare(register: Path, folder: Path) -> None:
    """Write ours once and take its cells apart, so that the floor writes the very same."""
    ours(register, folder, "")
    with (folder / "cells").open("wb") as file:
        for title, rows in _sheets(folder / "ours.xlsx"):
            pickle.dump(title, file)
            chunk: list[Cells] = []
            for row in rows:
                chunk.append(row)
                if len(chunk) == _CHUNK:
                    pickle.dump(chunk, file)
                    chunk = []
            pickle.dump(chunk, file)


def _sheets(path: Path) -> Iterator[tuple[str, Iterator[Cells]]]:
    from openpyxl import load_workbook
    from python_calamine import CalamineWorkbook

    # The first rows tell which fill goes with which value of a column; reading every fill would take minutes.
    styled = load_workbook(path, read_only=True)
    values = CalamineWorkbook.from_path(str(path))
    for sheet in styled.worksheets:
        formats: dict[int, str] = {}
        fills: dict[tuple[int, Any], str] = {}
        for row in sheet.iter_rows(max_row=_SAMPLE):
            for column, cell in enumerate(row):
                if cell.value is None:
                    continue
                formats[column] = cell.number_format
                if cell.fill is not None and cell.fill.fill_type == "solid":
                    fills[column, cell.value] = cell.fill.fgColor.rgb
        found = values.get_sheet_by_name(sheet.title).iter_rows()
        yield (
            sheet.title,
            (
                [
                    (_written(value), formats.get(column, "General"), fills.get((column, value)))
                    for column, value in enumerate(row)
                ]
                for row in found
            ),
        )


def _written(value: Any) -> Any:
    """A value as it was written: calamine gives empty cells as empty texts, and every number with a fraction."""
    if value == "":
        return None
    return int(value) if isinstance(value, float) and value.is_integer() else value


def floor(register: Path, folder: Path, case: str) -> float:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import PatternFill

    fills: dict[str, PatternFill] = {}
    watch = Stopwatch()
    with (folder / "cells").open("rb") as file:
        book = Workbook(write_only=True)
        sheet = None
        while file.peek(1):
            part = pickle.load(file)
            with watch.running():
                if isinstance(part, str):
                    sheet = book.create_sheet(part)
                    continue
                for row in part:
                    cells = []
                    for value, number_format, colour in row:
                        if value is None or (colour is None and number_format == "General"):
                            cells.append(value)
                            continue
                        cell = WriteOnlyCell(sheet, value)
                        cell.number_format = number_format
                        if colour is not None:
                            if colour not in fills:
                                fills[colour] = PatternFill("solid", fgColor=colour)
                            cell.fill = fills[colour]
                        cells.append(cell)
                    sheet.append(cells)
    with watch.running():
        book.save(folder / "floor.xlsx")
    return watch.seconds


def ours(register: Path, folder: Path, case: str) -> float:
    from exports.excel.register import export_register
    from gridapp.areas import tree
    from gridapp.register import open_register

    watch = Stopwatch()
    with open_register(str(register), create=False) as held:
        code = tree.roots(held)[0].code
        with watch.running():
            export_register(held, code, folder / "ours.xlsx")
    return watch.seconds
