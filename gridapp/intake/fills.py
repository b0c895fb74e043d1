"""The fill colours of one column of an xlsx, as ``RRGGBB``."""

import colorsys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from openpyxl import load_workbook
from openpyxl.styles.colors import COLOR_INDEX

from gridapp.progress import CancelToken

_READABLE = (".xlsx", ".xlsm")
_OFTEN = 500
_THEME_ORDER = ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6")
"""How cells count theme colours, which is not the order in which the theme lists them."""
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def can_read(path: Path) -> bool:
    """Whether a file's fills can be read: only of the newer format's."""
    return path.suffix.lower() in _READABLE


def column_fills(path: Path, sheet: str, column: int, cancel: CancelToken | None = None) -> dict[int, str]:
    """Row, counted from 1, → colour of the solid fill of the column's cell there, where it has one.

    Args:
        column: counted from 1.
    """
    book = load_workbook(path, read_only=True)
    try:
        worksheet = book[sheet]
        worksheet.reset_dimensions()  # what the file states of its size may be out of date
        theme = _theme(book.loaded_theme)
        found: dict[int, str] = {}
        for row, cells in enumerate(worksheet.iter_rows(min_col=column, max_col=column), 1):
            colour = _colour(cells[0], theme) if cells else None
            if colour is not None:
                found[row] = colour
            if cancel is not None and row % _OFTEN == 0:
                cancel.check()
        return found
    finally:
        book.close()


def _colour(cell: Any, theme: Sequence[str]) -> str | None:
    fill = getattr(cell, "fill", None)
    if fill is None or fill.fill_type != "solid":
        return None
    colour = fill.fgColor
    base = None
    if colour.type == "rgb" and isinstance(colour.rgb, str):
        base = colour.rgb[-6:]
    elif colour.type == "theme" and 0 <= colour.theme < len(theme):
        base = theme[colour.theme]
    elif colour.type == "indexed" and 0 <= colour.indexed < len(COLOR_INDEX):
        base = COLOR_INDEX[colour.indexed][-6:]
    return _tinted(base, colour.tint or 0.0) if base and _is_hex(base) else None


def _is_hex(text: str) -> bool:
    return len(text) == 6 and all(digit in "0123456789abcdefABCDEF" for digit in text)


def _tinted(colour: str, tint: float) -> str:
    """A colour lightened (tint above 0) or darkened, by ECMA-376 part 1, 18.8.19."""
    if not tint:
        return colour.upper()
    hue, light, saturation = colorsys.rgb_to_hls(*(int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)))
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    parts = colorsys.hls_to_rgb(hue, min(max(light, 0.0), 1.0), saturation)
    return "".join(f"{round(part * 255):02X}" for part in parts)


def _theme(xml: bytes | None) -> list[str]:
    if not xml:
        return []
    scheme = ElementTree.fromstring(xml).find(f".//{_DRAWING}clrScheme")
    if scheme is None:
        return []
    colours = {}
    for entry in scheme:
        for colour in entry:
            colours[entry.tag.removeprefix(_DRAWING)] = colour.get("lastClr") or colour.get("val") or ""
    return [colours.get(name, "") for name in _THEME_ORDER]
