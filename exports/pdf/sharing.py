"""Sharing out the width of a page among the columns of a list."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from exports.fonts.pdf import BOLD, REGULAR
from exports.pdf import table
from exports.pdf.typesetting import Typesetter

_SIZES = (table.SIZE, 7.5, 6.5, 5.5)
LONGEST = 24.0
"""How much of a column's text counts, where it does not say so itself."""

_LEAST = 5.0
"""How narrow a column of text may become, in Chinese characters."""

_AIR = 14.0
"""What a column gets beyond its text, in points, where there is room for it."""

_NARROWEST = 2.0


@dataclass(frozen=True)
class Wish:
    """A column that wants to be on the page.

    Attributes:
        lines: every line that stands in it, as long as it is unless it has to be broken.
        is_number: whether it is set to the right.
        is_rigid: whether its lines are not broken while anything else can be.
        is_strong: whether they are set in Bold.
        longest: of its text, how much counts when widths are shared out, in Chinese characters; the rest is broken.
    """

    heading: str
    lines: Collection[str]
    is_number: bool = False
    is_rigid: bool = False
    is_strong: bool = False
    longest: float = LONGEST


@dataclass(frozen=True)
class _Measured:
    """How wide a column would be, and how narrow it may become, at a size of one point."""

    wanted: float
    least: float
    gap: float
    is_rigid: bool


def shared(typesetter: Typesetter, wishes: Sequence[Wish], measure: float) -> tuple[float, list[float]]:
    """The largest size at which all columns stand side by side, and their widths there; their texts may break."""
    found = [_measured(typesetter, wish) for wish in wishes]
    gaps = sum(one.gap for one in found)
    size = next((size for size in _SIZES if sum(one.least for one in found) * size + gaps <= measure), _SIZES[-1])
    room = measure - gaps
    least, wanted = (sum(getattr(one, name) for one in found) * size for name in ("least", "wanted"))
    if least >= room:
        return size, _squeezed(found, size, room)
    if wanted <= room:
        air = min((room - wanted) / len(found), _AIR)
        widths = [one.wanted * size + one.gap + air for one in found]
        open_ended = [at for at, one in enumerate(found) if not one.is_rigid] or [len(found) - 1]
        widths[open_ended[-1]] += room - wanted - air * len(found)  # of the texts, the last is the note at first
        return size, widths
    share = (room - least) / (wanted - least)
    return size, [(one.least + (one.wanted - one.least) * share) * size + one.gap for one in found]


def _squeezed(found: Sequence[_Measured], size: float, room: float) -> list[float]:
    """Widths where not even the least have room: texts become narrower still, numbers only if that does not do."""
    rigid = sum(one.least for one in found if one.is_rigid) * size
    rest = sum(one.least for one in found if not one.is_rigid) * size
    share = (room - rigid) / rest if rest else 0.0
    if share * _LEAST < _NARROWEST:
        return [one.least * size * room / (rigid + rest) + one.gap for one in found]
    return [one.least * size * (1.0 if one.is_rigid else share) + one.gap for one in found]


def _measured(typesetter: Typesetter, wish: Wish) -> _Measured:
    heading = typesetter.width(wish.heading, REGULAR, 1.0)
    font = BOLD if wish.is_strong else REGULAR
    longest = max([heading, *(typesetter.width(line, font, 1.0) for line in wish.lines)])
    wanted = min(longest, wish.longest)
    least = wanted if wish.is_rigid else min(wanted, max(heading, _LEAST))
    return _Measured(wanted + 0.05, least + 0.05, table.RIGHT_GAP if wish.is_number else table.GAP, wish.is_rigid)
