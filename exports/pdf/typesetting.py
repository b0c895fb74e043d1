"""Measuring text, breaking it into lines, and putting it on a page."""

import re
from dataclasses import dataclass, field

from exports.fonts.pdf import REGULAR, Typeface, register_fonts, runs
from exports.pdf.page import Page, Style

_UNITS = re.compile(r"[!-~]+|.")
"""What is not torn apart at the end of a line: numbers and Latin words; every other character stands alone."""

_NEVER_FIRST = frozenset("，。、；：！？）》〉」』】〕｝”’…—·％℃,.;:!?)]}%")
_NEVER_LAST = frozenset("（《〈「『【〔｛“‘([{")
# Rules of line breaking as in GB/T 15834: closing punctuation begins no line, opening punctuation ends none.


@dataclass
class Typesetter:
    """Sets the text of one document and remembers the characters that it could not print."""

    typeface: Typeface = field(default_factory=register_fonts)
    unprintable: set[str] = field(default_factory=set)
    _wrapped: dict[tuple[str, float, float], list[str]] = field(default_factory=dict)

    def width(self, text: str, font: str, size: float) -> float:
        """How wide a text is on one line, in points."""
        return sum(map(self.typeface.widths[font].__getitem__, text)) * size

    def lines(self, text: str, width: float, size: float) -> list[str]:
        """A text broken into lines of Regular no wider than ``width`` points."""
        key = (text, width, size)
        found = self._wrapped.get(key)
        if found is None:
            found = self._wrapped[key] = wrap(text, self.typeface.widths[REGULAR], width / size)
        return found

    def put(self, page: Page, style: Style, x: float, y: float, text: str) -> None:
        """Put one line with its baseline beginning at a point."""
        if self.typeface.covered.issuperset(text):
            page.texts.append((style, x, y, text))
            return
        font, size, colour = style
        for name, part in runs(text, font, self.unprintable):
            page.texts.append(((name, size, colour), x, y, part))
            x += self.width(part, font, size)

    def put_right(self, page: Page, style: Style, x: float, y: float, text: str) -> None:
        """Put one line with its baseline ending at a point."""
        self.put(page, style, x - self.width(text, style[0], style[1]), y, text)

    def put_centred(self, page: Page, style: Style, x: float, y: float, text: str) -> None:
        """Put one line with the middle of its baseline at a point."""
        self.put(page, style, x - self.width(text, style[0], style[1]) / 2, y, text)

    def shortened(self, text: str, font: str, size: float, width: float, end: str = "") -> str:
        """A text that fits on one line: as it is, or its beginning with an ellipsis.

        Args:
            end: what the text ends with that stays after the ellipsis, where there is room for it.
        """
        if self.width(text, font, size) <= width:
            return text
        rest = width - self.width(f"……{end}", font, size)
        if end and rest > 0:
            return self.shortened(text.removesuffix(end), font, size, width - self.width(end, font, size)) + end
        while text and self.width(text + "…", font, size) > width:
            text = text[:-1]
        return text + "…"


def wrap(text: str, widths: dict[str, float], limit: float) -> list[str]:
    """Break a text into lines.

    Args:
        widths: advance of each character at a size of one point.
        limit: how wide a line may be at that size.

    Returns:
        At least one line; none is wider than the limit unless a single character is.
    """
    text = text.strip()
    if sum(map(widths.__getitem__, text)) <= limit and len(text.splitlines()) < 2:
        return [text]
    found: list[str] = []
    for paragraph in text.splitlines():
        found += _wrap_paragraph(paragraph.replace("\t", " ").strip(), widths, limit)
    return found


def _wrap_paragraph(text: str, widths: dict[str, float], limit: float) -> list[str]:
    lines: list[str] = []
    line: list[tuple[str, float]] = []
    used = 0.0
    for unit, width in _units(text, widths, limit):
        if used + width > limit and line:
            carried = _carried(line, unit)
            taken = sum(width for _, width in carried)
            if taken + width > limit:
                carried, taken = [], 0.0
            lines.append(_joined(line[: len(line) - len(carried)]))
            line, used = carried, taken
            if unit == " " and not line:
                continue
        line.append((unit, width))
        used += width
    return [*lines, _joined(line)] if line or not lines else lines


def _joined(line: list[tuple[str, float]]) -> str:
    return "".join(unit for unit, _ in line).strip()


def _units(text: str, widths: dict[str, float], limit: float) -> list[tuple[str, float]]:
    """The parts of a text with their widths."""
    found: list[tuple[str, float]] = []
    for unit in _UNITS.findall(text):
        width = sum(map(widths.__getitem__, unit))
        if width > limit:
            found += [(character, widths[character]) for character in unit]  # longer than a line: torn after all
        else:
            found.append((unit, width))
    return found


def _carried(line: list[tuple[str, float]], following: str) -> list[tuple[str, float]]:
    """What of a full line goes to the next one, before the unit that did not fit."""
    keep = len(line)
    if following[0] in _NEVER_FIRST:
        keep -= 1
        while keep > 1 and line[keep][0] in _NEVER_FIRST:
            keep -= 1
    while keep > 1 and line[keep - 1][0] in _NEVER_LAST:
        keep -= 1
    return line[keep:] if keep > 0 else []  # with nothing but punctuation there is no better place
