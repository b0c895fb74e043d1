"""One page as plain data, so that all pages are known before the first is drawn."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4

Style = tuple[str, float, str]
"""Font name, size in points, colour as ``#RRGGBB``."""

Box = tuple[float, float, float, float]
"""x and y of the lower left corner, width, height; in points from the lower left corner of the page."""

Corners = tuple[float, float, float, float, float, float]
"""The x and y of three corners."""

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
        self.pictures: list[tuple[bytes, Box]] = []
        self.fills: dict[str, list[Box]] = defaultdict(list)
        self.triangles: dict[str, list[Corners]] = defaultdict(list)
        self.rounded: dict[str, list[Box]] = defaultdict(list)
        self.outlined: dict[str, list[Box]] = defaultdict(list)
        self.framed: dict[tuple[str, float], list[Box]] = defaultdict(list)
        self.rules: dict[tuple[str, float], list[Box]] = defaultdict(list)
        self.texts: list[tuple[Style, float, float, str]] = []
        self.links: list[tuple[str, Box]] = []
        self.bookmarks: list[Bookmark] = []
        self.anchors: list[str] = []
        """Keys that links lead to, and the outline does not."""
        self.size: tuple[float, float] | None = None
        """Its width and height, where not all pages of the document have the same."""

    def rule(self, colour: str, width: float, x1: float, y1: float, x2: float, y2: float) -> None:
        """A line from one point to another."""
        self.rules[colour, width].append((x1, y1, x2, y2))

    def paint(self, canvas: Canvas) -> None:
        """Draw the page and end it. Pictures lie below fills, fills below lines, lines below text."""
        if self.size is not None:
            canvas.setPageSize(self.size)
        for mark in self.bookmarks:
            canvas.bookmarkPage(mark.key)
            canvas.addOutlineEntry(mark.title, mark.key, mark.level)
        for key in self.anchors:
            canvas.bookmarkPage(key)
        for content, box in self.pictures:
            canvas.drawImage(_picture(content), *box)
        self._paint_shapes(canvas)
        self._paint_texts(canvas)
        for key, (x, y, width, height) in self.links:
            canvas.linkRect("", key, (x, y, x + width, y + height), relative=0, thickness=0)
        canvas.showPage()

    def _paint_shapes(self, canvas: Canvas) -> None:
        for colour, boxes in self.fills.items():
            canvas.setFillColor(_colour(colour))
            for box in boxes:
                canvas.rect(*box, stroke=0, fill=1)
        for colour, corners in self.triangles.items():
            canvas.setFillColor(_colour(colour))
            path = canvas.beginPath()
            for x1, y1, x2, y2, x3, y3 in corners:
                path.moveTo(x1, y1)
                path.lineTo(x2, y2)
                path.lineTo(x3, y3)
                path.close()
            canvas.drawPath(path, stroke=0, fill=1)
        for colour, boxes in self.rounded.items():
            canvas.setFillColor(_colour(colour))
            for box in boxes:
                canvas.roundRect(*box, CORNER, stroke=0, fill=1)
        canvas.setLineWidth(0.6)
        for colour, boxes in self.outlined.items():
            canvas.setStrokeColor(_colour(colour))
            for box in boxes:
                canvas.roundRect(*box, CORNER, stroke=1, fill=0)
        for (colour, width), boxes in self.framed.items():
            canvas.setStrokeColor(_colour(colour))
            canvas.setLineWidth(width)
            for box in boxes:
                canvas.rect(*box, stroke=1, fill=0)
        for (colour, width), lines in self.rules.items():
            canvas.setStrokeColor(_colour(colour))
            canvas.setLineWidth(width)
            canvas.lines(lines)

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


@lru_cache(maxsize=2)
def _picture(content: bytes) -> ImageReader:
    """The same for all pages that show it, so that it is decoded once and stands in the file once."""
    return ImageReader(BytesIO(content))
