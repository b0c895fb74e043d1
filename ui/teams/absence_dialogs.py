"""Ask from when until when a member is away and why, and when one who is away is back."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QLineEdit

from gridapp.days import Sense
from gridapp.errors import UserError
from gridapp.teams import absences
from gridapp.teams.absences import REASONS, AbsenceDraft
from gridapp.teams.card import Card
from gridapp.teams.presence import Away, until_text
from ui.jobs import Work
from ui.teams.asking import TeamDialog
from ui.widgets.day_line import DayLine

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_ONE_DAY = datetime.timedelta(days=1)


class AbsenceDialog(TeamDialog):
    """``changed`` carries the uid of the absence and what was done; without ``away``, a new one."""

    def __init__(self, window: MainWindow, card: Card, away: Away | None = None) -> None:
        tr = window.tr
        name = card.member.name
        posts = "、".join(f"{one.area_name}{one.role.name}" for one in card.now) or tr("现不任职")
        title = tr("修改离岗 {0}") if away else tr("请假 {0}")
        intro = tr("{0}（{1}）哪几天离岗？登记后接着选谁顶替。").format(name, posts)
        super().__init__(window, title.format(name), tr("保存") if away else tr("登记"), intro, self._work_of)
        self._register, self._member, self._away = window.register, card.uid, away
        self.since, self.until = DayLine(), DayLine(Sense.AHEAD)
        self.since.show_day(away.since if away else datetime.date.today())
        self.until.show_day(away.until if away else None)
        self.reason = QComboBox()
        self.reason.setEditable(True)
        self.reason.addItems(REASONS)
        self.reason.setCurrentText(away.reason if away else REASONS[0])
        self.note = QLineEdit(away.note if away else "")
        self._since = self.put(self.tr("第一天"), self.since)
        self._until = self.put(self.tr("最后一天（还不知道就空着）"), self.until)
        self.put(self.tr("原因"), self.reason)
        self.put(self.tr("备注（可不填）"), self.note)
        self.since.setFocus()
        self.since.selectAll()
        for line in (self.since, self.until):
            line.textChanged.connect(lambda _text: self._foretell())
        self._foretell()

    def _foretell(self) -> None:
        try:
            since, until = self.since.day(), self.until.day()
        except UserError:  # what is half typed is no day yet
            self.tell("")
            return
        if since is None:
            self.tell("")
        elif until is None:
            self.tell(self.tr("自 {0} 离岗，何时返岗未定；返岗时按“销假”。").format(since.isoformat()))
        else:
            days = (until - since).days + 1
            told = self.tr("自 {0} 至 {1}，共 {2} 天；{3} 返岗。")
            self.tell(told.format(since, until, days, until + _ONE_DAY) if days > 0 else "")

    def _work_of(self) -> Work:
        since = self.day_in(self._since, self.tr("请填写离岗的第一天。"))
        assert since is not None
        draft = AbsenceDraft(since, self.day_in(self._until), self.reason.currentText(), self.note.text())
        register, member, away = self._register, self._member, self._away
        if away is None:
            return lambda _progress, _cancel: absences.add(register, member, draft)
        base = AbsenceDraft(away.since, away.until, away.reason, away.note)
        return lambda _progress, _cancel: (away.uid, absences.change(register, away.uid, draft, base))


class BackDialog(TeamDialog):
    """A member is back before the absence ends."""

    def __init__(self, window: MainWindow, name: str, away: Away) -> None:
        tr = window.tr
        intro = tr("{0}自 {1} 离岗（{2}），{3}。从哪一天起返岗？顶替的人同时结束代管。")
        told = intro.format(name, away.since.isoformat(), away.reason or tr("未写原因"), until_text(away.until))
        super().__init__(window, tr("销假 {0}").format(name), tr("销假"), told, self._work_of)
        self._register, self._away = window.register, away
        self.on = DayLine()
        self.on.show_day(datetime.date.today())
        self._on = self.put(self.tr("返岗的第一天"), self.on)

    def _work_of(self) -> Work:
        day = self.day_in(self._on, self.tr("请填写返岗的日期。"))
        register, absence = self._register, self._away.uid
        return lambda _progress, _cancel: absences.come_back(register, absence, day)
