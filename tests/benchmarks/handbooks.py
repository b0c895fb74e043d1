"""Printing the handbooks of a street, against a bare reportlab canvas that draws the same text, lines and fills."""

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks.measuring import Stopwatch

TITLE = "handbooks of a street"
LIMIT = 2.0
SCALE = "street"
ROUNDS = 2
CASES = ("",)
_DRAWING = (
    *("drawString", "drawRightString", "drawCentredString", "rect", "line", "lines", "roundRect", "circle", "grid"),
    *("drawPath", "drawImage"),
    *("setFont", "setFillColor", "setStrokeColor", "setFillColorRGB", "setStrokeColorRGB", "setLineWidth", "setDash"),
    *("setPageSize", "saveState", "restoreState", "translate", "rotate", "scale", "showPage"),
)
"""What a canvas is told that leaves something on paper or decides how it looks."""


def prepare(register: Path, folder: Path) -> None:
    """Print once with a canvas that takes notes, so that the floor draws the very same."""
    from reportlab.pdfgen.canvas import Canvas

    books: list[list[tuple[str, tuple, dict]]] = []
    file = (folder / "drawing").open("wb")
    begin, save = Canvas.__init__, Canvas.save

    def noting_init(self: Any, *args: Any, **kwargs: Any) -> None:
        books.append([])
        begin(self, *args, **kwargs)
        books[-1].clear()  # what a canvas tells itself while it is made
        self.notes = books[-1]
        self.pagesize = self._pagesize

    def noting_save(self: Any) -> None:
        notes, self.notes = self.notes, []
        save(self)
        pickle.dump((self.pagesize, notes), file)

    Canvas.__init__, Canvas.save = noting_init, noting_save
    for name in _DRAWING:
        setattr(Canvas, name, _noting(name, getattr(Canvas, name)))
    try:
        ours(register, folder, "")
    finally:
        file.close()
    _keep_fonts(folder)


def _noting(name: str, method: Callable) -> Callable:
    depth = "_noting_depth"

    def noted(self: Any, *args: Any, **kwargs: Any) -> Any:
        # Only the outermost call is noted: a drawCentredString draws a string of its own.
        if not getattr(self, depth, 0) and hasattr(self, "notes"):
            self.notes.append((name, args, kwargs))
        setattr(self, depth, getattr(self, depth, 0) + 1)
        try:
            return method(self, *args, **kwargs)
        finally:
            setattr(self, depth, getattr(self, depth) - 1)

    return noted


def _keep_fonts(folder: Path) -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    fonts = {name: pdfmetrics.getFont(name) for name in pdfmetrics.getRegisteredFontNames()}
    files = {name: font.face.filename for name, font in fonts.items() if isinstance(font, TTFont)}
    (folder / "fonts").write_bytes(pickle.dumps(files))


def floor(register: Path, folder: Path, case: str) -> float:
    from reportlab import rl_config
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    rl_config.useA85 = 0  # as ours: pages as bytes, which takes a fifth less time
    watch = Stopwatch()
    with watch.running():
        for name, file in pickle.loads((folder / "fonts").read_bytes()).items():
            pdfmetrics.registerFont(TTFont(name, file))
    with (folder / "drawing").open("rb") as file:
        while file.peek(1):
            size, notes = pickle.load(file)
            with watch.running():
                canvas = Canvas(str(folder / "floor.pdf"), pagesize=size)
                methods = {name: getattr(canvas, name) for name in _DRAWING}
                for name, args, kwargs in notes:
                    methods[name](*args, **kwargs)
                canvas.save()
    return watch.seconds


def ours(register: Path, folder: Path, case: str) -> float:
    from exports.handbooks import export_handbooks
    from gridapp.areas import tree
    from gridapp.areas.model import Level
    from gridapp.register import open_register

    watch = Stopwatch()
    with open_register(str(register), create=False) as held:
        street = next(node for node in tree.roots(held)[0].walk() if node.level is Level.STREET)
        with watch.running():
            export_handbooks(held, street.code, folder / "handbooks")
    return watch.seconds
