"""Lists the pairings of the area that is shown, and does what is asked there."""

from __future__ import annotations

import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from shiboken6 import isValid

from gridapp.teams.pairing_contacts import Listing, PairingRow, Which
from ui.households.pairing_contacts import PairingContacts
from ui.households.pairing_list import PairingListDialog, read

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class PairingListCommands(QObject):
    """Opens the list over the window; what was done there is said with its undo."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._contacts = PairingContacts(window.register, window)
        self._contacts.notice.connect(
            lambda text: window.status.show_notice(text, self.tr("撤销"), window.undo),
        )
        self._contacts.refused.connect(window.status.show_refusal)

    def ask_list(self, which: Which = Which.LASTING) -> None:
        """List the pairings of the area that is shown."""
        node = self._window.node
        if node is None or not self._window.page.leave():
            return
        dialog = PairingListDialog(node, which, self._window)
        dialog.asked.connect(lambda: self._fill(dialog))
        dialog.opened.connect(self._open)
        dialog.contact_asked.connect(lambda row, how: self._contacts.contact(row.uid, how))
        dialog.card_asked.connect(lambda row: self._contacts.open_card(row, dialog))
        fill = partial(self._fill, dialog)
        self._contacts.written.connect(fill)
        dialog.finished.connect(lambda _result: self._contacts.written.disconnect(fill))
        dialog.finished.connect(dialog.deleteLater)
        self._fill(dialog)
        dialog.open()

    def _fill(self, dialog: PairingListDialog) -> None:
        listing = Listing(self._window.register, dialog.chosen(), datetime.date.today())
        self._window.read(
            lambda: read(listing),
            lambda found: dialog.show_listing(found) if isValid(dialog) else None,  # it may be closed by then
        )

    def _open(self, row: PairingRow) -> None:
        self._window.go_to_household(row.area_code, row.household)
