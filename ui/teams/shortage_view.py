"""The grids that lack somebody of 1 + 2: a line for each role that is missing, with the step that fills it."""

import datetime
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from gridapp.areas.tree import Node
from gridapp.ids import Uid
from gridapp.register import Register
from gridapp.teams.shortage import Shortage, Shortages
from ui import theme
from ui.households.loading import ListingLoader
from ui.jobs import Jobs
from ui.teams.listed_rows import ListedRows
from ui.teams.places import WIDTH, Places
from ui.teams.subject import Subject
from ui.teams.team_table import TeamTable
from ui.visits.paged_table import Column
from ui.widgets.empty import EmptyState

_YIELDS = {3: 520, 4: 620, 5: 560}


class ShortageView(QWidget):
    """``fill_asked`` carries the line for which somebody is wanted to stand in, ``add_asked`` for a new member."""

    fill_asked = Signal(object)
    add_asked = Signal(object)
    current_changed = Signal()
    failed = Signal(object)

    def __init__(self, register: Register, reads: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._register = register
        self._node: Node | None = None
        self._places = Places()
        self._wanted = ""
        self.loader: ListingLoader[Shortages] = ListingLoader(register, self, reads)
        self.told = QLabel()
        self.told.setProperty("secondary", True)
        self.fill_button = QPushButton(theme.icon("swap", "on_accent"), self.tr("找人顶替…"))
        self.fill_button.setProperty("primary", True)
        self.add_button = QPushButton(theme.icon("user-plus"), self.tr("添加队员…"))
        self.table = TeamTable(self.tr("缺员的网格"), _columns(self, self._places), _YIELDS)
        self.empty = EmptyState()
        self._shown = QStackedWidget()
        line = QHBoxLayout()
        line.addWidget(self.fill_button)
        line.addWidget(self.add_button)
        line.addStretch()
        line.addWidget(self.told)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, theme.GAP, 12, 0)
        column.setSpacing(theme.GAP)
        column.addLayout(line)
        column.addWidget(self._shown, 1)
        self._shown.addWidget(self.table)
        self._shown.addWidget(self.empty)
        self.setFocusProxy(self.table)
        self.loader.arrived.connect(self._show)
        self.loader.failed.connect(self.failed)
        self.table.opened.connect(self._act)
        self.table.current_changed.connect(self._show_state)
        self.fill_button.clicked.connect(lambda: self._ask(self.fill_asked))
        self.add_button.clicked.connect(lambda: self._ask(self.add_asked))

    def show_area(self, node: Node | None) -> None:
        """Be about another area; it is read by ``read``."""
        self._node = node
        self._places.show_area(node)
        self.table.horizontalHeader().resizeSection(0, self._places.width)

    def read(self) -> None:
        """Read what the area lacks."""
        if self._node is None:
            self._say("tree-structure", self.tr("登记簿里还没有区域，也没有缺员的网格。"))
            return
        self.loader.ask(Shortages(self._register, self._node.code, datetime.date.today()))

    def choose_grid(self, code: str) -> None:
        """Let the first line of a grid be current, as soon as it is read."""
        self._wanted = code

    def row(self) -> Shortage | None:
        """The line that is current."""
        return cast(Shortage | None, self.table.current_row())

    def subject(self) -> Subject | None:
        """Who is missed in the current line."""
        row = self.row()
        if row is None or not row.away:
            return None
        name, away = row.away[0]
        return Subject(away.member, name)

    def _show(self, found: Shortages) -> None:
        self.told.setText(
            self.tr("{0} 个网格缺员，共 {1} 个").format(f"{found.incomplete:,}", f"{found.grids:,}")
            if found.grids
            else ""
        )
        self.table.show_rows(ListedRows(found.rows, _key))
        wanted, self._wanted = self._wanted, ""
        at = next((at for at, row in enumerate(found.rows) if row.area_code == wanted), None)
        if at is not None:
            self.table.selectRow(at)
        if found.rows:
            self._shown.setCurrentWidget(self.table)
        elif found.grids:
            self._say("check-circle", self.tr("这里的网格都配齐了 1 名网格员和 2 名干部。"))
        else:
            self._say("tree-structure", self.tr("这里还没有网格。"))
        self._show_state()

    def _say(self, icon: str, text: str) -> None:
        self.empty.show_text(icon, text)
        self._shown.setCurrentWidget(self.empty)
        self._show_state()

    def _show_state(self) -> None:
        row = self.row()
        self.fill_button.setEnabled(row is not None and row.absence is not None)
        self.add_button.setEnabled(row is not None)
        self.current_changed.emit()

    def _act(self) -> None:
        """Do what fills the current line: a stand-in for somebody who is away, else a new member."""
        row = self.row()
        if row is not None:
            self._ask(self.fill_asked if row.absence is not None else self.add_asked)

    def _ask(self, signal: object) -> None:
        row = self.row()
        if row is not None:
            signal.emit(row)  # type: ignore[attr-defined]


def _key(row: Shortage) -> Uid:
    return row.area + row.role.key.encode()


def _columns(view: QWidget, places: Places) -> list[Column]:
    tr = view.tr
    return [
        Column(tr("网格"), places.text, WIDTH),
        Column(tr("缺"), lambda row: row.role.name, 100, urgent=lambda _row: True),
        Column(tr("原因"), lambda row: row.why, 0),
        Column(tr("自何时"), lambda row: row.since.isoformat() if row.since else tr("未登记过"), 96),
        Column(tr("现有 1+2+N"), lambda row: row.strength, 92),
        Column(tr("怎么办"), lambda row: tr("找人顶替") if row.absence else tr("添加队员"), 90),
    ]
