"""The visit sheet of a grid as an A4 document in landscape, with ruled room to write in."""

from io import BytesIO
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

import gridapp
from exports.files import atomically
from exports.fonts.pdf import BOLD, REGULAR
from exports.look import INK, LINE, SECONDARY
from exports.pdf.flow import Flow
from exports.pdf.furniture import LANDSCAPE, Section, put_footer, put_header
from exports.pdf.page import Page
from exports.pdf.table import BEFORE_MARKS, SIZE, Column, Row, Table
from exports.pdf.typesetting import Typesetter
from exports.report import ExportReport
from gridapp.visits.sheet import Line, Sheet

_MARKS = 30.0
_TOLD = (
    Column("行", 24.0, right=True, strong=True),
    Column("住址", 92.0),
    Column("户主", 52.0, strong=True),
    Column("人数", 30.0),
    Column("电话", 70.0),
    Column("上次走访", 52.0),
    Column("要看的事", 104.0),
)
_EMPTY = (("走访日期", 46.0), ("走访人", 64.0), ("走访情况（可写代号）", 0.0), ("需求", 76.0))
"""What is written by hand; the one without a width takes what is left."""

_LEAST_LINES = 2
"""A line of a sheet is at least so high that one can write two lines by hand."""

_LINE = 12.0
_BLANK = 120.0
_PART = "　"


def write_visit_sheet(sheet: Sheet, path: Path) -> ExportReport:
    """Write a sheet as a PDF file, whole or not at all.

    Raises:
        UserError: the file cannot be written.
    """
    typesetter = Typesetter()
    pages = lay_out(typesetter, sheet)
    file = BytesIO()
    size = (LANDSCAPE.width, LANDSCAPE.height)
    canvas = Canvas(file, pagesize=size, initialFontName=REGULAR, lang="zh-CN")  # type: ignore[arg-type]
    canvas.setTitle(f"{sheet.title} {sheet.number}")
    canvas.setAuthor(sheet.actor)
    canvas.setSubject(f"{sheet.place}，{sheet.about}")
    canvas.setCreator(f"GridApp {gridapp.__version__}")
    for page in pages:
        page.paint(canvas)
    canvas.save()
    with atomically(path) as temporary:
        temporary.write_bytes(file.getvalue())
    report = ExportReport([path], pages=len(pages), rows=len(sheet.lines))
    report.unprintable = _affected(sheet, typesetter.unprintable)
    return report


def lay_out(typesetter: Typesetter, sheet: Sheet) -> list[Page]:
    """Every page of a sheet, ready to be drawn."""
    room = LANDSCAPE.measure - BEFORE_MARKS - _MARKS - sum(column.width for column in _TOLD)
    rest = room - sum(width for _heading, width in _EMPTY)
    empty = [Column(heading, width or rest) for heading, width in _EMPTY]
    table = Table(typesetter, [*_TOLD, *empty], _MARKS, LANDSCAPE)
    edges = _edges([column.width for column in empty])
    flow = Flow(Section(sheet.title), table.head, LANDSCAPE)
    _begin(typesetter, flow, sheet)
    flow.y = table.head(flow.page, flow.y)
    for line in sheet.lines:
        cells = [table.broken(text, at) for at, text in enumerate(_cells(line))]
        cells[0] += [""] * (_LEAST_LINES - len(cells[0]))
        table.add(flow, Row([*cells, *([""] for _column in empty)], marks=line.categories))
        below, above = flow.y, flow.y + table.height(Row(cells, marks=line.categories))
        for x in edges:
            flow.page.rule(LINE, 0.5, x, below, x, min(above, LANDSCAPE.top))
    for number, page in enumerate(flow.pages, 1):
        put_header(page, typesetter, f"{sheet.place}　{sheet.about}", f"走访表 {sheet.number}", LANDSCAPE)
        signature = f"制表人：{sheet.actor}　{sheet.moment:%Y-%m-%d %H:%M} · 内部资料，注意保管"
        put_footer(page, typesetter, signature, number, len(flow.pages), LANDSCAPE)
    return flow.pages


def _edges(widths: list[float]) -> list[float]:
    """Where the ruled columns begin."""
    return [LANDSCAPE.right - sum(widths[at:]) - 4 for at in range(len(widths))]


def _begin(typesetter: Typesetter, flow: Flow, sheet: Sheet) -> None:
    """The first page begins with the sheet's number, and with what is the same for all its lines."""
    page = Page()
    flow.pages.append(page)
    flow.sections.append(flow.section)
    left, right = LANDSCAPE.left, LANDSCAPE.right
    y = LANDSCAPE.top - 14
    typesetter.put(page, (BOLD, 16, INK), left, y, typesetter.shortened(sheet.title, BOLD, 16, LANDSCAPE.measure / 2))
    typesetter.put_right(page, (BOLD, 16, INK), right, y, f"编号 {sheet.number}")
    y -= 20
    facts = f"{sheet.about}，共 {len(sheet.lines):,} 户　服务队：{sheet.team or '未登记'}"
    for text in (facts, f"代号：{sheet.legend}"):
        for line in _packed(typesetter, text):
            typesetter.put(page, (REGULAR, SIZE, SECONDARY), left, y, line)
            y -= _LINE
    y -= 8
    x = left
    for caption, width in (("走访日期", _BLANK), ("走访人（与各行相同时只写在这里）", 2 * _BLANK)):
        typesetter.put(page, (REGULAR, SIZE, INK), x, y, caption)
        x += typesetter.width(caption, REGULAR, SIZE) + 6
        page.rule(SECONDARY, 0.6, x, y - 2, x + width, y - 2)
        x += width + 24
    flow.y = y - 12


def _packed(typesetter: Typesetter, text: str) -> list[str]:
    """A text as lines that end between what wide blanks part, so that no digit stands apart from its reply."""
    found = [""]
    for part in text.split(_PART):
        longer = f"{found[-1]}{_PART}{part}" if found[-1] else part
        if found[-1] and typesetter.width(longer, REGULAR, SIZE) > LANDSCAPE.measure:
            found.append(part)
        else:
            found[-1] = longer
    return [line for long in found for line in typesetter.lines(long, LANDSCAPE.measure, SIZE)]


def _cells(line: Line) -> tuple[str, ...]:
    visited = f"{line.last_visit}\n{line.often}"
    phones = line.phone.replace("、", "\n")
    return (str(line.number), line.address, line.head, line.people, phones, visited, "\n".join(line.look_at))


def _affected(sheet: Sheet, missing: set[str]) -> dict[str, str]:
    """Whose lines hold characters that could not be printed → those characters."""
    found = {}
    for line in sheet.lines if missing else ():
        here = missing.intersection("".join(_cells(line)))
        if here:
            found[f"{line.address} {line.head}"] = "".join(sorted(here))
    return found
