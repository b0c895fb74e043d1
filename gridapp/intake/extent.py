"""Whether a workbook's sheets are of a size that can be read: one stray cell far to the right asks for all between."""

import re
import zipfile
from typing import IO

from gridapp.errors import UserError

_MOST_CELLS = 30_000_000
"""About a gigabyte while the sheet is being read; a district's register has five million."""
_STATED = re.compile(rb'<dimension ref="(?:[A-Z]{1,3}\d+:)?([A-Z]{1,3})(\d+)"')
_FAR = re.compile(rb'r="([A-Z]{3})(\d+)"')
_ROW = re.compile(rb'<row [^>]*?r="(\d+)"')
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_PIECE = 1 << 20
_OVERLAP = 256
_LETTERS = 26


def refuse_if_too_large(file: IO[bytes], name: str) -> None:
    """Look at the sheets of an xlsx or xlsm, as far as needed.

    Raises:
        UserError: a sheet spans more cells than fit in memory.
    """
    with zipfile.ZipFile(file) as archive:
        for part in archive.namelist():
            if _SHEET.fullmatch(part):
                with archive.open(part) as sheet:
                    if _spans_too_much(sheet):
                        raise UserError(
                            f"{name} 中有工作表在很靠右或很靠下的位置还有内容，范围太大，无法读取。"
                            "请删除表格以外的行和列，保存后重试。"
                        )


def _spans_too_much(sheet: IO[bytes]) -> bool:
    first = sheet.read(_PIECE)
    stated = _STATED.search(first)
    # What a sheet states of its size may be out of date, but a statement of something small is seldom wrong by much.
    if stated and _column(stated[1]) * int(stated[2]) <= _MOST_CELLS and stated[0].count(b":"):
        return False
    widest, last, piece = 0, 0, first
    while piece:
        widest = max([widest, *(_column(found[1]) for found in _FAR.finditer(piece))])
        row = _ROW.match(piece, max(piece.rfind(b"<row "), 0))
        last = int(row[1]) if row else last
        more = sheet.read(_PIECE)
        piece = piece[-_OVERLAP:] + more if more else b""
    return widest * last > _MOST_CELLS


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * _LETTERS + letter - ord("A") + 1
    return number
