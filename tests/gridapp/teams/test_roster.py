"""Who serves an area now, and whether 1 + 2 + N is complete."""

import datetime

from gridapp.register import Register
from gridapp.teams.roster import is_complete, roster, strength
from tests import factories as make


def serve(register: Register, area: bytes, role: str, **values: object) -> None:
    make.make_service(register, make.make_member(register), area, role, **values)


def test_a_team_stands_in_the_order_of_its_roles(engine_register: Register) -> None:
    grid = make.make_grid(engine_register)
    for role in ("volunteer", "street_official", "entrance_head", "grid_worker", "agency_official"):
        serve(engine_register, grid, role)
    team = roster(engine_register, make.GRID)
    assert [one.role.name for one in team] == ["网格员", "机关干部", "街道干部", "楼门长", "志愿者"]
    assert strength(team) == "1 + 2 + 2"
    assert is_complete(team)


def test_only_who_serves_here_and_now_is_of_the_team(engine_register: Register) -> None:
    grid = make.make_grid(engine_register)
    make.make_service(engine_register, make.make_member(engine_register, name="现任", unit="街道办"), grid)
    serve(engine_register, grid, "grid_worker", until=datetime.date(2020, 8, 1))
    serve(engine_register, make.make_area(engine_register, make.GRID[:12], *make.PATH[:3]), "grid_leader")
    serve(engine_register, make.make_grid(engine_register, "120104003001004"), "grid_worker")
    (only,) = roster(engine_register, make.GRID)
    assert (only.name, only.unit, only.role.key) == ("现任", "街道办", "grid_worker")
    assert [one.role.key for one in roster(engine_register, make.GRID[:12])] == ["grid_leader"]


def test_a_team_without_worker_or_with_one_official_is_not_complete(register: Register) -> None:
    grid = make.make_grid(register)
    assert not is_complete(roster(register, make.GRID))
    for role in ("grid_leader", "grid_worker", "agency_official"):
        serve(register, grid, role)
    team = roster(register, make.GRID)
    assert strength(team) == "1 + 1 + 0"
    assert not is_complete(team)


def test_an_area_that_is_not_there_has_nobody(register: Register) -> None:
    assert roster(register, "999999") == []
    assert strength([]) == "0 + 0 + 0"
