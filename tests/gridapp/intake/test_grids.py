"""Households go to the grid that was chosen, or to the one that their row names."""

import pytest

from gridapp.errors import UserError
from gridapp.intake.importing import import_workbook
from tests import factories as make
from tests.gridapp.intake import workbooks as books
from tests.gridapp.intake.workbooks import write

COMMUNITY = make.GRID[:12]
DISTRICT = make.GRID[:6]
HEADER = ["社区", "网格", "房号", "户主", "分类"]


@pytest.fixture
def two_grids(register):
    make.make_grid(register)
    make.make_grid(register, COMMUNITY + "004")


def test_an_area_with_one_grid_means_that_grid(register):
    make.make_grid(register)
    assert import_workbook(register, books.LEDGER, DISTRICT).households == 162
    assert {one["grid"] for one in books.households(register)} == {"第三网格"}


def test_an_area_of_several_grids_asks_which(register, two_grids):
    with pytest.raises(UserError, match=r"有2个网格，表里没有“网格”列.*请选择其中一个网格"):
        import_workbook(register, books.LEDGER, COMMUNITY)
    assert books.households(register) == []


def test_an_area_without_grids_asks_for_one(register):
    make.make_area(register, COMMUNITY, *make.PATH[:3])
    with pytest.raises(UserError, match="下面还没有网格"):
        import_workbook(register, books.LEDGER, COMMUNITY)


@pytest.mark.parametrize("name", ["第四网格", "4网格", "４", "四", "紫光苑社区第四网格", "第4网格"])
def test_a_column_names_the_grid_of_each_row(register, two_grids, tmp_path, name):
    make_name = [HEADER, [None, "第三网格", "501", "马一", "租户"], [None, name, "502", "马二", "租户"]]
    make.make_area(register, COMMUNITY + "005", *make.PATH[:3], "第五网格")
    register.db.execute_sql("UPDATE area SET name = '第四网格' WHERE code = ?", (COMMUNITY + "004",))
    report = import_workbook(register, write(tmp_path / "a.xlsx", make_name), COMMUNITY)
    assert [(one["grid"], one["head"]) for one in books.households(register)] == [
        ("第三网格", "马一"),
        ("第四网格", "马二"),
    ]
    assert report.refused == []


def test_rows_without_a_grid_or_with_an_unknown_one_are_refused(register, two_grids, tmp_path):
    rows = [HEADER, [None, None, "501", "马一", "租户"], [None, "第九网格", "502", "马二", "租户"]]
    report = import_workbook(register, write(tmp_path / "a.xlsx", rows), COMMUNITY)
    assert [one.reason for one in report.refused] == [
        "没有写网格。请在“网格”列填写网格名称。",
        "“紫光苑社区”下面没有名为“第九网格”的网格。请核对名称，或先新增这个网格。",
    ]


def test_grids_of_one_name_are_told_apart_by_their_community(register, tmp_path):
    make.make_grid(register)
    make.make_area(register, make.GRID[:9] + "002003", *make.PATH[:2], "延生里社区", "第三网格")
    rows = [HEADER, ["延生里社区", "第三网格", "501", "马一", "租户"], [None, "第三网格", "502", "马二", "租户"]]
    report = import_workbook(register, write(tmp_path / "a.xlsx", rows), DISTRICT)
    assert books.only(register)["head"] == "马一"
    assert [(one.row, "请在表里加一列“社区”" in one.reason) for one in report.refused] == [(3, True)]


def test_another_grid_than_the_chosen_one_is_told_once(register, two_grids, tmp_path):
    rows = [HEADER, *([None, "第八网格", str(room), "马一", "租户"] for room in (501, 502))]
    report = import_workbook(register, write(tmp_path / "a.xlsx", rows), make.GRID)
    assert report.households == 2
    assert [(one.row, one.text) for one in report.warnings] == [
        (2, "网格列写的是“第八网格”，已登记在所选的“第三网格”，以下各行相同")
    ]
