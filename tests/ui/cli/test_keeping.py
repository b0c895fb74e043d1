"""``demo``, ``area add``, ``check``, ``backup``, ``restore`` and ``export``: what they leave on disk."""

import os
import sqlite3
from pathlib import Path

import pytest
from pypdf import PdfReader

from gridapp.attachments import changing
from gridapp.ids import new_uid
from gridapp.places import default_register
from gridapp.register import open_register
from gridapp.store import backups, content_folder, contents
from tests.ui import people
from tests.ui.cli.conftest import Run

GRID, PATH = "120104003001003", "南开区/兴南街道/紫光苑社区/第三网格"


def test_a_demo_register_is_made_the_same_for_the_same_seed(run: Run, tmp_path: Path) -> None:
    listings = []
    for name in ("一", "二"):
        path = tmp_path / f"{name}.db"
        answer = run("demo", "--db", path, "--scale", "grid", "--seed", 7)
        assert answer.code == 0 and str(path) in answer.out and answer.err == ""
        homes = run("list", "households", "--db", path, "--json").json
        listings.append([{**home, "id": ""} for home in homes])
    assert listings[0] == listings[1] and len(listings[0]) > 100
    assert run("check", "--db", tmp_path / "一.db").code == 0


def test_without_a_path_the_users_own_register_is_meant(run: Run) -> None:
    assert run("area", "add", "--code", GRID, "--path", PATH).code == 0
    assert default_register().exists()
    assert len(run("list", "areas", "--json").json) == 4


def test_adding_a_grid_makes_register_and_levels_and_a_second_time_nothing(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "下级" / "新.db"
    answer = run("area", "add", "--db", path, "--code", GRID, "--path", PATH)
    assert (answer.code, len(answer.lines)) == (0, 4)
    assert answer.lines[-1] == f"已新增 {GRID} 第三网格"
    again = run("area", "add", "--db", path, "--code", GRID, "--path", PATH)
    assert (again.code, again.lines) == (0, ["这些区域都已存在，没有改动。"])
    assert [one["code"] for one in run("list", "areas", "--db", path, "--json").json][-1] == GRID


def test_a_code_and_a_path_may_be_typed_with_an_input_method(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "登记簿.db"
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in GRID)
    answer = run("area", "add", "--db", path, "--code", f" {wide}", "--path", f"／{PATH.replace('/', '／')}/")
    assert answer.lines[-1] == f"已新增 {GRID} 第三网格"
    found = run("list", "areas", "--db", path, "--area", wide, "--json").json
    assert [area["code"] for area in found] == [GRID]


def test_what_was_written_without_a_backup_is_told_as_done(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "登记簿.db"
    backups.folder(path).write_text("")
    answer = run("area", "add", "--db", path, "--code", GRID, "--path", PATH)
    assert (answer.code, len(answer.lines)) == (0, 4)
    assert "改动都已保存" in answer.err and answer.err.count("\n") == 1


def test_a_whole_register_is_said_to_be_whole(run: Run, db: Path) -> None:
    assert run("check", "--db", db).lines == ["登记簿完好。"]
    assert run("check", "--db", db, "--json").json == []


def test_faults_are_listed_and_exit_1(run: Run, db: Path) -> None:
    with sqlite3.connect(db) as broken:
        broken.execute("DELETE FROM household WHERE head = ?", (people.FIRST,))
    broken.close()
    answer = run("check", "--db", db, "--json")
    assert answer.code == 1 and answer.err.count("\n") == 1
    assert {"kind", "table", "detail"} == set(answer.json[0])
    assert run("check", "--db", db).lines


def test_a_backup_goes_beside_the_register_or_where_it_is_told(run: Run, db: Path, tmp_path: Path) -> None:
    assert run("backup", "--db", db).lines == [str(backups.existing(db)[0])]
    copy, folder = tmp_path / "副本.db", tmp_path / "柜子"
    folder.mkdir()
    assert run("backup", "--db", db, "--out", copy).lines == [str(copy)]
    (made,) = run("backup", "--db", db, "--out", folder).lines
    assert Path(made).parent == folder and backups.is_whole(Path(made)) and backups.is_whole(copy)


def test_a_register_is_restored_from_the_latest_good_backup(run: Run, db: Path) -> None:
    run("backup", "--db", db)
    db.write_bytes(b"kaputt" * 1_000)
    answer = run("restore", "--db", db)
    assert answer.code == 0 and "原文件改名为" in answer.out
    assert len(run("list", "areas", "--db", db, "--json").json) == 7


def test_a_register_is_restored_from_the_file_that_is_named(run: Run, db: Path, tmp_path: Path) -> None:
    copy = tmp_path / "副本.db"
    run("backup", "--db", db, "--out", copy)
    run("area", "add", "--db", db, "--code", "120104003001009", "--path", "南开区/兴南街道/紫光苑社区/第九网格")
    assert run("restore", "--db", db, "--from", copy).code == 0
    assert len(run("list", "areas", "--db", db, "--json").json) == 7


def test_what_belongs_to_no_record_is_told_and_cleared_when_that_is_wanted(run: Run, db: Path) -> None:
    with open_register(str(db)) as register:
        loose = content_folder.place(content_folder.beside(db), contents.keep(register, b"nobody's"))
        changing.add(register, "issue", new_uid(), ("记录.txt", "楼道灯不亮".encode()))
    assert run("check", "--db", db).lines[0] == "登记簿完好。"
    answer = run("check", "--db", db, "--json")
    assert answer.code == 0 and [one["kind"] for one in answer.json] == ["orphaned"]
    assert "1 个照片和文件没有任何记录用到" in run("check", "--db", db, "--clean").out  # of today
    os.utime(loose, (0, 0))
    assert "已清除 1 个" in run("check", "--db", db, "--clean").out
    assert not loose.exists() and run("check", "--db", db).lines == ["登记簿完好。"]


def test_handbooks_of_a_grid_and_of_a_community_are_written(run: Run, db: Path, tmp_path: Path) -> None:
    (one,) = run("export", "handbook", "--db", db, "--area", people.THIRD, "--out", tmp_path / "册").lines
    assert people.FIRST in "".join(page.extract_text() for page in PdfReader(one).pages)
    both = run("export", "handbook", "--db", db, "--area", people.COMMUNITY, "--out", tmp_path / "两册").lines
    assert len(both) == 2 and all(Path(path).exists() for path in both)


@pytest.mark.parametrize(
    "command", [("demo", "--scale", "galaxy"), ("area", "add"), ("export", "poem"), ("backup", "x")]
)
def test_what_cannot_be_understood_exits_2_and_makes_nothing(
    run: Run, tmp_path: Path, command: tuple[str, ...]
) -> None:
    answer = run(*command, "--db", tmp_path / "新.db")
    assert answer.code == 2 and answer.err != ""
    assert list(tmp_path.iterdir()) == []
