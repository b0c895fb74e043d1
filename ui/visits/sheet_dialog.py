"""Enters sheets back, line by line, by the keyboard alone."""

import datetime
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gridapp.days import Sense
from gridapp.errors import UserError
from gridapp.register import Register
from gridapp.store import undo
from gridapp.visits import entering, phrases, registering
from gridapp.visits.entering import Door
from gridapp.visits.members import LEAST, common_code, company_remark, visitors
from gridapp.visits.registering import VisitDraft, problems
from gridapp.visits.sheet import Printed
from ui import theme
from ui.visits.members_box import MembersBox
from ui.visits.sheet_lines import SheetLines
from ui.widgets.day_line import DayLine
from ui.widgets.fields import Field

_WIDTH, _HEIGHT = 860, 680
_UNBROKEN = "\u00a0"
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SheetDialog(QDialog):
    """Date and members stay from line to line. Enter behind what was said registers it and goes to the next line.

    ``entered`` says what was registered, ``members_used`` who went; ``failed`` carries what went wrong.
    """

    entered = Signal(str)
    members_used = Signal(str)
    failed = Signal(object)

    def __init__(
        self, register: Register, sheets: Sequence[Printed], members: str = "", parent: QWidget | None = None
    ) -> None:
        """Make the dialog.

        Args:
            sheets: those that may be entered; the first is.
            members: who went with the last visit that was registered.
        """
        super().__init__(parent)
        self._register = register
        self._doors: list[Door] = []
        self._count = 0
        self._last = 0
        self.setWindowTitle(self.tr("录入走访表"))
        self.resize(_WIDTH, _HEIGHT)
        self.sheet = QComboBox()
        for one in sheets:
            told = self.tr("{0}　{1}　{2} 行").format(one.number, one.place, len(one.households))
            self.sheet.addItem(told, one)
        self.day = DayLine(Sense.BEHIND)
        self.day.show_day(datetime.date.today())
        self.members = MembersBox()
        self.members.set_members(members)
        self.line, self.summary, self.needs = QLineEdit(), QLineEdit(), QLineEdit()
        self.follow_up, self.follow_up_on = QLineEdit(), DayLine(Sense.AHEAD)
        self.lines = SheetLines()
        self.told = QLabel()
        self.told.setProperty("secondary", True)
        self.back = QPushButton(theme.icon("arrow-u-up-left"), self.tr("撤回上一行 (Alt+Z)"))
        self.back.setEnabled(False)
        self._fields = self._build()
        self._connect()
        self._take_sheet()

    def remark(self, name: str) -> str:
        """What is said of a field."""
        return self._fields[name].remark()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in _ENTER:
            super().keyPressEvent(event)  # Enter belongs to the lines; no button is pressed by it

    # How it is built

    def _build(self) -> dict[str, Field]:
        self.line.setFixedWidth(90)
        self.line.setPlaceholderText(self.tr("行号或房号"))
        self.summary.setPlaceholderText(self.tr("代号或文字；空着按回车跳过这一行"))
        self.follow_up_on.setFixedWidth(140)
        self.day.setFixedWidth(140)
        labels = {
            "sheet": (self.tr("走访表"), self.sheet),
            "visited_on": (self.tr("走访日期 (Alt+D)"), self.day),
            "members": (self.tr("走访人 (Alt+M)"), self.members),
            "line": (self.tr("行 (Alt+L)"), self.line),
            "summary": (self.tr("走访情况，回车登记"), self.summary),
            "needs": (self.tr("需求"), self.needs),
            "follow_up": (self.tr("需要跟进的事"), self.follow_up),
            "follow_up_on": (self.tr("跟进日期"), self.follow_up_on),
        }
        fields = {name: Field(label, editor) for name, (label, editor) in labels.items()}
        legend = QLabel(self.tr("代号：{0}").format(phrases.legend().replace(" ", _UNBROKEN)))
        legend.setProperty("secondary", True)
        legend.setWordWrap(True)
        self.who = QLabel()
        self.who.setProperty("heading", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(theme.GAP)
        column.addWidget(fields["sheet"])
        column.addLayout(_row(fields["visited_on"], fields["members"]))
        column.addWidget(_rule())
        column.addWidget(self.who)
        column.addLayout(_row(fields["line"], fields["summary"]))
        column.addLayout(_row(fields["needs"], fields["follow_up"], fields["follow_up_on"]))
        column.addWidget(legend)
        column.addWidget(self.lines, 1)
        bottom = QHBoxLayout()
        close = QPushButton(self.tr("关闭"))
        for button in (self.back, close):
            button.setAutoDefault(False)
        close.clicked.connect(self.reject)
        bottom.addWidget(self.told, 1)
        bottom.addWidget(self.back)
        bottom.addWidget(close)
        column.addLayout(bottom)
        return fields

    def _connect(self) -> None:
        self.sheet.currentIndexChanged.connect(lambda _at: self._take_sheet())
        self.line.returnPressed.connect(self._go_to_typed)
        self.line.textEdited.connect(lambda _text: self._show_who())
        for line in (self.summary, self.needs, self.follow_up, self.follow_up_on):
            line.returnPressed.connect(self._enter)
        self.summary.textChanged.connect(self._show_meant)
        self.members.line.returnPressed.connect(self.line.setFocus)
        self.day.returnPressed.connect(self.members.setFocus)
        self.members.changed.connect(self._remark)
        self.lines.chosen.connect(self._begin)
        self.back.clicked.connect(self._take_back)
        for keys, act in (
            ("Alt+D", self.day.setFocus),
            ("Alt+M", self.members.setFocus),
            ("Alt+L", self.line.setFocus),
            ("Alt+Z", self._take_back),
        ):
            QShortcut(QKeySequence(keys), self, act)

    # What happens

    def _take_sheet(self) -> None:
        """Begin with another sheet, at its first line without a visit."""
        sheet: Printed | None = self.sheet.currentData()
        if sheet is None:
            self.who.setText(self.tr("还没有做过走访表；先用“制作走访表”。"))
            for widget in (self.line, self.summary, self.needs, self.follow_up, self.follow_up_on):
                widget.setEnabled(False)
            return
        try:
            self._doors = entering.doors(self._register, sheet)
            homes = registering.homes(self._register, [door.household for door in self._doors])
            self.members.offer(visitors(self._register, [common_code([home.area_code for home in homes])]))
        except UserError as error:
            self.failed.emit(error)
            return
        self.lines.show_doors(self._doors)
        self._begin(entering.next_line(self._doors, 0) or 1)
        self._remark()
        if not self.members.members():
            self.members.setFocus()

    def _begin(self, number: int) -> None:
        """Go to a line of the sheet."""
        for line in (self.summary, self.needs, self.follow_up, self.follow_up_on):
            line.clear()
        self.line.setText(str(number))
        self.lines.go_to(number)
        self._show_who()
        self.summary.setFocus()

    def _go_to_typed(self) -> None:
        try:
            door = entering.meant(self._doors, self.line.text())
        except UserError as error:
            self._fields["line"].set_remark(str(error))
            self.line.selectAll()
            return
        self.lines.go_to(door.number)
        self._show_who()
        self.summary.setFocus()

    def _enter(self) -> None:
        """Register the line and go to the next; one of which nothing is said is passed over."""
        try:
            door = entering.meant(self._doors, self.line.text())
        except UserError as error:
            self._fields["line"].set_remark(str(error))
            self.line.setFocus()
            return
        if not self._is_told():
            self._go_on(door, self.tr("第 {0} 行跳过").format(door.number))
            return
        draft = self._draft()
        if draft is None:
            return
        if self._register.is_written_elsewhere:
            # Waiting for a long import to end would leave the window standing still.
            self.told.setText(self.tr("正在写入登记簿，请等右下角的任务结束后再按回车。"))
            return
        try:
            registering.register_visits(self._register, [door.household], draft)
        except UserError as error:
            self._fields["summary"].set_remark(str(error))
            return
        self._count += 1
        self.back.setEnabled(True)
        self.members_used.emit(draft.members)
        self._mark(door.number, draft.visited_on)
        told = self.tr("已登记走访 {0} {1}").format(door.label, door.head)
        self.entered.emit(told)
        self._go_on(door, self.tr("第 {0} 行：{1}").format(door.number, told))

    def _is_told(self) -> bool:
        lines = (self.summary, self.needs, self.follow_up)
        return any(line.text().strip() for line in lines)

    def _draft(self) -> VisitDraft | None:
        """What stands in the fields; None where something is wrong, which is said beside the field."""
        days = {}
        for name, line in (("visited_on", self.day), ("follow_up_on", self.follow_up_on)):
            try:
                days[name] = line.day()
            except UserError as error:
                self._say_wrong({name: str(error)})
                return None
        draft = VisitDraft(
            days["visited_on"] or datetime.date.today(),
            self.members.members(),
            phrases.expand(self.summary.text()),
            self.needs.text(),
            self.follow_up.text(),
            days["follow_up_on"],
        )
        found = problems(draft)
        self._say_wrong(found)
        return None if found else draft

    def _say_wrong(self, found: dict[str, str]) -> None:
        for name in ("visited_on", "follow_up_on", "summary", "line"):
            self._fields[name].set_remark(found.get(name, ""))
        self._remark()
        if "members" in found:
            self._fields["members"].set_remark(found["members"])
        if found:
            self._fields[next(iter(found))].setFocus()

    def _go_on(self, door: Door, told: str) -> None:
        self.told.setText(told)
        number = entering.next_line(self._doors, door.number)
        if number is None:
            self.told.setText(self.tr("{0}。这张表到底了，共登记 {1} 行").format(told, self._count))
            self._begin(door.number)
        else:
            self._begin(number)

    def _mark(self, number: int, day: datetime.date | None) -> None:
        self._doors = [replace(door, visited_on=day) if door.number == number else door for door in self._doors]
        self.lines.show_doors(self._doors)
        self._last = number

    def _take_back(self) -> None:
        """Take back the line that was entered last, and go there again."""
        if not self._count or self._register.is_written_elsewhere:
            return
        try:
            undo.undo(self._register)
        except UserError as error:
            self.told.setText(str(error))
            return
        self._count = 0  # only the last one: before it, others may have written
        self.back.setEnabled(False)
        number = self._last
        self._mark(number, None)
        self.told.setText(self.tr("已撤回第 {0} 行").format(number))
        self._begin(number)

    def _remark(self) -> None:
        company = company_remark(self.members.members())
        text = self.tr("{0}：按“1+2+N”要求应至少{1}人同去。").format(company, LEAST) if company else ""
        self._fields["members"].set_remark(text, blocking=False)

    def _show_who(self) -> None:
        """Say which household is meant, while its line is being typed."""
        self._fields["line"].set_remark("")
        try:
            door = entering.meant(self._doors, self.line.text())
        except UserError:
            self.who.setText("　")
            return
        state = self.tr("（{0} 已登记走访）").format(door.visited_on.isoformat()) if door.visited_on else ""
        self.who.setText(self.tr("第 {0} 行　{1}　{2}{3}").format(door.number, door.label, door.head, state))

    def _show_meant(self, text: str) -> None:
        """Say what digits stand for, before Enter makes it so."""
        meant = phrases.expand(text)
        self._fields["summary"].set_remark(f"→ {meant}" if meant != text.strip() else "", blocking=False)


def _row(*fields: Field) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.GAP)
    for field in fields:
        row.addWidget(field, 0 if field.editor.maximumWidth() < _WIDTH else 1, Qt.AlignmentFlag.AlignTop)
    return row


def _rule() -> QWidget:
    rule = QFrame()
    rule.setProperty("rule", True)
    return rule
