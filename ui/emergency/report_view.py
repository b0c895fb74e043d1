"""The daily reports of an emergency: who has reported, who is late, and writing one."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from gridapp.areas.model import Level
from gridapp.areas.tree import Node
from gridapp.days import said_day
from gridapp.emergency import drafts, progress, reports
from gridapp.emergency.progress import Progress
from gridapp.emergency.reports import STATE_NAMES, ZERO, Due, State
from gridapp.emergency.running import Running
from gridapp.households.words import moment_text
from gridapp.ids import Uid
from gridapp.register import Register
from ui import theme
from ui.emergency.part import Part
from ui.households.loading import ListingLoader
from ui.jobs import Jobs
from ui.widgets.choice import Choice
from ui.widgets.flow import FlowLayout
from ui.widgets.paged_table import Column, PagedTable

_ALL, _LEFT = "all", "left"
_NOT_YET = (State.WAITING, State.MISSING)


class ReportTable(PagedTable):
    """``zero`` with 0: the area reports that nothing happened."""

    zero = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_0:
            self.zero.emit()
        else:
            super().keyPressEvent(event)


class ReportView(Part):
    """``reported`` carries the code of an area, a text and a day."""

    reported = Signal(str, str, object)

    def __init__(self, register: Register, reads: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(register, reads, parent)
        self.loader: ListingLoader[_Standing] = ListingLoader(register, self, reads)
        self.found: _Standing | None = None
        self._drafted = ""
        self._writing: tuple[Uid, str, datetime.date] | None = None
        self._unsent: dict[tuple[Uid, str, datetime.date], str] = {}
        self.day = QComboBox()
        self.day.setAccessibleName(self.tr("哪一天"))
        self.which = Choice({_ALL: self.tr("全部"), _LEFT: self.tr("还没报的")})
        self.told = QLabel()
        self.table = ReportTable(self.tr("日报"), _columns(self))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.who = QLabel()
        self.text = QPlainTextEdit()
        self.zero = QPushButton(theme.icon("check"), self.tr("零报告（0）"))
        self.send = QPushButton(self.tr("上报（Ctrl+回车）"))
        self._build()
        self._connect()

    # What is shown

    def show_emergency(self, one: Running, node: Node) -> None:
        if not self.is_same(one, node.code):
            self._put_away()
            self._offer_days(one)
        super().show_emergency(one, node)

    def read(self) -> None:
        """Read how every area stands with the report of the day."""
        if self.one is None:
            return
        if self.day.itemData(0) != datetime.date.today():
            self._offer_days(self.one)  # another day has begun
        self.loader.ask(_Standing(self.register, self.one, self.code, self.day.currentData()))

    def due(self) -> Due | None:
        """The area that is current."""
        found: Due | None = self.table.paged.row(self.table.currentIndex().row())
        return found

    # How it is built

    def _build(self) -> None:
        controls = QWidget()
        flow = FlowLayout(controls, 2 * theme.GAP)
        for control in (self.day, self.which, self.told):
            flow.addWidget(control)
        self.who.setProperty("heading", True)
        self.text.setAccessibleName(self.tr("日报内容"))
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText(self.tr("今天发生了什么、做了什么、需要什么"))
        self.send.setProperty("primary", True)
        card = QFrame()
        card.setProperty("panel", True)
        deeds = QHBoxLayout()
        for button in (self.zero, self.send):
            deeds.addWidget(button)
        deeds.addStretch()
        inner = QVBoxLayout(card)
        inner.setContentsMargins(16, 12, 16, 12)
        inner.setSpacing(theme.GAP)
        inner.addWidget(self.who)
        inner.addWidget(self.text, 1)
        inner.addLayout(deeds)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(card)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, theme.GAP, 12, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(controls)
        column.addWidget(split, 1)
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        self.day.activated.connect(lambda _at: self.read())
        self.which.changed.connect(self._fill)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._show_due())
        self.table.zero.connect(self._report_zero)
        self.table.opened.connect(self.text.setFocus)
        self.zero.clicked.connect(lambda _checked=False: self._report_zero())
        self.send.clicked.connect(lambda _checked=False: self._report())
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            key = QShortcut(QKeySequence(keys), self.text)
            key.setContext(Qt.ShortcutContext.WidgetShortcut)
            key.activated.connect(self._report)
        self.loader.arrived.connect(self._show)
        self.loader.failed.connect(self.failed)

    def _offer_days(self, one: Running) -> None:
        """Offer the days that have to be reported, today first."""
        now = datetime.datetime.now()
        days = list(dict.fromkeys((now.date(), *reversed(reports.days(one, now)))))
        chosen = self.day.currentData()
        self.day.clear()
        for day in days:
            self.day.addItem(f"{said_day(day, now.date())} {day.month}月{day.day}日", day)
        self.day.setCurrentIndex(days.index(chosen) if chosen in days else 0)

    # What happens

    def _show(self, found: _Standing) -> None:
        if not self.is_same(found.one, found.code) or found.day != self.day.currentData():
            return
        self.found = found
        self._fill()
        self._tell(found)

    def _tell(self, found: _Standing) -> None:
        by = reports.due_at(found.one, found.day)
        counts = [(state, sum(due.state is state for due in found.rows)) for state in State]
        told = " · ".join(f"{STATE_NAMES[state]} {number:,}" for state, number in counts if number)
        missing = dict(counts)[State.MISSING]
        self.told.setText(self.tr("{0} 前上报：{1}").format(moment_text(by), told))
        self.told.setProperty("problem", missing > 0)
        self.told.setProperty("secondary", not missing)
        self.told.style().unpolish(self.told)
        self.told.style().polish(self.told)

    def _fill(self) -> None:
        if self.found is None:
            return
        left = [due for due in self.found.rows if due.state in _NOT_YET]
        self.table.show_rows(_Rows(left if self.which.value() == _LEFT else self.found.rows))
        self._show_due()

    def _show_due(self) -> None:
        """Show what the current area has reported, or else a draft; what somebody has begun to write stays."""
        due, found = self.due(), self.found
        for widget in (self.text, self.zero, self.send):
            widget.setEnabled(due is not None)
        if due is None or found is None:
            self.who.clear()
            self._put_away()
            return
        place = (found.one.uid, due.area_code, found.day)
        if place == self._writing and self.text.toPlainText() != self._drafted:
            return
        self._put_away()
        self._writing = place
        self.who.setText(self.tr("{0} {1}日报").format(due.area_name, said_day(found.day, datetime.date.today())))
        self.send.setText(self.tr("更正（Ctrl+回车）") if due.report is not None else self.tr("上报（Ctrl+回车）"))
        self._drafted = due.report.text if due.report is not None else found.draft(due.area_code)
        self.text.setPlainText(self._unsent.pop(place, self._drafted))

    def _put_away(self) -> None:
        """Keep what somebody has begun to write, until the same area and day are shown again."""
        if self._writing is not None and self.text.toPlainText() != self._drafted:
            self._unsent[self._writing] = self.text.toPlainText()
        self._writing, self._drafted = None, ""
        self.text.clear()

    def _report_zero(self) -> None:
        self._send("")

    def _report(self) -> None:
        self._send(self.text.toPlainText())

    def _send(self, text: str) -> None:
        due = self.due()
        if due is not None and self.found is not None:
            self.reported.emit(due.area_code, text, self.found.day)

    def go_on(self, code: str) -> None:
        """Go to the next area that has not reported, once one has."""
        self._writing = None
        rows = self.table.paged.rows
        following = self.table.currentIndex().row() + 1
        if isinstance(rows, _Rows):
            left = (at for at in range(following, rows.count) if rows.rows[at].state in _NOT_YET)
            at = next(left, None)
            if at is not None:
                self.table.selectRow(at)
        self.table.setFocus()


class _Rows:
    """Areas as the rows of a table."""

    def __init__(self, rows: Sequence[Due]) -> None:
        self.rows = rows

    @property
    def count(self) -> int:
        return len(self.rows)

    def page(self, offset: int, limit: int) -> Sequence[Due]:
        return self.rows[offset : offset + limit]

    def uids_at(self, offset: int, limit: int) -> list[Uid]:
        return [due.area for due in self.page(offset, limit)]

    def position_of(self, uid: Uid) -> int | None:
        return next((at for at, due in enumerate(self.rows) if due.area == uid), None)


class _Standing:
    """How every area stands with the report of a day, with the figures that a draft needs, read once."""

    def __init__(self, register: Register, one: Running, code: str, day: datetime.date) -> None:
        self._register, self.one, self.code, self.day = register, one, code, day
        self.now = datetime.datetime.now()
        self.rows: list[Due] = []
        self._progress: Progress | None = None

    def prepare(self) -> None:
        self.rows = reports.standing(self._register, self.one.uid, self.day, self.now, self.code)
        if self.day == self.now.date():
            self._progress = progress.progress(self._register, self.one.uid, self.now, self.code)

    def draft(self, code: str) -> str:
        """What a report of today begins with."""
        return drafts.report_text(self._progress.of(code), self.now) if self._progress is not None else ""


def _columns(view: QWidget) -> list[Column]:
    tr = view.tr

    def told(due: Due) -> str:
        return (due.report.text or ZERO) if due.report is not None else ""

    return [
        Column(tr("区域"), lambda due: due.area_name if due.level == Level.GRID else f"{due.area_name}（社区）", 170),
        Column(tr("日报"), lambda due: STATE_NAMES[due.state], 72, urgent=lambda due: due.state is State.MISSING),
        Column(tr("上报时间"), lambda due: moment_text(due.report.reported_at) if due.report else "", 110),
        Column(tr("内容"), lambda due: " ".join(told(due).split()), 0),
        Column(tr("上报时的数字"), lambda due: due.report.figures_text if due.report else "", 300),
    ]
