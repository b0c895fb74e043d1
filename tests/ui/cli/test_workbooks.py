"""``import`` and ``export register``: workbooks in and out."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.ui import people
from tests.ui.cli.conftest import Run

DATA = Path(__file__).parents[2] / "data"
LEDGER = DATA / "紫光苑社区第三网格住户台账.xlsx"
NO_LEDGER = DATA / "有密码.xls"


def count(run: Run, db: Path) -> int:
    return len(run("list", "households", "--db", db, "--json").json)


def test_a_ledger_is_imported_and_told(run: Run, db: Path) -> None:
    answer = run("import", LEDGER, "--db", db, "--area", people.FOURTH)
    assert answer.code == 0
    assert answer.lines[0].startswith(f"{LEDGER.name}：读取 162 行，导入 162 户、154 人")
    assert count(run, db) == 194


def test_a_trial_writes_nothing_and_tells_the_same(run: Run, db: Path) -> None:
    report = run("import", LEDGER, "--db", db, "--area", people.FOURTH, "--dry-run", "--json").json
    assert (report["households"], report["residents"], report["dry_run"]) == (162, 154, True)
    assert count(run, db) == 32


def test_of_several_files_those_that_can_be_read_are_and_the_rest_is_named(run: Run, db: Path) -> None:
    answer = run("import", NO_LEDGER, LEDGER, "--db", db, "--area", people.FOURTH, "--json")
    assert answer.code == 1 and answer.err.count("\n") == 1 and NO_LEDGER.name in answer.err
    assert [one["file"] for one in answer.json["files"]] == [LEDGER.name]
    assert count(run, db) == 194


def test_refused_rows_are_written_to_a_workbook(run: Run, db: Path, tmp_path: Path) -> None:
    errors = tmp_path / "未导入.xlsx"
    assert run("import", LEDGER, "--db", db, "--area", people.FOURTH, "--errors", errors).code == 0
    assert load_workbook(errors).sheetnames


@pytest.mark.parametrize(
    ("file", "area"),
    [(NO_LEDGER, people.FOURTH), ("缺.xlsx", people.FOURTH), (LEDGER, "999999"), (LEDGER, people.COMMUNITY)],
)
def test_what_cannot_be_imported_is_refused_and_nothing_written(
    refused: Callable[..., str], run: Run, db: Path, file: object, area: str
) -> None:
    assert refused("import", file, "--db", db, "--area", area)
    assert count(run, db) == 32


def test_the_register_of_an_area_is_written(run: Run, db: Path, tmp_path: Path) -> None:
    (line,) = run("export", "register", "--db", db, "--area", people.COMMUNITY, "--out", tmp_path / "出").lines
    book = load_workbook(line, read_only=True)
    texts = {cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    book.close()
    assert {people.FIRST, "杨0"} <= texts and "朱0" not in texts
    assert [path.name for path in (tmp_path / "出").iterdir()] == [Path(line).name]


@pytest.mark.parametrize("area", ["999999", people.COMMUNITY])
def test_a_register_that_cannot_be_written_is_refused(
    refused: Callable[..., str], db: Path, tmp_path: Path, area: str
) -> None:
    (tmp_path / "文件").write_text("别动")
    assert refused("export", "register", "--db", db, "--area", area, "--out", tmp_path / "文件")
    assert (tmp_path / "文件").read_text() == "别动"
