"""Puts the people of one sheet into the households of another, as in the register workbook that we write ourselves."""

from collections.abc import Iterator

from gridapp.households.address import full_label
from gridapp.intake.cells import code_of
from gridapp.intake.families import Family

_Key = tuple[str, str]
"""Address, as it is said in one text, and head."""


class Members:
    """Families of sheets with one person a row, waiting for the household that another sheet lists."""

    def __init__(self) -> None:
        self._waiting: dict[_Key, list[tuple[str, Family]]] = {}

    def add(self, sheet: str, family: Family) -> None:
        entry = family.entries[0]
        # The text itself, where there is one: an unusual address may not survive being taken apart.
        label = code_of(entry.address) if entry.address else _label(family)
        self._waiting.setdefault((label, family.head), []).append((sheet, family))

    def join(self, household: Family) -> None:
        """Give a household the people who are listed under its address and head, if any are."""
        if not self._waiting:
            return
        for label in (_label(household), code_of(household.entries[0].address)):
            waiting = self._waiting.get((label, household.head))
            if waiting:
                sheet, people = waiting.pop(0)
                household.residents = people.residents
                household.joined = [(sheet, entry) for entry in people.entries]
                return

    def rest(self) -> Iterator[tuple[str, Family]]:
        """Those whose household no sheet lists."""
        for waiting in self._waiting.values():
            yield from waiting


def _label(family: Family) -> str:
    place = family.place
    return code_of(full_label(place.estate, place.building, place.entrance, place.room))
