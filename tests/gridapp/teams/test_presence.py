"""Who is away on a day and who stands in; what the teams lack meanwhile."""

import datetime

import pytest

from gridapp.ids import Uid
from gridapp.register import Register
from gridapp.teams import gaps, presence
from gridapp.teams.roster import is_complete, roster, strength
from tests import factories as make

MARCH = datetime.date(2026, 3, 1)
GRID, NEXT = make.GRID, "120104003001004"
COMMUNITY = make.GRID[:12]


def day(number: int) -> datetime.date:
    return MARCH + datetime.timedelta(days=number - 1)


class Team:
    """A grid with one worker and two officials; the worker is away from the 5th to the 9th of March."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.grid = make.make_grid(register)
        self.worker, self.agency, self.street = (
            self.serves(name, role)
            for name, role in (("王芳", "grid_worker"), ("刘洋", "agency_official"), ("陈静", "street_official"))
        )
        self.absence = make.make_absence(register, self.worker, day(5), until=day(9), reason="本单位抽调")

    def serves(self, name: str, role: str, **values: object) -> Uid:
        member = make.make_member(self.register, name=name, phone="13820000001")
        make.make_service(self.register, member, self.grid, role, **values)
        return member

    def substitute(self, name: str = "赵磊") -> Uid:
        return self.serves(name, "grid_worker", since=day(5), until=day(10), absence=self.absence)


@pytest.fixture
def team(engine_register: Register) -> Team:
    return Team(engine_register)


def test_an_absence_counts_from_its_first_to_its_last_day(team: Team) -> None:
    asked = {number: presence.absent(team.register, GRID, day(number)) for number in (4, 5, 9, 10)}
    assert [number for number, found in asked.items() if found] == [5, 9]
    (away,) = asked[5][team.worker]
    assert away.text == "本单位抽调，至 2026-03-09"
    assert presence.absent(team.register, COMMUNITY, day(1), day(4)) == {}
    assert list(presence.absent(team.register, COMMUNITY, day(9), day(20))) == [team.worker]
    assert presence.absent(team.register, NEXT, day(5)) == {}


def test_an_absence_without_an_end_lasts(team: Team) -> None:
    make.make_absence(team.register, team.street, day(12))
    (away,) = presence.absent(team.register, GRID, day(300))[team.street]
    assert away.text == "离岗，何时返岗未定"


def test_a_team_counts_who_is_there(team: Team) -> None:
    told = [(strength(found), is_complete(found)) for found in (roster(team.register, GRID, day(n)) for n in (4, 5))]
    assert told == [("1 + 2 + 0", True), ("0 + 2 + 0", False)]
    worker = roster(team.register, GRID, day(5))[0]
    assert (worker.member, worker.is_present) == (team.worker, False)
    assert worker.away is not None and worker.away.until == day(9)


def test_a_substitute_counts_while_the_absence_lasts(team: Team) -> None:
    member = team.substitute()
    found = roster(team.register, GRID, day(9))
    assert (strength(found), is_complete(found)) == ("1 + 2 + 0", True)
    standing = next(one for one in found if one.member == member)
    assert (standing.stands_in_for, standing.last_day) == ("王芳", day(9))
    assert member not in [one.member for one in roster(team.register, GRID, day(10))]
    ((one,),) = presence.stand_ins(team.register, GRID, day(5)).values()
    assert (one.absent, one.name, one.phone, one.until) == (team.worker, "赵磊", "13820000001", day(9))
    assert one.text == "由赵磊代管，至 2026-03-09"
    assert presence.stand_ins(team.register, COMMUNITY, day(5)).keys() == {(team.worker, team.grid)}
    assert presence.stand_ins_for(team.register, [team.worker], day(5)) == {team.worker: (one,)}
    assert presence.stand_ins(team.register, GRID, day(10)) == {}


def test_who_is_in_reserve_does_not_serve(team: Team) -> None:
    team.serves("后备", "reserve")
    assert [one.name for one in roster(team.register, GRID, day(1))] == ["王芳", "刘洋", "陈静"]


def test_a_gap_tells_who_is_away_or_that_there_is_nobody(team: Team) -> None:
    make.make_grid(team.register, NEXT)
    first, second = gaps.teams(team.register, COMMUNITY, day(5))
    assert (first.strength, first.text) == ("0 + 2 + 0", "缺网格员（王芳 本单位抽调，至 2026-03-09）")
    assert (second.strength, second.text) == ("0 + 0 + 0", "缺网格员，缺机关干部，缺街道干部")
    team.substitute()
    first, _second = gaps.teams(team.register, COMMUNITY, day(5))
    assert first.is_complete


def test_two_officials_of_one_kind_are_two_and_one_with_two_roles_is_one(team: Team) -> None:
    grid = make.make_grid(team.register, NEXT)
    both = make.make_member(team.register)
    for role in ("grid_worker", "agency_official", "street_official"):
        make.make_service(team.register, both, grid, role)
    (found,) = gaps.teams(team.register, NEXT, day(1))
    assert (found.strength, is_complete(roster(team.register, NEXT, day(1)))) == ("1 + 1 + 0", False)
    assert len(found.missing) == 1
    make.make_service(team.register, make.make_member(team.register), grid, "agency_official")
    assert gaps.teams(team.register, NEXT, day(1))[0].is_complete
    assert gaps.incomplete_counts(team.register, day(1)) == {}


def test_incomplete_grids_are_counted_up_the_tree_as_their_teams_say(team: Team) -> None:
    make.make_grid(team.register, NEXT)
    for number, expected in ((4, 1), (5, 2), (10, 1)):
        counts = gaps.incomplete_counts(team.register, day(number))
        assert {counts[COMMUNITY], counts[COMMUNITY[:9]], counts[COMMUNITY[:6]]} == {expected}
        for grid in gaps.teams(team.register, COMMUNITY, day(number)):
            assert counts.get(grid.code, 0) == (not grid.is_complete)
    team.substitute()
    assert GRID not in gaps.incomplete_counts(team.register, day(5))


def test_counting_incomplete_grids_reads_no_row_of_a_service(register: Register) -> None:
    Team(register)
    sql, values = gaps.incomplete_grids(day(5)).bind(register.db).sql()
    plan = [row[-1] for row in register.db.execute_sql(f"EXPLAIN QUERY PLAN {sql}", values)]
    assert any("USING COVERING INDEX service_area_role_until_since_member" in step for step in plan)


def test_roles_are_counted_with_those_who_are_there(team: Team) -> None:
    team.serves("后备", "reserve")
    counts = gaps.role_counts(team.register, COMMUNITY, day(5))
    assert (counts["grid_worker"], counts["street_official"], "reserve" in counts) == (0, 1, False)
