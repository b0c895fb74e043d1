"""The icons: one set, Phosphor, as qtawesome packs it, drawn in the colours of the theme.

Only the font and the list of names are taken from the package: importing it loads every set it has and a layer over all
Qt bindings, which takes longer than everything else that happens before the window stands.
"""

import json
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

_PACKAGE = "qtawesome"
_SHARE = 0.875
"""How much of its place a glyph fills, so that none touches the edge."""


Colour = Callable[[], str]
"""``#RRGGBB``, asked for whenever an icon is drawn, so that it is right in another theme too."""
Draw = Callable[[QPainter, QRect, QIcon.Mode], None]


def icon(name: str, colour: Colour, disabled: Colour) -> QIcon:
    """An icon by its name in the Phosphor set.

    Raises:
        KeyError: there is no such icon.
    """
    glyph = _names()[name]

    def draw(painter: QPainter, rect: QRect, mode: QIcon.Mode) -> None:
        font = QFont(_family())
        font.setPixelSize(max(1, round(rect.height() * _SHARE)))
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.setFont(font)
        painter.setPen(QColor(disabled() if mode == QIcon.Mode.Disabled else colour()))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, glyph)

    return drawn(draw)


def drawn(draw: Draw) -> QIcon:
    """An icon that is drawn anew at whatever size it is wanted."""
    return QIcon(_Engine(draw))


class _Engine(QIconEngine):
    def __init__(self, draw: Draw) -> None:
        super().__init__()
        self._draw = draw

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        painter.save()
        self._draw(painter, rect, mode)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return picture

    def clone(self) -> "_Engine":
        return _Engine(self._draw)


@cache
def _file(pattern: str) -> Path:
    package = find_spec(_PACKAGE)
    assert package is not None and package.origin is not None, f"{_PACKAGE} is not installed"
    (path,) = (Path(package.origin).parent / "fonts").glob(pattern)
    return path


@cache
def _names() -> dict[str, str]:
    with _file("phosphor-charmap-*.json").open(encoding="utf-8") as file:
        return {name: chr(int(code, 16)) for name, code in json.load(file).items()}


@cache
def _family() -> str:
    return QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(_file("phosphor-*.ttf"))))[0]
