"""One page as plain data, so that all pages are known before the first is drawn."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4

Style = tuple[str, float, str]
"""Font name, size in points, colour as ``#RRGGBB``."""

Box = tuple[float, float, float, float]
"""x and y of the lower left corner, width, height; in points from the lower left corner of the page."""

CORNER = 2.0


@dataclass(frozen=True)
class Bookmark:
    """A place that the outline and links lead to. ``level`` counts from 0."""

    key: str
    title: str
    level: int


class Page:
    """What is drawn on a page.

    Shapes are gathered by how they look, so that the canvas is told each colour once. Texts keep the order in which
    they are read, since that is the order in which they are copied and read aloud.
    """

    def __init__(self) -> None:
        self.fills: dict[str, list[Box]] = defaultdict(list)
        self.rounded: dict[str, list[Box]] = defaultdict(list)
        self.outlined: dict[str, list[Box]] = defaultdict(list)
        self.rules: dict[tuple[str, float], list[Box]] = defaultdict(list)
        self.texts: list[tuple[Style, float, float, str]] = []
        self.links: list[tuple[str, Box]] = []
        self.bookmarks: list[Bookmark] = []

    def rule(self, colour: str, width: float, x1: float, y1: float, x2: float, y2: float) -> None:
        """A line from one point to another."""
        self.rules[colour, width].append((x1, y1, x2, y2))

    def paint(self, canvas: Canvas) -> None:
        """Draw the page and end it. Fills lie below lines, lines below text."""
        for mark in self.bookmarks:
            canvas.bookmarkPage(mark.key)
            canvas.addOutlineEntry(mark.title, mark.key, mark.level)
        for colour, boxes in self.fills.items():
            canvas.setFillColor(_colour(colour))
            for box in boxes:
                canvas.rect(*box, stroke=0, fill=1)
        for colour, boxes in self.rounded.items():
            canvas.setFillColor(_colour(colour))
            for box in boxes:
                canvas.roundRect(*box, CORNER, stroke=0, fill=1)
        canvas.setLineWidth(0.6)
        for colour, boxes in self.outlined.items():
            canvas.setStrokeColor(_colour(colour))
            for box in boxes:
                canvas.roundRect(*box, CORNER, stroke=1, fill=0)
        for (colour, width), lines in self.rules.items():
            canvas.setStrokeColor(_colour(colour))
            canvas.setLineWidth(width)
            canvas.lines(lines)
        self._paint_texts(canvas)
        for key, (x, y, width, height) in self.links:
            canvas.linkRect("", key, (x, y, x + width, y + height), relative=0, thickness=0)
        canvas.showPage()

    def _paint_texts(self, canvas: Canvas) -> None:
        set_in: tuple[str, float] | None = None
        inked = ""
        for (font, size, colour), x, y, text in self.texts:
            if (font, size) != set_in:
                canvas.setFont(font, size)
                set_in = (font, size)
            if colour != inked:
                canvas.setFillColor(_colour(colour))
                inked = colour
            canvas.drawString(x, y, text)


@cache
def _colour(value: str) -> Color:
    return HexColor(value)
