"""How far an issue has come, by which way it was raised, and how content those are who raised it."""

from enum import IntEnum, StrEnum


class State(IntEnum):
    """How far an issue has come. The value orders the states: below ``RESOLVED`` an issue is open."""

    REGISTERED = 10
    ACCEPTED = 20
    IN_PROGRESS = 30
    SUSPENDED = 40
    RESOLVED = 50
    REJECTED = 55
    REPORTED_BACK = 60
    FOLLOWED_UP = 70
    CLOSED = 80

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done about it."""
        return self < State.RESOLVED

    @property
    def is_pending(self) -> bool:
        """Whether its deadline runs."""
        return self < State.SUSPENDED

    @property
    def awaits_report_back(self) -> bool:
        """Whether those who raised it have still to hear how it ended."""
        return State.RESOLVED <= self < State.REPORTED_BACK


STATE_NAMES = {
    State.REGISTERED: "待受理",
    State.ACCEPTED: "已受理",
    State.IN_PROGRESS: "办理中",
    State.SUSPENDED: "已挂起",
    State.RESOLVED: "待反馈",
    State.REJECTED: "不予受理",
    State.REPORTED_BACK: "已反馈",
    State.FOLLOWED_UP: "已回访",
    State.CLOSED: "已结案",
}


class Source(StrEnum):
    """By which way somebody raised an issue."""

    VISIT = "visit"
    PHONE = "phone"
    COUNTER = "counter"
    WECHAT = "wechat"
    HOTLINE = "hotline"
    OTHER = "other"


SOURCE_NAMES = {
    Source.VISIT: "走访",
    Source.PHONE: "电话",
    Source.COUNTER: "窗口",
    Source.WECHAT: "微信",
    Source.HOTLINE: "12345热线",
    Source.OTHER: "其他",
}


class Channel(StrEnum):
    """How somebody was reported back to."""

    PHONE = "phone"
    VISIT = "visit"
    WECHAT = "wechat"
    COUNTER = "counter"
    LETTER = "letter"


CHANNEL_NAMES = {
    Channel.PHONE: "电话",
    Channel.VISIT: "上门",
    Channel.WECHAT: "微信",
    Channel.COUNTER: "当面",
    Channel.LETTER: "书面",
}


class Satisfaction(StrEnum):
    """How content somebody is with what was done, from most to least."""

    SATISFIED = "satisfied"
    MOSTLY = "mostly"
    NOT = "not"


SATISFACTION_NAMES = {
    Satisfaction.SATISFIED: "满意",
    Satisfaction.MOSTLY: "基本满意",
    Satisfaction.NOT: "不满意",
}


def satisfaction_name(key: str) -> str:
    """A satisfaction in words; empty where nobody was asked."""
    return SATISFACTION_NAMES[Satisfaction(key)] if key else ""


def least(satisfactions: list[str]) -> str:
    """The satisfaction of the least content of several who were asked; empty where none was."""
    order = list(Satisfaction)
    asked = [Satisfaction(key) for key in satisfactions if key]
    return max(asked, key=order.index).value if asked else ""
