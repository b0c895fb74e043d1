"""The list of the people of an area, and the card of one of them."""

import datetime
from typing import Any

import pytest

from gridapp.areas.model import Area
from gridapp.ids import Uid
from gridapp.register import Register
from gridapp.teams import absences, editing, substitution
from gridapp.teams.absences import AbsenceDraft
from gridapp.teams.card import card
from gridapp.teams.listing import Listing, Order, PeopleFilter, State
from tests import factories as make

MARCH = datetime.date(2026, 3, 1)
GRID, NEAR = make.GRID, "120104003001004"
COMMUNITY = GRID[:12]


def day(number: int) -> datetime.date:
    return MARCH + datetime.timedelta(days=number - 1)


class People:
    """A worker who is away with somebody in her place, an official, one in reserve, one to come, one who has left."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.areas = {code: make.make_grid(register, code) for code in (GRID, NEAR)}
        self.worker = self.serves("王芳", GRID, "grid_worker", unit="紫光苑居委会", phone="13820000001")
        self.serves("刘洋", NEAR, "agency_official", unit="区卫健委", skills="急救")
        self.reserve = self.serves("赵磊", GRID, "reserve", party_branch="第二支部")
        self.serves("孙丽", NEAR, "volunteer", since=day(20))
        self.serves("陈静", GRID, "volunteer", until=day(2))
        self.absence, _label = absences.add(register, self.worker, AbsenceDraft(day(5), day(9), "本单位抽调"))
        (gap,) = substitution.gaps_of(register, self.absence)
        substitution.accept(register, gap, self.reserve)

    def serves(self, name: str, code: str, role: str, **values: Any) -> Uid:
        days = {key: values.pop(key) for key in ("since", "until") if key in values}
        member = make.make_member(self.register, name=name, **values)
        make.make_service(self.register, member, self.areas[code], role, **days)
        return member

    def listing(self, number: int = 6, code: str = COMMUNITY, order: Order = Order.AREA, **chosen: Any) -> Listing:
        return Listing(self.register, PeopleFilter(code, **chosen), day(number), order)

    def names(self, number: int = 6, **chosen: Any) -> list[str]:
        return [one.name for one in self.listing(number, **chosen).page(0, 100)]


@pytest.fixture
def people(engine_register: Register) -> People:
    return People(engine_register)


def test_each_state_has_its_people_and_its_number(people: People) -> None:
    assert people.names() == ["王芳", "赵磊", "刘洋"]
    assert people.names(states=frozenset({State.RESERVE})) == ["赵磊"]
    assert people.names(states=frozenset({State.AWAY})) == ["王芳"]
    assert people.names(states=frozenset({State.ENDED})) == ["陈静"]
    assert people.names(states=frozenset({State.AHEAD})) == ["孙丽"]
    assert people.listing().counts == {
        State.PRESENT: 2, State.AWAY: 1, State.RESERVE: 1, State.AHEAD: 1, State.ENDED: 1
    }  # fmt: skip
    assert len(people.names(states=frozenset())) == 6


def test_a_row_says_who_is_away_and_who_stands_in(people: People) -> None:
    worker, substitute, _official = people.listing().page(0, 10)
    assert worker.state_text == "本单位抽调，至 2026-03-09，由赵磊代管"
    assert substitute.state_text == "替补王芳，至 2026-03-09"
    assert (substitute.role.key, substitute.area_name, substitute.party_branch) == (
        "grid_worker",
        "第三网格",
        "第二支部",
    )
    before = people.listing(4).page(0, 1)[0]
    assert (before.state_text, before.away, before.stand_ins) == ("在岗", None, ())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("wf", ["王芳"]),
        ("王", ["王芳"]),
        ("0001", ["王芳"]),
        ("卫健委", ["刘洋"]),
        ("急救", ["刘洋"]),
        ("第三网格 zl", ["赵磊"]),
        ("第二支部", ["赵磊"]),
        ("没有", []),
    ],
)
def test_a_text_is_looked_for_in_names_initials_phones_units_skills_and_areas(
    people: People, text: str, found: list[str]
) -> None:
    assert people.names(text=text) == found


def test_roles_units_and_areas_choose_and_orders_sort(people: People) -> None:
    assert people.names(role="agency_official") == ["刘洋"]
    assert people.names(unit="紫光苑居委会") == ["王芳"]
    assert people.names(code=NEAR) == ["刘洋"]
    assert people.listing().units == ["区卫健委", "紫光苑居委会"]
    assert people.names(order=Order.NAME) == ["刘洋", "王芳", "赵磊"]
    assert people.names(order=Order.UNIT) == ["刘洋", "王芳", "赵磊"]
    assert [one.name for one in people.listing().page(1, 1)] == ["赵磊"]


def test_a_card_tells_all_that_is_known_of_a_member(people: People) -> None:
    household = make.make_household(people.register, people.areas[GRID], head="马大爷")
    make.make_pairing(people.register, people.worker, household)
    found = card(people.register, people.worker, day(6))
    assert (found.member.name, found.photo) == ("王芳", None)
    assert [(one.role.name, one.state) for one in found.services] == [("网格员", State.AWAY)]
    assert [one.text for one in found.absences] == ["本单位抽调，至 2026-03-09"]
    assert [(one.head, one.area_code) for one in found.pairings] == [("马大爷", GRID)]
    substitute = card(people.register, people.reserve, day(6))
    assert [one.role.key for one in substitute.services] == ["grid_worker", "reserve"]
    assert [one.stands_in_for for one in substitute.now] == ["王芳"]


def test_a_card_of_an_area_leader_stands_in_the_community(register: Register) -> None:
    make.make_grid(register)
    community = register.value(Area.select(Area.uid).where(Area.code == COMMUNITY))
    uid, _label = editing.create(register, editing.MemberDraft("钱进"))
    make.make_service(register, uid, community, "grid_leader")
    assert [one.area_name for one in card(register, uid).services] == ["紫光苑社区"]
