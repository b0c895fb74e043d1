"""Site plans: whose serves a grid, places that follow their buildings, and a log without pictures in it."""

import datetime
from pathlib import Path

import pytest
from PIL import Image

from gridapp.areas import changing, tree
from gridapp.areas.merging import merge
from gridapp.buildings import history
from gridapp.buildings.editing import load
from gridapp.errors import UserError
from gridapp.households import batch
from gridapp.households.categories import to_mask
from gridapp.households.laying_out import colour_map
from gridapp.ids import Uid
from gridapp.register import Register
from gridapp.site_plan import planning
from gridapp.site_plan.plan import plan_of
from gridapp.site_plan.site import Site, site
from gridapp.store import blobs
from gridapp.store.blobs import Blob
from gridapp.store.check import check
from gridapp.store.log import Change
from gridapp.store.undo import redo, undo
from tests import factories as make

FOURTH = f"{make.GRID[:12]}004"
TODAY = datetime.date(2026, 11, 24)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    Image.effect_noise((300, 200), 60).save(tmp_path / "平面图.png")
    return tmp_path / "平面图.png"


@pytest.fixture
def grid(engine_register: Register) -> Uid:
    area = make.make_grid(engine_register)
    for building in ("3", "4"):
        make.make_household(engine_register, area, building=building, entrance="1", room="101")
    return area


def seen(register: Register, grid: Uid) -> Site:
    return site(register, grid, colour_map(register, grid, TODAY))


def places(register: Register, grid: Uid) -> dict[str, tuple[float, float] | None]:
    return {card.building.name: card.place for card in seen(register, grid).cards}


def community(register: Register) -> Uid:
    return tree.find(register, make.GRID[:12]).uid


def test_buildings_wait_until_they_are_placed_and_undo_takes_them_down(
    engine_register: Register, grid: Uid, picture: Path
) -> None:
    planning.import_picture(engine_register, grid, picture)
    assert [card.building.name for card in seen(engine_register, grid).waiting] == ["3号楼", "4号楼"]
    planning.place(engine_register, grid, "盛欣园", "3号楼", 0.123456, 7)
    assert places(engine_register, grid) == {"3号楼": (0.1235, 1.0), "4号楼": None}
    planning.place(engine_register, grid, "盛欣园", "3", 0.5, 0.5)
    record = load(engine_register, grid, "盛欣园", "3")
    assert [entry.lines for entry in history.entries(engine_register, record.uid or b"")] == [
        ("在平面图上移动",),
        ("登记楼栋档案",),
    ]
    undo(engine_register)
    assert places(engine_register, grid)["3号楼"] == (0.1235, 1.0)
    planning.take_down(engine_register, grid, "盛欣园", "3")
    assert places(engine_register, grid)["3号楼"] is None
    assert check(engine_register) == []


def test_the_log_holds_no_picture_and_undo_and_redo_bring_each_back(
    engine_register: Register, grid: Uid, picture: Path
) -> None:
    planning.import_picture(engine_register, grid, picture)
    first = plan_of(engine_register, grid)
    Image.effect_noise((200, 300), 60).save(picture)
    planning.import_picture(engine_register, grid, picture)
    second = plan_of(engine_register, grid)
    planning.remove(engine_register, grid)
    assert plan_of(engine_register, grid) is None
    for expected in (second, first):
        undo(engine_register)
        assert plan_of(engine_register, grid) == expected
    undo(engine_register)
    assert plan_of(engine_register, grid) is None
    redo(engine_register)
    assert plan_of(engine_register, grid) == first is not None
    assert len(blobs.read(engine_register, first.picture) or b"") > 1_000
    texts = [text or "" for row in engine_register.all(Change.select(Change.old, Change.new).tuples()) for text in row]
    assert max(map(len, texts)) < 500
    assert check(engine_register) == []


def test_the_same_picture_is_kept_once(engine_register: Register, grid: Uid, picture: Path) -> None:
    planning.import_picture(engine_register, grid, picture)
    planning.import_picture(engine_register, community(engine_register), picture)
    assert len(engine_register.all(Blob.select(Blob.digest))) == 1


def test_a_lost_picture_is_found_by_the_check(register: Register, picture: Path) -> None:
    area = make.make_grid(register)
    planning.import_picture(register, area, picture)
    register.run(Blob.delete())
    assert [(fault.kind, fault.table) for fault in check(register)] == [("missing", "site_plan")]


def test_the_plan_of_the_community_serves_a_grid_until_it_has_its_own(
    engine_register: Register, grid: Uid, picture: Path
) -> None:
    planning.import_picture(engine_register, community(engine_register), picture)
    shared = plan_of(engine_register, grid)
    assert shared is not None and shared.area_name == "紫光苑社区"
    planning.place(engine_register, grid, "盛欣园", "3", 0.5, 0.5)
    planning.import_picture(engine_register, grid, picture)
    own = plan_of(engine_register, grid)
    assert own is not None and own.area == grid
    assert places(engine_register, grid)["3号楼"] is None, "its place was on another picture"
    planning.place(engine_register, grid, "盛欣园", "3", 0.2, 0.2)
    planning.remove(engine_register, community(engine_register))
    assert places(engine_register, grid)["3号楼"] == (0.2, 0.2)


def test_a_building_keeps_its_place_where_the_plan_stays_the_same(
    engine_register: Register, grid: Uid, picture: Path
) -> None:
    fourth = make.make_grid(engine_register, FOURTH)
    planning.import_picture(engine_register, community(engine_register), picture)
    planning.place(engine_register, grid, "盛欣园", "3", 0.5, 0.5)
    homes = [uid for card in seen(engine_register, grid).placed for cell in card.building.cells for uid in cell.uids]
    batch.run(engine_register, homes, batch.move_to(engine_register, fourth))
    assert places(engine_register, fourth) == {"3号楼": (0.5, 0.5)}
    undo(engine_register)
    planning.import_picture(engine_register, fourth, picture)
    batch.run(engine_register, homes, batch.move_to(engine_register, fourth))
    assert places(engine_register, fourth) == {"3号楼": None}


@pytest.mark.parametrize("both", [True, False])
def test_merged_grids_have_one_plan_and_undo_gives_each_its_own(
    engine_register: Register, grid: Uid, picture: Path, both: bool
) -> None:
    fourth = make.make_grid(engine_register, FOURTH)
    make.make_household(engine_register, fourth, building="8", entrance="1", room="101")
    planning.import_picture(engine_register, fourth, picture)
    planning.place(engine_register, fourth, "盛欣园", "8", 0.1, 0.1)
    if both:
        planning.import_picture(engine_register, grid, picture)
        planning.place(engine_register, grid, "盛欣园", "3", 0.5, 0.5)
    merge(engine_register, grid, [fourth])
    left = {name: place for name, place in places(engine_register, grid).items() if place is not None}
    assert left == ({"3号楼": (0.5, 0.5)} if both else {"8号楼": (0.1, 0.1)})
    assert plan_of(engine_register, grid) is not None
    undo(engine_register)
    assert places(engine_register, fourth) == {"8号楼": (0.1, 0.1)}
    assert check(engine_register) == []


def test_a_grid_that_goes_under_another_community_leaves_the_places_on_its_plan(
    engine_register: Register, grid: Uid, picture: Path
) -> None:
    other = make.make_area(engine_register, f"{make.GRID[:9]}009", "南开区", "兴南街道", "华苑社区")
    planning.import_picture(engine_register, community(engine_register), picture)
    planning.place(engine_register, grid, "盛欣园", "3", 0.5, 0.5)
    changing.move(engine_register, grid, other)
    assert places(engine_register, grid)["3号楼"] is None


def test_only_grids_and_communities_have_plans(register: Register, picture: Path) -> None:
    make.make_grid(register)
    with pytest.raises(UserError, match="按网格或社区"):
        planning.import_picture(register, tree.find(register, make.GRID[:9]).uid, picture)
    with pytest.raises(UserError, match="没有平面图"):
        planning.remove(register, community(register))


def test_a_card_shares_its_households_by_their_first_category(register: Register) -> None:
    grid = make.make_grid(register)
    for room, keys in (("101", ["tenant", "living_alone"]), ("102", ["tenant"]), ("103", []), ("104", ["tenant"])):
        make.make_household(register, grid, room=room, categories=to_mask(keys))
    (card,) = seen(register, grid).cards
    assert [(category.mark, number) for category, number in card.shares] == [("独", 1), ("租", 2), ("？", 1)]
