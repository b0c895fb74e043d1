"""The ledger and the call list on paper, and the call list as a workbook."""

import datetime
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from exports.issue_lists import call_list_name, export_call_list, export_ledger, ledger_name
from exports.pdf import call_list, listed
from exports.pdf import ledger as document
from exports.pdf.furniture import LANDSCAPE
from exports.pdf.typesetting import Typesetter
from gridapp.areas import tree
from gridapp.errors import Cancelled, UserError
from gridapp.issues.ledger import LedgerFilter, View
from gridapp.issues.ledger_columns import COLUMNS
from gridapp.issues.ledger_listing import LedgerListing, LedgerSort
from gridapp.issues.shown import ShownLedger, shown_calls, shown_ledger
from gridapp.places import current_actor
from gridapp.progress import CancelToken
from gridapp.register import Register
from tests import factories as make

NOW = datetime.datetime(2020, 8, 31, 10)
DAY, DONE = datetime.date(2020, 8, 3), datetime.date(2020, 8, 20)
LONG = "更换水泵并清洗水箱，逐户检查水压；" * 50
KEYS = [column.key for column in COLUMNS]


@pytest.fixture
def street(register: Register) -> Register:
    """A grid with four issues: one late, one with a long result, and two that one person has to hear of."""
    grid = make.make_grid(register)
    make.make_issue(register, grid, "马玉兰", "13820000001", registered_on=DAY, category="lighting.corridor")
    make.make_issue(register, grid, "李建国", "13820000002", description="停水", result=LONG, resolved_on=DONE)
    for text in ("下水道堵塞。", "电梯停运"):
        values = {"description": text, "result": "已修好。", "resolved_on": DONE}
        make.make_issue(register, grid, "王秀英", "138 2000 0003", **values)
    return register


def ledger(register: Register, *keys: str, **asked: object) -> ShownLedger:
    listing = LedgerListing(register, LedgerFilter(make.GRID, **asked), LedgerSort.NUMBER, now=NOW)  # type: ignore[arg-type]
    return shown_ledger(register, listing, keys)


def pages(path: Path) -> list[str]:
    return [re.sub(r"\s", "", page.extract_text()) for page in PdfReader(path).pages]


def test_a_ledger_on_paper_names_area_filter_person_and_page_and_says_deadlines_in_words(
    street: Register, tmp_path: Path
) -> None:
    grid = tree.find(street, make.GRID).uid
    for number in range(40):
        make.make_issue(street, grid, f"韩{number}", registered_on=DAY, urgent=number == 7)
    export_ledger(ledger(street, view=View.OVERDUE), tmp_path / "账单.pdf")
    told = pages(tmp_path / "账单.pdf")
    assert len(told) > 1
    for number, page in enumerate(told, 1):
        assert "南开区›兴南街道›紫光苑社区›第三网格筛选：逾期" in page
        assert "民意账单·41条" in page and f"{number}/{len(told)}" in page
        assert f"导出人：{current_actor()}" in page and "排序：编号" in page
        assert "编号状态期限" in page
    whole = "".join(told)
    assert all(f"韩{number}" in whole for number in range(40))
    assert whole.count("逾期26天") == 41 and whole.count("紧急，逾期26天") == 1 and "停水" not in whole


@pytest.mark.parametrize("keys", [(), KEYS, ["description"], ["deadline", "number"]], ids=len)
def test_whatever_columns_are_seen_nothing_stands_outside_the_page(street: Register, keys: list[str]) -> None:
    content = ledger(street, *keys)
    typesetter = Typesetter()
    for page in document.lay_out(typesetter, content, list(content.rows())):
        for (font, size, _colour), x, y, text in page.texts:
            assert x >= LANDSCAPE.left - 1 and y > 20
            assert x + typesetter.width(text, font, size) <= LANDSCAPE.right + 1, text


def test_long_issues_share_a_page_with_others(register: Register) -> None:
    grid = make.make_grid(register)
    for number in range(9):
        make.make_issue(register, grid, f"韩{number}", description="地下室的管道堵塞，污水倒灌。" * 15)
    content = ledger(register)
    assert len(document.lay_out(Typesetter(), content, list(content.rows()))) <= 3


def test_more_than_a_document_takes_is_refused_with_what_to_do(
    street: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listed, "MOST_ROWS", 2)
    with pytest.raises(UserError, match="筛选，或导出为工作簿"):
        export_ledger(ledger(street), tmp_path / "账单.pdf")
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_call_list_on_paper_has_a_block_for_each_phone_with_what_to_read_out_and_boxes(
    street: Register, tmp_path: Path
) -> None:
    report = export_call_list(shown_calls(street, LedgerFilter(make.GRID)), tmp_path / "电话单.pdf")
    (page,) = pages(tmp_path / "电话单.pdf")
    assert (report.pages, report.rows) == (1, 3)
    assert "共2人、3条民意" in page and "筛选：无，全部待反馈" in page and "1/1" in page
    assert page.count("王秀英") == 1 and page.count("13820000003") == 1
    for text in ("您反映的“下水道堵塞”已经办结：已修好。", "您反映的“电梯停运”已经办结：已修好。", "2020-08-20办结"):
        assert text in page
    assert page.count("更换水泵") == 50 and page.count("备注") == 3
    for answer in ("基本满意", "不满意", "无法联系"):
        assert page.count(answer) == 3


def test_a_call_that_goes_on_says_on_each_page_who_is_called(street: Register, tmp_path: Path) -> None:
    grid = tree.find(street, make.GRID).uid
    for result in (LONG, LONG * 2, "已修好"):  # the second is longer than a page
        make.make_issue(street, grid, "赵铁柱", "13820000009", description=LONG, result=result, resolved_on=DONE)
    content = shown_calls(street, LedgerFilter(make.GRID, text="赵铁柱"))
    export_call_list(content, tmp_path / "电话单.pdf")
    told = pages(tmp_path / "电话单.pdf")
    assert len(told) > 2 and "筛选：含“赵铁柱”" in told[0]
    assert all("赵铁柱（续）" in page and "13820000009" in page for page in told[1:])
    assert "".join(told).count("泵") == 50 * 6
    for laid in call_list.lay_out(Typesetter(), content):
        footer, *text = sorted({y for _style, _x, y, _text in laid.texts})
        assert footer == 30 and text[0] >= call_list.FRAME.bottom


def test_a_call_list_as_a_workbook_has_a_row_for_each_issue_and_cells_to_tick(street: Register, tmp_path: Path) -> None:
    export_call_list(shown_calls(street, LedgerFilter(make.GRID)), tmp_path / "电话单.xlsx")
    sheet = load_workbook(tmp_path / "电话单.xlsx")["反馈电话单"]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert rows[0][0] == "筛选：无，全部待反馈" and rows[1][0].startswith("共 2 人、3 条民意　导出人")
    assert rows[2][7:] == ("满意", "基本满意", "不满意", "无法联系", "备注")
    assert [(row[0], row[1], row[2]) for row in rows[3:]] == [
        (1, "李建国", "13820000002"),
        (2, "王秀英", "138 2000 0003"),
        (2, "王秀英", "138 2000 0003"),
    ]
    assert rows[4][6] == "您反映的“下水道堵塞”已经办结：已修好。" and rows[4][7:11] == ("□",) * 4
    assert sheet["B6"].font.bold and not sheet["B7"].font.bold


def test_nothing_to_tell_and_another_kind_of_file_are_refused(street: Register, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有等待反馈的反映人"):
        shown_calls(street, LedgerFilter(make.GRID, text="不在"))
    with pytest.raises(UserError, match="民意账单只能写成"):
        export_ledger(ledger(street), tmp_path / "账单.doc")
    with pytest.raises(UserError, match="反馈电话单只能写成"):
        export_call_list(shown_calls(street, LedgerFilter(make.GRID)), tmp_path / "电话单")


@pytest.mark.parametrize("ending", [".xlsx", ".pdf"])
def test_what_is_cancelled_leaves_nothing(street: Register, tmp_path: Path, ending: str) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        export_ledger(ledger(street), tmp_path / f"账单{ending}", cancel=token)
    with pytest.raises(Cancelled):
        export_call_list(shown_calls(street, LedgerFilter(make.GRID)), tmp_path / f"账单{ending}", cancel=token)
    assert [path.name for path in tmp_path.iterdir() if "账单" in path.name or "gridapp" in path.name] == []


def test_files_are_named_after_the_area() -> None:
    assert ledger_name("紫光苑社区第三网格", ".pdf") == "紫光苑社区第三网格民意账单.pdf"
    assert call_list_name("紫光苑社区第三网格") == "紫光苑社区第三网格反馈电话单.xlsx"


def test_both_engines_tell_the_same_ledger(engine_register: Register, tmp_path: Path) -> None:
    grid = make.make_grid(engine_register)
    for number in range(3):
        make.make_issue(engine_register, grid, f"韩{number}", registered_on=DAY)
    rows = list(ledger(engine_register).rows())
    assert [row.raised_by for row in rows] == ["韩0", "韩1", "韩2"]
    assert export_ledger(ledger(engine_register), tmp_path / "账单.xlsx").rows == 3
