"""Who raises an issue: somebody of a household found by typing, somebody from outside, or nobody by name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gridapp.errors import UserError
from gridapp.finding import HOUSEHOLDS, RESIDENTS, Found
from gridapp.households import address, editing, families
from gridapp.households.editing import HouseholdDraft
from gridapp.ids import Uid
from gridapp.issues.registering import NewReporter, Unfit
from gridapp.issues.states import Source
from gridapp.register import Register
from ui import theme
from ui.households.household_picker import HouseholdPicker
from ui.widgets.choice import Choice
from ui.widgets.fields import Field

_RESULTS_HEIGHT = 4 * theme.ROW_HEIGHT


class Kind(Enum):
    """Where somebody is known from."""

    HOME = 0
    OUTSIDE = 1
    NOBODY = 2


@dataclass(frozen=True)
class Who:
    """What stands in the part, to be put back there later."""

    kind: Kind = Kind.HOME
    household: Uid | None = None
    name: str = ""
    phone: str = ""
    typed: str = ""


class ReporterPart(QWidget):
    """``settled`` comes when somebody was taken, so that one can go on; ``changed`` when anything differs.

    ``failed`` carries why nothing could be looked up.
    """

    changed = Signal()
    settled = Signal()
    failed = Signal(object)

    def __init__(self, register: Register, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._register = register
        self._home: HouseholdDraft | None = None
        self._area_code = ""
        self.kind = Choice(
            {
                Kind.HOME: self.tr("住户(&1)"),
                Kind.OUTSIDE: self.tr("其他人(&2)"),
                Kind.NOBODY: self.tr("匿名(&3)"),
            }
        )
        self.picker = HouseholdPicker(register, ())
        self.picker.line.setPlaceholderText(self.tr("输入姓名、门牌或电话，回车选定；不在册的直接回车"))
        self.name = QComboBox()
        self.name.setEditable(True)
        self.name.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.name.setCompleter(None)  # type: ignore[arg-type]
        self.phone = QLineEdit()
        self._build()
        self._connect()
        self.show_kind()

    def household(self) -> Uid | None:
        """The household of who raises it, if one was chosen."""
        return self._home.uid if self._home is not None and self.kind.value() is Kind.HOME else None

    @property
    def home(self) -> HouseholdDraft | None:
        """The same, as it is stored."""
        return self._home if self.kind.value() is Kind.HOME else None

    @property
    def area_code(self) -> str:
        """The code of the grid in which that household is; empty without one."""
        return self._area_code if self.home is not None else ""

    def reporter(self, source: Source) -> NewReporter:
        """Who raises it.

        Raises:
            Unfit: that is not told yet.
        """
        kind = self.kind.value()
        if kind is Kind.NOBODY:
            return NewReporter(source=source)
        name, phone = " ".join(self.name.currentText().split()), self.phone.text()
        if kind is Kind.HOME and self._home is None:
            if self.picker.line.text().strip():
                raise Unfit("reporters", self.tr("请从列表中选定一户；不在册的改选“其他人”。"))
            raise Unfit("reporters", self.tr("请填写反映人；不愿留名的选“匿名”。"))
        if kind is Kind.OUTSIDE and not name:
            raise Unfit("reporters", self.tr("请填写姓名；不愿留名的选“匿名”。"))
        return NewReporter(name, phone, source, self.household())

    def who(self) -> Who:
        """What stands here."""
        typed = "" if self._home is not None else self.picker.line.text()
        return Who(self.kind.value(), self.household(), self.name.currentText(), self.phone.text(), typed)

    def show_who(self, who: Who) -> None:
        """Put back what stood here; a household that is gone is left out."""
        self.kind.set_value(who.kind)
        if who.household is not None:
            self.choose(who.household, who.name, who.phone)
        else:
            self.picker.line.setText(who.typed)
            self.name.setEditText(who.name)
            self.phone.setText(who.phone)
        self.show_kind()

    def choose(self, household: Uid, name: str = "", phone: str = "") -> None:
        """Take a household, and of it whoever has this name, or its head."""
        try:
            home = editing.load(self._register, household)
        except UserError as error:
            self.failed.emit(error)
            return
        self.kind.set_value(Kind.HOME)
        self._home, self._area_code = home, families.grid_of(self._register, household) or ""
        self.name.clear()
        people = [(one.name, one.relation, one.phone or home.phone) for one in home.residents if one.name]
        if home.head and all(one != home.head for one, _relation, _phone in people):
            people.insert(0, (home.head, "", home.phone))
        for person, relation, own in people:
            self.name.addItem(f"{person}（{relation}）" if relation else person, (person, own))
        names = [person for person, _relation, _phone in people]
        chosen = name or home.head
        self.name.setCurrentIndex(names.index(chosen) if chosen in names else -1)
        self.name.setEditText(chosen)
        own = people[names.index(chosen)][2] if chosen in names else home.phone
        self.phone.setText(phone or own)
        place = address.full_label(home.estate, home.building, home.entrance, home.room)
        self.picker.show_chosen(Found(HOUSEHOLDS, place, home.head, "", household))
        self.show_kind()
        self.changed.emit()

    def show_kind(self) -> None:
        """Show the fields that belong to where somebody is known from."""
        kind = self.kind.value()
        self.picker.setVisible(kind is Kind.HOME)
        self._below.setVisible(kind is not Kind.NOBODY)
        searching = kind is Kind.HOME and self._home is None
        self._below.setCurrentIndex(0 if searching else 1)
        # What is not needed for what was found is left below all fields, so that no hole stands between them.
        self._below.setFixedHeight(_RESULTS_HEIGHT if searching else self._person.sizeHint().height())

    def is_busy(self) -> bool:
        """Whether an answer is still being waited for."""
        return self.picker.is_busy()

    def stop(self) -> None:
        """Look for nothing any more."""
        self.picker.stop()

    def focus_first(self) -> None:
        """Go to where one begins to type."""
        kind = self.kind.value()
        if kind is Kind.NOBODY:
            self.kind.setFocus()
        else:
            (self.picker.line if kind is Kind.HOME else self.name).setFocus()

    def _build(self) -> None:
        self._person = QWidget()
        grid = QGridLayout(self._person)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.GAP)
        grid.addWidget(Field(self.tr("反映人"), self.name), 0, 0)
        grid.addWidget(Field(self.tr("电话"), self.phone), 0, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self._below = QStackedWidget()
        self._below.addWidget(self.picker.results)
        self._below.addWidget(self._person)
        self.picker.results.setFixedHeight(_RESULTS_HEIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.kind)
        column.addWidget(self.picker)
        column.addWidget(self._below)

    def _connect(self) -> None:
        self.kind.changed.connect(self._turn)
        self.picker.changed.connect(self._take)
        self.picker.failed.connect(self.failed)
        self.picker.line.returnPressed.connect(self._take_outsider)
        self.name.activated.connect(self._take_person)
        self.name.editTextChanged.connect(lambda _text: self.changed.emit())
        self.phone.textEdited.connect(lambda _text: self.changed.emit())

    def _turn(self) -> None:
        self.show_kind()
        self.changed.emit()
        self.focus_first()

    def _take(self) -> None:
        found: Found | None = self.picker.chosen()
        if found is None or found.household is None:
            self._home = None
            self.name.clear()
            self.phone.clear()
            self.show_kind()
            self.changed.emit()
            return
        self.choose(found.household, found.title if found.kind == RESIDENTS else "")
        self.settled.emit()

    def _take_outsider(self) -> None:
        """Nobody was found by that name: it is somebody from outside."""
        typed = self.picker.line.text().strip()
        if self._home is not None:
            self.settled.emit()
        elif typed and not self.picker.is_busy() and self.picker.results.current() is None:
            self.kind.set_value(Kind.OUTSIDE)
            digits = typed.isascii() and typed.replace("-", "").isdigit()
            (self.phone.setText if digits else self.name.setEditText)(typed)
            self.show_kind()
            self.changed.emit()
            (self.name if digits else self.phone).setFocus()

    def _take_person(self, position: int) -> None:
        person, phone = self.name.itemData(position)
        self.name.setEditText(person)
        self.phone.setText(phone)
        self.changed.emit()
