"""What the strip of attachments shows, as a model: those on record, or those that wait for their record."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap

from gridapp.attachments.kinds import KINDS
from gridapp.attachments.listing import Attached
from gridapp.attachments.preparing import Prepared, split_name
from gridapp.ids import Uid, new_uid
from gridapp.sizes import size_text
from gridapp.store import contents
from gridapp.store.register import Register

ITEM = Qt.ItemDataRole.UserRole
PICTURE = ITEM + 1
"""The thumbnail: a pixmap, None while it is not read, and a null pixmap where there is none to be read."""

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Item:
    """An attachment, on record or waiting: then ``waiting`` is all of it."""

    uid: Uid
    name: str
    kind: str
    size: int
    width: int | None
    height: int | None
    note: str
    digest: bytes | None = None
    thumbnail: bytes | None = None
    waiting: Prepared | None = None

    @property
    def is_picture(self) -> bool:
        return self.width is not None

    @property
    def kind_name(self) -> str:
        """``照片``, ``PDF`` …; empty of a kind that only a newer version of the program takes."""
        return KINDS[self.kind].name if self.kind in KINDS else ""

    def content(self, register: Register | None) -> bytes | None:
        """The file itself, or None where it is missing."""
        if self.waiting is not None:
            return self.waiting.content
        assert register is not None and self.digest is not None
        return contents.read(register, self.digest)

    def small_picture(self, register: Register | None) -> bytes | None:
        """The thumbnail as a file, or None where it is missing."""
        if self.waiting is not None:
            return self.waiting.thumbnail
        assert register is not None and self.thumbnail is not None
        return contents.read(register, self.thumbnail)


def on_record(one: Attached) -> Item:
    """An attachment that is on record."""
    shown = (one.uid, one.name, one.kind, one.size, one.width, one.height, one.note)
    return Item(*shown, digest=one.digest, thumbnail=one.thumbnail)


def waiting(file: Prepared) -> Item:
    """An attachment that waits for its record."""
    return Item(new_uid(), file.name, file.kind, len(file.content), file.width, file.height, file.note, waiting=file)


def read_pictures(items: Sequence[Item], register: Register | None, box: QSize, ratio: float) -> dict[Uid, QImage]:
    """The thumbnails of pictures, as large as their place is on a screen; a null one where it is missing.

    Args:
        box: the place, in pixels of the window.
        ratio: pixels of the screen a pixel of the window.
    """
    found: dict[Uid, QImage] = {}
    for item in items:
        picture = QImage.fromData(item.small_picture(register) or b"")
        if not picture.isNull():
            wanted = QSize(round(box.width() * ratio), round(box.height() * ratio))
            if picture.width() > wanted.width() or picture.height() > wanted.height():
                kept, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
                picture = picture.scaled(wanted, kept, smooth)
            picture.setDevicePixelRatio(ratio)
        found[item.uid] = picture
    return found


def missing_text(name: str) -> str:
    """What to do about a file whose content is gone; one that is added again has it again."""
    return f"“{name}”的内容缺失。请重新添加这份文件，或从备份恢复。"


class AttachmentModel(QAbstractListModel):
    """The items in the order in which they were added. ``named`` carries the uid and what was typed as its name."""

    named = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self.items: list[Item] = []
        self.editable = True
        self._pictures: dict[Uid, QPixmap] = {}

    def show_items(self, items: Sequence[Item]) -> None:
        """Show other items; thumbnails of those that stay are kept."""
        self.beginResetModel()
        self.items = list(items)
        self._pictures = {item.uid: self._pictures[item.uid] for item in items if item.uid in self._pictures}
        self.endResetModel()

    def rename_waiting(self, uid: Uid, name: str) -> None:
        """Give an item that waits for its record another name."""
        row = self.row_of(uid)
        file = self.items[row].waiting
        assert file is not None
        self.items[row] = replace(self.items[row], name=name, waiting=replace(file, name=name))
        self.dataChanged.emit(self.index(row), self.index(row))

    def show_pictures(self, pictures: dict[Uid, QImage]) -> None:
        """Show thumbnails, a null one where it is missing."""
        for uid, picture in pictures.items():
            self._pictures[uid] = QPixmap.fromImage(picture)
        if self.items:
            self.dataChanged.emit(self.index(0), self.index(len(self.items) - 1), [PICTURE])

    def without_picture(self) -> list[Item]:
        """Pictures whose thumbnails are still to be read."""
        return [item for item in self.items if item.is_picture and item.uid not in self._pictures]

    def row_of(self, uid: Uid) -> int:
        """Where an item stands, or -1."""
        return next((row for row, item in enumerate(self.items) if item.uid == uid), -1)

    # What Qt asks

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        item = self.items[index.row()]
        if role == ITEM:
            return item
        if role == PICTURE:
            return self._pictures.get(item.uid)
        if role == Qt.ItemDataRole.DisplayRole:
            return item.name
        if role == Qt.ItemDataRole.EditRole:
            return split_name(item.name)[0]
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(line for line in (item.name, self._details(item), item.note) if line)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "，".join(part for part in (item.kind_name, item.name, self._details(item), item.note) if part)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for another name; what it becomes is written elsewhere."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        if value.strip() and value != self.data(index, role):
            self.named.emit(self.items[index.row()].uid, value)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if self.editable else flags

    def _details(self, item: Item) -> str:
        sides = f"{item.width}×{item.height}" if item.is_picture else ""
        missing = self._pictures.get(item.uid)
        lost = self.tr("内容缺失") if missing is not None and missing.isNull() else ""
        return "  ".join(part for part in (size_text(item.size), sides, lost) if part)
