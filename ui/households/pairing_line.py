"""Who is paired with a household: a line for each, with the buttons that pair and end it."""

import datetime
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QMenu, QPushButton, QSizePolicy, QWidget

from gridapp.teams.covering import Cover
from gridapp.teams.model import CONTACT_WAYS
from gridapp.teams.pairing import Paired
from gridapp.teams.pairing_contacts import DUE_DAYS, contact_text, days_without
from ui import theme
from ui.widgets.elided import ElidedLabel
from ui.widgets.layouts import clear


class PairingLine(QWidget):
    """Shows what others read; one pairing or none takes one line. What is done here is written at once.

    ``add_asked`` when somebody is to be paired, ``end_asked`` with the ``Paired`` that is to end, ``contact_asked``
    with one and the way in which that member got in touch, ``card_asked`` with one that is to be seen whole.
    """

    add_asked = Signal()
    end_asked = Signal(object)
    contact_asked = Signal(object, str)
    card_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel(self.tr("结对"))
        title.setProperty("heading", True)
        self.add = QPushButton(self.tr("添加"))
        self.add.setAccessibleName(self.tr("添加结对"))
        self.add.setToolTip(self.tr("让一位队员与这一户结对"))
        self.add.setProperty("link", True)
        self.add.clicked.connect(self.add_asked)
        self._lines = QGridLayout()
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setHorizontalSpacing(theme.GAP)
        self._lines.setVerticalSpacing(0)
        self._lines.setColumnStretch(0, 1)
        whole = QGridLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setHorizontalSpacing(theme.GAP)
        top = Qt.AlignmentFlag.AlignTop
        title.setMinimumHeight(self.add.sizeHint().height())
        whole.addWidget(title, 0, 0, top)
        whole.addLayout(self._lines, 0, 1)
        whole.addWidget(self.add, 0, 2, top)
        whole.setColumnStretch(1, 1)
        self._shown: list[Paired] | None = None
        self.ends: list[QPushButton] = []
        self.contacts: list[QPushButton] = []
        self.show_nothing(stored=False)

    def show_nothing(self, stored: bool) -> None:
        """Forget what was shown of another household.

        Args:
            stored: whether the household is in the register; else nobody can be paired with it yet.
        """
        self._shown = None
        self._show_text("" if stored else self.tr("保存这一户之后可以结对"))
        self.add.setEnabled(stored)

    def show_paired(self, paired: Sequence[Paired]) -> None:
        """Show those who are paired with the household now; what has ended stands in its history."""
        shown = [one for one in paired if one.until is None]
        if shown == self._shown:
            return
        self._shown = shown
        if not shown:
            self._show_text(self.tr("还没有结对的队员"))
            return
        self._clear()
        for number, one in enumerate(shown):
            self._put(2 * number, one)
            if one.cover is not None:
                self._lines.addWidget(self._cover_label(one.cover), 2 * number + 1, 0, 1, 3)
        before = self.add
        for pair in zip(self.contacts, self.ends, strict=True):
            for button in pair:
                QWidget.setTabOrder(before, button)
                before = button

    def text(self) -> str:
        """What stands there, line by line."""
        items = (self._lines.itemAtPosition(row, 0) for row in range(self._lines.rowCount()))
        labels = (item.widget() for item in items if item is not None)
        return "\n".join(label.text() for label in labels if isinstance(label, QLabel))

    def _put(self, row: int, one: Paired) -> None:
        label = ElidedLabel("  ".join(filter(None, (one.name, one.phone, one.role_name, one.note))), least=8)
        label.setAccessibleDescription(self.tr("{0}，自 {1} 结对").format(one.place or one.role_name, one.since))
        label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        if one.promises:
            label.setToolTip(self.tr("承诺：\n{0}").format(one.promises))
        end = QPushButton(self.tr("解除"))
        end.setProperty("link", True)
        end.setAccessibleName(self.tr("解除与{0}的结对").format(one.name))
        end.setToolTip(self.tr("自 {0} 结对，解除后留在历史里").format(one.since))
        end.clicked.connect(lambda: self.end_asked.emit(one))
        contact = self._contact_button(one)
        for column, widget in enumerate((label, contact, end)):
            self._lines.addWidget(widget, row, column)
        self.contacts.append(contact)
        self.ends.append(end)

    def _cover_label(self, cover: Cover) -> QLabel:
        """Says below a member who is away whom to turn to, and by which number."""
        phone = cover.stand_in.phone if cover.stand_in is not None else ""
        label = ElidedLabel("  ".join(filter(None, (cover.text, phone))), least=8)
        label.setProperty("secondary" if cover.stand_in is not None else "caution", True)
        label.setToolTip(cover.away.text)
        return label

    def _contact_button(self, one: Paired) -> QPushButton:
        """Says how long ago the last contact was, what is due in amber too; pressed, it offers to register one."""
        today = datetime.date.today()
        told = contact_text(one.since, one.last_on, today)
        button = QPushButton(told)
        button.setProperty("link", True)
        button.setProperty("caution", days_without(one.since, one.last_on, today) >= DUE_DAYS)
        button.setAccessibleName(self.tr("登记与{0}的联系，{1}").format(one.name, told))
        last = self.tr("上次联系 {0}").format(one.last_on) if one.last_on else self.tr("还没有登记过联系")
        button.setToolTip(self.tr("{0}\n登记今天的联系：空格，再按 1 到 4").format(last))
        menu = QMenu(button)
        for number, how in enumerate(CONTACT_WAYS, 1):
            menu.addAction(self.tr("&{0} {1}").format(number, how), partial(self.contact_asked.emit, one, how))
        menu.addSeparator()
        menu.addAction(self.tr("&0 承诺与联系记录…"), lambda: self.card_asked.emit(one))
        button.clicked.connect(lambda: menu.popup(button.mapToGlobal(button.rect().bottomLeft())))
        return button

    def _clear(self) -> None:
        clear(self._lines)
        self.ends.clear()
        self.contacts.clear()

    def _show_text(self, text: str) -> None:
        self._clear()
        label = QLabel(text)
        label.setProperty("secondary", True)
        label.setMinimumHeight(self.add.sizeHint().height())
        self._lines.addWidget(label, 0, 0)
