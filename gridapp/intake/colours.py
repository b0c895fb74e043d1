"""Which category a colour stands for: the nearest of the colours that people usually fill cells with."""

import math
from functools import cache

from gridapp.households.categories import CATEGORIES
from gridapp.intake.words import load

_FURTHEST = 22.0
"""CIE76 distance beyond which a colour is taken for none; two shades of one colour lie within it."""
_WHITE_POINT = (0.95047, 1.0, 1.08883)
Lab = tuple[float, float, float]


@cache
def category_of(colour: str) -> str | None:
    """The key of the category that ``RRGGBB`` stands for, or None."""
    wanted = lab(colour)
    distance, key = min((math.dist(wanted, one), key) for one, key in _references())
    return key if distance <= _FURTHEST else None


@cache
def is_neutral(colour: str) -> bool:
    """Whether a colour is white, grey or black, and so means nothing."""
    _, a, b = lab(colour)
    return math.hypot(a, b) < 6


@cache
def lab(colour: str) -> Lab:
    """CIE 1976 L*a*b* of an sRGB colour ``RRGGBB``, by IEC 61966-2-1 with the D65 white point."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (0, 2, 4))
    x = 0.4124 * red + 0.3576 * green + 0.1805 * blue
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = 0.0193 * red + 0.1192 * green + 0.9505 * blue
    fx, fy, fz = (_cube_root(part / white) for part, white in zip((x, y, z), _WHITE_POINT, strict=True))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _cube_root(part: float) -> float:
    return part ** (1 / 3) if part > (6 / 29) ** 3 else part / (3 * (6 / 29) ** 2) + 4 / 29


@cache
def _references() -> tuple[tuple[Lab, str], ...]:
    usual = [(lab(colour), key) for key, colours in load("fills").items() for colour in colours]
    ours = [(lab(category.colour[1:]), category.key) for category in CATEGORIES]
    return (*usual, *ours)
