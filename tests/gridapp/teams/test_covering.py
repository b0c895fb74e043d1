"""While a member of a pairing is away, whoever looks at the household learns who to turn to."""

import datetime
from typing import Any

import pytest

from gridapp.handbook.assemble import assemble
from gridapp.ids import Uid
from gridapp.register import Register
from gridapp.teams import absences, covering, pairing, pairing_contacts, substitution
from gridapp.teams.absences import AbsenceDraft
from gridapp.teams.pairing_contacts import PairingFilter
from gridapp.today.contacts import contacts
from gridapp.visits.members import visitors
from tests import factories as make

TODAY = datetime.date.today()
LAST = TODAY + datetime.timedelta(days=6)


class World:
    """A worker who is paired with a household of the grid and away for a week from today."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.grid = make.make_grid(register)
        self.worker, self.reserve, self.second = (
            self.serves(name, role)
            for name, role in (("王芳", "grid_worker"), ("赵磊", "reserve"), ("孙丽", "reserve"))
        )
        self.household = make.make_household(register, self.grid, head="马大爷")
        make.make_pairing(register, self.worker, self.household)
        self.absence, _label = absences.add(register, self.worker, AbsenceDraft(TODAY, LAST, "请假"))

    def serves(self, name: str, role: str, **values: Any) -> Uid:
        member = make.make_member(self.register, name=name)
        make.make_service(self.register, member, self.grid, role, **values)
        return member

    def accept(self, member: Uid, absence: Uid | None = None) -> None:
        (gap,) = substitution.gaps_of(self.register, absence or self.absence)
        substitution.accept(self.register, gap, member)

    def cover(self) -> str:
        (only,) = covering.covers(self.register, [(self.worker, make.GRID)]).values()
        return only.text


@pytest.fixture
def world(engine_register: Register) -> World:
    return World(engine_register)


def test_who_is_away_is_covered_by_nobody_until_somebody_stands_in(world: World) -> None:
    assert world.cover() == f"离岗至 {LAST}，无人代管"
    world.accept(world.reserve)
    assert world.cover() == f"由赵磊代管至 {LAST}"
    later = LAST + datetime.timedelta(days=1)
    assert covering.covers(world.register, [(world.worker, make.GRID)], later) == {}


def test_who_stands_in_and_falls_ill_is_covered_by_the_next(world: World) -> None:
    world.accept(world.reserve)
    ill, _label = absences.add(world.register, world.reserve, AbsenceDraft(TODAY))
    assert world.cover() == f"离岗至 {LAST}，无人代管"
    world.accept(world.second, ill)
    assert world.cover() == f"由孙丽代管至 {LAST}"


def test_pairings_contacts_and_the_handbook_say_who_stands_in(world: World) -> None:
    world.accept(world.reserve)
    told = f"由赵磊代管至 {LAST}"
    (paired,) = pairing.of_household(world.register, world.household)
    assert paired.cover is not None and (paired.cover.text, paired.cover.short) == (told, "赵磊代")
    (row,) = pairing_contacts.Listing(world.register, PairingFilter(make.GRID), TODAY).page(0, 10)
    assert row.cover is not None and row.cover.text == told
    (line,) = contacts(world.register, make.GRID, TODAY, 10).lines
    assert told in line.detail
    book = assemble(world.register, make.GRID)
    assert book.entries[0].paired == f"王芳（{told}）"
    assert (book.strength, [one.name for one in book.team if not one.is_present]) == ("1 + 0 + 0", ["王芳"])


def test_who_may_go_along_on_a_visit_is_there(world: World) -> None:
    assert visitors(world.register, [make.GRID]) == []
    world.accept(world.reserve)
    assert [(one.name, one.role) for one in visitors(world.register, [make.GRID])] == [("赵磊", "网格员")]
