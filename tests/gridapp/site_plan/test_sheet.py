"""What the printed colour map of a grid shows, read from the register."""

import datetime

import pytest

from gridapp.households.categories import to_mask
from gridapp.households.colour_map import CellKind
from gridapp.register import Register
from gridapp.site_plan.sheet import sheet
from tests import factories as make

TODAY = datetime.date(2026, 8, 30)


@pytest.mark.engines
def test_it_holds_the_households_of_the_grid_by_building_and_colour(engine_register: Register) -> None:
    grid = make.make_grid(engine_register)
    lonely = to_mask(["lonely_elderly", "tenant"])
    make.make_household(engine_register, grid, building="3", room="501", people=1, categories=lonely)
    make.make_household(engine_register, grid, building="3", room="502", people=2, categories=to_mask(["tenant"]))
    make.make_household(engine_register, grid, building="5", room="101", people=0, categories=0)
    make.make_household(engine_register, make.make_grid(engine_register, "120104003001004"), building="9")
    found = sheet(engine_register, grid, "第三网格", TODAY, frozenset({0}))
    assert [building.name for building in found.buildings] == ["3号楼", "5号楼"]
    assert (found.place, found.households, found.people, found.picture) == ("第三网格", 3, 3, None)
    counts = {line.category.key: (line.first, line.carrying) for line in found.legend}
    assert (counts["lonely_elderly"], counts["tenant"], counts[""]) == ((1, 1), (1, 2), (1, 1))
    assert found.number_of(CellKind.VACANT) == 1
    assert [found.number_standing_out(building) for building in found.buildings] == [1, 0]
    assert [cell.room for cell in found.cells if found.stands_out(cell)] == ["501"]
