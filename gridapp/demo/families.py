"""Invented families: who lives together, how old, under which names."""

from dataclasses import dataclass
from datetime import date
from random import Random

from gridapp.demo.names import People
from gridapp.demo.words import Draws, load, pick
from gridapp.households.id_numbers import FEMALE, MALE, SEXES
from gridapp.households.model import HEAD

OLD = 60
_ELSEWHERE_OWN = 0.06
_ELSEWHERE_TENANT = 0.7

_TAKES_FATHERS_NAME = ("子女", "孙子女")
_SHARES_HEADS_NAME = ("兄弟姐妹",)


@dataclass(slots=True)
class Person:
    """Somebody of a family. ``age`` is in full years on ``names.TODAY``."""

    name: str
    relation: str
    sex: str
    age: int
    birth_date: date
    id_number: str
    phone: str
    party_member: bool = False
    conditions: str = ""


Shape = tuple[int, int, list[list]]
"""The head's age from and to; each other as relation, age gap to the head from and to, and sex if it stands fast."""


class Families:
    """Draws families by the shapes of ``resources/demo/families.json``."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._shapes: dict[str, Draws[Shape]] = {
            kind: [(*one["head"], one["others"]) for one in shapes for _ in range(one["weight"])]
            for kind, shapes in load("families").items()
        }

    def draw(self, rng: Random, category: str) -> list[Person]:
        """A family as one finds it in households whose first category is this one; the head comes first."""
        tenant = category == "tenant"
        youngest, oldest, others = pick(rng, self._shapes.get(category) or self._shapes["permanent"])
        from_elsewhere = rng.random() < (_ELSEWHERE_TENANT if tenant else _ELSEWHERE_OWN)
        place = rng.random()
        head_age = youngest + int(rng.random() * (oldest - youngest + 1))
        head_sex = MALE if rng.random() < 0.6 and len(others) else pick(rng, SEXES)
        surname = self._people.surname(rng)
        family = [self._person(rng, HEAD, surname, head_sex, head_age, from_elsewhere, place)]
        fathers_name = surname
        for relation, low, high, *fixed in others:
            age = max(head_age + low + int(rng.random() * (high - low + 1)), 0)
            sex = fixed[0] if fixed else _sex(rng, relation, head_sex)
            if relation in _TAKES_FATHERS_NAME:
                own = fathers_name
            elif relation in _SHARES_HEADS_NAME or (relation == "父母" and sex == MALE):
                own = surname
            else:
                own = self._people.surname(rng)
            if relation == "配偶" and sex == MALE:
                fathers_name = own
            family.append(self._person(rng, relation, own, sex, age, from_elsewhere, place))
        return family

    def relative(self, rng: Random, head: Person) -> Person:
        """Somebody more of a family: a parent where the head is young enough to have had one lately, else a spouse."""
        place = rng.random()
        if head.age < OLD:
            return self._person(rng, "父母", head.name[0], pick(rng, SEXES), head.age + 26, False, place)
        sex = FEMALE if head.sex == MALE else MALE
        return self._person(rng, "配偶", self._people.surname(rng), sex, head.age, False, place)

    def _person(
        self, rng: Random, relation: str, surname: str, sex: str, age: int, from_elsewhere: bool, place: float
    ) -> Person:
        born = self._people.birth_date(rng, age)
        return Person(
            name=surname + self._people.given(rng, born.year, sex),
            relation=relation,
            sex=sex,
            age=age,
            birth_date=born,
            id_number=self._people.id_number(rng, born, sex, from_elsewhere, place),
            phone=self._people.phone(rng, age),
        )


def _sex(rng: Random, relation: str, head_sex: str) -> str:
    if relation == "配偶":
        return FEMALE if head_sex == MALE else MALE
    return pick(rng, SEXES)
