"""What stands in a handbook before the households: contents, legend, team."""

from collections.abc import Sequence
from dataclasses import dataclass

from exports.fonts.pdf import BOLD, REGULAR
from exports.look import INK, LINE, PAPER, SECONDARY
from exports.pdf.flow import Flow
from exports.pdf.furniture import BY_ADDRESS, LEFT, RIGHT, TOP, Section, put_mark, put_tab
from exports.pdf.page import Bookmark, Page
from exports.pdf.table import Column, Row, Table
from exports.pdf.typesetting import Typesetter
from gridapp.handbook.content import Handbook
from gridapp.households.categories import Category

_TITLE: tuple[str, float, str] = (BOLD, 19, INK)
_TEXT: tuple[str, float, str] = (REGULAR, 10, INK)
_QUIET: tuple[str, float, str] = (REGULAR, 10, SECONDARY)

_LEGEND_PITCH = 27.0
_BAR_LEFT = LEFT + 270
_BAR_LONGEST = RIGHT - _BAR_LEFT


@dataclass(frozen=True)
class Line:
    """One line of the contents. ``page`` counts from 1; ``category`` puts its mark in front."""

    title: str
    key: str
    level: int
    page: int
    told: str = ""
    category: Category | None = None


def contents(typesetter: Typesetter, lines: Sequence[Line]) -> Flow:
    """The table of contents; how many pages it takes does not depend on the page numbers in it."""
    flow = Flow(Section("目录"))
    flow.new_page()
    flow.page.bookmarks.append(Bookmark("contents", "目录", 0))
    typesetter.put(flow.page, _TITLE, LEFT, TOP - 20, "目录")
    flow.y = TOP - 52
    for line in lines:
        height = 24.0 if line.level == 0 or line.category else 18.0
        flow.need(height)
        flow.y -= height
        _put_line(flow.page, typesetter, line, flow.y + 7)
    return flow


def _put_line(page: Page, typesetter: Typesetter, line: Line, y: float) -> None:
    x = LEFT + 20 * line.level
    if line.category is not None:
        put_mark(page, line.category, x, y - 3.5, 14)
        x += 22
    style = (BOLD, 10.5, INK) if line.level == 0 else _TEXT
    building = line.title.rpartition(" ")[2]  # of one estate, that alone tells the lines apart
    title = typesetter.shortened(line.title, style[0], style[1], RIGHT - x - 120, end=building)
    typesetter.put(page, style, x, y, title)
    x += typesetter.width(title, style[0], style[1]) + 10
    if line.told:
        typesetter.put(page, (REGULAR, 8.5, SECONDARY), x, y, line.told)
        x += typesetter.width(line.told, REGULAR, 8.5) + 10
    number = str(line.page)
    end = RIGHT - typesetter.width(number, REGULAR, 10) - 8
    page.rule(LINE, 0.5, x, y + 1, end, y + 1)
    typesetter.put_right(page, _TEXT, RIGHT, y, number)
    page.links.append((line.key, (LEFT, y - 5, RIGHT - LEFT, 17)))


def legend(typesetter: Typesetter, handbook: Handbook) -> Flow:
    """What the colours mean, how many households each has, and how to find one; with the whole thumb index."""
    flow = Flow(Section("分色图例"))
    flow.new_page()
    page = flow.page
    page.bookmarks.append(Bookmark("legend", "分色图例与查找方法", 0))
    typesetter.put(page, _TITLE, LEFT, TOP - 20, "分色图例")
    y = TOP - 56
    small = (REGULAR, 8, SECONDARY)
    for x, heading in ((LEFT + 36, "分类"), (LEFT + 232, "兼属"), (_BAR_LEFT, "占全部住户")):
        typesetter.put(page, small, x, y, heading)
    typesetter.put_right(page, small, LEFT + 200, y, "户数")
    page.rule(SECONDARY, 0.6, LEFT, y - 7, RIGHT, y - 7)
    y -= 7
    for line in handbook.legend:
        y -= _LEGEND_PITCH
        put_mark(page, line.category, LEFT + 6, y + 4, 18)
        typesetter.put(page, (BOLD, 10.5, INK), LEFT + 36, y + 9, line.category.name)
        typesetter.put_right(page, _TEXT, LEFT + 200, y + 9, str(line.first))
        if line.carrying > line.first:
            typesetter.put(page, _QUIET, LEFT + 232, y + 9, f"+{line.carrying - line.first}")
        if line.first:
            _put_share(page, typesetter, line.category, line.first / len(handbook.entries), y)
            page.links.append((line.category.key or "unclassed", (LEFT, y, RIGHT - LEFT, _LEGEND_PITCH)))
        page.rule(LINE, 0.5, LEFT, y, RIGHT, y)
        put_tab(page, typesetter, line.category)
    put_tab(page, typesetter, BY_ADDRESS)
    y -= 22
    typesetter.put(page, (BOLD, 10.5, INK), LEFT + 36, y, "合计")
    typesetter.put_right(page, (BOLD, 10.5, INK), LEFT + 200, y, str(len(handbook.entries)))
    _put_ways(page, typesetter, y - 52)
    return flow


def _put_share(page: Page, typesetter: Typesetter, category: Category, share: float, y: float) -> None:
    length = max(2.0, share * (_BAR_LONGEST - 40))
    page.fills[category.colour].append((_BAR_LEFT, y + 8, length, 10))
    if category.colour == PAPER:
        page.outlined[SECONDARY].append((_BAR_LEFT, y + 8, length, 10))
    told = f"{share:.0%}" if share >= 0.01 else "<1%"
    typesetter.put(page, (REGULAR, 8.5, SECONDARY), _BAR_LEFT + length + 6, y + 10, told)


def _put_ways(page: Page, typesetter: Typesetter, y: float) -> None:
    typesetter.put(page, (BOLD, 13, INK), LEFT, y, "怎样找到一户")
    y -= 26
    ways = (
        ("知道颜色", "沿书页外侧找到同色的标签翻开；每种颜色固定在同一高度，黑白印刷时看标签上的字。"),
        ("知道住址", "翻到最后的“按住址查找”，按小区、楼栋、楼门、房号的顺序排列。"),
        (
            "一户多类",
            "一户列在排序最靠前的颜色中，行首的小方块标出它的全部分类；表中“兼属”是列在更靠前颜色里的户数。",
        ),
        ("电子版", "点目录、图例中的一行或左侧书签，直接翻到那一页；也可以直接搜索姓名或电话。"),
    )
    for name, told in ways:
        typesetter.put(page, (BOLD, 10, INK), LEFT, y, name)
        for line in typesetter.lines(told, RIGHT - LEFT - 70, 10):
            typesetter.put(page, _TEXT, LEFT + 70, y, line)
            y -= 15.5
        y -= 6


def team(typesetter: Typesetter, handbook: Handbook) -> Flow:
    """Who serves the grid, grouped by role; what is lacking of 1 + 2 + N is said."""
    columns = (
        Column("职务", 104, strong=True),
        Column("姓名", 92),
        Column("单位", 120),
        Column("职责", 100),
        Column("联系电话", 80),
    )
    table = Table(typesetter, columns)
    flow = Flow(Section("网格服务队"), table.head)
    flow.pages.append(Page())
    flow.sections.append(flow.section)
    page = flow.page
    page.bookmarks.append(Bookmark("team", "网格服务队", 0))
    typesetter.put(page, _TITLE, LEFT, TOP - 20, "网格服务队")
    state = "人员齐备" if handbook.is_complete else "人员未齐"
    if handbook.team:
        typesetter.put_right(page, _QUIET, RIGHT, TOP - 20, f"{handbook.strength}，{state}")
    told = "1 名网格员 + 2 名干部（机关干部、街道干部）+ N（在职党员、楼门长、辖区单位党员、志愿者）"
    typesetter.put(page, (REGULAR, 8.5, SECONDARY), LEFT, TOP - 40, told)
    flow.y = table.head(page, TOP - 54)
    for role, people in handbook.roles():
        if not people and role.part != 0 and handbook.team:
            table.add(flow, Row([[role.name], ["未登记"], [], [], []]))
        for position, one in enumerate(people):
            duty = "；".join(filter(None, (one.duty, one.state_text)))
            texts = ("" if position else role.name, one.name, one.unit, duty, one.phone)
            table.add(flow, Row([table.broken(text, column) for column, text in enumerate(texts)]))
    if not handbook.team:
        nothing = "本网格还没有登记服务队成员。登记后重新印制，这里会列出每个人的职务、单位和电话。"
        flow.need(60)
        typesetter.put(flow.page, _QUIET, LEFT, flow.y - 30, nothing)
    return flow
