"""Contents beside the register are there whole or not at all; the check finds what is missing, damaged or left."""

import datetime
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from gridapp.attachments import changing
from gridapp.attachments.listing import Attached, attached_to
from gridapp.attachments.model import Attachment
from gridapp.errors import UserError
from gridapp.ids import new_uid
from gridapp.register import Register, open_register
from gridapp.store import clearing, content_folder, contents
from gridapp.store.blobs import Blob, digest_of
from gridapp.store.check import check
from gridapp.store.undo import undo
from tests.gridapp.attachments import files

OWNER = new_uid()
ROOT = Path(__file__).parents[3]
TOMORROW = datetime.timedelta(days=1, minutes=1)


@pytest.fixture
def photo(register: Register) -> Attached:
    """A photograph on record."""
    return attach(register)


def attach(register: Register, seed: int = 0) -> Attached:
    uid = changing.add(register, "issue", OWNER, (f"照片{seed}.jpg", files.picture(seed=seed)))
    return next(one for one in attached_to(register, OWNER) if one.uid == uid)


def place(register: Register, digest: bytes) -> Path:
    return content_folder.place(content_folder.beside(register.path), digest)


def faults(register: Register) -> list[tuple[str, str]]:
    return [(fault.kind, fault.table) for fault in check(register)]


def test_what_is_kept_is_read_as_it_was(engine_register: Register) -> None:
    digest = contents.keep(engine_register, b"\0\xff" * 500_000)
    assert digest == digest_of(b"\0\xff" * 500_000)
    assert contents.read(engine_register, digest) == b"\0\xff" * 500_000
    assert contents.exists(engine_register, digest) and list(contents.each(engine_register)) == [digest]
    assert contents.read(engine_register, bytes(32)) is None and not contents.exists(engine_register, bytes(32))


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are another matter there")
def test_contents_are_for_whom_the_register_is_for(register: Register, photo: Attached) -> None:
    path = place(register, photo.digest)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in (path.parent, path.parent.parent)} == {0o700}
    assert register.path is not None
    register.path.chmod(0o660)  # shared by a group
    path = place(register, contents.keep(register, b"more"))
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o770


def test_a_damaged_content_is_mended_by_adding_it_again(register: Register, photo: Attached) -> None:
    path = place(register, photo.digest)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert faults(register) == [("damaged", "attachment")]
    attach(register)
    assert faults(register) == []


def test_a_missing_content_is_found_and_reading_it_tells_nothing(register: Register, photo: Attached) -> None:
    assert photo.thumbnail is not None
    attach(register, seed=1)
    for digest in (photo.digest, photo.thumbnail):
        place(register, digest).unlink()
    assert contents.read(register, photo.digest) is None
    assert faults(register) == [("missing", "attachment")] * 2


def test_a_missing_content_on_a_server_is_found(engine_register: Register) -> None:
    photo = attach(engine_register)
    if engine_register.path is None:
        engine_register.run(Blob.delete().where(Blob.digest == photo.digest))
        assert faults(engine_register) == [("missing", "attachment")]


def test_a_register_that_was_moved_without_its_folder_says_so_once(tmp_path: Path) -> None:
    path, moved = tmp_path / "登记簿.db", tmp_path / "新名.db"
    with open_register(str(path)) as register:
        photo = attach(register)
        attach(register, seed=1)
    path.rename(moved)
    with open_register(str(moved), create=False) as register:
        assert contents.read(register, photo.digest) is None
        (fault,) = check(register)
        assert "新名.db.files" in fault.detail and "不在登记簿旁边" in fault.detail
        content_folder.beside(path).rename(content_folder.beside(moved))
        assert check(register) == []


def test_a_register_without_attachments_needs_no_folder(register: Register) -> None:
    uid = attach(register).uid
    undo(register)
    assert register.first(Attachment.select().where(Attachment.uid == uid)) is None
    assert check(register) == []


# What belongs to nothing


def test_only_what_neither_a_record_nor_the_log_names_is_cleared_and_only_after_a_day(register: Register) -> None:
    kept, undone, deleted = attach(register), attach(register, seed=1), attach(register, seed=2)
    changing.remove(register, [deleted.uid])
    undo(register)
    changing.remove(register, [undone.uid])
    loose = contents.keep(register, b"nobody's")
    broken_off = place(register, loose).with_name(".gridapp-0123456789ab.tmp")
    broken_off.write_bytes(b"nob")
    assert {orphan.path for orphan in clearing.orphans(register)} == {place(register, loose), broken_off}
    assert clearing.clear(register) == []
    cleared = clearing.clear(register, datetime.datetime.now() + TOMORROW)
    assert {orphan.path for orphan in cleared} == {place(register, loose), broken_off}
    assert clearing.orphans(register) == [] and check(register) == []
    for one in (kept, undone, deleted):
        assert contents.exists(register, one.digest)


def test_what_is_kept_again_is_no_longer_old(register: Register) -> None:
    digest = contents.keep(register, b"once more")
    os.utime(place(register, digest), (0, 0))
    contents.keep_ahead(register, b"once more")
    assert clearing.clear(register) == []


def test_on_a_server_nothing_is_left_behind(engine_register: Register) -> None:
    if engine_register.path is None:
        with pytest.raises(ZeroDivisionError), engine_register.recording("登记") as recording:
            changing.add(recording, "issue", OWNER, ("照片.jpg", files.picture()))
            _ = 1 / 0
        assert list(contents.each(engine_register)) == []
        assert clearing.clear(engine_register) == []


# Where it cannot be written


def test_a_place_that_is_taken_is_told_in_one_sentence_and_nothing_is_half_done(register: Register) -> None:
    assert register.path is not None
    content_folder.beside(register.path).write_text("")
    with pytest.raises(UserError, match="被别的文件占用"):
        attach(register)
    assert attached_to(register, OWNER) == [] and check(register) == []


LIMITED = """
import resource, signal, sys
from gridapp.attachments import changing
from gridapp.errors import UserError
from gridapp.register import open_register
from tests.gridapp.attachments import files

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
register = open_register(sys.argv[1])
photo = files.noise((1200, 900))
resource.setrlimit(resource.RLIMIT_FSIZE, (len(photo) // 2, len(photo) // 2))
for attempt in (changing.add, lambda *told: changing.add_all(*told[:-1], [told[-1]])):
    try:
        attempt(register, "issue", bytes(16), ("照片.jpg", photo))
    except UserError as error:
        print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the system has no such limit")
def test_a_disk_that_takes_no_more_is_told_in_one_sentence_and_nothing_is_half_done(tmp_path: Path) -> None:
    url = str(tmp_path / "登记簿.db")
    told = subprocess.run(
        [sys.executable, "-c", LIMITED, url], cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert told.stdout.count("照片和文件没有存下") == told.stdout.count("\n") == 2
    with open_register(url, create=False) as register:
        assert attached_to(register, bytes(16)) == [] and check(register) == []
        assert clearing.orphans(register) == [] or all(one.size < 20_000 for one in clearing.orphans(register))
        folder = content_folder.beside(tmp_path / "登记簿.db")
        assert list(content_folder.broken_off(folder)) == []


FORBIDDEN = """
import os, sys
from gridapp.attachments import changing
from gridapp.errors import UserError
from gridapp.register import open_register
from tests.gridapp.attachments import files

register = open_register(sys.argv[1])
prepared = changing.prepared(("照片.jpg", files.picture()))
if os.geteuid() == 0:
    os.seteuid(65534)  # nobody, since nothing is forbidden to root
try:
    changing.add(register, "issue", bytes(16), prepared)
except UserError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are another matter there")
def test_a_folder_that_may_not_be_written_is_told_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "登记簿.db"
    open_register(str(path)).close()
    folder = content_folder.beside(path)
    folder.mkdir()
    folder.chmod(0o500)
    told = subprocess.run(
        [sys.executable, "-c", FORBIDDEN, str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    assert told.stdout.count("\n") == 1 and "没有权限" in told.stdout
    with open_register(str(path), create=False) as register:
        assert attached_to(register, bytes(16)) == [] and check(register) == []
