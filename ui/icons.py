"""The icons: one set, Phosphor, as qtawesome packs it, drawn in the colours of the theme.

Only the font and the list of names are taken from the package: importing it loads every set it has and a layer over all
Qt bindings, which takes longer than everything else that happens before the window stands.
"""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

_PACKAGE = "qtawesome"
_SHARE = 0.875
"""How much of its place a glyph fills, so that none touches the edge."""


def icon(name: str, colour: str, disabled: str) -> QIcon:
    """An icon by its name in the Phosphor set.

    Args:
        colour, disabled: ``#RRGGBB``.

    Raises:
        KeyError: there is no such icon.
    """
    return QIcon(_Engine(_names()[name], QColor(colour), QColor(disabled)))


class _Engine(QIconEngine):
    """Draws one glyph at whatever size it is wanted."""

    def __init__(self, glyph: str, colour: QColor, disabled: QColor) -> None:
        super().__init__()
        self._glyph = glyph
        self._colours = {QIcon.Mode.Disabled: disabled}
        self._colour = colour

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        font = QFont(_family())
        font.setPixelSize(max(1, round(rect.height() * _SHARE)))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.setFont(font)
        painter.setPen(self._colours.get(mode, self._colour))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._glyph)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return picture

    def clone(self) -> "_Engine":
        return _Engine(self._glyph, self._colour, self._colours[QIcon.Mode.Disabled])


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
