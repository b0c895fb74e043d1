"""Whatever is done to areas in whatever order, codes stay hierarchical, nobody is lost, and undo leads back."""

import contextlib
from collections.abc import Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gridapp.areas import changing, splitting, tree
from gridapp.areas.merging import merge
from gridapp.areas.model import CODE_LENGTHS, Area, Level
from gridapp.buildings.model import Building
from gridapp.errors import UserError
from gridapp.households import batch
from gridapp.households.categories import CATEGORIES
from gridapp.households.model import Household
from gridapp.ids import Uid
from gridapp.register import Register
from gridapp.site_plan.model import SitePlan
from gridapp.site_plan.plan import plan_of
from gridapp.store import search
from gridapp.store.check import check
from gridapp.store.log import Batch, Change
from gridapp.store.undo import redo, undo
from tests import factories as make

picks = st.integers(0, 30)
steps = st.lists(
    st.tuples(
        st.sampled_from(["rename", "recode", "move", "merge", "split", "delete", "batch", "undo", "redo", "undo"]),
        picks,
        picks,
        picks,
    ),
    min_size=4,
    max_size=14,
)
State = dict[Uid, tuple]


def empty(register: Register) -> None:
    """Take everything out of a register, its log as well, so that each example begins anew."""
    with register.db.atomic():
        for model in (*reversed(register.tables.values()), Change):
            register.run(model.delete())
        register.run(Batch.update(undoes=None))
        register.run(Batch.delete())
    search.make(register, anew=True)  # past the log, it would not hear of it


def move_in(register: Register) -> int:
    with register.recording("迁入", actor="资料员"):
        for code in ("120104001001001", "120104001001002", "120104001002001", "120104002001001"):
            grid = make.make_grid(register, code)
            for building in "34":
                make.make_household(register, grid, building=building)
            place = {"x": 0.25, "y": 0.5} if code.startswith("120104001") else {}
            for building, facts in (("3", {"storeys": 6, **place}), ("4", {"gas": True})):
                make.insert(register, Building, area=grid, estate="盛欣园", building=building, **facts)
            make.make_service(register, make.make_member(register), grid)
        for code in ("120104001001", "120104001001002", "120104001002001"):
            with register.recording("导入平面图") as recording:
                plan = {"picture": recording.keep(code.encode()), "width": 1, "height": 1}
                recording.insert(SitePlan, area=tree.find(register, code).uid, **plan)
    return 8


def stored(register: Register) -> State:
    areas = Area.select(Area.uid, Area.parent, Area.code, Area.name)
    homes = Household.select(Household.uid, Household.area, Household.categories, Household.building)
    rest = (Building.select(), SitePlan.select())
    return {row[0]: row[1:] for query in (areas, homes, *rest) for row in register.each(query)}


def step(register: Register, kind: str, one: int, two: int, three: int) -> None:
    """Something a person might do, of which much is refused."""
    areas: Sequence[Area] = register.all(Area.select().order_by(Area.code))
    area, other = areas[one % len(areas)], areas[two % len(areas)]
    homes = [uid for (uid,) in register.each(Household.select(Household.uid).order_by(Household.uid))]
    if kind == "rename":
        changing.rename(register, area.uid, f"新名{two}")
    elif kind == "recode":
        changing.recode(register, area.uid, f"{area.code[:-1]}{three % 10}")
    elif kind == "move":
        changing.move(register, area.uid, other.uid)
    elif kind == "merge":
        beside = [a for a in areas if a.parent == area.parent and a.uid != area.uid]
        merge(register, area.uid, [a.uid for a in beside[: 1 + three % 2]] or [other.uid])
    elif kind == "split":
        found = splitting.buildings(register, area.uid)
        chosen = splitting.households_in(register, area.uid, found[: 1 + two % 2])
        splitting.split(register, area.uid, chosen, f"分出{three}")
    elif kind == "delete":
        changing.delete(register, area.uid)
    else:
        key = CATEGORIES[two % 7].key
        grids = [a.uid for a in areas if a.level == Level.GRID]
        edits = [
            lambda: batch.add_category(key),
            lambda: batch.remove_category(key),
            lambda: batch.set_categories([key]),
            lambda: batch.move_to(register, grids[two % len(grids)]),
            lambda: batch.set_field("building", str(two)),
        ]
        batch.run(register, homes[one % 8 :], edits[three % 5]())


def see_that_all_is_whole(register: Register, households: int) -> None:
    assert check(register) == []
    areas = {area.uid: area for area in register.all(Area.select())}
    for area in areas.values():
        assert len(area.code) == CODE_LENGTHS[Level(area.level)]
        if area.level == Level.DISTRICT:
            assert area.parent is None
        else:
            above = areas[area.parent]
            assert above.level == area.level - 1
            assert area.code.startswith(above.code)
    # A place means something only where there is a plan.
    placed = register.all(Building.select(Building.area).where(Building.x.is_null(False)).tuples())
    assert all(plan_of(register, area) is not None for (area,) in placed)
    assert sum(1 for root in tree.roots(register) for _node in root.walk()) == len(areas)
    homes = register.all(Household.select())
    assert len(homes) == households
    assert all(areas[home.area].level == Level.GRID for home in homes)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(steps=steps)
def test_redrawing_keeps_everything_and_undo_leads_back(
    engine_register: Register, steps: list[tuple[str, int, int, int]]
) -> None:
    register = engine_register
    empty(register)
    households = move_in(register)
    done: list[State] = []
    undone: list[State] = []
    state = stored(register)
    for kind, *numbers in steps:
        if kind == "undo" and done:
            undo(register)
            undone.append(state)
            state = done.pop()
        elif kind == "redo" and undone:
            redo(register)
            done.append(state)
            state = undone.pop()
        elif kind not in ("undo", "redo"):
            with contextlib.suppress(UserError):
                step(register, kind, *numbers)
            now = stored(register)
            if now != state:
                done.append(state)
                undone.clear()
                state = now
        assert stored(register) == state
        see_that_all_is_whole(register, households)
    while done:
        undo(register)
        assert stored(register) == done.pop()
    see_that_all_is_whole(register, households)
