"""The register workbook holds every household and resident of an area, coloured, and nothing if it fails."""

import tempfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from exports.excel.register import export_register, file_name
from gridapp.demo.generate import generate
from gridapp.errors import Cancelled, UserError
from gridapp.households.categories import BY_KEY, to_mask
from gridapp.households.filters import Filter
from gridapp.households.listing import Listing
from gridapp.places import current_actor
from gridapp.progress import CancelToken
from tests import factories as make

COMMUNITY = "120104003001"
NEXT_GRID = "120104003001004"


def exported(register, path, code=make.GRID):
    export_register(register, code, path)
    return load_workbook(path)


def records(sheet):
    """The rows of a sheet by heading."""
    headings = [cell.value for cell in sheet[2]]
    return [dict(zip(headings, row, strict=True)) for row in sheet.iter_rows(min_row=3)]


def values(sheet):
    return [{name: cell.value for name, cell in record.items()} for record in records(sheet)]


@pytest.fixture
def temporary(tmp_path, monkeypatch) -> Path:
    """Where the workbook's temporary files lie, to see that none stays behind."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_a_household_is_a_row(register, tmp_path):
    make.make_household(
        register,
        make.make_grid(register),
        building="3",
        entrance="2",
        floor="5",
        room="0501",
        head="龚䶮",
        people=3,
        phone="013800000000",
        emergency_contact="女儿 李崟 13900000000",
        categories=to_mask(["tenant", "living_alone"]),
        note="每周走访",
    )
    (found,) = values(exported(register, tmp_path / "a.xlsx")["住户台账"])
    assert found == {
        "序号": 1,
        "小区": "盛欣园",
        "楼栋": "3号楼",
        "楼门": "2门",
        "层": "5",
        "房号": "0501",
        "户主/单位": "龚䶮",
        "类型": "住户",
        "人口": 3,
        "联系电话": "013800000000",
        "分类": "独居、租户",
        "紧急联系人": "女儿 李崟 13900000000",
        "统一社会信用代码": None,
        "备注": "每周走访",
    }


def test_the_cell_of_categories_has_the_colour_of_the_first_and_the_names_of_all(register, tmp_path):
    grid = make.make_grid(register)
    for key in BY_KEY:
        make.make_household(register, grid, categories=to_mask([key, "permanent_resident"]))
    make.make_household(register, grid)
    found = [record["分类"] for record in records(exported(register, tmp_path / "a.xlsx")["住户台账"])]
    for cell, category in zip(found, BY_KEY.values(), strict=False):
        assert cell.value.split("、")[0] == category.name
        assert (cell.fill.fill_type, cell.fill.fgColor.rgb) == ("solid", category.colour.replace("#", "FF"))
        assert cell.font.color.rgb == category.text_colour.replace("#", "FF")
    assert (found[-1].value, found[-1].fill.fill_type) == ("未分类", None)


def test_a_resident_is_a_row_of_the_second_sheet(register, tmp_path):
    home = make.make_household(register, make.make_grid(register), room="501", head="李芳")
    make.make_resident(
        register,
        home,
        name="李䶮",
        relation="户主",
        sex="女",
        birth_date=date(1950, 3, 4),
        party_member=True,
        id_number="12010419500304002X",
        phone="13800000000",
        conditions="残疾、低保",
    )
    make.make_resident(register, home, position=1, name="李甲")
    sheet = exported(register, tmp_path / "a.xlsx")["居民"]
    first, second = records(sheet)
    assert {name: cell.value for name, cell in first.items() if name != "出生日期"} == {
        "地址": "盛欣园3号楼2门501",
        "户主": "李芳",
        "姓名": "李䶮",
        "与户主关系": "户主",
        "性别": "女",
        "身份证号": "12010419500304002X",
        "电话": "13800000000",
        "党员": "是",
        "特殊情况": "残疾、低保",
    }
    assert (first["出生日期"].value.date(), first["出生日期"].number_format) == (date(1950, 3, 4), "yyyy-mm-dd")
    assert [first[name].number_format for name in ("身份证号", "电话")] == ["@", "@"]
    assert (second["姓名"].value, second["党员"].value, second["出生日期"].value) == ("李甲", None, None)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("120104", {"街道": "兴南街道", "社区": "紫光苑社区", "网格": "第三网格"}),
        ("120104003", {"社区": "紫光苑社区", "网格": "第三网格"}),
        (COMMUNITY, {"网格": "第三网格"}),
        (make.GRID, {}),
    ],
)
def test_only_the_levels_below_the_area_have_a_column(register, tmp_path, code, expected):
    make.make_household(register, make.make_grid(register))
    (found,) = values(exported(register, tmp_path / "a.xlsx", code)["住户台账"])
    assert {name: found[name] for name in ("街道", "社区", "网格") if name in found} == expected
    assert found["分类"] == "未分类"


def test_title_and_properties_say_what_it_is(register, tmp_path):
    make.make_grid(register)
    book = exported(register, tmp_path / "a.xlsx")
    title = book["住户台账"]["A1"].value
    assert title.startswith("南开区 › 兴南街道 › 紫光苑社区 › 第三网格")
    assert date.today().isoformat() in title
    assert (book.properties.title, book.properties.creator) == ("第三网格住户台账", current_actor())
    assert book["住户台账"].oddFooter.left.text.startswith(f"导出人：{current_actor()}")


def test_an_area_without_households_gives_its_headings(register, tmp_path):
    make.make_grid(register)
    report = export_register(register, make.GRID, tmp_path / "a.xlsx")
    book = load_workbook(tmp_path / "a.xlsx")
    assert (report.rows, book.sheetnames) == (0, ["住户台账", "居民"])
    assert [sheet.max_row for sheet in book] == [2, 2]


def test_every_household_and_resident_of_a_community_is_there_in_order(register, tmp_path):
    generate(register, "community")
    report = export_register(register, COMMUNITY, tmp_path / "a.xlsx")
    book = load_workbook(tmp_path / "a.xlsx", read_only=True)
    listing = Listing(register, Filter(COMMUNITY))
    rows = list(book["住户台账"].iter_rows(min_row=3, values_only=True))
    assert report.rows == listing.count == len(rows)
    assert [row[0] for row in rows] == list(range(1, listing.count + 1))
    headings = next(book["住户台账"].iter_rows(min_row=2, max_row=2, values_only=True))
    expected = [(one.area_name, one.head, one.phone or None) for one in listing.page(0, listing.count)]
    places = [headings.index(name) for name in ("网格", "户主/单位", "联系电话")]
    assert [tuple(row[place] for place in places) for row in rows] == expected


def test_progress_goes_from_nothing_to_all(register, tmp_path):
    grid = make.make_grid(register)
    for _ in range(3):
        make.make_household(register, grid)
    told = []
    export_register(register, make.GRID, tmp_path / "a.xlsx", lambda *step: told.append(step))
    assert (told[0][:2], told[-1][:2]) == ((0, 3), (3, 3))


def test_the_file_is_named_after_the_area(register):
    make.make_grid(register)
    names = [file_name(register, code) for code in (make.GRID, COMMUNITY, "120104")]
    assert names == ["紫光苑社区第三网格住户台账.xlsx", "兴南街道紫光苑社区住户台账.xlsx", "南开区住户台账.xlsx"]


def test_an_unknown_area_is_refused_and_makes_no_file(register, tmp_path):
    with pytest.raises(UserError, match="999999"):
        export_register(register, "999999", tmp_path / "a.xlsx")
    assert not (tmp_path / "a.xlsx").exists()


@pytest.mark.parametrize("stage", ["住户台账", "正在保存"])
def test_what_is_cancelled_leaves_nothing(register, tmp_path, temporary, stage):
    generate(register, "grid")
    out = tmp_path / "out"
    token = CancelToken()

    def cancel_at(_done, _total, message):
        if message == stage:
            token.cancel()

    with pytest.raises(Cancelled):
        export_register(register, make.GRID, out / "a.xlsx", cancel_at, token)
    assert list(out.iterdir()) == list(temporary.iterdir()) == []


def test_a_full_disk_keeps_the_workbook_of_before(register, tmp_path, temporary, request):
    generate(register, "grid")
    path = tmp_path / "out" / "台账.xlsx"
    path.parent.mkdir()
    path.write_bytes(b"before")
    request.getfixturevalue("full_disk")
    with pytest.raises(UserError) as told:
        export_register(register, make.GRID, path)
    text = str(told.value)
    assert text.startswith(f"没有写成 {path}：文件超过了这个磁盘允许的大小。")
    assert text.endswith("原来的文件没有改动。")
    assert path.read_bytes() == b"before"
    assert list(path.parent.iterdir()) == [path]
    assert list(temporary.iterdir()) == []


def test_a_finished_workbook_leaves_no_temporary_files(register, tmp_path, temporary):
    generate(register, "grid")
    exported(register, tmp_path / "out" / "a.xlsx")
    assert [each.name for each in (tmp_path / "out").iterdir()] == ["a.xlsx"]
    assert list(temporary.iterdir()) == []


def test_what_is_too_long_for_its_column_goes_on_in_a_second_line(register, tmp_path):
    grid = make.make_grid(register)
    make.make_household(register, grid, room="101", phone="13800000000")
    make.make_household(register, grid, room="102", phone="13800000000、022-27410000")
    make.make_household(register, grid, room="103", estate="滨海国际花园御景豪庭三期", phone="")
    sheet = exported(register, tmp_path / "台账.xlsx")["住户台账"]
    heights = {record["房号"].value: sheet.row_dimensions[record["房号"].row].height for record in records(sheet)}
    assert heights["101"] is None
    assert heights["102"] > 20 and heights["103"] > 20
    assert all(record[name].alignment.wrap_text for record in records(sheet)[1:] for name in ("小区", "房号"))
    assert [record["联系电话"].alignment.wrap_text for record in records(sheet)[:2]] != [None, None]
