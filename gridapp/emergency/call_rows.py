"""What a call list of an emergency shows of a household and of its calls, as plain data."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from gridapp.emergency.model import NEEDS_HELP, OUTCOME_NAMES
from gridapp.households import address
from gridapp.households.categories import Category, from_mask
from gridapp.households.words import moment_text
from gridapp.ids import Uid


class View(StrEnum):
    """Which households are looked at."""

    ALL = "all"
    NOT_CALLED = "not_called"
    NOT_REACHED = "not_reached"
    NEEDS_HELP = "needs_help"
    REACHED = "reached"


VIEW_NAMES = {
    View.ALL: "全部",
    View.NOT_CALLED: "还没联系",
    View.NOT_REACHED: "未联系上",
    View.NEEDS_HELP: "需要帮助",
    View.REACHED: "已联系",
}


@dataclass(frozen=True)
class CallFilter:
    """Which households of an emergency are wanted.

    Attributes:
        area_code: the emergency's own, or one within it.
        first: positions in precedence of their first category; None: all.
        only_first: only those that are called before all others.
        text: what head, phone, note or address contains.
    """

    emergency: Uid
    area_code: str
    view: View = View.ALL
    first: frozenset[int] | None = None
    only_first: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class CallRow:
    """A household as the call list shows it, with the last call to it.

    Attributes:
        paired: members who look after it, with their phones: ``王芳 138…``, with 、 between.
        is_first: whether it is called before the others.
        outcome: of the last call; empty where nobody has called yet.
        calls: how often it was called.
        issue: of the last need that it told, the number.
    """

    uid: Uid
    area_code: str
    area_name: str
    estate: str
    building: str
    entrance: str
    room: str
    head: str
    people: int | None
    phone: str
    emergency_contact: str
    mask: int
    precedence: int
    household_note: str
    paired: str
    is_first: bool
    outcome: str
    called_at: datetime.datetime | None
    called_by: str
    note: str
    calls: int
    issue: str
    issue_is_open: bool

    @property
    def address(self) -> str:
        return address.full_label(self.estate, self.building, self.entrance, self.room)

    @property
    def categories(self) -> tuple[Category, ...]:
        return from_mask(self.mask)

    def state_text(self, now: datetime.datetime) -> str:
        """``还没联系``, ``已联系 10:32``, ``需要帮助 10:32（已解决）``."""
        if self.called_at is None:
            return VIEW_NAMES[View.NOT_CALLED]
        met = "（已解决）" if self.outcome == NEEDS_HELP and not self.issue_is_open else ""
        return f"{OUTCOME_NAMES[self.outcome]} {moment_text(self.called_at, now)}{met}"


@dataclass(frozen=True)
class Call:
    """One call to a household, for its history."""

    uid: Uid
    called_at: datetime.datetime
    called_by: str
    outcome: str
    note: str
    issue: str
    issue_uid: Uid | None = None
