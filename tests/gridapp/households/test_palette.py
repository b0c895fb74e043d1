"""The seven colours stay apart in every kind of colour vision, and text on them can be read."""

from itertools import combinations

import pytest

from gridapp.households.categories import CATEGORIES, Category

APART = 27.0
"""Least ΔE (CIE76) between any two."""
CONTRAST = 4.5
"""Least contrast of text by WCAG 2, level AA."""

Triple = tuple[float, float, float]
Matrix = tuple[Triple, Triple, Triple]

# Machado, Oliveira, Fernandes 2009, severity 1.0, on linear RGB.
VISIONS: dict[str, Matrix] = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
# IEC 61966-2-1: linear sRGB to CIE XYZ under D65.
TO_XYZ: Matrix = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
WHITE: Triple = (0.9505, 1.0, 1.089)


def linear(colour: str) -> Triple:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return red, green, blue


def times(matrix: Matrix, vector: Triple) -> Triple:
    first, second, third = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return first, second, third


def lab(colour: str, vision: str) -> Triple:
    seen = times(VISIONS[vision], linear(colour))
    clipped = tuple(min(max(channel, 0.0), 1.0) for channel in seen)
    ratios = (value / white for value, white in zip(times(TO_XYZ, clipped), WHITE, strict=True))
    x, y, z = (r ** (1 / 3) if r > (6 / 29) ** 3 else r / (3 * (6 / 29) ** 2) + 4 / 29 for r in ratios)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(one: str, other: str, vision: str) -> float:
    pairs = zip(lab(one, vision), lab(other, vision), strict=True)
    return sum((a - b) ** 2 for a, b in pairs) ** 0.5


def luminance(colour: str) -> float:
    return times(TO_XYZ, linear(colour))[1]


@pytest.mark.parametrize("vision", VISIONS)
def test_every_pair_of_colours_stays_apart(vision: str) -> None:
    close = {
        f"{one.name}/{other.name}": round(difference(one.colour, other.colour, vision), 1)
        for one, other in combinations(CATEGORIES, 2)
        if difference(one.colour, other.colour, vision) < APART
    }
    assert close == {}


@pytest.mark.parametrize("category", CATEGORIES, ids=lambda category: category.key)
def test_text_on_a_colour_can_be_read(category: Category) -> None:
    darker, lighter = sorted((luminance(category.colour), luminance(category.text_colour)))
    assert (lighter + 0.05) / (darker + 0.05) >= CONTRAST


def test_no_two_colours_or_marks_are_the_same() -> None:
    assert len({category.colour for category in CATEGORIES}) == len({category.mark for category in CATEGORIES}) == 7
