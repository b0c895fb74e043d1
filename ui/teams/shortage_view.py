"""The grids that lack somebody of 1 + 2: a line for each role that is missing, with the step that fills it."""

import datetime
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from gridapp.ids import Uid
from gridapp.register import Register
from gridapp.teams.shortage import Shortage, Shortages
from ui import theme
from ui.jobs import Jobs
from ui.teams.listed_rows import ListedRows
from ui.teams.listed_view import ListedView
from ui.teams.places import WIDTH, Places
from ui.teams.subject import Subject
from ui.teams.team_table import TeamTable
from ui.widgets.paged_table import Column

_YIELDS = {3: 400, 4: 440, 5: 560}


class ShortageView(ListedView):
    """``fill_asked`` carries the line for which somebody is wanted to stand in, ``add_asked`` for a new member."""

    fill_asked = Signal(object)
    add_asked = Signal(object)

    def __init__(self, register: Register, reads: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(register, reads, parent)
        self._wanted = ""
        self.fill_button = QPushButton(theme.icon("swap", "on_accent"), self.tr("找人顶替…"))
        self.add_button = QPushButton(theme.icon("user-plus"), self.tr("添加队员…"))
        table = TeamTable(self.tr("缺员的网格"), _columns(self, self.places), _YIELDS)
        self.lay_out(table, 0, self.fill_button, self.add_button)
        self.loader.arrived.connect(self._show)
        table.opened.connect(self._act)
        self.fill_button.clicked.connect(lambda: self._ask(self.fill_asked))
        self.add_button.clicked.connect(lambda: self._ask(self.add_asked))

    def read(self) -> None:
        """Read what the area lacks."""
        if self._node is None:
            self.say("tree-structure", self.tr("登记簿里还没有区域，也没有缺员的网格。"))
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
            self.show_table()
        elif found.grids:
            self.say("check-circle", self.tr("这里的网格都配齐了 1 名网格员和 2 名干部。"))
        else:
            self.say("tree-structure", self.tr("这里还没有网格。"))

    def show_state(self) -> None:
        row = self.row()
        self.fill_button.setEnabled(row is not None and row.absence is not None)
        self.add_button.setEnabled(row is not None)
        super().show_state()

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
        Column(tr("缺"), lambda row: row.role.name, 76, urgent=lambda _row: True),
        Column(tr("原因"), lambda row: row.why, 0),
        Column(tr("自何时"), lambda row: row.since.isoformat() if row.since else tr("未登记过"), 88),
        Column(tr("1 + 2 + N"), lambda row: row.strength, 80),
        Column(tr("怎么办"), lambda row: tr("找人顶替") if row.absence else tr("添加队员"), 90),
    ]
