"""Backups: whole, rotated by the rule, and put back without losing what stood there."""

import datetime
import os
import sqlite3
import stat
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridapp.areas.model import Area
from gridapp.errors import UserError
from gridapp.register import Register, open_register
from gridapp.store import backups
from gridapp.store.check import check
from gridapp.store.setting import Setting
from tests.factories import make_grid

NOW = datetime.datetime(2020, 8, 30, 18)
moments = st.datetimes(NOW - datetime.timedelta(days=60), NOW)


def named(moment: datetime.datetime) -> Path:
    return Path(f"登记簿-{moment:%Y%m%dT%H%M%S%f}.db")


@given(st.lists(moments, unique=True, max_size=60))
def test_the_ten_latest_and_the_last_of_each_of_thirty_days_are_kept(taken: list[datetime.datetime]) -> None:
    newest_first = sorted(taken, reverse=True)
    last_of_day: dict[datetime.date, datetime.datetime] = {}
    for moment in newest_first:
        last_of_day.setdefault(moment.date(), moment)
    recent = {m for day, m in last_of_day.items() if day > NOW.date() - datetime.timedelta(days=30)}
    dropped = backups.superseded([named(moment) for moment in newest_first], NOW)
    kept = {named(moment) for moment in taken} - set(dropped)
    assert kept == {named(moment) for moment in recent | set(newest_first[:10])}


def test_rotation_keeps_its_rule_on_disk_and_leaves_other_files_alone(register: Register) -> None:
    folder = backups.folder(register.path)
    folder.mkdir()
    (folder / "请勿删除.txt").write_text("")
    for hour in range(14):
        backups.rotate(register.path, NOW.replace(hour=hour))
    assert len(backups.existing(register.path)) == 10
    assert (folder / "请勿删除.txt").exists()
    assert backups.latest_good(register.path) == backups.existing(register.path)[0]


def test_closing_backs_up_only_what_was_written_to(tmp_path: Path) -> None:
    path = tmp_path / "登记[1].db"
    open_register(str(path)).close()
    assert backups.existing(path) == []
    with open_register(str(path)) as register:
        make_grid(register)
    assert len(backups.existing(path)) == 1
    open_register(str(path)).close()
    assert len(backups.existing(path)) == 1


def test_a_backup_taken_while_others_write_is_whole_and_one_moment(register: Register, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            with register.recording("写") as recording:
                for half in "ab":
                    recording.insert(Setting, key=f"{number}{half}", value="x" * 3_000)
        register.release()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        copies = [backups.back_up(register.path, tmp_path / f"副本{n}.db") for n in range(8)]
    finally:
        stop.set()
        writer.join()
    for copy in copies:
        assert backups.is_whole(copy)
        with open_register(str(copy), create=False) as opened:
            assert check(opened) == []
            assert opened.first(Setting.select()) is None or len(opened.all(Setting.select())) % 2 == 0


def test_a_backup_is_one_file_and_tells_its_progress(register: Register, tmp_path: Path) -> None:
    make_grid(register)
    told: list[tuple] = []
    backups.back_up(register.path, tmp_path / "下级" / "副本.db", lambda *step: told.append(step))
    assert [path.name for path in (tmp_path / "下级").iterdir()] == ["副本.db"]
    assert told[-1][0] == told[-1][1] > 0


def test_a_backup_is_not_written_over_the_register_itself(register: Register) -> None:
    make_grid(register)
    with pytest.raises(UserError, match="换一个文件名"):
        backups.back_up(register.path, register.path.parent / "." / register.path.name)
    assert check(register) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only Unix has files that are none")
def test_a_backup_takes_the_place_of_no_device(register: Register, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道")
    for name in ("管道", "."):
        with pytest.raises(UserError, match="备份没有做成"):
            backups.back_up(register.path, tmp_path / name)
    assert stat.S_ISFIFO((tmp_path / "管道").stat().st_mode)


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are another matter there")
def test_a_register_and_its_copies_are_for_their_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "登记簿.db"
    with open_register(str(path)) as register:
        make_grid(register)
        assert {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()} == {0o600}
    copy = backups.existing(path)[0]
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    path.chmod(0o660)  # shared by a group, which restoring must not shut out
    backups.restore(path, copy)
    assert stat.S_IMODE(path.stat().st_mode) == 0o660


def test_what_a_broken_off_backup_left_does_not_get_into_the_next_one(register: Register, tmp_path: Path) -> None:
    make_grid(register)
    target = tmp_path / "别处" / "备份.db"
    target.parent.mkdir()
    for tail in ("", "-journal"):
        (target.parent / f"备份.db.partial{tail}").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" * 500)
    backups.back_up(register.path, target)
    assert [path.name for path in target.parent.iterdir()] == ["备份.db"]
    assert backups.is_whole(target)


def test_a_backup_that_cannot_be_written_leaves_the_register_as_it_was(register: Register, tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("")
    with pytest.raises(UserError, match="备份没有做成"):
        backups.back_up(register.path, tmp_path / "文件" / "副本.db")
    assert check(register) == []


def test_restoring_keeps_what_stood_there_aside(tmp_path: Path) -> None:
    path = tmp_path / "登记簿.db"
    with open_register(str(path)) as register:
        make_grid(register, "120104003001001")
    copy = backups.existing(path)[0]
    with open_register(str(path)) as register:
        make_grid(register, "120104003001002")
    aside = backups.restore(path, copy)
    assert aside is not None
    assert codes(path) == {"120104003001001"}
    assert codes(aside) == {"120104003001001", "120104003001002"}


def test_restoring_onto_a_broken_register_keeps_its_bytes_aside(tmp_path: Path) -> None:
    path = tmp_path / "登记簿.db"
    with open_register(str(path)) as register:
        make_grid(register)
    path.write_bytes(b"kaputt" * 1_000)
    aside = backups.restore(path, backups.existing(path)[0])
    assert aside.read_bytes().startswith(b"kaputt")
    assert len(codes(path)) == 1


def test_restoring_refuses_a_bad_file_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "登记簿.db"
    with open_register(str(path)) as register:
        make_grid(register)
    before = path.read_bytes()
    bad = tmp_path / "坏.db"
    bad.write_bytes(before[:6_000])
    for source in (bad, tmp_path / "缺.db"):
        with pytest.raises(UserError, match="没有"):
            backups.restore(path, source)
    assert path.read_bytes() == before


def test_restoring_refuses_a_register_in_use(tmp_path: Path) -> None:
    path = tmp_path / "登记簿.db"
    with open_register(str(path)) as register:
        make_grid(register)
    copy = backups.existing(path)[0]
    with open_register(str(path)) as register:
        make_grid(register, "120104003001002")
        with pytest.raises(UserError, match="正在使用"):
            backups.restore(path, copy)
        make_grid(register, "120104003001004")
    assert len(codes(path)) == 3


def test_restoring_where_nothing_stood_makes_the_register(register: Register, tmp_path: Path) -> None:
    make_grid(register)
    copy = backups.back_up(register.path, tmp_path / "副本.db")
    assert backups.restore(tmp_path / "新.db", copy) is None
    assert len(codes(tmp_path / "新.db")) == 1


def test_a_database_without_the_registers_tables_is_no_backup(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "其他.db")
    other.execute("CREATE TABLE mail (subject)")
    other.close()
    assert not backups.is_whole(tmp_path / "其他.db")


def codes(path: Path) -> set[str]:
    with open_register(str(path), create=False) as register:
        assert check(register) == []
        return {code for (code,) in register.each(Area.select(Area.code).where(Area.level == 4))}
