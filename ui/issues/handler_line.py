"""Choosing who handles an issue: a member of a team, an office, or anybody by name."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from gridapp.households import pinyin
from gridapp.ids import Uid
from gridapp.issues.handlers import Handler
from ui.widgets.typeahead import Offer, TypeAhead


class HandlerLine(TypeAhead):
    """What is typed counts as it stands, also where nobody on record is called so."""

    TAKES_FIRST = False

    def __init__(self, known: Callable[[], Sequence[Handler]], parent: QWidget | None = None) -> None:
        """Make an empty line.

        Args:
            known: who is offered; asked anew each time, since it depends on the issue.
        """
        super().__init__(self._offers, parent)
        self._known = known

    def member(self) -> Uid | None:
        """The member of a team who was chosen, if it is one."""
        one = self.value()
        return one.member if isinstance(one, Handler) else None

    def _offers(self, text: str) -> Sequence[Offer]:
        asked = "".join(text.split()).lower()
        return [
            Offer(one, one.name, one.detail)
            for one in self._known()
            if asked in one.name.lower() or pinyin.initials(one.name).startswith(asked)
        ]
