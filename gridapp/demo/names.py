"""Invented people: names by generation, identity numbers that check, telephone numbers."""

from bisect import bisect_left
from datetime import date
from random import Random

from stdnum.cn import ric

from gridapp.demo.words import load, pick, weighted
from gridapp.households.id_numbers import MALE, SEXES

TODAY = date(2020, 8, 30)
"""The day on which the demo register stands."""

_FIRST_YEAR = 1915
_EPOCH = date(_FIRST_YEAR, 1, 1).toordinal()
_DAYS = [date.fromordinal(day) for day in range(_EPOCH, TODAY.toordinal() + 1)]
_DIGITS = [day.strftime("%Y%m%d") for day in _DAYS]
_NO_PHONE_BELOW = 12


class People:
    """Draws names and numbers; no identity number comes twice from one source."""

    def __init__(self) -> None:
        words = load("names")
        self._surnames = weighted(words["surnames"])
        self._rare = words["rare_given"]
        self._prefixes = words["phone_prefixes"].split()
        self._borders = [generation["born_until"] for generation in words["generations"]]
        self._given = [{sex: generation[sex] for sex in SEXES} for generation in words["generations"]]
        self._single = [generation["single_share"] for generation in words["generations"]]
        places = load("id_places")
        self._home = places["home"]
        # The check of a number looks up whether its district existed in the year of birth.
        self._elsewhere = {
            year: [code for code, first, last in places["elsewhere"] if first <= year <= last]
            for year in range(_FIRST_YEAR, TODAY.year + 1)
        }
        self._taken: set[int] = set()

    @property
    def rare_given(self) -> list[str]:
        """Given names with characters that few fonts have."""
        return self._rare

    def surname(self, rng: Random) -> str:
        return pick(rng, self._surnames)

    def given(self, rng: Random, year: int, sex: str) -> str:
        """A given name as was usual in a year of birth."""
        generation = bisect_left(self._borders, year)
        words = self._given[generation][sex]
        if rng.random() < self._single[generation]:
            return pick(rng, words["single"])
        first, second = pick(rng, words["first"]), pick(rng, words["second"])
        return first + second if first != second else first

    def full_name(self, rng: Random, year: int, sex: str) -> str:
        return self.surname(rng) + self.given(rng, year, sex)

    def anyone(self, rng: Random) -> str:
        """The name of an adult of whom nothing else is known."""
        return self.full_name(rng, 1955 + int(rng.random() * 43), pick(rng, SEXES))

    def birth_date(self, rng: Random, age: int) -> date:
        """A day of birth of somebody who is this old on ``TODAY``."""
        days = int((age + 0.01 + rng.random() * 0.98) * 365.2425)
        return _DAYS[max(len(_DAYS) - 1 - days, 0)]

    def id_number(self, rng: Random, born: date, sex: str, from_elsewhere: bool, place: float) -> str:
        """A number that nobody else has and that checks by GB 11643.

        Args:
            place: 0 to below 1, where in the list of districts; members of a family share it.
        """
        places = self._elsewhere[born.year] if from_elsewhere else self._home
        day = _DIGITS[born.toordinal() - _EPOCH]
        odd = 1 if sex == MALE else 0
        while True:
            order = int(rng.random() * 450) * 2 + odd + 20
            base = f"{places[int(place * len(places))]}{day}{order:03}"
            if (key := int(base)) not in self._taken:
                self._taken.add(key)
                number = base + ric.calc_check_digit(base + "0")
                if not number.endswith("000"):  # which would look like one that Excel has rounded
                    return number
            place = rng.random()

    def phone(self, rng: Random, age: int = 40) -> str:
        """Eleven digits; empty for a child."""
        if age < _NO_PHONE_BELOW:
            return ""
        return f"{pick(rng, self._prefixes)}{int(rng.random() * 100_000_000):08}"
