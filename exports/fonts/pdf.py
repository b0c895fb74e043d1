"""The packaged typeface for reportlab, and other fonts for the few characters that it lacks."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont, TTFontFace

from exports.fonts.fallback import candidates
from exports.fonts.prepare import font_files
from gridapp.progress import CancelToken, Progress, silent

REGULAR = "NotoSansSC-Regular"
BOLD = "NotoSansSC-Bold"
MISSING = "〓"
"""GETA MARK: what printers have always put where a character is not in the type case."""

_BEYOND_16_BITS = re.compile(r"<([0-9A-F]{5,6})>")

Run = tuple[str, str]
"""A font's name and the text to be set in it."""


class PrintedFont(TTFont):
    """A TrueType font whose characters beyond U+FFFF can be searched and copied too.

    reportlab writes them into the ToUnicode map as five digits, where PDF (ISO 32000-1, 9.10.3) wants UTF-16.
    """

    def addObjects(self, doc: Any) -> None:
        super().addObjects(doc)
        for name, made in doc.idToObject.items():
            if name.startswith("toUnicodeCMap:"):
                made.content = _BEYOND_16_BITS.sub(_as_utf16, made.content)


def _face(font: str) -> TTFontFace:
    return cast(TTFont, pdfmetrics.getFont(font)).face


def _as_utf16(match: re.Match[str]) -> str:
    return f"<{chr(int(match[1], 16)).encode('utf-16-be').hex().upper()}>"


class Widths(dict[str, float]):
    """Advance of each character at a size of one point, in the font it will be set in, looked up once."""

    def __init__(self, font: str, covered: frozenset[str]) -> None:
        super().__init__()
        self._font = font
        self._covered = covered

    def __missing__(self, character: str) -> float:
        width = 0.0
        if character in self._covered:
            width = _face(self._font).getCharWidth(ord(character)) / 1000
        elif not is_invisible(character):
            other = other_font(character)
            width = _face(other).getCharWidth(ord(character)) / 1000 if other else self[MISSING]
        self[character] = width
        return width


@dataclass(frozen=True)
class Typeface:
    """What is needed to set text: the characters there are, and how wide they are in ``REGULAR`` and ``BOLD``."""

    covered: frozenset[str]
    widths: dict[str, Widths]


def register_fonts(progress: Progress = silent, cancel: CancelToken | None = None) -> Typeface:
    """Make Regular and Bold known to reportlab, once in a process, preparing them where that was never done."""
    if REGULAR not in pdfmetrics.getRegisteredFontNames():
        font_files(progress, cancel)
    return _typeface()


@cache
def _typeface() -> Typeface:
    files = font_files()
    for name, path in ((REGULAR, files.regular), (BOLD, files.bold)):
        pdfmetrics.registerFont(PrintedFont(name, str(path)))
    every = map(chr, _face(REGULAR).charToGlyph)
    covered = frozenset(character for character in every if not is_invisible(character))
    return Typeface(covered, {name: Widths(name, covered) for name in (REGULAR, BOLD)})


def covers(character: str) -> bool:
    """Whether the packaged typeface itself has a character."""
    return character in _typeface().covered


@cache
def other_font(character: str) -> str | None:
    """The name of a system font, registered by now, that has a character; None if there is none."""
    for candidate in candidates(character):
        name = f"{candidate.path}#{candidate.index}"
        try:
            if name not in pdfmetrics.getRegisteredFontNames():
                pdfmetrics.registerFont(PrintedFont(name, candidate.path, subfontIndex=candidate.index))
        except (TTFError, OSError):
            continue  # broken in a part that the search did not look at
        if ord(character) in _face(name).charToGlyph:
            return name
    return None


def is_invisible(character: str) -> bool:
    """Whether a character draws nothing: controls, joiners, variation selectors."""
    return (
        unicodedata.category(character) in ("Cc", "Cf")
        or "\ufe00" <= character <= "\ufe0f"
        or ("\U000e0100" <= character <= "\U000e01ef")
    )


def runs(text: str, font: str, unprintable: set[str]) -> list[Run]:
    """A text as runs, each in a font that has all of its characters.

    Args:
        font: ``REGULAR`` or ``BOLD``, taken wherever it has the character.
        unprintable: takes up the characters that are in no font; ``MISSING`` stands in their place.
    """
    covered = _typeface().covered
    if covered.issuperset(text):
        return [(font, text)]
    found: list[Run] = []
    for character in text:
        if character in covered:
            run = (font, character)
        elif is_invisible(character):
            continue
        elif other := other_font(character):
            run = (other, character)
        else:
            unprintable.add(character)
            run = (font, MISSING)
        if found and found[-1][0] == run[0]:
            found[-1] = (run[0], found[-1][1] + run[1])
        else:
            found.append(run)
    return found
