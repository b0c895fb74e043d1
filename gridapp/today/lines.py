"""What the first screen shows: sections of lines, each of which leads to a thing."""

from dataclasses import dataclass, field
from enum import StrEnum

from gridapp.ids import Uid
from gridapp.issues.deadlines import Urgency


class Kind(StrEnum):
    """The sections."""

    EMERGENCY = "emergency"
    DUE = "due"
    REPORT_BACK = "report_back"
    VISIT = "visit"
    CONTACT = "contact"
    TASK = "task"
    BIRTHDAY = "birthday"
    CHANGE = "change"
    SHORTAGE = "shortage"


class Thing(StrEnum):
    """What a line leads to."""

    HOUSEHOLD = "household"
    ISSUE = "issue"
    TASK = "task"
    PAIRING = "pairing"
    SHORTAGE = "shortage"
    EMERGENCY = "emergency"


@dataclass(frozen=True)
class Line:
    """One thing to see to, or to know.

    Attributes:
        title: what is read first.
        detail: more of it.
        when: by when, since when or how long, in words.
        urgency: how near that is.
        precedence: the position of the colour of its household; None where there is none.
        area_code: the area in which the thing is.
        household: the one that it is, or is about; None where it is about none.
        part: of an emergency, which part of it.
    """

    title: str
    detail: str
    when: str
    thing: Thing
    uid: Uid
    area_code: str
    urgency: Urgency = Urgency.NONE
    precedence: int | None = None
    household: Uid | None = None
    part: str = ""


@dataclass(frozen=True)
class Section:
    """Lines of one kind, the most pressing first, and how many there are in all.

    Attributes:
        summary: the number in more detail, such as ``逾期 3 · 今日 1``.
        paused: why nothing of it is asked for at present, in words; mostly empty.
    """

    kind: Kind
    count: int
    lines: tuple[Line, ...] = ()
    summary: str = ""
    paused: str = ""


@dataclass(frozen=True)
class Today:
    """All sections of an area."""

    sections: tuple[Section, ...] = field(default=())

    def section(self, kind: Kind) -> Section:
        """The section of a kind; an empty one where there is nothing."""
        return next((one for one in self.sections if one.kind is kind), Section(kind, 0))
