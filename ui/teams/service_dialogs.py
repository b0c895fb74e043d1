"""Ask for a service that begins, moves or ends, and tell before it is done what becomes of it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from gridapp.areas.tree import Node
from gridapp.errors import UserError
from gridapp.teams import serving
from gridapp.teams.card import Card
from gridapp.teams.listing import PersonRow
from gridapp.teams.model import RESERVE, ROLE_BY_KEY, ROLES
from ui.jobs import Work
from ui.teams.area_line import AreaLine, label
from ui.teams.asking import RoleBox, TeamDialog
from ui.widgets.day_line import DayLine

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_ONE_DAY = datetime.timedelta(days=1)


class ServeDialog(TeamDialog):
    """A member begins to serve somewhere besides what they do, or is put in reserve."""

    def __init__(self, window: MainWindow, card: Card, node: Node | None, reserve: bool = False) -> None:
        tr = window.tr
        title = tr("设为后备") if reserve else tr("任职")
        what = tr("{0}在哪里作后备力量？") if reserve else tr("{0}到哪里任职？原有的任职不变。")
        super().__init__(window, f"{title} {card.member.name}", title, what.format(card.member.name), self._work_of)
        self._register, self._member = window.register, card.uid
        self.role = RoleBox((RESERVE,) if reserve else tuple(role for role in ROLES if role is not RESERVE))
        self.area = AreaLine(window.dock.model.roots, node)
        self.since = DayLine()
        self.since.show_day(datetime.date.today())
        self._area = self.put(self.tr("区域"), self.area)
        if not reserve:
            self.put(self.tr("在服务队里的职务"), self.role)
        self._since = self.put(self.tr("自何日"), self.since)
        self.area.show_area(node)
        self.area.selectAll()
        self.area.setFocus()

    def _work_of(self) -> Work:
        node, since = self.area_in(self._area), self.day_in(self._since)
        register, member, role = self._register, self._member, self.role.role()
        return lambda _progress, _cancel: serving.begin(register, member, node.uid, role, since)


class MoveDialog(TeamDialog):
    """A service ends and another begins on a day."""

    def __init__(self, window: MainWindow, row: PersonRow) -> None:
        tr = window.tr
        intro = tr("{0}现任{1}{2}。调到哪里，任什么职务？").format(row.name, row.area_name, row.role.name)
        super().__init__(window, tr("调动 {0}").format(row.name), tr("调动"), intro, self._work_of)
        self._register, self._row = window.register, row
        self.area = AreaLine(window.dock.model.roots, window.dock.model.find(row.area_code))
        self.role = RoleBox(ROLES)
        self.role.set_role(row.role.key)
        self.on = DayLine()
        self.on.show_day(datetime.date.today())
        self._area = self.put(self.tr("调到"), self.area)
        self.put(self.tr("在服务队里的职务"), self.role)
        self._on = self.put(self.tr("自何日"), self.on)
        self.area.textChanged.connect(lambda _text: self._foretell())
        self.role.currentIndexChanged.connect(lambda _at: self._foretell())
        self.on.textChanged.connect(lambda _text: self._foretell())
        self.area.setFocus()
        self._foretell()

    def _foretell(self) -> None:
        row, node = self._row, self.area.area()
        try:
            day = self.on.day()
        except UserError:
            day = None
        if node is None or day is None:
            self.tell("")
            return
        told = self.tr("{0}{1}任到 {2}；{3} 起在{4}任{5}。")
        last = (day - _ONE_DAY).isoformat()
        role = ROLE_BY_KEY[self.role.role()].name
        self.tell(told.format(row.area_name, row.role.name, last, day.isoformat(), label(node), role))

    def _work_of(self) -> Work:
        node = self.area_in(self._area)
        day = self.day_in(self._on, self.tr("请填写调动的日期。"))
        register, service, role = self._register, self._row.service, self.role.role()
        return lambda _progress, _cancel: serving.move(register, service, node.uid, day, role)


class EndDialog(TeamDialog):
    """A service ends; its last day is asked for, since that is how one says it."""

    def __init__(self, window: MainWindow, row: PersonRow) -> None:
        tr = window.tr
        intro = tr("{0}在{1}任{2}，任到哪一天？任职留在记录里，替他代管的人同时结束。").format(
            row.name, row.area_name, row.role.name
        )
        super().__init__(window, tr("结束任职 {0}").format(row.name), tr("结束任职"), intro, self._work_of)
        self._register, self._row = window.register, row
        self.last = DayLine()
        self.last.show_day(datetime.date.today() - _ONE_DAY)
        self._last = self.put(self.tr("最后一天"), self.last)

    def _work_of(self) -> Work:
        day = self.day_in(self._last, self.tr("请填写最后一天。"))
        assert day is not None
        register, service = self._register, self._row.service
        return lambda _progress, _cancel: serving.end(register, service, day + _ONE_DAY)
