"""What the households of a building tell of it, as far as they are registered."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from gridapp.households import address
from gridapp.households.laying_out import level_of
from gridapp.households.listing import Row, rows_of_grid
from gridapp.ids import Uid
from gridapp.store.register import Register


@dataclass(frozen=True)
class Seen:
    """Storeys, entrances and rooms of which somebody is registered; None where none of them tells."""

    storeys: int | None = None
    entrances: int | None = None
    rooms_a_storey: int | None = None
    rooms: int = 0
    households: int = 0


def seen(register: Register, grid: Uid, estate: str, building: str) -> Seen:
    """What is seen of one building of a grid."""
    wanted = estate, address.bare_building(building)
    return seen_in(
        row for row in rows_of_grid(register, grid) if (row.estate, address.bare_building(row.building)) == wanted
    )


def seen_in(homes: Iterable[Row]) -> Seen:
    """What is seen of the building in which these households are.

    ``rooms_a_storey`` is the number that most storeys of most entrances have.
    """
    homes = list(homes)
    doors = {
        (address.entrance_label(one.entrance), level, one.room)
        for one in homes
        if isinstance(level := level_of(one), int) and one.room
    }
    storeys = max((level for _entrance, level, _room in doors if level > 0), default=None)
    entrances = {entrance for entrance, level, _room in doors if level > 0}
    on_each = Counter((entrance, level) for entrance, level, _room in doors if level > 0)
    usual = Counter(on_each.values())
    # Of what is equally usual the larger: rooms go missing, and none is invented.
    most = max(usual, key=lambda number: (usual[number], number), default=None)
    rooms = {(one.entrance, one.floor, one.room) if one.room else one.uid for one in homes}
    return Seen(storeys, len(entrances) or None, most, len(rooms), len(homes))
