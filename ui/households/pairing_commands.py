"""Pairs the household in the form with somebody, or ends that."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from gridapp.errors import UserError
from gridapp.households import address
from gridapp.households.categories import NO_PRECEDENCE
from gridapp.ids import Uid
from gridapp.register import Register
from gridapp.teams import pairing
from gridapp.teams.pairing import Paired
from gridapp.teams.pairing_contacts import PairingRow
from ui.households.form import HouseholdForm
from ui.households.lookups import Lookups
from ui.households.pairing_contacts import PairingContacts
from ui.households.pairing_dialog import PairingDialog


class PairingCommands(QObject):
    """Does what the line in the form asks. ``notice`` carries what was done, ``refused`` what was not, and why."""

    notice = Signal(str)
    refused = Signal(str)

    def __init__(self, register: Register, form: HouseholdForm, lookups: Lookups, parent: QWidget) -> None:
        super().__init__(parent)
        self._register = register
        self._form = form
        self._lookups = lookups
        self._window = parent
        form.pairings.add_asked.connect(self.ask)
        form.pairings.end_asked.connect(self.end)
        self._contacts = PairingContacts(register, parent)
        self._contacts.notice.connect(self.notice)
        self._contacts.refused.connect(self.refused)
        self._contacts.written.connect(self._look)
        form.pairings.contact_asked.connect(lambda paired, how: self._contacts.contact(paired.uid, how))
        form.pairings.card_asked.connect(self._open_card)

    def ask(self) -> None:
        """Ask with whom the household is to be paired."""
        draft = self._form.draft
        if draft is None or draft.uid is None:
            return
        household = draft.uid
        home = f"{address.short_label(draft.building, draft.entrance, draft.room)} {draft.head}".strip()
        try:
            candidates = pairing.candidates(self._register, household)
        except UserError as error:
            self.refused.emit(str(error))
            return
        dialog = PairingDialog(home, candidates, self._window)
        dialog.picked.connect(partial(self._pair, dialog, household))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def end(self, paired: Paired) -> None:
        """End a pairing."""
        self._write(lambda: pairing.end(self._register, paired.uid), self.refused.emit)

    def _pair(self, dialog: PairingDialog, household: Uid, member: Uid, note: str, promises: str) -> None:
        def pair() -> str:
            return pairing.pair(self._register, member, household, note=note, promises=promises)[1]

        if self._write(pair, dialog.refuse):
            dialog.accept()

    def _write(self, work: Callable[[], str], refuse: Callable[[str], object]) -> bool:
        """Do something and say whether it was done."""
        if self._register.is_written_elsewhere:
            # Waiting for a long import to end would leave the window standing still.
            refuse(self.tr("正在写入登记簿，请等右下角的任务结束后再试。"))
            return False
        try:
            done = work()
        except UserError as error:
            refuse(str(error))
            self._look()
            return False
        self.notice.emit(self.tr("已{0}").format(done))
        self._look()
        return True

    def _look(self) -> None:
        self._lookups.refresh()
        self._lookups.look()
        self._form.pairings.add.setFocus()

    def _open_card(self, paired: Paired) -> None:
        draft = self._form.draft
        if draft is None or draft.uid is None:
            return
        where = address.short_label(draft.building, draft.entrance, draft.room)
        told = (paired.since, paired.until, paired.note, paired.promises, paired.last_on)
        row = PairingRow(
            paired.uid, draft.uid, NO_PRECEDENCE, "", "", paired.name, paired.phone, draft.head, where, *told
        )
        self._contacts.open_card(row)
