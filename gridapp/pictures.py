"""Picture files that people hand over: opened whole or refused in words, turned upright, and opaque."""

import contextlib
import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from gridapp.errors import UserError

MOST_PIXELS = 80_000_000
"""More would take a quarter of a gigabyte and more to be looked at, however small the file is."""
_ORIENTATION = 0x0112
_ON_THE_SIDE = (5, 6, 7, 8)
"""Orientations of EXIF 2.32 (4.6.5) in which width and height change places."""


@dataclass(frozen=True)
class Pixels:
    """An upright picture as red, green and blue, a byte each, line by line from the top left."""

    width: int
    height: int
    data: bytes


@contextlib.contextmanager
def opened(source: Path | bytes, name: str, formats: tuple[str, ...], advice: str) -> Iterator[Image.Image]:
    """A picture while the block works with it; what is broken often shows only then, so that counts as well.

    Args:
        name: what the file is called when it is refused.
        formats: names that Pillow has for the formats that are taken.
        advice: which file to take instead, as ``请选择 PNG 或 JPG 文件``.

    Raises:
        UserError: there is no such picture in it, it is broken, or has too many pixels.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of pictures with too many pixels, and of odd entries about the camera
            with Image.open(io.BytesIO(source) if isinstance(source, bytes) else source, formats=formats) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise _too_many_pixels(name)
                yield image
    except Image.DecompressionBombError as error:
        raise _too_many_pixels(name) from error
    except (UnidentifiedImageError, SyntaxError, ValueError, EOFError, ArithmeticError, LookupError) as error:
        raise UserError(f"“{name}”不是可用的图片，{advice}。") from error
    except OSError as error:
        why = f"读不出来：{error.strerror}" if error.strerror else "是损坏的图片"
        raise UserError(f"“{name}”{why}，{advice}。") from error


def upright_size(image: Image.Image) -> tuple[int, int]:
    """Width and height of a picture as it is looked at."""
    return image.size[::-1] if image.getexif().get(_ORIENTATION) in _ON_THE_SIDE else image.size


def upright(image: Image.Image, longest: int) -> Image.Image:
    """A picture as it was seen through the camera, on white, with so many pixels at most on its longer side."""
    if image.mode == "P":
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")  # else colours do not mix
    elif image.mode.startswith("I;16"):
        image = image.point(lambda value: value * (1 / 256)).convert("L")  # what a scanner wrote would be all white
    image.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return on_white(ImageOps.exif_transpose(image))


def pixels(content: bytes, name: str, formats: tuple[str, ...], longest: int) -> Pixels:
    """A picture as it is looked at.

    Raises:
        UserError: it cannot be shown.
    """
    with opened(content, name, formats, "没有显示") as image:
        shown = upright(image, longest)
        return Pixels(shown.width, shown.height, shown.tobytes())


def on_white(image: Image.Image) -> Image.Image:
    """A picture with white where it is seen through."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layer = image.convert("RGBA")
        ground = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(ground, layer).convert("RGB")
    return image.convert("RGB")


def written(image: Image.Image, kind: str, **options: object) -> bytes:
    """A picture as a file of a kind that Pillow names."""
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def _too_many_pixels(name: str) -> UserError:
    return UserError(f"“{name}”的像素太多，请先缩小到长宽各8000像素以内。")
