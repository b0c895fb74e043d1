"""Pages become a file, with what a reader of PDF tells of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

import gridapp
from exports.files import atomically
from exports.fonts.pdf import REGULAR
from exports.pdf.furniture import Frame
from exports.pdf.page import Page
from gridapp.progress import CancelToken, Progress, silent


@dataclass(frozen=True)
class About:
    """What stands in the properties of the file."""

    title: str
    author: str
    subject: str


def write(
    path: Path,
    pages: Sequence[Page],
    frame: Frame,
    about: About,
    message: str = "",
    progress: Progress = silent,
    cancel: CancelToken | None = None,
    *,
    outline: bool = False,
) -> None:
    """Draw the pages into a file, whole or not at all.

    Args:
        message: what is being done, in words; ``progress`` counts pages.
        outline: whether a reader shows the bookmarks at once.

    Raises:
        UserError: the file cannot be written.
        Cancelled: the token was set.
    """
    file = BytesIO()
    size = (frame.width, frame.height)
    canvas = Canvas(file, pagesize=size, initialFontName=REGULAR, lang="zh-CN")  # type: ignore[arg-type]
    canvas.setTitle(about.title)
    canvas.setAuthor(about.author)
    canvas.setSubject(about.subject)
    canvas.setCreator(f"GridApp {gridapp.__version__}")
    if outline:
        canvas.showOutline()
    for done, page in enumerate(pages):
        if cancel is not None:
            cancel.check()
        progress(done, len(pages), message)
        page.paint(canvas)
    canvas.save()
    with atomically(path) as temporary:
        temporary.write_bytes(file.getvalue())
