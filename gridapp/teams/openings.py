"""What absences leave open in an area and below: each service of somebody who is away, and who stands in for it."""

import datetime
from dataclasses import dataclass

from gridapp.areas import tree
from gridapp.areas.model import Area
from gridapp.ids import Uid
from gridapp.store.register import Register
from gridapp.teams.following import ONE_DAY, Span, days_of
from gridapp.teams.model import RESERVE, ROLE_BY_KEY, Absence, Member, Role, Service
from gridapp.teams.presence import Away, until_text

_ORDER = {key: position for position, key in enumerate(ROLE_BY_KEY)}


@dataclass(frozen=True, slots=True)
class Opening:
    """One service that somebody leaves open for some days.

    Attributes:
        since: the first of these days.
        until: the last one, None while nobody knows.
        standing: the names of those who stand in, with the last day of each.
        open_since: the first day, from the one that was asked for on, on which nobody stands in; None if somebody does
            on each.
    """

    service: Uid
    away: Away
    name: str
    phone: str
    role: Role
    area: Uid
    area_code: str
    area_name: str
    since: datetime.date
    until: datetime.date | None
    standing: tuple[tuple[str, datetime.date | None], ...]
    open_since: datetime.date | None

    @property
    def is_open(self) -> bool:
        """Whether somebody is wanted; nobody is for one who is merely in reserve."""
        return self.open_since is not None and self.role is not RESERVE

    @property
    def is_pressing(self) -> bool:
        """Whether one of 1 + 2 is wanted."""
        return self.is_open and bool(self.role.part)

    @property
    def text(self) -> str:
        """``赵磊代管``, ``未顶替``, or both where somebody stands in for some of the days, with the last of these."""
        told = [
            f"{name}代管" if last == self.until else f"{name}代管，{until_text(last)}" for name, last in self.standing
        ]
        if self.role is RESERVE:
            return "后备，不必顶替"
        return "；".join([*told, "未顶替"] if self.is_open else told)


class Openings:
    """What is open from a day on, read once; by the first day of the absence, then by area and role."""

    def __init__(self, register: Register, code: str, day: datetime.date, last: datetime.date | None = None) -> None:
        """Make it; nothing is read yet.

        Args:
            last: absences that begin later are left out.
        """
        self._register, self.code, self.day, self._last = register, code, day, last
        self._rows: list[Opening] | None = None

    def prepare(self) -> None:
        """Read it now."""
        assert self.rows is not None

    @property
    def rows(self) -> list[Opening]:
        """All of them."""
        if self._rows is None:
            self._rows = sorted(self._read(), key=_by_day)
        return self._rows

    def _read(self) -> list[Opening]:
        standing = self._standing()
        query = (
            Service.select(
                *(Service.uid, Service.since, Service.until, Service.role, Area.uid, Area.code, Area.name),
                *(Member.uid, Member.name, Member.phone, Absence.uid, Absence.since, Absence.until),
                *(Absence.reason, Absence.note),
            )
            .join(Absence, on=(Absence.member == Service.member))
            .switch(Service)
            .join(Area, on=(Area.uid == Service.area))
            .switch(Service)
            .join(Member, on=(Member.uid == Service.member))
            .where(Absence.overlaps(self.day, self._last) & tree.within(self.code))
            .where(Service.overlaps(self.day, self._last))
        )
        found = []
        for row in self._register.all(query.tuples()):
            service, begins, ends, role, area, code, place, member, name, phone, *told = row
            away = Away(bytes(told[0]), bytes(member), *told[1:])
            days = days_of(away.since, away.until).cut(Span(begins, ends))
            ahead = days.cut(Span(self.day, None))
            if ahead.is_empty or days.since is None:
                continue
            those = standing.get((away.uid, bytes(area), role), [])
            left = ahead.without([span for _name, span in those])
            last = days.until - ONE_DAY if days.until is not None else None
            where = (ROLE_BY_KEY[role], bytes(area), code, place, days.since, last)
            who = tuple((one, span.until - ONE_DAY if span.until else None) for one, span in those)
            found.append(Opening(bytes(service), away, name, phone, *where, who, left[0].since if left else None))
        return found

    def _standing(self) -> dict[tuple[Uid, Uid, str], list[tuple[str, Span]]]:
        """Who stands in, by absence, area and role."""
        query = (
            Service.select(Service.absence, Service.area, Service.role, Member.name, Service.since, Service.until)
            .join(Absence, on=(Absence.uid == Service.absence))
            .switch(Service)
            .join(Member, on=(Member.uid == Service.member))
            .where(Absence.overlaps(self.day, self._last) & Service.overlaps(self.day, None))
            .order_by(Service.since, Service.uid)
        )
        found: dict[tuple[Uid, Uid, str], list[tuple[str, Span]]] = {}
        for absence, area, role, name, since, until in self._register.all(query.tuples()):
            found.setdefault((bytes(absence), bytes(area), role), []).append((name, Span(since, until)))
        return found


def _by_day(one: Opening) -> tuple:
    return one.since, one.area_code, _ORDER[one.role.key], one.name, one.service
