"""The register workbook that the program writes can be imported, and comes back the same."""

import pytest

from exports.excel.register import export_register
from gridapp.areas.model import Area
from gridapp.demo.generate import generate
from gridapp.households.model import Household, Resident
from gridapp.intake.importing import import_workbook
from gridapp.register import open_register
from tests import factories as make
from tests.gridapp.intake import workbooks as books


@pytest.mark.parametrize("code", [make.GRID, make.GRID[:12]], ids=["grid", "community"])
def test_the_register_workbook_that_we_write_comes_back_the_same(tmp_path, register, code):
    generate(register, "grid" if len(code) == 15 else "community")
    export_register(register, code, tmp_path / "台账.xlsx")
    with open_register(str(tmp_path / "另一.db")) as other:
        books.copy_areas(register, other)
        report = import_workbook(other, tmp_path / "台账.xlsx", code)
        assert (report.refused, report.warnings) == ([], [])
        assert _plain(other) == _plain(register)


def _plain(register):
    homes = Household.select(Household, Area.code).join(Area, on=(Area.uid == Household.area))
    kept = register.all(homes.where(Household.is_here()).dicts())
    people = register.all(Resident.select().where(Resident.is_here()).order_by(Resident.position).dicts())
    by_home = {}
    for one in people:
        by_home.setdefault(one.pop("household"), []).append({k: v for k, v in one.items() if k != "uid"})
    return sorted(
        ([*(v for k, v in home.items() if k not in ("uid", "area")), by_home.get(home["uid"], [])] for home in kept),
        key=repr,
    )
