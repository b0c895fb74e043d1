"""What the ledger reads before it shows anything, so that each of it can be read beside the window."""

import datetime
from functools import cached_property

from gridapp.issues.calls import Call, calls
from gridapp.issues.ledger import LedgerFilter
from gridapp.issues.ledger_listing import LedgerCounts, counts
from gridapp.register import Register


class CountsRead:
    """How many issues every view holds."""

    def __init__(self, register: Register, chosen: LedgerFilter, now: datetime.datetime) -> None:
        self._register, self._chosen, self._now = register, chosen, now

    def prepare(self) -> None:
        """Count them."""
        assert self.found is not None

    @cached_property
    def found(self) -> LedgerCounts:
        """The counts."""
        return counts(self._register, self._chosen, self._now)


class CallsRead:
    """Who is to be called."""

    def __init__(self, register: Register, chosen: LedgerFilter) -> None:
        self._register, self.filter = register, chosen

    def prepare(self) -> None:
        """Read them."""
        assert self.found is not None

    @cached_property
    def found(self) -> list[Call]:
        """The calls, in their order."""
        return calls(self._register, self.filter)
