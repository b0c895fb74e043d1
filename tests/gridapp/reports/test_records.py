"""The register as plain records: every kind, in an area and below it, with keys that other programs rely on."""

import datetime
import json
from typing import Any

import pytest

from gridapp.errors import UserError
from gridapp.households import editing
from gridapp.households.categories import to_mask
from gridapp.ids import uid_text
from gridapp.register import Register, open_register
from gridapp.reports import records
from tests import factories as make

KINDS = ("areas", "households", "residents", "teams", "visits", "issues", "tasks")
HOUSEHOLD_KEYS = (
    "id",
    "area_code",
    "estate",
    "building",
    "entrance",
    "floor",
    "room",
    "kind",
    "head",
    "phone",
    "people",
    "categories",
    "primary_category",
    "emergency_contact",
    "note",
    "credit_code",
)
DAY = datetime.date(2020, 8, 19)


@pytest.fixture
def filled(engine_register: Register) -> Register:
    """One of everything in each of two grids."""
    for code, head in ((make.GRID, "马甲"), ("120104003001004", "马乙")):
        grid = make.make_grid(engine_register, code)
        home = make.make_household(
            engine_register, grid, head=head, room="501", people=2, categories=to_mask(["tenant", "living_alone"])
        )
        make.make_resident(engine_register, home, name=head, birth_date=DAY, sex="女", relation="户主", position=0)
        make.make_resident(engine_register, home, name="幼子", position=1)
        make.make_service(engine_register, make.make_member(engine_register, name="网格员"), grid)
        make.make_visit(engine_register, home, summary="平安")
        make.make_issue(engine_register, grid, household=home)
        make.make_task(engine_register, grid, due_on=DAY)
    return engine_register


def of(register: Register, kind: str, code: str = "", **more: Any) -> list[dict[str, Any]]:
    return list(records.of(register, kind, code, **more))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_written_as_json_and_is_bounded_by_its_area(filled: Register, kind: str) -> None:
    everywhere, below, in_one = (of(filled, kind, code) for code in ("", "120104", make.GRID))
    assert everywhere == below
    assert 0 < len(in_one) < len(everywhere)
    assert json.loads(json.dumps(everywhere)) == everywhere
    assert len({record["id"] for record in everywhere}) == len(everywhere)


def test_households_have_these_keys_and_categories_in_precedence(filled: Register) -> None:
    (home,) = of(filled, "households", make.GRID)
    assert tuple(home) == HOUSEHOLD_KEYS
    assert (home["area_code"], home["head"], home["people"], home["kind"]) == (make.GRID, "马甲", 2, "residential")
    assert (home["categories"], home["primary_category"]) == (["living_alone", "tenant"], "living_alone")


def test_households_come_with_their_residents_in_order_where_asked(filled: Register) -> None:
    make.make_household(filled, make.make_grid(filled, "120104003001005"), head="空户")
    families = of(filled, "households", with_residents=True)
    assert [[person["name"] for person in home["residents"]] for home in families] == [
        ["马甲", "幼子"],
        ["马乙", "幼子"],
        [],
    ]
    assert families[0]["residents"][0] == {
        "name": "马甲",
        "id_number": "",
        "sex": "女",
        "birth_date": "2020-08-19",
        "relation": "户主",
        "phone": "",
    }


def test_a_category_narrows_households_and_their_residents(filled: Register) -> None:
    home = make.make_household(
        filled, make.make_grid(filled, "120104003001005"), head="党员户", categories=to_mask(["party_member"])
    )
    make.make_resident(filled, home, name="党员")
    assert [one["head"] for one in of(filled, "households", category="party_member")] == ["党员户"]
    assert [one["head"] for one in of(filled, "households", category="tenant")] == ["马甲", "马乙"]
    (person,) = of(filled, "residents", category="party_member")
    assert (person["name"], person["household"], person["address"]) == ("党员", uid_text(home), _address(filled, home))


def _address(register: Register, home: bytes) -> str:
    found = next(one for one in of(register, "households") if one["id"] == uid_text(home))
    return f"{found['estate']}{found['building']}号楼{found['entrance']}门{found['room']}"


def test_areas_name_their_level_and_stand_above_what_they_hold(filled: Register) -> None:
    assert [(one["code"], one["level"]) for one in of(filled, "areas")][:4] == [
        ("120104", "district"),
        ("120104003", "street"),
        ("120104003001", "community"),
        (make.GRID, "grid"),
    ]


def test_only_services_that_go_on_are_listed(filled: Register) -> None:
    grid = make.make_grid(filled, "120104003001006")
    make.make_service(filled, make.make_member(filled), grid, until=DAY)
    assert of(filled, "teams", "120104003001006") == []
    (one,) = of(filled, "teams", make.GRID)
    assert (one["role"], one["name"], one["area_code"]) == ("grid_worker", "网格员", make.GRID)


def test_days_and_levels_are_written_as_words(filled: Register) -> None:
    (issue,) = of(filled, "issues", make.GRID)
    assert (issue["level"], issue["registered_on"], issue["resolved_on"]) == ("grid", "2020-08-19", None)
    (visit,) = of(filled, "visits", make.GRID)
    assert (visit["visited_on"], visit["head"], visit["summary"]) == ("2020-08-19", "马甲", "平安")
    (task,) = of(filled, "tasks", make.GRID)
    assert (task["due_on"], task["done_on"]) == ("2020-08-19", None)


def test_more_households_than_are_read_at_once_all_come_in_order(register: Register) -> None:
    grid = make.make_grid(register)
    with register.recording("大批登记"):
        for room in range(1_001):
            make.make_household(register, grid, room=str(room))
    assert [home["room"] for home in of(register, "households")] == [str(room) for room in range(1_001)]


def test_a_household_that_somebody_deletes_meanwhile_is_left_out(engine_register: Register) -> None:
    grid = make.make_grid(engine_register)
    homes = [make.make_household(engine_register, grid) for _ in range(records._CHUNK + 1)]
    listed = records.of(engine_register, "households", "")
    first = next(listed)
    with open_register(engine_register.url) as colleague:
        editing.delete(colleague, homes[-1:])
    assert len([first, *listed]) == records._CHUNK


def test_an_unknown_kind_is_refused(register: Register) -> None:
    with pytest.raises(UserError, match="dogs"):
        records.of(register, "dogs")
