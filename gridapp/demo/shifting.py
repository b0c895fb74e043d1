"""Moving the demo register to another day, so that what is due in it is due now."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from gridapp.demo.names import TODAY

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_WEEK = 7
_STAYS = "birth_date"


def days_until(as_of: date) -> int:
    """By how many days everything moves: whole weeks, so that working days stay working days."""
    return (as_of - TODAY).days // _WEEK * _WEEK


def shifted(rows: Iterable[Sequence[Any]], columns: Sequence[str], days: int) -> Iterator[Sequence[Any]]:
    """Rows with all that happened so many days later; people keep their birthdays, and issues the order of numbers."""
    by = timedelta(days=days)
    at = [place for place, name in enumerate(columns) if name not in (_STAYS, "number", "details")]
    number = columns.index("number") if "number" in columns and "registered_on" in columns else None
    details = columns.index("details") if "details" in columns else None
    for row in rows:
        moved = list(row)
        for place in at:
            if isinstance(moved[place], date):  # a moment is one too
                moved[place] += by
        if number is not None:
            year = moved[columns.index("registered_on")].year
            moved[number] = f"{year}-{str(row[number]).partition('-')[2]}"
        if details is not None:
            moved[details] = _DAY.sub(lambda found: (date.fromisoformat(found[0]) + by).isoformat(), str(row[details]))
        yield moved
