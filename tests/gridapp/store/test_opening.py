"""Opening a register: new, newer, broken, foreign, out of reach; and what the migrations build."""

import sqlite3
from pathlib import Path

import peewee
import pytest
from playhouse.schema_diff import diff_models

from gridapp.errors import UserError
from gridapp.register import TABLES, DamagedRegister, NotBackedUp, Register, open_register
from gridapp.store import backups
from gridapp.store.blobs import Blob
from gridapp.store.check import check
from gridapp.store.dialects import refusal
from gridapp.store.log import Batch, Change
from gridapp.store.record import Record
from gridapp.store.register import open_database
from tests.factories import make_grid


def test_the_migrations_build_what_the_models_say(engine_register: Register) -> None:
    differences = diff_models(engine_register.db, [*TABLES, Batch, Change, Blob])
    assert not differences, differences


def test_a_table_stands_after_those_it_refers_to() -> None:
    seen: set[type[Record]] = set()
    for model in TABLES:
        seen.add(model)
        assert set(model._meta.refs.values()) <= seen


def test_a_register_is_found_again_as_it_was_left(engine_url: str) -> None:
    with open_register(engine_url) as register:
        make_grid(register)
    with open_register(engine_url, create=False) as register:
        assert register.value(Change.select(Change.record_table)) == "area"


def test_a_register_of_a_newer_version_is_refused(engine_url: str) -> None:
    open_register(engine_url).close(backup=False)
    newer = open_register(engine_url)
    newer.db.execute_sql("INSERT INTO schema_migration (name, applied) VALUES ('9999_later', '2030-01-01')")
    newer.close(backup=False)
    with pytest.raises(UserError, match=r"更新版本的程序.*9999_later.*升级"):
        open_register(engine_url)


def test_a_path_without_a_file_is_refused_where_none_is_to_be_made(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有找到登记簿"):
        open_register(str(tmp_path / "缺.db"), create=False)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_database_is_told_in_words(tmp_path: Path) -> None:
    path = tmp_path / "说明.db"
    path.write_text("这不是数据库" * 500, encoding="utf-8")
    with pytest.raises(DamagedRegister, match=r"不是登记簿文件.*没有找到完好的备份") as caught:
        open_register(str(path))
    assert caught.value.backup is None


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "其他.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE mail (subject)")
    other.close()
    with pytest.raises(UserError, match="别的程序"):
        open_register(str(path))
    with sqlite3.connect(path) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("mail",)]
    other.close()


def test_a_damaged_file_offers_its_latest_good_backup(tmp_path: Path) -> None:
    path = tmp_path / "登记簿.db"
    with open_register(str(path)) as register:
        make_grid(register)
    good = backups.existing(path)[0]
    bad = good.with_name(f"{path.stem}-29990101T000000000000.db")
    bad.write_bytes(good.read_bytes()[:5_000])
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + b"\xff" * 4_000 + whole[4_100:])
    with pytest.raises(DamagedRegister, match="恢复") as caught:
        open_register(str(path))
    assert caught.value.backup == good


def test_a_file_that_has_lost_all_its_content_is_no_new_register(tmp_path: Path) -> None:
    path = tmp_path / "登记簿.db"
    with open_register(str(path)) as register:
        make_grid(register)
    path.write_bytes(b"")
    with pytest.raises(DamagedRegister) as caught:
        open_register(str(path))
    assert caught.value.backup == backups.existing(path)[0]
    backups.restore(path, caught.value.backup)
    with open_register(str(path)) as register:
        assert check(register) == [] and register.first(Change.select()) is not None


def test_a_path_below_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("")
    with pytest.raises(UserError, match="无法写入登记簿"):
        open_register(str(tmp_path / "文件" / "x.db"))


def test_a_folder_is_no_register(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="无法写入登记簿"):
        open_register(str(tmp_path))


def test_a_server_that_does_not_answer_is_told_in_words() -> None:
    with pytest.raises(UserError, match="连不上共享登记簿"):
        open_database("postgresql://nobody@127.0.0.1:1/none", TABLES)


def test_a_register_that_somebody_else_is_writing_is_told_in_words(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    register.db.execute_sql("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(register.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(UserError, match="正被另一个程序占用"):
        make_grid(register)
    other.execute("ROLLBACK")
    other.close()
    make_grid(register)


@pytest.mark.parametrize(("reason", "told"), [("database or disk is full", "磁盘已满"), ("disk I/O error", "磁盘出错")])
def test_a_disk_that_gives_up_while_a_batch_is_committed_is_told_in_words(
    register: Register, reason: str, told: str
) -> None:
    with pytest.raises(UserError, match=told), register.recording("新增区域"):
        make_grid(register)
        register.db.execute_sql("ROLLBACK")  # as SQLite does by itself then
        raise peewee.OperationalError(reason)
    assert register.first(Change.select()) is None
    make_grid(register)
    assert check(register) == []


def test_closing_says_that_the_changes_are_safe_where_no_backup_can_be_made(tmp_path: Path) -> None:
    path = tmp_path / "登记簿.db"
    backups.folder(path).write_text("")
    register = open_register(str(path))
    make_grid(register)
    with pytest.raises(NotBackedUp, match="都已保存"):
        register.close()
    with open_register(str(path)) as again:
        assert check(again) == [] and again.first(Change.select()) is not None


def test_a_writer_on_a_server_waits_its_turn_and_then_says_so(postgres_url: str, monkeypatch) -> None:
    monkeypatch.setattr("gridapp.store.dialects.BUSY_TIMEOUT_MS", 50)
    with open_register(postgres_url) as mine, open_register(postgres_url) as theirs:
        with theirs.recording("导入"), pytest.raises(UserError, match="正被另一个程序占用"):
            make_grid(mine)
        make_grid(mine)


def test_a_writer_stamps_after_what_another_workstation_wrote(engine_url: str) -> None:
    with open_register(engine_url) as mine, open_register(engine_url) as theirs:
        theirs.clock.observe(theirs.clock.tick() + (3_600_000 << 16))
        make_grid(theirs, "120104003001001")
        make_grid(mine, "120104003001002")
        stamps = [stamp for (stamp,) in mine.all(Change.select(Change.hlc).order_by(Change.seq).tuples())]
    assert stamps == sorted(stamps)
    assert len(set(stamps)) == len(stamps)


def drop_line(register: Register) -> None:
    """Let the server end the register's connection, as a restart or a firewall does."""
    (process,) = register.db.execute_sql("SELECT pg_backend_pid()").fetchone()
    with open_register(register.url) as other:
        other.db.execute_sql("SELECT pg_terminate_backend(%s, 5000)", (process,))


def test_a_register_on_a_server_is_connected_to_again_after_the_line_was_dropped(postgres_url: str) -> None:
    with open_register(postgres_url) as register:
        make_grid(register)
        drop_line(register)
        assert register.value(Change.select(Change.record_table)) == "area"
        drop_line(register)
        make_grid(register, "120104003001004")
        drop_line(register)
        assert len(register.all(Change.select(Change.seq))) == 5
        assert check(register) == []


def test_a_line_dropped_while_writing_loses_the_whole_batch_and_says_so(postgres_url: str) -> None:
    with open_register(postgres_url) as register:
        with pytest.raises(UserError, match="连不上共享登记簿"), register.recording("导入"):
            make_grid(register)
            drop_line(register)
            make_grid(register, "120104003001004")
        assert register.value(Change.select(Change.seq)) is None
        make_grid(register)
        assert check(register) == []


@pytest.mark.parametrize("user", ["nobody:secret", "nobody:se@cret:", "nobody"])
def test_a_password_in_the_address_is_not_told(user: str) -> None:
    told = str(refusal(peewee.OperationalError("database is locked"), f"postgresql://{user}@127.0.0.1:1/none"))
    assert "cret" not in told
    assert "postgresql://nobody@127.0.0.1:1/none" in told
