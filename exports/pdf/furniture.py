"""What stands around the text of every page: margins, header, footer, thumb index, marks."""

from dataclasses import dataclass

from exports.fonts.pdf import BOLD, REGULAR
from exports.look import INK, LINE, PAPER, SECONDARY
from exports.pdf.page import HEIGHT, WIDTH, Page
from exports.pdf.typesetting import Typesetter
from gridapp.households.categories import CATEGORIES, UNCLASSED, Category

LEFT = 42.0
RIGHT = WIDTH - 50
"""Where text ends; the thumb index has the margin."""

TOP = HEIGHT - 62
BOTTOM = 52.0
MEASURE = RIGHT - LEFT


@dataclass(frozen=True)
class Frame:
    """A page: its size, and within which edges its text stands; in points from the lower left corner."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float

    @property
    def measure(self) -> float:
        """How wide text stands."""
        return self.right - self.left


PORTRAIT = Frame(WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM)
LANDSCAPE = Frame(HEIGHT, WIDTH, 36.0, HEIGHT - 36, WIDTH - 62, BOTTOM)

BY_ADDRESS = Category("by_address", "按住址", "址", SECONDARY, PAPER)
"""Stands in the thumb index behind the colours."""

_TABS = (*CATEGORIES, UNCLASSED, BY_ADDRESS)
_TAB_PITCH = (TOP - BOTTOM) / len(_TABS)
_TAB_HEIGHT = _TAB_PITCH - 6
_TAB_DEPTH = 34
_BLEED = 4
"""How far a tab reaches over the edge, so that cutting leaves no white."""

_MARK_OF_SIDE = 0.7
_ADVANCE_OF_LATIN = 0.51
"""How wide the question mark of Bold is, in sizes of the font; a Chinese character is as wide as high."""

_MIDDLE = 0.38
"""How far the middle of a character lies above the baseline, in sizes of the font."""


@dataclass(frozen=True)
class Section:
    """What the header says of a page, and the tab it bears."""

    name: str
    tab: Category | None = None


def put_mark(page: Page, category: Category, x: float, y: float, side: float) -> None:
    """A category's rounded square with its mark, its lower left corner at a point."""
    size = side * _MARK_OF_SIDE
    box = (x, y, side, side)
    page.rounded[category.colour].append(box)
    if category.colour == PAPER:
        page.outlined[SECONDARY].append(box)
    style = (BOLD, size, category.text_colour)
    mark = _printed_mark(category)
    width = size * _ADVANCE_OF_LATIN if mark.isascii() else size
    page.texts.append((style, x + (side - width) / 2, y + side / 2 - size * _MIDDLE, mark))


def _printed_mark(category: Category) -> str:
    """A mark that can be centred: the full-width question mark stands in the left half of its square."""
    return category.mark.replace("？", "?")


def put_header(page: Page, typesetter: Typesetter, book: str, section: str, frame: Frame = PORTRAIT) -> None:
    """The book's name on the left and the section's on the right, above a line."""
    y = frame.height - 38
    section = typesetter.shortened(section, BOLD, 8.5, frame.measure * 0.45)
    book = typesetter.shortened(book, REGULAR, 8.5, frame.measure * 0.5)
    typesetter.put(page, (REGULAR, 8.5, SECONDARY), frame.left, y, book)
    typesetter.put_right(page, (BOLD, 8.5, INK), frame.right, y, section)
    page.rule(LINE, 0.6, frame.left, y - 8, frame.right, y - 8)


def put_footer(page: Page, typesetter: Typesetter, left: str, number: int, total: int, frame: Frame = PORTRAIT) -> None:
    """A line, and below it the day of issue and the page's number."""
    y = 30.0
    page.rule(LINE, 0.6, frame.left, y + 12, frame.right, y + 12)
    typesetter.put(page, (REGULAR, 7.5, SECONDARY), frame.left, y, left)
    typesetter.put_right(page, (REGULAR, 8.5, INK), frame.right, y, f"{number} / {total}")


def put_tab(page: Page, typesetter: Typesetter, category: Category) -> None:
    """A colour's tab at the outer edge, at the height that is its own: the mark, and the name read downwards."""
    top = TOP - _TABS.index(category) * _TAB_PITCH
    box = (WIDTH - _TAB_DEPTH, top - _TAB_HEIGHT, _TAB_DEPTH + _BLEED, _TAB_HEIGHT)
    page.rounded[category.colour].append(box)
    if category.colour == PAPER:
        page.outlined[SECONDARY].append(box)
    middle = WIDTH - _TAB_DEPTH + 12  # left of the middle, as printers leave the edge white
    typesetter.put_centred(page, (BOLD, 13, category.text_colour), middle, top - 18, _printed_mark(category))
    size = 7.5
    for position, character in enumerate(category.name):
        y = top - 32 - position * (size + 1)
        if y < top - _TAB_HEIGHT + 3:
            break
        typesetter.put_centred(page, (REGULAR, size, category.text_colour), middle, y, character)
