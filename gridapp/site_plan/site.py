"""A grid's buildings on its site plan as plain data, for the screen and for print."""

from collections import Counter
from dataclasses import dataclass

from gridapp.buildings.model import Building as Record
from gridapp.households import address
from gridapp.households.categories import Category, at, first_position
from gridapp.households.colour_map import Building, ColourMap
from gridapp.ids import Uid
from gridapp.site_plan.plan import Plan, plan_of
from gridapp.store.register import Register


@dataclass(frozen=True)
class Card:
    """A building with its place: shares of the plan's width and height, or None where it has none yet."""

    building: Building
    place: tuple[float, float] | None

    @property
    def shares(self) -> list[tuple[Category, int]]:
        """Its households by the first category that each carries, in precedence."""
        homes = (home for cell in self.building.cells for home in cell.households)
        found = Counter(first_position(home.mask) for home in homes)
        return [(at(position), number) for position, number in sorted(found.items())]


@dataclass(frozen=True)
class Site:
    """The plan of a grid, if it has one, and all its buildings."""

    plan: Plan | None
    cards: tuple[Card, ...]

    @property
    def placed(self) -> list[Card]:
        return [card for card in self.cards if card.place is not None]

    @property
    def waiting(self) -> list[Card]:
        """The buildings that have no place yet."""
        return [card for card in self.cards if card.place is None]


def site(register: Register, grid: Uid, shown: ColourMap) -> Site:
    """The site plan of a grid whose colour map is known."""
    columns = (Record.estate, Record.building, Record.x, Record.y)
    rows = register.each(Record.select(*columns).where((Record.area == grid) & Record.x.is_null(False)))
    places = {(estate, address.building_label(building)): (x, y) for estate, building, x, y in rows}
    cards = tuple(Card(one, places.get((one.estate, one.name))) for one in shown.buildings)
    return Site(plan_of(register, grid), cards)
