"""Making a picture file fit for the register: upright, opaque, no larger than is looked at."""

from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from gridapp import pictures
from gridapp.errors import UserError

LONGEST = 2_000
"""Pixels of the longer side, at most."""
LARGEST = 600_000
"""Bytes, at most."""
_FORMATS = ("PNG", "JPEG")
_ADVICE = "请选择 PNG 或 JPG 文件"
_LARGEST_FILE = 60_000_000
_SHORTEST = 100
_QUALITIES = (88, 78, 66, 52)


@dataclass(frozen=True)
class Picture:
    """A picture as the register keeps it: PNG or JPEG, with its size in pixels."""

    content: bytes
    width: int
    height: int


def prepared(path: Path) -> Picture:
    """The picture in a file, scaled down to ``LONGEST`` pixels and ``LARGEST`` bytes.

    Raises:
        UserError: the file holds no PNG or JPEG, or one too large or too small to be a plan.
    """
    try:
        size = path.stat().st_size
    except OSError as error:
        raise UserError(f"“{path.name}”读不出来：{error.strerror}，{_ADVICE}。") from error
    if size > _LARGEST_FILE:
        raise UserError(f"“{path.name}”超过60兆字节，请先缩小再导入。")
    with pictures.opened(path, path.name, _FORMATS, _ADVICE) as image:
        return _prepared(image, path.name)


def _prepared(image: Image.Image, name: str) -> Picture:
    if min(image.size) < _SHORTEST:
        raise UserError(f"“{name}”只有{image.width}×{image.height}像素，太小，看不清楼栋。")
    drawn = image.format == "PNG"
    opaque = pictures.upright(image, LONGEST)
    # Lines and letters stay sharp as PNG; a photograph would be many times as large.
    content = pictures.written(opaque, "PNG", optimize=True) if drawn else b""
    while not content or len(content) > LARGEST:
        for quality in _QUALITIES:
            content = pictures.written(opaque, "JPEG", quality=quality, optimize=True, progressive=True)
            if len(content) <= LARGEST:
                break
        else:
            opaque = opaque.resize((opaque.width * 3 // 4, opaque.height * 3 // 4), Image.Resampling.LANCZOS)
    return Picture(content, opaque.width, opaque.height)
