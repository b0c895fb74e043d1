"""How the ledger stood when it was left: its order, its view, its form and whose desk it is at."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSettings

from gridapp.issues.ledger import Desk, LedgerFilter, View
from gridapp.issues.ledger_listing import LedgerSort
from ui.issues.ledger_bar import Form


@dataclass(frozen=True)
class Stand:
    """What is remembered; ``descending`` turns the order round."""

    sort: LedgerSort = LedgerSort.DEADLINE
    descending: bool = False
    view: View = View.OPEN
    form: Form = Form.TABLE
    desk: Desk | None = None

    @property
    def chosen(self) -> LedgerFilter:
        """The filter that it begins with."""
        return LedgerFilter("", self.view, self.desk)


def remember(stand: Stand, settings: QSettings) -> None:
    """Note how the ledger stands."""
    settings.setValue("ledger/sort", f"-{stand.sort.value}" if stand.descending else stand.sort.value)
    settings.setValue("ledger/view", stand.view.value)
    settings.setValue("ledger/form", stand.form.value)
    desk = stand.desk
    settings.setValue("ledger/desk", desk.name if desk else "")
    settings.setValue("ledger/member", desk.member.hex() if desk and desk.member else "")


def recall(settings: QSettings) -> Stand:
    """How the ledger stood; what is not known any more is as it is at first."""
    sort, view, form = (str(settings.value(f"ledger/{name}") or "") for name in ("sort", "view", "form"))
    name, member = str(settings.value("ledger/desk") or ""), str(settings.value("ledger/member") or "")
    key = sort.lstrip("-")
    return Stand(
        LedgerSort(key) if key in list(LedgerSort) else LedgerSort.DEADLINE,
        sort.startswith("-"),
        View(view) if view in list(View) else View.OPEN,
        Form(form) if form in list(Form) else Form.TABLE,
        Desk(name, bytes.fromhex(member) if member else None) if name else None,
    )
