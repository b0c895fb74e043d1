"""A file becomes sheets: raw cells with their merged ranges."""

import contextlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from gridapp.errors import UserError
from gridapp.intake.extent import refuse_if_too_large

Cells = list[Any]
Span = tuple[int, int, int, int]
"""A merged range: first row, first column, last row, last column, counted from 0 as in ``Sheet.rows``."""

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ZIP = b"PK\x03\x04"
_OFFICE_PARTS = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")


@dataclass(frozen=True)
class Sheet:
    """One worksheet.

    Attributes:
        left: how many blank columns stand before the first column of ``rows``.
        merged: the merged ranges, or None where the format does not tell them.
    """

    name: str
    hidden: bool
    left: int
    height: int
    merged: tuple[Span, ...] | None
    _raw: CalamineSheet

    def rows(self) -> Iterator[Cells]:
        """The rows from the top of the sheet, each as long as the sheet is wide."""
        return self._raw.iter_rows() if self.height else iter(())


@dataclass(frozen=True)
class Book:
    """An opened workbook; ``path`` is where it was read from."""

    path: Path
    sheets: tuple[Sheet, ...]


def open_book(path: Path) -> Book:
    """Open a workbook of any kind that is known, going by what it holds and not by its ending.

    Raises:
        UserError: there is no such file, it cannot be read, has a password, is damaged, or is no workbook.
    """
    content = _content(path)
    if content.startswith(_OLE) and _ENCRYPTED in content:
        raise _has_password(path)
    try:
        if content.startswith(_ZIP):
            _refuse_other_archives(path, content)
        raw = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [_sheet(raw, meta.name, meta.visible) for meta in raw.sheets_metadata]
    except (CalamineError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError) as error:
        raise _unreadable(path) from error
    except BaseException as error:
        # A damaged file can make the reader panic, which arrives as an exception of its own outside Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise _unreadable(path) from error
    return Book(path, tuple(sheet for sheet in sheets if sheet is not None))


def _content(path: Path) -> bytes:
    if path.is_dir():
        raise UserError(f"{path} 是文件夹，不是工作簿。请选择一个工作簿文件。")
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UserError(f"没有找到 {path}。请检查文件名和所在的文件夹。") from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise UserError(f"无法读取 {path}：{why}。请关闭正在使用它的程序，或换一个位置后重试。") from error


def _refuse_other_archives(path: Path, content: bytes) -> None:
    file = io.BytesIO(content)
    with zipfile.ZipFile(file) as archive:
        names = set(archive.namelist())
    if not names.intersection(_OFFICE_PARTS):
        raise UserError(f"{path.name} 是压缩包或其他文件，不是工作簿。请先解压，再选择其中的工作簿。")
    if "content.xml" not in names:
        refuse_if_too_large(file, path.name)


def _unreadable(path: Path) -> UserError:
    """Why a file cannot be read; a password is only told of where the reader goes by the file's ending."""
    with contextlib.suppress(CalamineError, OSError):
        try:
            CalamineWorkbook.from_path(str(path))
        except PasswordError:
            return _has_password(path)
    return UserError(f"{path.name} 不是工作簿，或者已经损坏。请用 Excel 或 WPS 打开检查，另存为 xlsx 后重试。")


def _has_password(path: Path) -> UserError:
    return UserError(f"{path.name} 设有打开密码，无法读取。请在 Excel 或 WPS 中取消密码，保存后重试。")


def _sheet(raw: CalamineWorkbook, name: str, visible: Any) -> Sheet | None:
    found = raw.get_sheet_by_name(name)
    hidden = visible != SheetVisibleEnum.Visible
    if found.start is None or found.end is None:
        return Sheet(name, hidden, 0, 0, (), found)
    left = found.start[1]
    spans = found.merged_cell_ranges
    # A range that begins left of the first cell with a value has none itself.
    merged = None if spans is None else tuple(_shifted(span, left) for span in spans if span[0][1] >= left)
    return Sheet(name, hidden, left, found.end[0] + 1, merged, found)


def _shifted(span: tuple[tuple[int, int], tuple[int, int]], left: int) -> Span:
    (top, first), (bottom, last) = span
    return top, first - left, bottom, last - left
