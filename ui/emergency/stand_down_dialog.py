"""The dialog that ends an emergency: what was done in words, with figures, and what is still open."""

from __future__ import annotations

import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget

from gridapp.emergency import drafts
from gridapp.emergency.clock import typed_moment
from gridapp.emergency.progress import Figures
from gridapp.emergency.running import Running
from gridapp.errors import UserError
from gridapp.households.words import moment_text
from ui.widgets.asking import AskingDialog


class StandDownDialog(AskingDialog):
    """``asked`` carries the summary and when it ended; None: now."""

    asked = Signal(str, object)

    def __init__(self, one: Running, figures: Figures, parent: QWidget | None = None) -> None:
        told = self.tr("{0}（{1} 启动）结束后，日常走访提醒恢复，没有完成的任务取消，后面的值班撤销；可以撤销。")
        intro = told.format(one.name, moment_text(one.started_at))
        super().__init__(self.tr("结束应急响应"), intro, self.tr("结束响应 (Ctrl+回车)"), parent)
        self.setMinimumWidth(620)
        self._one = one
        self.left = QLabel(left_text(self, figures))
        self.left.setWordWrap(True)
        self.left.setProperty("caution", bool(self.left.text()))
        self.left.setVisible(bool(self.left.text()))
        self._column.insertWidget(1, self.left)
        self.at = QLineEdit()
        self.at.setPlaceholderText(self.tr("现在；也可写 16:30、昨天 22:30"))
        self.when = self.put_field(self.tr("结束时间"), self.at)
        self.summary = QPlainTextEdit(drafts.summary_text(one, figures, datetime.datetime.now()))
        self.summary.setTabChangesFocus(True)
        self.summary.setMinimumHeight(150)
        self.field = self.put_field(self.tr("处置小结"), self.summary)
        self.buttons.accepted.connect(self.ask)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.ask)
        self.summary.setFocus()

    def ask(self) -> None:
        """Tell what was entered, or what cannot be."""
        self.when.set_remark("")
        self.field.set_remark("")
        typed = self.at.text().strip()
        try:
            moment = typed_moment(typed, datetime.datetime.now()) if typed else None
        except UserError as error:
            self.when.set_remark(str(error))
            self.when.setFocus()
            return
        self.asked.emit(self.summary.toPlainText(), moment)

    def refuse(self, error: UserError) -> None:
        """Say what the register refused beside its field; everything that was typed stays."""
        field = self.when if "结束时间" in str(error) else self.field
        field.set_remark(str(error))
        field.setFocus()


def left_text(widget: QWidget, figures: Figures) -> str:
    """What is still open: ``还有 2 件求助没解决、27 项任务没完成、319 户重点户没联系``; empty where nothing is."""
    parts = (
        (figures.needs - figures.needs_met, widget.tr("{0} 件求助没解决")),
        (figures.tasks - figures.tasks_done, widget.tr("{0} 项任务没完成")),
        (figures.first - figures.first_called, widget.tr("{0} 户重点户没联系")),
    )
    told = "、".join(text.format(f"{number:,}") for number, text in parts if number > 0)
    return widget.tr("还有 {0}。").format(told) if told else ""
