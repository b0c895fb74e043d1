"""The attachments of one record: looked at, added by button, mouse or clipboard, renamed and taken away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QDesktopServices,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFileDialog, QMenu, QVBoxLayout, QWidget

from gridapp.attachments import changing
from gridapp.attachments.kinds import KINDS
from gridapp.attachments.listing import attached_to
from gridapp.attachments.preparing import Prepared, cleaned_name, split_name
from gridapp.errors import Cancelled, UserError
from gridapp.ids import Uid
from gridapp.progress import CancelToken, Progress
from gridapp.register import Register
from gridapp.store.changes import Recording
from ui import theme
from ui.attachments import opening
from ui.attachments.items import AttachmentModel, Item, on_record, read_pictures, waiting
from ui.attachments.line import AddingLine
from ui.attachments.offering import Offer, as_sources, is_offer, offers
from ui.attachments.tiles import BOX, TileView
from ui.attachments.viewer import AttachmentViewer
from ui.jobs import Job, Jobs

_AT_ONCE = 24
"""How many thumbnails a job reads, so that the first are there before the last are read."""


class AttachmentStrip(QWidget):
    """Attachments that wait for their record (``show_waiting``), or those of one that is there (``show_owner``).

    ``done`` says in words what was written, which the caller tells with its undo; ``changed`` that there are more or
    fewer, or others; ``failed`` carries what went wrong, but for files that are refused, which the strip tells itself.
    """

    done = Signal(str)
    changed = Signal()
    failed = Signal(object)

    def __init__(self, jobs: Jobs, reads: Jobs | None = None, parent: QWidget | None = None) -> None:
        """Make a strip that is empty and waits for its record.

        Args:
            jobs: where files are added, which may take a while.
            reads: where thumbnails and pictures are read; the same unless told.
        """
        super().__init__(parent)
        self._jobs = jobs
        self._reads = reads or jobs
        self._register: Register | None = None
        self._owner_table = ""
        self._owner: Uid | None = None
        self._round = 0  # of what was asked before another record was shown, nothing is wanted
        self._adding: list[Job] = []
        self._open = 0
        self._is_dropping = False
        self.model = AttachmentModel()
        self.view = TileView(self.model)
        self.line = AddingLine()
        self.setAcceptDrops(True)
        self.setFocusProxy(self.line.button)
        self._build()
        self._connect()
        self._show_items([])

    # What is shown

    def show_waiting(self, files: Sequence[Prepared] = ()) -> None:
        """Show files whose record is yet to be made (see ``commit``)."""
        self._bind(None, "", None)
        self._show_items([waiting(file) for file in files])

    def show_owner(self, register: Register, owner_table: str, owner: Uid) -> None:
        """Show what is attached to a record."""
        if (self._register, self._owner) != (register, owner):
            self._bind(register, owner_table, owner)
            self._show_items([])
        self.reload()

    def reload(self) -> None:
        """Read anew what is attached to the record."""
        register, owner, asked = self._register, self._owner, self._round
        if register is not None and owner is not None:
            self._read(lambda: (asked, [on_record(one) for one in attached_to(register, owner)]), self._take_items)

    def follow(self, tables: frozenset[str]) -> None:
        """Show what was just written into some tables, here, by an undo, or elsewhere."""
        if "attachment" in tables:
            self.reload()

    def set_editable(self, editable: bool) -> None:
        """Let attachments be added, renamed and taken away, or only be looked at."""
        self.model.editable = editable
        self.setAcceptDrops(editable)
        self._show_state()

    @property
    def items(self) -> list[Item]:
        """What is shown, in order."""
        return list(self.model.items)

    @property
    def files(self) -> list[Prepared]:
        """The files that wait for their record."""
        return [item.waiting for item in self.model.items if item.waiting is not None]

    def commit(self, recording: Recording, owner_table: str, owner: Uid) -> int:
        """Attach what waits to its record, in the recording that makes it, and return how many these are.

        It may be called in another thread. The strip stays as it is, for the recording may fail yet; afterwards, show
        the record or ``show_waiting`` for the next.
        """
        files = self.files
        for file in files:
            changing.add(recording, owner_table, owner, file)
        return len(files)

    def is_adding(self) -> bool:
        """Whether files are being added, so that what waits for its record is not complete yet."""
        return bool(self._adding)

    def is_busy(self) -> bool:
        """Whether files are being added or read."""
        return self._open > 0

    # What a person does

    def ask_files(self) -> None:
        """Ask for files and add them."""
        endings = " ".join(f"*{ending}" for kind in KINDS.values() for ending in kind.endings)
        kinds = self.tr("照片和文件 ({0});;所有文件 (*)").format(endings)
        chosen, _ = QFileDialog.getOpenFileNames(self, self.tr("添加照片或文件"), str(Path.home()), kinds)
        self.add([Path(name) for name in chosen])

    def paste(self) -> bool:
        """Add what was copied, if that is a picture or files, and say whether it is."""
        data = QGuiApplication.clipboard().mimeData()
        if not self.model.editable or data is None or not is_offer(data):
            return False
        self.add(offers(data))
        return True

    def add(self, offered: Sequence[Offer]) -> None:
        """Add files and pictures; those that are refused are told beside the strip."""
        if not offered:
            return
        self.line.tell([])
        register, table, owner, asked = self._register, self._owner_table, self._owner, self._round

        def work(progress: Progress, cancel: CancelToken) -> tuple[int, Any]:
            sources = as_sources(offered)
            if register is None or owner is None:
                return asked, changing.prepare_all(sources, progress, cancel)
            return asked, changing.add_all(register, table, owner, sources, progress, cancel)

        job = self._jobs.start(self.tr("添加附件"), work, register, self._take_added, self._fail_adding)
        job.progressed.connect(self.line.show_progress)
        job.ended.connect(self._end)
        self._adding.append(job)
        self._open += 1
        self._show_state()

    def open_current(self) -> None:
        """Look at the current one: a picture here, any other with the program that the system has for it."""
        item = self._current()
        if item is None:
            return
        if not item.is_picture:
            self._open_elsewhere(item)
            return
        pictures = [one for one in self.model.items if one.is_picture]
        viewer = AttachmentViewer(pictures, pictures.index(item), self._register, self._reads, self)
        viewer.open_asked.connect(self._open_elsewhere)
        viewer.save_asked.connect(self.ask_copy)
        viewer.open()

    def ask_copy(self, item: Item | None = None) -> None:
        """Ask where a copy shall be, and write it."""
        item = item or self._current()
        if item is None:
            return
        suggested = str(Path.home() / opening.file_name(item))
        name, _ = QFileDialog.getSaveFileName(self, self.tr("另存为"), suggested)
        if name:
            register, wanted = self._register, item
            self._read(lambda: opening.write_copy(wanted, register, Path(name)), lambda _nothing: None)

    def remove_selected(self) -> None:
        """Take away those that are selected."""
        items = [self.model.items[index.row()] for index in self.view.selectedIndexes()]
        if not items or not self.model.editable:
            return
        register, uids = self._register, [item.uid for item in items]
        if register is None:
            self._show_items([item for item in self.model.items if item.uid not in uids])
            self.changed.emit()
        else:
            self._write(self.tr("删除附件"), lambda: changing.remove(register, uids))

    # What the widgets tell

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (event.matches(QKeySequence.StandardKey.Paste) and self.paste()):
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if is_offer(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._set_dropping(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._set_dropping(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._set_dropping(False)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.add(offers(event.mimeData()))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._is_dropping:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.current().accent), 2, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)

    # How it is built

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(theme.GAP)
        column.addWidget(self.view)
        column.addWidget(self.line)

    def _connect(self) -> None:
        self.line.button.clicked.connect(self.ask_files)
        self.line.cancel.clicked.connect(self._cancel)
        self.view.opened.connect(self.open_current)
        self.view.removed.connect(self.remove_selected)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(
            lambda place: self._menu().popup(self.view.viewport().mapToGlobal(place))
        )
        self.model.named.connect(self._rename)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        act = menu.addAction(theme.icon("arrow-square-out"), self.tr("打开"), self.open_current)
        copy = menu.addAction(theme.icon("floppy-disk"), self.tr("另存为…"), self.ask_copy)
        rename = menu.addAction(
            theme.icon("pencil-simple"), self.tr("重命名\tF2"), lambda: self.view.edit(self.view.currentIndex())
        )
        remove = menu.addAction(theme.icon("trash"), self.tr("删除\tDelete"), self.remove_selected)
        for action in (act, copy):
            action.setEnabled(self._current() is not None)
        for action in (rename, remove):
            action.setEnabled(self._current() is not None and self.model.editable)
        return menu

    def _show_state(self) -> None:
        """Show what can be done, and what is going on."""
        self.line.show_state(bool(self._adding), self.model.editable, not self.model.items, self._is_dropping)

    # What happens

    def _bind(self, register: Register | None, owner_table: str, owner: Uid | None) -> None:
        self._round += 1
        self._register, self._owner_table, self._owner = register, owner_table, owner
        self.line.tell([])

    def _show_items(self, items: Sequence[Item]) -> None:
        selected = {self.model.items[index.row()].uid for index in self.view.selectedIndexes()}
        current = self.view.currentIndex().row()
        had_focus = self.view.hasFocus()
        self.model.show_items(items)
        if items and current >= 0:
            place = next((row for row, item in enumerate(items) if item.uid in selected), min(current, len(items) - 1))
            self.view.setCurrentIndex(self.model.index(place))
        if had_focus and not items:
            self.line.button.setFocus()
        self._show_state()
        self._read_pictures()

    def _take_items(self, answer: tuple[int, list[Item]]) -> None:
        asked, items = answer
        if asked == self._round and items != self.model.items:
            self._show_items(items)
            self.changed.emit()

    def _read_pictures(self) -> None:
        items, register, asked = self.model.without_picture()[:_AT_ONCE], self._register, self._round
        if items:
            ratio = self.devicePixelRatioF()
            self._read(lambda: (asked, read_pictures(items, register, BOX, ratio)), self._take_pictures)

    def _take_pictures(self, answer: tuple[int, dict]) -> None:
        asked, pictures = answer
        if asked == self._round:
            self.model.show_pictures(pictures)
            self._read_pictures()

    def _take_added(self, answer: tuple[int, Any]) -> None:
        asked, added = answer
        if isinstance(added, changing.Added):
            if added.label:
                self.done.emit(added.label)
            refused = added.refused
            if asked == self._round:
                self.reload()
        else:
            files, refused = added
            if asked == self._round and files:
                self._show_items([*self.model.items, *map(waiting, files)])
                self.changed.emit()
        if asked == self._round:
            self.line.tell(refused)

    def _rename(self, uid: Uid, typed: str) -> None:
        row, register = self.model.row_of(uid), self._register
        if row < 0:
            return
        if register is None:
            name = self.model.items[row].name
            self.model.rename_waiting(uid, cleaned_name(typed.strip() + split_name(name)[1]))
        else:
            self._write(self.tr("重命名附件"), lambda: changing.rename(register, uid, typed))

    def _open_elsewhere(self, item: Item) -> None:
        register = self._register
        self._read(lambda: (item, opening.copy_to_open(item, register)), self._hand_over)

    def _hand_over(self, answer: tuple[Item, Path]) -> None:
        item, path = answer
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            text = self.tr("本机没有程序能打开“{0}”。可以另存为文件，再用别的电脑打开。")
            self.line.tell([text.format(item.name)])

    # Jobs

    def _read(self, work: Callable[[], Any], finished: Callable[[Any], object]) -> None:
        self._start(self._reads, "", work, finished)

    def _write(self, title: str, work: Callable[[], str]) -> None:
        self._start(self._jobs, title, work, self._take_written)

    def _take_written(self, label: str) -> None:
        self.done.emit(label)
        self.reload()

    def _start(self, jobs: Jobs, title: str, work: Callable[[], Any], finished: Callable[[Any], object]) -> None:
        job = jobs.start(title, lambda _progress, _cancel: work(), self._register, finished, self._fail)
        job.ended.connect(self._end)
        self._open += 1

    def _cancel(self) -> None:
        for job in self._adding:
            job.cancel.cancel()

    def _end(self) -> None:
        self._open -= 1
        self._adding = [job for job in self._adding if job is not self.sender()]
        self._show_state()

    def _fail_adding(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self.line.tell([self.tr("已取消，没有添加。")])
        elif isinstance(error, UserError):
            self.line.tell([str(error)])
        else:
            self._fail(error)

    def _fail(self, error: Exception) -> None:
        self.failed.emit(error)

    def _current(self) -> Item | None:
        index = self.view.currentIndex()
        return self.model.items[index.row()] if index.isValid() else None

    def _set_dropping(self, dropping: bool) -> None:
        self._is_dropping = dropping
        self._show_state()
        self.update()
