"""Making a picture file fit for the register: upright, opaque, no larger than is looked at."""

import io
import warnings
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from gridapp.errors import UserError

LONGEST = 2_000
"""Pixels of the longer side, at most."""
LARGEST = 600_000
"""Bytes, at most."""
_FORMATS = ("PNG", "JPEG")
_LARGEST_FILE = 60_000_000
_MOST_PIXELS = 80_000_000
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
        if path.stat().st_size > _LARGEST_FILE:
            raise UserError(f"“{path.name}”超过60兆字节，请先缩小再导入。")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # which is refused in words below
            with Image.open(path, formats=_FORMATS) as image:
                return _prepared(image, path.name)
    except Image.DecompressionBombError as error:
        raise _too_many_pixels(path.name) from error
    except (UnidentifiedImageError, SyntaxError, ValueError, EOFError) as error:
        raise UserError(f"“{path.name}”不是可用的图片，请选择 PNG 或 JPG 文件。") from error
    except OSError as error:
        why = f"读不出来：{error.strerror}" if error.strerror else "是损坏的图片"
        raise UserError(f"“{path.name}”{why}，请换一个 PNG 或 JPG 文件。") from error


def _prepared(image: Image.Image, name: str) -> Picture:
    if image.width * image.height > _MOST_PIXELS:
        raise _too_many_pixels(name)
    if min(image.size) < _SHORTEST:
        raise UserError(f"“{name}”只有{image.width}×{image.height}像素，太小，看不清楼栋。")
    drawn = image.format == "PNG"
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    opaque = _on_white(upright)
    # Lines and letters stay sharp as PNG; a photograph would be many times as large.
    content = _written(opaque, "PNG", optimize=True) if drawn else b""
    while not content or len(content) > LARGEST:
        for quality in _QUALITIES:
            content = _written(opaque, "JPEG", quality=quality, optimize=True, progressive=True)
            if len(content) <= LARGEST:
                break
        else:
            opaque = opaque.resize((opaque.width * 3 // 4, opaque.height * 3 // 4), Image.Resampling.LANCZOS)
    return Picture(content, opaque.width, opaque.height)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layer = image.convert("RGBA")
        ground = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(ground, layer).convert("RGB")
    return image.convert("RGB")


def _written(image: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def _too_many_pixels(name: str) -> UserError:
    return UserError(f"“{name}”的像素太多，请先缩小到长宽各8000像素以内再导入。")
