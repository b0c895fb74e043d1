"""The households of a handbook: by colour, then by address."""

from exports.fonts.pdf import BOLD, REGULAR
from exports.look import GROUND, INK, SECONDARY
from exports.pdf.flow import Flow
from exports.pdf.furniture import BY_ADDRESS, LEFT, RIGHT, TOP, Section, put_mark
from exports.pdf.page import Bookmark, Page
from exports.pdf.table import LEADING, SIZE, Column, Row, Table
from exports.pdf.typesetting import Typesetter
from gridapp.handbook import content
from gridapp.handbook.content import Building, Entry, Handbook
from gridapp.households.categories import Category

_HEADINGS = ("住址", "户主", "人口", "联系电话", "紧急联系人", "备注")
_WIDTHS = (66, 62, 37, 65, 122, 101)
_WIDTHS_WITH_ESTATES = (88, 62, 37, 65, 116, 85)
"""The address takes more room where it has to name the estate; all add up to the measure."""

_ADDRESS, _HEAD, _PEOPLE, _PHONE, _CONTACT, _REMARKS = range(len(_HEADINGS))
_MARKS = 42.0
_LINES_IN_COLUMN = 4
"""A note of more lines stands under its row, over the whole measure."""

_TITLE_HEIGHT = 46.0
_SUBHEAD_HEIGHT = 24.0
_ALSO_NAMED = 12
"""How many households that stand under an earlier colour are named; more are only counted."""


class Households:
    """Lays out both orders; what a household's cells look like is worked out once."""

    def __init__(self, typesetter: Typesetter, handbook: Handbook) -> None:
        self._typesetter = typesetter
        self._handbook = handbook
        self._table = Table(typesetter, _columns(handbook), _MARKS)
        self._cells: dict[int, tuple[list[list[str]], list[str]]] = {}

    def by_colour(self) -> list[Flow]:
        """One run of pages for each colour that has households."""
        return [self._colour(section) for section in self._handbook.sections]

    def _colour(self, section: content.Section) -> Flow:
        category = section.category
        flow = Flow(Section(f"{category.name} {len(section.entries)} 户", category), self._table.head)
        flow.pages.append(Page())
        flow.sections.append(flow.section)
        page = flow.page
        page.bookmarks.append(Bookmark(category.key or "unclassed", category.name, 0))
        self._put_title(page, category, f"{len(section.entries)} 户  {_people(section.entries)} 人")
        flow.y = TOP - _TITLE_HEIGHT
        for line in self._typesetter.lines(self._also(category), RIGHT - LEFT, SIZE):
            if line:
                self._typesetter.put(page, (REGULAR, SIZE, SECONDARY), LEFT, flow.y, line)
                flow.y -= LEADING
        flow.y = self._table.head(page, flow.y)
        label = "full_address" if self._handbook.has_several_estates else "short_address"
        for entry in section.entries:
            self._table.add(flow, self._row(entry, getattr(entry, label)))
        return flow

    def _put_title(self, page: Page, category: Category, told: str) -> None:
        side = 26.0
        y = TOP - side
        put_mark(page, category, LEFT, y, side)
        self._typesetter.put(page, (BOLD, 19, INK), LEFT + side + 10, y + 6, category.name)
        self._typesetter.put_right(page, (REGULAR, 10, SECONDARY), RIGHT, y + 6, told)

    def _also(self, category: Category) -> str:
        """Where those are that carry a colour and stand under an earlier one."""
        others = [e for e in self._handbook.entries if category in e.marks and e.marks[0] is not category]
        if not others:
            return ""
        if len(others) > _ALSO_NAMED:
            return f"另有 {len(others)} 户兼属{category.name}，列在排序靠前的颜色中，凭行首标记“{category.mark}”识别。"
        named = "、".join(f"{entry.short_address} {entry.head}（{entry.marks[0].mark}）" for entry in others)
        return f"另有 {len(others)} 户兼属{category.name}，列在括号所示颜色中：{named}"

    def by_address(self) -> Flow:
        """All households building by building."""
        flow = Flow(Section("按住址查找", BY_ADDRESS), self._table.head)
        flow.pages.append(Page())
        flow.sections.append(flow.section)
        page = flow.page
        page.bookmarks.append(Bookmark("by_address", "按住址查找", 0))
        self._put_title(page, BY_ADDRESS, f"{len(self._handbook.entries)} 户  {self._handbook.people} 人")
        flow.y = self._table.head(page, TOP - _TITLE_HEIGHT)
        if not self._handbook.entries:
            self._put_nothing(flow)
        for number, building in enumerate(self._handbook.buildings):
            self._building(flow, number, building)
        return flow

    def _put_nothing(self, flow: Flow) -> None:
        told = "本网格还没有登记住户。登记或导入后重新印制，这里会按住址列出每一户。"
        self._typesetter.put(flow.page, (REGULAR, 10, SECONDARY), LEFT, flow.y - 30, told)

    def _building(self, flow: Flow, number: int, building: Building) -> None:
        rows = [self._row(entry, entry.door) for entry in building.entries]
        flow.section = Section(f"按住址查找 · {building.label}", BY_ADDRESS)
        flow.need(_SUBHEAD_HEIGHT + min(self._table.height(rows[0]), flow.room_on_fresh_page - _SUBHEAD_HEIGHT))
        if flow.at_top:
            flow.sections[-1] = flow.section
        top = flow.y
        flow.page.bookmarks.append(Bookmark(f"building{number}", building.label, 1))
        flow.page.fills[GROUND].append((LEFT, top - _SUBHEAD_HEIGHT, RIGHT - LEFT, _SUBHEAD_HEIGHT))
        told = f"{len(building.entries)} 户  {_people(building.entries)} 人"
        room = RIGHT - LEFT - 26 - self._typesetter.width(told, REGULAR, SIZE)
        label = self._typesetter.shortened(building.label, BOLD, 10, room, end=building.name)
        self._typesetter.put(flow.page, (BOLD, 10, INK), LEFT + 8, top - 16, label)
        self._typesetter.put_right(flow.page, (REGULAR, SIZE, SECONDARY), RIGHT - 6, top - 16, told)
        flow.y = top - _SUBHEAD_HEIGHT
        for row in rows:
            self._table.add(flow, row)

    def _row(self, entry: Entry, label: str) -> Row:
        cells, below = self._cells.get(id(entry)) or self._break(entry)
        return Row([self._table.broken(label, _ADDRESS), *cells], below, entry.marks)

    def _break(self, entry: Entry) -> tuple[list[list[str]], list[str]]:
        broken = self._table.broken
        remarks, below = broken(entry.remarks, _REMARKS), []
        if len(remarks) > _LINES_IN_COLUMN:
            remarks, below = [], self._table.broken_below(f"备注：{entry.remarks}")
        cells = [
            broken(entry.head, _HEAD),
            broken(entry.people_label, _PEOPLE),
            broken(entry.phone.replace("、", "\n"), _PHONE),  # one under the other, none torn apart
            broken(entry.emergency_contact, _CONTACT),
            remarks,
        ]
        self._cells[id(entry)] = (cells, below)
        return cells, below


def _columns(handbook: Handbook) -> list[Column]:
    widths = _WIDTHS_WITH_ESTATES if handbook.has_several_estates else _WIDTHS
    return [
        Column(heading, width, right=position == _PEOPLE, strong=position == _HEAD)
        for position, (heading, width) in enumerate(zip(_HEADINGS, widths, strict=True))
    ]


def _people(entries: tuple[Entry, ...]) -> int:
    return sum(entry.people or 0 for entry in entries)
