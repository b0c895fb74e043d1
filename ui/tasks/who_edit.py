"""A line to type into whom something is for."""

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from gridapp.tasks import assigning
from gridapp.tasks.assigning import Assignable
from gridapp.teams.model import ROLE_BY_KEY


class WhoEdit(QLineEdit):
    """A role, or somebody by name; a few letters of the name or its initials offer who is known."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(self.tr("姓名、首字母或职务"))
        self._known: Sequence[Assignable] = ()
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.activated.connect(lambda _text: self.chosen.emit())
        self.setCompleter(completer)
        self.textEdited.connect(self._offer)

    def set_known(self, known: Sequence[Assignable]) -> None:
        """Offer these."""
        self._known = known

    def show_who(self, assignee: str, role: str) -> None:
        """Show a name, or else a role."""
        self.setText(assignee or (ROLE_BY_KEY[role].name if role in ROLE_BY_KEY else ""))
        self.setModified(False)

    def who(self) -> tuple[str, str]:
        """The name and the role that stand there, one of them empty."""
        return assigning.read(self.text(), self._known)

    def offered(self) -> list[str]:
        """Whom the letters typed so far may mean."""
        return self._names.stringList()

    def _offer(self, typed: str) -> None:
        needle = typed.strip().lower()
        found = [one.name for one in self._known if needle in one.name or one.initials.startswith(needle)]
        self._names.setStringList(found if needle and found != [needle] else [])  # what stands there is offered no more
