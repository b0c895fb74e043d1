"""Contents go with every backup, take no room of their own beside the register, and come back with it."""

import datetime
import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gridapp.attachments import changing
from gridapp.attachments.listing import attached_to
from gridapp.errors import UserError
from gridapp.ids import new_uid
from gridapp.progress import Progress
from gridapp.register import Register, open_register
from gridapp.store import backups, content_folder, contents
from gridapp.store.check import check
from tests.gridapp.attachments import files

OWNER = new_uid()
NOW = datetime.datetime(2020, 8, 30, 18)
ROOT = Path(__file__).parents[3]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "登记簿.db"


def attach(register: Register, seed: int) -> bytes:
    changing.add(register, "issue", OWNER, (f"{seed}.jpg", files.picture(seed=seed)))
    return attached_to(register, OWNER)[-1].digest


def names(path: Path) -> list[str]:
    """What is attached in a register, which is whole."""
    with open_register(str(path), create=False) as register:
        assert check(register) == []
        assert all(contents.exists(register, one.digest) for one in attached_to(register, OWNER))
        return [one.name for one in attached_to(register, OWNER)]


def inodes(folder: Path) -> dict[str, int]:
    return {
        digest.hex(): content_folder.place(folder, digest).stat().st_ino for digest in content_folder.digests(folder)
    }


def test_backups_beside_the_register_take_its_contents_along_and_no_room(path: Path) -> None:
    for seed in range(3):
        with open_register(str(path)) as register:
            attach(register, seed)
    shared, live = backups.folder(path) / "contents", content_folder.beside(path)
    assert len(inodes(live)) == 6 and inodes(shared) == inodes(live)
    assert len(backups.existing(path)) == 3


def test_a_deleted_folder_comes_back_with_a_backup(path: Path) -> None:
    with open_register(str(path)) as register:
        attach(register, 1)
    for digest in list(content_folder.digests(content_folder.beside(path))):
        content_folder.place(content_folder.beside(path), digest).unlink()
    backups.restore(path, backups.existing(path)[0])
    assert names(path) == ["1.jpg"]


def test_restoring_keeps_what_stood_there_aside_with_its_contents(path: Path) -> None:
    with open_register(str(path)) as register:
        attach(register, 1)
    copy = backups.existing(path)[0]
    with open_register(str(path)) as register:
        attach(register, 2)
    aside = backups.restore(path, copy)
    assert aside is not None
    assert names(path) == ["1.jpg"]
    assert names(aside) == ["1.jpg", "2.jpg"]


def test_a_backup_elsewhere_has_its_contents_beside_it_and_can_be_carried_away(path: Path, tmp_path: Path) -> None:
    told: list[tuple] = []
    with open_register(str(path)) as register:
        attach(register, 1)
        out = backups.back_up(path, tmp_path / "优盘" / "副本.db", lambda *step: told.append(step))
    assert sorted(one.name for one in out.parent.iterdir()) == ["副本.db", "副本.db.files"]
    assert "备份照片和文件" in [message for _done, _total, message in told]
    other = tmp_path / "别的电脑"
    out.parent.rename(other)
    assert backups.restore(tmp_path / "空处" / "新.db", other / "副本.db") is None
    assert names(tmp_path / "空处" / "新.db") == ["1.jpg"]


def test_a_backup_over_an_earlier_one_has_just_what_belongs_to_it(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "副本.db"
    with open_register(str(path)) as register:
        attach(register, 1)
        backups.back_up(path, out)
        loose = contents.keep(register, b"nobody's")
        backups.back_up(path, out)
        content_folder.place(content_folder.beside(path), loose).unlink()
        attach(register, 2)
        backups.back_up(path, out)
    assert inodes(content_folder.beside(out)) == inodes(content_folder.beside(path))
    backups.discard(out)
    assert not out.exists() and not content_folder.beside(out).exists()


def test_rotation_drops_what_no_backup_has_any_more(register: Register) -> None:
    assert register.path is not None
    attach(register, 1)
    loose = contents.keep(register, b"nobody's")
    shared = backups.folder(register.path) / "contents"
    backups.rotate(register.path, NOW.replace(hour=0))
    content_folder.place(content_folder.beside(register.path), loose).unlink()
    for hour in range(1, 10):
        backups.rotate(register.path, NOW.replace(hour=hour))
    assert content_folder.place(shared, loose).exists()  # the first backup still has it
    backups.rotate(register.path, NOW.replace(hour=10))
    assert set(content_folder.digests(shared)) == set(contents.each(register))
    lists = {one.name for one in backups.folder(register.path).glob("*.contents")}
    assert lists == {f"{one.name}.contents" for one in backups.existing(register.path)}


def test_a_backup_whose_list_is_damaged_brings_back_all_that_there_is(path: Path) -> None:
    with open_register(str(path)) as register:
        lost = attach(register, 1)
    copy = backups.existing(path)[0]
    copy.with_name(copy.name + ".contents").write_text("kaputt")
    content_folder.place(content_folder.beside(path), lost).unlink()
    backups.restore(path, copy)
    assert names(path) == ["1.jpg"]


def test_where_a_file_system_has_no_links_contents_are_copied(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_paths: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)  # no such file system can be counted on here
    with open_register(str(path)) as register:
        attach(register, 1)
        out = backups.back_up(path, tmp_path / "副本.db")
    assert set(inodes(content_folder.beside(out)).values()).isdisjoint(inodes(content_folder.beside(path)).values())
    assert names(out) == ["1.jpg"]
    assert backups.restore(path, backups.existing(path)[-1]) is not None
    assert names(path) == ["1.jpg"]


def test_a_backup_that_fails_half_way_leaves_nothing(path: Path, tmp_path: Path) -> None:
    with open_register(str(path)) as register:
        attach(register, 1)
        folder = tmp_path / "柜子"
        folder.mkdir()
        with pytest.raises(KeyboardInterrupt):
            backups.back_up(path, folder / "副本.db", _stop_at("备份照片和文件"))
        assert list(folder.iterdir()) == []
        (folder / "副本.db.files.partial").write_text("")
        with pytest.raises(UserError, match="备份没有做成"):
            backups.back_up(path, folder / "副本.db")
        assert [one.name for one in folder.iterdir()] == ["副本.db.files.partial"]
    assert names(path) == ["1.jpg"]


def test_restoring_that_fails_half_way_leaves_all_as_it_was(path: Path) -> None:
    with open_register(str(path)) as register:
        lost = attach(register, 1)
    copy = backups.existing(path)[0]
    with open_register(str(path)) as register:
        attach(register, 2)
    live = content_folder.beside(path)
    content_folder.place(live, lost).unlink()
    before = set(content_folder.digests(live))
    with pytest.raises(KeyboardInterrupt):
        backups.restore(path, copy, _stop_at("备份照片和文件"))
    assert set(content_folder.digests(live)) == before
    assert not list(path.parent.glob("*.replaced-*")) and not list(path.parent.glob("*.restoring*"))


def _stop_at(message: str) -> Progress:
    def progress(_done: int, _total: int, told: str) -> None:
        if told == message:
            raise KeyboardInterrupt

    return progress


BACKING_UP = """
import sys
from pathlib import Path
from gridapp.store import backups

print("begun", flush=True)
while True:
    backups.back_up(Path(sys.argv[1]), Path(sys.argv[2]))
    backups.rotate(Path(sys.argv[1]))
"""


def test_a_backup_that_was_killed_is_whole_or_not_there_and_the_next_one_is(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "柜子" / "副本.db"
    with open_register(str(path)) as register:
        for seed in range(6):
            attach(register, seed)
        for pause in (0, 0.01, 0.02, 0.04):
            command = [sys.executable, "-c", BACKING_UP, str(path), str(out)]
            with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as process:
                assert process.stdout is not None
                process.stdout.readline()
                time.sleep(pause)  # the moment of death has to be any moment
                process.kill()
            for copy in (out, backups.latest_good(path)):
                if copy is not None and copy.exists():
                    backups.restore(tmp_path / "恢复.db", copy)
                    assert len(names(tmp_path / "恢复.db")) == 6
        backups.back_up(path, out)
    assert sorted(one.name for one in out.parent.iterdir()) == ["副本.db", "副本.db.files"]
