"""The colour map of a grid as it is printed, before any layout."""

import datetime
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from gridapp.households.categories import CATEGORIES, NO_PRECEDENCE, Category, at, first_position
from gridapp.households.colour_map import Building, Cell, CellKind, ColourMap
from gridapp.households.laying_out import colour_map
from gridapp.ids import Uid
from gridapp.site_plan.site import Card, Site, site
from gridapp.store import blobs
from gridapp.store.register import Register


@dataclass(frozen=True)
class LegendLine:
    """A colour with the households that it is the first of, and those that carry it at all."""

    category: Category
    first: int
    carrying: int


@dataclass(frozen=True)
class MapSheet:
    """What the printed colour map of one grid shows.

    Attributes:
        place: how its title calls the grid; empty where all around it does.
        site: its buildings in walking order, with their places on the plan.
        picture: the plan's, as PNG or JPEG; None where there is no plan.
        standing_out: positions in precedence of the categories whose households stand out; none in a handbook.
    """

    place: str
    site: Site
    picture: bytes | None = None
    standing_out: frozenset[int] = frozenset()

    @property
    def cards(self) -> tuple[Card, ...]:
        return self.site.cards

    @cached_property
    def buildings(self) -> tuple[Building, ...]:
        return tuple(card.building for card in self.site.cards)

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        return tuple(cell for building in self.buildings for cell in building.cells)

    @cached_property
    def households(self) -> int:
        return sum(building.households for building in self.buildings)

    @cached_property
    def people(self) -> int:
        """People as far as they were counted."""
        return sum(building.people for building in self.buildings)

    @cached_property
    def legend(self) -> tuple[LegendLine, ...]:
        """Every colour with its counts; households without one only where there are any."""
        masks = [home.mask for cell in self.cells for home in cell.households]
        first = Counter(map(first_position, masks))
        lines = [
            LegendLine(category, first[bit], sum(mask >> bit & 1 for mask in masks))
            for bit, category in enumerate(CATEGORIES)
        ]
        rest = first[NO_PRECEDENCE]
        return (*lines, *([LegendLine(at(NO_PRECEDENCE), rest, rest)] if rest else ()))

    def number_of(self, kind: CellKind) -> int:
        """How many cells are of a kind."""
        return sum(cell.kind is kind for cell in self.cells)

    def stands_out(self, cell: Cell) -> bool:
        """Whether one of the households in a cell is to be seen at first sight."""
        return any(first_position(home.mask) in self.standing_out for home in cell.households)

    def number_standing_out(self, building: Building) -> int:
        """How many households of a building stand out."""
        homes = (home for cell in building.cells for home in cell.households)
        return sum(first_position(home.mask) in self.standing_out for home in homes)


def sheet(
    register: Register,
    grid: Uid,
    place: str = "",
    today: datetime.date | None = None,
    standing_out: frozenset[int] = frozenset(),
) -> MapSheet:
    """The colour map of a grid for print, in seven queries however many households it has.

    Args:
        place: how its title calls the grid; not at all unless told.
    """
    shown: ColourMap = colour_map(register, grid, today)
    found = site(register, grid, shown)
    picture = blobs.read(register, found.plan.picture) if found.plan and found.placed else None
    return MapSheet(place, found, picture, standing_out)
