"""A table on a worksheet: text stays text, what is too long goes on, and it is ready for reading and printing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from exports.excel.table import DAY, TEXT, Column, Look, Table, clean
from exports.look import GROUND

COLUMNS = (
    Column("户主", 10),
    Column("电话", 14, Look(TEXT)),
    Column("日期", 12, Look(DAY)),
    Column("人口", 6, Look(align="right")),
    Column("备注", 12, Look(wrap=True)),
)


def written(path, rows, most_rows=1_048_576, looks=None):
    book = Workbook(write_only=True)
    table = Table(book, "台账", "南开区 台账", COLUMNS, "导出人：甲&乙", most_rows)
    for row in rows:
        table.append(row, looks)
    table.finish()
    book.save(path)
    return load_workbook(path)


def row(head="马一", phone="", day=None, people=None, note=""):
    return (head, phone, day, people, note)


@pytest.mark.parametrize(
    "text", ["=1+1", "=cmd|' /C calc'!A0", "+86 13800000000", "-1", "@SUM(A1)", "#N/A", "#REF!", "0"]
)
def test_a_text_never_becomes_a_formula_an_error_or_a_number(tmp_path, text):
    sheet = written(tmp_path / "a.xlsx", [row(head=text, phone=text, note=text)])["台账"]
    for cell in (sheet["A3"], sheet["B3"], sheet["E3"]):
        assert (cell.data_type, cell.value) == ("s", text)


def test_values_keep_their_kinds_and_formats(tmp_path):
    sheet = written(tmp_path / "a.xlsx", [row(phone="013800000000", day=date(1950, 3, 4), people=3)])["台账"]
    assert (sheet["B3"].value, sheet["B3"].number_format) == ("013800000000", "@")
    assert (sheet["C3"].value.date(), sheet["C3"].number_format) == (date(1950, 3, 4), "yyyy-mm-dd")
    assert (sheet["D3"].value, sheet["D3"].data_type) == (3, "n")


def test_a_day_before_workbooks_can_count_is_written_out(tmp_path):
    sheet = written(tmp_path / "a.xlsx", [row(day=date(1899, 12, 31))])["台账"]
    assert sheet["C3"].value == "1899-12-31"


def test_empty_values_leave_empty_cells(tmp_path):
    sheet = written(tmp_path / "a.xlsx", [row(head="")])["台账"]
    assert [cell.value for cell in sheet[3]] == [None] * 5


def test_characters_that_a_workbook_cannot_hold_are_dropped(tmp_path):
    sheet = written(tmp_path / "a.xlsx", [row(head="马\x00\x0b一\ud800\uffff", note="一\r\n二\r三\t四")])["台账"]
    assert (sheet["A3"].value, sheet["E3"].value) == ("马一", "一\n二\n三\t四")


@given(st.text())
def test_every_text_can_be_written(tmp_path_factory, text):
    sheet = written(tmp_path_factory.mktemp("a") / "a.xlsx", [row(head=text)])["台账"]
    assert (sheet["A3"].value or "") == clean(text)


def test_a_rare_character_is_kept(tmp_path):
    assert written(tmp_path / "a.xlsx", [row(head="杜𠮷㛃")])["台账"]["A3"].value == "杜𠮷㛃"


def test_what_is_too_long_for_a_sheet_goes_on_in_the_next(tmp_path):
    book = written(tmp_path / "a.xlsx", [row(head=f"马{n}") for n in range(7)], most_rows=5)
    assert book.sheetnames == ["台账", "台账2", "台账3"]
    heads = [[cell.value for cell in sheet["A"]][2:] for sheet in book]
    assert heads == [["马0", "马1", "马2"], ["马3", "马4", "马5"], ["马6"]]
    for sheet, last in zip(book, (5, 5, 3), strict=True):
        assert (sheet["A1"].value, sheet["A2"].value) == ("南开区 台账", "户主")
        assert sheet.auto_filter.ref == f"A2:E{last}"
        assert sheet.freeze_panes == "A3"


def test_a_full_sheet_begins_no_further_one(tmp_path):
    assert written(tmp_path / "a.xlsx", [row()] * 3, most_rows=5).sheetnames == ["台账"]


def test_it_is_ready_to_be_printed(tmp_path):
    sheet = written(tmp_path / "a.xlsx", [row()])["台账"]
    assert sheet.print_title_rows == "$1:$2"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.oddFooter.left.text == "导出人：甲&&乙"
    assert sheet.oddFooter.right.text == "第 &P 页，共 &N 页"
    assert {letter: sheet.column_dimensions[letter].width for letter in "AB"} == {"A": 10, "B": 14}


def test_headings_stand_out(tmp_path):
    sheet = written(tmp_path / "a.xlsx", [])["台账"]
    assert [cell.value for cell in sheet[2]] == [column.heading for column in COLUMNS]
    assert sheet["A2"].fill.fgColor.rgb == GROUND.replace("#", "FF")
    assert sheet["A2"].font.bold
    assert (sheet["A2"].alignment.horizontal, sheet["D2"].alignment.horizontal) == ("left", "right")


def test_a_cell_can_look_different_from_its_column(tmp_path):
    looks = {0: Look(fill="#CA0D0C", colour="#FFFFFF")}
    sheet = written(tmp_path / "a.xlsx", [row(), row(head="")], looks=looks)["台账"]
    assert (sheet["A3"].fill.fill_type, sheet["A3"].fill.fgColor.rgb) == ("solid", "FFCA0D0C")
    assert sheet["A3"].font.color.rgb == "FFFFFFFF"
    assert sheet["B3"].fill.fill_type is None
    assert sheet["A4"].value is None


def test_a_row_is_as_high_as_its_longest_note_and_only_such_a_row(tmp_path):
    notes = ["短", "一二三四五六七八九十", "一\n二\n三", "字" * 3_000]
    sheet = written(tmp_path / "a.xlsx", [row(note=note) for note in notes])["台账"]
    heights = [sheet.row_dimensions[number].height for number in range(3, 7)]
    assert heights == [None, 32, 46.5, 409]
    assert sheet["E4"].alignment.wrap_text
