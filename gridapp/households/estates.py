"""The estates, buildings and entrances that an area has households in."""

from gridapp.areas import tree
from gridapp.areas.model import Area
from gridapp.households import address
from gridapp.households.filters import Place
from gridapp.households.model import Household
from gridapp.store.register import Register


def places(register: Register, area_code: str) -> list[Place]:
    """Each estate, behind it each of its buildings, and behind that its entrances, in walking order."""
    parts = (Household.estate, Household.building, Household.entrance)
    query = (
        Household.select(*parts)
        .join(Area, on=(Area.uid == Household.area))
        .where(tree.within(area_code) & Household.is_here())
    )
    found: dict[Place, None] = {}
    doors = register.each(query.distinct())
    in_order = sorted(doors, key=lambda door: address.sort_key(door[0], door[1], door[2], "", ""))
    for estate, building, entrance in in_order:
        if estate:
            found[Place(estate)] = None
        if building:
            found[Place(estate, building)] = None
        if entrance:
            found[Place(estate, building, entrance)] = None
    return list(found)
