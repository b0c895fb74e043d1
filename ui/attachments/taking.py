"""Lets a whole dialog take files and pictures for its strip of attachments, wherever they are dropped or pasted."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from ui.attachments.offering import is_offer, offers
from ui.attachments.strip import AttachmentStrip


class TakesFiles(QObject):
    """Text that is dropped or pasted still goes to the line that one is in."""

    def __init__(self, dialog: QWidget, strip: AttachmentStrip) -> None:
        super().__init__(dialog)
        self._dialog, self._strip = dialog, strip
        dialog.setAcceptDrops(True)
        dialog.installEventFilter(self)
        for line in (*dialog.findChildren(QLineEdit), *dialog.findChildren(QPlainTextEdit)):
            line.installEventFilter(self)
            line.setAcceptDrops(False)  # else it would take the name of a file as its text

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent) and watched is self._dialog:
            return self._drop(event)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is not self._dialog:
            return event.matches(QKeySequence.StandardKey.Paste) and self._paste()
        return False

    def _drop(self, event: QDropEvent) -> bool:
        if not is_offer(event.mimeData()) or not self._strip.model.editable:
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if not isinstance(event, QDragEnterEvent) and event.type() == QEvent.Type.Drop:
            self._strip.add(offers(event.mimeData()))
        return True

    def _paste(self) -> bool:
        copied = QGuiApplication.clipboard().mimeData()
        return copied is not None and _is_no_text(copied) and self._strip.paste()


def _is_no_text(data: QMimeData) -> bool:
    """Files come with their names as text, and a table that was copied with a picture of it."""
    return any(url.isLocalFile() for url in data.urls()) or not data.hasText()
