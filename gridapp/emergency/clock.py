"""Moments in an emergency: read as people type them, and how long it has gone on, in words."""

import datetime
import re

from gridapp.days import Sense, typed_day
from gridapp.emergency.plans import clock_text
from gridapp.errors import UserError

_LENGTH = re.compile(r"(\d{1,5}(?:\.\d)?)\s*(分钟|分|小时|天|)(?:以?内)?")
_MINUTES = {"": 1, "分": 1, "小": 60, "天": 24 * 60}


def typed_moment(text: str, now: datetime.datetime) -> datetime.datetime:
    """The moment that somebody typed: ``02:00``, ``昨天 22:30``, ``7-20 2:00``; nothing typed means now.

    A clock alone means the last time that it showed this: what began at 23:00 is told of after midnight.

    Raises:
        UserError: it is no moment.
    """
    words = text.replace("，", " ").split()
    if not words or words == ["现在"]:
        return now.replace(second=0, microsecond=0)
    try:
        clock = datetime.time.fromisoformat(clock_text(words[-1]))
    except UserError:
        raise UserError(f"时间“{text.strip()}”看不懂，请写成“02:00”“昨天 22:30”或“7-20 2:00”这样。") from None
    day = typed_day(" ".join(words[:-1]), now.date(), Sense.BEHIND)
    if day is not None:
        return datetime.datetime.combine(day, clock)
    found = datetime.datetime.combine(now.date(), clock)
    return found if found <= now else found - datetime.timedelta(days=1)


def lasted_text(since: datetime.datetime, until: datetime.datetime) -> str:
    """How long it was from one moment to another: ``25 分``, ``3 小时 12 分``, ``2 天 3 小时``."""
    minutes = max(0, int((until - since).total_seconds() // 60))
    days, hours, rest = minutes // (24 * 60), minutes // 60 % 24, minutes % 60
    if days:
        return f"{days} 天 {hours} 小时"
    return f"{hours} 小时 {rest} 分" if hours else f"{rest} 分"


def typed_minutes(text: str) -> int:
    """How many minutes somebody typed: ``30``, ``90分钟内``, ``2小时``, ``1.5小时``, ``1天``.

    Raises:
        UserError: it is no length of time.
    """
    found = _LENGTH.fullmatch(text.strip())
    if found is None:
        raise UserError(f"时限“{text.strip()}”看不懂，请写成“30分钟”“2小时”或“1天”。")
    number, unit = found.groups()
    return round(float(number) * _MINUTES[unit[:1]])
