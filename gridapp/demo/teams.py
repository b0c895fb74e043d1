"""Invented service teams: 1 + 2 + N of every grid, and the leader of every community."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from gridapp.demo.households import Home
from gridapp.demo.names import People
from gridapp.demo.words import load, pick
from gridapp.households.address import building_label, entrance_label
from gridapp.ids import Uid

_FOUNDED = date(2020, 4, 1)
"""The day from which the teams serve."""

_ENTRANCE_HEADS = (2, 4)
_OTHERS = {
    "in_service_party_member": (1, 3),
    "resident_unit_party_member": (1, 2),
    "volunteer": (1, 4),
}
_LEFT_SHARE = 0.1


@dataclass(slots=True)
class Helper:
    """A member and the one service of theirs, before they are written."""

    member: Uid
    service: Uid
    name: str
    phone: str
    unit: str
    duty: str
    area: Uid
    role: str
    since: date
    until: date | None = None


class Teams:
    """Draws the people who serve in one area after the other."""

    def __init__(self, people: People, new_uid: Callable[[], Uid]) -> None:
        self._people = people
        self._new_uid = new_uid
        words = load("teams")
        self._agencies = words["agencies"].split()
        self._official_duties = words["official_duties"].split()
        self._street_offices = words["street_offices"].split()
        self._employers = words["employers"].split()
        self._resident_units = words["resident_units"].split()
        self._volunteer_duties = words["volunteer_duties"].split()

    def leader(self, rng: Random, community: Uid, name: str) -> Helper:
        """The grid leader of a community with this name."""
        return self._helper(rng, community, "grid_leader", f"{name}党委", "党委书记、居委会主任")

    def of_grid(self, rng: Random, grid: Uid, street: str, community: str, homes: list[Home]) -> list[Helper]:
        """The team of a grid; worker and officials come first, and who has left last."""
        office = f"{street}{pick(rng, self._street_offices)}"
        team = [
            self._helper(rng, grid, "grid_worker", f"{community}居委会", "专职网格员"),
            self._helper(rng, grid, "agency_official", pick(rng, self._agencies), pick(rng, self._official_duties)),
            self._helper(rng, grid, "street_official", office, pick(rng, self._official_duties)),
        ]
        team += self._entrance_heads(rng, grid, homes)
        for role, (fewest, most) in _OTHERS.items():
            team += [self._other(rng, grid, role, community) for _ in range(rng.randint(fewest, most))]
        if rng.random() < _LEFT_SHARE:
            gone = self._other(rng, grid, "volunteer", community)
            gone.until = gone.since + timedelta(days=rng.randint(20, 90))
            team.append(gone)
        return team

    def _entrance_heads(self, rng: Random, grid: Uid, homes: list[Home]) -> list[Helper]:
        """Heads of different entrances, each of whom lives there."""
        by_entrance = {home.door[:2]: home for home in homes if home.residents}
        count = min(rng.randint(*_ENTRANCE_HEADS), len(by_entrance))
        heads = []
        for entrance in rng.sample(sorted(by_entrance), count):
            home = by_entrance[entrance]
            label = building_label(home.door.building) + entrance_label(home.door.entrance)
            head = self._helper(rng, grid, "entrance_head", home.estate, f"{label}楼门长")
            head.name, head.phone = home.head, home.phone
            heads.append(head)
        return heads

    def _other(self, rng: Random, grid: Uid, role: str, community: str) -> Helper:
        if role == "in_service_party_member":
            return self._helper(rng, grid, role, pick(rng, self._employers), "在职党员")
        if role == "resident_unit_party_member":
            return self._helper(rng, grid, role, pick(rng, self._resident_units), "党支部委员")
        return self._helper(rng, grid, role, f"{community}志愿服务队", pick(rng, self._volunteer_duties))

    def _helper(self, rng: Random, area: Uid, role: str, unit: str, duty: str) -> Helper:
        since = _FOUNDED + timedelta(days=rng.randint(0, 45))
        return Helper(
            member=self._new_uid(),
            service=self._new_uid(),
            name=self._people.anyone(rng),
            phone=self._people.phone(rng),
            unit=unit,
            duty=duty,
            area=area,
            role=role,
            since=since,
        )
