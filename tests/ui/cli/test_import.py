"""``import`` on the command line: 0 done, 1 refused with one line why, 2 used wrongly."""

import json

import pytest
from openpyxl import load_workbook

from gridapp.register import open_register
from tests import factories as make
from tests.gridapp.intake import workbooks as books
from tests.gridapp.intake.workbooks import ledger, row
from ui.cli import main


@pytest.fixture
def db(tmp_path):
    """The file of a register with one grid."""
    with open_register(str(tmp_path / "登记簿.db")) as register:
        make.make_grid(register)
    return str(tmp_path / "登记簿.db")


@pytest.fixture
def run(db, capsys):
    """Runs ``import`` and returns exit code, output and errors."""

    def run_import(*arguments, area=make.GRID):
        try:
            main(["import", *map(str, arguments), "--db", db, *(["--area", area] if area else [])])
            code = 0
        except SystemExit as left:
            code = left.code or 0
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run_import


def registered(db):
    with open_register(db) as register:
        return books.households(register)


def test_a_workbook_is_imported_and_summed_up_in_one_line(run, db):
    code, out, err = run(books.LEDGER)
    assert (code, err) == (0, "")
    assert out == "紫光苑社区第三网格住户台账.xlsx：读取 162 行，导入 162 户、154 人。\n"
    assert len(registered(db)) == 162


def test_json_says_the_same_with_every_refused_row(run, tmp_path):
    code, out, _ = run(ledger(tmp_path / "a.xlsx", row(), row(户主=None)), "--json")
    told = json.loads(out)
    assert code == 0
    assert (told["file"], told["rows_read"], told["households"], told["residents"]) == ("a.xlsx", 2, 1, 1)
    assert told["refused"] == [{"sheet": "住户台账", "row": 3, "reason": "没有姓名。请填写户主姓名或单位名称。"}]
    assert told["warnings"] == []


def test_refused_rows_are_named_below_the_summary(run, tmp_path):
    _, out, _ = run(ledger(tmp_path / "a.xlsx", row(楼栋=None, 房号=None), row()))
    assert out.splitlines()[1].startswith("工作表「住户台账」第 2 行：没有地址")


def test_a_trial_writes_nothing(run, db):
    code, out, _ = run(books.PEOPLE, "--dry-run")
    assert code == 0
    assert "试读，可导入 16 户、27 人" in out
    assert registered(db) == []


def test_refused_rows_are_written_to_a_workbook(run, tmp_path):
    code, _, _ = run(ledger(tmp_path / "a.xlsx", row(), row(户主=None)), "--errors", tmp_path / "错.xlsx")
    assert code == 0
    assert [cell.value for cell in load_workbook(tmp_path / "错.xlsx")["住户台账"][3]][:3] == [
        "住户台账",
        3,
        "没有姓名。请填写户主姓名或单位名称。",
    ]


@pytest.mark.parametrize("name", ["有密码.xls", "没有这个.xlsx"])
def test_a_file_that_cannot_be_used_is_refused_with_one_line(run, db, name):
    code, out, err = run(books.DATA / name)
    assert (code, out) == (1, "")
    assert len(err.splitlines()) == 1
    assert name in err
    assert registered(db) == []


def test_good_files_are_imported_though_others_are_refused(run, db):
    code, out, err = run(books.LEDGER, books.DATA / "有密码.xls", "--json")
    assert code == 1
    told = json.loads(out)
    assert [one["households"] for one in told["files"]] == [162]
    assert len(told["failed"]) == len(err.splitlines()) == 1
    assert err.count("有密码.xls") == 1
    assert len(registered(db)) == 162


def test_ledgers_and_rosters_come_in_by_the_same_command(run, db, tmp_path):
    paths = [books.DATA / "紫光苑社区民意账单.xlsx", books.DATA / "紫光苑社区服务队名册.xlsx"]
    code, out, _err = run(books.LEDGER, paths[0])
    assert (code, out.splitlines()[1]) == (0, "紫光苑社区民意账单.xlsx：读取 40 行，导入 40 条民意，2 处请核对。")
    code, out, _err = run(paths[1], "--errors", tmp_path / "错.xlsx", "--json")
    told = json.loads(out)
    assert (told["members"], len(told["refused"])) == (7, 16)
    assert "没有名为“第一网格”的网格" in told["refused"][0]["reason"]
    code, out, _err = run(*paths)
    assert out.splitlines()[0] == "紫光苑社区民意账单.xlsx：读取 40 行，导入 0 条民意，40 条民意已登记、没有改动。"


def test_an_unknown_area_is_refused(run):
    code, _, err = run(books.LEDGER, area="120104999")
    assert code == 1
    assert "没有编码为 120104999 的区域" in err


@pytest.mark.parametrize("arguments", [[], [books.LEDGER, "--无此选项"]])
def test_wrong_use_is_told_with_exit_code_2(run, arguments):
    assert run(*arguments)[0] == 2


def test_the_area_has_to_be_named(run):
    assert run(books.LEDGER, area=None)[0] == 2
