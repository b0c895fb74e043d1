"""Making a file fit to be attached: its name cleaned, its kind found, a picture looked through and made small."""

import datetime
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from gridapp import pictures
from gridapp.attachments.kinds import KINDS, PICTURES, recognised
from gridapp.errors import UserError
from gridapp.sizes import size_text

LARGEST = 20 * 1024 * 1024
"""Bytes of one attachment, at most."""
THUMBNAIL = 320
"""Pixels of the longer side of a thumbnail, at most."""
_LONGEST_NAME = 80
_QUALITY = 82
_ADVICE = "没有添加，请换一张"

Source = Path | tuple[str, bytes]
"""A file, or its name and its bytes."""


@dataclass(frozen=True)
class Prepared:
    """A file that can be attached. ``width`` and ``height`` are those of a picture as it is looked at."""

    name: str
    kind: str
    content: bytes
    width: int | None = None
    height: int | None = None
    thumbnail: bytes | None = None
    note: str = ""


def prepared(source: Source) -> Prepared:
    """A file as it will be attached; its own bytes stay as they are.

    Raises:
        UserError: it cannot be read, is empty or too large, of a kind that is not taken, or a picture that is broken.
    """
    name, content = _read(source)
    kind = recognised(content, name)
    if not kind.picture:
        return Prepared(name, kind.mime, content)
    with pictures.opened(content, name, PICTURES, _ADVICE) as image:
        image.load()  # all of it, since it may have been cut off anywhere
        width, height = pictures.upright_size(image)
        small = pictures.written(pictures.upright(image, THUMBNAIL), "JPEG", quality=_QUALITY, optimize=True)
    return Prepared(name, kind.mime, content, width, height, small)


def cleaned_name(name: str) -> str:
    """The name of a file without its folders, without what cannot be seen or turns text around, and not too long."""
    bare = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(letter for letter in bare if unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Zl", "Zp"))
    stem, ending = split_name(" ".join(seen.split()).strip(" ."))
    return (stem[: _LONGEST_NAME - len(ending)].rstrip() or "未命名") + ending


def split_name(name: str) -> tuple[str, str]:
    """What a file is called, and the ending that tells its kind."""
    stem, dot, ending = name.rpartition(".")
    return (stem, dot + ending) if stem and ending.isascii() and ending.isalnum() and len(ending) < 8 else (name, "")


def name_to_open(name: str, mime: str) -> str:
    """A name whose ending tells the system the kind that the file is, whatever it was called."""
    kind = KINDS.get(mime)
    if kind is None or split_name(name)[1].lower() in kind.endings:
        return name
    return name + kind.endings[0]


def pasted_name(moment: datetime.datetime) -> str:
    """What a picture is called that comes without a name."""
    return f"粘贴的图片 {moment:%Y%m%d-%H%M%S}.png"


def _read(source: Source) -> tuple[str, bytes]:
    if isinstance(source, tuple):
        name, content = cleaned_name(source[0]), source[1]
        if len(content) > LARGEST:
            raise _too_large(name, len(content))
        return name, content
    name = cleaned_name(source.name)
    try:
        if source.is_dir():
            raise UserError(f"“{name}”是文件夹，请添加里面的文件。")
        if source.exists() and not source.is_file():
            raise UserError(f"“{name}”不是文件，没有添加。")
        size = source.stat().st_size
        if size > LARGEST:
            raise _too_large(name, size)
        with source.open("rb") as file:
            content = file.read(LARGEST + 1)  # it may be growing
    except OSError as error:
        raise UserError(f"“{name}”读不出来：{error.strerror or error}。") from error
    if len(content) > LARGEST:
        raise _too_large(name, len(content))
    return name, content


def _too_large(name: str, size: int) -> UserError:
    limit = LARGEST // 1024 // 1024
    return UserError(f"“{name}”有 {size_text(size)}，超过了每个文件 {limit} MB 的上限，请先压缩或缩小。")
