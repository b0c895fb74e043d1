"""What lists have in common on paper: how they begin, what stands around each page, and how they become a file."""

from collections.abc import Sequence
from pathlib import Path

from exports.fonts.pdf import BOLD, REGULAR
from exports.look import INK, SECONDARY
from exports.pdf import document, table
from exports.pdf.document import About
from exports.pdf.flow import Flow
from exports.pdf.furniture import Frame, put_footer, put_header
from exports.pdf.page import Page
from exports.pdf.typesetting import Typesetter
from exports.shown import Shown
from gridapp.errors import UserError
from gridapp.progress import CancelToken, Progress

MOST_ROWS = 20_000
"""More would be some hundred pages, which nobody reads, and take a minute."""

_LINE = 12.0


def refuse_too_many(count: int, unit: str) -> None:
    """Refuse a list that is too long for paper.

    Args:
        unit: what its rows are counted by: ``户``, ``条``.

    Raises:
        UserError: it is.
    """
    if count > MOST_ROWS:
        raise UserError(
            f"共 {count:,} {unit}，超过了一次打印的 {MOST_ROWS:,} {unit}。"
            "请先选小一些的区域或加上筛选，或导出为工作簿。"
        )


def begin(typesetter: Typesetter, flow: Flow, shown: Shown) -> None:
    """The first page begins with what the list is; the others say it in their header."""
    frame = flow.frame
    page = Page()
    flow.pages.append(page)
    flow.sections.append(flow.section)
    y = frame.top - 14
    typesetter.put(page, (BOLD, 16, INK), frame.left, y, typesetter.shortened(shown.title, BOLD, 16, frame.measure))
    y -= 20
    for text in (shown.filter_line, f"{shown.facts_line}　{shown.signature}"):
        for line in typesetter.lines(text, frame.measure, table.SIZE):
            typesetter.put(page, (REGULAR, table.SIZE, SECONDARY), frame.left, y, line)
            y -= _LINE
    flow.y = y + 2


def furnish(
    typesetter: Typesetter, pages: Sequence[Page], shown: Shown, section: str, frame: Frame, order: str = ""
) -> None:
    """Put header and footer on every page.

    Args:
        section: what the list is and how long, for the right of the header.
        order: what it is sorted by, in words.
    """
    sorted_by = f" · 排序：{order}" if order else ""
    for number, page in enumerate(pages, 1):
        put_header(page, typesetter, f"{shown.place}　{shown.filter_line}", section, frame)
        left = f"{shown.signature}{sorted_by} · 内部资料，注意保管"
        put_footer(page, typesetter, left, number, len(pages), frame)


def write(
    path: Path,
    shown: Shown,
    pages: Sequence[Page],
    frame: Frame,
    message: str,
    progress: Progress,
    cancel: CancelToken,
) -> None:
    """Draw the pages into a file, whole or not at all.

    Raises:
        UserError: the file cannot be written.
        Cancelled: the token was set.
    """
    about = About(shown.title, shown.actor, f"{shown.place}，{shown.filter_line}")
    document.write(path, pages, frame, about, message, progress, cancel)
