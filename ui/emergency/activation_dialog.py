"""The dialog that calls an emergency: what, why and since when, and what will come of it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from gridapp.areas.tree import Node
from gridapp.emergency import foresight
from gridapp.emergency.clock import lasted_text, typed_moment
from gridapp.emergency.foresight import Foreseen
from gridapp.emergency.model import KIND_NAMES
from gridapp.emergency.plans import clock_text
from gridapp.errors import UserError
from gridapp.households.words import moment_text
from gridapp.register import Register
from ui.emergency.plan_view import NOTE, PlanSteps
from ui.widgets.asking import AskingDialog

_TYPING_MS = 200
_NAMED = 8
_STEPS_SHOWN = 8

Read = Callable[[Callable[[], Any], Callable[[Any], object]], None]


class ActivationDialog(AskingDialog):
    """``asked`` carries kind, reason, moment (None: now) and the time of day of reports.

    ``gaps_asked`` when somebody wants to see who is missing in the teams.
    """

    asked = Signal(str, str, object, str)
    gaps_asked = Signal()

    def __init__(
        self, register: Register, node: Node, read: Read, kind: str = "", parent: QWidget | None = None
    ) -> None:
        """Make a dialog for an area.

        Args:
            read: does work beside the window and hands over what it answers.
            kind: which kind is chosen at first.
        """
        told = self.tr("{0}及以下所有网格转入应急：按预案派任务、排值班、列出要打的电话，日常走访提醒暂停。")
        super().__init__(self.tr("启动应急响应"), told.format(node.name), self.tr("启动 (Ctrl+回车)"), parent)
        self.setMinimumWidth(820)
        self._register, self._node, self._read = register, node, read
        self._asked_for: tuple[str, datetime.datetime] | None = None
        self.foreseen: Foreseen | None = None
        self.kind = QComboBox()
        for key, name in KIND_NAMES.items():
            self.kind.addItem(name, key)
        self.kind.setCurrentIndex(max(0, self.kind.findData(kind)))
        self.at = QLineEdit()
        self.at.setPlaceholderText(self.tr("现在；也可写 02:00、昨天 22:30"))
        self.report_at = QLineEdit()
        self.fields = dict(
            zip(
                ("kind", "at", "report_at"),
                self.put_row(
                    (
                        (self.tr("情形"), self.kind),
                        (self.tr("启动时间"), self.at),
                        (self.tr("每天几点前日报"), self.report_at),
                    )
                ),
                strict=True,
            )
        )
        self.reason = QPlainTextEdit()
        self.reason.setFixedHeight(64)
        self.reason.setTabChangesFocus(True)
        self.fields["reason"] = self.put_field(self.tr("启动原因"), self.reason)
        self.steps = PlanSteps()
        self.steps.setFixedHeight((_STEPS_SHOWN + 1) * 30)
        self.steps.hideColumn(NOTE)
        self.plan = self.put_field(self.tr("预案"), self.steps)
        self.told, self.missing, self.gaps = QLabel(), QLabel(), QPushButton(self.tr("看缺员…"))
        self._build()
        self._wait = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._wait.timeout.connect(self._foresee)
        self.kind.currentIndexChanged.connect(lambda _at: self._foresee())
        self.at.textChanged.connect(lambda _text: self._wait.start())
        self.buttons.accepted.connect(self.ask)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.ask)
        self.reason.setFocus()
        self._foresee()

    def _build(self) -> None:
        for label in (self.told, self.missing):
            label.setWordWrap(True)
        self.told.setProperty("heading", True)
        self.missing.setProperty("caution", True)
        self.missing.hide()
        self.gaps.setProperty("link", True)
        self.gaps.setAutoDefault(False)
        self.gaps.clicked.connect(lambda _checked=False: self.gaps_asked.emit())
        self.gaps.hide()
        what = QWidget()
        column = QVBoxLayout(what)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for widget in (self.told, self.missing):
            column.addWidget(widget)
        column.addWidget(self.gaps, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.insertWidget(self._column.count() - 1, what)

    def done(self, result: int) -> None:
        """Wait for nothing any more, and close."""
        self._wait.stop()
        self._asked_for = None
        super().done(result)

    def remark(self, name: str) -> str:
        """What is said beside a field."""
        return self.fields[name].remark()

    def ask(self) -> None:
        """Tell what was entered, or what cannot be."""
        for field in self.fields.values():
            field.set_remark("")
        reason = self.reason.toPlainText().strip()
        try:
            moment = self._moment()
            report_at = self._report_at()
        except UserError:
            return  # it stands beside its field
        foreseen, kind = self.foreseen, self.kind.currentData()
        if foreseen is not None and foreseen.same is not None and foreseen.held.plan.kind == kind:
            self._refuse_same(foreseen)
        elif not reason:
            self._refuse("reason", self.tr("请写明为什么启动应急响应。"))
        else:
            self.asked.emit(kind, reason, moment if self.at.text().strip() else None, report_at)

    def refuse(self, error: UserError) -> None:
        """Say what the register refused, beside the field that it is about; everything that was typed stays."""
        text = str(error)
        name = "reason" if "原因" in text or "为什么" in text else "at" if "启动时间" in text else "kind"
        self._refuse(name, text)

    def _refuse(self, name: str, text: str) -> None:
        self.fields[name].set_remark(text)
        self.fields[name].setFocus()

    def _refuse_same(self, foreseen: Foreseen) -> None:
        assert foreseen.same is not None
        since = moment_text(foreseen.same.started_at)
        text = self.tr("{0}应急响应（{1} 启动）还在进行，已经包括这里，不必再启动。")
        self._refuse("kind", text.format(foreseen.same.name, since))

    def _moment(self) -> datetime.datetime:
        now = datetime.datetime.now()
        try:
            moment = typed_moment(self.at.text(), now)
            if moment > now:
                raise UserError(self.tr("启动时间 {0} 还没有到。").format(moment_text(moment, now)))
        except UserError as error:
            self._refuse("at", str(error))
            raise
        return moment

    def _report_at(self) -> str:
        if not self.report_at.text().strip():
            return ""
        try:
            return clock_text(self.report_at.text())
        except UserError as error:
            self._refuse("report_at", str(error))
            raise

    # What will come of it

    def _foresee(self) -> None:
        try:
            moment = typed_moment(self.at.text(), datetime.datetime.now())
        except UserError:
            return  # it is said when it is to be called
        kind, register, code = self.kind.currentData(), self._register, self._node.code
        question = (kind, moment)
        if question != self._asked_for:
            self._asked_for = question
            self._read(
                lambda: (question, foresight.foresee(register, code, kind, moment)), lambda found: self._show(*found)
            )

    def _show(self, question: tuple[str, datetime.datetime], foreseen: Foreseen) -> None:
        if question != self._asked_for:
            return
        self.foreseen = foreseen
        plan = foreseen.held.plan
        self.fields["kind"].set_remark("")
        if foreseen.same is not None:
            focused = self.focusWidget()
            self._refuse_same(foreseen)
            if focused is not None:
                focused.setFocus()
        self.report_at.setPlaceholderText(plan.report_at)
        self.plan.set_label(
            self.tr("{0}：每班 {1} 小时，每网格 {2} 人").format(plan.name, plan.shift_hours, plan.seats)
        )
        self.steps.show_plan(plan)
        self.told.setText(foreseen_text(self, foreseen, question[1]))
        missing = missing_text(self, foreseen)
        self.missing.setText(missing)
        self.missing.setVisible(bool(missing))
        self.gaps.setVisible(bool(missing))


def foreseen_text(widget: QWidget, foreseen: Foreseen, moment: datetime.datetime) -> str:
    """``将有 8 个网格转入应急，给 24 人派 52 项任务，先联系 210 户（共 2,190 户）``."""
    text = widget.tr("将有 {0} 个网格转入应急，{1} 项任务派给 {2} 人，先联系 {3} 户（共 {4} 户）。").format(
        *(f"{foreseen.grids:,}", f"{foreseen.tasks:,}", f"{foreseen.people:,}"),
        *(f"{foreseen.first:,}", f"{foreseen.households:,}"),
    )
    now = datetime.datetime.now()
    if now - moment >= datetime.timedelta(minutes=1):
        text += widget.tr("时限从 {0} 算起，已过 {1}。").format(moment_text(moment, now), lasted_text(moment, now))
    return text


def missing_text(widget: QWidget, foreseen: Foreseen) -> str:
    """Who is away with nobody standing in, and for which areas nobody is there; empty where all are."""
    told = []
    if foreseen.away:
        told.append(widget.tr("不在岗又没有人顶替：{0}。").format(_named(foreseen.away)))
    if foreseen.unmanned:
        places = [f"{area}{role}" for area, role in foreseen.unmanned]
        told.append(widget.tr("没有在岗的人，任务先派给职务：{0}。").format(_named(places)))
    return "\n".join(told)


def _named(found: Sequence[str]) -> str:
    more = f"等{len(found)}处" if len(found) > _NAMED else ""
    return "、".join(found[:_NAMED]) + more
