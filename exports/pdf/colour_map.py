"""The colour map of a grid on paper: what the colours mean, an overview, then the buildings room by room."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from exports.fonts.pdf import BOLD, REGULAR
from exports.look import INK, LINE, PAPER, SECONDARY
from exports.pdf.flow import Flow
from exports.pdf.furniture import LANDSCAPE, PORTRAIT, Frame, Section, put_mark
from exports.pdf.map_cells import Cells, put_flag, put_hatch, title_width
from exports.pdf.map_pieces import Piece, cut, packed
from exports.pdf.page import Bookmark, Box, Page
from exports.pdf.typesetting import Typesetter
from gridapp.households.colour_map import CellKind
from gridapp.site_plan.sheet import MapSheet
from gridapp.site_plan.site import Card

NAME = "网格分色管理图"

_TITLE = 40.0
_LEGEND_LINE = 18.0
_MARK = 12.0
_SHORT_LEGEND = 20.0
"""Above the buildings on every page that has no full legend."""
_INDEX_LINE = 17.0
_INDEX_HEAD = 20.0
_BELOW_INDEX = 18.0
_PLAN_SHARE = 0.5
"""How much of a page's height the plan takes at most."""
_LABEL = 7.5

Entry = tuple[str, str, str]
"""A line of the legend: the key of a category or of what is no category, its name, its counts."""

_STANDS_OUT = "stands_out"


def colour_map(typesetter: Typesetter, sheet: MapSheet, key: str = "map", frame: Frame = PORTRAIT) -> Flow:
    """The pages of one grid's colour map; an overview comes first where its buildings take several.

    Args:
        key: of the bookmark that leads to it, and the beginning of those of its buildings.
    """
    return _Map(typesetter, sheet, key, frame).flow()


def frame_of(sheet: MapSheet) -> Frame:
    """The page on which the fewest buildings of a map are cut: broad, unless they stand better on an upright one."""
    pieces = {
        frame: sum(len(cut(building, frame.measure, _height(frame))) for building in sheet.buildings)
        for frame in (LANDSCAPE, PORTRAIT)
    }
    return min(pieces, key=lambda frame: pieces[frame])


def _height(frame: Frame) -> float:
    """What a page holds of buildings."""
    return frame.top - frame.bottom - _SHORT_LEGEND


@dataclass
class _Map:
    typesetter: Typesetter
    sheet: MapSheet
    key: str
    frame: Frame

    def flow(self) -> Flow:
        pieces, sizes = self._cut()
        flow = self._opened()
        places = self._packed(sizes, flow.room)
        if self.sheet.picture is not None or any(number for number, _x, _top in places):
            draft = self._opened()
            self._put_overview(draft, {})
            before = len(draft.pages)  # which does not depend on the numbers in the index
            places = self._packed(sizes, draft.room - _BELOW_INDEX)
            sheets: dict[int, list[int]] = {}
            for piece, (number, _x, _top) in zip(pieces, places, strict=True):
                sheets.setdefault(id(piece.building), []).append(before + number)
            self._put_overview(flow, sheets)
            flow.y -= _BELOW_INDEX
        self._put_pieces(flow, pieces, places)
        total = len(flow.pages)
        names = [f"{self._name} 第 {number} 张，共 {total} 张" for number in range(1, total + 1)]
        flow.sections = [Section(name if total > 1 else self._name) for name in names]
        return flow

    def _cut(self) -> tuple[list[Piece], list[tuple[float, float]]]:
        width, height = self.frame.measure, _height(self.frame)
        pieces = [
            piece
            for building in self.sheet.buildings
            for piece in cut(building, width, height, title_width(self.typesetter, building))
        ]
        return pieces, [(piece.width, piece.height) for piece in pieces]

    def _packed(self, sizes: Sequence[tuple[float, float]], first: float) -> list[tuple[int, float, float]]:
        return packed(sizes, self.frame.measure, first, _height(self.frame))

    def _opened(self) -> Flow:
        flow = Flow(Section(self._name), frame=self.frame)
        flow.new_page()
        flow.page.bookmarks.append(Bookmark(self.key, self._name, 0))
        flow.y = self._put_title(flow.page, flow.y)
        return flow

    @property
    def _name(self) -> str:
        return f"{NAME} · {self.sheet.place}" if self.sheet.place else NAME

    def _put_pieces(self, flow: Flow, pieces: Sequence[Piece], places: Sequence[tuple[int, float, float]]) -> None:
        cells, on = Cells(self.typesetter, self.sheet), 0
        positions = {id(building): at for at, building in enumerate(self.sheet.buildings)}
        for piece, (number, x, top) in zip(pieces, places, strict=True):
            if number > on:
                on = number
                self._begin(flow)
            if piece.number == 1:
                flow.page.anchors.append(f"{self.key}-{positions[id(piece.building)]}")
            cells.put(flow.page, piece, self.frame.left + x, flow.y - top)

    def _begin(self, flow: Flow) -> None:
        """A fresh page for buildings, with a line that says what the colours mean."""
        flow.new_page()
        x = self.frame.left
        for key, name, _told in self._entries():
            width = self.typesetter.width(name, REGULAR, 7.5)
            self._put_symbol(flow.page, key, x, flow.y - 10, 9.0)
            self.typesetter.put(flow.page, (REGULAR, 7.5, SECONDARY), x + 12, flow.y - 8.5, name)
            x += 12 + width + 9
        flow.y -= _SHORT_LEGEND

    def _put_title(self, page: Page, y: float) -> float:
        setter, frame = self.typesetter, self.frame
        told = f"{len(self.sheet.buildings)} 栋  {self.sheet.households} 户  {self.sheet.people} 人"
        room = frame.measure - setter.width(told, REGULAR, 10) - 16
        setter.put(page, (BOLD, 19, INK), frame.left, y - 20, setter.shortened(self._name, BOLD, 19, room))
        setter.put_right(page, (REGULAR, 10, SECONDARY), frame.right, y - 20, told)
        y -= _TITLE
        x = frame.left
        for key, name, counts in self._entries():
            text = f"{name} {counts}"
            width = setter.width(text, REGULAR, 9) + _MARK + 20
            if x + width - 15 > frame.right and x > frame.left:
                x, y = frame.left, y - _LEGEND_LINE
            self._put_symbol(page, key, x, y - _MARK, _MARK)
            setter.put(page, (REGULAR, 9, INK), x + _MARK + 5, y - _MARK + 2.5, text)
            x += width
        y -= _LEGEND_LINE + 4
        page.rule(LINE, 0.6, frame.left, y, frame.right, y)
        return y - 12

    def _entries(self) -> Iterator[Entry]:
        """Every colour, then what a cell may be besides, as far as there are any."""
        for line in self.sheet.legend:
            also = f"（兼属 +{line.carrying - line.first}）" if line.carrying > line.first else ""
            yield line.category.key, line.category.name, f"{line.first}{also}"
        for kind, name in ((CellKind.VACANT, "空户"), (CellKind.UNKNOWN, "未登记")):
            if number := self.sheet.number_of(kind):
                yield kind.value, name, str(number)
        if first := sum(map(self.sheet.number_standing_out, self.sheet.buildings)):
            yield _STANDS_OUT, "先联系", str(first)

    def _put_symbol(self, page: Page, key: str, x: float, y: float, side: float) -> None:
        """How a cell of the legend's line looks, small."""
        box = (x, y, side, side)
        found = {line.category.key: line.category for line in self.sheet.legend}
        if key in found:
            put_mark(page, found[key], x, y, side)
        elif key == CellKind.UNKNOWN:
            put_hatch(page, box)
        elif key == CellKind.VACANT:
            page.framed[SECONDARY, 0.5].append(box)
            self.typesetter.put_centred(page, (REGULAR, side * 0.7, SECONDARY), x + side / 2, y + side * 0.24, "空")
        else:
            put_flag(page, box)

    def _put_overview(self, flow: Flow, sheets: Mapping[int, Sequence[int]]) -> None:
        """The plan, and an index of the buildings by the sheets on which they stand, by building."""
        self._put_plan(flow)
        flow.begin = self._index_head
        if flow.room < _INDEX_HEAD + 3 * _INDEX_LINE:
            flow.new_page()
        else:
            flow.y = self._index_head(flow.page, flow.y)
        for at, card in enumerate(self.sheet.cards):
            flow.need(_INDEX_LINE)
            flow.y -= _INDEX_LINE
            self._put_index_line(flow.page, card, f"{self.key}-{at}", flow.y, sheets.get(id(card.building), (0,)))
        flow.begin = None

    def _put_plan(self, flow: Flow) -> None:
        """The site plan with the names of the buildings that have their place on it."""
        plan, content = self.sheet.site.plan, self.sheet.picture
        if plan is None or content is None:
            return
        scale = min(self.frame.measure / plan.width, flow.room_on_fresh_page * _PLAN_SHARE / plan.height)
        width, height = plan.width * scale, plan.height * scale
        left, lower = self.frame.left + (self.frame.measure - width) / 2, flow.y - height
        flow.page.pictures.append((content, (left, lower, width, height)))
        flow.page.framed[LINE, 0.6].append((left, lower, width, height))
        for at, card in enumerate(self.sheet.cards):
            if card.place is not None:
                self._put_label(flow.page, card, f"{self.key}-{at}", (left, lower, width, height))
        flow.y -= height + 14

    def _put_label(self, page: Page, card: Card, anchor: str, plan: Box) -> None:
        """A building's name with its households, around its place and within the plan."""
        assert card.place is not None
        setter, building = self.typesetter, card.building
        told = f"{building.name or building.label} {building.households}户"
        told = setter.shortened(told, BOLD, _LABEL, plan[2] - 8)
        width, height = setter.width(told, BOLD, _LABEL) + 8, _LABEL + 5
        left, lower, wide, high = plan
        x = min(max(left + card.place[0] * wide - width / 2, left), left + wide - width)
        y = min(max(lower + (1 - card.place[1]) * high - height / 2, lower), lower + high - height)
        page.rounded[PAPER].append((x, y, width, height))
        page.outlined[INK].append((x, y, width, height))
        setter.put(page, (BOLD, _LABEL, INK), x + 4, y + 3.5, told)
        page.links.append((anchor, (x, y, width, height)))

    def _index_head(self, page: Page, y: float) -> float:
        small, frame = (REGULAR, 8, SECONDARY), self.frame
        self.typesetter.put(page, small, frame.left + 4, y - 12, "楼栋")
        self.typesetter.put_right(page, small, self._colours - 14, y - 12, "户数")
        self.typesetter.put(page, small, self._colours, y - 12, "首要分类")
        self.typesetter.put_right(page, small, frame.right - 4, y - 12, "在第几张")
        page.rule(SECONDARY, 0.6, frame.left, y - _INDEX_HEAD + 2, frame.right, y - _INDEX_HEAD + 2)
        return y - _INDEX_HEAD

    @property
    def _colours(self) -> float:
        """Where the marks of a line of the index begin."""
        return self.frame.left + self.frame.measure * 0.38

    def _put_index_line(self, page: Page, card: Card, anchor: str, y: float, sheets: Sequence[int]) -> None:
        setter, frame, building = self.typesetter, self.frame, card.building
        room = self._colours - frame.left - 60
        label = setter.shortened(building.label, BOLD, 9, room, end=building.name)
        setter.put(page, (BOLD, 9, INK), frame.left + 4, y + 5, label)
        setter.put_right(page, (REGULAR, 9, INK), self._colours - 14, y + 5, str(building.households))
        x = self._colours
        for category, number in card.shares:
            put_mark(page, category, x, y + 3, 10)
            setter.put(page, (REGULAR, 8.5, INK), x + 13, y + 5, str(number))
            x += 19 + max(setter.width(str(number), REGULAR, 8.5), 10)
        told = str(sheets[0]) if sheets[0] == sheets[-1] else f"{sheets[0]}–{sheets[-1]}"
        setter.put_right(page, (REGULAR, 9, INK), frame.right - 4, y + 5, told)
        page.rule(LINE, 0.5, frame.left, y, frame.right, y)
        page.links.append((anchor, (frame.left, y, frame.measure, _INDEX_LINE)))
