"""An area's households are read with their people in one statement, in walking order."""

from datetime import date

from gridapp.households.walking import homes, household_rows
from gridapp.register import open_register
from gridapp.store import dialects
from tests import factories as make

COMMUNITY = "120104003001"
NEXT_GRID = "120104003001004"


def test_households_come_grid_by_grid_in_walking_order(register):
    later, earlier = make.make_grid(register, NEXT_GRID), make.make_grid(register)
    make.make_household(register, later, building="1", head="丁")
    for building, room, head in (("12", "101", "丙"), ("3", "201", "乙"), ("3", "101", "甲")):
        make.make_household(register, earlier, building=building, room=room, head=head)
    assert [home.head for home in homes(register, COMMUNITY)] == ["甲", "乙", "丙", "丁"]
    assert [home.area_code for home in homes(register, COMMUNITY)] == [make.GRID] * 3 + [NEXT_GRID]


def test_only_households_of_the_area_are_read(register):
    make.make_household(register, make.make_grid(register), head="甲")
    make.make_household(register, make.make_grid(register, NEXT_GRID), head="乙")
    assert [home.head for home in homes(register, NEXT_GRID)] == ["乙"]
    assert list(homes(register, "120104004")) == []


def test_residents_come_with_their_household_in_their_order(register):
    grid = make.make_grid(register)
    full = make.make_household(register, grid, room="101")
    make.make_household(register, grid, room="102")
    make.make_resident(register, full, position=1, name="次子")
    make.make_resident(
        register, full, position=0, name="户主", birth_date=date(1950, 3, 4), party_member=True, conditions="残疾"
    )
    with_people, without = homes(register, make.GRID)
    first, second = with_people.residents
    assert (first.name, first.birth_date, bool(first.party_member), first.conditions) == (
        "户主",
        date(1950, 3, 4),
        True,
        "残疾",
    )
    assert second.name == "次子"
    assert without.residents == ()


def test_two_households_at_one_address_keep_their_own_people(register):
    grid = make.make_grid(register)
    uids = [make.make_household(register, grid, room="101") for _ in range(2)]
    for position in range(2):
        for uid in uids:
            make.make_resident(register, uid, position=position, name=f"{uids.index(uid)}{position}")
    found = {home.uid: [one.name for one in home.residents] for home in homes(register, make.GRID)}
    assert found == {uids[0]: ["00", "01"], uids[1]: ["10", "11"]}


def test_what_a_colleague_writes_meanwhile_is_not_half_seen(register):
    grid = make.make_grid(register)
    for room in ("101", "103"):
        make.make_household(register, grid, room=room)
    reading = homes(register, make.GRID)
    assert next(reading).room == "101"
    with open_register(str(register.path)) as colleague:
        make.make_household(colleague, grid, room="102")
    assert [home.room for home in reading] == ["103"]
    assert [home.room for home in homes(register, make.GRID)] == ["101", "102", "103"]


def test_the_statement_walks_along_indexes(register):
    plan = dialects.explain(register.db, household_rows(make.GRID))
    for index in ("area_code", "household_area_address_key", "resident_household_position"):
        assert index in plan
    assert "SCAN" not in plan
    assert "B-TREE FOR ORDER BY" not in plan  # what is left to sort is the right part: people of one address


def test_both_engines_read_the_same(engine_register):
    grid = make.make_grid(engine_register)
    home = make.make_household(engine_register, grid, building="3", room="101", people=2)
    make.make_household(engine_register, grid, building="12", room="101")
    make.make_resident(engine_register, home, birth_date=date(1950, 3, 4))
    found = list(homes(engine_register, make.GRID))
    assert [(one.building, one.people, len(one.residents)) for one in found] == [("3", 2, 1), ("12", None, 0)]
    assert found[0].residents[0].birth_date == date(1950, 3, 4)
