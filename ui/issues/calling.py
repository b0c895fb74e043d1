"""What is said on the telephone becomes a report-back: one key, one step, one undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.issues.states import SATISFACTION_NAMES, Channel, Satisfaction
from gridapp.issues.stepping import Entry, take
from gridapp.issues.workflow import Step
from ui.issues.call_list import CallList, Line

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class Calling(QObject):
    """Writes what the call list tells. ``reopen_asked`` carries an issue that is to be handled again."""

    reopen_asked = Signal(bytes)

    def __init__(self, window: MainWindow, calls: CallList) -> None:
        super().__init__(calls)
        self._window, self._calls = window, calls
        calls.told.connect(self._report_back)
        calls.unreached.connect(self._excuse)
        calls.reopen_asked.connect(self._reopen)

    def _report_back(self, line: Line, satisfaction: Satisfaction, note: str) -> None:
        entry = Entry(note, reporter=line.told.reporter, channel=Channel.PHONE, satisfaction=satisfaction)
        done = self._take(line, Step.REPORT_BACK, entry, SATISFACTION_NAMES[satisfaction])
        if done:
            self._calls.offer_reopening(line.told if satisfaction is Satisfaction.NOT else None)

    def _excuse(self, line: Line, why: str) -> None:
        if self._take(line, Step.EXCUSE, Entry(why, reporter=line.told.reporter), why):
            self._calls.offer_reopening(None)

    def _reopen(self, issue: Uid) -> None:
        self._calls.offer_reopening(None)
        self.reopen_asked.emit(issue)

    def _take(self, line: Line, step: Step, entry: Entry, told: str) -> bool:
        window = self._window
        try:
            if window.register.is_written_elsewhere:
                raise UserError(window.tr("正在写入登记簿，请等右下角的任务结束后再试。"))
            label = take(window.register, line.told.issue, step, entry)
        except UserError as error:
            window.tell(error)
            return False
        text = f"{label} {line.call.name}：{told}"
        window.status.show_notice(text, window.tr("撤销"), window.undo)
        return True
