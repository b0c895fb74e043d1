"""A file that cannot be used is refused in one clear sentence, and changes nothing."""

import io
import re
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from gridapp.errors import UserError
from gridapp.intake.importing import import_workbook
from tests import factories as make
from tests.gridapp.intake import workbooks as books

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")


@pytest.fixture
def refused(register, tmp_path):
    """What is said about a file with this content."""
    make.make_grid(register)

    def refuse(content, name="台账.xlsx"):
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(UserError) as told:
            import_workbook(register, path, make.GRID)
        assert books.households(register) == []
        assert "\n" not in str(told.value)
        return str(told.value)

    return refuse


def _zipped(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.getvalue()


def _patched(change):
    """The ledger with its sheet's XML changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(books.LEDGER) as source, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, change(content) if name == "xl/worksheets/sheet1.xml" else content)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        "姓名,房号\n马一,501\n".encode(),
        b"<html><table><tr><td>1</td></tr></table></html>",
        books.LEDGER.read_bytes()[:6_000],
        b"PK\x03\x04",
        _OLE + bytes(2_000),
        _zipped(**{"xl/workbook.xml": "<workbook"}),
        b"\x89PNG\r\n\x1a\n" + bytes(200),
    ],
    ids=["empty", "text", "html", "truncated", "only a zip's mark", "hollow ole", "broken xml", "picture"],
)
def test_what_is_no_workbook_or_damaged_says_so(refused, content):
    assert "不是工作簿，或者已经损坏" in refused(content)


def test_another_archive_says_so(refused):
    assert "不是工作簿" in refused(_zipped(**{"a.txt": "x"}))


def test_a_password_is_asked_to_be_taken_off(refused):
    content = _OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    assert "设有打开密码" in refused(content)


@pytest.mark.parametrize("name", ["有密码.xls", "有密码.ods"])
def test_a_password_of_other_formats_is_told_as_well(refused, name):
    assert "设有打开密码" in refused((books.DATA / name).read_bytes(), name)


def test_a_missing_file_and_a_folder_say_so(refused, tmp_path):
    assert "没有找到" in refused(None)
    (tmp_path / "夹").mkdir()
    assert "是文件夹" in refused(None, "夹")


def test_an_empty_workbook_says_so(refused):
    file = io.BytesIO()
    Workbook().save(file)
    assert "是空的" in refused(file.getvalue())


def test_a_workbook_without_a_name_column_says_what_is_needed_and_what_is_there(refused, tmp_path):
    path = books.write(tmp_path / "a.xlsx", [["小区", "楼栋", "房号"], ["盛欣园", "3", "501"]])
    told = refused(path.read_bytes())
    assert "需要“姓名”或“户主”列" in told
    assert "找到的表头是：小区、楼栋、房号。" in told


def test_a_stray_value_far_away_is_refused_before_it_takes_all_memory(refused):
    book = load_workbook(books.LEDGER)
    book.active["XFD900000"] = "1"
    file = io.BytesIO()
    book.save(file)
    assert "范围太大" in refused(file.getvalue())
    assert "范围太大" in refused(
        _patched(
            lambda xml: re.sub(rb"<dimension [^>]*>", b"", xml).replace(
                b"</sheetData>", b'<row r="900000"><c r="XFD900000"><v>1</v></c></row></sheetData>'
            )
        )
    )


@pytest.mark.parametrize("stated", [b"A1", b"A1:B2", b"A1:XFD1048576"])
def test_a_wrong_statement_of_the_sheets_size_does_not_hurt(register, tmp_path, stated):
    make.make_grid(register)
    path = tmp_path / "台账.xlsx"
    path.write_bytes(_patched(lambda xml: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="%s"' % stated, xml)))
    assert import_workbook(register, path, make.GRID).households == 162


def test_the_ending_of_a_name_does_not_matter(register, tmp_path):
    make.make_grid(register)
    path = tmp_path / "台账.xlsx"
    path.write_bytes(books.LEDGER.with_suffix(".xls").read_bytes())
    assert import_workbook(register, path, make.GRID).households == 162
