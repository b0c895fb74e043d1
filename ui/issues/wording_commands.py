"""What all who use a register agree on for its ledger is edited: the categories, and the sentences at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gridapp.errors import UserError
from gridapp.issues import categories, category_editing
from gridapp.issues.categories import Categories
from gridapp.issues.category_editing import Tops
from gridapp.issues.workflow import Step
from ui.issues.categories_dialog import CategoriesDialog
from ui.issues.replies_dialog import RepliesDialog

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class WordingCommands(QObject):
    """Opens the dialogs over the window and keeps what they ask for; what was done is said with its undo."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def ask_categories(self) -> None:
        """Show the categories of the register."""
        window = self._window
        register = window.register
        try:
            read = categories.of(register)
        except UserError as error:  # the server is away
            window.tell(error)
            return
        dialog = CategoriesDialog(read, window)
        dialog.save_asked.connect(lambda tops, before: self._save(dialog, tops, before))
        dialog.finished.connect(lambda _result: dialog.deleteLater())
        dialog.open()
        window.read(lambda: category_editing.used(register), dialog.show_counts)

    def ask_replies(self) -> None:
        """Show the sentences of the step that is taken most."""
        window = self._window
        try:
            dialog = RepliesDialog(window.register, Step.RESOLVE.value, window)
        except UserError as error:
            window.tell(error)
            return
        dialog.saved.connect(lambda: self._say(window.tr("已修改常用语")))
        dialog.finished.connect(lambda _result: dialog.deleteLater())
        dialog.open()

    def _save(self, dialog: CategoriesDialog, tops: Tops, before: Categories) -> None:
        window = self._window
        register = window.register

        def done(changed: bool) -> None:
            dialog.accept()
            if changed:
                self._say(window.tr("已修改民意分类"))

        def failed(error: Exception) -> None:
            dialog.button.setEnabled(True)
            if isinstance(error, UserError):
                dialog.refuse(error)
            else:
                window.tell(error)

        if window.jobs.running:
            dialog.refuse(UserError(window.tr("正在写入登记簿，请等右下角的任务结束后再试。")))
            return
        window.jobs.start(
            window.tr("修改民意分类"),
            lambda _progress, _cancel: category_editing.save(register, tops, before),
            register,
            done,
            failed,
        )

    def _say(self, text: str) -> None:
        window = self._window
        window.status.show_notice(text, window.tr("撤销"), window.undo)
