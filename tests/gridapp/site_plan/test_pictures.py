"""Pictures are made fit for the register, whatever file they come in; what is no picture is refused in one sentence."""

import io
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from gridapp.errors import UserError
from gridapp.site_plan.pictures import LARGEST, LONGEST, prepared


def drawn(path: Path, size: tuple[int, int], mode: str = "RGB", **options: object) -> Path:
    image = Image.new(mode, size, "white" if mode != "RGBA" else (0, 0, 0, 0))
    image.paste((200, 30, 30) if mode == "RGB" else (200, 30, 30, 255), (0, 0, size[0] // 2, size[1] // 2))
    image.save(path, **options)
    return path


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_a_large_drawing_is_scaled_down_and_stays_a_drawing(tmp_path: Path) -> None:
    picture = prepared(drawn(tmp_path / "平面图.png", (3000, 1500)))
    assert (picture.width, picture.height) == (LONGEST, LONGEST // 2) == opened(picture.content).size
    assert opened(picture.content).format == "PNG"


def test_a_photograph_of_noise_is_made_small_enough(tmp_path: Path) -> None:
    noise = Image.frombytes("RGB", (2400, 1800), Random(1).randbytes(2400 * 1800 * 3))
    noise.save(tmp_path / "照片.png")
    picture = prepared(tmp_path / "照片.png")
    assert len(picture.content) <= LARGEST
    assert opened(picture.content).size == (picture.width, picture.height)


def test_a_picture_taken_sideways_stands_upright_and_glass_becomes_white(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright
    sideways = prepared(drawn(tmp_path / "竖拍.jpg", (400, 200), exif=exif))
    assert (sideways.width, sideways.height) == (200, 400)
    clear = prepared(drawn(tmp_path / "透明.png", (200, 200), "RGBA"))
    assert opened(clear.content).convert("RGB").getpixel((150, 150)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("说明.png", b"nothing of the kind", "不是可用的图片"),
        ("空.jpg", b"", "不是可用的图片"),
        ("动图.gif", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "不是可用的图片"),
    ],
)
def test_what_is_no_picture_is_refused(tmp_path: Path, name: str, content: bytes, why: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UserError, match=why):
        prepared(tmp_path / name)


def test_a_file_that_is_not_there_or_too_small_or_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"缺\.png"):
        prepared(tmp_path / "缺.png")
    with pytest.raises(UserError, match="太小"):
        prepared(drawn(tmp_path / "小.png", (99, 400)))
    for size in ((9000, 9000), (14_000, 14_000)):
        Image.new("1", size).save(tmp_path / "大.png")
        with pytest.raises(UserError, match="像素太多"):
            prepared(tmp_path / "大.png")


@given(st.data())
def test_a_damaged_picture_is_a_picture_or_refused_and_never_a_crash(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = drawn(tmp_path_factory.mktemp("损坏") / "图.png", (120, 120))
    content = bytearray(path.read_bytes())
    for place in data.draw(st.lists(st.integers(8, len(content) - 1), min_size=1, max_size=4)):
        content[place] = data.draw(st.integers(0, 255))
    path.write_bytes(content[: data.draw(st.integers(8, len(content)))])
    try:
        assert prepared(path).width >= 100
    except UserError as error:
        assert "图.png" in str(error)
