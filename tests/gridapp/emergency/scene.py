"""A community of eight grids with its teams, for tests of emergencies."""

import datetime
from dataclasses import dataclass, field

from gridapp.areas import tree
from gridapp.ids import Uid
from gridapp.register import Register
from tests import factories as make

COMMUNITY = make.GRID[:12]
NIGHT = datetime.datetime(2026, 7, 20, 2, 0)
NOON = datetime.datetime(2026, 7, 20, 12, 0)
ROLES = ("grid_worker", "agency_official", "street_official", "in_service_party_member")
MASKS = (1, 2, 4, 64, 64, 64)
"""Of the households of a grid: one red, one blue, one purple, the others green."""


@dataclass
class Scene:
    """The uids of what there is, by grid."""

    grids: list[Uid] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    teams: list[dict[str, Uid]] = field(default_factory=list)
    homes: list[list[Uid]] = field(default_factory=list)
    leader: Uid = b""
    community: Uid = b""


def community(register: Register, grids: int = 8) -> Scene:
    """A community with a leader; each grid has one of every role of ``ROLES`` and a household of every mask."""
    scene = Scene()
    for number in range(1, grids + 1):
        code = f"{COMMUNITY}{number:03}"
        grid = make.make_grid(register, code, f"第{number}网格")
        scene.grids.append(grid)
        scene.codes.append(code)
        team = {}
        for role in ROLES:
            member = make.make_member(register, name=f"{role[:6]}{number}", phone=f"1380000{number:04}")
            make.make_service(register, member, grid, role, since=datetime.date(2026, 1, 1))
            team[role] = member
        scene.teams.append(team)
        scene.homes.append([_home(register, grid, number, room, mask) for room, mask in enumerate(MASKS, 1)])
    scene.community = tree.find(register, COMMUNITY).uid
    scene.leader = make.make_member(register, name="张书记")
    make.make_service(register, scene.leader, scene.community, "grid_leader", since=datetime.date(2026, 1, 1))
    return scene


def _home(register: Register, grid: Uid, number: int, room: int, mask: int) -> Uid:
    told = {"head": f"马{number}{room}", "phone": f"139{number}{room}"}
    return make.make_household(register, grid, room=f"{room}01", categories=mask, **told)
