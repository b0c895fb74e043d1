"""Who is away now or will be, for each of their services, and who stands in."""

import datetime
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from gridapp.areas.tree import Node
from gridapp.ids import Uid
from gridapp.register import Register
from gridapp.teams.openings import Opening, Openings
from gridapp.teams.presence import until_text
from ui import theme
from ui.households.loading import ListingLoader
from ui.jobs import Jobs
from ui.teams.listed_rows import ListedRows
from ui.teams.places import WIDTH, Places
from ui.teams.subject import Subject
from ui.teams.team_table import TeamTable
from ui.visits.paged_table import Column
from ui.widgets.empty import EmptyState

_YIELDS = {3: 700, 1: 420, 5: 520}


class OpeningsView(QWidget):
    """``fill_asked`` and ``back_asked`` carry the line, ``opened`` when somebody wants to see the current one."""

    fill_asked = Signal(object)
    back_asked = Signal(object)
    opened = Signal()
    current_changed = Signal()
    failed = Signal(object)

    def __init__(self, register: Register, reads: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._register = register
        self._node: Node | None = None
        self._places = Places()
        self.loader: ListingLoader[Openings] = ListingLoader(register, self, reads)
        self.told = QLabel()
        self.told.setProperty("secondary", True)
        self.fill_button = QPushButton(theme.icon("swap", "on_accent"), self.tr("顶替…"))
        self.fill_button.setProperty("primary", True)
        self.back_button = QPushButton(theme.icon("sign-in"), self.tr("销假…"))
        self.table = TeamTable(self.tr("离岗的队员"), _columns(self, self._places), _YIELDS)
        self.empty = EmptyState()
        self._shown = QStackedWidget()
        line = QHBoxLayout()
        line.addWidget(self.fill_button)
        line.addWidget(self.back_button)
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
        self.fill_button.clicked.connect(lambda: self.fill_asked.emit(self.row()))
        self.back_button.clicked.connect(lambda: self.back_asked.emit(self.row()))

    def show_area(self, node: Node | None) -> None:
        """Be about another area; it is read by ``read``."""
        self._node = node
        self._places.show_area(node)
        self.table.horizontalHeader().resizeSection(2, self._places.width)

    def read(self) -> None:
        """Read who of the area is away."""
        if self._node is None:
            self._say("tree-structure", self.tr("登记簿里还没有区域，也没有离岗的队员。"))
            return
        self.loader.ask(Openings(self._register, self._node.code, datetime.date.today()))

    def row(self) -> Opening | None:
        """The line that is current."""
        return cast(Opening | None, self.table.current_row())

    def subject(self) -> Subject | None:
        """Who is away in the current line."""
        row = self.row()
        return Subject(row.away.member, row.name, row.service) if row is not None else None

    def _show(self, found: Openings) -> None:
        away = len({row.away.uid for row in found.rows})
        wanting = sum(row.is_open for row in found.rows)
        told = self.tr("离岗 {0} 人次，未顶替 {1}").format(f"{away:,}", f"{wanting:,}")
        self.told.setText(told if away else "")
        self.table.show_rows(ListedRows(found.rows, _key))
        if found.rows:
            self._shown.setCurrentWidget(self.table)
        else:
            told = self.tr("这里现在没有人离岗，也没有登记好的请假。\n在名册里选中一位队员，按 Alt+Q 登记请假。")
            self._say("check-circle", told)
        self._show_state()

    def _say(self, icon: str, text: str) -> None:
        self.empty.show_text(icon, text)
        self._shown.setCurrentWidget(self.empty)
        self._show_state()

    def _show_state(self) -> None:
        row = self.row()
        self.fill_button.setEnabled(row is not None and row.is_open)
        self.back_button.setEnabled(row is not None)
        self.current_changed.emit()

    def _act(self) -> None:
        row = self.row()
        if row is not None and row.is_open:
            self.fill_asked.emit(row)
        else:
            self.opened.emit()


def _key(row: Opening) -> Uid:
    return row.away.uid + row.service


def _columns(view: QWidget, places: Places) -> list[Column]:
    tr = view.tr
    return [
        Column(tr("姓名"), lambda row: row.name, 84),
        Column(tr("职务"), lambda row: row.role.name, 100),
        Column(tr("所在"), places.text, WIDTH),
        Column(tr("原因"), lambda row: row.away.reason, 120),
        Column(tr("自"), lambda row: row.since.isoformat(), 90),
        Column(tr("至"), lambda row: until_text(row.until).removeprefix("至 "), 110),
        Column(tr("谁顶替"), lambda row: row.text, 0, urgent=lambda row: row.is_pressing),
    ]
