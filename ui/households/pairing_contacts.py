"""What is done to keep a pairing alive: contacts are registered, promises written, both shown."""

import datetime
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from gridapp.errors import UserError
from gridapp.ids import Uid
from gridapp.register import Register
from gridapp.teams import pairing_contacts
from gridapp.teams.pairing_contacts import PairingRow
from ui.households.pairing_card import PairingCard

_SHOWN = 50


class PairingContacts(QObject):
    """``notice`` carries what was done, ``refused`` what was not, and why; ``written`` comes after either."""

    notice = Signal(str)
    refused = Signal(str)
    written = Signal()

    def __init__(self, register: Register, window: QWidget) -> None:
        super().__init__(window)
        self._register = register
        self._window = window

    def contact(self, pairing: Uid, how: str) -> None:
        """Register that a member got in touch today."""
        self._write(lambda: pairing_contacts.contact(self._register, pairing, how)[1])

    def open_card(self, row: PairingRow, over: QWidget | None = None) -> None:
        """Show a pairing whole."""
        register = self._register
        try:
            contacts = pairing_contacts.contacts_of(register, row.uid, _SHOWN)
        except UserError as error:  # the server is away
            self.refused.emit(str(error))
            return
        title = self.tr("{0} 与 {1} {2}").format(row.member, row.address, row.head).strip()
        card = PairingCard(row.uid, title, row.since, row.promises, contacts, over or self._window)
        card.contact_asked.connect(lambda how, day, note: self._contact_in(card, how, day, note))
        card.promise_asked.connect(lambda typed, base: self._promise_in(card, typed, base))
        card.finished.connect(card.deleteLater)
        card.open()

    def _contact_in(self, card: PairingCard, how: str, day: datetime.date | None, note: str) -> None:
        done = self._write(
            lambda: pairing_contacts.contact(self._register, card.pairing, how, day, note)[1], card.refuse
        )
        if done:
            card.show_contacts(pairing_contacts.contacts_of(self._register, card.pairing, _SHOWN))
            card.clear_contact()

    def _promise_in(self, card: PairingCard, typed: str, base: str) -> None:
        done = self._write(
            lambda: pairing_contacts.promise(self._register, card.pairing, typed, base), card.refuse_promises
        )
        if done:
            card.accept()

    def _write(self, act: Callable[[], str], refuse: Callable[[UserError], object] | None = None) -> bool:
        try:
            if self._register.is_written_elsewhere:
                # Waiting for a long import to end would leave the window standing still.
                raise UserError(self.tr("正在写入登记簿，请等右下角的任务结束后再试。"))
            done = act()
        except UserError as error:
            (refuse or (lambda one: self.refused.emit(str(one))))(error)
            self.written.emit()
            return False
        self.notice.emit(self.tr("已{0}").format(done))
        self.written.emit()
        return True
