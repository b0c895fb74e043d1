"""Households go into the database, in bulk."""

from collections.abc import Sequence
from typing import Any

from gridapp.households.model import Household, Resident
from gridapp.ids import new_uid
from gridapp.intake.families import Family
from gridapp.progress import CancelToken
from gridapp.store.changes import Recording

_CHUNK = 5_000
_HOUSEHOLD = (
    *("uid", "area", "kind", "estate", "building", "entrance", "floor", "room", "head", "phone", "people"),
    *("emergency_contact", "categories", "note", "credit_code"),
)
_RESIDENT = (
    *("uid", "household", "position", "name", "id_number", "sex", "birth_date", "relation", "phone"),
    *("party_member", "conditions", "note"),
)


class Writer:
    """Gathers households and writes them some thousand at a time; without a recording it only counts.

    A household is written before its people, so that an undo, which goes backwards, takes the people out first.
    """

    def __init__(self, recording: Recording | None, cancel: CancelToken | None = None) -> None:
        self._recording = recording
        self._cancel = cancel
        self._households: list[Sequence[Any]] = []
        self._residents: list[Sequence[Any]] = []

    def add(self, family: Family) -> None:
        if self._recording is None:
            return
        uid = new_uid()
        stated = (family.head, family.phone, family.people, family.contact, family.mask, family.note)
        self._households.append((uid, family.grid, family.kind, *family.place, *stated, family.credit_code))
        for position, one in enumerate(family.residents):
            person = (one.name, one.id_number, one.sex, one.birth_date, one.relation, one.phone)
            self._residents.append((new_uid(), uid, position, *person, one.party_member, one.conditions, one.note))
        if len(self._households) >= _CHUNK:
            self.finish()

    def finish(self) -> None:
        """Write what has been gathered."""
        if self._recording is None:
            return
        self._recording.insert_many(Household, _HOUSEHOLD, self._households, self._cancel)
        self._recording.insert_many(Resident, _RESIDENT, self._residents, self._cancel)
        self._households, self._residents = [], []
