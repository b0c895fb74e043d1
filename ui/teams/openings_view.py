"""Who is away now or will be, for each of their services, and who stands in."""

import datetime
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from gridapp.ids import Uid
from gridapp.register import Register
from gridapp.teams.openings import Opening, Openings
from gridapp.teams.presence import until_text
from ui import theme
from ui.jobs import Jobs
from ui.teams.listed_rows import ListedRows
from ui.teams.listed_view import ListedView
from ui.teams.places import WIDTH, Places
from ui.teams.subject import Subject
from ui.teams.team_table import TeamTable
from ui.widgets.paged_table import Column

_YIELDS = {3: 740, 4: 620, 5: 500}


class OpeningsView(ListedView):
    """``fill_asked`` and ``back_asked`` carry the line, ``opened`` when somebody wants to see the current one."""

    fill_asked = Signal(object)
    back_asked = Signal(object)
    opened = Signal()

    def __init__(self, register: Register, reads: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(register, reads, parent)
        self.fill_button = QPushButton(theme.icon("swap", "on_accent"), self.tr("顶替…"))
        self.back_button = QPushButton(theme.icon("sign-in"), self.tr("销假…"))
        table = TeamTable(self.tr("离岗的队员"), _columns(self, self.places), _YIELDS)
        self.lay_out(table, 2, self.fill_button, self.back_button)
        self.loader.arrived.connect(self._show)
        table.opened.connect(self._act)
        self.fill_button.clicked.connect(lambda: self.fill_asked.emit(self.row()))
        self.back_button.clicked.connect(lambda: self.back_asked.emit(self.row()))

    def read(self) -> None:
        """Read who of the area is away."""
        if self._node is None:
            self.say("tree-structure", self.tr("登记簿里还没有区域，也没有离岗的队员。"))
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
            self.show_table()
        else:
            told = self.tr("这里现在没有人离岗，也没有登记好的请假。\n在名册里选中一位队员，按 Alt+Q 登记请假。")
            self.say("check-circle", told)

    def show_state(self) -> None:
        row = self.row()
        self.fill_button.setEnabled(row is not None and row.is_open)
        self.back_button.setEnabled(row is not None)
        super().show_state()

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
