"""Giving an area a site plan, taking it away, and placing buildings on it."""

from pathlib import Path

from gridapp.areas import codes, tree
from gridapp.areas.model import Area, Level
from gridapp.buildings.editing import building_name
from gridapp.buildings.model import Building
from gridapp.errors import UserError
from gridapp.households import address
from gridapp.ids import Uid
from gridapp.site_plan.model import SitePlan
from gridapp.site_plan.pictures import prepared
from gridapp.store.changes import Recording
from gridapp.store.register import Register

_DECIMALS = 4


def import_picture(register: Register, area: Uid, path: Path) -> str:
    """Let a picture be the site plan of a grid or community, and return what was done, in words.

    Buildings keep their places if the area had a plan before; those of another plan mean nothing on this one.

    Raises:
        UserError: the file holds no such picture, or the area is neither grid nor community.
    """
    picture = prepared(path)
    found = codes.stored(register, area)
    label = f"导入{found.name}平面图"
    with register.recording(label) as recording:
        if found.level not in (Level.GRID, Level.COMMUNITY):
            raise UserError("平面图按网格或社区导入，请先选一个网格。")
        values = {"picture": recording.keep(picture.content), "width": picture.width, "height": picture.height}
        before = register.value(SitePlan.select(SitePlan.uid).where(SitePlan.area == area))
        if before is None:
            _take_all_down(recording, found)
            recording.insert(SitePlan, area=area, **values)
        else:
            recording.update(SitePlan, before, values)
    return label


def remove(register: Register, area: Uid) -> str:
    """Take an area's site plan away with the places on it, and return what was done, in words."""
    found = codes.stored(register, area)
    label = f"移除{found.name}平面图"
    with register.recording(label) as recording:
        plan = register.value(SitePlan.select(SitePlan.uid).where(SitePlan.area == area))
        if plan is None:
            raise UserError(f"“{found.name}”没有平面图。")
        _take_all_down(recording, found)
        recording.delete(SitePlan, plan)
    return label


def place(register: Register, grid: Uid, estate: str, building: str, x: float, y: float) -> str:
    """Put the middle of a building somewhere on the plan, and return what was done, in words.

    Args:
        x, y: shares of width and height from the top left; what lies outside is put on the edge.
    """
    bare = address.bare_building(building)
    label = f"在平面图上放置{building_name(estate, bare)}"
    where = {"x": _share(x), "y": _share(y)}
    with register.recording(label) as recording:
        uid = _record(register, grid, estate, bare)
        if uid is None:
            recording.insert(Building, area=grid, estate=estate, building=bare, **where)
        else:
            recording.update(Building, uid, where)
    return label


def take_down(register: Register, grid: Uid, estate: str, building: str) -> str:
    """Take a building off the plan, and return what was done, in words."""
    bare = address.bare_building(building)
    label = f"从平面图上取下{building_name(estate, bare)}"
    with register.recording(label) as recording:
        uid = _record(register, grid, estate, bare)
        if uid is not None:
            recording.update(Building, uid, {"x": None, "y": None})
    return label


def hand_over(recording: Recording, gone: Area, kept: Area) -> None:
    """Let one plan be left of two areas that become one, with the places on it and no others."""
    register = recording.register
    query = SitePlan.select(SitePlan.area, SitePlan.uid).where(SitePlan.area.in_([gone.uid, kept.uid]))
    plans = dict(register.all(query.tuples()))
    if kept.uid in plans:
        _take_all_down(recording, gone)
        if gone.uid in plans:
            recording.delete(SitePlan, plans[gone.uid])
    elif gone.uid in plans:
        _take_all_down(recording, kept)
        recording.update(SitePlan, plans[gone.uid], {"area": kept.uid})


def leave(recording: Recording, area: Area) -> None:
    """Forget the places on the plan of what is above an area, which it is taken from."""
    if recording.register.value(SitePlan.select(SitePlan.uid).where(SitePlan.area == area.uid)) is None:
        _take_all_down(recording, area)


def _record(register: Register, grid: Uid, estate: str, building: str) -> Uid | None:
    same = (Building.area == grid) & (Building.estate == estate) & (Building.building == building)
    return register.value(Building.select(Building.uid).where(same))


def _take_all_down(recording: Recording, area: Area) -> None:
    """Forget the places in an area, but for those on plans of its grids, which stay."""
    register = recording.register
    below = Area.select(Area.uid).where(tree.within(area.code))
    own = SitePlan.select(SitePlan.area).where(SitePlan.area != area.uid)
    placed = Building.area.in_(below) & Building.area.not_in(own) & Building.x.is_null(False)
    uids = [uid for (uid,) in register.all(Building.select(Building.uid).where(placed).tuples())]
    for name in ("x", "y"):
        if uids:
            recording.update_many(Building, name, uids, lambda _uid, _was: None)


def _share(value: float) -> float:
    return round(min(max(float(value), 0.0), 1.0), _DECIMALS)
