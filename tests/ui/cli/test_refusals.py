"""Bad input: one line that says why, exit 1, and nothing changed."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gridapp.register import open_register
from tests.ui import people

ROOT = Path(__file__).parents[3]
Refused = Callable[..., str]

READING = [
    ("list", "households"),
    ("search", "马"),
    ("stats", "--area", people.THIRD),
    ("check",),
    ("export", "handbook", "--area", people.THIRD, "--out", "册"),
    ("backup",),
    ("restore",),
]


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with what is in it; a database's journals aside."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix not in (".db-wal", ".db-shm"))
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.fixture(autouse=True)
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_a_register_that_is_not_there_is_not_made(refused: Refused, tmp_path: Path, command: tuple[str, ...]) -> None:
    assert "没有找到" in refused(*command, "--db", tmp_path / "缺.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_a_file_that_is_no_register_stays_as_it_is(refused: Refused, tmp_path: Path, command: tuple[str, ...]) -> None:
    path = tmp_path / "说明.db"
    path.write_text("这不是数据库。" * 300, encoding="utf-8")
    before = contents(tmp_path)
    assert refused(*command, "--db", path)
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    "command",
    [
        ("demo", "--scale", "grid"),
        ("area", "add", "--code", "120104", "--path", "南开区"),
        ("list", "areas"),
        ("backup",),
    ],
    ids=" ".join,
)
def test_a_path_below_a_file_is_refused(refused: Refused, tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "文件").write_text("别动")
    before = contents(tmp_path)
    assert refused(*command, "--db", tmp_path / "文件" / "登记簿.db")
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    "command",
    [
        ("list", "households", "--area", "999999"),
        ("list", "areas", "--area", "12"),
        ("stats", "--area", "999999"),
        ("export", "handbook", "--area", "999999", "--out", "册"),
        ("area", "add", "--code", "12010", "--path", "南开区"),
        ("area", "add", "--code", "120104003001009", "--path", "南开区/第九网格"),
        ("area", "add", "--code", "120104003001009", "--path", "南开区/兴南街道/别的社区/第九网格"),
        ("demo", "--scale", "grid"),
        ("backup", "--out", "登记簿.db/副本.db"),
        ("restore", "--from", "缺.db"),
        ("export", "handbook", "--area", people.THIRD, "--out", "登记簿.db"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_done_leaves_the_register_as_it_was(
    refused: Refused, db: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    before = contents(tmp_path)
    assert refused(*command, "--db", db)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("path", ["南开区/第三网格", "南开区/兴南街道//第三网格"])
def test_a_refused_area_leaves_no_new_register(refused: Refused, tmp_path: Path, path: str) -> None:
    assert "需要 4 级名称" in refused("area", "add", "--db", "新.db", "--code", people.THIRD, "--path", path)
    assert list(tmp_path.iterdir()) == []


def test_a_register_of_a_newer_version_is_refused(refused: Refused, db: Path) -> None:
    register = open_register(str(db))
    register.db.execute_sql("INSERT INTO schema_migration (name, applied) VALUES ('9999_later', '2030-01-01')")
    register.close(backup=False)
    assert "更新版本的程序" in refused("list", "areas", "--db", db)


def test_a_server_that_does_not_answer_is_told_in_one_line(refused: Refused) -> None:
    assert "连不上" in refused("list", "areas", "--db", "postgresql://nobody@127.0.0.1:9/none?connect_timeout=2")
    assert "pg_dump" in refused("backup", "--db", "postgresql://nobody@127.0.0.1:9/none")


@pytest.mark.parametrize("mode", ["0", "1"])
def test_the_door_answers_in_the_c_locale_with_its_exit_codes(tmp_path: Path, mode: str) -> None:
    def answer(*arguments: str) -> tuple[int, str, str]:
        done = subprocess.run(
            [sys.executable, str(ROOT / "main.py"), *arguments],
            env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": mode},
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
        )
        return done.returncode, done.stdout, done.stderr

    made = answer("area", "add", "--db", "新.db", "--code", people.THIRD, "--path", "区/街/社/格")
    assert (tmp_path / "新.db").exists()
    assert made[0] == 0 and f"已新增 {people.THIRD} 格" in made[1] and made[2] == ""
    code, out, err = answer("list", "areas", "--db", "新.db", "--area", "999999")
    assert (code, out, err.count("\n")) == (1, "", 1) and "999999" in err
    assert answer("nonsense")[0] == 2
