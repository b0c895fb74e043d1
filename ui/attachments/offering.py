"""What is dragged onto the strip of attachments or pasted into it, as files that can be added."""

import datetime
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData
from PySide6.QtGui import QImage

from gridapp.attachments.preparing import Source, pasted_name

Offer = Source | QImage
"""A file, its name and bytes, or a picture that somebody has copied."""


def is_offer(data: QMimeData) -> bool:
    """Whether there may be something in it to be added."""
    return data.hasImage() or any(url.isLocalFile() for url in data.urls())


def offers(data: QMimeData) -> list[Offer]:
    """What can be added of it: files where it has any, for a picture that comes with its file is the same again."""
    files: list[Offer] = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if files or not data.hasImage():
        return files
    picture = QImage(data.imageData())
    return [] if picture.isNull() else [picture]


def as_sources(offered: Sequence[Offer]) -> list[Source]:
    """Offers as what the register takes. It takes time to write a picture out, so this belongs into a job."""
    now = datetime.datetime.now()
    return [(pasted_name(now), _written(one)) if isinstance(one, QImage) else one for one in offered]


def _written(picture: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
