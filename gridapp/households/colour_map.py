"""The colour map of a grid as plain data: buildings with their storeys, entrances and cells, before any drawing."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from gridapp.households.categories import Category, from_mask
from gridapp.households.listing import Row
from gridapp.households.model import ENTERPRISE
from gridapp.ids import Uid

SHOPS = "底商"
"""The row of ground-floor shops, below the storeys."""
OTHER = "其他"
"""The row of the rooms that tell no storey."""

VISIT_BANDS = ("7天内", "8–30天", "31–90天", "超过90天", "从未走访")
ISSUE_BANDS = ("没有", "1件", "2件", "3件以上")

_LAST_DAYS = (7, 30, 90)


class CellKind(StrEnum):
    """What is known of a dwelling: who lives there, that nobody does, or only that it should be there."""

    HOME = "home"
    VACANT = "vacant"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Cell:
    """One dwelling, or one shop.

    Attributes:
        address: as one says it in full.
        label: what stands in it: the room, or the name where that says more.
        households: those registered there, in walking order; none in an unknown one.
        mask: the categories of all of them (see ``households.categories``).
        days_since_visit: of the household that was not visited for the longest; None if one of them never was.
        row, column: its place in the building, from the top left, in cells.
        span: how many columns it takes.
        recorded: of an unknown one, that the building's record tells of it, and not its neighbours alone.
    """

    kind: CellKind
    address: str
    room: str
    label: str
    households: tuple[Row, ...]
    mask: int
    days_since_visit: int | None
    open_issues: int
    row: int
    column: int
    span: int = 1
    recorded: bool = False

    @property
    def categories(self) -> tuple[Category, ...]:
        """In precedence."""
        return from_mask(self.mask)

    @property
    def is_enterprise(self) -> bool:
        return any(home.kind == ENTERPRISE for home in self.households)

    @property
    def uids(self) -> tuple[Uid, ...]:
        return tuple(home.uid for home in self.households)


@dataclass(frozen=True)
class Strip:
    """A storey, or the rows that stand in its place: its name, its first row and how many rows it takes."""

    name: str
    row: int
    rows: int = 1


@dataclass(frozen=True)
class Entrance:
    """An entrance: its name, its first column and how many columns it takes."""

    name: str
    column: int
    columns: int


@dataclass(frozen=True)
class Building:
    """One building with its cells in reading order."""

    estate: str
    name: str
    storeys: tuple[Strip, ...]
    entrances: tuple[Entrance, ...]
    cells: tuple[Cell, ...]
    rows: int
    columns: int

    @property
    def label(self) -> str:
        return " ".join(part for part in (self.estate, self.name) if part) or "未写明楼栋"

    @cached_property
    def households(self) -> int:
        return sum(len(cell.households) for cell in self.cells)

    @cached_property
    def people(self) -> int:
        """People as far as they were counted."""
        return sum(home.people or 0 for cell in self.cells for home in cell.households)

    @cached_property
    def unknown(self) -> int:
        """Rooms in which nobody is registered."""
        return sum(cell.kind is CellKind.UNKNOWN for cell in self.cells)


@dataclass(frozen=True)
class ColourMap:
    """The buildings of a grid in walking order."""

    buildings: tuple[Building, ...]

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        return tuple(cell for building in self.buildings for cell in building.cells)


def visit_band(days: int | None) -> int:
    """The position in ``VISIT_BANDS`` of so many days since the last visit; None: there was none."""
    if days is None:
        return len(_LAST_DAYS) + 1
    return sum(days > last for last in _LAST_DAYS)


def issue_band(number: int) -> int:
    """The position in ``ISSUE_BANDS`` of so many open issues."""
    return min(number, len(ISSUE_BANDS) - 1)
