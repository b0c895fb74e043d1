"""Drawing a piece of a building: its name, its entrances and storeys, and each cell with its colours and marks."""

from dataclasses import dataclass
from functools import cache

from exports.fonts.pdf import BOLD, REGULAR
from exports.look import INK, PAPER, SECONDARY
from exports.pdf.map_pieces import COUNTS, NAMES, TITLE, Piece
from exports.pdf.page import Box, Page, Style
from exports.pdf.typesetting import Typesetter
from gridapp.households.categories import UNCLASSED, Category
from gridapp.households.colour_map import Building, Cell, CellKind
from gridapp.site_plan.sheet import MapSheet

STANDING_OUT = "先"
"""The mark of households that are called before the others."""
VACANT = "空"

_TITLE_SIZE, _COUNTS_SIZE, _NAME_SIZE, _STOREY_SIZE = 10.0, 7.0, 8.0, 7.0
_ONE_LINE, _TWO_LINES, _LEAST = 8.0, 7.0, 5.5
_UPPER = 0.68
"""Where the middle of the upper of two lines is, as a share of a cell's height."""
_SMALL = 6.2
_FLAG = 7.0
_AIR = 1.6
"""Free to the right of and below each cell."""
_INSET = 2.5
_SLANT = 0.4
"""Where the line between two colours meets the lower edge: the first, with the room number, has the larger part."""
_HATCH = 7.0
_BASELINE = 0.36
"""How far the middle of a line lies above its baseline, in sizes of the font."""
_PALE = 0.75


@dataclass(frozen=True)
class Cells:
    """Draws pieces of the buildings of one sheet."""

    typesetter: Typesetter
    sheet: MapSheet

    def put(self, page: Page, piece: Piece, x: float, top: float) -> None:
        """A piece with its upper left corner at a point."""
        self._put_head(page, piece, x, top)
        for strip, row in piece.storeys:
            y = top - piece.top(row) - (piece.high - _AIR) / 2 - _STOREY_SIZE * _BASELINE
            right = x + piece.edges[0] - 4
            self.typesetter.put_right(page, (REGULAR, _STOREY_SIZE, SECONDARY), right, y, strip.name)
        for cell in piece.cells:
            left, right = piece.span(cell)
            lower = top - piece.top(cell.row) - piece.high + _AIR
            self._put_cell(page, cell, (x + left, lower, right - left - _AIR, piece.high - _AIR))

    def _put_head(self, page: Page, piece: Piece, x: float, top: float) -> None:
        setter = self.typesetter
        title = shortened_title(setter, piece.building, piece.total, piece.number, piece.width)
        setter.put(page, (BOLD, _TITLE_SIZE, INK), x, top - 11, title)
        told = setter.shortened(counts_text(piece, self.sheet), REGULAR, _COUNTS_SIZE, piece.width)
        setter.put(page, (REGULAR, _COUNTS_SIZE, SECONDARY), x, top - TITLE - 7, told)
        y = top - TITLE - COUNTS - NAMES + 4
        for name, left, right in piece.entrances:
            name = setter.shortened(name, REGULAR, _NAME_SIZE, right - left)
            setter.put_centred(page, (REGULAR, _NAME_SIZE, INK), x + (left + right - _AIR) / 2, y, name)

    def _put_cell(self, page: Page, cell: Cell, box: Box) -> None:
        if cell.kind is CellKind.UNKNOWN:
            style = (REGULAR, _TWO_LINES, SECONDARY)
            self._put_line(page, box, cell.label, "", style, box[2])
            put_hatch(page, box, _INSET + self.typesetter.width(cell.label, *style[:2]))
            return
        if cell.kind is CellKind.VACANT:
            page.framed[SECONDARY, 0.5].append(box)
            self._put_line(page, box, cell.label, VACANT, (REGULAR, _ONE_LINE, SECONDARY), box[2])
            return
        categories = cell.categories or (UNCLASSED,)
        self._fill(page, categories, box)
        stands_out = self.sheet.stands_out(cell)
        self._write(page, cell, categories, box, box[2] - (_FLAG + 1 if stands_out else 0.0))
        if stands_out:
            put_flag(page, box)

    def _fill(self, page: Page, categories: tuple[Category, ...], box: Box) -> None:
        x, y, width, height = box
        if categories[0].colour != PAPER:
            page.fills[categories[0].colour].append(box)
        if _is_pale(categories[0].colour):
            page.framed[SECONDARY, 0.5].append(box)
        if len(categories) > 1:
            corners = (x + width, y + height, x + width, y, x + width * _SLANT, y)
            page.triangles[categories[1].colour].append(corners)

    def _write(self, page: Page, cell: Cell, categories: tuple[Category, ...], box: Box, room: float) -> None:
        label = cell.label + (f"×{len(cell.households)}" if len(cell.households) > 1 else "")
        x, y, width, height = box
        first, *others = categories
        if not others:
            self._put_line(page, box, label, _mark(first), (BOLD, _ONE_LINE, first.text_colour), room)
            return
        upper = (x, y + height * _UPPER, width, 0.0)
        self._put_line(page, upper, label, _mark(first), (BOLD, _TWO_LINES, first.text_colour), room)
        second, *rest = others
        at = x + width - _TWO_LINES - 2
        page.texts.append(((BOLD, _TWO_LINES, second.text_colour), at, y + 2.6, _mark(second)))
        self._put_rest(page, rest, x + 2.2, y + 2.2, at - x - 3)

    def _put_rest(self, page: Page, rest: list[Category], x: float, y: float, room: float) -> None:
        """The marks of all categories behind the second, small."""
        side = min(_SMALL, room / max(1, len(rest)) - 0.6)
        for one in rest:
            page.rounded[one.colour].append((x, y, side, side))
            page.framed[PAPER, 0.4].append((x, y, side, side))
            style = (BOLD, side * 0.9, one.text_colour)
            page.texts.append((style, x + side * 0.05, y + side * 0.16, _mark(one)))
            x += side + 0.6

    def _put_line(self, page: Page, box: Box, label: str, mark: str, style: Style, room: float) -> None:
        """A label with a mark behind it; smaller, and then cut, where there is no room for both."""
        font, size, colour = style
        room -= 2 * _INSET
        tail = f" {mark}" if mark and label else mark
        width = self.typesetter.width(label + tail, font, 1.0)
        if width * size > room:
            size = max(_LEAST, room / width)
            label = self.typesetter.shortened(label, font, size, room - self.typesetter.width(tail, font, size))
        y = box[1] + box[3] / 2 - size * _BASELINE
        self.typesetter.put(page, (font, size, colour), box[0] + _INSET, y, label + tail)


def put_hatch(page: Page, box: Box, written: float = 0.0) -> None:
    """What nobody is registered in: lines on the bare paper, in a thin frame.

    Args:
        written: how far from its left edge something is written, which the lines leave free.
    """
    page.framed[SECONDARY, 0.25].append(box)
    x, y, width, height = box
    x, width = x + written, max(0.0, width - written)
    lines = page.rules[SECONDARY, 0.25]
    at = _HATCH / 2
    while at < width + height:
        lines.append((x + max(0.0, at - height), y + min(at, height), x + min(at, width), y + max(0.0, at - width)))
        at += _HATCH


def put_flag(page: Page, box: Box) -> None:
    """The thick outline and the mark of a household that stands out; both are seen on every colour and without."""
    x, y, width, height = box
    page.framed[INK, 1.6].append((x + 0.2, y + 0.2, width - 0.4, height - 0.4))
    page.framed[PAPER, 0.7].append((x + 1.4, y + 1.4, width - 2.8, height - 2.8))
    left, lower = x + width - _FLAG - 1.4, y + height - _FLAG - 1.4
    page.rounded[PAPER].append((left, lower, _FLAG, _FLAG))
    page.texts.append(((BOLD, _FLAG * 0.9, INK), left + _FLAG * 0.05, lower + _FLAG * 0.16, STANDING_OUT))


def shortened_title(typesetter: Typesetter, building: Building, total: int, number: int, width: float) -> str:
    """The name of a building, and which piece of it this is; of a long name its end stays."""
    end = f"（{number}/{total}）" if total > 1 else ""
    room = width - typesetter.width(end, BOLD, _TITLE_SIZE)
    return typesetter.shortened(building.label, BOLD, _TITLE_SIZE, room, end=building.name) + end


def title_width(typesetter: Typesetter, building: Building) -> float:
    """How wide the name of a building is, with its number of pieces."""
    return typesetter.width(f"{building.label}（2/2）", BOLD, _TITLE_SIZE)


def counts_text(piece: Piece, sheet: MapSheet) -> str:
    """``46户 · 112人 · 未登记 2`` of the whole building; of a piece its households as well."""
    building = piece.building
    told = [f"{building.households}户", f"{building.people}人"]
    if building.unknown:
        told.append(f"未登记 {building.unknown}")
    if first := sheet.number_standing_out(building):
        told.append(f"先联系 {first}")
    if piece.total > 1:
        told.append(f"本图 {piece.households}户")
    return " · ".join(told)


def _mark(category: Category) -> str:
    return category.mark.replace("？", "?")


@cache
def _is_pale(colour: str) -> bool:
    """Whether a colour is hardly told from the paper, in grey least of all."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue > _PALE
