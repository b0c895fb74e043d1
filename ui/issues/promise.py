"""Which level handles an issue and until when, as it follows from what is typed."""

import datetime

from PySide6.QtCore import QCoreApplication

from gridapp.areas.model import LEVEL_NAMES, Level
from gridapp.households import words
from gridapp.issues.categories import Category
from gridapp.issues.deadlines import due_at, rule_text
from gridapp.issues.registering import handling_level


def promise_text(area: Level, category: Category | None, urgent: bool, now: datetime.datetime | None = None) -> str:
    """``社区 · 5个工作日 · 12月2日前``."""
    now = now or datetime.datetime.now()
    level = handling_level(area, category)
    due = due_at(level, now, urgent, category)
    by_clock = urgent or (category is not None and category.hours is not None)
    until = words.moment_text(due, now) if by_clock else words.day_text(due.date(), now.date())
    rule = rule_text(level, urgent, category)
    return QCoreApplication.translate("Promise", "{0} · {1} · {2}前").format(LEVEL_NAMES[level], rule, until)
