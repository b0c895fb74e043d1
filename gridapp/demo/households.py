"""Invented households: a door, a family or a shop behind it, and the colours that follow."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from stdnum.cn import uscc

from gridapp.demo.buildings import Door, Estate, build
from gridapp.demo.families import OLD, Families, Person
from gridapp.demo.names import People
from gridapp.demo.plan import GridPlan
from gridapp.demo.words import load, pick, weighted
from gridapp.households.categories import first_position, to_mask
from gridapp.households.model import ENTERPRISE, RESIDENTIAL
from gridapp.ids import Uid

_SHOPS = (0.02, 0.06)
"""The share of shops among the households of a grid, from and to."""

ALONE = ("lonely_elderly", "living_alone")
_CONTACTED = (*ALONE, "special_group")


_WITHOUT_CODE = 0.3
_COMPANY, _TRADER = "91120104MA0", "92120104MA0"
_IN_CODES = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@dataclass(slots=True)
class Home:
    """A household before it is written, with its residents."""

    uid: Uid
    door: Door
    estate: str
    kind: str
    head: str
    phone: str
    people: int
    first: str
    categories: int
    emergency_contact: str = ""
    note: str = ""
    credit_code: str = ""
    residents: list[Person] = field(default_factory=list)


class Homes:
    """Draws the households of one grid after the other."""

    def __init__(self, people: People, new_uid: Callable[[], Uid]) -> None:
        self._people = people
        self._new_uid = new_uid
        self._families = Families(people)
        words = load("households")
        self._firsts = weighted(words["shares"])
        self._further: dict[str, dict[str, float]] = words["further"]
        self._conditions: dict[str, list[str]] = words["conditions"]
        self._contacts: dict[str, list[tuple[str, str, int, float]]] = words["contacts"]
        self._notes: dict[str, list[str]] = words["notes"]
        self._note_shares: dict[str, float] = words["note_shares"]
        shops = load("shops")
        self._brands, self._trades, self._companies = (shops[key].split() for key in ("brands", "trades", "companies"))

    def of_grid(self, rng: Random, grid: GridPlan, estate: Estate) -> list[Home]:
        """The households of a grid: as many as its plan says, addresses unique within the estate."""
        shops = round(grid.households * rng.uniform(*_SHOPS))
        flats, fronts = build(rng, estate, grid.households - shops, shops)
        homes = [self._family_home(rng, door, estate.name) for door in flats]
        self._give_rare_names(rng, homes)
        return homes + [self._shop(rng, door, estate.name) for door in fronts]

    def behind(self, rng: Random, door: Door, estate: str) -> Home:
        """A family behind a door."""
        return self._family_home(rng, door, estate)

    def relative(self, rng: Random, home: Home) -> Person:
        """Somebody more who lived in a household."""
        return self._families.relative(rng, home.residents[0])

    def _family_home(self, rng: Random, door: Door, estate: str) -> Home:
        first = pick(rng, self._firsts)
        residents = self._families.draw(rng, first)
        keys = [first, *(key for key, share in self._further[first].items() if rng.random() < share)]
        if first == "lonely_elderly" and len(residents) == 1 and rng.random() < 0.4:
            keys.append("living_alone")
        if "special_group" in keys:
            self._afflict(rng, residents)
        if "party_member" in keys:
            adults = [person for person in residents if person.age >= 20]
            pick(rng, adults).party_member = True
        head = residents[0]
        return Home(
            uid=self._new_uid(),
            door=door,
            estate=estate,
            kind=RESIDENTIAL,
            head=head.name,
            phone=head.phone,
            people=len(residents),
            first=first,
            categories=to_mask(keys),
            emergency_contact=self._contact(rng, first, residents) if first in _CONTACTED else "",
            note=self._note(rng, first),
            residents=residents,
        )

    def _shop(self, rng: Random, door: Door, estate: str) -> Home:
        company = rng.random() < 0.15
        shop = Home(
            uid=self._new_uid(),
            door=door,
            estate=estate,
            kind=ENTERPRISE,
            head=pick(rng, self._brands) + pick(rng, self._companies if company else self._trades),
            phone=self._people.phone(rng),
            people=rng.randint(5, 40) if company else rng.randint(1, 8),
            first="enterprise",
            categories=to_mask(["enterprise"]),
            note=self._note(rng, "enterprise"),
        )
        shop.credit_code = _credit_code(Random(f"{estate}{door}{shop.head}"), company)
        return shop

    def _afflict(self, rng: Random, residents: list[Person]) -> None:
        childless = residents[0].age >= 50 and not any(person.relation in ("子女", "孙子女") for person in residents)
        if childless and rng.random() < 0.08:
            residents[0].conditions = pick(rng, self._conditions["childless"])
            return
        person = pick(rng, residents)
        kind = "old" if person.age >= OLD and rng.random() < 0.5 else "any"
        person.conditions = pick(rng, self._conditions[kind])

    def _contact(self, rng: Random, first: str, residents: list[Person]) -> str:
        """Who is called in an emergency: ``女儿 王静 13820012345``."""
        head = residents[0]
        kind = "neighbours" if first == "lonely_elderly" else "relatives" if head.age >= OLD else "friends"
        who, sex, gap, shared = pick(rng, self._contacts[kind])
        # Of a compound surname the first character serves, which is a surname too.
        surname = head.name[0] if rng.random() < shared else self._people.surname(rng)
        name = surname + self._people.given(rng, head.birth_date.year - gap, sex)
        return f"{who} {name} {self._people.phone(rng)}"

    def _note(self, rng: Random, first: str) -> str:
        return pick(rng, self._notes[first]) if rng.random() < self._note_shares[first] else ""

    def _give_rare_names(self, rng: Random, homes: list[Home]) -> None:
        """Give one resident each of the rare given names, so that every handbook meets them."""
        for home, given in zip(rng.sample(homes, len(self._people.rare_given)), self._people.rare_given, strict=True):
            person = home.residents[0]
            person.name = person.name[0] + given
            home.head = person.name


def _credit_code(rng: Random, company: bool) -> str:
    """The code of a company or of somebody who trades, registered in the district; some have shown none yet."""
    if not company and rng.random() < _WITHOUT_CODE:
        return ""
    begins = _COMPANY if company else _TRADER
    number = begins + "".join(pick(rng, _IN_CODES) for _ in range(17 - len(begins)))
    return number + uscc.calc_check_digit(number)


def by_need(rng: Random, homes: list[Home], count: int) -> list[Home]:
    """So many different homes, those in need of attention more often than others."""
    drawn = sorted(homes, key=lambda home: rng.random() * (1 + first_position(home.categories)))
    return drawn[:count]
