"""Asks who a new member is, and where and as what they serve."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit
from shiboken6 import isValid

from gridapp.areas.tree import Node
from gridapp.teams import joining
from gridapp.teams.editing import MemberDraft, problems
from gridapp.teams.model import ROLES
from ui.jobs import Work
from ui.teams.area_line import AreaLine
from ui.teams.asking import FieldError, RoleBox, TeamDialog
from ui.widgets.day_line import DayLine
from ui.widgets.fields import Field

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_WORKER = "grid_worker"


class JoinDialog(TeamDialog):
    """``changed`` carries the uid of the new member and what was done."""

    def __init__(
        self,
        window: MainWindow,
        node: Node | None,
        role: str,
        known: Callable[[str, Callable[[list[str]], object]], object],
    ) -> None:
        """Make the dialog.

        Args:
            role: the key of the role that is wanted; the one of a grid worker for an empty one.
            known: finds out who is known by a name already, and hands it over.
        """
        tr = window.tr
        intro = tr("姓名、职务和所在区域必填，其余可以以后补。")
        super().__init__(window, tr("添加队员"), tr("添加"), intro, self._work_of)
        self.name, self.phone, self.unit = QLineEdit(), QLineEdit(), QLineEdit()
        self.duty, self.branch, self.skills = QLineEdit(), QLineEdit(), QLineEdit()
        self.role = RoleBox(ROLES)
        self.role.set_role(role or _WORKER)
        self.area = AreaLine(window.dock.model.roots, node)
        self.area.show_area(node)
        self.since = DayLine()
        self.since.show_day(datetime.date.today())
        self._register = window.register
        self.named = self.put(self.tr("姓名"), self.name)
        self._told = {
            "name": self.named,
            "phone": self._in_row((self.tr("电话"), self.phone), (self.tr("单位"), self.unit)),
            "unit": self._last,
        }
        self._told["duty"] = self._in_row((self.tr("单位里的职务"), self.duty), (self.tr("党支部"), self.branch))
        self._told["party_branch"] = self._last
        self._told["skills"] = self.put(self.tr("特长（用顿号分开）"), self.skills)
        self._in_row((self.tr("在服务队里的职务"), self.role), (self.tr("自何日"), self.since))
        self._since = self._last
        self._area = self.put(self.tr("所在区域"), self.area)
        self.setMinimumWidth(520)
        self.name.textChanged.connect(lambda text: known(text, partial(self._show_known, text)))
        self.name.setFocus()

    def draft(self) -> MemberDraft:
        """Who stands in the fields."""
        lines = (self.name, self.phone, self.unit, self.duty, self.branch, self.skills)
        return MemberDraft(*(line.text() for line in lines))

    def _in_row(self, *editors: tuple) -> Field:
        first, self._last = self.put_row(editors)
        self._fields += [first, self._last]
        return first

    def _show_known(self, name: str, known: list[str]) -> None:
        if not isValid(self) or name != self.name.text():
            return  # closed or typed on meanwhile
        if known:
            told = self.tr("已有同名队员：{0}。是同一个人时，请在名册里选中后按 Alt+R 登记任职。").format(
                "、".join(known[:3])
            )
            self.named.set_remark(told, blocking=False)
        elif not self.named.editor.property("invalid"):
            self.named.set_remark("")

    def _work_of(self) -> Work:
        draft = self.draft()
        for wrong in problems(draft):
            raise FieldError(self._told.get(wrong.field, self.named), wrong.text)
        node, since = self.area_in(self._area), self.day_in(self._since)
        register, role = self._register, self.role.role()
        return lambda _progress, _cancel: joining.join(register, draft, node.uid, role, since)
