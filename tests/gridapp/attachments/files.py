"""Invented files for tests: photographs, documents and what only claims to be one."""

import io
import zipfile
from random import Random

from PIL import Image

PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def picture(kind: str = "JPEG", size: tuple[int, int] = (240, 160), turned: int | None = None, seed: int = 0) -> bytes:
    """A picture, dark red at its left and of a colour of its own at its right.

    Args:
        turned: how the camera was held, as EXIF numbers it.
    """
    image = Image.new("RGB", size, (200, 200 - seed % 200, seed % 251))
    image.paste((120, 20, 20), (0, 0, size[0] // 2, size[1]))
    file = io.BytesIO()
    exif = Image.Exif()
    if turned is not None:
        exif[0x0112] = turned
    image.save(file, kind, **({"exif": exif} if turned is not None else {}))
    return file.getvalue()


def noise(size: tuple[int, int], seed: int = 0, quality: int = 90) -> bytes:
    """A photograph as large as a real one of this size."""
    image = Image.frombytes("RGB", size, Random(seed).randbytes(size[0] * size[1] * 3))
    file = io.BytesIO()
    image.save(file, "JPEG", quality=quality)
    return file.getvalue()


def zipped(*names: str) -> bytes:
    """An archive with files of these names, such as Office writes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


def stream(*names: str) -> bytes:
    """A compound file with streams of these names, such as Office wrote before 2007."""
    return COMPOUND + b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in names)
