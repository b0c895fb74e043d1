"""Everything of today for an area, section by section."""

import datetime

from gridapp.store.register import Register
from gridapp.today import birthdays, changes, contacts, emergency, issues, shortage, tasks, visits
from gridapp.today.lines import Today

SHOWN = 8
"""How many lines of a section stand on the screen."""


def today(register: Register, code: str, now: datetime.datetime, limit: int = SHOWN) -> Today:
    """What there is to do in an area and below it.

    Args:
        limit: how many lines of each section, at most.
    """
    return Today(
        (
            emergency.emergency(register, code, now, limit),
            issues.due(register, code, now, limit),
            issues.report_backs(register, code, now, limit),
            shortage.shortage(register, code, now.date(), limit),
            visits.visits(register, code, now.date(), limit),
            contacts.contacts(register, code, now.date(), limit),
            tasks.tasks(register, code, now, limit),
            birthdays.birthdays(register, code, now.date(), limit),
            changes.changes(register, code, now, limit),
        )
    )
