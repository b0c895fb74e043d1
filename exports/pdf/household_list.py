"""A list of households as it is shown, as an A4 document in landscape."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

import gridapp
from exports.files import atomically
from exports.fonts.pdf import BOLD, REGULAR, register_fonts
from exports.look import INK, SECONDARY
from exports.pdf import table
from exports.pdf.flow import Flow
from exports.pdf.furniture import LANDSCAPE, Section, put_footer, put_header
from exports.pdf.page import Page
from exports.pdf.table import BEFORE_MARKS, Column, Row, Table
from exports.pdf.typesetting import Typesetter
from exports.report import ExportReport
from gridapp.errors import UserError
from gridapp.households import columns, listing
from gridapp.households.shown import Shown
from gridapp.progress import CancelToken, Progress, silent

MOST_ROWS = 20_000
"""More would be some hundred pages, which nobody reads, and take a minute."""

_SIZES = (table.SIZE, 7.5, 6.5, 5.5)
_MARK_PITCH = 13.0
_LONGEST = 24.0
"""Of a column's text, how much counts when widths are shared out, in Chinese characters; the rest is broken."""

_LEAST = 5.0
"""The same for how narrow a column of text may become."""

_AIR = 14.0
"""What a column gets beyond its text, in points, where there is room for it."""

_NARROWEST = 2.0
_UNBROKEN = ("phone", "visited")
_LINE = 12.0
_LOOK_EVERY = 20


def export_household_list(
    shown: Shown, path: Path, progress: Progress = silent, cancel: CancelToken | None = None
) -> ExportReport:
    """Write the households of a list in its order, under its columns, as a PDF file, whole or not at all.

    Raises:
        UserError: there are too many of them, or the file cannot be written.
        Cancelled: the token was set.
    """
    if shown.count > MOST_ROWS:
        raise UserError(
            f"共 {shown.count:,} 户，超过了一次打印的 {MOST_ROWS:,} 户。请先选小一些的区域或加上筛选，或导出为工作簿。"
        )
    cancel = cancel or CancelToken()
    register_fonts(progress, cancel)
    homes = list(shown.rows(progress, cancel))
    typesetter = Typesetter()
    pages = lay_out(typesetter, shown, homes, cancel)
    content = _drawn(shown, pages, progress, cancel)
    with atomically(path) as temporary:
        temporary.write_bytes(content)
    return ExportReport([path], pages=len(pages), rows=len(homes), unprintable=_affected(homes, typesetter.unprintable))


def lay_out(
    typesetter: Typesetter, shown: Shown, homes: Sequence[listing.Row], cancel: CancelToken | None = None
) -> list[Page]:
    """Every page of a list, ready to be drawn."""
    told = [column for column in shown.columns if column.key != "category"]
    has_marks = len(told) < len(shown.columns)
    told = told or list(shown.columns)  # with nothing beside them, the marks are also said in words
    texts = [[column.text(home) for column in told] for home in homes]
    marks = _MARK_PITCH * max([2, *(len(home.categories) for home in homes)]) + 4 if has_marks else 0.0
    size, widths = _shared(typesetter, told, texts, LANDSCAPE.measure - BEFORE_MARKS - marks)
    heads = [
        Column(column.name, width, right=column.number, strong=column.key == "head")
        for column, width in zip(told, widths, strict=True)
    ]
    laid = Table(typesetter, heads, marks, LANDSCAPE, size)
    flow = Flow(Section(f"{shown.count:,} 户"), laid.head, LANDSCAPE)
    _begin(typesetter, flow, shown)
    flow.y = laid.head(flow.page, flow.y)
    for done, (home, row) in enumerate(zip(homes, texts, strict=True)):
        if cancel is not None and done % _LOOK_EVERY == 0:
            cancel.check()
        cells = [
            laid.broken(_lines_of_phones(column, text), at)
            for at, (column, text) in enumerate(zip(told, row, strict=True))
        ]
        laid.add(flow, Row(cells, marks=home.categories if has_marks else ()))
    _furnish(typesetter, flow.pages, shown)
    return flow.pages


def _begin(typesetter: Typesetter, flow: Flow, shown: Shown) -> None:
    """The first page begins with what the list is; the others say it in their header."""
    page = Page()
    flow.pages.append(page)
    flow.sections.append(flow.section)
    y = LANDSCAPE.top - 14
    typesetter.put(
        page, (BOLD, 16, INK), LANDSCAPE.left, y, typesetter.shortened(shown.title, BOLD, 16, LANDSCAPE.measure)
    )
    y -= 20
    for text in (shown.filter_line, f"{shown.facts_line}　{shown.signature}"):
        for line in typesetter.lines(text, LANDSCAPE.measure, table.SIZE):
            typesetter.put(page, (REGULAR, table.SIZE, SECONDARY), LANDSCAPE.left, y, line)
            y -= _LINE
    flow.y = y + 2


def _furnish(typesetter: Typesetter, pages: Sequence[Page], shown: Shown) -> None:
    for number, page in enumerate(pages, 1):
        put_header(page, typesetter, f"{shown.place}　{shown.filter_line}", f"住户名单 · {shown.count:,} 户", LANDSCAPE)
        left = f"{shown.signature} · 排序：{shown.order} · 内部资料，注意保管"
        put_footer(page, typesetter, left, number, len(pages), LANDSCAPE)


@dataclass(frozen=True)
class _Wish:
    """How wide a column would be, and how narrow it may become, at a size of one point."""

    wanted: float
    least: float
    gap: float
    is_rigid: bool


def _shared(
    typesetter: Typesetter, told: Sequence[columns.Column], texts: Sequence[Sequence[str]], measure: float
) -> tuple[float, list[float]]:
    """The largest size at which all columns stand side by side, and their widths there; their texts may break."""
    wishes = [_wish(typesetter, column, [row[at] for row in texts]) for at, column in enumerate(told)]
    gaps = sum(wish.gap for wish in wishes)
    size = next((size for size in _SIZES if sum(w.least for w in wishes) * size + gaps <= measure), _SIZES[-1])
    room = measure - gaps
    least, wanted = (sum(getattr(wish, name) for wish in wishes) * size for name in ("least", "wanted"))
    if least >= room:
        return size, _squeezed(wishes, size, room)
    if wanted <= room:
        air = min((room - wanted) / len(wishes), _AIR)
        widths = [wish.wanted * size + wish.gap + air for wish in wishes]
        open_ended = [at for at, wish in enumerate(wishes) if not wish.is_rigid] or [len(wishes) - 1]
        widths[open_ended[-1]] += room - wanted - air * len(wishes)  # of the texts, the last is the note at first
        return size, widths
    share = (room - least) / (wanted - least)
    return size, [(wish.least + (wish.wanted - wish.least) * share) * size + wish.gap for wish in wishes]


def _squeezed(wishes: Sequence[_Wish], size: float, room: float) -> list[float]:
    """Widths where not even the least have room: texts become narrower still, numbers only if that does not do."""
    rigid = sum(wish.least for wish in wishes if wish.is_rigid) * size
    rest = sum(wish.least for wish in wishes if not wish.is_rigid) * size
    share = (room - rigid) / rest if rest else 0.0
    if share * _LEAST < _NARROWEST:
        return [wish.least * size * room / (rigid + rest) + wish.gap for wish in wishes]
    return [wish.least * size * (1.0 if wish.is_rigid else share) + wish.gap for wish in wishes]


def _wish(typesetter: Typesetter, column: columns.Column, texts: Sequence[str]) -> _Wish:
    parts = {part for text in set(texts) for part in _lines_of_phones(column, text).splitlines()}
    heading = typesetter.width(column.name, REGULAR, 1.0)
    longest = max([heading, *(typesetter.width(part, REGULAR, 1.0) for part in parts)])
    wanted = min(longest, _LONGEST)
    is_rigid = column.number or column.key in _UNBROKEN
    least = wanted if is_rigid else min(wanted, max(heading, _LEAST))
    return _Wish(wanted + 0.05, least + 0.05, table.RIGHT_GAP if column.number else table.GAP, is_rigid)


def _lines_of_phones(column: columns.Column, text: str) -> str:
    """Several numbers stand one under the other, none torn apart."""
    return text.replace("、", "\n") if column.key == "phone" else text


def _drawn(shown: Shown, pages: Sequence[Page], progress: Progress, cancel: CancelToken) -> bytes:
    file = BytesIO()
    size = (LANDSCAPE.width, LANDSCAPE.height)
    canvas = Canvas(file, pagesize=size, initialFontName=REGULAR, lang="zh-CN")  # type: ignore[arg-type]
    canvas.setTitle(shown.title)
    canvas.setAuthor(shown.actor)
    canvas.setSubject(f"{shown.place}，{shown.filter_line}")
    canvas.setCreator(f"GridApp {gridapp.__version__}")
    for done, page in enumerate(pages):
        cancel.check()
        progress(done, len(pages), "住户名单")
        page.paint(canvas)
    canvas.save()
    return file.getvalue()


def _affected(homes: Sequence[listing.Row], missing: set[str]) -> dict[str, str]:
    """Whose lines hold characters that could not be printed → those characters."""
    found = {}
    for home in homes if missing else ():
        here = missing.intersection(home.address + home.head + home.phone + home.note + home.emergency_contact)
        if here:
            found[f"{home.address} {home.head}"] = "".join(sorted(here))
    return found
