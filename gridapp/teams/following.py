"""Stand-ins follow what they stand in for: none begins before it or outlives it."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from gridapp.ids import Uid
from gridapp.store.changes import Recording
from gridapp.store.register import Register
from gridapp.teams.model import RESERVE, Absence, Service

ONE_DAY = datetime.timedelta(days=1)
_FOREVER = datetime.date.max
_EVER = datetime.date.min


@dataclass(frozen=True)
class Span:
    """Days from the first to the one behind the last; open at an end that is None."""

    since: datetime.date | None
    until: datetime.date | None

    @property
    def is_empty(self) -> bool:
        """Whether there is no day in it."""
        return (self.since or _EVER) >= (self.until or _FOREVER)

    def cut(self, other: "Span") -> "Span":
        """The days of both."""
        since = max(self.since or _EVER, other.since or _EVER)
        until = min(self.until or _FOREVER, other.until or _FOREVER)
        return Span(None if since == _EVER else since, None if until == _FOREVER else until)

    def without(self, others: Sequence["Span"]) -> list["Span"]:
        """The parts that none of the others covers, in their order."""
        left = [self]
        for other in others:
            left = [part for one in left for part in one._less(other)]
        return left

    def _less(self, other: "Span") -> list["Span"]:
        if self.cut(other).is_empty:
            return [self]
        before = Span(self.since, other.since) if other.since is not None else None
        after = Span(other.until, self.until) if other.until is not None else None
        return [part for part in (before, after) if part is not None and not part.is_empty]


def days_of(since: datetime.date, last: datetime.date | None) -> Span:
    """The span of an absence, whose last day belongs to it."""
    return Span(since, last + ONE_DAY if last is not None else None)


def settle(recording: Recording, member: Uid) -> int:
    """Let those who stand in for a member do so no longer than the absence and the service itself last.

    What is left of a stand-in without a day is deleted; one whose days are cut has the own stand-ins settled too.

    Returns:
        How many stand-ins were cut or deleted.
    """
    found = 0
    for row in _standing_in_for(recording, member):
        kept = _kept(recording, member, row)
        if kept == Span(row["since"], row["until"]):
            continue
        found += 1
        if kept is None:
            remove(recording, row["uid"])
        else:
            recording.update(Service, row["uid"], {"since": kept.since, "until": kept.until})
            found += settle(recording, row["member"])
    return found


def engaged(register: Register, members: Sequence[Uid], area: Uid, besides: Uid | None = None) -> dict[Uid, list[Span]]:
    """When members cannot stand in in an area: they are away, stand in already, or serve there anyway.

    Args:
        besides: a service that is not asked about.
    """
    found: dict[Uid, list[Span]] = {}
    away = Absence.select(Absence.member, Absence.since, Absence.until).where(Absence.member.in_(list(members)))
    for member, since, last in register.all(away.tuples()):
        found.setdefault(bytes(member), []).append(days_of(since, last))
    here = (Service.area == area) & (Service.role != RESERVE.key)
    busy = Service.member.in_(list(members)) & (Service.absence.is_null(False) | here)
    columns = (Service.uid, Service.member, Service.since, Service.until)
    for uid, member, since, until in register.all(Service.select(*columns).where(busy).tuples()):
        if bytes(uid) != besides:
            found.setdefault(bytes(member), []).append(Span(since, until))
    return found


def remove(recording: Recording, service: Uid) -> None:
    """Delete a service of which no day has been or will be, and settle what stands in for it."""
    row = recording.read(Service, service)
    if row is not None:
        recording.delete(Service, service)
        settle(recording, bytes(row["member"]))


def _kept(recording: Recording, member: Uid, row: dict) -> Span | None:
    """What is left of a stand-in; None for nothing."""
    absence = recording.read(Absence, row["absence"])
    if absence is None:
        return None
    wanted = Span(row["since"], row["until"]).cut(days_of(absence["since"], absence["until"]))
    served = (Service.member == member) & (Service.area == row["area"]) & (Service.role == row["role"])
    query = Service.select(Service.since, Service.until).where(served).order_by(Service.since, Service.uid)
    for since, until in recording.register.all(query.tuples()):
        part = wanted.cut(Span(since, until))
        if not part.is_empty:
            return part
    return None


def _standing_in_for(recording: Recording, member: Uid) -> list[dict]:
    query = (
        Service.select(Service)
        .join(Absence, on=(Absence.uid == Service.absence))
        .where(Absence.member == member)
        .order_by(Service.uid)
    )
    return recording.register.all(query.dicts())
