"""The pack of an emergency, A4 landscape but for maps of towers: plan, contacts, rota, map, and a list to tick."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from exports.fonts.pdf import BOLD, REGULAR
from exports.look import INK, LINE, SECONDARY
from exports.pdf import document
from exports.pdf.colour_map import colour_map, frame_of
from exports.pdf.document import About
from exports.pdf.flow import Flow
from exports.pdf.furniture import LANDSCAPE, Section, put_footer, put_header, put_mark
from exports.pdf.page import Bookmark, Page
from exports.pdf.table import BEFORE_MARKS, SIZE, Column, Row, Table
from exports.pdf.typesetting import Typesetter
from exports.report import ExportReport
from gridapp.emergency.calls import CallRow
from gridapp.emergency.model import OUTCOME_NAMES
from gridapp.emergency.pack import CallSection, Pack
from gridapp.households.words import moment_text, people_text
from gridapp.progress import CancelToken, Progress, silent

_BOX = "□"
_DONE = "☑ 已完成"
_MARKS = 30.0
_LEAST_LINES = 2
"""A line of the call list is at least so high that one can write two lines by hand."""

_TITLE = (BOLD, 16.0, INK)
_QUIET = (REGULAR, SIZE, SECONDARY)
_LINE = 13.0
_HEADING = 26.0
_CALL = (
    Column("序", 26.0, right=True, strong=True),
    Column("住址", 96.0),
    Column("户主", 52.0, strong=True),
    Column("人数", 30.0),
    Column("电话", 72.0),
    Column("紧急联系人", 88.0),
    Column("结对", 74.0),
    Column("上次联系", 64.0),
)
_TICKS = (("联系上", 44.0), ("未联系上", 50.0), ("需帮助", 44.0))


def write_emergency_pack(
    pack: Pack, path: Path, progress: Progress = silent, cancel: CancelToken | None = None
) -> ExportReport:
    """Write a pack as a PDF file, whole or not at all.

    Raises:
        UserError: the file cannot be written.
        Cancelled: the token was set.
    """
    typesetter = Typesetter()
    pages = lay_out(typesetter, pack)
    about = About(pack.title, pack.place, f"{' › '.join(pack.area_path)}，{pack.made_at:%Y-%m-%d %H:%M} 印制")
    document.write(path, pages, LANDSCAPE, about, "印制应急包", progress, cancel, outline=True)
    report = ExportReport([path], pages=len(pages), rows=pack.households)
    report.unprintable = _affected(pack, typesetter.unprintable)
    return report


def lay_out(typesetter: Typesetter, pack: Pack) -> list[Page]:
    """Every page of a pack, ready to be drawn."""
    flows = [_steps(typesetter, pack), _contacts(typesetter, pack), _duties(typesetter, pack)]
    lists: dict[str, list[CallSection]] = {}
    for section in pack.sections:
        lists.setdefault(section.place, []).append(section)
    for number, sheet in enumerate(pack.maps, 1):
        flows.append(colour_map(typesetter, sheet, f"map{number}", frame_of(sheet)))
        if sections := lists.pop(sheet.place, None):  # so that the pages of a grid can be handed to its team
            flows.append(_calls(typesetter, pack, sheet.place, sections))
    flows += [_calls(typesetter, pack, place, sections) for place, sections in lists.items()]
    pages = [page for flow in flows for page in flow.pages]
    heads = [(section.name, flow.frame) for flow in flows for section in flow.sections]
    signature = f"{pack.made_at:%Y-%m-%d %H:%M} 印制 · 内部资料，含居民个人信息，请妥善保管，不得外传"
    for number, (page, (name, frame)) in enumerate(zip(pages, heads, strict=True), 1):
        page.size = (frame.width, frame.height)
        put_header(page, typesetter, pack.title, name, frame)
        put_footer(page, typesetter, signature, number, len(pages), frame)
    return pages


def _begun(typesetter: Typesetter, name: str, key: str, told: Sequence[str], table: Table) -> Flow:
    """A run of pages whose first says what it is, and what is to be known of it."""
    flow = Flow(Section(name), table.head, LANDSCAPE)
    page = Page()
    flow.pages.append(page)
    flow.sections.append(flow.section)
    page.bookmarks.append(Bookmark(key, name, 0))
    y = LANDSCAPE.top - 14
    typesetter.put(page, _TITLE, LANDSCAPE.left, y, typesetter.shortened(name, BOLD, 16, LANDSCAPE.measure))
    y -= 20
    for text in told:
        for line in typesetter.lines(text, LANDSCAPE.measure, SIZE):
            typesetter.put(page, _QUIET, LANDSCAPE.left, y, line)
            y -= _LINE
    flow.y = table.head(page, y + 2)
    return flow


def _steps(typesetter: Typesetter, pack: Pack) -> Flow:
    note = LANDSCAPE.measure - BEFORE_MARKS - 62 - 78 - 250 - 90 - 66
    columns = (
        *(Column("时限", 62.0, strong=True), Column("单位", 78.0), Column("处置步骤", 250.0)),
        *(Column("负责", 90.0, strong=True), Column("说明", note), Column("完成", 66.0)),
    )
    table = Table(typesetter, columns, 0.0, LANDSCAPE)
    one = pack.emergency
    told = (
        f"{one.name}应急响应　{one.started_at:%Y-%m-%d %H:%M} 启动",
        f"每日 {one.report_at} 前报告，无情况也要报（零报告）",
        f"启动原因：{one.reason}",
        f"共 {pack.households:,} 户，先联系 {pack.first:,} 户；任务 {len(pack.steps):,} 项",
    )
    flow = _begun(typesetter, "处置步骤", "steps", told, table)
    for step in pack.steps:
        due = moment_text(step.due_at, pack.made_at) if step.due_at else ""
        mark = _DONE if step.is_done else f"{_BOX} ____"
        texts = (f"{due}前" if due else "", step.place, step.title, step.who, step.note, mark)
        table.add(flow, Row([table.broken(text, at) for at, text in enumerate(texts)]))
    return flow


def _contacts(typesetter: Typesetter, pack: Pack) -> Flow:
    rest = LANDSCAPE.measure - BEFORE_MARKS - 150 - 130 - 150 - 140
    columns = (
        *(Column("单位", 150.0), Column("职务", 130.0), Column("姓名", 150.0, strong=True)),
        *(Column("电话", 140.0), Column("备注", rest)),
    )
    table = Table(typesetter, columns, 0.0, LANDSCAPE)
    told = ("现在在岗的人员；离岗的不列，由代管人代替。报警 110　消防 119　急救 120",)
    flow = _begun(typesetter, "联系人", "contacts", told, table)
    for one in pack.contacts:
        texts = (one.place, one.role, one.name, one.phone, "代管" if one.is_substitute else "")
        table.add(flow, Row([table.broken(text, at) for at, text in enumerate(texts)]))
    return flow


def _duties(typesetter: Typesetter, pack: Pack) -> Flow:
    rest = LANDSCAPE.measure - BEFORE_MARKS - 190 - 150 - 130 - 130
    columns = (
        *(Column("时间", 190.0, strong=True), Column("网格", 150.0), Column("值守", 130.0, strong=True)),
        *(Column("电话", 130.0), Column("交接情况", rest)),
    )
    table = Table(typesetter, columns, 0.0, LANDSCAPE)
    told = (f"每班 {pack.emergency.shift_hours} 小时，每处 {pack.plan.seats} 人；当面交接，签字。",)
    flow = _begun(typesetter, "值守表", "duties", told, table)
    for one in pack.duties:
        texts = (one.time_text, one.area_name, one.name, one.phone, "")
        table.add(flow, Row([table.broken(text, at) for at, text in enumerate(texts)]))
    return flow


def _calls(typesetter: Typesetter, pack: Pack, place: str, sections: Sequence[CallSection]) -> Flow:
    used = BEFORE_MARKS + _MARKS + sum(column.width for column in _CALL) + sum(width for _name, width in _TICKS)
    ticks = [Column(name, width) for name, width in _TICKS]
    table = Table(typesetter, [*_CALL, *ticks, Column("记录", LANDSCAPE.measure - used)], _MARKS, LANDSCAPE)
    count, first = (sum(len(one.rows) for one in sections if one.is_first or every) for every in (True, False))
    told = (f"{count:,} 户，先联系 {first:,} 户。联系后勾选；需要帮助的写明事项，并立即登记。",)
    flow = _begun(typesetter, f"联系名单 · {place}", f"calls-{place}", told, table)
    number = 0
    for section in sections:
        _put_heading(typesetter, flow, section)
        for row in section.rows:
            number += 1
            cells = [table.broken(text, at) for at, text in enumerate(_cells(row, number, pack))]
            cells[0] += [""] * (_LEAST_LINES - len(cells[0]))
            line = Row([*cells, *([_BOX] for _tick in _TICKS), [""]], marks=row.categories or (section.category,))
            table.add(flow, line)
            _rule(flow, table.height(line))
    return flow


def _rule(flow: Flow, height: float) -> None:
    """The edge of the room to write in."""
    width = LANDSCAPE.measure - BEFORE_MARKS - _MARKS
    width -= sum(column.width for column in _CALL) + sum(wide for _name, wide in _TICKS)
    x = LANDSCAPE.right - width - 4
    flow.page.rule(LINE, 0.5, x, flow.y, x, min(flow.y + height, LANDSCAPE.top))


def _put_heading(typesetter: Typesetter, flow: Flow, section: CallSection) -> None:
    """A colour, with its mark and how many households are under it."""
    flow.need(_HEADING + 30)
    flow.y -= _HEADING
    put_mark(flow.page, section.category, LANDSCAPE.left, flow.y + 4, 14)
    told = f"{section.category.name}　{len(section.rows):,} 户{'　先联系' if section.is_first else ''}"
    typesetter.put(flow.page, (BOLD, 10.5, INK), LANDSCAPE.left + 22, flow.y + 7, told)
    flow.page.rule(SECONDARY, 0.6, LANDSCAPE.left, flow.y, LANDSCAPE.right, flow.y)


def _cells(row: CallRow, number: int, pack: Pack) -> tuple[str, ...]:
    last = ""
    if row.called_at is not None:
        last = f"{moment_text(row.called_at, pack.made_at)}\n{OUTCOME_NAMES[row.outcome]}"
    phones = row.phone.replace("、", "\n")
    return (
        *(str(number), row.address, row.head, people_text(row.people), phones, row.emergency_contact),
        *(row.paired.replace("、", "\n"), last),
    )


def _affected(pack: Pack, missing: set[str]) -> dict[str, str]:
    """Whose lines hold characters that could not be printed → those characters."""
    found = {}
    for name, text in _texts(pack) if missing else ():
        here = missing.intersection(text)
        if here:
            found[name] = "".join(sorted(here))
    return found


def _texts(pack: Pack) -> Iterator[tuple[str, str]]:
    yield pack.title, pack.title + pack.emergency.reason
    for step in pack.steps:
        yield step.title, step.title + step.place + step.who + step.note
    for one in pack.contacts:
        yield one.name, one.name + one.place + one.phone
    for turn in pack.duties:
        yield turn.name, turn.name + turn.area_name
    for section in pack.sections:
        for row in section.rows:
            yield f"{row.address} {row.head}", "".join(_cells(row, 0, pack))
    for sheet in pack.maps:
        for cell in sheet.cells:
            yield cell.address, cell.address + cell.label
