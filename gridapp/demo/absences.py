"""Invented reserves, absences and substitutes of the teams, and what their members are good at.

All of it is drawn from those who serve anyway, so that nobody is added and everything else stays as it is.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from gridapp.demo.names import TODAY
from gridapp.demo.teams import Helper
from gridapp.demo.words import load, pick
from gridapp.ids import Uid

_RESERVE_SHARE = 0.6
_RESERVES_OF_COMMUNITY = 2
_RESERVE_SINCE = 30
_AWAY_SHARE, _PAST_SHARE = 0.2, 0.2
_FEWEST = 2
"""Grids of a community below which everybody is there, so that a single grid is complete."""

_UNKNOWN_SHARE = 0.15
_SKILLED_SHARE = 0.4
_MEMBERS_OF_THE_PARTY = ("agency_official", "street_official", "in_service_party_member", "resident_unit_party_member")
_REASONS = ("本单位抽调", "本单位抽调", "请假", "培训学习", "出差", "生病住院")

ABSENCE_COLUMNS = ("uid", "member", "since", "until", "reason")
SERVICE_COLUMNS = ("uid", "member", "area", "role", "since", "until", "absence")


@dataclass
class Drawn:
    """Rows of a community, under the columns above."""

    absences: list[tuple] = field(default_factory=list)
    services: list[tuple] = field(default_factory=list)


def party_branch(helper: Helper) -> str:
    """The branch of somebody who is a member of the party by the role."""
    return f"{helper.unit}党支部" if helper.role in _MEMBERS_OF_THE_PARTY else ""


def skills(rng: Random) -> str:
    """One or two things that somebody is good at, or nothing."""
    if rng.random() >= _SKILLED_SHARE:
        return ""
    return "、".join(rng.sample(load("teams")["skills"].split(), rng.randint(1, 2)))


class Absences:
    """Draws what befalls the teams of one community.

    Args:
        teams: the grids and who serves in each.
    """

    def __init__(self, rng: Random, teams: Sequence[tuple[Uid, list[Helper]]], new_uid: Callable[[], Uid]) -> None:
        self._rng = rng
        self._teams = teams
        self._new_uid = new_uid
        self._taken: set[Uid] = set()
        """Who is away or stands in, which nobody is twice."""
        self._drawn = Drawn()

    def draw(self, community: Uid) -> Drawn:
        """Reserves of the grids and of the community, absences, and who stands in."""
        spare = [self._others(team) for _area, team in self._teams]
        for place, (area, _team) in enumerate(self._teams):
            near = spare[place - 1]  # of the grid before: who serves in this one anyway cannot stand in there
            if near and self._rng.random() < _RESERVE_SHARE and len(self._teams) > 1:
                self._reserve(area, near)
        everybody = [helper for helpers in spare for helper in helpers]
        for _number in range(_RESERVES_OF_COMMUNITY if everybody else 0):
            self._reserve(community, everybody)
        count = len(self._teams)
        if count >= _FEWEST:
            places = self._rng.sample(range(count), count)
            now, before = (max(1, round(count * share)) for share in (_AWAY_SHARE, _PAST_SHARE))
            for number, place in enumerate(places[:now]):
                self._absence(place, community, is_past=False, is_covered=number % 2 == 1)
            for place in places[now : now + before]:
                self._absence(place, community, is_past=True, is_covered=True)
        return self._drawn

    def _others(self, team: list[Helper]) -> list[Helper]:
        return [one for one in team if one.role in ("in_service_party_member", "volunteer") and one.until is None]

    def _reserve(self, area: Uid, helpers: list[Helper]) -> None:
        one = pick(self._rng, helpers)
        if any(row[1:3] == (one.member, area) for row in self._drawn.services):
            return
        since = one.since + timedelta(days=_RESERVE_SINCE)
        self._drawn.services.append((self._new_uid(), one.member, area, "reserve", since, None, None))

    def _absence(self, place: int, community: Uid, is_past: bool, is_covered: bool) -> None:
        rng, (area, team) = self._rng, self._teams[place]
        one = pick(rng, team[:3])  # worker and officials come first
        if one.member in self._taken:
            return
        since = TODAY - timedelta(days=rng.randint(40, 90) if is_past else rng.randint(1, 10))
        until: date | None = since + timedelta(days=rng.randint(13, 35))  # of one who is away, later than today
        if not is_past and rng.random() < _UNKNOWN_SHARE:
            until = None
        absence = self._new_uid()
        self._taken.add(one.member)
        self._drawn.absences.append((absence, one.member, since, until, pick(rng, _REASONS)))
        if not is_covered:
            return
        substitute = next((member for member in self._substitutes(place, community) if member not in self._taken), None)
        if substitute is not None:
            self._taken.add(substitute)
            ends = until + timedelta(days=1) if until is not None else None
            row = (self._new_uid(), substitute, area, one.role, since, ends, absence)
            self._drawn.services.append(row)

    def _substitutes(self, place: int, community: Uid) -> Iterator[Uid]:
        """Those in reserve of the grid and of the community who do not serve there, then workers next door."""
        area, team = self._teams[place]
        here = {helper.member for helper in team}
        for wanted in (area, community):
            for _uid, member, where, role, *_days in self._drawn.services:
                if role == "reserve" and where == wanted and member not in here:
                    yield member
        if len(self._teams) > 1:
            yield self._teams[place - 1][1][0].member
