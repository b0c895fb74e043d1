"""Refused rows stand in a workbook with sheet, row and reason, and can be imported from it once mended."""

import pytest
from openpyxl import load_workbook

from exports.excel.refused import export_refused
from gridapp.errors import UserError
from gridapp.intake.importing import import_workbook
from gridapp.intake.report import ImportReport, Refused, SheetRead
from tests import factories as make
from tests.gridapp.intake import workbooks as books
from tests.gridapp.intake.workbooks import id_number, ledger, member, row, write


@pytest.fixture
def refused(register, tmp_path):
    """Imports a workbook, writes what was refused, and returns where."""
    make.make_grid(register)

    def refuse(*paths):
        reports = [import_workbook(register, path, make.GRID) for path in paths]
        export_refused(reports, tmp_path / "未导入.xlsx")
        return tmp_path / "未导入.xlsx"

    return refuse


def test_each_row_has_its_sheet_row_reason_and_cells(refused, tmp_path):
    path = refused(ledger(tmp_path / "a.xlsx", row(), row(户主=None, 身份证号=id_number(), 联系电话=13013727390.0)))
    sheet = load_workbook(path)["住户台账"]
    headings, line = ([cell.value for cell in sheet[number]] for number in (2, 3))
    told = dict(zip(headings, line, strict=True))
    assert headings == ["工作表", "行", "原因", *books.HEADER]
    assert (told["工作表"], told["行"], told["原因"]) == ("住户台账", 3, "没有姓名。请填写户主姓名或单位名称。")
    assert (told["身份证号"], told["联系电话"], told["房号"]) == (id_number(), "13013727390", "501")
    assert sheet.max_row == 3


def test_numbers_are_text_in_a_text_cell(refused, tmp_path):
    path = refused(ledger(tmp_path / "a.xlsx", row(户主=None, 身份证号=id_number(), 联系电话=13013727390)))
    cells = {cell.value: cell for cell in load_workbook(path)["住户台账"][3]}
    assert [(cells[text].data_type, cells[text].number_format) for text in (id_number(), "13013727390")] == [
        ("s", "@")
    ] * 2


def test_a_cell_that_begins_like_a_formula_stays_text(tmp_path):
    report = ImportReport("a.xlsx", refused=[Refused("表", 2, "没有姓名", ("=1+1", "\x00"))])
    report.sheets["表"] = SheetRead((), ("房号", "备注"))
    export_refused([report], tmp_path / "b.xlsx")
    cell = load_workbook(tmp_path / "b.xlsx")["表"]["D3"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_mended_rows_can_be_imported_from_it(register, refused, tmp_path):
    rows = [
        ["延生里社区太极园4号楼居民信息采集表"],
        books.FAMILY_HEADER,
        member(楼门="1门", 房号=101, 姓名="马一", 与户主关系="户主"),
        member(姓名="马二", 与户主关系="户主", 电话="13013727390（子女）"),
    ]
    path = refused(write(tmp_path / "a.xlsx", rows, "4号楼"))
    book = load_workbook(path)
    book["4号楼"].cell(3, 5).value = "102"
    book.save(path)
    report = import_workbook(register, path, make.GRID)
    assert (report.households, report.refused) == (1, [])
    (mended,) = (home for home in books.households(register) if home["head"] == "马二")
    assert (mended["estate"], mended["building"], mended["room"]) == ("太极园", "4", "102")
    assert (mended["head"], mended["emergency_contact"]) == ("马二", "子女 13013727390")


def test_sheets_of_several_workbooks_stand_side_by_side(refused, tmp_path):
    first = ledger(tmp_path / "a.xlsx", row(户主=None))
    second = write(
        tmp_path / "b.xlsx",
        [books.HEADER, row(户主=None), row(户主="马二")],
        "住户台账",
        其他=[books.HEADER, row(户主=None)],
    )
    book = load_workbook(refused(first, second))
    assert len(book.sheetnames) == 3
    assert [sheet.max_row for sheet in book] == [3, 3, 3]


def test_without_refused_rows_there_is_still_a_workbook_that_says_so(refused, tmp_path):
    book = load_workbook(refused(ledger(tmp_path / "a.xlsx", row())))
    assert book.sheetnames == ["未导入的行"]
    assert [cell.value for cell in book.active[2]] == ["工作表", "行", "原因"]


def test_a_place_that_cannot_be_written_is_refused(tmp_path):
    (tmp_path / "夹").mkdir()
    with pytest.raises(UserError):
        export_refused([], tmp_path / "夹")
