"""How values of a household are written for people, on screen and in documents alike."""

import datetime

from gridapp.households.categories import UNCLASSED, from_mask
from gridapp.households.model import OTHERWISE


def categories_text(mask: int) -> str:
    """Names of all categories in precedence: ``孤老户、独居``."""
    return "、".join(category.name for category in from_mask(mask)) or UNCLASSED.name


def people_text(people: int | None) -> str:
    """``3人``; empty where nobody counted."""
    return "" if people is None else f"{people}人"


def left_text(how: str, day: datetime.date | None) -> str:
    """``已迁出 2026-11-20``; empty for who has not left."""
    if day is None:
        return ""
    return f"已{'离开' if how in ('', OTHERWISE) else how} {day.isoformat()}"


def moment_text(moment: datetime.datetime, now: datetime.datetime | None = None) -> str:
    """``10:32`` today, ``8月20日 10:32`` within this year, ``2020-08-20 10:32`` else."""
    now = now or datetime.datetime.now()
    if moment.date() == now.date():
        return f"{moment:%H:%M}"
    return f"{day_text(moment.date(), now.date())} {moment:%H:%M}"


def day_text(day: datetime.date | None, today: datetime.date | None = None) -> str:
    """``8月20日`` within this year, ``2020-08-20`` else."""
    if day is None:
        return ""
    if today is not None and day.year == today.year:
        return f"{day.month}月{day.day}日"
    return day.isoformat()
