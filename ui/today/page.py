"""The first screen: what there is to do today in the area that is shown."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from gridapp.areas.tree import Node
from gridapp.issues import deadlines
from gridapp.register import Register
from gridapp.today.lines import Kind, Today
from ui.today.card import SectionCard
from ui.widgets.empty import EmptyState

_TWO_COLUMNS = 860
_PRESSING = (Kind.EMERGENCY, Kind.DUE, Kind.REPORT_BACK, Kind.TASK, Kind.SHORTAGE)
_AGAIN_MS = 10 * 60 * 1000
"""Deadlines by the clock come nearer while nobody writes anything."""

Read = Callable[[Callable[[], Any], Callable[[Any], object]], None]


class TodayPage(QStackedWidget):
    """Reads beside the window. ``opened`` carries a line, ``all_asked`` a kind; ``area_asked`` if there is no area."""

    opened = Signal(object)
    all_asked = Signal(object)
    area_asked = Signal()

    def __init__(self, register: Register, read: Read, parent: QWidget | None = None) -> None:
        """Make the page.

        Args:
            read: does work beside the window and hands over what it answers.
        """
        super().__init__(parent)
        self._register, self._read = register, read
        self._node: Node | None = None
        self._columns = 0
        self.found = Today()
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.empty = EmptyState()
        self.addWidget(self._scroll)
        self.addWidget(self.empty)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.cards = self._make_cards()
        for card in self.cards.values():
            card.opened.connect(self.opened)
            card.all_asked.connect(partial(self.all_asked.emit, card.kind))
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(12)
        self._day = QLabel()
        self._day.setProperty("title", True)
        self._kind_of_day = QLabel()
        self._kind_of_day.setProperty("secondary", True)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self._day)
        line.addWidget(self._kind_of_day)
        line.addStretch()
        self._row = QHBoxLayout()
        self._row.setSpacing(16)
        column.addLayout(line)
        column.addLayout(self._row)
        column.addStretch()
        self._scroll.setWidget(body)
        self._arrange(2)
        self._timer = QTimer(self, interval=_AGAIN_MS)
        self._timer.timeout.connect(self.reload)
        self._timer.start()

    def show_area(self, node: Node | None) -> None:
        """Show another area."""
        self._node = node
        self.setCurrentWidget(self._scroll if node is not None else self.empty)
        if node is None:
            text = self.tr("登记簿里还没有区域。\n建好区域、登记住户以后，这里列出每天要办的事。")
            self.empty.show_text("tree-structure", text, [(self.tr("新增区域…"), self.area_asked.emit)])
        self.reload()

    def reload(self) -> None:
        """Read again what there is to do."""
        node, now = self._node, datetime.datetime.now()
        if node is None:
            return

        def read() -> tuple[Node, Today]:
            from gridapp.today.board import today  # what the first painting need not wait for

            return node, today(self._register, node.code, now)

        self._read(read, self._take)

    def save_state(self, settings: QSettings) -> None:
        """Nothing of it is remembered: tomorrow is another day."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(2 if self.width() >= _TWO_COLUMNS else 1)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "cards"):
            for card in self.cards.values():
                card.dress()

    def _make_cards(self) -> dict[Kind, SectionCard]:
        tr = self.tr
        told = {
            Kind.EMERGENCY: ("megaphone", tr("应急响应"), ""),
            Kind.DUE: ("warning-circle", tr("民意到期"), tr("没有逾期和快到期的民意。")),
            Kind.REPORT_BACK: ("phone-call", tr("待反馈"), tr("办结的民意都已反馈给反映人。")),
            Kind.SHORTAGE: ("user-minus", tr("缺员"), tr("没有人离岗而无人顶替。")),
            Kind.TASK: ("check-square", tr("任务"), tr("本周没有要完成的任务。")),
            Kind.VISIT: ("person-simple-walk", tr("该走访的住户"), tr("没有到期的走访。")),
            Kind.CONTACT: ("handshake", tr("结对该联系"), tr("结对的住户一个月内都联系过。")),
            Kind.BIRTHDAY: ("cake", tr("八十岁以上老人生日"), tr("七天内没有独居和孤老户老人过生日。")),
            Kind.CHANGE: ("clock-counter-clockwise", tr("昨天以来"), tr("昨天以来没有改动。")),
        }
        return {kind: SectionCard(kind, *texts) for kind, texts in told.items()}

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._focus_first()

    def _focus_first(self) -> None:
        first = next((card.list for card in self._in_order() if card.list.count()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self, answer: tuple[Node, Today]) -> None:
        node, found = answer
        if self._node is None or node.uid != self._node.uid:
            return  # one may have gone elsewhere meanwhile
        self.found = found
        self._show_day()
        for kind, card in self.cards.items():
            card.show_section(found.section(kind))
        self.cards[Kind.EMERGENCY].setVisible(self._has(Kind.EMERGENCY))
        if self.hasFocus():
            self._focus_first()

    def _has(self, kind: Kind) -> bool:
        return self.found.section(kind).count > 0

    def _show_day(self) -> None:
        day = datetime.date.today()
        names = (
            *(self.tr("星期一"), self.tr("星期二"), self.tr("星期三"), self.tr("星期四")),
            *(self.tr("星期五"), self.tr("星期六"), self.tr("星期日")),
        )
        text = self.tr("{0}月{1}日 {2}").format(day.month, day.day, names[day.weekday()])
        works = deadlines.is_working_day(day)
        kind = self.tr("工作日") if works else self.tr("休息日")
        if not deadlines.has_holidays(day.year):
            kind += self.tr("（{0} 年的节假日还不知道，按周一至周五计）").format(day.year)
        self._day.setText(text)
        self._kind_of_day.setText(kind)

    def _arrange(self, columns: int) -> None:
        """Stand the cards in one column or two; what presses stays at the left, or at the top."""
        if columns == self._columns:
            return
        self._columns = columns
        for card in self.cards.values():
            card.setParent(self._scroll.widget())
        _empty(self._row)
        ordered = self._in_order()
        pressing = [card for card in ordered if card.kind in _PRESSING]
        others = [card for card in ordered if card not in pressing]
        before: QWidget | None = None
        for cards in (pressing, others) if columns == 2 else (ordered,):
            column = QVBoxLayout()
            column.setSpacing(12)
            for card in cards:
                column.addWidget(card)
                card.setVisible(card.kind is not Kind.EMERGENCY or self._has(Kind.EMERGENCY))
                if before is not None:
                    QWidget.setTabOrder(before, card.list)
                before = card.list
            column.addStretch()
            self._row.addLayout(column, 1)

    def _in_order(self) -> list[SectionCard]:
        """The cards as the focus goes through them: what presses first."""
        return sorted(self.cards.values(), key=lambda card: card.kind not in _PRESSING)


def _empty(row: QHBoxLayout) -> None:
    """Take the columns out of a row and leave alone what stood in them."""
    while (item := row.takeAt(0)) is not None:
        inner = item.layout()
        while inner is not None and inner.takeAt(0) is not None:
            pass
