"""Painting the buildings and cells of a colour map."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QIcon, QPainter, QPen, QPolygonF

from gridapp.households.colour_map import Building, CellKind
from ui import icons, theme
from ui.colour_map.arranging import COUNTS_HEIGHT, MARK_SCALE, ROOM_SCALE, TITLE_HEIGHT, Block, Placed
from ui.colour_map.colouring import UNKNOWN, Colouring, Entry, Shade

FADED = 0.16
_ROOM_PX, _MARK_PX, _SMALL_PX = 12, 12, 9
_SLANT = 0.25
"""Where the line between two colours meets the lower edge: the first, with the room number, has the larger part."""
_LEADS_ON = "›"
_CENTRE = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class MapPainter:
    """Paints at one scale in one way of colouring; fonts and measures are made once."""

    def __init__(self, colouring: Colouring, scale: float) -> None:
        self._colouring = colouring
        self._scale = scale
        self._two_lines = colouring.two_lines
        self._names = sized(12 * min(max(scale, 0.8), 1.4))
        self._room = sized(_ROOM_PX * scale)
        self._mark = sized(_MARK_PX * scale if scale >= ROOM_SCALE else max(9.0, 18 * scale), bold=True)
        self._small = sized(_SMALL_PX * scale, bold=True)
        self._room_width = QFontMetricsF(self._room).horizontalAdvance
        self._mark_width = QFontMetricsF(self._mark).horizontalAdvance

    def block(self, painter: QPainter, block: Block, left: float, pointed_at: bool = False) -> None:
        """The title of a building, which leads on, with the names of its entrances; seen from ``left`` on."""
        worn = theme.current()
        name = block.title_from(left)
        title = QRectF(name.left(), name.top(), block.rect.right() - name.left(), TITLE_HEIGHT)
        font = sized(theme.BASE_PX + 1, bold=True)
        painter.setFont(font)
        painter.setPen(QColor(worn.accent))
        painter.drawText(name.adjusted(0, 0, -4, 0), _RIGHT, _LEADS_ON)
        painter.setPen(QColor(worn.accent if pointed_at else worn.ink))
        font.setUnderline(pointed_at)
        painter.setFont(font)
        painter.drawText(name, _LEFT, block.building.label)
        painter.setPen(QColor(worn.secondary))
        if self._scale < MARK_SCALE:
            return
        painter.setFont(sized(12))
        painter.drawText(
            QRectF(title.left(), title.bottom(), title.width(), COUNTS_HEIGHT), _LEFT, counts(block.building)
        )
        painter.setFont(self._names)
        for text, rect in block.entrances:
            painter.drawText(rect, _CENTRE, text)

    def storeys(self, painter: QPainter, block: Block, left: float) -> None:
        """The names of a building's storeys; of one that is seen from ``left`` on, over its cells at the edge."""
        if self._scale < MARK_SCALE or not block.storeys:
            return
        gutter = block.body.left() - block.rect.left()
        shift = min(left - block.rect.left(), block.rect.width() - gutter)
        if shift > 0:
            strip = block.body.adjusted(shift - gutter, 0, shift - block.body.width(), 0)
            painter.fillRect(strip, QColor(theme.current().paper))
        painter.setPen(QColor(theme.current().ink if shift > 0 else theme.current().secondary))
        painter.setFont(self._names)
        for text, rect in block.storeys:
            painter.drawText(rect.translated(max(0.0, shift), 0), _RIGHT, text)

    def cell(self, painter: QPainter, placed: Placed, faded: bool) -> None:
        """A cell in its colours; faded, it is there but steps back."""
        shades = self._colouring.shades(placed.cell)
        if faded:
            painter.setOpacity(FADED)
        if shades:
            self._fill(painter, placed.rect, shades)
        elif placed.cell.kind is CellKind.UNKNOWN:
            hatch(painter, placed.rect)
        else:
            painter.fillRect(placed.rect, QColor(theme.current().paper))
            _frame(painter, placed.rect, QPen(QColor(theme.current().secondary)))
        if self._scale >= ROOM_SCALE:
            self._write(painter, placed, shades)
        elif self._scale >= MARK_SCALE and shades:
            self._write_marks(painter, placed.rect, shades)
        if faded:
            painter.setOpacity(1.0)

    def _fill(self, painter: QPainter, rect: QRectF, shades: Sequence[Shade]) -> None:
        painter.fillRect(rect, QColor(shades[0].colour))
        if len(shades) > 1:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(shades[1].colour))
            slant = QPointF(rect.left() + rect.width() * _SLANT, rect.bottom())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
            painter.drawConvexPolygon(QPolygonF([rect.topRight(), rect.bottomRight(), slant]))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        frame(painter, rect, shades[0])

    def _write(self, painter: QPainter, placed: Placed, shades: Sequence[Shade]) -> None:
        rect, cell = placed.rect, placed.cell
        several = f"×{len(cell.households)}" if len(cell.households) > 1 else ""
        if not shades:
            vacant = cell.kind is CellKind.VACANT
            mark = QCoreApplication.translate("ColourMap", "空") if vacant else ""
            self._line(painter, rect, cell.label, mark, theme.current().secondary)
        elif self._two_lines:
            upper, lower = _halves(rect)
            self._line(painter, upper, cell.label + several, "", shades[0].ink)
            self._line(painter, lower, "", shades[0].mark, shades[0].ink)
        elif len(shades) == 1:
            self._line(painter, rect, cell.label + several, shades[0].mark, shades[0].ink)
        else:
            upper, lower = _halves(rect)
            self._line(painter, upper, cell.label + several, shades[0].mark, shades[0].ink, left=True)
            painter.setPen(QColor(shades[1].ink))
            painter.drawText(lower.adjusted(0, 0, -5 * self._scale, 0), _RIGHT, shades[1].mark)
            self._small_marks(painter, rect, shades[2:])

    def _line(self, painter: QPainter, rect: QRectF, label: str, mark: str, ink: str, left: bool = False) -> None:
        """A label with a mark behind it, the label cut where there is no room for both."""
        inset = 4 * self._scale
        gap = 3 * self._scale if label and mark else 0.0
        mark_width = self._mark_width(mark) if mark else 0.0
        room = rect.width() - 2 * inset - gap - mark_width
        width = self._room_width(label) if label else 0.0
        if width > room:
            label = QFontMetricsF(self._room).elidedText(label, Qt.TextElideMode.ElideRight, room)
            width = self._room_width(label)
        x = rect.left() + (inset if left else (rect.width() - width - gap - mark_width) / 2)
        painter.setPen(QColor(ink))
        if label:
            painter.setFont(self._room)
            painter.drawText(QRectF(x, rect.top(), width + 1, rect.height()), _LEFT, label)
        if mark:
            painter.setFont(self._mark)
            painter.drawText(QRectF(x + width + gap, rect.top(), mark_width + 1, rect.height()), _LEFT, mark)

    def _small_marks(self, painter: QPainter, rect: QRectF, shades: Sequence[Shade]) -> None:
        size = 13 * self._scale
        x, y = rect.left() + 4 * self._scale, rect.bottom() - size - 3 * self._scale
        painter.setFont(self._small)
        for shade in shades:
            place = QRectF(x, y, size, size)
            painter.fillRect(place.adjusted(-1, -1, 1, 1), QColor(theme.current().paper))
            painter.fillRect(place, QColor(shade.colour))
            painter.setPen(QColor(shade.ink))
            painter.drawText(place, _CENTRE, shade.mark)
            x += size + 2 * self._scale

    def _write_marks(self, painter: QPainter, rect: QRectF, shades: Sequence[Shade]) -> None:
        painter.setFont(self._mark)
        if len(shades) == 1:
            painter.setPen(QColor(shades[0].ink))
            painter.drawText(rect, _CENTRE, shades[0].mark)
            return
        third = rect.width() * 0.22
        for shade, where, align in ((shades[0], rect.adjusted(2, 0, 0, 0), _LEFT), (shades[1], rect, _RIGHT)):
            painter.setPen(QColor(shade.ink))
            painter.drawText(where.adjusted(0, 0, -third / 4, 0), align, shade.mark)


def title_width(building: Building) -> float:
    """How wide a building's title is, which no neighbour may cover."""
    return QFontMetricsF(sized(theme.BASE_PX + 1, bold=True)).horizontalAdvance(f"{building.label} {_LEADS_ON}") + 6


def counts(building: Building) -> str:
    """``46户 · 112人 · 未登记 2``."""
    translate = QCoreApplication.translate
    told = [
        translate("ColourMap", "{0}户").format(building.households),
        translate("ColourMap", "{0}人").format(building.people),
    ]
    if building.unknown:
        told.append(translate("ColourMap", "未登记 {0}").format(building.unknown))
    return " · ".join(told)


def icon(entry: Entry) -> QIcon:
    """How cells of a legend's line look, small."""

    def draw(painter: QPainter, rect: QRect, _mode: QIcon.Mode) -> None:
        place = QRectF(rect.left(), rect.top(), rect.height(), rect.height())
        if entry.key == UNKNOWN:
            hatch(painter, place)
            return
        painter.fillRect(place, QColor(entry.shade.colour))
        frame(painter, place, entry.shade)
        painter.setPen(QColor(entry.shade.ink))
        painter.setFont(sized(place.height() * 0.6, bold=True))
        painter.drawText(place, _CENTRE, entry.shade.mark)

    return icons.drawn(draw)


def hatch(painter: QPainter, rect: QRectF) -> None:
    """What nobody is registered in: lines on the bare ground, in a thin frame."""
    painter.fillRect(rect, QBrush(QColor(theme.current().line), Qt.BrushStyle.BDiagPattern))
    _frame(painter, rect, QPen(QColor(theme.current().line)))


def frame(painter: QPainter, rect: QRectF, shade: Shade) -> None:
    """Set a colour off from its ground, where it or the theme needs that."""
    style = Qt.PenStyle.DashLine if shade.dashed else Qt.PenStyle.SolidLine
    worn = theme.current()
    colour = QColor(worn.secondary if shade.dashed else worn.disabled if shade.framed else worn.edge)
    if colour.alpha():
        _frame(painter, rect, QPen(colour, 1, style))


def ring(painter: QPainter, rect: QRectF, colour: str, width: float, out: float) -> None:
    """A ring around a cell that is seen on every colour, since it lies half outside."""
    _frame(painter, rect.adjusted(-out, -out, out, out), QPen(QColor(colour), width))


def sized(pixels: float, bold: bool = False) -> QFont:
    font = QFont(theme.FAMILY)
    font.setPixelSize(max(1, round(pixels)))
    font.setBold(bold)
    return font


def rings(painter: QPainter, rects: Sequence[QRectF], current: QRectF | None) -> None:
    """Ring the selected cells, and the one that the keys are at."""
    worn = theme.current()
    for rect in rects:
        ring(painter, rect, worn.paper, 1, -2)
        ring(painter, rect, worn.accent, 3, 1)
    if current is not None:
        ring(painter, current, worn.paper, 1, -2)
        ring(painter, current, worn.ink, 2, 2)


def _frame(painter: QPainter, rect: QRectF, pen: QPen) -> None:
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))


def _halves(rect: QRectF) -> tuple[QRectF, QRectF]:
    half = rect.height() / 2
    return rect.adjusted(0, 1, 0, -half), rect.adjusted(0, half, 0, -1)
