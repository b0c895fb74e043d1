"""The three ways of colouring a cell: by category, by days since the last visit, by open issues."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor

from gridapp.households.categories import CATEGORIES, INK, UNCLASSED, WHITE
from gridapp.households.colour_map import ISSUE_BANDS, VISIT_BANDS, Cell, CellKind, issue_band, visit_band
from ui import theme

VACANT, UNKNOWN = "vacant", "unknown"
_VISIT_DEPTHS = (0.06, 0.22, 0.44, 0.68, 1.0)
_ISSUE_DEPTHS = (0.0, 0.3, 0.65, 1.0)
_PALE = 0.1


@dataclass(frozen=True)
class Shade:
    """A colour that a cell bears, and the words on it, since no colour stands alone.

    Attributes:
        framed: it is hardly told from the ground, so that it takes a frame.
        dashed: the frame is dashed, as around the mark of who has no category.
    """

    colour: str
    ink: str
    mark: str
    framed: bool = False
    dashed: bool = False


@dataclass(frozen=True)
class Entry:
    """A line of the legend: the key that cells have in common, its name, and how they look."""

    key: str
    name: str
    shade: Shade


class Colouring(ABC):
    """How cells are coloured. ``two_lines`` tells that a mark is a word, which stands below the room."""

    key = ""
    two_lines = True

    @abstractmethod
    def name(self) -> str: ...

    @abstractmethod
    def keys(self, cell: Cell) -> frozenset[str]:
        """The legend's lines that a cell belongs to."""

    @abstractmethod
    def shades(self, cell: Cell) -> tuple[Shade, ...]:
        """What a cell bears, the most important first; nothing if it is vacant or unknown."""

    def entries(self) -> tuple[Entry, ...]:
        return (
            *self._entries(),
            Entry(VACANT, _tr("空户"), Shade(theme.current().paper, theme.current().secondary, _tr("空"), framed=True)),
            Entry(UNKNOWN, _tr("未登记"), Shade(theme.current().ground, theme.current().secondary, "")),
        )

    @abstractmethod
    def _entries(self) -> Iterable[Entry]: ...


class ByCategory(Colouring):
    """By the seven categories; who carries two has both."""

    key = "category"
    two_lines = False

    def name(self) -> str:
        return _tr("分类")

    def keys(self, cell: Cell) -> frozenset[str]:
        if cell.kind is not CellKind.HOME:
            return frozenset({cell.kind.value})
        return frozenset(category.key for category in cell.categories or (UNCLASSED,))

    def shades(self, cell: Cell) -> tuple[Shade, ...]:
        if cell.kind is not CellKind.HOME:
            return ()
        if not cell.mask:
            return (self._unclassed(),)
        return tuple(Shade(one.colour, one.text_colour, one.mark) for one in cell.categories)

    def _entries(self) -> Iterable[Entry]:
        for one in CATEGORIES:
            yield Entry(one.key, one.name, Shade(one.colour, one.text_colour, one.mark))
        yield Entry(UNCLASSED.key, UNCLASSED.name, self._unclassed())

    def _unclassed(self) -> Shade:
        return Shade(theme.current().paper, theme.current().ink, UNCLASSED.mark, framed=True, dashed=True)


class _ByBand(Colouring):
    """By a number that falls into bands, each deeper than the one before, in the accent that is no category's."""

    bands: tuple[str, ...] = ()
    depths: tuple[float, ...] = ()

    def keys(self, cell: Cell) -> frozenset[str]:
        return frozenset({str(self._band(cell)) if self._counts(cell) else cell.kind.value})

    def shades(self, cell: Cell) -> tuple[Shade, ...]:
        return (self._shade(self._band(cell), self._text(cell)),) if self._counts(cell) else ()

    def _entries(self) -> Iterable[Entry]:
        for band, name in enumerate(self.bands):
            yield Entry(str(band), name, self._shade(band, ""))

    def _shade(self, band: int, text: str) -> Shade:
        worn = theme.current()
        colour = _mixed(worn.paper, worn.accent, self.depths[band])
        return Shade(
            colour, max((INK, WHITE), key=lambda ink: contrast(colour, ink)), text, framed=self.depths[band] < _PALE
        )

    def _counts(self, cell: Cell) -> bool:
        return cell.kind is CellKind.HOME

    @abstractmethod
    def _band(self, cell: Cell) -> int: ...

    @abstractmethod
    def _text(self, cell: Cell) -> str: ...


class ByVisit(_ByBand):
    """By days since the last visit, which the cell says."""

    key = "visit"
    bands = VISIT_BANDS
    depths = _VISIT_DEPTHS

    def name(self) -> str:
        return _tr("距上次走访天数")

    def _band(self, cell: Cell) -> int:
        return visit_band(cell.days_since_visit)

    def _text(self, cell: Cell) -> str:
        return _tr("从未") if cell.days_since_visit is None else _tr("{0}天").format(cell.days_since_visit)


class ByIssue(_ByBand):
    """By the number of open issues, which the cell says."""

    key = "issue"
    bands = ISSUE_BANDS
    depths = _ISSUE_DEPTHS

    def name(self) -> str:
        return _tr("未结民意")

    def _counts(self, cell: Cell) -> bool:
        return cell.kind is CellKind.HOME or cell.open_issues > 0

    def _band(self, cell: Cell) -> int:
        return issue_band(cell.open_issues)

    def _text(self, cell: Cell) -> str:
        return _tr("{0}件").format(cell.open_issues) if cell.open_issues else _tr("无")


COLOURINGS: tuple[Colouring, ...] = (ByCategory(), ByVisit(), ByIssue())


def shares(cells: Iterable[Cell], colouring: Colouring) -> list[tuple[Entry, int]]:
    """How many cells bear each colour as their first, in the order of the legend; those that bear none left out."""
    borne = Counter(found[0].colour for cell in cells if (found := colouring.shades(cell)))
    coloured = (entry for entry in colouring.entries() if entry.key not in (VACANT, UNKNOWN))
    return [(entry, borne[entry.shade.colour]) for entry in coloured if borne[entry.shade.colour]]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by WCAG 2, from 1 to 21."""
    darker, lighter = sorted((_luminance(QColor(one)), _luminance(QColor(other))))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _mixed(ground: str, colour: str, depth: float) -> str:
    below, above = QColor(ground), QColor(colour)
    return QColor.fromRgbF(
        below.redF() + (above.redF() - below.redF()) * depth,
        below.greenF() + (above.greenF() - below.greenF()) * depth,
        below.blueF() + (above.blueF() - below.blueF()) * depth,
    ).name()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Colouring", text)
