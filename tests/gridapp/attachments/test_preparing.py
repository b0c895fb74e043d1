"""Files are taken by what they are and not by what they are called; what is broken or dangerous is refused in words."""

import io
import os
import zlib
from pathlib import Path
from struct import pack

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from gridapp import pictures
from gridapp.attachments.kinds import PICTURES
from gridapp.attachments.preparing import LARGEST, THUMBNAIL, cleaned_name, name_to_open, prepared
from gridapp.errors import UserError
from tests.gridapp.attachments import files


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF"])
def test_pictures_are_taken_whatever_they_are_called_and_keep_their_bytes(kind: str) -> None:
    content = files.picture(kind, (800, 400))
    file = prepared(("照片.exe", content))
    assert (file.kind, file.content) == (f"image/{kind.lower()}", content)
    assert (file.width, file.height) == (800, 400)
    assert file.thumbnail is not None
    with Image.open(io.BytesIO(file.thumbnail)) as small:
        assert (small.format, small.size) == ("JPEG", (THUMBNAIL, THUMBNAIL // 2))


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("通知.pdf", files.PDF, "application/pdf"),
        ("公文.ofd", files.zipped("OFD.xml", "Doc_0/Document.xml"), "application/ofd"),
        ("表.docx", files.zipped("[Content_Types].xml", "word/document.xml"), ".wordprocessingml.document"),
        ("表.xlsx", files.zipped("[Content_Types].xml", "xl/workbook.xml"), ".spreadsheetml.sheet"),
        ("表.doc", files.stream("Root Entry", "WordDocument"), "application/msword"),
        ("表.wps", files.stream("Root Entry", "WordDocument"), "application/msword"),
        ("表.xls", files.stream("Root Entry", "Workbook"), "application/vnd.ms-excel"),
        ("记录.txt", "楼道灯不亮\r\n".encode(), "text/plain"),
        ("记录.TXT", "楼道灯不亮".encode("gb18030"), "text/plain"),
        ("记录.csv", "\ufeff楼道灯不亮".encode("utf-16-le"), "text/plain"),
        ("录像.mp4", b"\0\0\0\x18ftypmp42\0\0\0\0" + bytes(40), "video/mp4"),
        ("录音.m4a", b"\0\0\0\x18ftypM4A \0\0\0\0" + bytes(40), "audio/mp4"),
        ("录音.mp3", b"ID3\x04" + bytes(40), "audio/mpeg"),
        ("录音.mp3", b"\xff\xfb\x90\x64" + bytes(40), "audio/mpeg"),
        ("录音.amr", b"#!AMR\n" + bytes(40), "audio/amr"),
        ("录音.wav", b"RIFF\x24\0\0\0WAVEfmt " + bytes(40), "audio/wav"),
    ],
)
def test_documents_sound_and_film_are_taken_without_a_thumbnail(name: str, content: bytes, kind: str) -> None:
    file = prepared((name, content))
    assert file.kind.endswith(kind)
    assert (file.content, file.width, file.thumbnail) == (content, None, None)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("空.jpg", b"", "空文件"),
        ("照片.jpg", b"MZ\x90\0" + bytes(60), "是程序"),
        ("照片.jpg", b"\x7fELF" + bytes(60), "是程序"),
        ("说明.txt", b"#!/bin/sh\nrm -rf /\n", "是程序"),
        ("安装.msi", files.stream("Root Entry", "Property"), "不是可以添加"),
        ("批处理.bat", b"@echo off\r\n", "不是可以添加"),
        ("网页.html", b"<script>alert(1)</script>", "不是可以添加"),
        ("乱码.txt", b"\x01\x02\x03", "不是可以添加"),
        ("带宏.xlsm", files.zipped("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"), "宏"),
        ("带宏.xls", files.stream("Workbook", "_VBA_PROJECT"), "宏"),
        ("密码.xlsx", files.stream("EncryptionInfo", "EncryptedPackage"), "密码"),
        ("资料.zip", files.zipped("a.txt"), "压缩包"),
        ("资料.rar", b"Rar!\x1a\x07\x01\0" + bytes(40), "压缩包"),
        ("照片.heic", b"\0\0\0\x18ftypheic\0\0\0\0" + bytes(40), "HEIC"),
        ("截断.jpg", files.noise((200, 200))[:9_000], "损坏"),
        ("假.png", b"\x89PNG\r\n\x1a\nnothing of the kind", "图片"),
    ],
)
def test_what_is_not_taken_is_refused_in_one_sentence(name: str, content: bytes, why: str) -> None:
    with pytest.raises(UserError, match=why) as caught:
        prepared((name, content))
    assert name in str(caught.value)


def test_a_file_that_is_too_large_is_refused_with_its_size(tmp_path: Path) -> None:
    path = tmp_path / "录像.mp4"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1024 * 1024)
    for source in (path, (path.name, path.read_bytes())):
        with pytest.raises(UserError, match=r"21\.0 MB.*20 MB"):
            prepared(source)


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    for path, why in ((tmp_path / "缺.jpg", "读不出来"), (tmp_path, "文件夹")):
        with pytest.raises(UserError, match=why):
            prepared(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only Unix has files that are none")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.txt")
    with pytest.raises(UserError, match="不是文件"):
        prepared(tmp_path / "管道.txt")


def test_a_small_file_with_too_many_pixels_is_refused_before_it_is_unpacked() -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))

    for side in (10_000, 60_000):
        header = chunk(b"IHDR", pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0))
        bomb = b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(1_000_000))) + chunk(b"IEND", b"")
        with pytest.raises(UserError, match="像素太多"):
            prepared(("炸弹.png", bomb))


@pytest.mark.parametrize("turned", range(1, 9))
def test_a_photograph_is_seen_upright_however_the_camera_was_held(turned: int) -> None:
    lying = files.picture(size=(800, 400), turned=turned)
    file = prepared(("照片.jpg", lying))
    assert file.content == lying  # with all that the camera wrote into it
    upright = (400, 800) if turned >= 5 else (800, 400)
    assert (file.width, file.height) == upright
    shown = pictures.pixels(lying, "照片.jpg", PICTURES, 2_000)
    assert (shown.width, shown.height) == upright
    assert len(shown.data) == 3 * 400 * 800
    assert file.thumbnail is not None
    with Image.open(io.BytesIO(file.thumbnail)) as small:
        assert (small.width < small.height) == (turned >= 5)
        dark = small.convert("L")
        corners = [dark.getpixel((x * (small.width - 1), y * (small.height - 1))) for x in (0, 1) for y in (0, 1)]
    darkest = {1: (0, 1), 2: (2, 3), 3: (2, 3), 4: (0, 1), 5: (0, 2), 6: (0, 2), 7: (1, 3), 8: (1, 3)}[turned]
    assert sorted(range(4), key=lambda corner: corners[corner])[:2] == list(darkest)


def test_what_is_seen_through_is_white() -> None:
    file = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(file, "PNG")
    shown = pictures.pixels(file.getvalue(), "透明.png", PICTURES, 50)
    assert shown.data[:3] == b"\xff\xff\xff"


def test_a_scan_in_sixteen_bits_is_not_all_white() -> None:
    file = io.BytesIO()
    Image.new("I;16", (50, 50), 0x4000).save(file, "TIFF")
    shown = pictures.pixels(file.getvalue(), "扫描.tif", PICTURES, 50)
    assert shown.data[:3] == b"\x40\x40\x40"


WHOLE = {kind: files.picture(kind, (48, 32)) for kind in ("JPEG", "PNG")}


@given(st.sampled_from(sorted(WHOLE)), st.data())
def test_every_beginning_of_a_picture_is_refused_or_decodes(kind: str, data: st.DataObject) -> None:
    content = WHOLE[kind]
    begun = content[: data.draw(st.integers(0, len(content) - 1))]
    try:
        file = prepared(("照片.jpg", begun))
    except UserError as error:
        assert "照片.jpg" in str(error)
    else:
        assert pictures.pixels(file.content, file.name, PICTURES, 100).width == 48


@given(st.sampled_from(sorted(WHOLE)), st.data())
def test_a_damaged_picture_is_refused_or_decodes_and_never_a_crash(kind: str, data: st.DataObject) -> None:
    content = bytearray(WHOLE[kind])
    for place in data.draw(st.lists(st.integers(3, len(content) - 1), min_size=1, max_size=6)):
        content[place] = data.draw(st.integers(0, 255))
    try:
        file = prepared(("照片.jpg", bytes(content)))
    except UserError:
        return
    assert file.kind in ("image/jpeg", "image/png") and file.thumbnail


BEGINNINGS = (b"", b"PK\x03\x04", b"RIFF", b"II*\0", b"GIF89a", b"BM", files.COMPOUND)


@given(st.binary(max_size=200), st.sampled_from(BEGINNINGS))
def test_any_bytes_are_taken_or_refused_and_never_a_crash(content: bytes, beginning: bytes) -> None:
    try:
        prepared(("文件.txt", beginning + content))
    except UserError as error:
        assert "文件.txt" in str(error)


@given(st.text(max_size=300))
@example("C:\\Users\\王\\照片.jpg")
@example("发票\u202egpj.exe")
@example("." * 100)
def test_any_name_is_made_one_that_can_be_read_and_stays_as_it_is_then(name: str) -> None:
    cleaned = cleaned_name(name)
    assert 0 < len(cleaned) <= 80
    assert "/" not in cleaned and "\\" not in cleaned and cleaned == cleaned.strip()
    assert all(letter.isprintable() or letter.isspace() for letter in cleaned if ord(letter) < 0xE000)
    assert cleaned_name(cleaned) == cleaned


def test_names_lose_their_folders_and_what_turns_them_around() -> None:
    assert cleaned_name("C:\\Users\\王\\照片.jpg") == "照片.jpg"
    assert cleaned_name("发票\u202egpj.exe") == "发票gpj.exe"
    assert cleaned_name("长" * 200 + ".jpeg") == "长" * 75 + ".jpeg"
    assert cleaned_name("  .  ") == "未命名"


def test_a_name_says_to_the_system_what_the_file_is() -> None:
    assert name_to_open("通知.PDF", "application/pdf") == "通知.PDF"
    assert name_to_open("通知.exe", "application/pdf") == "通知.exe.pdf"
    assert name_to_open("通知", "application/pdf") == "通知.pdf"
