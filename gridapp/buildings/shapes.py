"""The shapes of the buildings of a grid, for whoever draws them."""

from gridapp.buildings.model import Building, Shape
from gridapp.ids import Uid
from gridapp.store.register import Register


def shapes_of_grid(register: Register, grid: Uid) -> dict[tuple[str, str], Shape]:
    """What the records of a grid tell of its buildings, by estate and bare number or name."""
    columns = (Building.estate, Building.building, Building.storeys, Building.entrances, Building.rooms_a_storey)
    found = register.each(Building.select(*columns).where(Building.area == grid))
    return {(estate, building): Shape(*shape) for estate, building, *shape in found}
