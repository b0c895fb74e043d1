"""A file is there whole or not at all, and a refusal is one sentence that says what to do."""

import errno
import os
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.files import atomically, refusal, safe_name, together
from gridapp.errors import Cancelled, UserError

names = st.text(max_size=200) | st.sampled_from(
    ["CON", "nul.txt", "..", "a/b\\c", "第三网格 ", "报表.", "\x00", "楼" * 90]
)
FULL = "/dev/full"
needs_full = pytest.mark.skipif(not os.path.exists(FULL), reason="only Linux has a device that is always full")  # noqa: PTH110


def test_a_file_takes_its_place_when_all_went_well(tmp_path):
    path = tmp_path / "新文件夹" / "手册.pdf"
    with atomically(path) as temporary:
        temporary.write_text("新")
        assert not path.exists()
    assert path.read_text() == "新"
    assert [each.name for each in path.parent.iterdir()] == ["手册.pdf"]


@pytest.mark.parametrize("error", [ValueError, Cancelled, KeyboardInterrupt])
def test_what_fails_leaves_the_file_of_before(tmp_path, error):
    path = tmp_path / "手册.pdf"
    path.write_text("旧")
    with pytest.raises(error), atomically(path) as temporary:
        temporary.write_text("半")
        raise error()
    assert path.read_text() == "旧"
    assert list(tmp_path.iterdir()) == [path]


@needs_full
def test_a_full_disk_is_told_in_one_sentence_and_keeps_the_file_of_before(tmp_path):
    path = tmp_path / "手册.pdf"
    path.write_text("旧")
    with pytest.raises(UserError) as told, atomically(path), open(FULL, "w") as full:  # noqa: PTH123
        full.write("半")
    assert str(told.value) == f"磁盘空间不足，没有写成 {path}。请清理磁盘或换一个位置后重试。原来的文件没有改动。"
    assert path.read_text() == "旧"


def test_a_folder_in_the_files_place_is_told(tmp_path):
    (tmp_path / "手册.pdf").mkdir()
    with pytest.raises(UserError, match="同名"), atomically(tmp_path / "手册.pdf") as temporary:
        temporary.write_text("新")
    assert [each.name for each in tmp_path.iterdir()] == ["手册.pdf"]


@needs_full
def test_a_device_is_not_replaced_by_a_file(tmp_path):
    os.mkfifo(tmp_path / "管道")
    with pytest.raises(UserError, match="同名"), atomically(tmp_path / "管道") as temporary:
        temporary.write_text("新")
    assert (tmp_path / "管道").is_fifo()


def test_a_file_in_the_folders_place_is_told(tmp_path):
    (tmp_path / "手册").write_text("旧")
    with pytest.raises(UserError, match="换一个位置"), atomically(tmp_path / "手册" / "甲.pdf"):
        pass
    with pytest.raises(UserError, match="换一个位置"), together(tmp_path / "手册"):
        pass
    assert (tmp_path / "手册").read_text() == "旧"


@pytest.mark.skipif(sys.platform == "win32" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="may do all")
def test_a_folder_that_may_not_be_written_is_told(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(UserError, match="没有写入权限"), atomically(tmp_path / "手册.pdf") as temporary:
        temporary.write_text("新")


def test_files_take_their_places_together(tmp_path):
    (tmp_path / "甲.pdf").write_text("旧")
    with together(tmp_path / "手册") as staging:
        for name in ("甲.pdf", "乙.pdf"):
            (staging / name).write_text(name)
        assert list((tmp_path / "手册").iterdir()) == [staging]
    assert sorted(each.name for each in (tmp_path / "手册").iterdir()) == ["乙.pdf", "甲.pdf"]


def test_none_of_the_files_takes_its_place_if_one_fails(tmp_path):
    (tmp_path / "甲.pdf").write_text("旧")
    with pytest.raises(Cancelled), together(tmp_path) as staging:
        (staging / "甲.pdf").write_text("新")
        raise Cancelled
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("甲.pdf", "旧")]


def test_none_of_the_files_stays_in_place_if_a_later_one_finds_its_place_taken(tmp_path):
    (tmp_path / "乙.pdf").write_text("旧")
    (tmp_path / "丙.pdf").mkdir()
    with pytest.raises(UserError, match=r"丙\.pdf.*同名"), together(tmp_path) as staging:
        for name in ("甲.pdf", "乙.pdf", "丙.pdf"):
            (staging / name).write_text("新")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["丙.pdf", "乙.pdf"]
    assert (tmp_path / "乙.pdf").read_text() == "旧"


def test_people_are_told_where_the_file_was_to_go(tmp_path):
    with pytest.raises(UserError) as told, together(tmp_path) as staging, atomically(staging / "甲.pdf"):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert str(told.value).startswith(f"磁盘空间不足，没有写成 {tmp_path / '甲.pdf'}。")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "清理磁盘"),
        (errno.EFBIG, "超过了这个磁盘允许的大小"),
        (errno.EACCES, "没有写入权限"),
        (errno.EROFS, "没有写入权限"),
        (errno.EISDIR, "同名"),
        (errno.EIO, "换一个位置"),
    ],
)
@pytest.mark.parametrize("there", [False, True])
def test_every_refusal_says_what_happened_and_what_to_do(tmp_path, number, words, there):
    path = tmp_path / "手册.pdf"
    if there:
        path.write_text("旧")
    text = str(refusal(path, OSError(number, os.strerror(number))))
    assert str(path) in text
    assert words in text
    assert "请" in text
    assert "\n" not in text


def test_a_file_that_another_program_holds_is_named_as_such(tmp_path):
    path = tmp_path / "台账.xlsx"
    path.write_text("旧")
    assert "正被其他程序打开" in str(refusal(path, PermissionError(errno.EACCES, "denied")))


@given(names)
def test_a_safe_name_is_taken_by_every_system(text):
    name = safe_name(text)
    assert name
    assert not set(name) & set('<>:"/\\|?*\x00\x1f\x7f')
    assert not name.endswith((" ", "."))
    assert len(f"{name}.xlsx".encode("utf-8", "surrogatepass")) <= 255 or max(map(ord, name)) > 0xFFFF
    assert name.split(".")[0].upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT9"}
    assert safe_name(name) == name


def test_an_ordinary_name_stays_as_it_is():
    assert safe_name("紫光苑社区第三网格工作手册") == "紫光苑社区第三网格工作手册"
