"""The handbook of one grid as an A4 document."""

from io import BytesIO
from pathlib import Path

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

import gridapp
from exports.files import atomically
from exports.fonts.pdf import REGULAR
from exports.pdf import front, plan
from exports.pdf.colour_map import colour_map
from exports.pdf.cover import cover
from exports.pdf.flow import Flow
from exports.pdf.front import Line
from exports.pdf.furniture import BY_ADDRESS, Section, put_footer, put_header, put_tab
from exports.pdf.households import Households
from exports.pdf.page import Page
from exports.pdf.typesetting import Typesetter
from exports.report import ExportReport
from gridapp.handbook.content import Handbook

_PAGES_BEFORE_CONTENTS = 1

rl_config.useA85 = 0  # pages as bytes: a fifth smaller, and written faster, than as printable characters


def write_handbook(handbook: Handbook, path: Path) -> ExportReport:
    """Write a handbook as a PDF file, whole or not at all.

    Raises:
        UserError: the file cannot be written.
    """
    typesetter = Typesetter()
    pages = lay_out(typesetter, handbook)
    content = _drawn(handbook, pages)
    with atomically(path) as temporary:
        temporary.write_bytes(content)  # reportlab itself would leave the file open if the disk is full
    return ExportReport([path], pages=len(pages), unprintable=_affected(handbook, typesetter.unprintable))


def _drawn(handbook: Handbook, pages: list[Page]) -> bytes:
    # The font it begins with is named, since the default one is not embedded.
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4, initialFontName=REGULAR, lang="zh-CN")  # type: ignore[arg-type]
    canvas.setTitle(handbook.title)
    canvas.setAuthor(handbook.community or handbook.grid)
    canvas.setSubject(f"{' › '.join(handbook.area_path)}，{handbook.issued_on.isoformat()} 印发")
    canvas.setCreator(f"GridApp {gridapp.__version__}")
    canvas.showOutline()
    for page in pages:
        page.paint(canvas)
    canvas.save()
    return file.getvalue()


def lay_out(typesetter: Typesetter, handbook: Handbook) -> list[Page]:
    """Every page of a handbook, ready to be drawn."""
    households = Households(typesetter, handbook)
    flows = [
        front.legend(typesetter, handbook),
        front.team(typesetter, handbook),
        *([colour_map(typesetter, handbook.colour_map)] if handbook.colour_map else []),
        *([plan.work_plan(typesetter, handbook.plan)] if handbook.plan else []),
        *([plan.task_list(typesetter, handbook)] if handbook.tasks else []),
        *households.by_colour(),
        households.by_address(),
    ]
    blank = front.contents(typesetter, _lines(handbook, flows, 0))
    first = _PAGES_BEFORE_CONTENTS + len(blank.pages) + 1
    contents = front.contents(typesetter, _lines(handbook, flows, first))
    first_page = cover(typesetter, handbook)
    pages = [first_page]
    sections: list[Section | None] = [None]
    for flow in (contents, *flows):
        pages += flow.pages
        sections += flow.sections
    issued = f"{handbook.issued_on.isoformat()} 印发 · 内部资料，注意保管"
    for number, (page, section) in enumerate(zip(pages, sections, strict=True), 1):
        if section is None:
            continue
        put_header(page, typesetter, f"{handbook.place} · 工作手册", section.name)
        put_footer(page, typesetter, issued, number, len(pages))
        if section.tab is not None:
            put_tab(page, typesetter, section.tab)
    return pages


def _lines(handbook: Handbook, flows: list[Flow], first: int) -> list[Line]:
    """The contents of flows whose first page has this number."""
    told = {section.category.key or "unclassed": section for section in handbook.sections}
    found: list[Line] = []
    number = first
    for flow in flows:
        for page in flow.pages:
            for mark in page.bookmarks:
                section = told.get(mark.key)
                if section is None:
                    category = BY_ADDRESS if mark.key == "by_address" else None
                    found.append(Line(mark.title, mark.key, mark.level, number, category=category))
                else:
                    count = f"{len(section.entries)} 户"
                    found.append(Line(mark.title, mark.key, 0, number, count, section.category))
            number += 1
    return found


def _affected(handbook: Handbook, missing: set[str]) -> dict[str, str]:
    """Whose lines hold characters that could not be printed → those characters."""
    lines = [(f"{e.full_address} {e.head}", e.phone + e.emergency_contact + e.remarks) for e in handbook.entries]
    lines += [(one.name, one.unit + one.duty + one.phone) for one in (*handbook.leaders, *handbook.team)]
    lines += [(task.title, task.who + task.source + task.note) for task in handbook.tasks]
    if handbook.colour_map is not None:
        lines += [(building.label, building.label) for building in handbook.colour_map.buildings]
    if handbook.plan is not None:
        lines.append(("工作方案", handbook.plan.title + "".join(block.text for block in handbook.plan.blocks)))
    lines.append((handbook.place, "".join(handbook.area_path)))
    found: dict[str, set[str]] = {}
    for name, more in lines if missing else ():
        if here := missing.intersection(name + more):
            found.setdefault(name, set()).update(here)
    return {name: "".join(sorted(characters)) for name, characters in found.items()}
