"""The dialogs that ask how a family changes: who leaves, who follows as head, where to."""

import datetime
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QLineEdit, QListWidget, QListWidgetItem, QWidget

from gridapp.errors import UserError
from gridapp.households import address, families
from gridapp.households.editing import HouseholdDraft, ResidentDraft, is_head
from gridapp.households.families import Done, Place
from gridapp.households.model import ENTERPRISE, HEAD, MOVED, RELATIONS, WAYS_OF_KINDS, WAYS_OF_RESIDENTS
from gridapp.ids import Uid
from gridapp.register import Register
from ui.households.household_picker import HouseholdPicker
from ui.widgets.asking import AskingDialog
from ui.widgets.fields import Field

_LIST_HEIGHT = 112

Deed = Callable[[], Done]


class FamilyDialog(AskingDialog):
    """Asks for a day and what else is needed; ``asked`` carries the deed, a function that does it.

    Whoever does it closes the dialog, or says with ``refuse`` what is wrong.
    """

    asked = Signal(object)

    def __init__(self, register: Register, home: HouseholdDraft, title: str, act: str, parent: QWidget) -> None:
        super().__init__(title, label_of(home), act, parent)
        assert home.uid is not None
        self.register = register
        self.home, self.uid = home, home.uid
        self.day = QDateEdit(QDate.currentDate())
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setMaximumDate(QDate.currentDate())
        self.heir: QComboBox | None = None
        self._main: Field | None = None
        self.buttons.accepted.connect(self._ask)

    def deed(self) -> Deed:
        """What shall be done, by what stands in the fields.

        Raises:
            UserError: something has to be filled in first.
        """
        raise NotImplementedError

    def refuse(self, text: str) -> None:
        """Say what is wrong beside the field that it is about."""
        self.button.setEnabled(True)
        about_head = self.heir is not None and not self._heir.isHidden() and self.tr("户主") in text
        assert self._main is not None
        field = self._day if self.tr("日期") in text else self._heir if about_head else self._main
        for one in {self._day, self._main, field}:
            one.set_remark(text if one is field else "")
        field.editor.setFocus()

    def put(self, label: str, editor: QWidget) -> Field:
        """Put a field below the others; what is refused is said beside the first, unless it is about another."""
        field = self.put_field(label, editor)
        self._main = self._main or field
        return field

    def put_day(self, label: str = "") -> None:
        self._day = self.put(label or self.tr("日期"), self.day)

    def put_heir(self, label: str = "") -> None:
        """A field for who is head next, to be offered or not."""
        self.heir = QComboBox()
        self._heir = self.put(label or self.tr("新户主"), self.heir)
        self._heir.hide()

    def offer_heirs(self, going: Sequence[ResidentDraft]) -> None:
        """Ask who is head next if the head goes and somebody stays."""
        assert self.heir is not None
        staying = [one for one in self.home.residents if one not in going]
        others = (self.home.people or 0) - len(going) - len(staying) > 0
        kept = self.heir.currentText()
        self.heir.clear()
        for one in staying:
            self.heir.addItem(f"{one.name}  {one.relation}".strip(), one.uid)
        self.heir.setEditable(others)  # somebody who is counted and not on record may follow
        only = 0 if len(staying) == 1 and not others else -1
        self.heir.setCurrentIndex(max(self.heir.findText(kept) if kept else -1, only))
        leaves = any(leads(self.home, one) for one in going)
        self._heir.setVisible(leaves and bool(staying or others))

    def next_head(self) -> Uid | str | None:
        """Who is head next, as far as it was told."""
        if self.heir is None or self._heir.isHidden():
            return None
        at = self.heir.findText(self.heir.currentText())
        return self.heir.itemData(at) if at >= 0 else self.heir.currentText()

    def on(self) -> datetime.date:
        """The day that was chosen."""
        chosen = self.day.date()
        return datetime.date(chosen.year(), chosen.month(), chosen.day())

    def _ask(self) -> None:
        try:
            deed = self.deed()
        except UserError as error:
            self.refuse(str(error))
            return
        self.button.setEnabled(False)
        self.asked.emit(deed)


class LeaveDialog(FamilyDialog):
    """Asks how and when a household as a whole has left."""

    def __init__(self, register: Register, home: HouseholdDraft, parent: QWidget) -> None:
        super().__init__(register, home, self.tr("整户迁出"), self.tr("迁出整户"), parent)
        self.how = _box(WAYS_OF_KINDS[home.kind])
        self.put(self.tr("去向"), self.how)
        self.put_day()
        self.how.setFocus()

    def deed(self) -> Deed:
        return partial(families.move_out, self.register, self.uid, self.on(), self.how.currentText())


class ResidentLeavesDialog(FamilyDialog):
    """Asks how and when one resident has left; the last takes the household along."""

    def __init__(
        self, register: Register, home: HouseholdDraft, resident: ResidentDraft, how: str, parent: QWidget
    ) -> None:
        title = f"{resident.name} {how}"
        super().__init__(register, home, title, self.tr("记为{0}").format(how), parent)
        self._resident = resident
        self._is_last = is_last(home)
        self.how = _box(WAYS_OF_RESIDENTS, how)
        self.how.currentTextChanged.connect(lambda text: self.button.setText(self.tr("记为{0}").format(text)))
        field = self.put(self.tr("去向"), self.how)
        self.put_heir()
        self.put_day()
        if self._is_last:
            field.set_remark(self.tr("这一户没有其他人了，整户一并记为离开。"), blocking=False)
        else:
            self.offer_heirs([resident])
        (self.day if self._heir.isHidden() else self.heir or self.day).setFocus()

    def deed(self) -> Deed:
        how = self.how.currentText()
        if self._is_last:
            return partial(families.move_out, self.register, self.uid, self.on(), how)
        uid = uid_of(self._resident)
        return partial(families.resident_left, self.register, uid, self.on(), how, self.next_head())


class BackDialog(FamilyDialog):
    """Asks since when somebody who had left lives here again."""

    def __init__(self, register: Register, home: HouseholdDraft, resident: Uid, name: str, parent: QWidget) -> None:
        super().__init__(register, home, self.tr("恢复 {0}").format(name), self.tr("恢复"), parent)
        self._resident = resident
        self.put_day(self.tr("从哪天起又住在这里"))

    def deed(self) -> Deed:
        return partial(families.resident_back, self.register, self._resident, self.on())


class MoveInDialog(FamilyDialog):
    """Asks who joins a household."""

    def __init__(self, register: Register, home: HouseholdDraft, parent: QWidget) -> None:
        super().__init__(register, home, self.tr("迁入居民"), self.tr("迁入"), parent)
        self.name, self.id_number = QLineEdit(), QLineEdit()
        self.relation = relation_box()
        self.put(self.tr("姓名"), self.name)
        self.put(self.tr("与户主关系"), self.relation)
        self.put(self.tr("身份证号（可不填）"), self.id_number)
        self.put_day(self.tr("迁入日期"))
        self.name.setFocus()

    def deed(self) -> Deed:
        joining = ResidentDraft(
            name=self.name.text(), relation=self.relation.currentText(), id_number=self.id_number.text()
        )
        return partial(families.move_in, self.register, self.uid, self.on(), [joining])


class MoveDialog(FamilyDialog):
    """Asks into which other household a resident goes, and as what."""

    def __init__(self, register: Register, home: HouseholdDraft, resident: ResidentDraft, parent: QWidget) -> None:
        super().__init__(register, home, self.tr("{0} 移到另一户").format(resident.name), self.tr("移过去"), parent)
        self._resident = resident
        self.picker = HouseholdPicker(register, [self.uid])
        self.finished.connect(lambda _result: self.picker.stop())
        self.relation = relation_box()
        self._is_last = is_last(home)
        field = self.put(self.tr("移到哪一户"), self.picker)
        self.put(self.tr("与那一户户主的关系"), self.relation)
        self.put_heir()
        self.put_day()
        if self._is_last:
            field.set_remark(self.tr("这一户没有其他人了，将并入那一户，走访和民意一并转过去。"), blocking=False)
        else:
            self.offer_heirs([resident])
        self.picker.setFocus()

    def deed(self) -> Deed:
        household = chosen_of(self.picker)
        relation = self.relation.currentText()
        if self._is_last:
            return partial(families.merge, self.register, household, self.uid, self.on(), relation)
        uid = uid_of(self._resident)
        return partial(families.move_resident, self.register, uid, household, relation, self.on(), self.next_head())


class MergeDialog(FamilyDialog):
    """Asks with which other household one is merged, and which of both stays."""

    def __init__(self, register: Register, home: HouseholdDraft, parent: QWidget) -> None:
        super().__init__(register, home, self.tr("与另一户合并"), self.tr("合并"), parent)
        self.picker = HouseholdPicker(register, [self.uid])
        self.finished.connect(lambda _result: self.picker.stop())
        self.stays = QComboBox()
        self.stays.addItem(self.tr("保留这一户：{0}").format(label_of(home)))
        self.stays.addItem(self.tr("保留另一户"))
        self.picker.changed.connect(self._name)
        self.relation = relation_box()
        self.put(self.tr("另一户"), self.picker)
        self.put(self.tr("合并后"), self.stays)
        self.put(self.tr("并入一户的户主与保留户户主的关系"), self.relation)
        self.put_day()
        self.picker.setFocus()

    def deed(self) -> Deed:
        pair = [self.uid, chosen_of(self.picker)]
        into, other = pair if self.stays.currentIndex() == 0 else pair[::-1]
        return partial(families.merge, self.register, into, other, self.on(), self.relation.currentText())

    def _name(self) -> None:
        found = self.picker.chosen()
        text = self.tr("保留另一户：{0}").format(found.title) if found else self.tr("保留另一户")
        self.stays.setItemText(1, text)


class SplitDialog(FamilyDialog):
    """Asks who parts from a household, who is head of the new one, and where it is."""

    def __init__(
        self, register: Register, home: HouseholdDraft, parent: QWidget, chosen: ResidentDraft | None = None
    ) -> None:
        super().__init__(register, home, self.tr("分户"), self.tr("分户"), parent)
        self.people = QListWidget()
        self.people.setFixedHeight(_LIST_HEIGHT)
        for one in home.residents:
            item = QListWidgetItem(f"{one.name}  {one.relation}".strip())
            item.setData(Qt.ItemDataRole.UserRole, one)
            item.setCheckState(Qt.CheckState.Checked if one is chosen else Qt.CheckState.Unchecked)
            self.people.addItem(item)
        self.people.setCurrentRow(home.residents.index(chosen) if chosen is not None else 0)
        self.head = QComboBox()
        self.lines = {name: QLineEdit(getattr(home, name)) for name in ("estate", "building", "entrance", "room")}
        self.put(self.tr("谁分出去（空格键勾选）"), self.people)
        self.put(self.tr("新的一户的户主"), self.head)
        self.put_heir(self.tr("原来这一户的新户主"))
        labels = (self.tr("小区"), self.tr("楼栋"), self.tr("楼门"), self.tr("房号"))
        self.put_row(list(zip(labels, self.lines.values(), strict=True)))
        self.put_day()
        self.people.itemChanged.connect(lambda _item: self._follow())
        self._follow()
        self.people.setFocus()

    def going(self) -> list[ResidentDraft]:
        """Who is ticked."""
        items = [self.people.item(row) for row in range(self.people.count())]
        ticked = [item for item in items if item.checkState() == Qt.CheckState.Checked]
        return [item.data(Qt.ItemDataRole.UserRole) for item in ticked]

    def deed(self) -> Deed:
        going = [uid_of(one) for one in self.going()]
        head = self.head.currentData()
        if head is None:
            raise UserError(self.tr("请勾选要分出去的人。"))
        place = Place(**{name: line.text() for name, line in self.lines.items()})
        return partial(families.split, self.register, self.uid, going, place, head, self.on(), self.next_head())

    def _follow(self) -> None:
        going, kept = self.going(), self.head.currentData()
        self.head.clear()
        for one in going:
            self.head.addItem(one.name, one.uid)
        self.head.setCurrentIndex(max(0, self.head.findData(kept)))
        self.offer_heirs(going)


def label_of(home: HouseholdDraft) -> str:
    """``盛欣园3号楼2门501 马玉兰``."""
    return f"{address.full_label(home.estate, home.building, home.entrance, home.room)} {home.head}".strip()


def is_last(home: HouseholdDraft) -> bool:
    """Whether nobody stays of a family if one resident leaves."""
    return home.kind != ENTERPRISE and len(home.residents) == 1 and (home.people or 1) <= 1


def leads(home: HouseholdDraft, resident: ResidentDraft) -> bool:
    """Whether a household is called after a resident."""
    return is_head(resident) or resident.name == home.head


def uid_of(resident: ResidentDraft) -> Uid:
    """The uid of a resident who is on record."""
    assert resident.uid is not None
    return resident.uid


def chosen_of(picker: HouseholdPicker) -> Uid:
    """The household that was taken.

    Raises:
        UserError: none was.
    """
    found = picker.chosen()
    if found is None or found.household is None:
        raise UserError(picker.tr("请输入姓名或门牌，从列表中选定一户。"))
    return found.household


def relation_box() -> QComboBox:
    """How somebody is related to a head, to be chosen or typed."""
    box = QComboBox()
    box.setEditable(True)
    box.addItems(["", *(one for one in RELATIONS if one != HEAD)])
    return box


def _box(choices: Sequence[str], chosen: str = MOVED) -> QComboBox:
    box = QComboBox()
    box.addItems(list(choices))
    box.setCurrentText(chosen)
    return box
