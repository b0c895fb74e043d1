"""The colour map: every household in one cell, storeys and entrances where they belong, and what is missing."""

import datetime
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridapp.buildings.model import Building as BuildingRecord
from gridapp.buildings.model import Shape
from gridapp.households.categories import first_position, to_mask
from gridapp.households.colour_map import (
    ISSUE_BANDS,
    VISIT_BANDS,
    Building,
    Cell,
    CellKind,
    ColourMap,
    issue_band,
    visit_band,
)
from gridapp.households.laying_out import colour_map, lay_out
from gridapp.households.listing import Row
from gridapp.households.model import ENTERPRISE, RESIDENTIAL
from gridapp.ids import new_uid
from gridapp.register import Register
from tests import factories as make

TODAY = datetime.date(2026, 11, 24)

entrances = st.sampled_from(["", "1", "2", "2门", "10", "甲3", "东门"])
floors = st.sampled_from(["", "1", "2", "5", "5层", "12", "-1", "B1", "底商", "阁楼", "0"])
rooms = st.one_of(
    st.sampled_from(["", "101", "102", "0501", "501", "501甲", "A501", "1203", "底商2", "甲3", "7", "地下室", "99999"]),
    st.text(max_size=4),
)


@st.composite
def households(draw: st.DrawFn) -> list[Row]:
    parts = st.tuples(
        st.sampled_from(["盛欣园", "紫光苑", ""]),
        st.sampled_from(["", "3", "3号楼", "12", "南楼"]),
        entrances,
        floors,
        rooms,
        st.sampled_from([RESIDENTIAL, ENTERPRISE]),
    )
    return [
        home(*found[:5], kind=found[5], uid=number.to_bytes(16, "big"))
        for number, found in enumerate(draw(st.lists(parts, max_size=25)))
    ]


Shapes = dict[tuple[str, str], Shape]

shapes = st.dictionaries(
    st.tuples(st.sampled_from(["盛欣园", "紫光苑", ""]), st.sampled_from(["", "3", "12", "南楼", "7"])),
    st.builds(
        Shape,
        st.none() | st.integers(1, 12),
        st.none() | st.integers(1, 4),
        st.none() | st.integers(1, 12),
    ),
    max_size=4,
)


def home(
    estate: str = "盛欣园", building: str = "3", entrance: str = "1", floor: str = "", room: str = "", **values: object
) -> Row:
    mask = values.get("mask", to_mask(["permanent_resident"]))
    known: dict[str, object] = {
        "uid": new_uid(),
        "area_code": make.GRID,
        "area_name": "第三网格",
        "kind": RESIDENTIAL,
        "head": "马玉兰",
        "people": 2,
        "phone": "",
        "emergency_contact": "",
        "mask": mask,
        "precedence": first_position(mask),  # type: ignore[arg-type]
        "note": "",
        "last_visit": None,
        "open_issues": 0,
    }
    return Row(estate=estate, building=building, entrance=entrance, floor=floor, room=room, **{**known, **values})  # type: ignore[arg-type]


def only_building(*homes: Row, shape: Shape | None = None) -> Building:
    (building,) = lay_out(homes, TODAY, {("盛欣园", "3"): shape} if shape else None).buildings
    return building


def picture(building: Building) -> dict[str, list[str]]:
    """The labels of each storey from the left, with ? behind those in which nobody is registered."""
    found: dict[str, list[str]] = {}
    for strip in building.storeys:
        on = [cell for cell in building.cells if strip.row <= cell.row < strip.row + strip.rows]
        found[strip.name] = [cell.label + "?" * (cell.kind is CellKind.UNKNOWN) for cell in on]
    return found


def cell_of(shown: ColourMap, row: Row) -> Cell:
    (found,) = [cell for cell in shown.cells if row.uid in cell.uids]
    return found


@given(households(), shapes)
def test_every_household_is_in_exactly_one_cell(homes: list[Row], told: Shapes) -> None:
    placed = [uid for cell in lay_out(homes, TODAY, told).cells for uid in cell.uids]
    assert sorted(placed) == sorted(one.uid for one in homes)


@given(households(), shapes)
def test_no_two_cells_of_a_building_overlap_and_all_lie_within_it(
    homes: list[Row], told: dict[tuple[str, str], Shape]
) -> None:
    for building in lay_out(homes, TODAY, told).buildings:
        taken = [
            (cell.row, column) for cell in building.cells for column in range(cell.column, cell.column + cell.span)
        ]
        assert len(taken) == len(set(taken))
        assert all(row < building.rows and column < building.columns for row, column in taken)
        strips = [row for strip in building.storeys for row in range(strip.row, strip.row + strip.rows)]
        assert strips == list(range(building.rows))
        for one, other in combinations(building.entrances, 2):
            assert one.column + one.columns <= other.column


@given(households(), st.randoms())
def test_the_map_is_the_same_whatever_order_they_come_in(homes: list[Row], random: object) -> None:
    mixed = list(homes)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert lay_out(mixed, TODAY) == lay_out(homes, TODAY)


@given(households(), shapes)
def test_an_unknown_room_is_one_that_nobody_is_registered_in(
    homes: list[Row], told: dict[tuple[str, str], Shape]
) -> None:
    shown = lay_out(homes, TODAY, told)
    registered = {cell.address for cell in shown.cells if cell.kind is not CellKind.UNKNOWN}
    assert all(cell.address not in registered for cell in shown.cells if cell.kind is CellKind.UNKNOWN)


def test_storeys_stand_top_first_with_entrances_side_by_side_and_shops_below() -> None:
    doors = [("2", "201"), ("1", "1001"), ("1", "101"), ("1", "201"), ("1", "202")]
    homes = [home(entrance=entrance, room=room) for entrance, room in doors]
    homes.append(home(entrance="", floor="底商", room="底商2", kind=ENTERPRISE, head="津味理发"))
    building = only_building(*homes)
    assert picture(building) == {"10层": ["1001"], "2层": ["201", "202", "201"], "1层": ["101"], "底商": ["津味理发"]}
    assert [(one.name, one.column, one.columns) for one in building.entrances] == [("1门", 0, 2), ("2门", 2, 1)]
    assert building.cells[-1].is_enterprise


def test_a_room_that_most_storeys_have_is_unknown_where_it_is_missing() -> None:
    rooms = [f"{storey}{door:02}" for storey in range(1, 6) for door in (1, 2, 3) if (storey, door) != (4, 2)]
    building = only_building(*(home(room=room) for room in rooms))
    assert picture(building)["4层"] == ["401", "402?", "403"]
    assert building.unknown == 1
    assert next(cell for cell in building.cells if cell.kind is CellKind.UNKNOWN).address == "盛欣园3号楼1门402"


def test_a_storey_in_which_nobody_is_registered_is_shown_but_a_slip_of_the_pen_makes_no_tower() -> None:
    rooms = ["101", "102", "201", "202", "401", "402", "6601"]
    shown = picture(only_building(*(home(room=room) for room in rooms)))
    assert list(shown) == ["66层", "4层", "3层", "2层", "1层"]
    assert shown["3层"] == ["301?", "302?"]


def test_what_one_storey_alone_has_suggests_nothing() -> None:
    assert only_building(*(home(room=room) for room in ("101", "102", "103", "201"))).unknown == 0


@given(households(), shapes)
def test_a_record_never_takes_a_room_away(homes: list[Row], told: Shapes) -> None:
    def registered(shown: ColourMap) -> set[tuple[str, tuple[bytes, ...]]]:
        return {(cell.address, cell.uids) for cell in shown.cells if cell.households}

    assert registered(lay_out(homes, TODAY, told)) == registered(lay_out(homes, TODAY))


def test_all_rooms_that_the_record_tells_of_are_there() -> None:
    building = only_building(home(room="201"), shape=Shape(storeys=3, entrances=2, rooms_a_storey=2))
    assert picture(building) == {
        "3层": ["301?", "302?", "301?", "302?"],
        "2层": ["201", "202?", "201?", "202?"],
        "1层": ["101?", "102?", "101?", "102?"],
    }
    assert [one.name for one in building.entrances] == ["1门", "2门"]
    assert all(cell.recorded for cell in building.cells if cell.kind is CellKind.UNKNOWN)


def test_doors_that_number_on_or_leave_numbers_out_are_followed() -> None:
    on = only_building(home(room="205"), shape=Shape(storeys=2, rooms_a_storey=3))
    assert picture(on)["1层"] == ["104?", "105?", "106?"]
    odd = only_building(*(home(room=room) for room in ("101", "103", "105")), shape=Shape(storeys=2, rooms_a_storey=3))
    assert picture(odd)["2层"] == ["201?", "203?", "205?"]
    named = only_building(home(room="A101"), shape=Shape(storeys=1, rooms_a_storey=2))
    assert picture(named)["1层"] == ["A101", "A102?"]


def test_a_record_of_fewer_storeys_hides_nobody_above_them() -> None:
    building = only_building(home(room="801"), home(room="101"), shape=Shape(storeys=2, rooms_a_storey=1))
    assert picture(building) == {"8层": ["801"], "2层": ["201?"], "1层": ["101"]}


def test_where_shops_take_the_ground_floor_no_flats_are_missing_there() -> None:
    shop = home(entrance="", floor="底商", room="底商1", kind=ENTERPRISE, head="津味理发")
    building = only_building(home(room="201"), shop, shape=Shape(storeys=3, rooms_a_storey=1))
    assert picture(building) == {"3层": ["301?"], "2层": ["201"], "底商": ["津味理发"]}


def test_a_shop_that_is_numbered_like_a_flat_is_no_missing_flat() -> None:
    building = only_building(home(floor="底商", room="101"), shape=Shape(1, 1, 2))
    assert [(cell.room, cell.kind) for cell in building.cells if cell.room == "101"] == [("101", CellKind.HOME)]


def test_a_building_of_which_nobody_is_registered_stands_at_its_place_if_its_record_tells_its_rooms() -> None:
    told = {("盛欣园", "2"): Shape(1, 1, 2), ("盛欣园", "4"): Shape(storeys=6)}
    shown = lay_out([home(building="10", room="101")], TODAY, told)
    assert [building.label for building in shown.buildings] == ["盛欣园 2号楼", "盛欣园 10号楼"]
    assert shown.buildings[0].unknown == 2


def test_a_room_of_the_record_in_which_nobody_lives_is_vacant_and_not_unknown() -> None:
    building = only_building(home(room="101", people=0, mask=0), shape=Shape(storeys=1, rooms_a_storey=2))
    assert [cell.kind for cell in building.cells] == [CellKind.VACANT, CellKind.UNKNOWN]


def test_rooms_that_tell_no_storey_stand_in_a_row_of_their_own() -> None:
    homes = [home(entrance="", room=room) for room in ("甲10", "甲3", "7")]
    shown = picture(only_building(home(room="101"), home(room="东头", entrance="甲3"), *homes))
    assert shown == {"1层": ["101"], "其他": ["7", "甲3", "甲10", "甲3东头"]}


def test_a_long_row_of_houses_is_broken() -> None:
    building = only_building(*(home(building="平房", entrance="", room=str(number)) for number in range(1, 31)))
    assert (building.columns, building.rows) == (12, 3)
    assert [strip.rows for strip in building.storeys] == [3]


def test_those_at_one_address_share_a_cell_and_those_without_a_room_do_not() -> None:
    one, other = home(room="501", mask=to_mask(["tenant"])), home(room="501", floor="5", mask=to_mask(["living_alone"]))
    nameless = [home(head="甲"), home(head="乙")]
    shown = lay_out([one, other, *nameless], TODAY)
    assert cell_of(shown, one) is cell_of(shown, other)
    assert [category.key for category in cell_of(shown, one).categories] == ["living_alone", "tenant"]
    assert cell_of(shown, nameless[0]) is not cell_of(shown, nameless[1])


def test_two_spellings_of_one_building_are_one() -> None:
    assert len(only_building(home(room="101"), home(building="3号楼", entrance="1门", room="102")).cells) == 2


def test_the_longest_unvisited_of_a_cell_counts_and_never_is_longest() -> None:
    seen = home(room="501", last_visit=TODAY - datetime.timedelta(days=12), open_issues=1)
    older = replace(seen, uid=new_uid(), last_visit=TODAY - datetime.timedelta(days=40), open_issues=2)
    never = replace(seen, uid=new_uid(), last_visit=None)
    assert cell_of(lay_out([seen, older], TODAY), seen).days_since_visit == 40
    assert cell_of(lay_out([seen, older], TODAY), seen).open_issues == 3
    assert cell_of(lay_out([seen, older, never], TODAY), seen).days_since_visit is None
    assert cell_of(lay_out([replace(seen, last_visit=datetime.date.max)], TODAY), seen).days_since_visit == 0


def test_a_dwelling_in_which_nobody_lives_is_vacant_unless_it_has_a_category() -> None:
    empty, classed = home(room="101", people=0, mask=0), home(room="102", people=0)
    shown = lay_out([empty, classed], TODAY)
    assert [cell_of(shown, one).kind for one in (empty, classed)] == [CellKind.VACANT, CellKind.HOME]


@pytest.mark.parametrize(
    ("days", "band"), [(0, 0), (7, 0), (8, 1), (30, 1), (31, 2), (90, 2), (91, 3), (5000, 3), (None, 4)]
)
def test_days_fall_into_bands(days: int | None, band: int) -> None:
    assert visit_band(days) == band < len(VISIT_BANDS)


def test_three_issues_and_more_are_one_band() -> None:
    assert [issue_band(number) for number in (0, 1, 2, 3, 50)] == [0, 1, 2, 3, len(ISSUE_BANDS) - 1]


def test_a_grid_is_read_with_its_visits_and_open_issues_and_without_its_neighbour(engine_register: Register) -> None:
    grid = make.make_grid(engine_register)
    beside = make.make_grid(engine_register, f"{make.GRID[:12]}004")
    uid = make.make_household(engine_register, grid, room="501", head="马玉兰")
    make.make_household(engine_register, beside, room="502")
    for day in (1, 14):
        make.make_visit(engine_register, uid, visited_on=datetime.date(2026, 11, day))
    make.make_issue(engine_register, grid, household=uid)
    make.make_issue(engine_register, grid, household=uid, resolved_on=TODAY)
    (cell,) = colour_map(engine_register, grid, TODAY).cells
    assert (cell.address, cell.uids, cell.days_since_visit, cell.open_issues) == ("盛欣园3号楼2门501", (uid,), 10, 1)


def test_a_grid_is_laid_out_by_the_records_of_its_buildings(engine_register: Register) -> None:
    grid = make.make_grid(engine_register)
    make.make_household(engine_register, grid, building="3号楼", entrance="1", room="101")
    make.insert(engine_register, BuildingRecord, area=grid, estate="盛欣园", building="3", storeys=2, rooms_a_storey=1)
    (building,) = colour_map(engine_register, grid, TODAY).buildings
    assert picture(building) == {"2层": ["201?"], "1层": ["101"]}
