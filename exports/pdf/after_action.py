"""What is to be learned from an emergency, as an A4 document: its figures, its grids, its course to the minute."""

from pathlib import Path

from exports.fonts.pdf import BOLD, REGULAR
from exports.look import INK, LINE, SECONDARY
from exports.pdf import document
from exports.pdf.document import About
from exports.pdf.flow import Flow
from exports.pdf.furniture import LEFT, MEASURE, PORTRAIT, RIGHT, TOP, Section, put_footer, put_header
from exports.pdf.page import Bookmark, Page
from exports.pdf.table import BEFORE_MARKS, Column, Row, Table
from exports.pdf.typesetting import Typesetter
from exports.report import ExportReport
from gridapp.emergency.after_action import AfterAction, minutes_text

_TITLE = (BOLD, 19.0, INK)
_QUIET = (REGULAR, 8.5, SECONDARY)
_HEADING = (BOLD, 12.0, INK)
_TEXT_SIZE = 10.5
_LEADING = 17.0
_FIGURES_IN_LINE = 4
_FIGURE_HEIGHT = 46.0


def write_after_action(told: AfterAction, path: Path) -> ExportReport:
    """Write it as a PDF file, whole or not at all.

    Raises:
        UserError: the file cannot be written.
    """
    typesetter = Typesetter()
    pages = lay_out(typesetter, told)
    author = told.emergency.actor or told.emergency.area_name
    about = About(told.title, author, f"{' › '.join(told.area_path)}，{told.made_at:%Y-%m-%d %H:%M}")
    document.write(path, pages, PORTRAIT, about, outline=True)
    report = ExportReport([path], pages=len(pages))
    report.unprintable = _affected(told, typesetter.unprintable)
    return report


def lay_out(typesetter: Typesetter, told: AfterAction) -> list[Page]:
    """Every page, ready to be drawn."""
    flows = [_front(typesetter, told), _grids(typesetter, told), _timeline(typesetter, told)]
    pages = [page for flow in flows for page in flow.pages]
    names = [section.name for flow in flows for section in flow.sections]
    signature = f"{told.made_at:%Y-%m-%d %H:%M} 汇总 · 内部资料，注意保管"
    for number, (page, name) in enumerate(zip(pages, names, strict=True), 1):
        put_header(page, typesetter, told.title, name)
        put_footer(page, typesetter, signature, number, len(pages))
    return pages


def _front(typesetter: Typesetter, told: AfterAction) -> Flow:
    flow = Flow(Section("概况"))
    flow.new_page()
    page, one = flow.page, told.emergency
    page.bookmarks.append(Bookmark("front", "概况", 0))
    typesetter.put(page, _TITLE, LEFT, TOP - 20, typesetter.shortened(told.title, BOLD, 19, MEASURE))
    ended = f"{one.ended_at:%Y-%m-%d %H:%M} 结束" if one.ended_at else "还在进行"
    lasted = minutes_text(told.lasted.total_seconds() / 60)
    facts = f"{one.started_at:%Y-%m-%d %H:%M} 启动 · {ended} · 历时 {lasted}"
    typesetter.put(page, _QUIET, LEFT, TOP - 40, " › ".join(told.area_path))
    typesetter.put(page, _QUIET, LEFT, TOP - 54, facts)
    flow.y = TOP - 70
    _put_figures(typesetter, flow, told)
    for heading, text in (("启动原因", one.reason), ("处置小结", one.summary or "还没有结束。")):
        _put_text(typesetter, flow, heading, text)
    if told.substitutes:
        named = "；".join(f"{s.name}代{s.stood_in_for}（{s.area_name}，{s.duties}班）" for s in told.substitutes)
        _put_text(typesetter, flow, "补充力量", named)
    return flow


def figures(told: AfterAction) -> list[tuple[str, str]]:
    """The figures of the first page, each with what it counts."""
    f = told.figures
    share = told.in_time_share
    return [
        (minutes_text(told.first_contact), "首次联系上用时"),
        (minutes_text(told.median_contact), "各网格首次联系上（中位）"),
        (f"{f.called:,} / {f.households:,}", "联系户数 / 全部"),
        (f"{f.first_called:,} / {f.first:,}", "先联系户 / 应先联系"),
        (f"{told.calls:,}", "通话次数"),
        (f"{f.reached:,}", "联系上"),
        (f"{f.not_reached:,}", "未联系上"),
        (f"{f.needs_met:,} / {f.needs:,}", "需求解决 / 提出"),
        (f"{f.tasks_done:,} / {f.tasks:,}", "任务完成 / 全部"),
        (f"{told.tasks_in_time:,}" if share is None else f"{told.tasks_in_time:,}（{share:.0%}）", "按时完成任务"),
        (f"{told.duties:,} 班 {told.people:,} 人", "值守"),
        (f"{told.reports:,} / {told.reports_due:,}", f"日报已报 / 应报，迟报 {told.reports_late:,}"),
    ]


def _put_figures(typesetter: Typesetter, flow: Flow, told: AfterAction) -> None:
    width = MEASURE / _FIGURES_IN_LINE
    for position, (figure, name) in enumerate(figures(told)):
        place = position % _FIGURES_IN_LINE
        if place == 0:
            flow.y -= _FIGURE_HEIGHT
            flow.page.rule(LINE, 0.6, LEFT, flow.y, RIGHT, flow.y)
        x = LEFT + place * width
        typesetter.put(flow.page, (BOLD, 14, INK), x, flow.y + 24, figure)
        typesetter.put(flow.page, (REGULAR, 7.5, SECONDARY), x, flow.y + 9, name)
    flow.y -= 10


def _put_text(typesetter: Typesetter, flow: Flow, heading: str, text: str) -> None:
    flow.need(44)
    flow.y -= 26
    typesetter.put(flow.page, _HEADING, LEFT, flow.y, heading)
    flow.y -= 6
    for line in typesetter.lines(text, MEASURE, _TEXT_SIZE):
        flow.need(_LEADING)
        flow.y -= _LEADING
        typesetter.put(flow.page, (REGULAR, _TEXT_SIZE, INK), LEFT, flow.y + 3, line)


def _begun(typesetter: Typesetter, name: str, key: str, text: str, table: Table) -> Flow:
    flow = Flow(Section(name), table.head)
    flow.pages.append(Page())
    flow.sections.append(flow.section)
    flow.page.bookmarks.append(Bookmark(key, name, 0))
    typesetter.put(flow.page, _TITLE, LEFT, TOP - 20, name)
    typesetter.put(flow.page, _QUIET, LEFT, TOP - 40, text)
    flow.y = table.head(flow.page, TOP - 54)
    return flow


def _grids(typesetter: Typesetter, told: AfterAction) -> Flow:
    first = MEASURE - BEFORE_MARKS - 6 * 60
    names = ("先联系", "联系", "未联系上", "需求", "任务", "首次联系上")
    columns = (Column("网格", first, strong=True), *(Column(name, 60.0, right=True) for name in names))
    table = Table(typesetter, columns)
    flow = _begun(typesetter, "各网格", "grids", "先联系、需求、任务：已做 / 应做。", table)
    for grid in told.grids:
        f = grid.figures
        texts = (
            *(grid.area_name, f"{f.first_called}/{f.first}", f"{f.called:,}", f"{f.not_reached:,}"),
            *(f"{f.needs_met}/{f.needs}", f"{f.tasks_done}/{f.tasks}", minutes_text(grid.first_contact)),
        )
        table.add(flow, Row([table.broken(text, at) for at, text in enumerate(texts)]))
    return flow


def _timeline(typesetter: Typesetter, told: AfterAction) -> Flow:
    columns = (
        *(Column("时间", 84.0, strong=True), Column("地点", 90.0)),
        Column("经过", MEASURE - BEFORE_MARKS - 84 - 90),
    )
    table = Table(typesetter, columns)
    flow = _begun(typesetter, "处置经过", "timeline", f"共 {len(told.timeline):,} 条。", table)
    for event in told.timeline:
        texts = (f"{event.at:%m-%d %H:%M}", event.place, event.text)
        table.add(flow, Row([table.broken(text, at) for at, text in enumerate(texts)]))
    return flow


def _affected(told: AfterAction, missing: set[str]) -> dict[str, str]:
    """Whose lines hold characters that could not be printed → those characters."""
    texts = [(told.title, told.title + told.emergency.reason + told.emergency.summary)]
    texts += [(f"{event.at:%m-%d %H:%M} {event.place}", event.place + event.text) for event in told.timeline]
    texts += [(one.name, one.name + one.stood_in_for) for one in told.substitutes]
    found = {}
    for name, text in texts if missing else ():
        here = missing.intersection(text)
        if here:
            found[name] = "".join(sorted(here))
    return found
