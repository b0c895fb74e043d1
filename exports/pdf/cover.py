"""The cover of a handbook."""

from exports.fonts.pdf import BOLD, REGULAR
from exports.look import ACCENT, INK, LINE, SECONDARY
from exports.pdf.furniture import LEFT, RIGHT
from exports.pdf.page import HEIGHT, WIDTH, Page
from exports.pdf.typesetting import Typesetter
from gridapp.handbook.content import Handbook
from gridapp.households.categories import CATEGORIES

_STRIP_TOP = HEIGHT - 380
_STRIP_HEIGHT = 92.0
_BLEED = 4.0
_TITLE_SIZE = 46.0
_SMALLEST_TITLE = 20.0
_FACTS_TOP = _STRIP_TOP - _STRIP_HEIGHT - 58
_FACT_PITCH = 27.0


def cover(typesetter: Typesetter, handbook: Handbook) -> Page:
    """Which grid, of when, who serves it, and the colours it is sorted by."""
    page = Page()
    put = typesetter.put
    above = " › ".join(handbook.area_path[:-1])
    above = typesetter.shortened(above, REGULAR, 13, RIGHT - LEFT)
    put(page, (REGULAR, 13, SECONDARY), LEFT, HEIGHT - 150, above)
    page.fills[ACCENT].append((LEFT, HEIGHT - 178, 44, 3))
    size = _TITLE_SIZE
    while typesetter.width(handbook.grid, BOLD, size) > RIGHT - LEFT and size > _SMALLEST_TITLE:
        size -= 2
    grid = typesetter.shortened(handbook.grid, BOLD, size, RIGHT - LEFT)
    put(page, (BOLD, size, INK), LEFT, HEIGHT - 246, grid)
    put(page, (REGULAR, 28, INK), LEFT, HEIGHT - 294, "工作手册")
    _put_strip(page, typesetter, handbook)
    _put_facts(page, typesetter, handbook)
    page.rule(LINE, 0.6, LEFT, 62, RIGHT, 62)
    put(page, (REGULAR, 8.5, SECONDARY), LEFT, 44, "内部资料，含居民个人信息，请妥善保管，不得外传。")
    return page


def _put_strip(page: Page, typesetter: Typesetter, handbook: Handbook) -> None:
    counts = {line.category.key: line.first for line in handbook.legend}
    step = (WIDTH + 2 * _BLEED) / len(CATEGORIES)
    for position, category in enumerate(CATEGORIES):
        x = position * step - _BLEED
        page.fills[category.colour].append((x, _STRIP_TOP - _STRIP_HEIGHT, step + 0.3, _STRIP_HEIGHT))
        middle = x + step / 2
        colour = category.text_colour
        typesetter.put_centred(page, (BOLD, 26, colour), middle, _STRIP_TOP - 40, category.mark)
        typesetter.put_centred(page, (REGULAR, 9, colour), middle, _STRIP_TOP - 60, category.name)
        told = f"{counts[category.key]} 户"
        typesetter.put_centred(page, (REGULAR, 9, colour), middle, _STRIP_TOP - 75, told)


def _put_facts(page: Page, typesetter: Typesetter, handbook: Handbook) -> None:
    y = _FACTS_TOP
    for name, value in _facts(handbook):
        typesetter.put(page, (REGULAR, 11, SECONDARY), LEFT, y, name)
        value = typesetter.shortened(value, REGULAR, 11, RIGHT - LEFT - 90)
        typesetter.put(page, (REGULAR, 11, INK), LEFT + 90, y, value)
        page.rule(LINE, 0.5, LEFT, y - 9, RIGHT, y - 9)
        y -= _FACT_PITCH


def _facts(handbook: Handbook) -> list[tuple[str, str]]:
    by_role = {role.key: people for role, people in handbook.roles()}
    leaders = "、".join(f"{one.name} {one.phone}".strip() for one in by_role["grid_leader"]) or "未登记"
    on_duty = [one for one in by_role["grid_worker"] if one.is_present]
    workers = "、".join(f"{one.name} {one.phone}".strip() for one in on_duty) or "暂缺"
    state = "人员齐备" if handbook.is_complete else "人员未齐"
    team = f"{handbook.strength}（{state}）" if handbook.team else "尚未登记"
    return [
        ("住户", f"{len(handbook.entries)} 户，{handbook.people} 人"),
        ("服务队", team),
        ("网格长", leaders),
        ("网格员", workers),
        ("印发日期", f"{handbook.issued_on.year}年{handbook.issued_on.month}月{handbook.issued_on.day}日"),
        ("持有人", ""),  # to be filled in by hand
    ]
