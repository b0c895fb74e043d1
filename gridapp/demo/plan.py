"""Which areas the demo register has, and exactly how much of everything stands in each grid."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from random import Random

from gridapp.demo.words import load
from gridapp.errors import UserError

SCALES = ("grid", "community", "street", "district")

GRIDS = 1_464
HOUSEHOLDS = 350_000
VISITS = 69_375
ISSUES = 5_424
RESOLVED = 2_018
"""What the district reported on 2020-08-30, reached exactly at the scale ``district``."""

_GRIDS_RANGE = (4, 13)
_HOUSEHOLDS_RANGE = (180, 320)
_VISITS_RANGE = (32, 64)
_ISSUES_RANGE = (1, 8)
_RUN = (2, 5)
"""How many grids an estate spans."""

_SHOWN_STREET = "兴南街道"
_SHOWN_STREET_GRIDS = 122
_SHOWN_COMMUNITY_GRIDS = 9
_SHOWN_GRID = "120104003001003"
_SHOWN_FIGURES = (240, 48, 6, 3)
"""Households, visits, issues and resolved issues of the grid that handbooks and pictures show."""

_DIGITS = "零一二三四五六七八九"


@dataclass
class GridPlan:
    """A grid and how many households, visits, issues and resolved issues it has."""

    code: str
    name: str
    estate: str
    households: int = 0
    visits: int = 0
    issues: int = 0
    resolved: int = 0


@dataclass
class CommunityPlan:
    code: str
    name: str
    grids: list[GridPlan]


@dataclass
class StreetPlan:
    code: str
    name: str
    communities: list[CommunityPlan]


@dataclass
class Plan:
    """The piece of the district that a register holds; what lies above it is there by name only."""

    code: str
    name: str
    streets: list[StreetPlan] = field(default_factory=list)

    def communities(self) -> Iterator[tuple[StreetPlan, CommunityPlan]]:
        for street in self.streets:
            for community in street.communities:
                yield street, community

    def grids(self) -> Iterator[GridPlan]:
        for _street, community in self.communities():
            yield from community.grids


def plan(scale: str, seed: int) -> Plan:
    """The plan of a scale: the whole district, or the same district cut down to the piece.

    Raises:
        UserError: there is no such scale.
    """
    if scale not in SCALES:
        raise UserError(f"没有“{scale}”这样的规模，可选：{'、'.join(SCALES)}。")
    whole = _district(Random(f"{seed}/plan"))
    if scale == "district":
        return whole
    street = next(one for one in whole.streets if one.name == _SHOWN_STREET)
    if scale == "street":
        return replace(whole, streets=[street])
    community = street.communities[0]
    if scale == "grid":
        community = replace(community, grids=[grid for grid in community.grids if grid.code == _SHOWN_GRID])
    return replace(whole, streets=[replace(street, communities=[community])])


def spread(rng: Random, total: int, parts: int, low: int, high: int) -> list[int]:
    """Random whole numbers around their mean, each from ``low`` to ``high``, with exactly this total.

    Raises:
        ValueError: no such numbers exist.
    """
    if not low * parts <= total <= high * parts:
        raise ValueError(f"{parts} parts of {low} to {high} cannot make {total}")
    mean = total / parts
    width = max(min(mean - low, high - mean) / 2, 0.5)
    found = [min(high, max(low, round(rng.gauss(mean, width)))) for _ in range(parts)]
    missing = total - sum(found)
    step = 1 if missing > 0 else -1
    while missing:
        position = rng.randrange(parts)
        if low <= found[position] + step <= high:
            found[position] += step
            missing -= step
    return found


def ordinal(number: int) -> str:
    """A Chinese number from 1 to 99: ``3`` → ``三``, ``12`` → ``十二``."""
    tens, ones = divmod(number, 10)
    return (_DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (_DIGITS[ones] if ones else "")


def _district(rng: Random) -> Plan:
    words = load("areas")
    names = _names(rng)
    sizes = _grids_by_street(rng)
    district = Plan(words["district"]["code"], words["district"]["name"])
    for number, (street, grids) in enumerate(zip(words["streets"], sizes, strict=True), 1):
        code = f"{district.code}{number:03}"
        known = words["known"].get(street["name"], [])
        communities = [
            _community(rng, f"{code}{position:03}", count, known[position - 1] if position <= len(known) else [], names)
            for position, count in enumerate(grids, 1)
        ]
        district.streets.append(StreetPlan(code, street["name"], communities))
    _distribute(rng, list(district.grids()))
    return district


def _grids_by_street(rng: Random) -> list[list[int]]:
    """How many grids each community has, street by street."""
    streets = load("areas")["streets"]
    shown = next(street for street in streets if street["name"] == _SHOWN_STREET)["communities"] - 1
    elsewhere = sum(street["communities"] for street in streets) - shown - 1
    in_shown = spread(rng, _SHOWN_STREET_GRIDS - _SHOWN_COMMUNITY_GRIDS, shown, *_GRIDS_RANGE)
    others = iter(spread(rng, GRIDS - _SHOWN_STREET_GRIDS, elsewhere, *_GRIDS_RANGE))
    return [
        [_SHOWN_COMMUNITY_GRIDS, *in_shown]
        if street["name"] == _SHOWN_STREET
        else [next(others) for _ in range(street["communities"])]
        for street in streets
    ]


def _names(rng: Random) -> Iterator[str]:
    """Names of estates, none twice, none of those that stand fast."""
    words = load("areas")
    known = {name for communities in words["known"].values() for names in communities for name in names}
    found = (
        stem + suffix
        for stem in words["stems"].split()
        for suffix, share in words["suffixes"].items()
        if rng.random() < share
    )
    fresh = [name for name in found if name not in known]
    rng.shuffle(fresh)
    return iter(fresh)


def _community(rng: Random, code: str, grids: int, known: list[str], names: Iterator[str]) -> CommunityPlan:
    """A community named after its first estate; each estate spans a run of its grids."""
    estates = iter(known)
    found: list[GridPlan] = []
    while len(found) < grids:
        estate = next(estates, None) or next(names)
        # An estate that stands fast is short, so that even a small community has all of them.
        run = _RUN[0] if known else rng.randint(*_RUN)
        for number in range(len(found) + 1, min(len(found) + run, grids) + 1):
            found.append(GridPlan(f"{code}{number:03}", f"第{ordinal(number)}网格", estate))
    return CommunityPlan(code, found[0].estate + "社区", found)


def _distribute(rng: Random, grids: list[GridPlan]) -> None:
    """Give each grid its figures, so that they sum up to what the district reported."""
    shown = next(grid for grid in grids if grid.code == _SHOWN_GRID)
    shown.households, shown.visits, shown.issues, shown.resolved = _SHOWN_FIGURES
    others = [grid for grid in grids if grid is not shown]
    households = spread(rng, HOUSEHOLDS - shown.households, len(others), *_HOUSEHOLDS_RANGE)
    visits = spread(rng, VISITS - shown.visits, len(others), *_VISITS_RANGE)
    issues = spread(rng, ISSUES - shown.issues, len(others), *_ISSUES_RANGE)
    for grid, *figures in zip(others, households, visits, issues, strict=True):
        grid.households, grid.visits, grid.issues = figures
    raised = [grid for grid in others for _ in range(grid.issues)]
    for grid in rng.sample(raised, RESOLVED - shown.resolved):
        grid.resolved += 1
