"""The residents of a household: a short list, and below it the one that is being edited."""

import datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gridapp.households import id_numbers
from gridapp.households.editing import Problem, ResidentDraft
from gridapp.households.model import HEAD, RELATIONS
from ui import theme
from ui.households.pointing import point_out
from ui.widgets.fields import Field

_ROW = 28
_MOST_SHOWN = 6


class ResidentsEditor(QWidget):
    """Edits a list of ``ResidentDraft`` in place; emits ``changed`` at every key.

    ``household_asked`` carries the code of a grid and the uid of a household in it that the user wants to see.
    """

    changed = Signal()
    household_asked = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._residents: list[ResidentDraft] = []
        self._filling = False
        self._unread: dict[int, str] = {}  # dates as typed that are none, by identity of the draft
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addLayout(self._build_heading())
        column.addWidget(self._build_list())
        column.addWidget(self._build_detail())
        self.set_residents([])

    # What is edited

    def set_residents(self, residents: list[ResidentDraft]) -> None:
        """Edit these; the list is changed in place."""
        self._residents = residents
        self._unread.clear()
        self._refill()
        self.list.setCurrentCell(0 if residents else -1, 0)
        self._show_current()

    def add(self) -> None:
        """Append an empty resident and go to its name."""
        self._residents.append(ResidentDraft(relation="" if self._residents else HEAD))
        self._refill()
        self.list.setCurrentCell(len(self._residents) - 1, 0)
        self.name.setFocus()
        self.changed.emit()

    def remove(self) -> None:
        """Take the current resident off the list."""
        row = self.list.currentRow()
        if 0 <= row < len(self._residents):
            self._unread.pop(id(self._residents.pop(row)), None)
            self._refill()
            self.list.setCurrentCell(min(row, len(self._residents) - 1), 0)
            self._show_current()
            self.changed.emit()

    def set_read_only(self, read_only: bool) -> None:
        """Only show them, or let them be edited."""
        for line in (self.name, self.id_number, self.phone, self.birth_date, self.conditions, self.note):
            line.setReadOnly(read_only)
        for widget in (self.relation, self.sex, self.party_member):
            widget.setEnabled(not read_only)
        for button in (self._add, self._remove, self.more):
            button.setVisible(not read_only)

    def unread_dates(self) -> list[Problem]:
        """A problem for each birth date that cannot be read as one."""
        return [
            Problem("birth_date", self.tr("请写成 1950-01-31 这样的日期"), resident=row)
            for row, resident in enumerate(self._residents)
            if id(resident) in self._unread
        ]

    def show_problems(self, problems: list[Problem]) -> None:
        """Point out, beside the fields of the current resident and in the list, what is wrong."""
        for name, field in self._fields.items():
            here = [one for one in problems if one.resident == self.list.currentRow() and one.field == name]
            point_out(field, here, self.household_asked.emit)
        for row in range(self.list.rowCount()):
            item = self._item(row, 0)
            mine = [problem for problem in problems if problem.resident == row]
            item.setIcon(theme.icon("warning", "warning") if mine else theme.icon("user"))
            item.setToolTip("；".join(problem.text for problem in mine))

    def go_to(self, problem: Problem) -> None:
        """Put the cursor where a problem is."""
        self.list.setCurrentCell(problem.resident or 0, 0)
        self._fields.get(problem.field, self._fields["name"]).editor.setFocus()

    # How it is built

    def _build_heading(self) -> QHBoxLayout:
        self._title = QLabel()
        self._title.setProperty("heading", True)
        self._add = QPushButton(self.tr("添加居民"))
        self._add.setProperty("link", True)
        self._add.clicked.connect(self.add)
        line = QHBoxLayout()
        line.addWidget(self._title)
        line.addStretch()
        line.addWidget(self._add)
        return line

    def _build_list(self) -> QTableWidget:
        headings = [self.tr("姓名"), self.tr("关系"), self.tr("性别"), self.tr("年龄"), self.tr("电话")]
        self.list = QTableWidget(0, len(headings))
        self.list.setHorizontalHeaderLabels(headings)
        self.list.setAccessibleName(self.tr("居民"))
        self.list.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setShowGrid(False)
        self.list.setTabKeyNavigation(False)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.list.verticalHeader().hide()
        self.list.verticalHeader().setDefaultSectionSize(_ROW)
        header = self.list.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for section, width in enumerate((88, 64, 48, 48)):
            header.resizeSection(section, width)
        header.setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
        self.list.currentCellChanged.connect(lambda *_: self._show_current())
        return self.list

    def _build_detail(self) -> QWidget:
        self.name, self.id_number, self.phone = QLineEdit(), QLineEdit(), QLineEdit()
        self.birth_date, self.conditions, self.note = QLineEdit(), QLineEdit(), QLineEdit()
        self.birth_date.setPlaceholderText("1950-01-31")
        self.conditions.setPlaceholderText(self.tr("如 残疾、低保"))
        self.relation, self.sex = QComboBox(), QComboBox()
        self.relation.setEditable(True)
        self.relation.addItems(["", *RELATIONS])
        self.sex.addItems(["", *id_numbers.SEXES])
        self.party_member = QCheckBox(self.tr("党员"))
        self._remove = QPushButton(self.tr("移除此人"))
        self._remove.setProperty("link", True)
        self._remove.setToolTip(self.tr("登记错了的人才移除；搬走、去世请用“变动”"))
        self._remove.clicked.connect(self.remove)
        self.more = QToolButton()
        self.more.setText(self.tr("变动"))
        self.more.setIcon(theme.icon("dots-three"))
        self.more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.more.setToolTip(self.tr("迁出、去世、移到另一户、分户"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        acts = QHBoxLayout()
        acts.addStretch()
        acts.addWidget(self.more)
        acts.addWidget(self._remove)
        self._fields = {
            "name": Field(self.tr("姓名"), self.name),
            "relation": Field(self.tr("与户主关系"), self.relation),
            "id_number": Field(self.tr("身份证号"), self.id_number),
            "sex": Field(self.tr("性别"), self.sex),
            "birth_date": Field(self.tr("出生日期"), self.birth_date),
            "phone": Field(self.tr("电话"), self.phone),
            "conditions": Field(self.tr("特殊情况"), self.conditions),
            "note": Field(self.tr("备注"), self.note),
        }
        self._detail = QWidget()
        grid = QGridLayout(self._detail)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.GAP)
        for name, row, column, width in (
            ("name", 0, 0, 3),
            ("relation", 0, 3, 3),
            ("id_number", 1, 0, 6),
            ("sex", 2, 0, 2),
            ("birth_date", 2, 2, 4),
            ("phone", 3, 0, 3),
            ("conditions", 3, 3, 3),
            ("note", 4, 0, 6),
        ):
            grid.addWidget(self._fields[name], row, column, 1, width, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.party_member, 5, 0, 1, 3)
        grid.addLayout(acts, 5, 3, 1, 3)
        for column in range(6):
            grid.setColumnStretch(column, 1)
        for line in (self.name, self.id_number, self.phone, self.birth_date, self.conditions, self.note):
            line.textEdited.connect(self._take_over)
        self.relation.currentTextChanged.connect(self._take_over)
        self.sex.currentTextChanged.connect(self._take_over)
        self.party_member.toggled.connect(self._take_over)
        return self._detail

    # Between the fields and the drafts

    def _refill(self) -> None:
        self.list.blockSignals(True)
        self.list.setRowCount(len(self._residents))
        for row, resident in enumerate(self._residents):
            self._fill_row(row, resident)
        self.list.blockSignals(False)
        lines = max(1, min(len(self._residents), _MOST_SHOWN))
        self.list.setFixedHeight(self.list.horizontalHeader().sizeHint().height() + lines * _ROW + 2)
        self.list.setVisible(bool(self._residents))
        self._title.setText(self.tr("居民 {0} 人").format(len(self._residents)))

    def _fill_row(self, row: int, resident: ResidentDraft) -> None:
        age = id_numbers.age_on(resident.birth_date, datetime.date.today()) if resident.birth_date else ""
        texts = (resident.name, resident.relation, resident.sex, str(age), resident.phone)
        for column, text in enumerate(texts):
            self._item(row, column).setText(text)

    def _item(self, row: int, column: int) -> QTableWidgetItem:
        item = self.list.item(row, column)
        if item is None:
            item = QTableWidgetItem()
            self.list.setItem(row, column, item)
        return item

    def current(self) -> ResidentDraft | None:
        """The resident that is chosen, or None if there is none."""
        row = self.list.currentRow()
        return self._residents[row] if 0 <= row < len(self._residents) else None

    def _show_current(self) -> None:
        resident = self.current()
        self._detail.setVisible(resident is not None)
        if resident is None:
            return
        self._filling = True
        for name in ("name", "id_number", "phone", "conditions", "note"):
            getattr(self, name).setText(getattr(resident, name))
            getattr(self, name).setCursorPosition(0)
        day = resident.birth_date.isoformat() if resident.birth_date else ""
        self.birth_date.setText(self._unread.get(id(resident), day))
        self.relation.setCurrentText(resident.relation)
        self.sex.setCurrentText(resident.sex)
        self.party_member.setChecked(resident.party_member)
        self._filling = False
        self.changed.emit()  # what is wrong with this one has to be pointed out anew

    def _take_over(self, _value: Any = None) -> None:
        resident = self.current()
        if resident is None or self._filling:
            return
        for name in ("name", "id_number", "phone", "conditions", "note"):
            setattr(resident, name, getattr(self, name).text())
        resident.relation = self.relation.currentText()
        resident.sex = self.sex.currentText()
        resident.party_member = self.party_member.isChecked()
        self._take_over_birth_date(resident)
        self._fill_row(self.list.currentRow(), resident)
        self.changed.emit()

    def _take_over_birth_date(self, resident: ResidentDraft) -> None:
        facts = id_numbers.facts(id_numbers.normalized(resident.id_number))
        if facts is not None and self.id_number.hasFocus():
            resident.sex, resident.birth_date = facts.sex, facts.birth_date
            self._filling = True
            self.sex.setCurrentText(facts.sex)
            self.birth_date.setText(facts.birth_date.isoformat())
            self._filling = False
            return
        typed = self.birth_date.text().strip()
        resident.birth_date = _day(typed)
        self._unread.pop(id(resident), None)
        if typed and resident.birth_date is None:
            self._unread[id(resident)] = typed


def _day(text: str) -> datetime.date | None:
    digits = text.strip().replace("/", "-").replace(".", "-")
    for form in ("%Y-%m-%d", "%Y%m%d"):
        try:
            return datetime.datetime.strptime(digits, form).date()
        except ValueError:
            continue
    return None
