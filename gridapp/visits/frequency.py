"""How often households are visited, by their categories; the register keeps it, so that all its users plan alike."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from gridapp.errors import UserError
from gridapp.households.categories import CATEGORIES, UNCLASSED, from_mask, to_mask
from gridapp.store import setting
from gridapp.store.register import Register

WEEKLY, MONTHLY, QUARTERLY = 7, 30, 90
MOST_DAYS = 999
_KEY = "visits/frequency"
_NAMES = {category.key: category.name for category in (*CATEGORIES, UNCLASSED)}
_AT_FIRST = {"lonely_elderly": WEEKLY, "living_alone": WEEKLY, "special_group": MONTHLY}


@dataclass(frozen=True)
class Frequency:
    """After how many days at the latest a household is visited again: by the keys of categories, ``""`` for none."""

    days: Mapping[str, int]

    def of(self, mask: int) -> int:
        """The days of a household with these categories: those of the most demanding that it carries."""
        return min((self.days[category.key] for category in from_mask(mask)), default=self.days[""])

    def steps(self) -> list[tuple[int, int]]:
        """Masks of categories with their days, the most demanding first; the first that a household meets counts."""
        told = sorted((self.days[category.key], to_mask([category.key])) for category in CATEGORIES)
        return [(sum(mask for _days, mask in run), days) for days, run in groupby(told, key=itemgetter(0))]


STANDARD = Frequency({category.key: _AT_FIRST.get(category.key, QUARTERLY) for category in (*CATEGORIES, UNCLASSED)})


def days_text(days: int) -> str:
    """``每周``, ``每月``, ``每季度``, or ``每45天``."""
    return {WEEKLY: "每周", MONTHLY: "每月", QUARTERLY: "每季度"}.get(days, f"每{days}天")


def load(register: Register) -> Frequency:
    """What is agreed on in a register; what nobody has agreed on is ``STANDARD``."""
    text = setting.stored(register, _KEY)
    told: dict[str, Any] = json.loads(text) if text else {}
    known = {key: days for key, days in told.items() if key in STANDARD.days and _is_fit(days)}
    return Frequency({**STANDARD.days, **known})


def save(register: Register, frequency: Frequency) -> bool:
    """Agree on other frequencies, and say whether they differ from those before.

    Raises:
        UserError: a number of days is none.
    """
    for key, days in frequency.days.items():
        if not _is_fit(days):
            raise UserError(f"{_NAMES.get(key, key)}的走访天数请填1到{MOST_DAYS}之间的整数。")
    value = json.dumps({key: frequency.days[key] for key in STANDARD.days}, ensure_ascii=False)
    with register.recording("设定走访频次") as recording:
        if frequency == load(register):
            return False
        return setting.store(recording, _KEY, value)


def _is_fit(days: Any) -> bool:
    return isinstance(days, int) and not isinstance(days, bool) and 1 <= days <= MOST_DAYS
