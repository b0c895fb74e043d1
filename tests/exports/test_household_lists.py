"""Lists of households as they are shown: the same rows, order and columns in a workbook and on paper."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from exports.household_lists import export_household_list, file_name
from exports.pdf import household_list as document
from exports.pdf import listed
from exports.pdf.furniture import LANDSCAPE
from exports.pdf.typesetting import Typesetter
from gridapp.areas import tree
from gridapp.errors import Cancelled, UserError
from gridapp.households.categories import BY_KEY, to_mask
from gridapp.households.columns import COLUMNS
from gridapp.households.filters import Filter
from gridapp.households.listing import Listing, SortBy
from gridapp.households.shown import Shown, shown
from gridapp.places import current_actor
from gridapp.progress import CancelToken
from gridapp.register import Register
from tests import factories as make

LONG = "每周走访一次，冬天查看燃气；" * 30
COMMON = ("category", "place", "address", "head", "people", "phone", "visited", "issues", "note")
KEYS = [column.key for column in COLUMNS]
COLUMNS_SEEN = ("head", "category", "people", "phone", "visited", "note")


@pytest.fixture
def street(register: Register) -> Register:
    """A grid with three households: one of two colours and a long note, one visited, one with an odd name."""
    grid = make.make_grid(register)
    told: list[dict[str, Any]] = [
        {"room": "101", "head": "孙福来", "people": 3, "phone": "013800000001", "note": LONG},
        {"room": "102", "head": "李建国", "phone": "022-1、13900000002", "categories": to_mask(["tenant"])},
        {"room": "103", "head": "=1+1", "people": 12},
    ]
    told[0]["categories"] = to_mask(["lonely_elderly", "party_member"])
    homes = [make.make_household(register, grid, **values) for values in told]
    make.make_visit(register, homes[1], visited_on=date(2020, 8, 19))
    make.make_issue(register, grid, household=homes[0])
    return register


def list_of(
    register: Register, *keys: str, sort: SortBy = SortBy.ADDRESS, down: bool = False, **asked: object
) -> Shown:
    return shown(register, Listing(register, Filter(make.GRID, **asked), sort, down), keys)  # type: ignore[arg-type]


def workbook(content: Shown, path: Path):  # type: ignore[no-untyped-def]
    export_household_list(content, path)
    return load_workbook(path)["住户名单"]


def pages(content: Shown, path: Path) -> list[str]:
    export_household_list(content, path)
    return [re.sub(r"\s", "", page.extract_text()) for page in PdfReader(path).pages]


def test_a_workbook_has_the_columns_that_are_seen_in_their_order(street: Register, tmp_path: Path) -> None:
    sheet = workbook(list_of(street, *COLUMNS_SEEN), tmp_path / "名单.xlsx")
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    assert rows[0] == ("序号", "户主", "分类", "人数", "电话", "上次走访", "备注")
    assert rows[1] == (1, "孙福来", "孤老户、党员", 3, "013800000001", None, LONG)
    assert rows[2][:5] == (2, "李建国", "租户", None, "022-1、13900000002")
    assert rows[2][5].date() == date(2020, 8, 19)
    assert rows[3][1:4] == ("=1+1", "未分类", 12)
    assert [sheet.cell(7, 2).data_type, sheet.cell(5, 5).number_format] == ["s", "@"]


def test_a_workbook_says_above_its_headings_what_it_is(street: Register, tmp_path: Path) -> None:
    content = list_of(street, *COLUMNS_SEEN, sort=SortBy.HEAD, down=True, open_issues=True)
    sheet = workbook(content, tmp_path / "名单.xlsx")
    assert sheet["A1"].value == "南开区 › 兴南街道 › 紫光苑社区 › 第三网格　住户名单"
    assert sheet["A2"].value == "筛选：有未结民意"
    assert sheet["A3"].value.startswith(f"排序：户主，倒序　共 1 户　导出人：{current_actor()}　20")
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A5", "A4:G5", "$1:$4")
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == ("landscape", 1)


def test_only_the_cell_of_the_categories_is_filled_and_it_names_them(street: Register, tmp_path: Path) -> None:
    sheet = workbook(list_of(street, *COLUMNS_SEEN), tmp_path / "名单.xlsx")
    filled = {cell.coordinate: cell.fill.fgColor.rgb for row in sheet["A5:G7"] for cell in row if cell.fill.fill_type}
    assert filled == {
        "C5": BY_KEY["lonely_elderly"].colour.replace("#", "FF"),
        "C6": BY_KEY["tenant"].colour.replace("#", "FF"),
    }
    plain = workbook(list_of(street, "head"), tmp_path / "名.xlsx")
    assert not [cell for row in plain["A5:B7"] for cell in row if cell.fill.fill_type]


def test_the_order_of_the_list_is_that_of_the_rows(street: Register, tmp_path: Path) -> None:
    sheet = workbook(list_of(street, "head", sort=SortBy.PEOPLE, down=True), tmp_path / "名单.xlsx")
    assert [row[1] for row in sheet.iter_rows(min_row=5, values_only=True)] == ["=1+1", "孙福来", "李建国"]


def test_a_document_names_area_filter_order_person_and_count_on_each_page(street: Register, tmp_path: Path) -> None:
    grid = tree.find(street, make.GRID).uid
    with street.recording("迁入"):
        for number in range(60):
            make.make_household(street, grid, room=str(200 + number), head=f"韩{number}")
    told = pages(list_of(street, *COMMON, kind="residential"), tmp_path / "名单.pdf")
    assert len(told) > 2
    for number, page in enumerate(told, 1):
        assert "南开区›兴南街道›紫光苑社区›第三网格筛选：类型：住户" in page
        assert "住户名单·63户" in page and f"{number}/{len(told)}" in page
        assert f"导出人：{current_actor()}" in page and "排序：住址" in page
        assert "户主人数电话" in page
    whole = "".join(told)
    assert all(f"韩{number}" in whole for number in range(60))


def test_a_document_holds_every_word_of_a_long_note_and_the_marks(street: Register, tmp_path: Path) -> None:
    (page,) = pages(list_of(street, *COMMON), tmp_path / "名单.pdf")
    assert re.sub(r"\s", "", LONG) in page.replace("013800000001", "") or page.count("冬天查看燃气") == 30
    for text in ("孤", "党", "租", "盛欣园3号楼2门101", "013800000001", "022-1", "13900000002", "2020-08-19", "=1+1"):
        assert text in page


@pytest.mark.parametrize("keys", [KEYS, ["head"], ["category"], ["note", "phone"], KEYS * 4], ids=len)
def test_whatever_columns_are_seen_nothing_stands_outside_the_page(street: Register, keys: list[str]) -> None:
    content = list_of(street, *keys)
    typesetter = Typesetter()
    for page in document.lay_out(typesetter, content, list(content.rows())):
        for (font, size, _colour), x, y, text in page.texts:
            assert x >= LANDSCAPE.left - 1 and y > 20
            assert x + typesetter.width(text, font, size) <= LANDSCAPE.right + 1, text


def test_columns_that_are_too_many_for_the_page_are_set_smaller_and_none_is_left_out(
    street: Register, tmp_path: Path
) -> None:
    few, many = list_of(street), list_of(street, *KEYS * 3)
    sizes = [
        min(
            size
            for page in document.lay_out(Typesetter(), one, list(one.rows()))
            for (_f, size, _c), *_at in page.texts
        )
        for one in (few, many)
    ]
    assert sizes[1] < sizes[0]
    assert "".join(pages(many, tmp_path / "名单.pdf")).count("李建国") == 3


def test_more_than_a_document_takes_is_refused_with_what_to_do(
    street: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listed, "MOST_ROWS", 2)
    with pytest.raises(UserError, match="筛选，或导出为工作簿"):
        export_household_list(list_of(street), tmp_path / "名单.pdf")
    assert list(tmp_path.glob("*.pdf")) == []


def test_an_empty_list_and_another_kind_of_file_are_refused(street: Register, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有符合条件的住户"):
        list_of(street, text="不在")
    with pytest.raises(UserError, match="只能写成"):
        export_household_list(list_of(street), tmp_path / "名单.doc")


@pytest.mark.parametrize("ending", [".xlsx", ".pdf"])
def test_what_is_cancelled_leaves_nothing(street: Register, tmp_path: Path, ending: str) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        export_household_list(list_of(street), tmp_path / f"名单{ending}", cancel=token)
    assert [path.name for path in tmp_path.iterdir() if "名单" in path.name or "gridapp" in path.name] == []


def test_a_file_is_named_after_the_area() -> None:
    assert file_name("紫光苑社区第三网格", ".pdf") == "紫光苑社区第三网格住户名单.pdf"
