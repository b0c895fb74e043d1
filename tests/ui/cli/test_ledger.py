"""``list issues`` with filters, ``export ledger`` and ``export calls``."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from gridapp.areas import tree
from gridapp.areas.model import Level
from gridapp.issues.model import Reporter
from gridapp.issues.states import Source
from gridapp.register import open_register
from tests import factories as make
from tests.ui import people
from tests.ui.cli.conftest import Run

LONG_AGO, DONE = datetime.date(2020, 8, 3), datetime.date(2020, 8, 5)


@pytest.fixture
def ledger(db: Path) -> Path:
    """The register with one issue that is late, one that waits to be told, and one of another community."""
    register = open_register(str(db))
    third, other = (tree.find(register, code).uid for code in (people.THIRD, people.OTHER))
    late = {"registered_on": LONG_AGO, "category": "lighting.corridor", "number": "2020-00001"}
    make.make_issue(register, third, "马玉兰", "13820000001", **late)
    told = {"registered_on": LONG_AGO, "resolved_on": DONE, "category": "water", "level": Level.STREET}
    waits = make.make_issue(register, third, description="停水", number="2020-00002", result="已抢修", **told)
    person = {"name": "李建国", "phone": "13820000002", "source": Source.HOTLINE.value, "reported_on": LONG_AGO}
    make.insert(register, Reporter, issue=waits, **person)
    make.make_issue(register, other, "朱大爷", number="2020-00003", registered_on=datetime.date.today())
    register.close(backup=False)
    return db


@pytest.mark.parametrize(
    ("options", "numbers"),
    [
        ((), "123"),
        (("--area", people.COMMUNITY), "12"),
        (("--view", "overdue"), "1"),
        (("--view", "report_back"), "2"),
        (("--state", "registered"), "13"),
        (("--state", "registered", "--state", "resolved"), "123"),
        (("--category-of-issue", "公共照明"), "1"),
        (("--category-of-issue", "供水", "--category-of-issue", "楼道灯"), "12"),
        (("--level", "street"), "2"),
        (("--source", "hotline"), "2"),
        (("--text", "玉兰"), "1"),
        (("--view", "closed"), ""),
    ],
)
def test_each_option_leaves_the_issues_it_says(ledger: Path, run: Run, options: tuple[str, ...], numbers: str) -> None:
    answer = run("list", "issues", "--db", ledger, "--json", *options)
    assert (answer.code, [one["number"][-1] for one in answer.json]) == (0, list(numbers))


@pytest.mark.parametrize(
    "arguments",
    [
        ("list", "households", "--view", "overdue"),
        ("list", "tasks", "--state", "registered"),
        ("list", "issues", "--view", "mine"),
        ("list", "issues", "--estate", "盛欣园"),
        ("list", "issues", "--category", "tenant"),
        ("list", "visits", "--text", "马"),
        ("export", "ledger", "--area", people.THIRD, "--out", ".", "--format", "docx"),
        ("export", "calls", "--area", people.THIRD, "--out", ".", "--view", "overdue"),
    ],
)
def test_nonsense_is_a_mistake_of_usage(ledger: Path, run: Run, arguments: tuple[str, ...]) -> None:
    answer = run(*arguments, "--db", ledger)
    assert (answer.code, answer.out) == (2, "")


def test_the_ledger_of_an_area_is_written_and_can_be_imported_again(ledger: Path, run: Run, tmp_path: Path) -> None:
    (line,) = run("export", "ledger", "--db", ledger, "--area", people.COMMUNITY, "--out", tmp_path).lines
    assert Path(line).name == "兴南街道紫光苑社区民意账单.xlsx"
    rows = list(load_workbook(line)["民意账单"].iter_rows(min_row=2, values_only=True))
    assert rows[0][0] == "筛选：无，全部民意"
    assert [row[0] for row in rows[3:]] == ["2020-00001", "2020-00002"]
    report = run("import", line, "--db", ledger, "--area", people.COMMUNITY, "--json").json
    assert (report["issues"], report["issues_registered"]) == (0, 2)


def test_a_view_of_the_ledger_is_written_as_a_document(ledger: Path, run: Run, tmp_path: Path) -> None:
    options = ("--view", "overdue", "--format", "pdf")
    (line,) = run("export", "ledger", "--db", ledger, "--area", people.THIRD, "--out", tmp_path, *options).lines
    text = "".join("".join(page.extract_text() for page in PdfReader(line).pages).split())
    assert "筛选：逾期" in text and "马玉兰" in text and "停水" not in text


def test_the_call_list_of_an_area_is_written_in_both_formats(ledger: Path, run: Run, tmp_path: Path) -> None:
    for ending in ("xlsx", "pdf"):
        options = ("--format", ending, "--text", "停水")
        (line,) = run("export", "calls", "--db", ledger, "--area", people.THIRD, "--out", tmp_path, *options).lines
        assert Path(line).name == f"紫光苑社区第三网格反馈电话单.{ending}"
    sheet = load_workbook(tmp_path / "紫光苑社区第三网格反馈电话单.xlsx").worksheets[0]
    assert [sheet["A2"].value, sheet["B5"].value, sheet["B6"].value] == ["筛选：含“停水”", "李建国", "匿名"]


def test_nothing_to_write_no_such_area_and_no_such_category_are_refused(
    ledger: Path, refused: Callable[..., str], tmp_path: Path
) -> None:
    at = ("--db", ledger, "--out", tmp_path / "出")
    assert "没有符合条件的民意" in refused("export", "ledger", *at, "--area", people.THIRD, "--view", "closed")
    assert "没有等待反馈" in refused("export", "calls", *at, "--area", people.OTHER)
    assert "没有编码" in refused("export", "ledger", *at, "--area", "999999")
    assert "没有类别“飞碟”" in refused("export", "ledger", *at, "--area", people.THIRD, "--category-of-issue", "飞碟")
    assert not (tmp_path / "出").exists()
