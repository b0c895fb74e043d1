"""One pairing: what the member has promised, a contact to be registered, and the last ones."""

import datetime
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from gridapp.days import Sense
from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.teams.model import CONTACT_WAYS
from gridapp.teams.pairing_contacts import Contact, contact_text
from ui import theme
from ui.widgets.asking import AskingDialog
from ui.widgets.choice import Choice
from ui.widgets.day_line import DayLine
from ui.widgets.row_table import dress

_ROW = 28
_SHOWN = 6
_PROMISES_HEIGHT = 76
_WIDTH = 520


class PairingCard(AskingDialog):
    """``contact_asked`` carries way, day and note, ``promise_asked`` the promises and what they were before.

    It stays open until the promises are written, so that a refusal loses nothing.
    """

    contact_asked = Signal(str, object, str)
    promise_asked = Signal(str, str)

    def __init__(
        self,
        pairing: Uid,
        title: str,
        since: datetime.date,
        promises: str,
        contacts: Sequence[Contact],
        parent: QWidget | None = None,
    ) -> None:
        """Make the dialog.

        Args:
            title: how one says the member and the household.
        """
        super().__init__(title, "", QCoreApplication.translate("PairingCard", "保存"), parent)
        self.setMinimumWidth(_WIDTH)
        self.pairing = pairing
        self._since = since
        self._promises = promises
        self.promises = QPlainTextEdit(promises)
        self.promises.setTabChangesFocus(True)
        self.promises.setFixedHeight(_PROMISES_HEIGHT)
        self.promises.setPlaceholderText(self.tr("一行一条，例如：每周打一次电话"))
        self._promises_field = self.put_field(self.tr("承诺"), self.promises)
        self.how = Choice({way: way for way in CONTACT_WAYS})
        self.day = DayLine(Sense.BEHIND)
        self.day.show_day(datetime.date.today())
        self.put_row([(self.tr("联系方式"), self.how), (self.tr("哪天"), self.day)])
        self.note = QLineEdit()
        self.note.setPlaceholderText(self.tr("说了什么、要办什么（可不填）"))
        self.register_button = QPushButton(self.tr("登记联系"))
        self.register_button.setToolTip(self.tr("登记这次联系 (回车)"))
        self._day_field = self.put_field(self.tr("情况"), self._with_button(self.note, self.register_button))
        self.table = self._build_table()
        self.put_field(self.tr("最近的联系"), self.table)
        self.show_contacts(contacts)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter registers
        self.register_button.clicked.connect(self._ask)
        self.note.returnPressed.connect(self._ask)
        self.buttons.accepted.connect(self._keep_promises)
        QShortcut(QKeySequence("Ctrl+S"), self, self._keep_promises)
        self.note.setFocus()

    def show_contacts(self, contacts: Sequence[Contact]) -> None:
        """Show the last contacts, the newest first."""
        self.table.setRowCount(len(contacts))
        for row, one in enumerate(contacts):
            for column, text in enumerate((one.contacted_on.isoformat(), one.how, one.note)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(row, column, item)
        last = max((one.contacted_on for one in contacts), default=None)
        self.told.setText(
            self.tr("自 {0} 结对，{1}").format(self._since, contact_text(self._since, last, datetime.date.today()))
        )

    def clear_contact(self) -> None:
        """Make room for another, once one has been registered."""
        self.note.clear()
        self.day.show_day(datetime.date.today())

    def refuse(self, error: UserError) -> None:
        """Say why a contact was not registered."""
        self._day_field.set_remark(str(error))

    def refuse_promises(self, error: UserError) -> None:
        """Say why the promises were not written."""
        self._promises_field.set_remark(str(error))
        self.promises.setFocus()

    def _with_button(self, line: QLineEdit, button: QPushButton) -> QWidget:
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        row.addWidget(line, 1)
        row.addWidget(button)
        both.setFocusProxy(line)
        line.setAccessibleName(self.tr("情况"))
        return both

    def _build_table(self) -> QTableWidget:
        table = QTableWidget(0, 3)
        table.setHorizontalHeaderLabels([self.tr("日期"), self.tr("方式"), self.tr("情况")])
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        dress(table, (104, 64, 0))
        table.verticalHeader().setDefaultSectionSize(_ROW)
        table.setFixedHeight((_SHOWN + 1) * _ROW + 8)
        return table

    def _ask(self) -> None:
        try:
            day = self.day.day()
        except UserError as error:
            self.refuse(error)
            self.day.setFocus()
            return
        self._day_field.set_remark("")
        self.contact_asked.emit(self.how.value(), day, self.note.text())

    def _keep_promises(self) -> None:
        typed = self.promises.toPlainText()
        if typed.strip() != self._promises:
            self.promise_asked.emit(typed, self._promises)
        else:
            self.accept()
